"""The tables as one XLSX workbook, in which every cell of a comparison leads to its first quote.

The workbook is the same to the byte on any machine: fixed metadata, and its parts are stored without compression,
because compressed bytes depend on the version of zlib. It therefore holds what is read in a workbook and leaves to the
CSV files what programs need (offsets, ids of rules, what was not found). Texts of documents are written as texts, never
as formulas.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.schemas import Cell, Coverage, Evidence, column_names
from pipeline.schemas.archives import steady_zip
from pipeline.schemas.delimited import starts_formula
from pipeline.tables.compare import Tables
from pipeline.tables.comparison import Comparison, Entry
from pipeline.tables.countries import country_name

_PLAIN = {"text_wrap": True, "valign": "top"}
# What most cells look like is the workbook's own format, so that a cell need not name one: that saves a sixth of it.
_OPTIONS = {"in_memory": True, "strings_to_urls": False, "default_format_properties": _PLAIN}
_MOMENT = datetime(2000, 1, 1)
_LONGEST = 32_000  # characters; a cell of a workbook holds 32,767
_WIDTHS = {
    "quote": 90,
    "reasons": 60,
    "title": 50,
    "reason": 50,
    "decision": 50,
    "section": 40,
    "label": 34,
    "prefix": 30,
}
_EVIDENCE_EXTRAS = ("country", "column", "label")
_EVIDENCE = ("rank", "level", "quote", "document_id", "page_number", "page_label", "section", "money")
_CELLS = tuple(name for name in column_names(Cell) if name != "concept")
_FOUND = ("targeted", "mentioned")


def write_workbook(
    tables: Tables, comparisons: Sequence[Comparison], about: Sequence[str], *, quotes_listed: int
) -> bytes:
    """Write the comparisons, cells, evidence and coverage as sheets of one workbook; ``about`` fills the last sheet.

    The Cells sheet lists what was found; cells.csv also has what was not.
    The Evidence sheet is sorted by country, then by column of the first comparison, then by salience, so that the
    quotes of one cell of the comparison stand together under the row to which that cell leads. It lists the best
    ``quotes_listed`` quotes of each cell; evidence.csv has them all.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as workbook:
        workbook.set_properties({"title": "Comparison of national strategies", "created": _MOMENT})
        formats = _Formats(workbook)
        order = _evidence_order(tables, comparisons[0], quotes_listed)
        for comparison in comparisons:
            sheet = workbook.add_worksheet(comparison.layout.title)
            _fill_comparison(sheet, comparison, order, formats)
        _fill_cells(workbook.add_worksheet("Cells"), tables, order, formats)
        _fill_evidence(workbook.add_worksheet("Evidence"), order, formats)
        _fill_coverage(workbook.add_worksheet("Coverage"), tables, formats)
        _fill_about(workbook.add_worksheet("About"), about, formats)
    return steady_zip(stream.getvalue())


class _Formats:
    """The cell formats of a workbook, and the writing of one value with the right one."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self.guarded: Format = workbook.add_format({**_PLAIN, "quote_prefix": True})
        self.head: Format = workbook.add_format({**_PLAIN, "bold": True, "bg_color": "#E8EDF3", "bottom": 1})
        self.link: Format = workbook.add_format({**_PLAIN, "font_color": "#0B4F8A"})
        self.bold: Format = workbook.add_format({**_PLAIN, "bold": True})
        self.fraction: Format = workbook.add_format({**_PLAIN, "num_format": "0.0000"})

    def write(self, sheet: Worksheet, row: int, column: int, value: Any) -> None:
        """Write one value; a text that begins like a formula also gets the spreadsheet's own mark for text."""
        if isinstance(value, str) and value:
            text = _printable(value)
            sheet.write_string(row, column, text, self.guarded if starts_formula(text) else None)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self.fraction if isinstance(value, float) else None)

    def header(self, sheet: Worksheet, names: Sequence[str], frozen: int) -> None:
        """Write the header row and freeze it with the first columns; set widths by name."""
        for place, name in enumerate(names):
            sheet.write_string(0, place, name, self.head)
            sheet.set_column(place, place, _WIDTHS.get(name, 14))
        sheet.freeze_panes(1, frozen)


def _printable(text: str) -> str:
    """Return a text without the characters that XML forbids, cut to what a cell of a workbook holds."""
    kept = "".join(mark for mark in text if mark >= " " or mark in "\t\n\r")
    kept = "".join(mark for mark in kept if not ("\ud800" <= mark <= "\udfff" or mark in "\ufffe\uffff"))
    return kept if len(kept) <= _LONGEST else kept[:_LONGEST] + "…"


@dataclass(frozen=True, slots=True)
class _EvidenceOrder:
    """The rows of the Evidence sheet with what heads them, and where each cell and each block begins (1-based)."""

    lines: tuple[tuple[tuple[str, str, str], Evidence], ...]
    first_of_cell: dict[str, int]
    first_of_block: dict[tuple[str, str], int]


