"""Numbers as they are written: digits and words, thousands and decimals, and the units behind them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from pipeline.amounts.patterns import any_case, exactly, small
from pipeline.schemas import MoneyWords

_LONGEST_EXACT = 2  # units of one or two letters hold as they are written: m and M are million, MD is not milliard
_THOUSAND = 1000
_SMALL = 10_000  # in Japanese and Chinese smaller units multiply the number before them, larger ones the sum so far
_SPACES = re.compile(r"[\s'\u2019]")


class Figure(NamedTuple):
    """A number with its units: its value, its first number alone, that number's scale, and the last unit as written."""

    value: Decimal
    first: Decimal
    scale: int
    unit: str


class Figures:
    """Reads the numbers of one language: ``pattern`` finds a number with its units, ``units`` one unit."""

    def __init__(self, words: MoneyWords) -> None:
        """Prepare the patterns for the language's units, numbers in words and sign of decimals."""
        self._decimal, self._decimals = words.decimal, dict(words.decimals)
        self._numbers = {small(word): value for word, value in words.numbers}
        self._exact = {word: value for word, value in words.units if len(word) <= _LONGEST_EXACT}
        self._longer = {small(word): value for word, value in words.units if word not in self._exact}
        self.units = f"(?:{any_case(self._longer)}|{exactly(self._exact)})"
        self._spelled = any_case(word for word, _ in words.numbers)
        self._digits = digits(words.decimal, spaces=not words.chained)
        thousands = [word for word, value in self._longer.items() if value == _THOUSAND]
        self.pattern = self._chain() if words.chained else self._single(any_case(words.to), any_case(thousands))
        tokens = f"(?P<digits>{self._digits})|(?P<unit>{self.units})|(?P<spelled>{self._spelled})"
        self._tokens = re.compile(tokens).finditer

    def read(self, figure: str, country: str = "") -> Figure:
        """Return what a text that ``pattern`` has found means in a document of a country."""
        tokens = list(self._tokens(figure))
        has_unit = any(token["unit"] for token in tokens)
        total, section, current = Decimal(0), Decimal(0), Decimal(0)
        numbers: list[Decimal] = []
        scale, unit = 1, ""
        for token in tokens:
            if token["unit"]:
                unit = token["unit"]
                size = self._exact.get(unit) or self._longer[small(unit)]
                scale *= size if len(numbers) < 2 else 1
                if size < _SMALL:
                    section, current = section + (current or 1) * size, Decimal(0)
                else:
                    total, section, current = total + (section + current or 1) * size, Decimal(0), Decimal(0)
            else:
                current = self._number(token, self._decimals.get(country, self._decimal), has_unit)
                numbers.append(current)
        first = numbers[0] if numbers else Decimal(1)  # "mil milhões" begins with a word that is a unit, too
        return Figure(total + section + current, first, scale, unit)

    def _number(self, token: re.Match[str], decimal: str, has_unit: bool) -> Decimal:
        if token["spelled"]:
            return self._numbers[small(token["spelled"])]
        return value_of(token["digits"], decimal, has_unit)

    def _single(self, to: str, thousand: str) -> str:
        """Return the pattern of a number with at most one unit; in words it needs one, if only at its range's end.

        Before the unit, thousands may be said apart ("2 mil 500 millones"). The group ``scaled`` tells of the unit.
        """
        spelled = rf"{self._spelled}(?:(?=[\s\u2010\u2011-]{{1,2}}{self.units})|(?=\s{{1,2}}{to}\s))"
        apart = rf"(?:[0-9]{{1,3}}\s{{1,2}}{thousand}\s{{1,2}}(?=[0-9]{{1,3}}\s))?"
        return rf"(?:{apart}{self._digits}|{spelled})(?P<scaled>[\s\u2010\u2011-]{{0,2}}{self.units})?"

    def _chain(self) -> str:
        """Return the pattern of numbers and units that add up: 1兆2000億."""
        number, unit = rf"(?:{self._digits}|{self._spelled}(?={self.units}))", rf"\s?{self.units}"
        link = rf"(?<=[^0-9\s])(?:{number}(?:{unit}){{1,3}}|{self._digits})"
        return rf"{number}(?:{unit}){{0,3}}(?:{link}){{0,4}}"


def digits(decimal: str, *, spaces: bool) -> str:
    """Return the pattern of a number in digits, with any thousands separator and sign of decimals.

    Up to three more digits right behind separated thousands are the mark of a footnote ("£33,80029").
    """
    fraction = r"(?:[.,][0-9]{1,2}(?![0-9]))?"
    separators = (r"['\u2019]", r"\s") if spaces else (r"['\u2019]",)
    kinds = [
        rf"[0-9]{{1,15}}{re.escape(decimal)}[0-9]{{4,8}}(?![0-9])",
        r"[0-9]{1,2}(?:,[0-9]{2}){1,4},[0-9]{3}(?![0-9])",
        *(rf"[0-9]{{1,3}}(?>(?:{sign}[0-9]{{3}}){{1,5}})(?![0-9]{{4}}){fraction}" for sign in (",", r"\.")),
        *(rf"[0-9]{{1,3}}(?>(?:{sign}[0-9]{{3}}(?![0-9])){{1,5}}){fraction}" for sign in separators),
        r"[0-9]{1,15}(?>(?:[.,][0-9]{1,6})?)(?![0-9])",
    ]
    return f"(?>{'|'.join(kinds)})(?!\\^)"


def value_of(number: str, decimal: str, has_unit: bool) -> Decimal:
    """Return the value of a number in digits.

    One sign with three digits behind it is read by the language's habit, but parts thousands where no unit follows:
    nobody gives a sum of money to a tenth of a cent.
    """
    plain = _SPACES.sub("", number)
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return Decimal(plain)
    sign, whole, rest = plain[last], plain[:last], plain[last + 1 :]
    other = "." if sign == "," else ","
    thousands = sign in whole or (
        other not in whole
        and plain == number
        and len(rest) == 3
        and len(whole) <= 3
        and whole != "0"
        and (sign != decimal or not has_unit)
    )
    joined = plain.replace(",", "").replace(".", "")
    return Decimal(joined) if thousands else Decimal(joined).scaleb(-len(rest))
