"""From a sentence to all numbers in it that say how much of what: money and units, with denominators and years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.amounts.directions import DirectionReader
from pipeline.amounts.finding import MoneyRules, Said, assign_years
from pipeline.amounts.patterns import any_case, narrow, starred
from pipeline.amounts.units import UnitReader
from pipeline.amounts.years import When, outside
from pipeline.schemas import MONEY, FigureRules, FigureWords, MoneyWords, Quantity

_DENOMINATOR = 45  # characters from a number to what it is counted against
_CLAUSE = re.compile(r"[;:\u3002]|[.!?]\s")
_FARTHEST_YEAR = 150  # characters from "by 2030" to the one number of a sentence that has no year
_BARE_YEAR = re.compile(r"(?<![0-9])(?<!\w\s)(?:19|20)[0-9]{2}(?![0-9])")  # not that of a name: "France 2030"
_TOO_LONG = 4000  # characters; no sentence


def make_quantity_reader(money: MoneyWords, rules: FigureRules) -> QuantityReader:
    """Return what reads quantities in the language of ``money``.

    Raises ValueError where ``rules`` have no words of that language.
    """
    own = [words for words in rules.words if words.language == money.language]
    if not own:
        raise ValueError(f"models/figures has no file {money.language}.yaml; copy en.yaml and change its words")
    return QuantityReader(money, own[0], rules)


class QuantityReader:
    """Finds the quantities in texts of one language."""

    def __init__(self, money: MoneyWords, words: FigureWords, rules: FigureRules) -> None:
        """Prepare the patterns of the language."""
        self._money = MoneyRules(money)
        self._units = UnitReader(money, words, rules)
        spelled = any_case(word for word, value in money.numbers if value >= 2)
        self._numeral = re.compile(rf"[0-9]|{spelled}")
        self._each = re.compile(rf"{starred(words.each)}\s{{0,2}}\Z")
        self._each_after = re.compile(rf"\s{{0,2}}{starred(words.each_after)}")
        self._per = [(re.compile(rf"[^,;.]{{0,30}}?{starred([phrase])}"), name) for phrase, name in words.per]
        self._directions = DirectionReader(words)

    def find(self, text: str, country: str = "") -> list[Quantity]:
        """Return the quantities in a sentence, in order of place.

        ``country`` (ISO 3166-1 alpha-3) is that of the document's issuer, as for ``find_money``.
        """
        if len(text) > _TOO_LONG or not self._numeral.search(narrow(text)):
            return []
        plain = narrow(text)
        found = self._directions.join_growth(plain, self._denominate(plain, self._numbers(plain, country)))
        directed = [self._directions.direct(plain, quantity) for quantity in found]
        return self._date(plain, directed)

    def measure(self, number: str, header: str, country: str = "") -> Quantity | None:
        """Return the quantity that a bare number is under the header of its column; None where it names no unit."""
        plain, words = narrow(number).strip(" *()"), narrow(header)
        figure = self._units.read_bare(plain, country)
        currency, scale = self._money.amounts.currency_in(words, country)
        unit = MONEY if currency else self._units.units.in_header(words)
        if figure is None or not unit:
            return None
        value = figure * scale if currency else figure
        return Quantity(0, len(number), number, 0, len(number), value, value, unit, currency)

    def years(self, text: str) -> tuple[int | None, int | None]:
        """Return the first and the last year that the words of a header name; both None where they name none."""
        plain = narrow(text)
        said = [when for when in self._money.years.find(plain) if when.first or when.last]
        if said:
            return said[0].first, said[0].last
        bare = sorted({int(year) for year in _BARE_YEAR.findall(plain)})
        return (bare[0], bare[0]) if len(bare) == 1 else (None, None)

    def _numbers(self, text: str, country: str) -> list[Quantity]:
        amounts = self._money.amounts.find(text, country) if self._money.amounts.may_hold(text) else []
        found = [
            Quantity(a.start, a.end, text[a.start : a.end], a.start, a.end, a.low, a.high, MONEY, a.currency)
            for a in amounts
        ]
        for c in self._units.find(text, country):
            if not any(c.start < money.end and money.start < c.end for money in found[: len(amounts)]):
                found.append(
                    Quantity(c.start, c.end, text[c.start : c.end], c.start, c.number_end, c.low, c.high, c.unit)
                )
        return sorted(found, key=lambda quantity: quantity.start)

    def _denominate(self, text: str, found: Sequence[Quantity]) -> list[Quantity]:
        """Give each quantity what it is counted against; the numbers that are only that ("10,000 workers") go."""
        kept: list[Quantity] = []
        waiting = ""
        for quantity in found:
            before, after = (text, max(0, quantity.start - 16), quantity.start), (text, quantity.end)
            denominates = self._each.search(*before) or self._each_after.match(*after)
            if denominates and _is_round(quantity.high) and quantity.unit != MONEY:
                name = f"{quantity.high.normalize():f} {quantity.unit}"
                if kept and quantity.start - kept[-1].end <= _DENOMINATOR and not self._each_after.match(*after):
                    end = quantity.end
                    kept[-1] = replace(kept[-1], per=name, end=end, text=text[kept[-1].start : end])
                else:
                    waiting = name
                continue
            kept.append(replace(quantity, per=waiting))
            waiting = ""
        return [self._per_phrase(text, quantity) for quantity in kept]

    def _per_phrase(self, text: str, quantity: Quantity) -> Quantity:
        if quantity.per:
            return quantity
        for pattern, name in self._per:
            if pattern.match(text, quantity.end):
                return replace(quantity, per=name)
        return quantity

    def _date(self, text: str, found: Sequence[Quantity]) -> list[Quantity]:
        """Give each quantity the years, their number and the period that are said next to it."""
        spans = [(quantity.start, quantity.end) for quantity in found]
        whens = outside(self._money.years.find(text), spans)
        said = assign_years(text, spans, whens, self._money.years.head_final)
        dated = [_with_years(quantity, own) for quantity, own in zip(found, said, strict=True)]
        aims = [when for when in whens if when.last and not when.first and not any(own.years == when for own in said)]
        for aim in aims:
            undated = [
                (self._away(text, aim, quantity), place)
                for place, quantity in enumerate(dated)
                if not _has_year(quantity)
            ]
            nearest = min(undated, default=(_FARTHEST_YEAR + 1, -1))
            if nearest[0] <= _FARTHEST_YEAR:
                dated[nearest[1]] = replace(dated[nearest[1]], last_year=aim.last)
        return dated

    def _away(self, text: str, when: When, quantity: Quantity) -> int:
        """Return how many characters lie between a year to come and a number; too many where a stop does."""
        start, end = sorted((when.end, quantity.start)) if when.start < quantity.start else (quantity.end, when.start)
        return _FARTHEST_YEAR + 1 if _CLAUSE.search(text, start, end) else end - start


def _has_year(quantity: Quantity) -> bool:
    return quantity.first_year is not None or quantity.last_year is not None


def _with_years(quantity: Quantity, said: Said) -> Quantity:
    return replace(
        quantity,
        per=quantity.per or (said.period.period if said.period else ""),
        first_year=said.years.first if said.years else None,
        last_year=said.years.last if said.years else None,
        duration=said.duration.duration if said.duration else None,
    )


def _is_round(value: Decimal) -> bool:
    """Tell whether a number is one that others are counted against: 10, 100, 1000 and so on."""
    return value >= 10 and value == Decimal(10) ** value.adjusted()
