"""The tables as the terminal shows them, read from tables/ and from nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.cli.records import read_lines, read_records

# Columns of labels are readable from here on.
_WIDE = 150


def shown_table(folder: Path, width: int) -> RenderableType:
    """Return the published comparison table, and where the files lie; a narrow terminal gets a paragraph a country."""
    from pipeline.tables import fold_unread

    plain = fold_unread(read_lines(folder / "comparison.csv"))
    header, rows = plain.header, plain.rows
    title = "What each country's strategies target, by salience"
    places = Text(
        (f"\n{plain.note}\n" if plain.note else "")
        + _changed(folder)
        + f"\nTables: {folder} (comparison, cells, evidence, documents, coverage)\n"
        f"Report, each label opening to its quotes: {folder / 'comparison.html'}"
    )
    if width < _WIDE:
        return Group(Text(title, style="bold"), *(_paragraph(header, row) for row in rows), places)
    table = Table(show_lines=True, title=title)
    for name in header:
        table.add_column(Text(name))
    for row in rows:
        table.add_row(*(Text(value) for value in row))
    return Group(table, places)


def _changed(folder: Path) -> str:
    """Return the sentence with which CHANGES.md begins, and where the rest stands; empty where there is none."""
    path = folder / "CHANGES.md"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return f"\n{lines[2]}\nWhat changed and why: {path}\n" if len(lines) > 2 else ""


def _paragraph(header: Sequence[str], row: Sequence[str]) -> Text:
    text = Text(f"\n{row[0]}\n", style="bold")
    for name, value in zip(header[1:], row[1:], strict=True):
        text.append(f"  {name}: ", style="not bold dim").append(f"{value}\n", style="not bold")
    text.rstrip()
    return text


def shown_country(folder: Path, country: str) -> RenderableType:
    """Return what a country targets and mentions, with the reasons."""
    cells = [row for row in read_records(folder / "cells.csv") if row["country"] == country]
    if not cells:
        known = sorted({row["country"] for row in read_records(folder / "cells.csv")})
        raise ValueError(f"{folder / 'cells.csv'} has no country {country}; it has {', '.join(known)}")
    found = [row for row in cells if row["status"] in ("targeted", "mentioned", "rejected")]
    if not found:
        return Text(f"{country}: {cells[0]['status'].replace('_', ' ')}")
    table = Table(title=country)
    for name in ("concept", "status", "salience", "n_documents", "n_passages", "reasons"):
        table.add_column(name)
    for row in sorted(found, key=lambda row: (row["status"] != "targeted", -float(row["salience"]), row["concept"])):
        row["reasons"] += _decided(row)
        table.add_row(*(Text(row[str(column.header)]) for column in table.columns))
    return table


def shown_cell(folder: Path, country: str, concept: str) -> RenderableType:
    """Return the quotes of one cell, best first, each with its document and page."""
    cells = read_records(folder / "cells.csv")
    cell = next((row for row in cells if row["country"] == country and row["concept"] == concept), None)
    if cell is None:
        raise ValueError(f"{folder / 'cells.csv'} has no cell {country} {concept}; check the country and the id")
    parts = [
        Text(
            f"{country} {cell['label']}: {cell['status'].replace('_', ' ')}. {cell['reasons']}{_decided(cell)}",
            style="bold",
        )
    ]
    for row in read_records(folder / "evidence.csv"):
        if row["cell_id"] == cell["cell_id"]:
            page = f"p. {row['page_number']}" + (f" (printed {row['page_label']})" if row["page_label"] else "")
            quote = Text(f"\n{row['rank']}. {row['quote']}\n")
            quote.highlight_words([row["term"]], style="bold yellow", case_sensitive=False)
            where = f"   {row['document_id']}, {page}, {row['level']}, {row['evidence_id']}{_decided(row)}"
            parts.append(quote + Text(where, style="dim"))
    return Group(*parts)


def _decided(row: dict[str, str]) -> str:
    return f". Decided: {row['decision']}" if row["decision"] else ""


def shown_coverage(folder: Path) -> RenderableType:
    """Return what was read of each document, and why the rest was not."""
    table = Table(title="What was read")
    for name in ("document_id", "status", "pages_read", "pages", "passages_counted", "mentions", "reason"):
        table.add_column(name, overflow="fold")
    for row in read_records(folder / "coverage.csv"):
        table.add_row(*(Text(row[str(column.header)]) for column in table.columns))
    return table
