"""Adds a document to a corpus: file and row together, or neither."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pipeline.documents.checks import RegisterError, register_faults, row_faults
from pipeline.documents.files import FOLDERS, hash_file, recognise
from pipeline.documents.register import COLUMNS, document_from, read_register, write_register
from pipeline.schemas import Document

_LONGEST_ID = 60
_FEWEST_LETTERS = 3
# Letters that have no decomposition into a Latin letter and a mark.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def add_document(
    register_path: Path,
    file: Path,
    *,
    country: str,
    year: int,
    title: str,
    issuer: str = "",
    language: str | Callable[[Path], str] = "",
    kind: str = "industrial-strategy",
    supersedes: str = "",
    url: str = "",
    licence: str = "",
    notes: str = "",
) -> Document:
    """Copy a file into the corpus under its id and append its row; the register and its folder are made if need be.

    ``language`` is a code, or a function that finds it in the copied file. All or nothing: whatever fails leaves
    neither file nor row. A file that is no PDF, HTML or text, one that the register has (same sha256), or an id that
    it has, is refused with a RegisterError (a ValueError) sentence.
    """
    document = new_document(
        file,
        country=country,
        year=year,
        title=title,
        issuer=issuer,
        language="" if callable(language) else language,
        kind=kind,
        supersedes=supersedes,
        url=url,
        licence=licence,
        notes=notes,
    )
    return _take_up(document, file, register_path, language if callable(language) else None)


def new_document(
    file: Path,
    *,
    country: str,
    year: int,
    title: str,
    issuer: str = "",
    language: str = "",
    kind: str = "industrial-strategy",
    supersedes: str = "",
    url: str = "",
    licence: str = "",
    notes: str = "",
) -> Document:
    """Describe a file as a document: id from country, year and title, kind of file from its content, its sha256."""
    if not file.is_file():
        raise RegisterError([f"{file}: there is no such file"])
    ending = recognise(file)
    if not ending:
        raise RegisterError(
            [f"{file}: not a PDF, HTML page or plain text in UTF-8 by its content; convert it to one of these"]
        )
    if not title.strip():
        raise RegisterError(["title is empty; give the title as printed"])
    identifier = make_id(country, year, title)
    given = {
        "id": identifier,
        "country": country,
        "year": str(year),
        "title": " ".join(title.split()),
        "issuer": " ".join(issuer.split()),
        "language": language,
        "kind": kind,
        "file": f"{FOLDERS[ending]}/{identifier}.{ending}",
        "url": url,
        "sha256": hash_file(file),
        "licence": licence,
        "supersedes": supersedes,
        "notes": notes,
    }
    if faults := list(row_faults(given)):
        raise RegisterError([f"the new document: {fault}" for fault in faults])
    return document_from({name: given[name] for name in COLUMNS})


def make_id(country: str, year: int, title: str) -> str:
    """Return ``<country>-<year>-<words of the title>``, cut between words at about 60 characters.

    A title with next to no Latin letters (統合イノベーション戦略) is told from others by eight digits of its SHA-256.
    """
    head = f"{country.lower()}-{year}"
    plain = unicodedata.normalize("NFKD", title.casefold().translate(_LETTERS))
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’\u0300-\u036f]", "", plain))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(head) + 1 + len(longer) > _LONGEST_ID:
            break
        slug = longer
    if sum(letter.isalpha() for letter in slug) < _FEWEST_LETTERS:
        slug = f"{slug}-{hashlib.sha256(title.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}".strip("-")
    return f"{head}-{slug}"


def _take_up(
    document: Document, file: Path, register_path: Path, find_language: Callable[[Path], str] | None
) -> Document:
    """Copy the file and write the row; where the row cannot be written, take the copy back."""
    documents = read_register(register_path) if register_path.exists() else []
    _refuse_duplicates(document, documents, register_path)
    rows = [(row.id, row) for row in documents] + [("the new document", document)]
    if faults := [f"{place}: {fault}" for place, fault in register_faults(rows)]:
        raise RegisterError(faults)
    folder = register_path.parent
    target = folder / document.file
    made = _copy(file, target, document.sha256, folder)
    try:
        if find_language:
            document = replace(document, language=find_language(target))
        write_register(register_path, [*documents, document])
    except BaseException:
        if made:
            target.unlink(missing_ok=True)
        raise
    return document


def _refuse_duplicates(document: Document, documents: list[Document], register_path: Path) -> None:
    for row in documents:
        if row.sha256 == document.sha256:
            raise RegisterError(
                [f"{register_path} has this very file already, as {row.id} ({row.title!r}, {row.year})"]
            )
        if row.id == document.id:
            raise RegisterError(
                [f"{register_path} has the id {row.id} already ({row.title!r}); give a title that tells the two apart"]
            )


def _copy(file: Path, target: Path, sha256: str, folder: Path) -> bool:
    """Copy a file into place whole or not at all; False where the very file lies there already.

    A file of the same name that no row names (left behind by someone) is not overwritten.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.parent.resolve().is_relative_to(folder.resolve()):
        raise RegisterError([f"{target.parent} leads out of the corpus folder {folder}; make it a folder of its own"])
    if target.exists() or target.is_symlink():
        if target.is_file() and not target.is_symlink() and hash_file(target) == sha256:
            return False
        raise RegisterError([f"{target} exists and is another file that no row names; move it away and add again"])
    number, name = tempfile.mkstemp(dir=target.parent, prefix=".adding-", suffix=target.suffix)
    try:
        with os.fdopen(number, "wb") as sink, file.open("rb") as source:
            shutil.copyfileobj(source, sink)
        if hash_file(Path(name)) != sha256:
            raise RegisterError([f"{file} changed while it was copied; add it again when it is whole"])
        os.chmod(name, 0o644)  # mkstemp makes files for the owner only
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True
