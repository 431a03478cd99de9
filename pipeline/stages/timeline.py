"""Stage `timeline`: the mentions of a corpus to cells by period, first appearances, and what new editions changed."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.concepts import load_vocabulary
from pipeline.decisions import decide_mentions
from pipeline.documents import read_documents
from pipeline.schemas import Decision, Document, Period, PeriodCell, Vocabulary
from pipeline.stages.deciding import Compare, accepting_countries, decide_tables, load_decisions, read_mentions
from pipeline.stages.places import Parameters, Places, read_periods
from pipeline.stages.tables import make_compare, read_context
from pipeline.storage import write_bytes
from pipeline.tables import Tables, judge_documents
from pipeline.timeline import (
    Views,
    compare_editions,
    list_appearances,
    list_evidence,
    list_period_cells,
    render_timeline,
)

TABLES = ("periods.csv", "timeline.csv", "editions.csv", "timeline_evidence.csv")


def write_timeline(places: Places, parameters: Parameters) -> str:
    """Write the tables of time of a corpus; return a line that says what they hold."""
    vocabulary = load_vocabulary(places.models)
    documents = read_documents(places.corpus, until=places.as_of)
    decisions = load_decisions(places, vocabulary.concepts)
    options = {name: value for name, value in parameters.section("tables").items() if name == "weights"}
    compare = make_compare(read_context(places.out, documents, vocabulary), vocabulary, options | {"max_quotes": 1})
    periods = read_periods(parameters)
    whole = _decide(places, documents, decisions, compare)
    views = _look_at_each(places, documents, decisions, compare, whole)
    cells = _period_cells(places, documents, decisions, compare, periods, vocabulary)
    appearances, editions = list_appearances(views), compare_editions(views)
    evidence = list_evidence([*appearances, *editions], views)
    for name, content in render_timeline(cells, appearances, editions, evidence).items():
        write_bytes(places.tables / name, content)
    compared = {(row.from_document, row.to_document) for row in editions if row.change != "not_read"}
    unread = sum(row.change == "not_read" for row in editions)
    return (
        f"timeline: {len(appearances)} first appearances, {len(compared)} editions compared with the one before them, "
        f"{unread} that were not read or follow none that was" + _outside(views, periods)
    )


def _decide(places: Places, some: Sequence[Document], decisions: Sequence[Decision], compare: Compare) -> Tables:
    return decide_tables(places, some, decisions, compare, accepting=accepting_countries(places, some))


def _look_at_each(
    places: Places, documents: Sequence[Document], decisions: Sequence[Decision], compare: Compare, whole: Tables
) -> Views:
    """Compare each document that was read alone: what its country targets by it, and its best quotes."""
    standings = judge_documents(documents, whole.coverage)
    read = [document for document in documents if standings[document.id].read]
    found = {
        document.id: compare([document], decide_mentions(read_mentions(places.out, [document]), decisions))
        for document in read
    }
    concept_of = {cell.cell_id: cell.concept for cell in whole.cells}
    return Views(
        documents=tuple(documents),
        read=frozenset(found),
        cells=whole.cells,
        alone={name: {cell.concept: cell for cell in tables.cells} for name, tables in found.items()},
        concepts={name: {row.concept: row for row in tables.documents} for name, tables in found.items()},
        quotes={name: {concept_of[row.cell_id]: row for row in tables.evidence} for name, tables in found.items()},
    )


def _period_cells(
    places: Places,
    documents: Sequence[Document],
    decisions: Sequence[Decision],
    compare: Compare,
    periods: Sequence[Period],
    vocabulary: Vocabulary,
) -> list[PeriodCell]:
    """Compare the documents of each period alone."""
    found = {}
    for period in periods:
        some = [document for document in documents if period.first <= document.year <= period.last]
        tables = _decide(places, some, decisions, compare)
        found[period.label] = (tables.cells, tables.documents)
    country_of = {document.id: document.country for document in documents}
    countries = sorted(set(country_of.values()))
    return list_period_cells(periods, found, countries, vocabulary.concepts, country_of)


def _outside(views: Views, periods: Sequence[Period]) -> str:
    """Name the documents that were read and belong to no period: no row of periods.csv rests on them."""
    names = [
        document.id
        for document in views.documents
        if document.id in views.read and not any(period.first <= document.year <= period.last for period in periods)
    ]
    return f"; of no period: {', '.join(names)}" if names else ""
