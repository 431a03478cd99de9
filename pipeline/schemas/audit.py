"""Rows of the audit: what was found wrong with a table, said so that it can be looked up."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.schemas.words import check_choice

SEVERITIES = ("fault", "noted")


@dataclass(frozen=True, slots=True)
class AuditFault:
    """One fault of one row of a table: one line of ``audit.csv``, which names places and holds no quotes.

    ``severity`` is "noted" for what is listed and does not fail the audit by itself. ``row`` is the row's key in words.
    The place is None (or empty) where the fault is about no place in a document.
    """

    check: str
    severity: str
    table: str
    row: str
    document_id: str
    page_number: int | None
    start: int | None
    end: int | None
    sentence: str

    def __post_init__(self) -> None:
        check_choice(self, "severity", SEVERITIES)
