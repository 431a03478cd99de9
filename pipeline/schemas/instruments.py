"""Rows of how strategies act: which policy instruments and stages of readiness they use, by country and by concept."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.schemas.ties import WINDOWS
from pipeline.schemas.words import CELL_STATUSES, CONCEPT_KINDS, LEVELS, check_choice, check_span

INSTRUMENT_KINDS = ("instrument", "readiness")


@dataclass(frozen=True, slots=True)
class InstrumentUse:
    """What one country's documents, or all countries', say of one instrument: one line of ``instruments.csv``.

    ``scope`` is a country or "all"; ``n_countries`` and ``n_targeting`` count the countries that name it and that
    target it. ``n_committing`` counts the passages of strategies in force that commit to it, ``share`` is their share
    of all committing passages of those strategies, ``rank`` its place by share among instruments (or stages) in the
    scope, ``emphasis`` the share over the mean of the countries (of "all": None). ``share`` and ``emphasis`` are None
    where no strategy in force was read, ``rank`` where none commits to it. ``reasons`` says in words why the status is
    what it is.
    """

    use_id: str
    scope: str
    instrument: str
    label: str
    kind: str
    family: str
    status: str
    n_countries: int
    n_targeting: int
    n_documents: int
    n_passages: int
    n_committing: int
    share: float | None
    rank: int | None
    emphasis: float | None
    first_year: int | None
    last_year: int | None
    reasons: str

    def __post_init__(self) -> None:
        check_choice(self, "kind", INSTRUMENT_KINDS)
        check_choice(self, "status", CELL_STATUSES)


@dataclass(frozen=True, slots=True)
class InstrumentTie:
    """An instrument (or stage) tied to a technology, sector (or stage): one line of ``instruments_by_concept.csv``.

    The columns are those of ``Tie``; ``n_targeting`` counts the countries in which a strategy in force commits to both
    in the same window, ``association`` is None below the minimum support.
    """

    tie_id: str
    scope: str
    window: str
    instrument: str
    instrument_kind: str
    concept: str
    concept_kind: str
    n_passages: int
    n_documents: int
    n_countries: int
    n_targeting: int
    association: float | None
    level: str
    first_year: int

    def __post_init__(self) -> None:
        check_choice(self, "window", WINDOWS)
        check_choice(self, "instrument_kind", INSTRUMENT_KINDS)
        check_choice(self, "concept_kind", CONCEPT_KINDS)
        check_choice(self, "level", LEVELS)


@dataclass(frozen=True, slots=True)
class InstrumentEvidence:
    """One quote that shows one line of either table: one line of ``instruments_evidence.csv``.

    ``row_id`` is the first column of that line: a ``use_id`` of instruments.csv, a ``tie_id`` of
    instruments_by_concept.csv.
    ``rank`` 1 is the best. ``start`` and ``end`` delimit the quote in ``Page.text``. ``term`` are the words of the
    instrument; ``concept_term`` and ``concept_level`` are those of what it is tied to, empty where the line is of
    ``instruments.csv``, which ties it to nothing.
    """

    row_id: str
    rank: int
    country: str
    document_id: str
    page_number: int
    page_label: str
    start: int
    end: int
    quote: str
    term: str
    level: str
    concept_term: str
    concept_level: str
    cues: str
    money: str
    rule_id: str
    language: str

    def __post_init__(self) -> None:
        check_span(self, self.start, self.end)
        check_choice(self, "level", LEVELS)
