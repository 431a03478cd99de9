"""Brings each document's file into the corpus folder, checked, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from pipeline.fetching.addresses import FetchError
from pipeline.fetching.downloading import USER_AGENT, Limits, content_kind, download
from pipeline.fetching.mirrors import Mirror
from pipeline.schemas import Document

STATUSES = ("present", "copied", "downloaded", "failed")
_FOLDERS = {"pdf": "pdf", "html": "html", "txt": "text"}


@dataclass(frozen=True, slots=True)
class FetchOutcome:
    """What became of one document: ``file`` and ``sha256`` are what the register should have of it now.

    They are empty where the fetch failed. ``reason`` is a sentence, empty where there is nothing to say.
    """

    document_id: str
    status: str
    reason: str = ""
    file: str = ""
    sha256: str = ""

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"FetchOutcome.status is {self.status!r}; expected one of {', '.join(STATUSES)}")


def fetch_documents(
    documents: Sequence[Document],
    corpus_folder: Path,
    *,
    mirror: Path | None = None,
    allow_private: bool = False,
    limits: Limits = Limits(),
    user_agent: str = USER_AGENT,
    progress: Callable[[str, int, int], None] | None = None,
) -> list[FetchOutcome]:
    """Copy each document's file from ``mirror``, or download it from its url where no mirror is given.

    A file that is there with the registered sha256 (or with none registered) is left alone. Faults are outcomes, not
    errors; only a mirror that is no folder raises a ValueError. The register is not written: the caller does that
    from ``file`` and ``sha256`` of the outcomes, which never give two documents the same file or the same sha256.
    """
    source = Mirror(mirror) if mirror is not None else None
    known = {document.sha256: document.id for document in documents if document.sha256}
    outcomes: list[FetchOutcome] = []
    for number, document in enumerate(documents):
        if progress:
            progress("fetch", number, len(documents))
        try:
            outcome = _present(document, corpus_folder)
            if outcome is None and source is not None:
                outcome = _from_mirror(document, corpus_folder, source, known)
            if outcome is None:
                outcome = _from_internet(document, corpus_folder, allow_private, limits, user_agent, known)
        except FetchError as error:
            outcome = FetchOutcome(document.id, "failed", str(error))
        except OSError as error:
            outcome = FetchOutcome(document.id, "failed", f"the file could not be stored: {error}")
        if outcome.sha256:
            known.setdefault(outcome.sha256, document.id)
        outcomes.append(outcome)
    if progress:
        progress("fetch", len(documents), len(documents))
    return outcomes


def _present(document: Document, corpus_folder: Path) -> FetchOutcome | None:
    if not document.file:
        return None
    path = _inside(corpus_folder, document.file)
    if not path.is_file():
        return None
    sha256 = _hash(path)
    if document.sha256 not in ("", sha256):
        return None
    return FetchOutcome(document.id, "present", file=document.file, sha256=sha256)


def _from_mirror(
    document: Document, corpus_folder: Path, mirror: Mirror, known: dict[str, str]
) -> FetchOutcome:
    """Copy the first candidate that has the registered sha256, or the first of all where none is registered."""
    if not document.file:
        raise FetchError("the register names no file for it; give one, or fetch it from its url without a mirror")
    candidates = mirror.candidates(document.file)
    if not candidates:
        raise FetchError(f"the mirror has no file {document.file}")
    target = _inside(corpus_folder, document.file)
    found = ""
    for path in candidates:
        found = _hash(path)
        if document.sha256 in ("", found):
            _refuse_double(document, found, known)
            with _Part(target.parent) as part:
                shutil.copyfile(path, part)
                _settle(part, target, found)
            return FetchOutcome(document.id, "copied", file=document.file, sha256=found)
    raise FetchError(
        f"{document.file} in the mirror has the sha256 {found[:12]}…, the register has {document.sha256[:12]}…; "
        "it is another file and was not copied"
    )
