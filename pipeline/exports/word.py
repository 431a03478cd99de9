"""Tables as one Word document: landscape, header rows that repeat on every page, texts as texts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell, _Row

from pipeline.exports.grids import Grid, column_shares
from pipeline.schemas.archives import steady_zip

_MOMENT = datetime(2000, 1, 1)
_PAGE = 25.7  # centimetres between the margins


def grids_word(grids: Sequence[Grid], title: str) -> bytes:
    """Write tables one after another into a document, with their titles as headings and their notes below.

    Its properties name no date and no author: the same tables give the same bytes.
    """
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.last_modified_by = title, "", "", ""
    properties.created = properties.modified = _MOMENT
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    document.styles["Normal"].font.size = Pt(8)
    for grid in grids:
        _add_grid(document, grid)
    stream = io.BytesIO()
    document.save(stream)
    return steady_zip(stream.getvalue(), compressed=True)


def _add_grid(document: Document, grid: Grid) -> None:
    document.add_heading(printable(grid.title), level=1)
    table = document.add_table(rows=1, cols=len(grid.header), style="Table Grid")
    table.autofit = False
    _repeat(table.rows[0])
    widths = [Cm(_PAGE * share) for share in column_shares(grid)]
    for cell, name, width in zip(table.rows[0].cells, grid.header, widths, strict=True):
        _fill(cell, name, width, bold=True)
    for row in grid.rows:
        for place, (cell, text, width) in enumerate(zip(table.add_row().cells, row, widths, strict=True)):
            _fill(cell, text, width, bold=place == 0)
    if grid.note:
        document.add_paragraph(printable(grid.note))


def _fill(cell: _Cell, text: str, width: Cm, *, bold: bool) -> None:
    cell.width = width
    cell.paragraphs[0].add_run(printable(text)).bold = bold


def _repeat(row: _Row) -> None:
    """Mark a row as a header that Word repeats at the top of each page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def printable(text: str) -> str:
    """Return a text without the characters that XML forbids; breaks and tabs become spaces."""
    spaced = "".join(" " if mark in "\t\n\r\x0b\x0c" else mark for mark in text)
    return "".join(
        mark for mark in spaced if mark >= " " and not ("\ud800" <= mark <= "\udfff" or mark in "\ufffe\uffff")
    )
