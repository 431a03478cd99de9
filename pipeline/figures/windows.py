"""Windows: the sentences and list items in which a number may be tied to a concept.

Mentions quote the sentence they stand in, of a long one the part around their words: quotes of a passage that overlap
are of one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from pipeline.schemas import Mention, Page, Passage

_STOP = re.compile(r"[.!?\u2022\u3002]\s+(?=[^a-z\s])|\u3002")
_REST = 300  # the most characters of a sentence on either side of a quote


@dataclass(frozen=True, slots=True)
class Term:
    """The words of a mention, ``start:end`` of the text that is read."""

    start: int
    end: int
    concept: str
    mention: Mention


@dataclass(frozen=True, slots=True)
class Window:
    """A sentence with the terms in it: ``text`` is ``passage.text[offset:]`` up to its end."""

    passage: Passage
    offset: int
    text: str
    terms: tuple[Term, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Turn a span of ``text`` into offsets of ``Page.text``."""
        return self.passage.raw_span(self.offset + start, self.offset + end)


def read_windows(
    mentions: Iterable[Mention], passages: Mapping[str, Passage], pages: Mapping[int, Page]
) -> Iterator[Window]:
    """Yield the windows of one document in order of place; only mentions of the zone "body" count."""
    body = sorted((mention for mention in mentions if mention.zone == "body"), key=_place)
    for passage_id, group in groupby(body, key=lambda mention: mention.passage_id):
        passage = passages[passage_id]
        start = end = 0
        waiting: list[Mention] = []
        spans = ((*_span(passage, mention, pages[mention.page_number]), mention) for mention in group)
        for first, last, mention in sorted(spans, key=lambda span: span[:2]):
            if waiting and first >= end:
                yield _window(passage, (start, end), waiting)
                waiting = []
            start, end = (min(start, first), max(end, last)) if waiting else (first, last)
            waiting.append(mention)
        yield _window(passage, (start, end), waiting)


def _span(passage: Passage, mention: Mention, page: Page) -> tuple[int, int]:
    """Return the sentence of a mention in its passage's text.

    Quotes end where a line has other text beside it. In running text the sentence goes on; in a cell of a table it
    does not.
    """
    start, end = passage.index_of(mention.start), passage.index_of(mention.end - 1) + 1
    if not passage.breaks or mention.kind == "table_row" or _is_ruled(mention, page):
        return start, end
    found = [stop.end() for stop in _STOP.finditer(passage.text, max(0, start - _REST), start)]
    left = found[-1] if found else start if start > _REST else 0
    right = _STOP.search(passage.text, max(start, end - 2), end + _REST)
    return left, max(end, right.start() + 1) if right else end if end + _REST < len(passage.text) else len(passage.text)


def _is_ruled(mention: Mention, page: Page) -> bool:
    return any(line.row >= 0 and line.start <= mention.term_start < line.end for line in page.lines)


def _window(passage: Passage, span: tuple[int, int], mentions: list[Mention]) -> Window:
    start, end = span
    terms = sorted((_term(passage, mention, start) for mention in mentions), key=lambda t: (t.start, -t.end, t.concept))
    return Window(passage, start, passage.text[start:end], tuple(terms))


def _term(passage: Passage, mention: Mention, offset: int) -> Term:
    first = passage.index_of(mention.term_start) - offset
    return Term(first, passage.index_of(mention.term_end - 1) + 1 - offset, mention.concept, mention)


def _place(mention: Mention) -> tuple[int, str, int, int, int, str]:
    return (
        mention.page_number, mention.passage_id, mention.start, mention.term_start, mention.term_end, mention.concept,
    )  # fmt: skip
