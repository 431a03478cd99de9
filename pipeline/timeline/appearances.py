"""When each country first named and first targeted a concept, as far as its documents were read.

A document targets a concept by itself when it is a strategy that has it as core or supported; that another document
replaced it later does not undo that it did. What a person rejected as a cell was never targeted; what a person accepted
was targeted from the document of the cell's most salient mention on.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.schemas import Appearance, Cell, Document
from pipeline.timeline.evidence import Views


def list_appearances(views: Views) -> list[Appearance]:
    """Return one row for each cell in which a document names the concept, sorted by country and concept."""
    by_country: dict[str, list[Document]] = {}
    for document in sorted(views.documents, key=lambda document: (document.year, document.id)):
        by_country.setdefault(document.country, []).append(document)
    rows = []
    for cell in sorted(views.cells, key=lambda cell: (cell.country, cell.concept)):
        documents = by_country.get(cell.country, [])
        naming = [document for document in documents if cell.concept in views.concepts.get(document.id, {})]
        if naming:
            rows.append(_appearance(cell, documents, naming, views))
    return rows


def _appearance(cell: Cell, documents: Sequence[Document], naming: Sequence[Document], views: Views) -> Appearance:
    """Return the row of one cell; ``documents`` are the country's, ``naming`` those that name the concept, by year."""
    targeting = _targeting(cell, naming, views)
    first = _most_salient(
        [row for row in targeting or naming if row.year == (targeting or naming)[0].year], cell, views
    )
    quote = views.quotes[first.id][cell.concept]
    earlier = [document for document in documents if document.year < first.year]
    read = sum(document.id in views.read for document in earlier)
    return Appearance(
        country=cell.country,
        concept=cell.concept,
        label=cell.label,
        status=cell.status,
        first_mentioned=naming[0].year,
        first_targeted=targeting[0].year if targeting else None,
        last_targeted=targeting[-1].year if targeting else None,
        earlier_read=read,
        earlier_not_read=len(earlier) - read,
        evidence_id=quote.evidence_id,
        document_id=first.id,
        page_number=quote.page_number,
        page_label=quote.page_label,
        start=quote.start,
        end=quote.end,
    )


def _targeting(cell: Cell, naming: Sequence[Document], views: Views) -> list[Document]:
    """Return the documents that target the concept by themselves, in the order given."""
    if cell.status == "rejected":
        return []
    found = [document for document in naming if views.alone[document.id][cell.concept].status == "targeted"]
    if not found and cell.status == "targeted":
        return [_most_salient(naming, cell, views)]
    return found


def _most_salient(documents: Sequence[Document], cell: Cell, views: Views) -> Document:
    return min(documents, key=lambda document: (-views.concepts[document.id][cell.concept].salience, document.id))
