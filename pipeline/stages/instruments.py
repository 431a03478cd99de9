"""Stage `instruments`: the passages of a corpus to the policy instruments and stages of readiness in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pipeline.concepts import INSTRUMENTS, check_apart, load_vocabulary
from pipeline.concepts.fusion import load_fusion
from pipeline.documents import read_documents
from pipeline.instruments import Link, Source, Stretch, find_instruments, render_instruments
from pipeline.schemas import INSTRUMENT_KINDS, Document, Mention, Passage, Vocabulary
from pipeline.stages.mentions import refresh_tags
from pipeline.stages.places import Parameters, Places, Progress, Tally, no_progress
from pipeline.stages.tables import cover_documents, read_page_labels
from pipeline.storage import read_rows, write_bytes
from pipeline.tables import judge_documents
from pipeline.ties import Joint, Judge, make_judge, quoted, read_windows

TABLES = (
    "instruments.csv", "instruments_matrix.csv", "instruments_by_concept.csv", "instruments_by_concept_matrix.csv",
    "instruments_evidence.csv",
)  # fmt: skip


def refresh_instruments(
    places: Places, parameters: Parameters, *, workers: int, progress: Progress = no_progress
) -> Tally:
    """Tag each document whose passages changed, and all of them when the terms, cues or words of money did."""
    return refresh_tags("instruments", INSTRUMENTS, places, parameters, workers=workers, progress=progress)


def write_instruments(places: Places, parameters: Parameters) -> str:
    """Write the tables of instruments of a corpus; return a line that says how much they rest on."""
    concepts, instruments = load_vocabulary(places.models), load_vocabulary(places.models, INSTRUMENTS)
    check_apart(concepts, instruments)
    documents = read_documents(places.corpus, until=places.as_of)
    options = parameters.section("instruments")
    window = options.pop("window", "sentence")
    limits: dict[str, Any] = {name: options.pop(name) for name in ("most_groups", "reach") if name in options}
    reading = _Reading(places, _make_judge(places, concepts, instruments, limits), window, _kinds(instruments))
    found = find_instruments(
        (tag for document in documents for tag in reading.tags(document)),
        (stretch for document in documents for stretch in reading.stretches(document)),
        {document.id: reading.committing(document) for document in documents},
        _sources(places, documents, {language.code for language in concepts.languages}),
        instruments.concepts,
        concepts.concepts,
        window=window,
        page_labels=read_page_labels(places.out, documents),
        **options,
    )
    for name, content in render_instruments(found, instruments.concepts, concepts.concepts).items():
        write_bytes(places.tables / name, content)
    used = sum(row.status == "targeted" for row in found.uses if row.scope != "all")
    tied = sum(row.scope == "all" for row in found.ties)
    return f"instruments: {used} targeted by a country, {tied} ties (window: {window}), {len(found.evidence)} quotes"


@dataclass(frozen=True)
class _Reading:
    """Reads what was tagged in each document, and finds what is tied to an instrument or stage in it."""

    places: Places
    judge: Judge
    window: str
    kinds: dict[str, str]

    def tags(self, document: Document) -> list[Mention]:
        """Return the tags of instruments and stages in a document."""
        return read_rows(self.places.out / "instruments" / f"{document.id}.parquet", Mention)

    def committing(self, document: Document) -> set[str]:
        """Return the passages that commit to anything: a technology, a sector, an instrument or a stage."""
        return {mention.passage_id for mention in self._mentions(document) if mention.level == "targeted"}

    def stretches(self, document: Document) -> Iterator[Stretch]:
        """Yield the windows of a document with what is tied in them."""
        mentions = self._mentions(document)
        if not mentions:
            return
        path = self.places.out / "passages" / f"{document.id}.parquet"
        passages = {passage.id: passage for passage in read_rows(path, Passage)}
        for window in read_windows(mentions, passages, self.window):
            links = tuple(link for joint in self.judge.joints(window) if (link := self._link(joint)))
            yield Stretch(window.document_id, window.passage_id, self.judge.concepts(window), links)

    def _mentions(self, document: Document) -> list[Mention]:
        path = self.places.out / "mentions" / f"{document.id}.parquet"
        return [*read_rows(path, Mention), *self.tags(document)]

    def _link(self, joint: Joint) -> Link | None:
        """Return a joint as a link, the instrument first; None where it has none, or two instruments or stages."""
        one, other = joint.first.mention, joint.second.mention
        first, second = (self.kinds.get(mention.concept, "") for mention in (one, other))
        if first == second:
            return None
        if not first or second == "instrument":
            one, other = other, one
        start, end, quote = quoted(joint)
        return Link(one, other, start, end, quote, joint.breaks, joint.listed, joint.distance)


def _kinds(instruments: Vocabulary) -> dict[str, str]:
    return {concept.id: concept.kind for concept in instruments.concepts}


def _make_judge(places: Places, concepts: Vocabulary, instruments: Vocabulary, limits: dict[str, Any]) -> Judge:
    """Return the judge of ties: technologies, sectors, stages on one side, instruments and stages on the other."""
    fusion = load_fusion(places.models / "fusion.yaml", concepts.concepts, [one.code for one in concepts.languages])
    phrases = {term.rule_id: term.phrase for term in (*concepts.terms, *instruments.terms)}
    judge = make_judge(concepts.concepts, concepts.languages, phrases, fusion, **limits)
    stages = {name for name, kind in _kinds(instruments).items() if kind == INSTRUMENT_KINDS[1]}
    return replace(
        judge,
        technologies=judge.technologies | judge.sectors | stages,
        sectors=frozenset(_kinds(instruments)),
    )


def _sources(places: Places, documents: list[Document], languages: set[str]) -> dict[str, Source]:
    """Return the documents of the register with what they can decide."""
    standings = judge_documents(documents, cover_documents(places.out, documents, languages))
    return {
        name: Source(
            id=name,
            country=standing.document.country,
            year=standing.document.year,
            read=standing.read,
            decides=standing.decides,
        )
        for name, standing in standings.items()
    }
