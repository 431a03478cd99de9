"""Rows of what people decided: a verdict on a cell or on one quote, and the verdicts whose ground has moved."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.schemas.words import LEVELS, check_choice

VERDICTS = ("accept", "reject")


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of ``decisions.csv``: a verdict on a cell or, where ``evidence`` is the id of a mention, on one quote.

    ``expects`` is what the machine said when it was decided: the status of the cell, or the level of the quote.
    ``line`` is the line of the file, from 1.
    """

    country: str
    concept: str
    verdict: str
    reason: str
    reviewer: str
    date: str
    expects: str
    evidence: str
    line: int

    def __post_init__(self) -> None:
        check_choice(self, "verdict", VERDICTS)
        check_choice(self, "expects", LEVELS)

    def __str__(self) -> str:
        """Say it as the tables do: "rejected by AB on 2024-05-01: the page lists other countries' plans"."""
        what = f"quote {self.evidence} " if self.evidence else ""
        return f"{what}{self.verdict}ed by {self.reviewer} on {self.date}: {self.reason}"


@dataclass(frozen=True, slots=True)
class DecisionReview:
    """A decision whose ground has moved: one line of ``decisions_review.csv``.

    ``found`` is what the machine says now: a status, a level, or "gone" where the quote is no longer there; ``why``
    says it in a sentence.
    """

    country: str
    concept: str
    evidence: str
    verdict: str
    expects: str
    found: str
    reviewer: str
    date: str
    reason: str
    why: str
