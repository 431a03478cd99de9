"""Open a document, tell its kind by its content, and say in a sentence how the reading went."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline.pages.compose import page_text
from pipeline.pages.decoding import decode
from pipeline.pages.garbled import is_garbled
from pipeline.pages.pdf import read_pdf
from pipeline.pages.plain import text_pages
from pipeline.pages.web import declared_encoding, web_blocks
from pipeline.schemas import Line, Page, Reading

_HEAD = 4096
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main|section|div|table|h1|p)\b", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_MOST_CONTROL = 0.02
_MAGIC = (
    (b"PK\x03\x04", "a ZIP archive, as DOCX, XLSX and EPUB files are"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed archive"),
)
_NAMES = {
    "no_text": ("is an image or outlines only", "are images or outlines only"),
    "garbled": ("has a broken font map", "have broken font maps"),
    "empty": ("is empty", "are empty"),
}


def read_document(
    path: Path,
    document_id: str,
    *,
    max_pages: int = 3_000,
    max_characters_per_page: int = 2_000_000,
    max_objects_per_page: int = 6_000,
) -> Reading:
    """Return the pages of the document at ``path``; a bad file gives a status and a sentence, not an error.

    Pages past ``max_pages`` and characters past ``max_characters_per_page`` are left out, and the reason says so;
    of a page's drawings, which show tables and boxes, the first ``max_objects_per_page`` are looked at.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError:
        return Reading(document_id, "not_fetched", f"There is no file {path.name}; fetch or add it.", ())
    except OSError as error:
        return Reading(document_id, "not_fetched", f"{path.name} cannot be opened: {error.strerror}.", ())
    if not head.strip():
        return Reading(document_id, "not_a_document", f"{path.name} is empty.", ())
    if b"%PDF-" in head[:1024]:
        status, reason, pages = read_pdf(path, document_id, max_pages, max_characters_per_page, max_objects_per_page)
    else:
        status, reason, pages = _read_text(path, document_id, max_pages, max_characters_per_page)
    return _summed_up(document_id, status, reason, pages)


def _read_text(path: Path, document_id: str, max_pages: int, max_characters: int) -> tuple[str, str, list[Page]]:
    """Read HTML or plain text; the status is "" unless the file is neither."""
    content = path.read_bytes()
    for magic, name in _MAGIC:
        if content.startswith(magic):
            return "not_a_document", f"{path.name} is {name}; expected PDF, HTML or plain text.", []
    is_html = bool(_HTML.search(content[:_HEAD])) and content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    text = decode(content, declared_encoding(content) if is_html else "")
    if len(_CONTROL.findall(text[:100_000])) > _MOST_CONTROL * min(len(text), 100_000):
        return "not_a_document", f"{path.name} holds binary content; expected PDF, HTML or plain text.", []
    texts: list[tuple[str, tuple[Line, ...]]]
    reason = ""
    if is_html:
        texts = [page_text(web_blocks(text))]
    else:
        texts = text_pages(text)
    if len(texts) > max_pages:
        reason = f"Only the first {max_pages} of {len(texts)} pages were read. "
        texts = texts[:max_pages]
    pages = []
    for number, (written, lines) in enumerate(texts, start=1):
        if len(written) > max_characters:
            reason += f"Only the first {max_characters} characters of page {number} were read. "
            written, lines = written[:max_characters], tuple(line for line in lines if line.end <= max_characters)
        status = "empty" if not lines else "garbled" if is_garbled(written) else "ok"
        pages.append(Page(document_id, number, "", status, written, 0.0, 0.0, lines))
    return "", reason, pages


def _summed_up(document_id: str, status: str, reason: str, pages: Sequence[Page]) -> Reading:
    """Turn page statuses into the document's: blank pages alone do not make a document partly read."""
    if status:
        return Reading(document_id, status, reason.strip(), tuple(pages))
    counts = Counter(page.status for page in pages)
    kinds = [f"{counts[kind]} {_NAMES[kind][counts[kind] > 1]}" for kind in _NAMES if counts[kind]]
    sentence = f"{counts['ok']} of {len(pages)} pages have text" + (f": {', '.join(kinds)}." if kinds else ".")
    whole = counts["ok"] and not counts["no_text"] and not counts["garbled"] and not reason
    return Reading(document_id, "read" if whole else "partly_read", f"{reason}{sentence}", tuple(pages))
