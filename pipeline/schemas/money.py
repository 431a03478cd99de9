"""Rows of money: an amount found in a text, and the words by which one language writes amounts."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.schemas.words import check_span

_ARTICLES = {"hour": "an"}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money, ``text`` at ``start:end`` of a sentence, in whole units of ``currency`` (ISO 4217).

    ``low`` and ``high`` are equal unless the text gives a range; ``unit`` is the word for a power of ten as written
    ("billion", "Mrd."), or empty. ``per`` is the period that the amount recurs in ("year"), or empty. The years are
    those said near it: "in 2023" is both, "by 2025" the last only, "from 2025" the first only; ``duration`` is the
    number of years it is spread over. What is not said is None.
    """

    start: int
    end: int
    text: str
    low: Decimal
    high: Decimal
    currency: str
    unit: str = ""
    per: str = ""
    first_year: int | None = None
    last_year: int | None = None
    duration: int | None = None

    def __post_init__(self) -> None:
        check_span(self, self.start, self.end)
        if self.low > self.high:
            raise ValueError(f"Money has the range {self.low} to {self.high}; expected the lower amount first")


@dataclass(frozen=True, slots=True)
class YearWords:
    """The words of one language that stand around a year; models/money/en.yaml says what each list holds."""

    by: tuple[str, ...] = ()
    by_after: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    since_after: tuple[str, ...] = ()
    in_: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    and_: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    fiscal: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    long: tuple[str, ...] = ()
    spans: tuple[str, ...] = ()
    eras: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class MoneyWords:
    """How one language writes money: its file under models/money/, joined with the signs and codes of all languages.

    ``decimal`` is the sign before decimals, ``decimals`` those of countries that write another whatever the language.
    ``symbols`` hold as written, ``names`` in any case; both lead to a code or to one of ``groups``, which lead from a
    country ("" for any other) to a code ("" for none). ``per`` are (words, period, side of the amount) triples with
    the sides "before", "after" and "never". ``chained`` languages add up numbers and units without a space.
    """

    language: str
    decimal: str
    decimals: tuple[tuple[str, str], ...] = ()
    chained: bool = False
    symbols: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    never: tuple[str, ...] = ()
    units: tuple[tuple[str, int], ...] = ()
    numbers: tuple[tuple[str, Decimal], ...] = ()
    of: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    between: tuple[tuple[str, str], ...] = ()
    from_: tuple[str, ...] = ()
    per: tuple[tuple[str, str, str], ...] = ()
    years: YearWords = field(default_factory=YearWords)


def shown(money: Money) -> str:
    """Return an amount in one line: "EUR 3,000,000,000 to 5,000,000,000 2021-2027", "JPY 12,000 a year by 2030"."""
    parts = [money.currency, _number(money.low)]
    if money.high != money.low:
        parts += ["to", _number(money.high)]
    if money.per:
        parts.append(f"{_ARTICLES.get(money.per, 'a')} {money.per}")
    if money.first_year is not None and money.first_year == money.last_year:
        parts.append(f"in {money.first_year}")
    elif money.first_year is not None and money.last_year is not None:
        parts.append(f"{money.first_year}-{money.last_year}")
    elif money.first_year is not None:
        parts.append(f"from {money.first_year}")
    elif money.last_year is not None:
        parts.append(f"by {money.last_year}")
    if money.duration is not None:
        parts.append(f"over {money.duration} year{'s' if money.duration != 1 else ''}")
    return " ".join(parts)


def _number(amount: Decimal) -> str:
    whole = amount.to_integral_value()
    return f"{whole:,f}" if whole == amount else f"{amount.normalize():,f}"
