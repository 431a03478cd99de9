"""The comparison table: countries as rows, the columns of a layout, the labels of targeted concepts in each cell.

Two marks keep an empty cell from meaning two things: "–" says that documents were read and nothing was found,
"not read" that no document of the country was read. Countries that were read come first, by name; the others
follow, so that a long register of documents still to be fetched does not hide what is known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.schemas import Cell
from pipeline.schemas.delimited import encode, lines_csv
from pipeline.tables.countries import country_name
from pipeline.tables.layouts import Layout, LayoutColumn

NONE_FOUND = "–"
NOT_READ = "not read"
DECIDED = "†"


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell of the comparison: what of a column is targeted, only mentioned, or rejected by people, by salience."""

    column: str
    targeted: tuple[Cell, ...]
    mentioned: tuple[Cell, ...]
    rejected: tuple[Cell, ...]
    read: bool

    @property
    def text(self) -> str:
        """Return what the cell says: labels, or the mark for nothing found or not read."""
        if not self.read:
            return NOT_READ
        return "; ".join(cell.label for cell in self.targeted) or NONE_FOUND

    @property
    def marked_text(self) -> str:
        """Return what the cell says with a mark behind each label that a person decided on."""
        return "; ".join(marked_label(cell) for cell in self.targeted) if self.read and self.targeted else self.text


@dataclass(frozen=True, slots=True)
class CountryRow:
    """One row of the comparison: a country by code and name, and its entries in the order of the layout's columns."""

    code: str
    name: str
    read: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison table: a layout filled with the cells of a corpus, and notes on what people decided."""

    layout: Layout
    rows: tuple[CountryRow, ...]
    notes: tuple[str, ...] = ()

    @property
    def read(self) -> tuple[CountryRow, ...]:
        """Return the rows of countries of which at least one document was read."""
        return tuple(row for row in self.rows if row.read)

    @property
    def unread(self) -> tuple[CountryRow, ...]:
        """Return the rows of countries of which no document was read."""
        return tuple(row for row in self.rows if not row.read)


def arrange_comparison(cells: Sequence[Cell], layout: Layout) -> Comparison:
    """Fill a layout with cells: the countries that were read first, each group sorted by name."""
    by_country: dict[str, dict[str, Cell]] = {}
    for cell in cells:
        by_country.setdefault(cell.country, {})[cell.concept] = cell
    rows = [_country_row(code, found, layout) for code, found in by_country.items()]
    ordered = sorted(rows, key=lambda row: (not row.read, row.name, row.code))
    return Comparison(layout, tuple(ordered), _notes(cells, layout))


def _country_row(code: str, cells: dict[str, Cell], layout: Layout) -> CountryRow:
    read = any(cell.status != "not_read" for cell in cells.values())
    entries = tuple(_entry(column, cells, read) for column in layout.columns)
    return CountryRow(code, country_name(code), read, entries)


def _entry(column: LayoutColumn, cells: dict[str, Cell], read: bool) -> Entry:
    inside = sorted(
        (cells[concept] for concept in column.concepts if concept in cells),
        key=lambda cell: (-cell.salience, cell.label, cell.concept),
    )
    by_status = {
        status: tuple(cell for cell in inside if cell.status == status)
        for status in ("targeted", "mentioned", "rejected")
    }
    return Entry(column.label, **by_status, read=read)


def marked_label(cell: Cell) -> str:
    """Return a cell's label, with a mark where a person decided on it."""
    return f"{cell.label}{DECIDED}" if cell.decision else cell.label


def _notes(cells: Sequence[Cell], layout: Layout) -> tuple[str, ...]:
    """Say of each cell of a layout on which a person decided what it is now, and by whom and why."""
    shown = {concept for column in layout.columns for concept in column.concepts}
    decided = [(country_name(cell.country), cell) for cell in cells if cell.decision and cell.concept in shown]
    return tuple(
        f"{DECIDED} {name}, {cell.label} ({_said(cell)}): {cell.decision}"
        for name, cell in sorted(decided, key=lambda pair: (pair[0], pair[1].label, pair[1].cell_id))
    )


def _said(cell: Cell) -> str:
    status, machine = (words.replace("_", " ") for words in (cell.status, cell.machine))
    return status if status == machine else f"{status}, by machine {machine}"


def comparison_csv(comparison: Comparison) -> bytes:
    """Write a comparison as CSV: the country's name, then one column for each column of the layout."""
    return lines_csv(_header(comparison.layout), _lines(comparison))


def _header(layout: Layout) -> list[str]:
    return ["Country", *(column.label for column in layout.columns)]


def _lines(comparison: Comparison) -> list[list[str]]:
    return [[row.name, *(entry.text for entry in row.entries)] for row in comparison.rows]


def comparison_markdown(comparison: Comparison) -> bytes:
    """Write a comparison as a Markdown page: title, how to read it, and the table."""
    lines = [f"# {comparison.layout.title}", ""]
    if comparison.layout.note:
        lines += [comparison.layout.note, ""]
    lines += [f"{how_to_read()} Every cell's quotes and pages are in evidence.csv.", ""]
    header = _header(comparison.layout)
    lines += [_markdown_line(header), "|" + " --- |" * len(header)]
    lines += [_markdown_line([row.name, *(entry.marked_text for entry in row.entries)]) for row in comparison.rows]
    if comparison.notes:
        lines += ["", "Decided by people:", "", *(f"- {_markdown_text(note)}" for note in comparison.notes)]
    return encode("\n".join(lines) + "\n")


def how_to_read() -> str:
    """Return the sentence that explains the marks of a comparison."""
    return (
        "Each cell lists what the country's strategies target, the most salient first; "
        f'"{NONE_FOUND}" means that documents were read and nothing was found, '
        f'"{NOT_READ}" that no document of the country was read. '
        f'"{DECIDED}" stands behind what a person decided.'
    )


def _markdown_line(fields: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(field.replace("|", "\\|").split()) for field in fields) + " |"


def _markdown_text(text: str) -> str:
    """Return a text that people wrote so that Markdown shows it as it is and makes no markup of it."""
    return re.sub(r"([\\`*_\[\]<>|#~])", r"\\\1", " ".join(text.split()))


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A comparison for the terminal: a header, rows of as many texts, and a note (empty or one sentence)."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def plain_comparison(cells: Sequence[Cell], layout: Layout) -> PlainTable:
    """Return a comparison as plain texts: rows of the countries that were read, and a note that names the others."""
    return fold_unread([_header(layout), *_lines(arrange_comparison(cells, layout))])


def fold_unread(lines: Sequence[Sequence[str]]) -> PlainTable:
    """Turn the lines of a comparison.csv, header first, into a plain table whose unread countries are one note."""
    header, *rows = (tuple(line) for line in lines)
    unread = [row[0] for row in rows if set(row[1:]) == {NOT_READ}]
    note = f"Not read (no document of theirs could be read yet): {', '.join(unread)}." if unread else ""
    return PlainTable(header, tuple(row for row in rows if row[0] not in unread), note)
