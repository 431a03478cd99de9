"""What each document says by itself, and the quotes to which the tables of time lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.schemas import Appearance, Cell, Document, DocumentConcept, EditionChange, Evidence, TimelineEvidence


@dataclass(frozen=True, slots=True)
class Views:
    """The documents of a corpus, each looked at alone, and the cells of all of them together.

    ``read`` are the ids of documents that count as read. ``alone`` leads from a document that was read to its cells as
    if its country had issued nothing else, ``concepts`` to its rows of documents.csv, ``quotes`` to its best quote of
    each concept, these by concept.
    """

    documents: tuple[Document, ...]
    read: frozenset[str]
    cells: tuple[Cell, ...]
    alone: Mapping[str, Mapping[str, Cell]]
    concepts: Mapping[str, Mapping[str, DocumentConcept]]
    quotes: Mapping[str, Mapping[str, Evidence]]


def list_evidence(rows: Iterable[Appearance | EditionChange], views: Views) -> list[TimelineEvidence]:
    """Return each quote to which the rows lead, once, sorted by document and place."""
    found = {
        (row.document_id, row.concept): views.quotes[row.document_id][row.concept] for row in rows if row.evidence_id
    }
    countries = {document.id: document.country for document in views.documents}
    listed = [
        TimelineEvidence(
            evidence_id=quote.evidence_id,
            country=countries[document],
            concept=concept,
            document_id=document,
            page_number=quote.page_number,
            page_label=quote.page_label,
            start=quote.start,
            end=quote.end,
            quote=quote.quote,
            term=quote.term,
            level=quote.level,
            language=quote.language,
        )
        for (document, concept), quote in found.items()
    ]
    return sorted(listed, key=lambda row: (row.document_id, row.page_number, row.start, row.concept))
