"""Which of the terms found in a text stand when they overlap."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.schemas import Term


class Hit(NamedTuple):
    """A term found: ``start:end`` are the characters it is found in, ``inner_start:inner_end`` its own.

    They differ where the term is part of a longer word: the hit covers the word, overlaps are decided by the part.
    ``first`` and ``last`` (exclusive) are the words of the text that it covers.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    term: Term
    first: int
    last: int

    @property
    def concept(self) -> str:
        """The id of the concept that the term stands for."""
        return self.term.concept

    def length(self) -> int:
        """Return the number of characters of the term itself."""
        return self.inner_end - self.inner_start


def resolve(candidates: Iterable[Hit]) -> list[Hit]:
    """Return the hits that stand, in order of place and concept.

    A ``never`` phrase takes away the shorter hits of its concept that it overlaps; a hit inside a longer one falls
    unless the longer one's ``also`` names its concept; the same span counts once for a concept. What overlaps only
    in part stands. One sweep from left to right: time grows with the number of hits, not with its square.
    """
    ordered = sorted(candidates, key=_outer_first)
    nevers = [hit for hit in ordered if hit.term.never]
    longest = max((never.length() for never in nevers), default=0)
    of_concept = _by_concept(nevers)
    kept: list[Hit] = []
    around: list[Hit] = []
    for hit in ordered:
        if hit.term.never or _is_denied(hit, of_concept.get(hit.term.concept), longest):
            continue
        around = [outer for outer in around if outer.inner_end > hit.inner_start]
        if not any(_replaces(outer, hit) for outer in around):
            around.append(hit)
            kept.append(hit)
    return _once_a_span(kept)


def _outer_first(hit: Hit) -> tuple[int, int, str, str]:
    term = hit.term
    return hit.inner_start, -hit.inner_end, term.concept, term.rule_id


def _by_concept(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    grouped: dict[str, list[Hit]] = {}
    for hit in hits:
        grouped.setdefault(hit.concept, []).append(hit)
    return grouped


def _is_denied(hit: Hit, nevers: list[Hit] | None, longest: int) -> bool:
    """Tell whether a longer never phrase overlaps the hit; ``nevers`` are in order, ``longest`` bounds their length."""
    if not nevers:
        return False
    place = bisect_left(nevers, hit.inner_start - longest, key=lambda never: never.inner_start)
    for index in range(place, len(nevers)):
        never = nevers[index]
        if never.inner_start >= hit.inner_end:
            return False
        if never.inner_end > hit.inner_start and never.length() > hit.length():
            return True
    return False


def _replaces(outer: Hit, hit: Hit) -> bool:
    """Tell whether ``hit`` lies inside ``outer`` (which begins no later) and is not meant beside it."""
    if hit.inner_end > outer.inner_end:
        return False
    if outer.concept == hit.concept:
        return True
    return hit.length() < outer.length() and hit.concept not in outer.term.also


def _once_a_span(hits: list[Hit]) -> list[Hit]:
    """Drop what is found twice in one compound word for the same concept."""
    seen: dict[tuple[int, int, str], Hit] = {}
    for hit in hits:
        seen.setdefault((hit.start, hit.end, hit.term.concept), hit)
    return [seen[place] for place in sorted(seen)]
