"""Which lines of a page stand alone, and which have other text beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.schemas import Line

_OVERLAP = 0.3
"""Two lines stand side by side when they share this part of the lower one's height."""


def mark_beside(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines with ``alone`` false where another line stands beside, in another column, box or cell.

    One sweep from the top: only the lines that reach below the top of the next are compared.
    """
    order = sorted(range(len(lines)), key=lambda index: lines[index].top)
    beside: set[int] = set()
    reaching: list[int] = []
    for index in order:
        line = lines[index]
        reaching = [other for other in reaching if lines[other].bottom > line.top]
        for other in reaching:
            if _side_by_side(line, lines[other]):
                beside |= {index, other}
        reaching.append(index)
    return tuple(replace(line, alone=False) if index in beside else line for index, line in enumerate(lines))


def _side_by_side(one: Line, other: Line) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    lower = min(one.bottom - one.top, other.bottom - other.top)
    apart = one.x1 <= other.x0 or other.x1 <= one.x0
    return apart and shared > _OVERLAP * lower
