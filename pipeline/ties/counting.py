"""Ties counted by scope: everywhere, in each country, in each period, by concept and by family of technologies.

The association strength is that of van Eck and Waltman (2009), "How to normalize cooccurrence data?", JASIST 60(8):
a = c * N / (s1 * s2), here with c windows in which the two are tied, s1 and s2 windows that name the one and the other,
and N windows that name any concept, all in the same scope. It is 1 where the two meet as often as chance would have it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.schemas import Concept, Period
from pipeline.ties.pairs import Joint, Judge, Tied

ALL = "all"

Key = tuple[str, str, str, str]  # scope, view, and the two that are tied


@dataclass(frozen=True, slots=True)
class Source:
    """A document that was read. ``informs`` says that it is no strategy; ``superseded`` is its successor's year."""

    id: str
    country: str
    year: int
    informs: bool = False
    superseded: int | None = None

    def decides(self, until: int | None) -> bool:
        """Say whether it can make a tie targeted: a strategy in force, today or (``until``) at the end of a year."""
        return not self.informs and (self.superseded is None or (until is not None and self.superseded > until))


@dataclass(slots=True)
class Tally:
    """What is known of one tie in one scope."""

    windows: int = 0
    passages: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    targeting: set[str] = field(default_factory=set)
    stated: set[str] = field(default_factory=set)
    words: Counter[str] = field(default_factory=Counter)
    first_year: int = 9999
    quotable: list[tuple[Joint, bool]] = field(default_factory=list)


@dataclass(slots=True)
class Counts:
    """All ties, and how many windows name what: ``named`` by scope and name, ``windows`` by scope."""

    ties: dict[Key, Tally] = field(default_factory=lambda: defaultdict(Tally))
    named: dict[str, Counter[tuple[str, str]]] = field(default_factory=lambda: defaultdict(Counter))
    windows: Counter[str] = field(default_factory=Counter)
    years: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def association(self, key: Key) -> float:
        """Return the association strength of a tie."""
        scope, view, first, second = key
        named = self.named[scope]
        expected = named[view, first] * named[_view_of(view, second, named), second]
        return self.ties[key].windows * self.windows[scope] / expected


def count_ties(
    tied: Iterable[Tied],
    sources: Mapping[str, Source],
    concepts: Iterable[Concept],
    judge: Judge,
    periods: Iterable[Period],
) -> Counts:
    """Count the ties of windows; their documents are in ``sources``."""
    families = {concept.id: concept.family for concept in concepts if concept.kind == "technology"}
    known = tuple(periods)
    counts = Counts()
    for window, joints in tied:
        source = sources[window.document_id]
        names = list(_names(judge.concepts(window), families))
        by_pair = _by_pair(joints, families, judge.sectors)
        for scope, until in _scopes(source, known):
            counts.windows[scope] += 1
            counts.years[scope].add(source.year)
            counts.named[scope].update(names)
            for pair, own in by_pair.items():
                _add(counts.ties[scope, *pair], own, source, source.decides(until))
    return counts


def _scopes(source: Source, periods: Iterable[Period]) -> Iterator[tuple[str, int | None]]:
    yield ALL, None
    yield source.country, None
    yield from ((period.label, period.last) for period in periods if period.first <= source.year <= period.last)


def _names(concepts: Iterable[str], families: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    found = sorted(concepts)
    yield from (("concept", concept) for concept in found)
    yield from (("family", family) for family in sorted({families[name] for name in found if name in families}))


def _by_pair(
    joints: Iterable[Joint], families: Mapping[str, str], sectors: frozenset[str]
) -> dict[tuple[str, str, str], list[Joint]]:
    """Return the joints of one window by view and pair; a family is not tied to itself."""
    found: dict[tuple[str, str, str], list[Joint]] = defaultdict(list)
    for joint in joints:
        first, second = joint.first.concept, joint.second.concept
        found["concept", first, second].append(joint)
        family, other = families[first], second if second in sectors else families[second]
        if family == other:
            continue
        if second not in sectors and other < family:
            found["family", other, family].append(joint.turned())
        else:
            found["family", family, other].append(joint)
    return found


def _add(tally: Tally, joints: list[Joint], source: Source, decides: bool) -> None:
    window = joints[0].window
    tally.windows += 1
    tally.passages.add(window.passage_id)
    tally.documents.add(source.id)
    tally.countries.add(source.country)
    tally.first_year = min(tally.first_year, source.year)
    if decides and any(joint.is_targeted for joint in joints):
        tally.targeting.add(source.country)
    if words := sorted({joint.words for joint in joints if joint.words}):
        tally.stated.add(window.passage_id)
        tally.words.update(words)
    tally.quotable.extend((joint, decides) for joint in joints)


def _view_of(view: str, name: str, named: Mapping[tuple[str, str], int]) -> str:
    """Return the view under which a name was counted: sectors stand for themselves in both."""
    return view if (view, name) in named else "concept"
