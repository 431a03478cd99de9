"""What stands around an amount: the years it is for, how many they are, and the period it recurs in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pipeline.amounts.patterns import LETTER, any_case, before, exactly, small
from pipeline.schemas import MoneyWords

_DASH = r"\s?[-\u2010-\u2015\u2212~\u301c\uff5e/]\s?"
_MOST_YEARS = 60
_DIGITS = re.compile("[0-9]+")

# A mark of a footnote may stand right behind a year ("in 201812").
_YEAR = r"(?<![0-9])(?P<{0}>{1})(?:[1-9][0-9]{{0,2}})?(?![0-9])"
_PLAIN = "(?:19[5-9]|20[0-9])[0-9]"


class When(NamedTuple):
    """Words at ``start:end`` that give years (first, last), their number, or a period ("year" in "a year").

    ``side`` is "before" or "after" where the words count only on that side of an amount; ``near`` says that they
    must stand close to it.
    """

    start: int
    end: int
    first: int | None = None
    last: int | None = None
    duration: int | None = None
    period: str = ""
    side: str = ""
    near: bool = False


Reader = Callable[[re.Match[str]], When | None]


class YearReader:
    """Finds years and periods in texts of one language."""

    def __init__(self, words: MoneyWords) -> None:
        """Prepare the patterns of the language."""
        self.head_final = words.chained
        self._eras = dict(words.years.eras)
        self._numbers = {small(word): int(value) for word, value in words.numbers if 1 <= value <= _MOST_YEARS}
        self._periods: dict[str, tuple[str, str]] = {}
        for word, period, side in words.per:
            known = self._periods.setdefault(small(word), (period, side))
            if known[1] != side:
                self._periods[small(word)] = period, ""
        self._any_year = re.compile(_PLAIN + "".join(f"|{era}" for era in self._eras)).search
        self._dated = [(re.compile(pattern).finditer, reader) for pattern, reader in self._patterns(words)]
        self._undated = [(re.compile(pattern).finditer, reader) for pattern, reader in self._other_patterns(words)]

    def find(self, text: str) -> list[When]:
        """Return what a text says of years and periods, in order of place; of what overlaps, what begins first."""
        found: list[tuple[int, int, When]] = []
        rules = self._dated + self._undated if self._any_year(text) else self._undated
        for rank, (find, reader) in enumerate(rules):
            found += [(when.start, rank, when) for match in find(text) if (when := reader(match)) is not None]
        kept: list[When] = []
        for _, _, when in sorted(found):
            if not kept or when.start >= kept[-1].end:
                kept.append(when)
        return kept

    def _patterns(self, words: MoneyWords) -> Iterator[tuple[str, Reader]]:
        """Yield the patterns with a year in them and what reads their matches, those that say more first."""
        years, spaced = words.years, not words.chained
        fillers = f"(?:{before(years.fillers, spaced=spaced)}|{before(years.fiscal, spaced=False)}){{0,3}}"
        suffix = rf"(?>(?:\s?{exactly(years.suffixes)})?)(?!\s?{any_case(years.never)})"
        one, two = f"{fillers}{self._year('one')}{suffix}", f"{fillers}{self._year('two', short=True)}{suffix}"
        by, since, in_, between = (
            before(kind, spaced=spaced) for kind in (years.by, years.since, years.in_, years.between)
        )
        gap = r"\s{1,3}" if spaced else r"\s{0,3}"
        to, and_ = any_case((*words.to, *years.to)), any_case(years.and_)
        joint = f"(?:{_DASH}|{gap}(?:{to}|(?P<and>{and_})){gap})"
        yield f"(?P<by>{by})?(?P<between>{between})?{one}{joint}{two}", self._range
        yield f"{by}{one}", self._by
        if years.by_after:
            yield rf"(?:{by})?{one}\s?{exactly(years.by_after)}", self._by
        yield f"{since}{one}", self._since
        if years.since_after:
            yield rf"(?:{since})?{one}\s?{exactly(years.since_after)}", self._since
        yield f"{in_}{one}", self._in
        if words.chained:
            yield rf"(?={self._year('any')}\s?{exactly(years.suffixes)}){one}", self._in

    def _other_patterns(self, words: MoneyWords) -> Iterator[tuple[str, Reader]]:
        """Yield the patterns of numbers of years, of years in two digits and of periods."""
        number = rf"(?<![{LETTER}0-9.,])(?P<number>[0-9]{{1,2}}|{any_case(self._numbers)})"
        over = before(words.years.over, spaced=not words.chained)
        yield rf"{over}{number}[\s-]{{0,2}}{any_case(words.years.long)}", self._over
        yield rf"{number}\s?{any_case(words.years.spans)}", self._over
        yield f"{before(words.years.fiscal, spaced=False)}{self._year('one', short=True)}", self._in
        yield any_case(self._periods), self._period

    def _year(self, name: str, *, short: bool = False) -> str:
        short_year = "|[0-9]{1,2}" if self._eras else "|[0-9]{2}"
        eras = rf"|{exactly(self._eras)}\s?(?:[0-9]{{1,2}}|元)" if self._eras else ""
        return _YEAR.format(name, _PLAIN + eras + (short_year if short else ""))

    def _value(self, year: str, first: int = 2000) -> int:
        """Return the year that a text says; one of two digits is in the century of the ``first``."""
        for era, begin in self._eras.items():
            if year.startswith(era):
                digits = _DIGITS.search(year)
                return begin + (int(digits.group()) if digits else 1)
        return int(year) if len(year) > 2 else first // 100 * 100 + int(year)

    def _range(self, match: re.Match[str]) -> When | None:
        first = self._value(match["one"])
        last = self._value(_era(match) + match["two"], first)
        if last <= first or last - first > _MOST_YEARS or (match["and"] and not match["between"] and last > first + 1):
            return None
        return When(*match.span(), first=None if match["by"] else first, last=last)

    def _by(self, match: re.Match[str]) -> When:
        return When(*match.span(), last=self._value(match["one"]))

    def _since(self, match: re.Match[str]) -> When:
        return When(*match.span(), first=self._value(match["one"]))

    def _in(self, match: re.Match[str]) -> When:
        year = self._value(match["one"])
        return When(*match.span(), first=year, last=year, near=True)

    def _over(self, match: re.Match[str]) -> When | None:
        words = match["number"]
        number = int(words) if words.isdecimal() else self._numbers[small(words)]
        return When(*match.span(), duration=number, near=True) if 1 <= number <= _MOST_YEARS else None

    def _period(self, match: re.Match[str]) -> When | None:
        period, side = self._periods[small(match.group())]
        return When(*match.span(), period=period, side=side, near=True) if side != "never" else None


def _era(match: re.Match[str]) -> str:
    """Return the era that holds for the second of two years if only the first names it (平成21～27年度)."""
    era = match["one"].rstrip("0123456789 ")
    return era if len(match["two"]) < 3 else ""


def outside(whens: Iterable[When], spans: Iterable[tuple[int, int]]) -> list[When]:
    """Return those that overlap none of the spans; both are in order of place."""
    kept: list[When] = []
    ahead = iter(spans)
    span = next(ahead, None)
    for when in whens:
        while span is not None and span[1] <= when.start:
            span = next(ahead, None)
        if span is None or when.end <= span[0]:
            kept.append(when)
    return kept
