"""Which concept a number is said of: the nearest by what stands between the two, with all that is listed beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.figures.windows import Term
from pipeline.figures.wording import any_of
from pipeline.schemas import FigureWords, Quantity

_BARRIER = re.compile(r"[;|\u2022\u3002\uff1b]|[.!?]\s+[A-Z\u00c0-\u00de]|\s\(?[a-z]\)\s")
_COMMA = re.compile(r",(?![0-9])|[\u3001\uff0c]|\s[\u2013\u2014]\s|\(|\)")
_AMONG_NAMES = re.compile(r"\s?\([^)]*,")  # "33 % (Facebook, GE Healthcare)"
_LISTED = re.compile(r"(?:[\s,/&\u3001\u30fb\uff0c\uff0f+-]|\b[\w\u2019']{1,3}\b|以及|および|及び)*")
_LABEL = re.compile(r"[^,;.:\uff1a\u3001\u3002]{0,30}[:\uff1a]\s{0,2}")  # "Quantum sensing: 110 billion yen"
_FIRST_WIDE = 0x2E80
_WIDE = 2.5  # a character of Japanese or Chinese says as much as this many letters
_PER_COMMA, _PER_NUMBER, _PER_OTHER, _BEFORE = 14, 60, 15, 8
_PER_CLAUSE, _PER_CONJUNCTION = 40, 8
_CLAIM = 25  # characters from a number to the term that is its own
_LONGEST_LIST = 60


@dataclass(frozen=True, slots=True)
class Parting:
    """What parts a number from a term: what keeps the two apart, and the conjunctions that make them less near.

    "3 % in medicine and 4 % in tools", "of engineering, and about 30 % of law", "4 billion and the food industry".
    """

    apart: re.Pattern[str]
    conjunction: re.Pattern[str]


def parting(words: FigureWords) -> Parting:
    """Return what parts numbers from terms in one language."""
    conjunction, word = any_of(words.and_), r"[^\W\d_]{1,13}\s"
    return Parting(
        re.compile(rf"\A\s{conjunction}\s(?:{word}){{0,1}}\Z|,\s{conjunction}\s(?:{word}){{0,2}}\Z"),
        re.compile(rf"(?P<comma>,\s)?{conjunction}"),
    )


def tie(
    text: str,
    quantity: Quantity,
    others: Sequence[Quantity],
    terms: Sequence[Term],
    *,
    parted: Parting,
    reach: float,
) -> list[Term]:
    """Return the terms that a number of ``text`` is said of, one for each concept; none where none is near enough.

    ``others`` are all quantities of the text. ``parted`` says what keeps the two
    apart, ``reach`` is the most that may lie between, in characters of a script
    with letters, where commas and other numbers between count for more.
    """
    costs = [(cost, term) for term in terms if (cost := _cost(text, quantity, others, term, parted)) <= reach]
    if not costs:
        return []
    _, nearest = min(costs, key=lambda found: (found[0], found[1].start, found[1].concept))
    chosen = {nearest.concept: nearest}
    for _, term in costs:
        if term.concept not in chosen and _beside(text, nearest, term, quantity):
            chosen[term.concept] = term
    return sorted(chosen.values(), key=lambda term: (term.start, term.end, term.concept))


def _cost(text: str, quantity: Quantity, others: Sequence[Quantity], term: Term, parted: Parting) -> float:
    """Return how far a term stands from a number; 0 where it is a part of what the number counts."""
    if term.start < quantity.number_end and quantity.number_start < term.end:
        return float("inf")
    if term.start < quantity.end and quantity.start < term.end:
        return 0
    follows = term.start >= quantity.end
    start, end = (quantity.end, term.start) if follows else (term.end, quantity.start)
    if _BARRIER.search(text, start, end):
        return float("inf")
    gap = text[start:end]
    if not follows and _LABEL.fullmatch(gap):
        return 0
    if follows and _AMONG_NAMES.match(gap):
        return float("inf")
    if parted.apart.search(gap):
        return float("inf")
    if not follows and _is_claimed(text, quantity, others, term):
        return float("inf")
    between = [other for other in others if start <= other.start and other.end <= end]
    commas = len(_COMMA.findall(gap))
    alike = any(other.unit == quantity.unit for other in between)
    cost = len(gap) + _PER_COMMA * commas + (_PER_NUMBER if alike or commas or follows else _PER_OTHER) * len(between)
    cost += sum(_PER_CLAUSE if match["comma"] else _PER_CONJUNCTION for match in parted.conjunction.finditer(gap))
    if sum(ord(char) > _FIRST_WIDE for char in gap) * 2 > len(gap):
        # Japanese and Chinese say first what the next number is of, and part by commas what English parts by stops.
        return cost + len(gap) * (_WIDE - 1) + (_PER_NUMBER * min(commas, 1) if follows else 0)
    return cost if follows else cost + _BEFORE


def _is_claimed(text: str, quantity: Quantity, others: Sequence[Quantity], term: Term) -> bool:
    """Tell whether a term before a number belongs to the number before it: "84 % in telecoms, 40 % in science"."""
    if not _COMMA.search(text, term.end, quantity.start):
        return False
    return any(
        other.unit == quantity.unit
        and 0 <= term.start - other.end <= _CLAIM
        and not _COMMA.search(text, other.end, term.start)
        for other in others
    )


def _beside(text: str, nearest: Term, term: Term, quantity: Quantity) -> bool:
    """Tell whether a term is the same words as the nearest one, or a member of the same enumeration."""
    if term.start < nearest.end and nearest.start < term.end:
        return True
    start, end = (nearest.end, term.start) if term.start >= nearest.end else (term.end, nearest.start)
    if start <= quantity.start < end or end - start > _LONGEST_LIST:
        return False
    return _LISTED.fullmatch(text, start, end) is not None
