"""Windows: the sentences and list items in which a number may be tied to a concept.

Mentions quote the sentence they stand in, of a long one the part around their words: quotes of a passage that overlap
are of one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from pipeline.schemas import Mention, Passage


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


def read_windows(mentions: Iterable[Mention], passages: Mapping[str, Passage]) -> Iterator[Window]:
    """Yield the windows of one document in order of place; only mentions of the zone "body" count."""
    body = sorted((mention for mention in mentions if mention.zone == "body"), key=_place)
    for passage_id, group in groupby(body, key=lambda mention: mention.passage_id):
        passage = passages[passage_id]
        waiting: list[Mention] = []
        for mention in group:
            if waiting and mention.start >= max(other.end for other in waiting):
                yield _window(passage, waiting)
                waiting = []
            waiting.append(mention)
        yield _window(passage, waiting)


def _window(passage: Passage, mentions: list[Mention]) -> Window:
    start = passage.index_of(min(mention.start for mention in mentions))
    end = passage.index_of(max(mention.end for mention in mentions) - 1) + 1
    terms = sorted((_term(passage, mention, start) for mention in mentions), key=lambda t: (t.start, -t.end, t.concept))
    return Window(passage, start, passage.text[start:end], tuple(terms))


def _term(passage: Passage, mention: Mention, offset: int) -> Term:
    first = passage.index_of(mention.term_start) - offset
    return Term(first, passage.index_of(mention.term_end - 1) + 1 - offset, mention.concept, mention)


def _place(mention: Mention) -> tuple[int, str, int, int, int, str]:
    return (
        mention.page_number, mention.passage_id, mention.start, mention.term_start, mention.term_end, mention.concept,
    )  # fmt: skip
