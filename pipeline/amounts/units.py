"""Numbers with a unit other than money: "40 %", "5 million diverse participants", "1万人"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pipeline.amounts.names import NameRules
from pipeline.amounts.nouns import UnitFinder
from pipeline.amounts.numbers import Figure, Figures
from pipeline.amounts.patterns import DASH, LETTER, any_case
from pipeline.schemas import FigureRules, FigureWords, MoneyWords

TENTHS = "tenths"  # Japanese and Chinese shares of ten
_FEWEST = 3  # a count of fewer is no figure
_YEAR = re.compile(r"(?:1[89]|20|21)[0-9]{2}")
# What may stand right before a number that is not a part of a name, a date or a mark of a footnote.
_AHEAD = rf"(?<![{LETTER}0-9_#/\\])(?<![0-9][.,:])(?<![{LETTER}][-.,:;)\u2010\u2011\u2013\u201d\u2019])"
_AHEAD_UNSPACED = "(?<![A-Za-z0-9_#/])(?<![0-9][.,])(?<![0-9]-[0-9]-)(?<![0-9]-[0-9]{2}-)"
_NEGATIVE = re.compile(r"(?:^|[\s(])[-\u2212]\Z")


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
        self.units = UnitFinder(words, rules)
        self._names = NameRules(words)
        self._counts = frozenset(rules.counts)
        self._figures = Figures(money)
        self._number = re.compile(self._figures.pattern)
        spelled = any_case(word for word, value in money.numbers if value >= 2) if not money.chained else "(?!)"
        ahead = _AHEAD_UNSPACED if money.chained else _AHEAD
        number = f"(?:{self._figures.pattern}|(?P<spelled>(?<![{LETTER}]){spelled}(?=\\s)))"
        self._find = re.compile(ahead + number).finditer
        space = r"\s{0,2}" if money.chained else r"\s{1,2}"
        self._joint = re.compile(rf"(?:{DASH}|{space}{any_case(money.to)}{space})\Z")
        self._low = re.compile(f"{ahead}(?:{self._figures.pattern})\\s?%?\\Z")
        self._between = [
            (re.compile(rf"{any_case([one])}\s{{1,2}}\Z"), re.compile(rf"\s{{1,2}}{any_case([two])}\s{{1,2}}\Z"))
            for one, two in money.between
        ]

    def find(self, text: str, country: str) -> list[Counted]:
        """Return the numbers with a unit in a text (as ``narrow`` gives it), ranges joined, in order of place."""
        kept: list[Counted] = []
        for found in self._numbers(text, country):
            if kept and found.start < kept[-1].end:  # the lower end of a range, which has a unit of its own
                kept.pop()
            kept.append(found)
        return kept

    def _numbers(self, text: str, country: str) -> Iterator[Counted]:
        for match in self._find(text):
            unit = self.units.of_number(text, *match.span())
            if unit is None or (not match["spelled"] and _YEAR.fullmatch(match.group())):
                continue
            figure = self._figures.read(match.group(), country)
            if not self._names.is_name(text, match, unit[0]) and self._is_told(text, match, unit[1], figure.value):
                yield self._counted(text, match, unit, figure, country)

    def _is_told(self, text: str, match: re.Match[str], unit: str, value: Decimal) -> bool:
        """Tell whether a count is one: not "the three institutes", nor "4.5 Vehicles"."""
        if unit not in self._counts:
            return True
        if value < _FEWEST or value != value.to_integral_value():
            return False
        return not self._names.is_title(text, match) and not self._names.is_known(text, match, value)

    def _counted(self, text: str, match: re.Match[str], unit: tuple[int, str], figure: Figure, country: str) -> Counted:
        start, low = self._range(text, match.start(), figure, country)
        high = figure.value
        if start == match.start() and _NEGATIVE.search(text, max(0, start - 2), start):
            start, low, high = start - 1, -high, -high
        end, name = unit
        if name == TENTHS:
            low, high, name = low * 10, high * 10, "percent"
        return Counted(start, end, match.start(), match.end(), low, high, name)

    def read_bare(self, number: str, country: str) -> Decimal | None:
        """Return the value of a text that is a number and nothing else; None where it is none."""
        plain = number.replace("\u2212", "-")
        match = self._number.fullmatch(plain.removeprefix("-"))
        if match is None:
            return None
        value = self._figures.read(match.group(), country).value
        return -value if plain.startswith("-") else value

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
