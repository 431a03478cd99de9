"""Looks for each quote on its page, in a document that was opened again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.audit.letters import bare_letters
from pipeline.audit.opening import Reopened, reopened

_LEAST = 25  # letters and digits of a quote that is looked for elsewhere: headings and labels stand on many pages


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Words that a table says stand on a page (from 1)."""

    page_number: int
    words: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one quote: the page on which it was found (its own, another, or None).

    ``page_there`` is false where the document has no page of the quote's number.
    """

    quote: Quote
    found_on: int | None
    page_there: bool


def find_quotes(path: Path, quotes: Iterable[Quote], most_pages: int) -> list[Finding]:
    """Return for each quote, sorted, where another extractor finds it.

    A quote that is not on its own page and has some length is looked for on at most ``most_pages`` others, the nearest
    first.
    """
    with reopened(path) as document:
        return [_find(document, quote, most_pages) for quote in sorted(set(quotes))]


def _find(document: Reopened, quote: Quote, most_pages: int) -> Finding:
    wanted = bare_letters(quote.words)
    if not document.has_page(quote.page_number):
        return Finding(quote, None, False)
    if any(wanted in reading for reading in document.readings(quote.page_number)):
        return Finding(quote, quote.page_number, True)
    others = (number for number in nearest(quote.page_number, most_pages) if document.has_page(number))
    elsewhere = (
        number
        for number in others
        if len(wanted) >= _LEAST and any(wanted in reading for reading in document.readings(number, all_ways=False))
    )
    return Finding(quote, next(elsewhere, None), True)


def nearest(number: int, most: int) -> Sequence[int]:
    """Return the ``most`` page numbers around a page, the nearest first, the one after before the one before."""
    around = (number + side * step for step in range(1, most + number) for side in (1, -1))
    return [page for page in around if page >= 1][:most]
