"""Rows of figures: numbers that a strategy ties to a concept, and the words by which a language says them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline.schemas.words import check_choice, check_span

FIGURE_KINDS = ("target", "commitment", "statistic")
FIGURE_SOURCES = ("text", "table")
DIRECTIONS = ("", "reach", "increase_by", "reduce_by", "at_least", "at_most")
HEADS = ("last", "first", "touching")
MONEY = "money"  # the unit of an amount with a currency
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, ``text`` at ``start:end`` of a sentence; the bare number ends at ``number_end``.

    ``low`` and ``high`` are equal unless the text gives a range. ``unit`` is an id of models/figures/units.yaml, or
    "money" with a ``currency`` (ISO 4217). ``per`` is what the number is counted against ("year", "10000 workers",
    "GDP"), ``baseline`` what it starts from ("from 3 % to 5 %"). The years are as in ``Money``: those said near it.
    """

    start: int
    end: int
    text: str
    number_start: int
    number_end: int
    low: Decimal
    high: Decimal
    unit: str
    currency: str = ""
    per: str = ""
    direction: str = ""
    baseline: Decimal | None = None
    first_year: int | None = None
    last_year: int | None = None
    duration: int | None = None

    def __post_init__(self) -> None:
        check_span(self, self.start, self.end)
        check_span(self, self.number_start, self.number_end)
        check_choice(self, "direction", DIRECTIONS)


@dataclass(frozen=True, slots=True)
class FigureWords:
    """The words of one language that say what a number is; models/figures/en.yaml says what each list holds.

    ``units`` and ``per`` are (words, id) pairs; ``head`` says where the word for what is counted stands among the words
    behind a number, ``capitals`` that capitals inside a sentence are for names.
    """

    language: str
    head: str = "last"
    capitals: bool = False
    units: tuple[tuple[str, str], ...] = ()
    per: tuple[tuple[str, str], ...] = ()
    each: tuple[str, ...] = ()
    each_after: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    names_after: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    number_of: tuple[str, ...] = ()
    and_: tuple[str, ...] = ()
    from_: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    reach: tuple[str, ...] = ()
    at_least: tuple[str, ...] = ()
    at_most: tuple[str, ...] = ()
    at_least_after: tuple[str, ...] = ()
    at_most_after: tuple[str, ...] = ()
    increase: tuple[str, ...] = ()
    reduce: tuple[str, ...] = ()
    increase_after: tuple[str, ...] = ()
    reduce_after: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    future: tuple[str, ...] = ()
    action: tuple[str, ...] = ()
    commitment: tuple[str, ...] = ()
    given_for: tuple[str, ...] = ()
    given_as: tuple[str, ...] = ()
    statistic: tuple[str, ...] = ()
    forecast: tuple[str, ...] = ()
    volume: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_choice(self, "head", HEADS)


@dataclass(frozen=True, slots=True)
class FigureRules:
    """What ``models/figures`` holds: the units that all languages share, and the words of each language.

    ``counts`` are the units that take whole numbers of three or more; ``symbols`` are (sign, unit) pairs that hold as
    they are written, right behind a number.
    """

    counts: tuple[str, ...]
    symbols: tuple[tuple[str, str], ...]
    words: tuple[FigureWords, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that a document ties to one concept: one line of ``figures.csv``.

    ``value``, ``value_to`` (the upper end of a range) and ``baseline`` are plain decimals, in whole units of
    ``currency`` where the unit is "money". ``year`` is the one that the number is for or is to be reached in,
    ``year_from`` the first of a stretch of years, ``years`` their number where that is said. ``written`` is the number
    with its unit as it stands at ``number_start:number_end`` of ``Page.text``; ``start`` and ``end`` delimit the quote
    there. ``term`` are the words for the concept, in the quote or in the column's header. What is empty was not said.
    """

    figure_id: str
    country: str
    document_id: str
    year_of_document: int
    concept: str
    kind: str
    value: str
    value_to: str
    unit: str
    currency: str
    per: str
    year_from: int | None
    year: int | None
    years: int | None
    baseline: str
    direction: str
    source: str
    written: str
    term: str
    level: str
    quote: str
    page_number: int
    page_label: str
    start: int
    end: int
    number_start: int
    number_end: int
    language: str

    def __post_init__(self) -> None:
        check_choice(self, "kind", FIGURE_KINDS)
        check_choice(self, "source", FIGURE_SOURCES)
        check_choice(self, "direction", DIRECTIONS)
        check_span(self, self.start, self.end)
        check_span(self, self.number_start, self.number_end)
        for name in ("value", "value_to", "baseline"):
            text = getattr(self, name)
            if (text or name == "value") and not _PLAIN.fullmatch(text):
                raise ValueError(f"Figure.{name} is {text!r}; expected a plain decimal, as in 3000000 or 2.5")
