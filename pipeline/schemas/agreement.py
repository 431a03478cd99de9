"""Rows of a comparison with another table: one that others published, or an earlier release of this project."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.schemas.words import check_choice

OUTCOMES = ("confirmed", "mentioned_only", "not_found", "not_read", "new", "other_column")
UNIVERSES = ("register", "table")
SCOPES = ("all", "column", "country", "country_column")
FAULT_KINDS = (
    "listed_twice",
    "listed_under_two_labels",
    "part_of_another_entry",
    "classed_apart",
    "left_blank",
    "unlike_its_text",
    "not_decidable",
)


@dataclass(frozen=True, slots=True)
class PublishedEntry:
    """One entry of a published table: a label in the row of a country, in a column.

    ``concepts`` are those that the label may stand for; the entry is met by any of them. ``line`` is that of the file.
    """

    country: str
    column: str
    label: str
    concepts: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class ComparedEntry:
    """One entry of either table, held against the other: one line of ``compare_<name>.csv``.

    ``concepts`` are all that the entry may stand for, ``found`` those of them that are targeted here. The quote is the
    best of the cell named; ``year`` is that of its document. Without a quote page and offsets are None.
    """

    country: str
    column: str
    label: str
    concepts: str
    outcome: str
    found: str
    explanation: str
    cell_id: str
    salience: float | None
    document_id: str
    year: int | None
    page_number: int | None
    page_label: str
    start: int | None
    end: int | None
    quote: str

    def __post_init__(self) -> None:
        check_choice(self, "outcome", OUTCOMES)


@dataclass(frozen=True, slots=True)
class AgreementSummary:
    """How far the two tables agree in one scope: one line of ``compare_<name>_summary.csv``.

    ``both``, ``only_here``, ``only_there`` and ``neither`` count the items of the universe; items of countries that
    were not read are ``left_out``. Precision is the share of what is targeted here that the other table lists, recall
    the share of what it lists that is targeted here, kappa the agreement beyond chance (Cohen 1960). A figure that
    would divide by nothing is None.
    """

    universe: str
    scope: str
    country: str
    column: str
    both: int
    only_here: int
    only_there: int
    neither: int
    left_out: int
    precision: float | None
    recall: float | None
    kappa: float | None

    def __post_init__(self) -> None:
        check_choice(self, "universe", UNIVERSES)
        check_choice(self, "scope", SCOPES)


@dataclass(frozen=True, slots=True)
class TableFault:
    """Where a published table is at odds with itself or its text: one line of ``compare_<name>_faults.csv``.

    ``claim_id`` names the claim that shows it, and is empty for what the table shows by itself.
    """

    kind: str
    country: str
    columns: str
    labels: str
    concepts: str
    claim_id: str
    explanation: str

    def __post_init__(self) -> None:
        check_choice(self, "kind", FAULT_KINDS)
