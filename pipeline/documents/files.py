"""The files of a corpus: where they lie, whether they are the registered ones, and what they are."""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path

from pipeline.schemas import Document

# What a kind of file is stored as: folder and ending.
FOLDERS = {"pdf": "pdf", "html": "html", "txt": "text"}
_HEAD = 65536
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>/]", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Text taken out of PDFs has stray control characters (bullets of lost fonts); a program file has many more.
_MOST_CONTROL = 0.02


def locate(document: Document, corpus_folder: Path) -> Path | None:
    """Return where a document's file lies; None where it has none, or where a symbolic link leads out of the folder."""
    if not document.file:
        return None
    path = corpus_folder / document.file
    return path if path.is_file() and path.resolve().is_relative_to(corpus_folder.resolve()) else None


def check_file(document: Document, path: Path) -> str:
    """Return a sentence where a file is not the one that was registered; nothing where it is, or no sha256 is known."""
    if not document.sha256:
        return ""
    found = hash_file(path)
    if found == document.sha256:
        return ""
    return (
        f"{document.file} has the sha256 {found[:12]}…, the register has {document.sha256[:12]}…: it is not the "
        "file that was registered; fetch it again, or correct the register if this is a new edition"
    )


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def recognise(path: Path) -> str:
    """Return what a file is by its content: "pdf", "html" or "txt"; nothing where it is none of these.

    Text is text when its beginning decodes as UTF-8 (or, with a byte order mark, UTF-16) and next to no control
    characters are in it.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    text = _decoded(head)
    if "\0" in text or len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text) or text.lstrip().startswith("{\\rtf"):
        return ""
    if not text.strip():
        # A page in another encoding is still markup in ASCII.
        return "html" if _looks_like_html(head) and b"\x00" not in head else ""
    return "html" if _looks_like_html(text.encode("utf-8")) else "txt"


def _looks_like_html(head: bytes) -> bool:
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    return start.startswith(b"<") and _HTML.search(start[:4096]) is not None


def _decoded(head: bytes) -> str:
    """Decode the beginning of a text file, of which the last character may be cut; nothing where it is not text."""
    encoding = "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return ""
