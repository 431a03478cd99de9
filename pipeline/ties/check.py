"""A face check: how the intersections of technologies that someone else named rank among all that are tied here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from pipeline.schemas import Fusion, FusionCheck
from pipeline.ties.counting import Source
from pipeline.ties.pairs import Joint, Judge, Tied
from pipeline.ties.windows import Window

Areas = tuple[str, ...]
_SIZES = (2, 3)


@dataclass(slots=True)
class _Meeting:
    """Where some areas are tied: windows, passages, documents, countries, and the passages that state it."""

    windows: int = 0
    passages: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    stated: set[str] = field(default_factory=set)
    association: float = 0.0


@dataclass(slots=True)
class _Count:
    """What is counted: ``named`` windows by area, ``together`` windows that name sets of areas, tied or not."""

    meetings: dict[Areas, _Meeting] = field(default_factory=lambda: defaultdict(_Meeting))
    named: Counter[str] = field(default_factory=Counter)
    together: Counter[Areas] = field(default_factory=Counter)
    windows: int = 0


def check_intersections(
    tied: Iterable[Tied], sources: Mapping[str, Source], judge: Judge, fusion: Fusion
) -> list[FusionCheck]:
    """Return one row for each intersection of ``models/fusion.yaml``, in its order.

    Three areas meet in a window where ties lead from each to the two others, be it by way of one of them. Association
    of three is c * N * N / (s1 * s2 * s3), that of two as in ``counting``.
    """
    count = _counted(tied, sources, judge, fusion)
    for areas, meeting in count.meetings.items():
        expected = float(count.windows)
        for area in areas:
            expected *= count.named[area] / count.windows
        meeting.association = meeting.windows / expected
    return [_row(areas, count, fusion) for areas in fusion.intersections]


def _counted(tied: Iterable[Tied], sources: Mapping[str, Source], judge: Judge, fusion: Fusion) -> _Count:
    of_concept: dict[str, list[str]] = {}
    for area, concepts in fusion.areas:
        for concept in concepts:
            of_concept.setdefault(concept, []).append(area)
    count = _Count()
    for window, joints in tied:
        areas = sorted({area for concept in judge.concepts(window) for area in of_concept.get(concept, ())})
        count.windows += 1
        count.named.update(areas)
        count.together.update(together for size in _SIZES for together in combinations(areas, size))
        for meeting, stated in _meeting_areas(_edges(joints, of_concept)):
            _add(count.meetings[meeting], window, sources[window.document_id], stated)
    return count


def _edges(joints: Iterable[Joint], of_concept: Mapping[str, Sequence[str]]) -> dict[Areas, bool]:
    """Return the pairs of areas that are tied in a window, and whether words of fusion say so."""
    edges: dict[Areas, bool] = {}
    for joint in joints:
        for one, other in product(of_concept.get(joint.first.concept, ()), of_concept.get(joint.second.concept, ())):
            if one != other:
                pair = (min(one, other), max(one, other))
                edges[pair] = edges.get(pair, False) or bool(joint.words)
    return edges


def _meeting_areas(edges: Mapping[Areas, bool]) -> Iterator[tuple[Areas, bool]]:
    """Yield the pairs and the connected triples of areas, and whether words of fusion state one of their ties."""
    yield from edges.items()
    for areas in combinations(sorted({area for pair in edges for area in pair}), 3):
        own = [pair for pair in combinations(areas, 2) if pair in edges]
        if len(own) > 1:
            yield areas, any(edges[pair] for pair in own)


def _add(meeting: _Meeting, window: Window, source: Source, stated: bool) -> None:
    meeting.windows += 1
    meeting.passages.add(window.passage_id)
    meeting.documents.add(source.id)
    meeting.countries.add(source.country)
    if stated:
        meeting.stated.add(window.passage_id)


def _row(areas: Areas, count: _Count, fusion: Fusion) -> FusionCheck:
    key = tuple(sorted(areas))
    alike = {other: meeting for other, meeting in count.meetings.items() if len(other) == len(key)}
    named = {other: number for other, number in count.together.items() if len(other) == len(key)}
    own = alike.get(key)
    shown = own or _Meeting()
    members = dict(fusion.areas)
    return FusionCheck(
        intersection=" + ".join(areas),
        found="tied" if own else "named" if key in named else "no",
        n_passages=len(shown.passages),
        n_documents=len(shown.documents),
        n_countries=len(shown.countries),
        stated=len(shown.stated),
        association=own.association if own else None,
        rank_by_passages=1 + sum(len(row.passages) > len(own.passages) for row in alike.values()) if own else None,
        rank_by_association=1 + sum(row.association > own.association for row in alike.values()) if own else None,
        of=len(alike),
        named_together=named.get(key, 0),
        rank_by_named=1 + sum(number > named[key] for number in named.values()) if key in named else None,
        of_named=len(named),
        concepts="; ".join(f"{area}: {' '.join(members[area])}" for area in areas),
        source=fusion.source,
    )
