"""What people decided, as a cause of changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.changes.causes import Cause
from pipeline.changes.states import Comparison


def cell_decisions(comparison: Comparison, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Cause]:
    """Yield what a person decided on the cell, if that differs and the cell shows it."""
    cell = new or old
    before, after = (
        [row for row in state.basis.get("decisions", ()) if _decides(row, cell)]
        for state in (comparison.old, comparison.new)
    )
    added = [row for row in after if row not in before]
    if not (_overruled(old) or _overruled(new) or any(row.get("evidence") for row in before + added)):
        return
    yield from (Cause("human decision", _said(row)) for row in added)
    if before and not after:
        yield Cause("human decision", f"taken back: {_said(before[-1])}")


def quote_decisions(comparison: Comparison, country: str) -> Iterator[Cause]:
    """Yield what a person decided on quotes of a country's other cells: that gives its concepts new shares."""
    before, after = (state.basis.get("decisions", ()) for state in (comparison.old, comparison.new))
    for rows, others, taken_back in ((after, before, ""), (before, after, "taken back: ")):
        for row in rows:
            if row not in others and row.get("evidence") and row.get("country") == country:
                yield Cause("human decision", taken_back + _said(row), certainty=1, through=row.get("concept"))


def _overruled(cell: Mapping[str, str]) -> bool:
    """Say whether a cell has a decision, as tables have it that show decisions."""
    return bool(cell.get("decision")) or cell.get("status") == "rejected"


def _decides(row: Mapping[str, str], cell: Mapping[str, str]) -> bool:
    return (row.get("country"), row.get("concept")) == (cell["country"], cell["concept"])


def _said(row: Mapping[str, str]) -> str:
    by = f"{row.get('verdict', '')}ed by {row.get('reviewer', '')} on {row.get('date', '')}"
    return f"{by}: {row.get('reason', '')}"
