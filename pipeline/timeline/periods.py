"""The grid of countries and concepts once for each period: what the documents of that period alone say."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pipeline.schemas import Cell, Concept, DocumentConcept, Period, PeriodCell

Found = tuple[Sequence[Cell], Sequence[DocumentConcept]]


def list_period_cells(
    periods: Sequence[Period],
    found: Mapping[str, Found],
    countries: Collection[str],
    concepts: Sequence[Concept],
    country_of: Mapping[str, str],
) -> list[PeriodCell]:
    """Return one row for every country, concept and period, sorted by these with the earliest period first.

    ``found`` leads from a period's label to the cells and the rows of documents.csv made of its documents alone; a
    country that has no cell there has no document in the register for that period, and was not read. ``country_of``
    leads from a document to its country.
    """
    rows = []
    for period in sorted(periods, key=lambda period: period.first):
        cells, documents = found[period.label]
        by_id = {(cell.country, cell.concept): cell for cell in cells}
        naming: dict[tuple[str, str], list[str]] = {}
        for row in documents:
            naming.setdefault((country_of[row.document_id], row.concept), []).append(row.document_id)
        for country in countries:
            for concept in concepts:
                key = (country, concept.id)
                rows.append(_period_cell(period.label, key, concept.label, by_id.get(key), naming.get(key, [])))
    return sorted(rows, key=lambda row: (row.country, row.concept))


def _period_cell(
    period: str, key: tuple[str, str], label: str, cell: Cell | None, documents: Sequence[str]
) -> PeriodCell:
    country, concept = key
    return PeriodCell(
        country=country,
        concept=concept,
        label=label,
        period=period,
        status=cell.status if cell else "not_read",
        salience=cell.salience if cell else 0.0,
        n_documents=cell.n_documents if cell else 0,
        n_passages=cell.n_passages if cell else 0,
        documents=";".join(sorted(documents)),
    )
