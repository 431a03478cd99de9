"""Lays the decisions of a corpus over its comparison: what `tables` and `timeline` share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.decisions import (
    check_quotes,
    decide_cells,
    decide_mentions,
    mark_evidence,
    read_decisions,
    review_decisions,
)
from pipeline.documents import read_documents
from pipeline.schemas import Concept, Decision, DecisionReview, Document, Mention
from pipeline.stages.places import Places
from pipeline.storage import read_columns, read_notes, read_rows
from pipeline.tables import Tables

Compare = Callable[[Sequence[Document], Iterable[Mention]], Tables]


def load_decisions(places: Places, concepts: Sequence[Concept]) -> tuple[Decision, ...]:
    """Read the decisions of a corpus; those on quotes must name quotes of their own cell."""
    documents = read_documents(places.corpus)
    countries = {document.country for document in documents}
    decisions = read_decisions(places.decisions, countries, {concept.id for concept in concepts})
    check_quotes(places.decisions, decisions, _find_quotes(places.out, documents, decisions))
    return decisions


def decide_tables(
    places: Places,
    documents: Sequence[Document],
    decisions: Sequence[Decision],
    compare: Compare,
    *,
    accepting: Collection[str] | None = None,
) -> Tables:
    """Return the comparison of documents as people decided it; ``accepting`` as in ``decide_cells``."""
    tables = compare(documents, decide_mentions(read_mentions(places.out, documents), decisions))
    machine = {cell.cell_id: cell.status for cell in tables.cells}
    machine |= _without_decisions(places.out, documents, decisions, compare)
    cells = decide_cells(places.decisions, tables.cells, machine, decisions, accepting=accepting)
    return replace(tables, cells=tuple(cells), evidence=tuple(mark_evidence(tables.evidence, decisions)))


def accepting_countries(places: Places, documents: Sequence[Document]) -> set[str]:
    """Return the countries of which no document that was read is missing among some documents.

    An accepted cell holds there: everything that the person may have seen is among the documents.
    """
    chosen = {document.id for document in documents}
    everything = read_documents(places.corpus)
    partial = {
        document.country
        for document in everything
        if document.id not in chosen
        and read_notes(places.out / "pages" / f"{document.id}.parquet").get("status") in ("read", "partly_read")
    }
    return {document.country for document in everything} - partial


def list_moved(places: Places, decisions: Sequence[Decision], tables: Tables) -> list[DecisionReview]:
    """Return the decisions whose ground has moved in the comparison of all documents."""
    machine = {(cell.country, cell.concept): cell.machine for cell in tables.cells}
    quotes = _find_quotes(places.out, read_documents(places.corpus), decisions)
    return review_decisions(decisions, machine, {name: level for name, (_, _, level) in quotes.items()})


def read_mentions(out: Path, documents: Iterable[Document]) -> Iterator[Mention]:
    """Yield the mentions of documents, one document after another."""
    for document in documents:
        yield from read_rows(out / "mentions" / f"{document.id}.parquet", Mention)


def _without_decisions(
    out: Path, documents: Sequence[Document], decisions: Sequence[Decision], compare: Compare
) -> Mapping[str, str]:
    """Return the statuses by machine alone of the countries in which people decided on quotes."""
    countries = {row.country for row in decisions if row.evidence}
    some = [document for document in documents if document.country in countries]
    return {cell.cell_id: cell.status for cell in compare(some, read_mentions(out, some)).cells} if some else {}


def _find_quotes(
    out: Path, documents: Iterable[Document], decisions: Sequence[Decision]
) -> dict[str, tuple[str, str, str]]:
    """Return the country, concept and level of the quotes that were decided on, by id, where they are there."""
    wanted = {row.evidence for row in decisions if row.evidence}
    if not wanted:
        return {}
    return {
        name: (document.country, concept, level)
        for document in documents
        for name, concept, level, zone in read_columns(
            out / "mentions" / f"{document.id}.parquet", "id", "concept", "level", "zone"
        )
        if name in wanted and zone == "body"
    }
