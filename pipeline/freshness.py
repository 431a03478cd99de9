"""What a kept file was made from, as one hash: it is made again when the hash no longer holds, and only then."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parent


def fingerprint(inputs: Iterable[str], parameters: Mapping[str, Any], code: str) -> str:
    """Return the hash of a document's inputs (hashes themselves), the stage's parameters and its code."""
    parts = [*inputs, json.dumps(parameters, sort_keys=True, ensure_ascii=True), code]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@cache
def code_hash(modules: tuple[str, ...], libraries: tuple[str, ...]) -> str:
    """Return the hash of modules of this package ("pages", "schemas") and of the versions of libraries they call.

    DVC does not follow imports, so a stage that maps over documents says here what its code is; Python's own version
    is left out because the same versions of the libraries give the same bytes on each.
    """
    digest = hashlib.sha256()
    for module in modules:
        for path in _module_files(module):
            digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\x1f" + path.read_bytes())
    for library in libraries:
        digest.update(f"{library}=={version(library)}".encode())
    return digest.hexdigest()[:16]


def origin(parameters: Mapping[str, Any], modules: Iterable[str], libraries: Iterable[str] = ()) -> dict[str, Any]:
    """Return what a stage's output comes from, part by part: parameters, a hash of each module, versions of libraries.

    The fingerprint says whether anything changed; this, noted beside it, says afterwards what.
    """
    return {
        "code": {module: code_hash((module,), ()) for module in modules},
        "libraries": {library: version(library) for library in libraries},
        "parameters": dict(parameters),
    }


def blob_id(path: Path) -> str:
    """Return the id under which git keeps the content of a file, wherever it was committed."""
    content = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def blob_ids(folder: Path, *patterns: str) -> dict[str, str]:
    """Return the ids of the files that patterns find in a folder, by their way from it."""
    paths = sorted(path for pattern in patterns for path in folder.glob(pattern))
    return {path.relative_to(folder).as_posix(): blob_id(path) for path in paths}


def file_hash(path: Path) -> str:
    """Return the sha256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def folder_hash(folder: Path, pattern: str) -> str:
    """Return one hash over the names and contents of the files that a pattern finds in a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob(pattern)):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\x1f" + path.read_bytes())
    return digest.hexdigest()[:16]


def _module_files(module: str) -> list[Path]:
    single = _PACKAGE / f"{module}.py"
    files = [single] if single.exists() else sorted((_PACKAGE / module).rglob("*.py"))
    if not files:
        raise ValueError(f"freshness: there is no module pipeline/{module}; correct the name in the stage")
    return files
