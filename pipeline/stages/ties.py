"""Stage `ties`: the mentions of a corpus to what is named together, by country and period."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from pipeline.concepts import load_vocabulary
from pipeline.concepts.fusion import load_fusion
from pipeline.decisions import decide_mentions
from pipeline.documents import read_documents
from pipeline.schemas import Decision, Document, Passage
from pipeline.schemas.delimited import plain
from pipeline.stages.deciding import load_decisions, read_mentions
from pipeline.stages.places import Parameters, Places, read_periods
from pipeline.stages.tables import cover_documents, read_page_labels
from pipeline.storage import read_rows, write_bytes
from pipeline.tables import judge_documents
from pipeline.ties import Source, Window, find_ties, make_judge, read_windows, render_ties

TABLES = (
    "ecosystem.csv", "ecosystem_matrix.csv", "fusion.csv", "fusion_nodes.csv", "fusion_check.csv", "ties_evidence.csv",
)  # fmt: skip


def write_ties(places: Places, parameters: Parameters) -> str:
    """Write the tables of ties of a corpus; return a line that says how many there are."""
    vocabulary = load_vocabulary(places.models)
    codes = [language.code for language in vocabulary.languages]
    fusion = load_fusion(places.models / "fusion.yaml", vocabulary.concepts, codes)
    documents = read_documents(places.corpus, until=places.as_of)
    decisions = load_decisions(places, vocabulary.concepts)
    options = parameters.section("ties")
    window = options.pop("window", "sentence")
    limits = {name: options.pop(name) for name in ("most_groups", "most_listed", "reach") if name in options}
    phrases = {term.rule_id: term.phrase for term in vocabulary.terms}
    ties = find_ties(
        _windows(places, documents, decisions, window),
        _sources(places, documents, set(codes)),
        vocabulary.concepts,
        make_judge(vocabulary.concepts, vocabulary.languages, phrases, fusion, **limits),
        fusion,
        window=window,
        periods=read_periods(parameters),
        targeting=_targeting(places),
        page_labels=read_page_labels(places.out, documents),
        **options,
    )
    for name, content in render_ties(ties, vocabulary.concepts).items():
        write_bytes(places.tables / name, content)
    pairs = [
        sum(row.scope == "all" and row.view == "concept" for row in rows) for rows in (ties.ecosystem, ties.fusion)
    ]
    return (
        f"ties: {pairs[0]} of technologies with sectors and {pairs[1]} of technologies with each other "
        f"(window: {window}), {len(ties.evidence)} quotes"
    )


def _windows(places: Places, documents: list[Document], decisions: Sequence[Decision], window: str) -> Iterator[Window]:
    for document in documents:
        name = f"{document.id}.parquet"
        mentions = list(decide_mentions(read_mentions(places.out, [document]), decisions))
        if mentions:
            passages = {passage.id: passage for passage in read_rows(places.out / "passages" / name, Passage)}
            yield from read_windows(mentions, passages, window)


def _sources(places: Places, documents: list[Document], languages: set[str]) -> dict[str, Source]:
    """Return the documents that count as read, with what they can decide."""
    standings = judge_documents(documents, cover_documents(places.out, documents, languages))
    return {
        name: Source(
            id=name,
            country=standing.document.country,
            year=standing.document.year,
            informs=standing.informs,
            superseded=standings[standing.superseded_by].document.year if standing.superseded_by else None,
        )
        for name, standing in standings.items()
        if standing.read
    }


def _targeting(places: Places) -> dict[str, list[str]]:
    """Return the countries that target each concept, as cells.csv has them."""
    path = places.tables / "cells.csv"
    if not path.is_file():
        raise ValueError(f"{path} is not there; run `python -m pipeline tables` first")
    found: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["status"] == "targeted":
                found.setdefault(plain(row["concept"]), []).append(plain(row["country"]))
    return found
