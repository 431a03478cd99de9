"""Rows of changes: what cells rest on, kept beside them, and what changed between two states of the tables."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.schemas.words import check_choice

# What happened to a cell, in the order in which reports have them. "moved" keeps its status and rests on other
# documents, on other levels of them, or on a notably different salience.
CHANGES = ("appeared", "went", "rose", "fell", "decided", "moved", "read", "unread", "listed", "delisted")
CAUSES = (
    "human decision",
    "source corrected",
    "new document",
    "removed document",
    "document superseded",
    "register changed",
    "new file",
    "document read",
    "document not read",
    "document re-read",
    "rule changed",
    "cue changed",
    "parameter changed",
    "program changed",
    "library changed",
    "no cause",
)
# What became of the quote that a row names: found now, no longer found, targeted now, only mentioned now; of a term's
# mentions that do not target, of which no place is kept, that there are more or fewer; or nothing.
QUOTE_EFFECTS = ("gained", "lost", "raised", "lowered", "more", "fewer", "unchanged")


@dataclass(frozen=True, slots=True)
class Ground:
    """What one rule finds of its concept in one document: one line of ``grounds.csv``.

    ``rule_id`` is "language/concept/phrase". ``n_contents`` counts mentions in tables of contents. The place is that
    of the quote of the first mention that targets the concept, or else of the first; ``start`` and ``end`` are offsets
    into ``Page.text``.
    """

    document_id: str
    rule_id: str
    n_targeted: int
    n_mentioned: int
    n_contents: int
    page_number: int
    start: int
    end: int
    targeted_on: str

    @property
    def pages(self) -> dict[int, int]:
        """Return how often the concept is targeted on each page."""
        counted = [part.partition("x") for part in self.targeted_on.split()]
        return {int(page): int(times or 1) for page, _, times in counted}

    @property
    def concept(self) -> str:
        """Return the id of the concept, which stands in the rule's id."""
        return self.rule_id.split("/", 2)[1]


@dataclass(frozen=True, slots=True)
class Part:
    """What the salience of one concept in one document is made of, as counts: one line of ``salience_parts.csv``.

    ``in_title`` is 1 or 0; the others count passages.
    """

    document_id: str
    concept: str
    in_title: int
    contents: int
    headings: int
    priorities: int
    lists: int
    openings: int
    passages: int
    targeted: int


@dataclass(frozen=True, slots=True)
class Change:
    """One cause of one changed cell: one line of ``changes.csv``; ``rank`` 1 is the most certain cause of a cell.

    Status and salience are empty (None) where there was or is no such cell, the levels where the document does not
    mention the concept. ``through`` names another concept whose weight in the document changed, and with it the share
    of this one. ``quote_effect`` says what became of the quote at the place that follows; the place is empty (None)
    where no quote is concerned, the offsets where only the page is kept (the quote is not the term's first in the
    document). ``quote`` is empty, too, where git keeps no quotes of the corpus.
    """

    cell_id: str
    country: str
    concept: str
    label: str
    change: str
    status_before: str | None
    status_after: str | None
    salience_before: float | None
    salience_after: float | None
    rank: int
    cause: str
    explanation: str
    through: str | None
    document_id: str | None
    level_before: str | None
    level_after: str | None
    rule_id: str | None
    quote_effect: str
    page_number: int | None
    start: int | None
    end: int | None
    quote: str

    def __post_init__(self) -> None:
        check_choice(self, "change", CHANGES)
        check_choice(self, "cause", CAUSES)
        check_choice(self, "quote_effect", QUOTE_EFFECTS)
