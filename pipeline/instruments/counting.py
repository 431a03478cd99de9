"""Instruments tied to technologies, sectors and stages, counted everywhere and in each country.

The association strength is that of van Eck and Waltman (2009), as for the ties of technologies: a = c * N / (s1 * s2),
with c stretches in which the two are tied, s1 and s2 that name the one and the other, and N that name any concept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.instruments.links import Link, Stretch
from pipeline.instruments.sources import ALL, Source
from pipeline.schemas import Concept, InstrumentTie

Key = tuple[str, str, str]  # scope, instrument, concept


@dataclass(frozen=True, slots=True)
class Support:
    """What a tie needs for its association to be given: so many passages, in so many documents."""

    passages: int
    documents: int


@dataclass(slots=True)
class Tally:
    """What is known of one tie in one scope."""

    stretches: int = 0
    passages: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    targeting: set[str] = field(default_factory=set)
    first_year: int = 9999
    quotable: list[tuple[Link, bool]] = field(default_factory=list)

    def add(self, stretch: Stretch, links: list[Link], source: Source) -> None:
        """Take the links of one stretch."""
        self.stretches += 1
        self.passages.add(stretch.passage_id)
        self.documents.add(source.id)
        self.countries.add(source.country)
        self.first_year = min(self.first_year, source.year)
        if source.decides and any(link.is_targeted for link in links):
            self.targeting.add(source.country)
        self.quotable.extend((link, source.decides) for link in links)


@dataclass(slots=True)
class Counts:
    """All ties, and how many stretches name what: ``named`` by scope and id, ``stretches`` by scope."""

    ties: dict[Key, Tally] = field(default_factory=lambda: defaultdict(Tally))
    named: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    stretches: Counter[str] = field(default_factory=Counter)

    def association(self, key: Key) -> float:
        """Return the association strength of a tie."""
        scope, instrument, concept = key
        expected = self.named[scope][instrument] * self.named[scope][concept]
        return self.ties[key].stretches * self.stretches[scope] / expected


def count_ties(stretches: Iterable[Stretch], sources: Mapping[str, Source]) -> Counts:
    """Count the links of all stretches whose documents were read."""
    counts = Counts()
    for stretch in stretches:
        source = sources.get(stretch.document_id)
        if source is None or not source.read:
            continue
        by_pair: dict[tuple[str, str], list[Link]] = {}
        for link in stretch.links:
            by_pair.setdefault((link.instrument.concept, link.concept.concept), []).append(link)
        for scope in (ALL, source.country):
            counts.stretches[scope] += 1
            counts.named[scope].update(sorted(stretch.names))
            for (instrument, concept), links in by_pair.items():
                counts.ties[scope, instrument, concept].add(stretch, links, source)
    return counts


def make_ties(counts: Counts, concepts: Iterable[Concept], window: str, support: Support) -> list[InstrumentTie]:
    """Return the rows of instruments_by_concept.csv, all countries first, by kind and association."""
    kinds = {concept.id: concept.kind for concept in concepts}
    rows = []
    for key, tally in counts.ties.items():
        scope, instrument, concept = key
        holds = len(tally.passages) >= support.passages and len(tally.documents) >= support.documents
        rows.append(
            InstrumentTie(
                tie_id=tie_name(key),
                scope=scope,
                window=window,
                instrument=instrument,
                instrument_kind=kinds[instrument],
                concept=concept,
                concept_kind=kinds[concept],
                n_passages=len(tally.passages),
                n_documents=len(tally.documents),
                n_countries=len(tally.countries),
                n_targeting=len(tally.targeting),
                association=counts.association(key) if holds else None,
                level="targeted" if tally.targeting else "mentioned",
                first_year=tally.first_year,
            )
        )
    return sorted(rows, key=_order)


def tie_name(key: Key) -> str:
    """Return the id of a tie: "all.clusters.robotics"."""
    return ".".join(key)


def _order(tie: InstrumentTie) -> tuple[bool, str, str, str, bool, float, int, str]:
    weak = tie.association is None
    place = (tie.scope != ALL, tie.scope, tie.instrument_kind, tie.concept_kind)
    return *place, weak, -(tie.association or 0.0), -tie.n_passages, tie.tie_id
