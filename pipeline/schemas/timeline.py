"""Rows of time: periods, when each country first named and targeted a concept, and what a new edition changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.schemas.words import CELL_STATUSES, DOCUMENT_LEVELS, LEVELS, check_choice, check_span

EDITION_CHANGES = ("new", "rose", "kept", "fell", "dropped", "not_read")
NO_LEVEL = "none"


@dataclass(frozen=True, slots=True)
class Period:
    """Years from ``first`` to ``last``, both of them in it."""

    label: str
    first: int
    last: int


def check_periods(periods: Sequence[Period]) -> None:
    """Raise a ValueError unless periods have labels of their own and share no year."""
    ordered = sorted(periods, key=lambda period: period.first)
    for before, after in pairwise(ordered):
        if after.first <= before.last:
            raise ValueError(
                f"the periods {before.label!r} and {after.label!r} share years; let each begin after the last"
            )
    labels = [period.label for period in periods]
    for period in periods:
        if labels.count(period.label) > 1 or period.label == "all" or period.first > period.last:
            raise ValueError(
                f"the period {period.label!r} ({period.first} to {period.last}) needs a label of its own and years "
                "in order"
            )


@dataclass(frozen=True, slots=True)
class PeriodCell:
    """What one country's documents of one period say of one concept: one line of ``periods.csv``.

    The columns are those of cells.csv, made from the documents of the period alone; ``documents`` are those that
    mention the concept, joined by ";".
    """

    country: str
    concept: str
    label: str
    period: str
    status: str
    salience: float
    n_documents: int
    n_passages: int
    documents: str

    def __post_init__(self) -> None:
        check_choice(self, "status", CELL_STATUSES)


@dataclass(frozen=True, slots=True)
class Appearance:
    """When one country first named and first targeted one concept: one line of ``timeline.csv``.

    ``status`` is that of the cell today. A document targets by itself when it is a strategy that has the concept as
    core or supported, whether or not another replaced it later. The quote is the best of the document of
    ``first_targeted``, or of ``first_mentioned`` where nothing targeted the concept; ``earlier_read`` and
    ``earlier_not_read`` count the country's documents of earlier years than that document: with none read, "first"
    says only where reading began.
    """

    country: str
    concept: str
    label: str
    status: str
    first_mentioned: int
    first_targeted: int | None
    last_targeted: int | None
    earlier_read: int
    earlier_not_read: int
    evidence_id: str
    document_id: str
    page_number: int
    page_label: str
    start: int
    end: int

    def __post_init__(self) -> None:
        check_choice(self, "status", CELL_STATUSES)
        check_span(self, self.start, self.end)


@dataclass(frozen=True, slots=True)
class EditionChange:
    """What a new edition made of one concept: one line of ``editions.csv``.

    ``line`` is the id of the line's first edition. Levels are those of documents.csv, "none" where the edition does not
    name the concept; ``status`` is that of the country's cell today. The quote is the best of the newer edition, of the
    older one where the concept was dropped. With the change "not_read" one of the two editions was not read: the row
    stands for the whole edition, and has no concept and no quote.
    """

    line: str
    country: str
    from_document: str
    from_year: int
    to_document: str
    to_year: int
    concept: str
    label: str
    change: str
    level_before: str
    level_after: str
    salience_before: float | None
    salience_after: float | None
    status: str
    evidence_id: str
    document_id: str
    page_number: int | None
    page_label: str
    start: int | None
    end: int | None

    def __post_init__(self) -> None:
        check_choice(self, "change", EDITION_CHANGES)
        for name in ("level_before", "level_after"):
            check_choice(self, name, ("", NO_LEVEL, *DOCUMENT_LEVELS))


@dataclass(frozen=True, slots=True)
class TimelineEvidence:
    """One quote to which timeline.csv and editions.csv lead by ``evidence_id``: a line of ``timeline_evidence.csv``."""

    evidence_id: str
    country: str
    concept: str
    document_id: str
    page_number: int
    page_label: str
    start: int
    end: int
    quote: str
    term: str
    level: str
    language: str

    def __post_init__(self) -> None:
        check_span(self, self.start, self.end)
        check_choice(self, "level", LEVELS)
