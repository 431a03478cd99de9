"""The other table: read from a file of facts, or made from the cells of an earlier release."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pipeline.schemas import Cell, Concept
from pipeline.schemas.agreement import PublishedEntry
from pipeline.schemas.delimited import plain

COLUMNS = ("country", "column", "published_label", "concepts_any_of")


@dataclass(frozen=True, slots=True)
class OtherTable:
    """A table to compare with: its entries in their order, the countries in it, and its columns in their order."""

    entries: tuple[PublishedEntry, ...]
    countries: tuple[str, ...]
    columns: tuple[str, ...]


def read_published(text: str, name: str, concepts: Sequence[Concept]) -> OtherTable:
    """Read a table of facts (models/published/README.md describes it); all faults are told in one ValueError."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise ValueError(f"{name}: no column {', '.join(missing)}; expected {', '.join(COLUMNS)}, or a cells.csv")
    known = {concept.id for concept in concepts}
    columns = tuple(dict.fromkeys(column for concept in concepts for column in concept.columns))
    entries, faults = [], []
    for row in reader:
        fields = {column: plain(row[column] or "").strip() for column in COLUMNS}
        entry = PublishedEntry(
            fields["country"],
            fields["column"],
            fields["published_label"],
            tuple(part for part in fields["concepts_any_of"].split("|") if part),
            reader.line_num,
        )
        entries.append(entry)
        faults += [f"{name}, line {entry.line}: {fault}" for fault in _faults(entry, known, columns)]
    if faults or not entries:
        raise ValueError("\n".join(faults) or f"{name}: no entries; expected one line for each label of the table")
    countries = tuple(dict.fromkeys(entry.country for entry in entries))
    return OtherTable(tuple(entries), countries, _columns_of(entries, countries))


def _columns_of(entries: Sequence[PublishedEntry], countries: Sequence[str]) -> tuple[str, ...]:
    """Return the columns as the fullest row has them, then those that only other rows have."""
    rows = [list(dict.fromkeys(entry.column for entry in entries if entry.country == country)) for country in countries]
    return tuple(dict.fromkeys(column for row in (max(rows, key=len), *rows) for column in row))


def _faults(entry: PublishedEntry, known: Collection[str], columns: Collection[str]) -> list[str]:
    faults = []
    if len(entry.country) != 3 or not entry.country.isupper():
        faults.append(f"the country is {entry.country!r}; expected a three-letter code such as FRA")
    if entry.column not in columns:
        faults.append(f"the column is {entry.column!r}; expected one of {', '.join(columns)}")
    if not entry.label:
        faults.append("the label is empty; expected the words of the table")
    unknown = [concept for concept in entry.concepts if concept not in known]
    if unknown or not entry.concepts:
        found = f"unknown concepts {', '.join(unknown)}" if unknown else "no concepts"
        faults.append(f"{found}; expected ids of models/concepts joined by |")
    return faults


def table_of_cells(cells: Iterable[Cell], concepts: Sequence[Concept]) -> OtherTable:
    """Return what the cells of an earlier release target, as entries; countries that it did not read are left out."""
    read = [cell for cell in cells if cell.status != "not_read"]
    entries = [
        PublishedEntry(cell.country, column, cell.label, (cell.concept,), 0)
        for cell in read
        if cell.status == "targeted"
        for column in cell.column.split("|")
    ]
    columns = tuple(dict.fromkeys(column for concept in concepts for column in concept.columns))
    return OtherTable(tuple(entries), tuple(dict.fromkeys(cell.country for cell in read)), columns)


def cells_of_entries(table: OtherTable, concepts: Sequence[Concept]) -> list[Cell]:
    """Return a table as cells, so that claims can be held against it.

    An entry stands for each of the concepts that its label may stand for. A concept's column is where the country's
    row has it; saliences and counts are 0, for a table has none.
    """
    columns: dict[tuple[str, str], list[str]] = {}
    for entry in table.entries:
        for concept in entry.concepts:
            columns.setdefault((entry.country, concept), []).append(entry.column)
    return [
        _cell(country, concept, columns.get((country, concept.id), []))
        for country in table.countries
        for concept in concepts
    ]


def _cell(country: str, concept: Concept, columns: Sequence[str]) -> Cell:
    return Cell(
        cell_id=f"{country}.{concept.id}",
        country=country,
        concept=concept.id,
        label=concept.label,
        column="|".join(dict.fromkeys(columns)) or "|".join(concept.columns),
        status="targeted" if columns else "read_none_found",
        salience=0.0,
        n_documents=0,
        n_passages=0,
        first_year=None,
        last_year=None,
        reasons="listed in the table" if columns else "not listed in the table",
    )
