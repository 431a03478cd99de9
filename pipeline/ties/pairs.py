"""Which concepts of a window are tied to each other.

Three things make neighbours that have nothing to do with each other, and are left out: members of one enumeration
("space, defence, health, AI"), which are tied to what the enumeration is said of and not to each other; words on
either side of a semicolon or bullet; and sentences about too many things. Words that share their characters are one
word and no tie with themselves, unless a compound joins two terms of which neither holds the other
("Quantensensorik", "quantum sensing technology").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

from pipeline.schemas import Concept, Fusion, Language
from pipeline.ties.windows import Found, Window, holder
from pipeline.ties.wording import Wording, parted

_PARALLEL = 2  # members of "sensors, and receivers for satellites", which no enumeration of terms shows
_BREAK = re.compile(r"[,，、:：()（）]|(?<=\s)[-–—](?=\s)")


@dataclass(frozen=True, slots=True)
class Joint:
    """Two mentions that are tied in a window; ``first`` and ``second`` are in the order of a pair's columns.

    ``words`` are the words of fusion, ``listed`` is the number of members of the larger enumeration that they are in,
    ``breaks`` the number of commas, colons and brackets between them, ``distance`` that of characters.
    """

    window: Window
    first: Found
    second: Found
    words: str
    listed: int
    breaks: int
    distance: int

    @property
    def is_targeted(self) -> bool:
        """Say whether the passage commits to both."""
        return self.first.mention.level == self.second.mention.level == "targeted"

    def turned(self) -> Joint:
        """Return the joint with its two sides changed."""
        return replace(self, first=self.second, second=self.first)


Tied = tuple[Window, tuple[Joint, ...]]


@dataclass(frozen=True, slots=True)
class Judge:
    """Decides which mentions of a window are tied.

    ``technologies`` and ``sectors`` are ids, ``wordings`` lead from a language, ``phrases`` from a rule's id to the
    phrase it stands for, ``joined`` from a concept to the two that its terms join. A window with more than
    ``most_groups`` enumerations or single terms is about too much; ``most_listed`` is the number of members up to which
    two technologies of one enumeration are tied ("AI and robotics"); ``reach`` is the number of characters from term to
    term.
    """

    technologies: frozenset[str]
    sectors: frozenset[str]
    wordings: Mapping[str, Wording]
    phrases: Mapping[str, str]
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    most_groups: int = 4
    most_listed: int = 1
    reach: int = 120

    def joints(self, window: Window) -> Iterator[Joint]:
        """Yield every pair of mentions that is tied, of different concepts of which one is a technology."""
        yield from self._of_hybrids(window)
        if window.passage is None:
            return
        text, wording = window.passage.text, self.wordings[window.language]
        groups = wording.members(text, window.found)
        named = _concepts_of(groups, window.found)
        for (one, first), (two, second) in combinations(enumerate(window.found), 2):
            if not self._is_pair(first.concept, second.concept):
                continue
            listed = max(len(named[groups[one]]), len(named[groups[two]]))
            words = self._words(text, wording, first, second)
            if words is None or not self._are_near(window, text, first, second):
                continue
            pair = {first.concept, second.concept}
            together = max((len(names) for names in named.values() if pair <= names), default=0)
            if not pair & self.sectors and wording.closes(text[first.end : second.start]):
                together = max(together, _PARALLEL)
            stated = bool(words) and (first.overlaps(second) or not pair & self.sectors)
            if stated or self._are_tied(pair, together, len(named)):
                yield self._joint(window, text, first, second, words, listed)

    def concepts(self, window: Window) -> frozenset[str]:
        """Return the concepts of a window with those that hybrids join."""
        found = window.concepts
        return found | {part for concept in found for part in self.joined.get(concept, ())}

    def _of_hybrids(self, window: Window) -> Iterator[Joint]:
        """Yield the ties within single words: "nano-bio" joins two technologies wherever it stands."""
        for found in window.found:
            if parts := self.joined.get(found.concept):
                first, second = (_renamed(found, part) for part in sorted(parts))
                yield Joint(window, first, second, found.mention.term.casefold(), 1, 0, 0)

    def _is_pair(self, one: str, two: str) -> bool:
        return one != two and (one in self.technologies or two in self.technologies)

    def _words(self, text: str, wording: Wording, first: Found, second: Found) -> str | None:
        """Return the words of fusion of two mentions ("" for none), or None where they are one word."""
        if not first.overlaps(second):
            return wording.fusion(text, first, second)
        outer = text[first.start : max(first.end, second.end)]
        if wording.is_hybrid(outer):
            return outer.casefold()
        spans = ((first.start, first.end), (second.start, second.end))
        if spans[0] != spans[1]:
            within = first.end >= second.end or first.start == second.start
            return None if within or "/" in outer else outer.casefold()  # "IoT/BD" is a list
        phrases = [self.phrases.get(found.mention.rule_id, "").casefold() for found in (first, second)]
        if not all(phrases) or phrases[0] in phrases[1] or phrases[1] in phrases[0]:
            return None
        return outer.casefold()

    def _are_near(self, window: Window, text: str, first: Found, second: Found) -> bool:
        if window.whole:
            return True
        gap = text[first.end : second.start]
        reach = self.reach // self.wordings[window.language].density
        return holder(first, second) is not None and len(gap) <= reach and not parted(gap)

    def _are_tied(self, pair: set[str], together: int, groups: int) -> bool:
        """Judge two mentions without words of fusion; ``together`` is the size of the largest list with both."""
        if groups > self.most_groups:
            return False
        return not together or (pair <= self.technologies and together <= self.most_listed)

    def _joint(self, window: Window, text: str, first: Found, second: Found, words: str, listed: int) -> Joint:
        gap = text[first.end : second.start]
        swapped = (first.concept in self.sectors, first.concept) > (second.concept in self.sectors, second.concept)
        one, two = (second, first) if swapped else (first, second)
        return Joint(window, one, two, words, listed, len(_BREAK.findall(gap)), len(gap))


def make_judge(
    concepts: tuple[Concept, ...],
    languages: tuple[Language, ...],
    phrases: Mapping[str, str],
    fusion: Fusion,
    **limits: int,
) -> Judge:
    """Return a judge for the register of concepts and the words of ``models/fusion.yaml``."""
    words = {own.language: own for own in fusion.words}
    return Judge(
        technologies=frozenset(concept.id for concept in concepts if concept.kind == "technology"),
        sectors=frozenset(concept.id for concept in concepts if concept.kind == "sector"),
        wordings={language.code: Wording(language, words.get(language.code)) for language in languages},
        phrases=phrases,
        joined=dict(fusion.joined),
        **limits,
    )


def _concepts_of(groups: list[int], found: tuple[Found, ...]) -> dict[int, set[str]]:
    members: dict[int, set[str]] = {}
    for group, mention in zip(groups, found, strict=True):
        members.setdefault(group, set()).add(mention.concept)
    return members


def _renamed(found: Found, concept: str) -> Found:
    return replace(found, mention=replace(found.mention, concept=concept))
