"""Brings each document's file into the corpus folder, checked, whole or not at all, and says what became of it."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import httpx

from pipeline.fetching.addresses import FetchError
from pipeline.fetching.downloading import Limits, content_kind, download
from pipeline.fetching.mirrors import Mirror
from pipeline.schemas import Document

STATUSES = ("present", "copied", "downloaded", "failed")
_FOLDERS = {"pdf": "pdf", "html": "html", "txt": "text"}
_NAMES = {"pdf": "a PDF", "html": "an HTML page", "txt": "plain text"}


@dataclass(frozen=True, slots=True)
class FetchOutcome:
    """What became of one document: ``file`` and ``sha256`` are what the register should have of it from now on.

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
    limits: Limits | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> list[FetchOutcome]:
    """Copy each document's file from ``mirror``, or download it from its url where no mirror is given.

    A file that is there with the registered sha256 (or with none registered) is left alone. Faults are outcomes, not
    errors; only a mirror that is no folder raises a ValueError. The register is not written: the caller does that
    from ``file`` and ``sha256`` of the outcomes, in which no two documents have the same file or the same sha256.
    """
    source = Mirror(mirror) if mirror is not None else None
    owners = {document.sha256: document.id for document in documents if document.sha256}
    outcomes: list[FetchOutcome] = []
    for number, document in enumerate(documents, start=1):
        try:
            outcome = _find_present(document, corpus_folder, owners)
            if outcome is None and source is not None:
                outcome = _copy(document, corpus_folder, source, owners)
            elif outcome is None:
                outcome = _download(document, corpus_folder, owners, limits or Limits(), allow_private)
        except FetchError as error:
            outcome = FetchOutcome(document.id, "failed", str(error))
        except OSError as error:
            outcome = FetchOutcome(document.id, "failed", f"its file could not be read or stored: {error}")
        if outcome.sha256:
            owners.setdefault(outcome.sha256, document.id)
        outcomes.append(outcome)
        if progress:
            progress("fetch", number, len(documents))
    return outcomes


def _find_present(document: Document, corpus_folder: Path, owners: Mapping[str, str]) -> FetchOutcome | None:
    """Return an outcome where the right file is there already; None where it is to be brought."""
    if not document.file:
        return None
    path = _inside(corpus_folder, document.file)
    if not path.is_file():
        return None
    sha256 = _hash(path)
    if document.sha256 not in ("", sha256):
        return None
    owner = owners.get(sha256, document.id)
    if owner != document.id:
        reason = f"{document.file} is the same file as that of {owner}; remove one of the two rows"
        return FetchOutcome(document.id, "present", reason, file=document.file)
    return FetchOutcome(document.id, "present", file=document.file, sha256=sha256)


def _copy(document: Document, corpus_folder: Path, mirror: Mirror, owners: Mapping[str, str]) -> FetchOutcome:
    """Copy the first candidate that has the registered sha256, or the first of all where none is registered."""
    if not document.file:
        raise FetchError("the register names no file for it; fetch it from its url, without a mirror")
    candidates = mirror.candidates(document.file)
    if not candidates:
        raise FetchError(f"{document.file} is not in the mirror {mirror.folder}")
    target = _inside(corpus_folder, document.file)
    target.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=target.parent, prefix=".fetching-", suffix=".part")
    os.close(number)
    part = Path(name)
    try:
        for candidate in candidates:
            shutil.copyfile(candidate, part)
            sha256 = _hash(part)  # of the copy, so that what is checked is what is kept
            if document.sha256 in ("", sha256):
                _settle(part, target, document, sha256, owners)
                return FetchOutcome(document.id, "copied", file=document.file, sha256=sha256)
    finally:
        part.unlink(missing_ok=True)
    raise FetchError(
        f"{document.file} in the mirror has the sha256 {sha256[:12]}…, the register has {document.sha256[:12]}…: it is "
        "another file and was not copied"
    )


def _download(
    document: Document, corpus_folder: Path, owners: Mapping[str, str], limits: Limits, allow_private: bool
) -> FetchOutcome:
    """Download a document, see what it is, and store it where the register says, or under its id."""
    if not document.url:
        raise FetchError("the register has no url for it; bring its file with --mirror")
    home = _inside(corpus_folder, document.file).parent if document.file else corpus_folder
    part = download(document.url, home, limits=limits, allow_private=allow_private)
    try:
        kind = content_kind(part)
        _check_kind(document, kind)
        sha256 = _hash(part)
        if document.sha256 not in ("", sha256):
            raise FetchError(
                f"{document.url} gave a file with the sha256 {sha256[:12]}…, the register has "
                f"{document.sha256[:12]}…: it has changed since it was registered and was not kept"
            )
        file = document.file
        if _ending(file) != kind:
            file = f"{_FOLDERS[kind]}/{document.id}.{kind}"
        _settle(part, _inside(corpus_folder, file), document, sha256, owners)
    finally:
        part.unlink(missing_ok=True)
    return FetchOutcome(document.id, "downloaded", file=file, sha256=sha256)


def _check_kind(document: Document, kind: str) -> None:
    """Refuse what is no document, and an error page or a form where the register or the url promises a PDF."""
    if not kind:
        raise FetchError(f"{document.url} gave neither a PDF nor an HTML page nor plain text")
    promised = "pdf" in (_ending(document.file), _ending(httpx.URL(document.url).path))
    if promised and kind != "pdf":
        raise FetchError(f"{document.url} gave {_NAMES[kind]} where a PDF was expected; it may have moved")


def _settle(part: Path, target: Path, document: Document, sha256: str, owners: Mapping[str, str]) -> None:
    """Move a whole, checked file into place, unless another document has that very file."""
    owner = owners.get(sha256, document.id)
    if owner != document.id:
        raise FetchError(f"it is the same file as that of {owner}; remove one of the two rows")
    target.parent.mkdir(parents=True, exist_ok=True)
    os.chmod(part, 0o644)  # temporary files are made for their owner only
    os.replace(part, target)


def _ending(path: str) -> str:
    ending = PurePosixPath(path).suffix.lower().removeprefix(".")
    return {"htm": "html", "xhtml": "html", "text": "txt"}.get(ending, ending)


def _inside(corpus_folder: Path, file: str) -> Path:
    """Return the path of a file of the corpus; FetchError where it, or a symbolic link on its way, leads out."""
    path = corpus_folder / file
    if not path.resolve().is_relative_to(corpus_folder.resolve()):
        raise FetchError(f"{file} leads out of the corpus folder {corpus_folder}; nothing was written")
    return path


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
