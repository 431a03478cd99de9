"""PDF documents by pdfium: page by page, so that a broken page costs itself only."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.pages.beside import mark_beside
from pipeline.pages.characters import PageText
from pipeline.pages.compose import page_text
from pipeline.pages.drawings import Drawings, find_drawings
from pipeline.pages.garbled import is_garbled
from pipeline.pages.labels import page_labels
from pipeline.pages.layout import lay_out
from pipeline.pages.words import find_words
from pipeline.schemas import Page

_WRITTEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FEW_LETTERS = 4
_LARGE_PICTURE = 0.3
"""A page of fewer letters than this, with a picture over this share of it, is a picture."""
_OUTLINES = 15
"""A page without text but with this many drawn paths shows something: text turned to outlines, or a figure."""


def read_pdf(
    path: Path, document_id: str, max_pages: int, max_characters: int, max_objects: int
) -> tuple[str, str, list[Page]]:
    """Return status, reason and pages of a PDF; the status is "" where it opened, the reason what was left out."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return *_not_opened(path), []
    try:
        count = len(document)
        if not count:
            return "damaged", f"{path.name} opens as a PDF but has no pages.", []
        notes: list[str] = []
        pages: list[Page] = []
        for index in range(min(count, max_pages)):
            page, note = _read_page(document.raw, document_id, index, max_characters, max_objects)
            pages.append(page)
            notes.extend(note)
        if count > max_pages:
            notes.append(f"Only the first {max_pages} of {count} pages were read.")
        own = [document.get_page_label(index) for index in range(len(pages))]
    finally:
        document.close()
    return "", _joined(notes), _labelled(pages, own)


def _not_opened(path: Path) -> tuple[str, str]:
    """Return the status and the reason of a PDF that pdfium does not open."""
    if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
        return "encrypted", f"{path.name} is a PDF that needs a password to open."
    if b" obj" not in path.read_bytes():
        return "not_a_document", f"{path.name} begins like a PDF but holds none of a PDF's objects."
    return "damaged", f"{path.name} is a PDF that cannot be opened: its structure is broken."


def _joined(notes: list[str]) -> str:
    """Join what was left out into sentences; many notes are cut to the first five."""
    shown = notes[:5] + ([f"{len(notes) - 5} more such notes."] if len(notes) > 5 else [])
    return "".join(f"{note} " for note in shown)


def _labelled(pages: list[Page], own: list[str]) -> list[Page]:
    labels = page_labels(pages, own)
    return [
        Page(p.document_id, p.page_number, label, p.status, p.text, p.width, p.height, p.lines)
        for p, label in zip(pages, labels, strict=True)
    ]


def _read_page(
    document: Any, document_id: str, index: int, max_characters: int, max_objects: int
) -> tuple[Page, list[str]]:
    """Return one page and what could not be read of it."""
    number = index + 1
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return Page(document_id, number, "", "empty", "", 0.0, 0.0, ()), [f"Page {number} is damaged."]
    text: PageText | None = None
    try:
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        text = PageText(page, width, height, max_characters)
        notes = []
        if text.total > max_characters:
            notes.append(f"Only the first {max_characters} of {text.total} characters of page {number} were read.")
        if is_garbled(text.characters):
            raw = _WRITTEN.sub(" ", text.characters)
            return Page(document_id, number, "", "garbled", raw, round(width, 1), round(height, 1), ()), notes
        words = find_words(text, pdfium.FPDFPage_GetRotation(page))
        drawings = find_drawings(page, text.place, width, height, max_objects=max_objects)
        raw, lines = page_text(lay_out(words, drawings, width, height))
        status = _status(raw, drawings, width * height, pdfium.FPDFPage_GetAnnotCount(page))
        return Page(document_id, number, "", status, raw, round(width, 1), round(height, 1), mark_beside(lines)), notes
    except pypdfium2.PdfiumError:
        return Page(document_id, number, "", "empty", "", 0.0, 0.0, ()), [f"The text of page {number} is damaged."]
    finally:
        if text:
            text.close()
        pdfium.FPDF_ClosePage(page)


def _status(text: str, drawings: Drawings, area: float, annotations: int) -> str:
    """Return the status of a page whose characters are as they should be."""
    letters = sum(character.isalpha() for character in text[:400])
    if letters >= _FEW_LETTERS:
        return "ok"
    largest = max((picture.width * picture.height for picture in drawings.pictures), default=0.0)
    if largest > _LARGE_PICTURE * area:
        return "no_text"
    if any(character.isalnum() for character in text):
        return "ok"
    return "no_text" if drawings.pictures or drawings.paths >= _OUTLINES or annotations else "empty"
