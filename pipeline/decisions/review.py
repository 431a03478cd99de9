"""Decisions whose ground has moved: the machine says something else now than when they were made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.schemas import Decision, DecisionReview

GONE = "gone"


def review_decisions(
    decisions: Sequence[Decision], machine: Mapping[tuple[str, str], str], levels: Mapping[str, str]
) -> list[DecisionReview]:
    """Return the decisions to look at again, in the order of the file.

    ``machine`` leads from country and concept to the cell's status without decisions, ``levels`` from the ids of
    quotes to their level.
    """
    found = [(row, _found(row, machine, levels)) for row in decisions]
    return [
        DecisionReview(
            country=row.country,
            concept=row.concept,
            evidence=row.evidence,
            verdict=row.verdict,
            expects=row.expects,
            found=now,
            reviewer=row.reviewer,
            date=row.date,
            reason=row.reason,
            why=_why(row, now),
        )
        for row, now in found
        if now != row.expects
    ]


def _found(row: Decision, machine: Mapping[tuple[str, str], str], levels: Mapping[str, str]) -> str:
    return levels.get(row.evidence, GONE) if row.evidence else machine[row.country, row.concept]


def _why(row: Decision, now: str) -> str:
    if now == GONE:
        return "the quote is no longer found: its document, its page's text or the rules changed, so nothing is decided"
    what = "quote" if row.evidence else "cell"
    return (
        f"when this was decided the machine said that the {what} is {row.expects.replace('_', ' ')}, now it says "
        f"{now.replace('_', ' ')}; decide again and set expects to {now}, or remove the line"
    )
