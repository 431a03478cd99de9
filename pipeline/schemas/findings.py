"""Rows of what was found: mentions, and the lines of the tables that are made of them."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.schemas.words import (
    CELL_STATUSES,
    DOCUMENT_LEVELS,
    DOCUMENT_STATUSES,
    LEVELS,
    ZONES,
    check_choice,
    check_span,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept found in a passage.

    ``start`` and ``end`` delimit the quote (the sentence or list item around the words), ``term_start`` and
    ``term_end`` the words themselves, all as offsets of ``Page.text``. ``prefix`` and ``suffix`` are the text before
    and after the quote, as in a W3C TextQuoteSelector. ``cues`` names the cues that speak for ``level``, ``money`` the
    amounts in the sentence in plain form. A mention in the zone "contents" tells only that a concept is in the table of
    contents; it is no evidence.
    """

    id: str
    passage_id: str
    document_id: str
    page_number: int
    start: int
    end: int
    term_start: int
    term_end: int
    concept: str
    rule_id: str
    term: str
    quote: str
    prefix: str
    suffix: str
    kind: str
    level: str
    cues: tuple[str, ...]
    language: str
    money: tuple[str, ...] = ()
    zone: str = "body"

    def __post_init__(self) -> None:
        check_span(self, self.start, self.end)
        check_span(self, self.term_start, self.term_end)
        check_choice(self, "level", LEVELS)
        check_choice(self, "zone", ZONES)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read of one document, and what was not: one line of ``coverage.csv``."""

    document_id: str
    country: str
    year: int
    title: str
    language: str
    kind: str
    status: str
    reason: str
    superseded_by: str
    pages: int
    pages_read: int
    pages_empty: int
    pages_no_text: int
    pages_garbled: int
    pages_left_out: int
    passages: int
    passages_counted: int
    passages_unsupported: int
    languages: str
    mentions: int

    def __post_init__(self) -> None:
        check_choice(self, "status", DOCUMENT_STATUSES)


@dataclass(frozen=True, slots=True)
class DocumentConcept:
    """What one document says of one concept: one line of ``documents.csv``."""

    document_id: str
    concept: str
    level: str
    salience: float
    n_passages: int
    reasons: str

    def __post_init__(self) -> None:
        check_choice(self, "level", DOCUMENT_LEVELS)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one country's documents say of one concept: one line of ``cells.csv``.

    ``column`` lists the concept's columns joined by "|". Years are those of the documents with evidence; empty
    (None) where there is none. ``reasons`` says in words why the machine gave its status, ``machine``; ``decision``
    says who decided otherwise or confirmed it, when and why, and is empty where no person did. ``machine`` is empty
    only in cells that no machine made: those of a published table, or of a release before it was kept.
    """

    cell_id: str
    country: str
    concept: str
    label: str
    column: str
    status: str
    salience: float
    n_documents: int
    n_passages: int
    first_year: int | None
    last_year: int | None
    reasons: str
    machine: str = ""
    decision: str = ""

    def __post_init__(self) -> None:
        check_choice(self, "status", CELL_STATUSES)
        check_choice(self, "machine", ("", *CELL_STATUSES[:-1]))


@dataclass(frozen=True, slots=True)
class Evidence:
    """One quote that justifies one cell: one line of ``evidence.csv``, best evidence first (``rank`` 1).

    ``evidence_id`` is the id of the mention; ``decision`` says who decided on this row, and is empty where no one did.
    """

    cell_id: str
    rank: int
    document_id: str
    page_number: int
    page_label: str
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    kind: str
    level: str
    rule_id: str
    language: str
    term: str
    section: str
    cues: str
    money: str = ""
    evidence_id: str = ""
    decision: str = ""
