"""Numbers with a unit other than money: "40 %", "5 million diverse participants", "1万人"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pipeline.amounts.numbers import Figure, Figures
from pipeline.amounts.patterns import DASH, LETTER, any_case, exactly, small, starred
from pipeline.schemas import FigureRules, FigureWords, MoneyWords

COUNT = "count"  # the unit of a number that only its denominator explains: "113 per 10,000 workers"
TENTHS = "tenths"  # Japanese and Chinese shares of ten
_MOST_WORDS = 4  # between a number and the word for what it counts
_REACH_BACK = 30
_FEWEST, _MOST_KNOWN = 3, 20  # a count of fewer is no figure; one of fewer behind "the" neither
_SAID_BEFORE = 120  # characters from "the number of firms" to the number
_YEAR = re.compile(r"(?:1[89]|20|21)[0-9]{2}")
_WORD = re.compile(rf"[{LETTER}0-9][{LETTER}0-9'\u2019&/-]*")
# What may stand right before a number that is not a part of a name, a date or a mark of a footnote.
_AHEAD = rf"(?<![{LETTER}0-9_#/\\])(?<![0-9][.,:])(?<![{LETTER}][-.,:;)\u2010\u2011\u2013\u201d\u2019])"
_NAMED = re.compile(r"(?:[^.!?:;\u2022]\s[A-Z\u00c0-\u00de][\w-]*|(?<!\w)[A-Z]{2,6})\s\Z")  # "Quantum 101", "ASX 100"
_TITLE = re.compile(r"\s[A-Z\u00c0-\u00de]")  # behind the number of a heading: "5 New mobility services"
_LONGEST_NAMED = 3  # digits
_NO_WORD = re.compile(r"\A[0-9]+\Z|[a-z]{2}[A-Z][a-z]")  # a number, or two words without the space between them
_NEGATIVE = re.compile(r"(?:^|[\s(])[-\u2212]\Z")
_GAP = re.compile(r"[ \u00a0\u202f]{1,2}")
_JOINED = re.compile(r"[ \u00a0\u202f-]?")


class Counted(NamedTuple):
    """A number with its unit at ``start:end``; the number itself is ``number_start:number_end``."""

    start: int
    end: int
    number_start: int
    number_end: int
    low: Decimal
    high: Decimal
    unit: str


class UnitReader:
    """Finds the numbers with units in texts of one language."""

    def __init__(self, money: MoneyWords, words: FigureWords, rules: FigureRules) -> None:
        """Prepare the patterns of the language."""
        self._figures = Figures(money)
        self._head = words.head
        self._capitals = words.capitals
        self._ids = {small(phrase): unit for phrase, unit in words.units if "*" not in phrase}
        self._begun = [(re.compile(starred([phrase])), unit) for phrase, unit in words.units if "*" in phrase]
        self._any_unit = re.compile(starred(phrase for phrase, _ in words.units))
        self._counts = frozenset(rules.counts)
        self._symbols = dict(rules.symbols)
        self._symbol = re.compile(exactly(self._symbols))
        self._known = re.compile(rf"{starred(words.known)}\s{{1,2}}\Z")
        self._name_after = re.compile(rf"\s{{1,2}}{exactly(words.names_after)}")
        self._stop = re.compile(starred(words.stops))
        self._each = re.compile(rf"\s{{0,2}}{starred(words.each)}\s{{0,2}}1[0 .,]{{1,9}}(?![0-9])")
        self._number_of = re.compile(rf"{starred(words.number_of)}[^,;:0-9]{{0,50}}?(?P<unit>{self._any_unit.pattern})")
        steps = starred(words.to + words.by + words.from_ + words.reach + words.at_least + words.at_most)
        self._step = re.compile(rf"{steps}\s{{0,2}}(?:{starred(words.links)}\s{{0,2}})?\Z")
        self._between = [
            (re.compile(rf"{any_case([one])}\s{{1,2}}\Z"), re.compile(rf"\s{{1,2}}{any_case([two])}\s{{1,2}}\Z"))
            for one, two in money.between
        ]
        self._name = re.compile(rf"{starred(words.names)}[\s\u2010\u2011-]{{0,2}}(?:[0-9]{{1,4}}[,/-])?\Z")
        spelled = any_case(word for word, value in money.numbers if value >= 2) if not money.chained else "(?!)"
        bare = rf"(?<![{LETTER}]){spelled}(?=\s)"
        ahead = "(?<![A-Za-z0-9_#/])(?<![0-9][.,])(?<![0-9]-[0-9]-)(?<![0-9]-[0-9]{2}-)" if money.chained else _AHEAD
        self._find = re.compile(f"{ahead}(?:{self._figures.pattern}|(?P<spelled>{bare}))").finditer
        self._number = re.compile(self._figures.pattern)
        space = r"\s{0,2}" if money.chained else r"\s{1,2}"
        self._joint = re.compile(rf"(?:{DASH}|{space}{any_case(money.to)}{space})\Z")
        self._low = re.compile(f"{ahead}(?:{self._figures.pattern})\\s?%?\\Z")

    def find(self, text: str, country: str) -> Iterator[Counted]:
        """Yield the numbers with a unit in a text (as ``narrow`` gives it), ranges joined, in order of place."""
        for match in self._find(text):
            written = match.group()
            if not match["spelled"] and _YEAR.fullmatch(written):
                continue
            found = self._unit(text, match.end()) or self._said_before(text, match)
            if found is None or self._is_name(text, match, found[0]):
                continue
            end, unit = found
            figure = self._figures.read(written, country)
            if unit in self._counts and not self._counts_something(text, match, figure.value):
                continue
            start, low = self._range(text, match.start(), figure, country)
            value = figure.value
            if start == match.start() and _NEGATIVE.search(text, max(0, start - 2), start):
                start, low, value = start - 1, -value, -value
            if unit == TENTHS:
                low, value, unit = low * 10, value * 10, "percent"
            yield Counted(start, end, match.start(), match.end(), low, value, unit)

    def read_bare(self, number: str, country: str) -> Decimal | None:
        """Return the value of a text that is a number and nothing else; None where it is none."""
        plain = number.replace("\u2212", "-")
        match = self._number.fullmatch(plain.removeprefix("-"))
        if match is None:
            return None
        value = self._figures.read(match.group(), country).value
        return -value if plain.startswith("-") else value

    def unit_in(self, text: str) -> str:
        """Return the unit that a header names: a sign before a word, the last of several; "" where it names none."""
        signs = [
            self._symbols[match.group()] for match in self._symbol.finditer(text) if match.group() in self._symbols
        ]
        nouns = [self._id(match.group()) for match in self._any_unit.finditer(text)]
        return signs[-1] if signs else nouns[-1] if nouns else ""

    def _is_name(self, text: str, match: re.Match[str], end: int) -> bool:
        """Tell whether a number belongs to a name: "Article 5", "the 100,000 Genomes Project"."""
        if self._name.search(text, max(0, match.start() - _REACH_BACK), match.start()):
            return True
        if self._name_after.match(text, end):
            return True
        if not self._capitals or len(match.group()) > _LONGEST_NAMED:
            return False
        at_start = match.start() == 0 and match.group().isdigit() and _TITLE.match(text, match.end()) is not None
        return at_start or _NAMED.search(text, 0, match.start()) is not None

    def _counts_something(self, text: str, match: re.Match[str], value: Decimal) -> bool:
        """Tell whether a number of things is told here: not "the three institutes", nor "4.5 Vehicles"."""
        if value < _FEWEST or value != value.to_integral_value():
            return False
        return value >= _MOST_KNOWN or not self._known.search(text, max(0, match.start() - _REACH_BACK), match.start())

    def _unit(self, text: str, start: int) -> tuple[int, str] | None:
        """Return where the unit of a number that ends at ``start`` ends, and its id; None where it has none."""
        joined = _JOINED.match(text, start)
        place = joined.end() if joined else start
        symbol = self._symbol.match(text, place)
        if symbol:
            return symbol.end(), self._symbols[" ".join(symbol.group().replace("\u2019", "'").split())]
        if self._each.match(text, start):
            return start, COUNT
        if self._head == "touching":
            unit = self._any_unit.match(text, place)
            return (unit.end(), self._id(unit.group())) if unit else None
        return self._noun(text, start)

    def _noun(self, text: str, start: int) -> tuple[int, str] | None:
        """Return the end and the unit of the noun that a number counts: the last or the first of those behind it."""
        found: tuple[int, str] | None = None
        place = start
        for _ in range(_MOST_WORDS + 1):
            gap = _JOINED.match(text, place) if place == start else _GAP.match(text, place)
            if gap is None or gap.end() == place:
                return found
            unit = self._any_unit.match(text, gap.end())
            word = None if unit or self._stop.match(text, gap.end()) else _WORD.match(text, gap.end())
            if unit:
                found = unit.end(), self._id(unit.group())
            if (unit and (self._head == "first" or gap.group() == "-")) or (
                not unit and (word is None or _NO_WORD.search(word.group()))
            ):
                return found
            place = unit.end() if unit else word.end() if word else place
        return found

    def _said_before(self, text: str, match: re.Match[str]) -> tuple[int, str] | None:
        """Return end and unit of a number whose noun was said before: "the number of firms will grow to 500"."""
        if not self._step.search(text, max(0, match.start() - _REACH_BACK), match.start()):
            return None
        said = [*self._number_of.finditer(text, max(0, match.start() - _SAID_BEFORE), match.start())]
        return (match.end(), self._id(said[-1]["unit"])) if said else None

    def _id(self, written: str) -> str:
        """Return the unit of words that some unit's pattern fits."""
        known = self._ids.get(small(written))
        if known is not None:
            return known
        fits = [(len(pattern.pattern), unit) for pattern, unit in self._begun if pattern.fullmatch(written)]
        return max(fits)[1]

    def _range(self, text: str, start: int, figure: Figure, country: str) -> tuple[int, Decimal]:
        """Return where the lower end of a range begins and its value; the number itself where it ends none."""
        low = self._low_end(text, start)
        if low is None or _YEAR.fullmatch(low.group()):
            return start, figure.value
        lower = self._figures.read(low.group().rstrip("% \u00a0"), country)
        value = lower.first * figure.scale if figure.unit and not lower.unit else lower.value
        return (low.start(), value) if value < figure.value else (start, figure.value)

    def _low_end(self, text: str, start: int) -> re.Match[str] | None:
        """Return the number before ``start`` that a range begins with."""
        joint = self._joint.search(text, max(0, start - 12), start)
        low = self._low.search(text, max(0, joint.start() - 20), joint.start()) if joint else None
        if low is not None:
            return low
        for one, two in self._between:
            joint = two.search(text, max(0, start - 12), start)
            low = self._low.search(text, max(0, joint.start() - 20), joint.start()) if joint else None
            if low is not None and one.search(text, max(0, low.start() - 16), low.start()):
                return low
        return None
