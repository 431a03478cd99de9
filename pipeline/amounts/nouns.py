"""The unit of a number: a sign or a noun behind it, a noun said long before it, or the header of its column."""

from __future__ import annotations

import re

from pipeline.amounts.patterns import LETTER, exactly, key, small, starred
from pipeline.schemas import FigureRules, FigureWords

COUNT = "count"  # the unit of a number that only its denominator explains: "113 per 10,000 workers"
_MOST_WORDS = 4  # between a number and the word for what it counts
_REACH_BACK = 30
_SAID_BEFORE = 120  # characters from "the number of firms" to the number
_WORD = re.compile(rf"[{LETTER}0-9][{LETTER}0-9'\u2019&/-]*")
_NO_WORD = re.compile(r"\A[0-9]+\Z|[a-z]{2}[A-Z][a-z]")  # a number, or two words without the space between them
_GAP = re.compile(r"[ \u00a0\u202f]{1,2}")
_JOINED = re.compile(r"[ \u00a0\u202f-]?")

Unit = tuple[int, str]  # where its words end, and its id


class UnitFinder:
    """Finds the units of numbers in texts of one language."""

    def __init__(self, words: FigureWords, rules: FigureRules) -> None:
        """Prepare the patterns of the language."""
        self._head = words.head
        self._ids = {small(phrase): unit for phrase, unit in words.units if "*" not in phrase}
        self._begun = [(re.compile(starred([phrase])), unit) for phrase, unit in words.units if "*" in phrase]
        self._any_unit = re.compile(starred(phrase for phrase, _ in words.units))
        self._symbols = {key(symbol): unit for symbol, unit in rules.symbols}
        self._symbol = re.compile(exactly(self._symbols))
        self._stop = re.compile(starred(words.stops))
        self._each = re.compile(rf"\s{{0,2}}{starred(words.each)}\s{{0,2}}1[0 .,]{{1,9}}(?![0-9])")
        self._number_of = re.compile(rf"{starred(words.number_of)}[^,;:0-9]{{0,50}}?(?P<unit>{self._any_unit.pattern})")
        steps = starred(words.to + words.by + words.from_ + words.reach + words.at_least + words.at_most)
        self._step = re.compile(rf"{steps}\s{{0,2}}(?:{starred(words.links)}\s{{0,2}})?\Z")

    def of_number(self, text: str, start: int, end: int) -> Unit | None:
        """Return the unit of the number ``text[start:end]`` and where its words end; None where it has none."""
        return self._behind(text, end) or self._said_before(text, start, end)

    def in_header(self, text: str) -> str:
        """Return the unit that a header names: a sign before a word, the last of several; "" where it names none."""
        signs = [self._symbols[key(match.group())] for match in self._symbol.finditer(text)]
        nouns = [self._id(match.group()) for match in self._any_unit.finditer(text)]
        return signs[-1] if signs else nouns[-1] if nouns else ""

    def _behind(self, text: str, start: int) -> Unit | None:
        joined = _JOINED.match(text, start)
        place = joined.end() if joined else start
        symbol = self._symbol.match(text, place)
        if symbol:
            return symbol.end(), self._symbols[key(symbol.group())]
        if self._each.match(text, start):
            return start, COUNT
        if self._head == "touching":
            unit = self._any_unit.match(text, place)
            return (unit.end(), self._id(unit.group())) if unit else None
        return self._noun(text, start)

    def _noun(self, text: str, start: int) -> Unit | None:
        """Return the end and the unit of the noun that a number counts: the last or the first of those behind it."""
        found: Unit | None = None
        place = start
        for _ in range(_MOST_WORDS + 1):
            gap = _JOINED.match(text, place) if place == start else _GAP.match(text, place)
            if gap is None or gap.end() == place:
                return found
            unit = self._any_unit.match(text, gap.end())
            word = None if unit or self._stop.match(text, gap.end()) else _WORD.match(text, gap.end())
            if unit:
                found = unit.end(), self._id(unit.group())
                if self._head == "first" or gap.group() == "-":
                    return found
            elif word is None or _NO_WORD.search(word.group()):
                return found
            place = unit.end() if unit else word.end() if word else place
        return found

    def _said_before(self, text: str, start: int, end: int) -> Unit | None:
        """Return end and unit of a number whose noun was said before: "the number of firms will grow to 500"."""
        if not self._step.search(text, max(0, start - _REACH_BACK), start):
            return None
        said = [*self._number_of.finditer(text, max(0, start - _SAID_BEFORE), start)]
        return (end, self._id(said[-1]["unit"])) if said else None

    def _id(self, written: str) -> str:
        """Return the unit of words that some unit's pattern fits."""
        known = self._ids.get(small(written))
        if known is not None:
            return known
        fits = [(len(pattern.pattern), unit) for pattern, unit in self._begun if pattern.fullmatch(written)]
        return max(fits)[1]
