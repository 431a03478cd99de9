"""Entry by entry: what of another table is confirmed here, what is not found, what was not read, and what is new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.comparing.tables import OtherTable
from pipeline.schemas import Cell, Concept, Coverage, Evidence
from pipeline.schemas.agreement import ComparedEntry, PublishedEntry


@dataclass(frozen=True, slots=True)
class Here:
    """What this corpus has: cells by country and concept, the best quote of each cell, and what was read.

    ``strategies`` counts the strategies in force that were read of each country; without any, nothing is compared.
    """

    cells: Mapping[str, Mapping[str, Cell]]
    quotes: Mapping[str, Evidence]
    coverage: Sequence[Coverage]
    strategies: Mapping[str, int]

    def targets(self, country: str, concept: str) -> bool:
        """Say whether a country targets a concept."""
        cell = self.cells.get(country, {}).get(concept)
        return cell is not None and cell.status == "targeted"


def make_here(
    cells: Sequence[Cell], quotes: Mapping[str, Evidence], coverage: Sequence[Coverage], strategies: Mapping[str, int]
) -> Here:
    """Arrange the cells of a corpus by country and concept."""
    by_country: dict[str, dict[str, Cell]] = {}
    for cell in cells:
        by_country.setdefault(cell.country, {})[cell.concept] = cell
    return Here(by_country, quotes, coverage, strategies)


def compare_entries(table: OtherTable, here: Here, concepts: Sequence[Concept]) -> list[ComparedEntry]:
    """Return a row for each entry of the table, and for what is targeted here besides, by country and column."""
    return [
        row
        for country in table.countries
        for column in table.columns
        for row in (*_listed(table, country, column, here), *_besides(table, country, column, here, concepts))
    ]


def covered(table: OtherTable, country: str, column: str = "") -> set[str]:
    """Return the concepts that a country's row names, in one column or in any."""
    return {
        concept
        for entry in table.entries
        if entry.country == country and column in ("", entry.column)
        for concept in entry.concepts
    }


def _listed(table: OtherTable, country: str, column: str, here: Here) -> Iterator[ComparedEntry]:
    for entry in table.entries:
        if (entry.country, entry.column) == (country, column):
            yield _compare(entry, here)


def _compare(entry: PublishedEntry, here: Here) -> ComparedEntry:
    own = here.cells.get(entry.country, {})
    cells = sorted((own[concept] for concept in entry.concepts if concept in own), key=_order)
    targeted = [cell for cell in cells if cell.status == "targeted"]
    if not here.strategies.get(entry.country, 0):
        outcome, best = "not_read", None
    elif targeted:
        outcome, best = "confirmed", targeted[0]
    elif cells and cells[0].status == "mentioned":
        outcome, best = "mentioned_only", cells[0]
    else:
        outcome, best = "not_found", None
    explanation = best.reasons if best else _reading(entry.country, here)
    return _row(entry, outcome, best, [cell.concept for cell in targeted], explanation, here)


def _besides(
    table: OtherTable, country: str, column: str, here: Here, concepts: Sequence[Concept]
) -> Iterator[ComparedEntry]:
    """Yield what is targeted here and not listed there: new, or listed in another column of the row."""
    if not here.strategies.get(country, 0):
        return
    elsewhere = covered(table, country)
    inside = [concept for concept in concepts if column in concept.columns and here.targets(country, concept.id)]
    rest = [here.cells[country][concept.id] for concept in inside if concept.id not in covered(table, country, column)]
    for cell in sorted(rest, key=_order):
        entry = PublishedEntry(country, column, cell.label, (cell.concept,), 0)
        outcome = "other_column" if cell.concept in elsewhere else "new"
        yield _row(entry, outcome, cell, [cell.concept], cell.reasons, here)


def _reading(country: str, here: Here) -> str:
    """Return how much of a country was read: what "not found" rests on."""
    own = [row for row in here.coverage if row.country == country]
    if not own:
        return "not in this corpus"
    read = [row for row in own if row.status in ("read", "partly_read") and row.passages_counted]
    years = sorted({row.year for row in read})
    span = f", of {years[0]}" + (f" to {years[-1]}" if len(years) > 1 else "") if years else ""
    return (
        f"read: {len(read)} of {len(own)} registered documents, {sum(row.pages_read for row in read)} pages{span}; "
        f"strategies in force among them: {here.strategies.get(country, 0)}"
    )


def _row(
    entry: PublishedEntry, outcome: str, best: Cell | None, found: Sequence[str], explanation: str, here: Here
) -> ComparedEntry:
    quote = here.quotes.get(best.cell_id) if best else None
    years = {row.document_id: row.year for row in here.coverage}
    return ComparedEntry(
        country=entry.country,
        column=entry.column,
        label=entry.label,
        concepts="|".join(entry.concepts),
        outcome=outcome,
        found="|".join(found),
        explanation=explanation,
        cell_id=best.cell_id if best else "",
        salience=best.salience if best else None,
        document_id=quote.document_id if quote else "",
        year=years.get(quote.document_id) if quote else None,
        page_number=quote.page_number if quote else None,
        page_label=quote.page_label if quote else "",
        start=quote.start if quote else None,
        end=quote.end if quote else None,
        quote=quote.quote if quote else "",
    )


def _order(cell: Cell) -> tuple[bool, bool, float, str]:
    return cell.status != "targeted", cell.status != "mentioned", -cell.salience, cell.concept
