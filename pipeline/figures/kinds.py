"""What a number is: a target to be reached, money that is put in, or a statistic of what is, was or may come."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.figures.wording import any_of
from pipeline.schemas import MONEY, FigureWords, Quantity

_NEAR = 70  # characters from which on a word weighs half
_WIDE = 30
_BESIDE = 5  # and up to which one that calls the number a goal weighs double
_LEAST_GIVEN = 5000  # less money than this is a price or a wage
_HEARD = ("target", "future", "commitment", "statistic", "forecast", "volume")
_ABOVE = ("target", "commitment", "future")  # what holds for a sentence when it is said before it
_CLAUSE = re.compile(r"[;\u3002\uff1b]|[.!?]\s+(?=[A-Z\u00c0-\u00de])")


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a number besides its sentence: words above it, its document's year, and the term's level.

    ``before`` are the sentences before it. In a ``table`` the words above it (its header, label and caption) say all
    that is said of it.
    that is said of it.
    """

    above: str
    year: int
    targeted: bool
    table: bool = False
    before: str = ""
    heading: bool = False


class KindReader:
    """Tells what kind of number one is in texts of one language."""

    def __init__(self, words: FigureWords) -> None:
        """Prepare the patterns of the language."""
        self._patterns = {name: re.compile(any_of(getattr(words, name))) for name in _HEARD}
        self._action = re.compile(rf"\W{{0,4}}(?:[0-9a-z]{{1,3}}[.)]\s)?{any_of(words.action)}")
        self._for = re.compile(rf"\s{{0,2}}{any_of(words.given_for)}")
        self._as = re.compile(rf"(?:\s[^\W\d_][\w-]{{2,20}}){{0,5}}?\s{any_of(words.given_as)}")
        self._near = _WIDE if words.head == "touching" else _NEAR

    def kind(self, text: str, quantity: Quantity, others: Sequence[Quantity], setting: Setting) -> str:
        """Return "target", "commitment" or "statistic" for a number of a sentence; ``others`` are all numbers in it."""
        heard = {name: self._hear(pattern, text, quantity, others) for name, pattern in self._patterns.items()}
        for name, pattern in self._patterns.items():
            if (name in _ABOVE or (setting.table and name != "statistic")) and pattern.search(setting.above):
                heard[name] += 1.0 if setting.table else 0.4
        if self._patterns["target"].search(setting.before):
            heard["target"] += 0.4
        if quantity.unit == MONEY and self._is_given(text, quantity, heard, setting):
            return "commitment"
        shares = setting.table and quantity.unit == "percent"
        if shares and heard["commitment"] > max(heard["target"], heard["statistic"]):
            return "commitment"  # the share of a sum that is put in
        return "target" if self._is_wanted(text, quantity, heard, setting) else "statistic"

    def _is_given(self, text: str, quantity: Quantity, heard: Mapping[str, float], setting: Setting) -> bool:
        """Tell whether money is put in: spoken of as such, and not as a market, a price or an estimate."""
        said = 1.1 * heard["commitment"] + 0.6 * (self._for.match(text, quantity.end) is not None)
        said += 0.8 * (self._as.match(text, quantity.end) is not None)
        said += 0.8 * (setting.heading or self._action.match(text) is not None)
        if not said or quantity.high < _LEAST_GIVEN:
            return False
        against = 0.6 * heard["statistic"] + 1.1 * heard["forecast"] + 1.3 * heard["volume"]
        against += 0.4 * _is_past(quantity, setting.year)
        return said + 0.4 * setting.targeted + 0.4 * (heard["future"] > 0) >= 0.3 + against

    def _is_wanted(self, text: str, quantity: Quantity, heard: Mapping[str, float], setting: Setting) -> bool:
        """Tell whether a number is to be reached: called a goal, or said of what will be, in a year that lies ahead."""
        last = quantity.last_year
        ahead = last is not None and last >= setting.year + (quantity.first_year == last)
        grows = quantity.direction in ("reach", "increase_by", "reduce_by")
        wanted = 1.2 * heard["target"] + 0.8 * heard["future"] + 1.2 * ahead
        acts = self._action.match(text) is not None
        wanted += 0.4 * setting.targeted + 0.2 * grows + 0.95 * acts
        least = 1.9 if quantity.unit == MONEY and not acts else 0.9  # what a market will be worth is seldom a goal
        return wanted > least + heard["statistic"] + 1.6 * heard["forecast"] + _is_past(quantity, setting.year)

    def _hear(self, pattern: re.Pattern[str], text: str, quantity: Quantity, others: Sequence[Quantity]) -> float:
        """Return how loudly words speak for a number: 1 near it, less farther off or beyond another number."""
        loudest = 0.0
        for match in pattern.finditer(text):
            ahead = match.start() < quantity.start
            start, end = sorted((match.end(), quantity.start)) if ahead else (quantity.end, match.start())
            if _CLAUSE.search(text, start, end):
                continue
            weight = 1.0 if end - start <= self._near else 0.6
            weight *= 0.8 ** sum(start <= other.start and other.end <= end for other in others)
            if ahead and end - start <= _BESIDE and pattern is self._patterns["target"]:
                weight *= 2  # "a target of 5 billion"
            loudest = max(loudest, weight)
        return loudest


def _is_past(quantity: Quantity, year: int) -> bool:
    """Tell whether a number is said of a year before the document's."""
    latest = quantity.first_year if quantity.last_year is None else quantity.last_year
    return latest is not None and latest < year
