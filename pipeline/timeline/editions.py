"""What a new edition made of each concept, along lines of documents that replace each other.

An edition is compared with the last one before it that was read. Where an edition was not read, or none before it was,
a row without a concept says so, so that a line that nobody could compare does not look like one that never changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.schemas import NO_LEVEL, Cell, Document, DocumentConcept, EditionChange
from pipeline.timeline.evidence import Views

_RANKS = {NO_LEVEL: 0, "mentioned": 1, "supported": 2, "core": 3}
_ORDER = ("new", "rose", "fell", "dropped", "kept", "not_read")


def compare_editions(views: Views) -> list[EditionChange]:
    """Return the changes of each edition, sorted by line, edition, kind of change and salience."""
    by_id = {document.id: document for document in views.documents}
    cells = {(cell.country, cell.concept): cell for cell in views.cells}
    rows = []
    for document in views.documents:
        earlier = list(_earlier(document, by_id))
        if not earlier:
            continue
        line = earlier[-1].id
        before = next((row for row in earlier if row.id in views.read), None)
        if before is None or document.id not in views.read:
            rows.append(_not_read(line, earlier[0], document))
        else:
            rows += _changes(line, before, document, views, cells)
    return sorted(rows, key=_place)


def _earlier(document: Document, by_id: Mapping[str, Document]) -> Iterator[Document]:
    """Yield the editions before a document, the last one first; a register has no circles."""
    while document.supersedes in by_id:
        document = by_id[document.supersedes]
        yield document


def _changes(
    line: str, before: Document, after: Document, views: Views, cells: Mapping[tuple[str, str], Cell]
) -> Iterator[EditionChange]:
    old, new = views.concepts.get(before.id, {}), views.concepts.get(after.id, {})
    for concept in sorted({*old, *new}):
        cell = cells[after.country, concept]
        change = change_of(old.get(concept), new.get(concept))
        shown = before if change == "dropped" else after
        quote = views.quotes[shown.id][concept]
        yield EditionChange(
            line=line,
            country=after.country,
            from_document=before.id,
            from_year=before.year,
            to_document=after.id,
            to_year=after.year,
            concept=concept,
            label=cell.label,
            change=change,
            level_before=_level(old.get(concept)),
            level_after=_level(new.get(concept)),
            salience_before=old[concept].salience if concept in old else 0.0,
            salience_after=new[concept].salience if concept in new else 0.0,
            status=cell.status,
            evidence_id=quote.evidence_id,
            document_id=shown.id,
            page_number=quote.page_number,
            page_label=quote.page_label,
            start=quote.start,
            end=quote.end,
        )


def change_of(before: DocumentConcept | None, after: DocumentConcept | None) -> str:
    """Return what became of a concept: new or dropped, else whether its level rose, fell or was kept."""
    if before is None or after is None:
        return "new" if before is None else "dropped"
    step = _RANKS[after.level] - _RANKS[before.level]
    return "rose" if step > 0 else "fell" if step < 0 else "kept"


def _level(row: DocumentConcept | None) -> str:
    return row.level if row else NO_LEVEL


def _not_read(line: str, before: Document, after: Document) -> EditionChange:
    return EditionChange(
        line=line,
        country=after.country,
        from_document=before.id,
        from_year=before.year,
        to_document=after.id,
        to_year=after.year,
        concept="",
        label="",
        change="not_read",
        level_before="",
        level_after="",
        salience_before=None,
        salience_after=None,
        status="",
        evidence_id="",
        document_id="",
        page_number=None,
        page_label="",
        start=None,
        end=None,
    )


def _place(row: EditionChange) -> tuple[str, int, str, int, float, str]:
    weight = max(row.salience_before or 0.0, row.salience_after or 0.0)
    return row.line, row.to_year, row.to_document, _ORDER.index(row.change), -weight, row.concept
