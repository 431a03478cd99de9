"""Quotes: the words around a term, and the proof that they stand on the page."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from pipeline.schemas import Passage

_SIGNS = re.compile(r"[\W_]+")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff\ufffe\uffff]")


class Quote(NamedTuple):
    """A quote with its offsets in the page's text, and the text before and after it."""

    start: int
    end: int
    text: str
    prefix: str
    suffix: str


def cut_around(text: str, sentence: tuple[int, int], term: tuple[int, int], limit: int) -> tuple[int, int]:
    """Return the span to quote: the whole sentence, or about ``limit`` characters of it around the term.

    A cut falls between words; where writing has no spaces, between characters.
    """
    start, end = min(sentence[0], term[0]), max(sentence[1], term[1])
    if end - start <= limit:
        return start, end
    spare = max(0, limit - (term[1] - term[0]))
    left = max(start, min(term[0] - spare // 2, end - limit))
    right = min(end, max(term[1], left + limit))
    if left > start:
        space = text.find(" ", left - 1, term[0])
        left = space + 1 if space >= 0 else left
    if right < end:
        space = text.rfind(" ", term[1], right + 1)
        right = space if space >= 0 else right
    return left, right


def keep_to_lines(passage: Passage, span: tuple[int, int], term: tuple[int, int]) -> tuple[int, int]:
    """Return the part of ``span`` around the term that runs across no end of a line with other text beside it.

    Readers of a page disagree on what follows such a line (the next line of its column, or what stands beside it),
    and a quote has to stand on the page for all of them.
    """
    if not passage.breaks:
        return span
    first, last = passage.raw_span(*term)
    before = bisect_right(passage.breaks, first) - 1
    after = bisect_left(passage.breaks, last)
    start = passage.index_of(passage.breaks[before]) if before >= 0 else 0
    end = passage.index_of(passage.breaks[after]) if after < len(passage.breaks) else len(passage.text)
    start, end = min(max(span[0], start), term[0]), max(min(span[1], end), term[1])
    while passage.text[start].isspace():
        start += 1
    while passage.text[end - 1].isspace():
        end -= 1
    return start, end


def quote(passage: Passage, page_text: str, start: int, end: int, context: int, sentence: tuple[int, int]) -> Quote:
    """Return ``passage.text[start:end]`` as a quote with the text of the page on either side.

    That is up to ``context`` characters, or as much more as the rest of the sentence needs. Raises ValueError where
    the page does not hold the quote's letters and digits at the place the passage points to: then the passage's way
    back to the page is wrong, and the quote would be no evidence.
    """
    words = passage.text[start:end]
    raw_start, raw_end = passage.raw_span(start, end)
    raw = page_text[raw_start:raw_end]
    # Most quotes differ from the page in their white space only: that is told without a look at each sign.
    if raw.split() != words.split() and letters(raw) != letters(words):
        raise ValueError(
            f"{passage.document_id}, page {passage.page_number}, passage {passage.id}: the quote {_short(words)} "
            f"should stand at characters {raw_start} to {raw_end} of the page, but there stands {_short(raw)}; "
            "read the document's pages and passages again."
        )
    left, right = max(context, start - sentence[0]), max(context, sentence[1] - end)
    before, after = page_text[max(0, raw_start - 3 * left) : raw_start], page_text[raw_end : raw_end + 3 * right]
    return Quote(raw_start, raw_end, words, _last(before, left), _first(after, right))


def letters(text: str) -> str:
    """Return the letters and digits of ``text`` in their plain form: what must be alike on page and in quote."""
    return _SIGNS.sub("", text if text.isascii() else unicodedata.normalize("NFKC", text))


def _plain(text: str) -> str:
    return " ".join(_UNSEEN.sub("", text).split())


def _first(text: str, limit: int) -> str:
    """Return the first whole words of ``text``, at most ``limit`` characters."""
    plain = _plain(text)
    if len(plain) <= limit:
        return plain
    cut = plain.rfind(" ", 0, limit + 1)
    return plain[: cut if cut > 0 else limit]


def _last(text: str, limit: int) -> str:
    """Return the last whole words of ``text``, at most ``limit`` characters."""
    plain = _plain(text)
    if len(plain) <= limit:
        return plain
    cut = plain.find(" ", len(plain) - limit - 1)
    return plain[cut + 1 if cut >= 0 else len(plain) - limit :]


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