def _evidence_order(tables: Tables, comparison: Comparison, quotes_listed: int) -> _EvidenceOrder:
    """Sort evidence by the first comparison: a concept of several columns stands in the first of them."""
    quotes: dict[str, list[Evidence]] = {}
    for row in tables.evidence:
        if row.rank <= quotes_listed:
            quotes.setdefault(row.cell_id, []).append(row)
    lines: list[tuple[tuple[str, str, str], Evidence]] = []
    first_of_cell: dict[str, int] = {}
    first_of_block: dict[tuple[str, str], int] = {}
    blocks: list[tuple[str, str, tuple[Cell, ...]]] = [
        (row.code, entry.column, (*entry.targeted, *entry.mentioned))
        for row in comparison.rows
        for entry in row.entries
    ]
    shown = {cell.cell_id for _, _, cells in blocks for cell in cells}
    rest = [cell for cell in tables.cells if cell.cell_id not in shown]
    for code, column, cells in [*blocks, *((cell.country, "", (cell,)) for cell in rest)]:
        for cell in cells:
            if cell.cell_id in first_of_cell or cell.cell_id not in quotes:
                continue
            first_of_cell[cell.cell_id] = len(lines) + 2  # the header is row 1
            first_of_block.setdefault((code, column), len(lines) + 2)
            lines += [((country_name(code), column, cell.label), row) for row in quotes[cell.cell_id]]
    return _EvidenceOrder(tuple(lines), first_of_cell, first_of_block)


def _fill_comparison(sheet: Worksheet, comparison: Comparison, order: _EvidenceOrder, formats: _Formats) -> None:
    formats.header(sheet, ["Country", *(column.label for column in comparison.layout.columns)], frozen=1)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, len(comparison.layout.columns), 38 if len(comparison.layout.columns) < 8 else 28)
    for number, row in enumerate(comparison.rows, start=1):
        sheet.write_string(number, 0, row.name, formats.bold)
        for place, entry in enumerate(row.entries, start=1):
            target = _target(row.code, entry, order)
            text = _printable(entry.marked_text)
            if target:
                sheet.write_url(number, place, f"internal:'Evidence'!A{target}", formats.link, text)
            else:
                formats.write(sheet, number, place, text)
    for number, note in enumerate(comparison.notes, start=len(comparison.rows) + 2):
        formats.write(sheet, number, 1, note)


def _target(code: str, entry: Entry, order: _EvidenceOrder) -> int | None:
    """Return the Evidence row to which a cell of a comparison leads: its block, else its first label's quotes."""
    if not entry.targeted:
        return None
    first = order.first_of_cell[entry.targeted[0].cell_id]
    return min(first, order.first_of_block.get((code, entry.column), first))


def _fill_cells(sheet: Worksheet, tables: Tables, order: _EvidenceOrder, formats: _Formats) -> None:
    formats.header(sheet, _CELLS, frozen=1)
    sheet.set_column(0, 0, 26)
    found = [cell for cell in tables.cells if cell.status in _FOUND]
    for number, cell in enumerate(found, start=1):
        for place, name in enumerate(_CELLS):
            formats.write(sheet, number, place, getattr(cell, name))
        if cell.cell_id in order.first_of_cell:
            target = f"internal:'Evidence'!A{order.first_of_cell[cell.cell_id]}"
            sheet.write_url(number, 0, target, formats.link, cell.cell_id)
    sheet.autofilter(0, 0, max(1, len(found)), len(_CELLS) - 1)


def _fill_evidence(sheet: Worksheet, order: _EvidenceOrder, formats: _Formats) -> None:
    formats.header(sheet, [*_EVIDENCE_EXTRAS, *_EVIDENCE], frozen=3)
    for number, (heads, row) in enumerate(order.lines, start=1):
        for place, value in enumerate([*heads, *(getattr(row, name) for name in _EVIDENCE)]):
            formats.write(sheet, number, place, value)
    sheet.autofilter(0, 0, max(1, len(order.lines)), len(_EVIDENCE_EXTRAS) + len(_EVIDENCE) - 1)


def _fill_coverage(sheet: Worksheet, tables: Tables, formats: _Formats) -> None:
    names = column_names(Coverage)
    formats.header(sheet, names, frozen=1)
    sheet.set_column(0, 0, 40)
    for number, row in enumerate(tables.coverage, start=1):
        for place, name in enumerate(names):
            formats.write(sheet, number, place, getattr(row, name))


def _fill_about(sheet: Worksheet, about: Sequence[str], formats: _Formats) -> None:
    sheet.set_column(0, 0, 110)
    for number, line in enumerate(about):
        formats.write(sheet, number, 0, line)
