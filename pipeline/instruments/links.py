"""What the wiring hands over: stretches of text with what they name, and which of it is tied to an instrument."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.schemas import Mention


@dataclass(frozen=True, slots=True)
class Link:
    """An instrument and a concept (a technology, a sector or a stage) that are tied in a stretch of text.

    ``start`` and ``end`` are the offsets in ``Page.text`` of ``quote``, which holds both terms. ``breaks`` is the
    number of commas, colons and brackets between them, ``listed`` that of members of the larger enumeration that they
    are in, ``distance`` that of characters.
    """

    instrument: Mention
    concept: Mention
    start: int
    end: int
    quote: str
    breaks: int = 0
    listed: int = 1
    distance: int = 0

    @property
    def is_targeted(self) -> bool:
        """Say whether the passage commits to both."""
        return self.instrument.level == self.concept.level == "targeted"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence, list item or passage that names at least one concept: ``names`` are the ids of all that it names."""

    document_id: str
    passage_id: str
    names: frozenset[str]
    links: tuple[Link, ...] = ()
