"""Reading order from geometry: a page is cut at gaps that no text crosses, again and again.

The method is an XY-cut that looks for columns first: of the vertical gaps that run past several lines it takes the
one with most text on both sides, extends it up and down until something crosses it, and reads what stands above it,
then each side, then what stands below. Drawn boxes and tables are single things while their surroundings are ordered.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.pages.gutters import Strip, cut_strips, widest_gutter
from pipeline.pages.shapes import Grid, Item, Panel, Piece, Rule, middle

_DEEP = 40
"""Cuts nested deeper than this are not looked for."""
_SPREAD = 1.2
"""A page this many times as wide as high may show two pages side by side."""
_FOLD = 2.0
"""Text may reach this many points past the fold of a spread."""

Flow = list[Piece]
"""Pieces that are read line by line."""


def reading_order(items: Sequence[Item], width: float, height: float) -> list[Flow | Grid]:
    """Return the flows and tables of a page in the order in which they are read."""
    size = middle([piece.size for piece in _pieces(items)]) or 10.0
    halves = _spread(items, width, height)
    ordered: list[Flow | Grid] = []
    for half in halves:
        ordered.extend(_order(half, size, 0))
    return ordered


def _pieces(items: Sequence[Item]) -> list[Piece]:
    found: list[Piece] = []
    for item in items:
        if isinstance(item, Piece):
            found.append(item)
        elif isinstance(item, Panel):
            found.extend(_pieces(item.items))
    return found


def _flat(items: Sequence[Item]) -> list[Flow | Grid]:
    """Return everything in ``items`` without looking for its order: nothing on a page is lost, however it is nested."""
    grids = [item for item in items if isinstance(item, Grid)]
    inner = [part for item in items if isinstance(item, Panel) for part in _flat(item.items)]
    pieces = [item for item in items if isinstance(item, Piece)]
    return [*([pieces] if pieces else []), *grids, *inner]


def _spread(items: Sequence[Item], width: float, height: float) -> list[list[Item]]:
    """Cut a spread of two pages at its middle; any other page is returned whole."""
    if width < _SPREAD * height:
        return [list(items)]
    middle_x = width / 2
    left: list[Item] = []
    right: list[Item] = []
    for item in items:
        if item.x1 <= middle_x + _FOLD:
            left.append(item)
        elif item.x0 >= middle_x - _FOLD:
            right.append(item)
        elif not isinstance(item, Rule):
            return [list(items)]
    return [left, right] if left and right else [list(items)]


def _order(items: list[Item], size: float, depth: int) -> list[Flow | Grid]:
    strips = cut_strips(items)
    gutter = widest_gutter(strips, size) if depth < _DEEP else None
    if gutter is None:
        return _in_sequence(strips, size, depth)
    above = [item for strip in strips[: gutter.first] for item in strip.items]
    inside = [item for strip in strips[gutter.first : gutter.end] for item in strip.items]
    below = [item for strip in strips[gutter.end :] for item in strip.items]
    cut = (gutter.x0 + gutter.x1) / 2
    left = [item for item in inside if item.x1 <= cut]
    right = [item for item in inside if item.x1 > cut]
    ordered: list[Flow | Grid] = []
    for part in (above, left, right, below):
        if part:
            ordered.extend(_order(part, size, depth + 1))
    return ordered


def _in_sequence(strips: list[Strip], size: float, depth: int) -> list[Flow | Grid]:
    """Read strips from top to bottom: text gathers in one flow until a panel, a table or a rule stands between."""
    ordered: list[Flow | Grid] = []
    flow: Flow = []
    for strip in strips:
        for item in sorted(strip.items, key=lambda item: (item.top, item.x0)):
            if isinstance(item, Piece):
                flow.append(item)
                continue
            if flow:
                ordered.append(flow)
                flow = []
            if isinstance(item, Grid):
                ordered.append(item)
            elif isinstance(item, Panel):
                ordered.extend(_order(item.items, size, depth + 1) if depth < _DEEP else _flat(item.items))
    if flow:
        ordered.append(flow)
    return ordered
