"""Lays decisions over what the machine found: quotes before they are counted, cells after.

A rejected quote leaves before anything is counted, an accepted one counts as targeted. A rejected cell is "rejected"
wherever the machine finds it; an accepted one is targeted whatever the machine says, if it has a quote at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.schemas import LEVELS, Cell, Decision, Evidence, Mention


def decide_mentions(mentions: Iterable[Mention], decisions: Sequence[Decision]) -> Iterator[Mention]:
    """Yield mentions without the rejected ones, the accepted ones as targeted; the order stays."""
    verdicts = {row.evidence: row.verdict for row in decisions if row.evidence}
    for mention in mentions:
        verdict = verdicts.get(mention.id)
        if verdict != "reject":
            yield replace(mention, level="targeted") if verdict == "accept" else mention


def mark_evidence(evidence: Iterable[Evidence], decisions: Sequence[Decision]) -> list[Evidence]:
    """Return rows of evidence with who decided on them, where someone did."""
    words = {row.evidence: str(row) for row in decisions if row.evidence}
    return [replace(row, decision=words.get(row.evidence_id, "")) for row in evidence]


def decide_cells(
    path: Path,
    cells: Sequence[Cell],
    machine: Mapping[str, str],
    decisions: Sequence[Decision],
    *,
    accepting: Collection[str] | None = None,
) -> list[Cell]:
    """Return cells as they were decided, with what the machine said and what people did.

    ``cells`` were counted with the decisions on quotes, ``machine`` holds each cell's status without any. Acceptances
    of cells hold in the countries ``accepting`` (all where it is None): where only some documents of a country are
    looked at, what a person accepted may rest on the others. Accepting a cell without a quote is a ValueError with
    file and line, but in such a selection.
    """
    whole = {(row.country, row.concept): row for row in decisions if not row.evidence}
    quotes: dict[tuple[str, str], list[Decision]] = {}
    for row in decisions:
        if row.evidence:
            quotes.setdefault((row.country, row.concept), []).append(row)
    decided: list[Cell] = []
    faults: list[str] = []
    for cell in cells:
        key = (cell.country, cell.concept)
        own = whole.get(key)
        if own and own.verdict == "accept" and accepting is not None and cell.country not in accepting:
            own = None
        if own and own.verdict == "accept" and cell.status not in LEVELS:
            faults.append(
                f"{path}:{own.line}: {cell.country} {cell.concept} is accepted and has no quote "
                f"({cell.status.replace('_', ' ')}); no cell without a quote: add the document that says so or its "
                "words to models/concepts, or remove the line"
            )
        words = "; ".join(str(row) for row in (*([own] if own else []), *quotes.get(key, ())))
        decided.append(replace(cell, status=_status(cell, own), machine=machine[cell.cell_id], decision=words))
    if faults:
        raise ValueError("\n".join(faults))
    return decided


def _status(cell: Cell, decision: Decision | None) -> str:
    if decision is None or cell.status not in LEVELS:
        return cell.status
    return "targeted" if decision.verdict == "accept" else "rejected"
