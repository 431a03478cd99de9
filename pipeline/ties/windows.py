"""Windows: the stretches of text in which two concepts that are named count as named together.

A window is a sentence, a list item or row of a table (and elsewhere a sentence), or a whole passage. Mentions quote
the sentence they stand in, of a long one the part around their words: quotes that overlap are of one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.schemas import WINDOWS, Mention, Passage

_ITEMS = ("list_item", "table_row")


@dataclass(frozen=True, slots=True)
class Found:
    """A mention and where its words stand in ``Passage.text``: ``start:end``."""

    mention: Mention
    start: int
    end: int

    @property
    def concept(self) -> str:
        """The id of the concept."""
        return self.mention.concept

    def overlaps(self, other: Found) -> bool:
        """Say whether the two share characters."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Window:
    """The mentions of one stretch of text in order of place; ``passage`` is None where a single concept is in it.

    ``whole`` says that everything in the window counts as near; else a quote has to hold both terms.
    """

    document_id: str
    passage_id: str
    language: str
    passage: Passage | None
    found: tuple[Found, ...]
    whole: bool

    @property
    def concepts(self) -> frozenset[str]:
        """The concepts in the window."""
        return frozenset(found.concept for found in self.found)


def read_windows(mentions: Iterable[Mention], passages: Mapping[str, Passage], window: str) -> Iterator[Window]:
    """Yield the windows of one document that name at least one concept, in order of place.

    ``passages`` leads from an id to the passage; it must hold those that name two concepts. ``window`` is one of
    ``WINDOWS``. Only mentions of the zone "body" count.
    """
    if window not in WINDOWS:
        raise ValueError(f"window is {window!r}; expected one of {', '.join(WINDOWS)}")
    body = sorted((mention for mention in mentions if mention.zone == "body"), key=_place)
    for passage_id, group in groupby(body, key=lambda mention: mention.passage_id):
        own = list(group)
        whole = window == "passage" or (window == "item" and own[0].kind in _ITEMS)
        passage = passages[passage_id] if len({mention.concept for mention in own}) > 1 else None
        for part in [own] if whole else _sentences(own):
            found = tuple(sorted((_find(mention, passage) for mention in part), key=_order))
            yield Window(own[0].document_id, passage_id, own[0].language, passage, found, whole)


def holder(first: Found, second: Found) -> Mention | None:
    """Return the mention whose quote holds the words of both, the first's where both do; None where neither does."""
    for one, other in ((first.mention, second.mention), (second.mention, first.mention)):
        if one.start <= other.term_start and other.term_end <= one.end:
            return one
    return None


def _sentences(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Part the mentions of a passage (in order of their quotes) where a quote begins after all before it have ended."""
    parts: list[list[Mention]] = []
    end = -1
    for mention in mentions:
        if mention.start >= end:
            parts.append([])
        parts[-1].append(mention)
        end = max(end, mention.end)
    return parts


def _find(mention: Mention, passage: Passage | None) -> Found:
    if passage is None:
        return Found(mention, mention.term_start, mention.term_end)
    start = passage.index_of(mention.term_start)
    return Found(mention, start, passage.index_of(mention.term_end - 1) + 1)


def _place(mention: Mention) -> tuple[int, int, str, int, int, int, str]:
    page, passage = mention.page_number, mention.passage_id
    return page, 0, passage, mention.start, mention.term_start, mention.term_end, mention.concept


def _order(found: Found) -> tuple[int, int, str]:
    return found.start, -found.end, found.concept
