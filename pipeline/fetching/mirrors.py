"""Finds files of a register in a folder that has copies of them."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path, PurePosixPath

_FOLDERS = ("", "pdf", "html", "text")
# A mirror is a folder of documents, not a disk: whoever names one by mistake does not wait for it to be walked.
_MOST_FILES = 100_000
_DEEPEST = 6


class Mirror:
    """A folder with copies of documents, in which files are found by their path or by their name."""

    def __init__(self, folder: Path) -> None:
        """Take a folder; one that is not there is a ValueError."""
        if not folder.is_dir():
            raise ValueError(f"{folder}: the mirror is not a folder")
        self.folder = folder.resolve()

    def candidates(self, file: str) -> list[Path]:
        """Return files that may be the one a register calls ``file``, the likeliest first, none outside the folder."""
        name = PurePosixPath(file).name
        likely = [self.folder / file, *(self.folder / place / name for place in _FOLDERS)]
        found = [path.resolve() for path in [*likely, *self._by_name.get(name, [])] if path.is_file()]
        return [path for path in dict.fromkeys(found) if path.is_relative_to(self.folder)]

    @cached_property
    def _by_name(self) -> dict[str, list[Path]]:
        """List the files below the folder by name; symbolic links to folders are not followed."""
        names: dict[str, list[Path]] = {}
        count = 0
        for place, folders, files in os.walk(self.folder):
            depth = len(Path(place).relative_to(self.folder).parts)
            folders[:] = sorted(name for name in folders if not name.startswith(".")) if depth < _DEEPEST else []
            for name in sorted(files):
                names.setdefault(name, []).append(Path(place) / name)
            count += len(files)
            if count > _MOST_FILES:
                break
        return names
