"""Whether the two sides of a gap are columns, or belong to the same lines."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from pipeline.pages.shapes import Grid, Item, Panel, Piece, around

_FEW_LINES = 6
"""Fewer lines than this are columns only if the file writes them as columns."""
_PROSE = 18
"""Characters that a line of running text has at least."""
_RAISED = 0.85
"""A mark smaller than this share of a line's height may be raised from it."""


def reads_across(left: Sequence[Item], right: Sequence[Item], size: float) -> bool:
    """Tell whether the two sides of a gap belong to the same lines: labels, numbers, wide spaces, rows of a list."""
    if any(isinstance(item, Panel | Grid) for item in (*left, *right)):
        return False
    first = [item for item in left if isinstance(item, Piece)]
    second = [item for item in right if isinstance(item, Piece)]
    lines = min(_count_lines(first), _count_lines(second))
    if lines < 2:
        return True
    if _alternates(first, second):
        if lines < _FEW_LINES:
            return True
        if not (_is_prose(first) and _is_prose(second)) and (_is_beside(first, second) or _is_beside(second, first)):
            return True
    return _are_labels(first, second, size) or _are_labels(second, first, size)


def _count_lines(pieces: list[Piece]) -> int:
    """Count the lines that pieces make, those beside each other once."""
    lines, bottom = 0, -1.0
    for piece in sorted(pieces, key=lambda piece: piece.bottom):
        if piece.bottom > bottom + 0.5 * piece.height:
            lines += 1
            bottom = piece.bottom
    return lines


def _alternates(first: list[Piece], second: list[Piece]) -> bool:
    """Tell whether the file writes the two sides line by line, and not one side after the other."""
    sides = sorted([(piece.order, 0) for piece in first] + [(piece.order, 1) for piece in second])
    changes = sum(a[1] != b[1] for a, b in pairwise(sides))
    return changes > min(len(first), len(second))


def _is_prose(pieces: list[Piece]) -> bool:
    """Tell whether most of ``pieces`` fill their column, as lines of running text do and short cells do not."""
    reach = around(pieces).width
    full = sum(piece.width > 0.7 * reach and len(piece.text) >= _PROSE for piece in pieces)
    return full > 0.7 * len(pieces)


def _are_labels(labels: list[Piece], texts: list[Piece], size: float) -> bool:
    """Tell whether ``labels`` are narrow, sparse or figures, and each stands on a line of ``texts``."""
    frame = around(labels)
    narrow = frame.width < 5 * size or sum(piece.height for piece in labels) < 0.45 * frame.height
    return (narrow or _are_figures(labels)) and _is_beside(labels, texts)


def _are_figures(pieces: list[Piece]) -> bool:
    text = "".join(piece.text for piece in pieces)
    return 2 * sum(character.isdigit() for character in text) > len(text.replace(" ", ""))


def _is_beside(pieces: list[Piece], others: list[Piece]) -> bool:
    """Tell whether (nearly) all of ``pieces`` stand on lines of ``others``, or are raised from them as note marks."""
    lines = sorted(others, key=lambda piece: piece.bottom)
    bottoms = [line.bottom for line in lines]
    aligned = 0
    for piece in pieces:
        slack = 0.3 * piece.height
        place = bisect_left(bottoms, piece.bottom - slack)
        if place < len(lines):
            level = bottoms[place] <= piece.bottom + slack
            raised = piece.height < _RAISED * lines[place].height and piece.bottom > lines[place].top + slack
            aligned += level or raised
    return aligned > 0.8 * len(pieces)
