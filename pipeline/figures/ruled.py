"""Cells of ruled tables: where pdfplumber sees them, filled with the lines of our own reading of the page.

pdfplumber's text of a cell and ours are two readings of one page. Where their numbers differ the cell is left out, so
that a figure stands in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from pipeline.schemas import Line, Page

Box = tuple[float, float, float, float]  # x0, top, x1, bottom in points from the top left
_NUMBERS = re.compile(r"[0-9]+")
# What pdfplumber and pdfminer raise on files that are out of order.
BROKEN = (
    PSException, PdfminerException, MalformedPDFException, ArithmeticError, AttributeError, LookupError, RecursionError,
    TypeError, ValueError,
)  # fmt: skip
_TOLERANCE = 2.0
_OVERLAP = 0.5  # of the narrower one's width that a cell and the header over it share


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table with the page's lines in it, in reading order."""

    box: Box
    lines: tuple[Line, ...]

    def is_left_of(self, other: Cell) -> bool:
        """Tell whether the cell stands left of another, at its height."""
        return self.box[2] <= other.box[0] + _TOLERANCE and self.box[1] - _TOLERANCE <= _middle(other) <= self.box[3]

    def is_over(self, other: Cell) -> bool:
        """Tell whether the cell stands above another and they share most of their width."""
        shared = min(self.box[2], other.box[2]) - max(self.box[0], other.box[0])
        return self.box[3] <= other.box[1] + _TOLERANCE and shared >= _OVERLAP * min(
            box[2] - box[0] for box in (self.box, other.box)
        )


@dataclass(frozen=True, slots=True)
class Joined:
    """The text of some lines, and where each of its characters stands on the page."""

    text: str
    places: tuple[int, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Turn a span of the text into offsets of ``Page.text``."""
        return self.places[start], self.places[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of one table that both readings agree on, and the lines right above it."""

    page: Page
    cells: tuple[Cell, ...]
    above: tuple[Line, ...]

    def row_lines(self, cell: Cell) -> tuple[Line, ...]:
        """Return the lines of the row that a cell stands in, in reading order."""
        rows = {line.row for line in cell.lines}
        return tuple(line for line in self.page.lines if line.row in rows)


def read_tables(
    path: Path, pages: Mapping[int, Page], numbers: Sequence[int], *, caption: float, unread: list[int]
) -> Iterator[Table]:
    """Yield the tables on the pages with these numbers; a page that pdfplumber turns otherwise than we did has none.

    ``caption`` is how many points above a table its caption may stand. A page whose drawings pdfplumber cannot read is
    added to ``unread``: pdfium, which read the text, forgives more.
    """
    with pdfplumber.open(path) as pdf:
        for number in numbers:
            sheet = pdf.pages[number - 1]
            try:
                yield from _on_sheet(pages[number], sheet, caption)
            except BROKEN:
                unread.append(number)
            finally:
                sheet.close()


def _on_sheet(page: Page, sheet: pdfplumber.page.Page, caption: float) -> list[Table]:
    if abs(sheet.width - page.width) >= _TOLERANCE or abs(sheet.height - page.height) >= _TOLERANCE:
        return []
    return [_table(page, found, caption) for found in sheet.find_tables()]


def _table(page: Page, found: pdfplumber.table.Table, caption: float) -> Table:
    boxes = [box for row in found.rows for box in row.cells if box is not None]
    texts = [text for row in found.extract() for text in row if text is not None]
    cells = []
    for box, text in zip(boxes, texts, strict=True):
        lines = tuple(line for line in page.lines if line.row >= 0 and _is_in(line, box))
        ours = " ".join(page.text[line.start : line.end] for line in lines)
        if lines and sorted(_NUMBERS.findall(text)) == sorted(_NUMBERS.findall(ours)):
            cells.append(Cell(box, lines))
    top = found.bbox[1]
    above = tuple(line for line in page.lines if line.row < 0 and top - caption <= line.bottom <= top + _TOLERANCE)
    return Table(page, tuple(cells), above)


def _is_in(line: Line, box: Box) -> bool:
    x, y = (line.x0 + line.x1) / 2, (line.top + line.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _middle(cell: Cell) -> float:
    return (cell.box[1] + cell.box[3]) / 2


def join_lines(page: Page, lines: Sequence[Line]) -> Joined:
    """Return the text of lines joined by spaces, each run of white space as one."""
    text: list[str] = []
    places: list[int] = []
    for line in lines:
        for place in range(line.start, line.end):
            char = page.text[place]
            if char.isspace() and (not text or text[-1] == " "):
                continue
            text.append(" " if char.isspace() else char)
            places.append(place)
        if text and text[-1] != " ":
            text.append(" ")
            places.append(line.end - 1)
    return Joined("".join(text), tuple(places))
