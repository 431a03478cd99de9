"""Reading order from geometry: a page is cut at gaps that no text crosses, again and again.

The method is an XY-cut that looks for columns first: of the vertical gaps that run past several lines it takes the
one with most text on both sides, extends it up and down until something crosses it, and reads what stands above it,
then each side, then what stands below. Drawn boxes and tables are single things while their surroundings are ordered.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.pages.shapes import Grid, Item, Panel, Piece, Rule, around, merged, middle

_DEEP = 40
_NARROWEST = 4.0
"""No gap narrower than this many points parts columns."""
_TIGHT = 0.2
"""Share of a line's height taken off above and below, since the cells of closely set lines overlap."""
_APART = 6.0
"""A band without text across all columns, higher than this many font sizes, parts what is above from what is below."""
_FEW_LINES = 6
"""Fewer lines than this are columns only if the file writes them as columns."""

Flow = list[Piece]
"""Pieces that are read line by line."""


@dataclass(slots=True)
class _Strip:
    """Items that stand beside each other: no horizontal cut can part them."""

    items: list[Item]
    top: float
    bottom: float
    taken: list[tuple[float, float]]


@dataclass(slots=True)
class _Gutter:
    """A vertical gap ``x0`` to ``x1`` that nothing crosses in the strips ``first`` up to, not including, ``end``."""

    x0: float
    x1: float
    first: int
    end: int
    weight: float


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


def _spread(items: Sequence[Item], width: float, height: float) -> list[list[Item]]:
    """Cut a spread of two pages at its middle; any other page is returned whole."""
    if width < 1.2 * height:
        return [list(items)]
    middle_x = width / 2
    left = [item for item in items if item.x1 <= middle_x + 2]
    right = [item for item in items if item.x0 >= middle_x - 2]
    crossing = [item for item in items if item.x0 < middle_x - 2 and item.x1 > middle_x + 2]
    if any(not isinstance(item, Rule) for item in crossing) or not left or not right:
        return [list(items)]
    return [left, right]


def _order(items: list[Item], size: float, depth: int) -> list[Flow | Grid]:
    strips = _strips(items)
    gutter = _widest(strips, size) if depth < _DEEP else None
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


def _in_sequence(strips: list[_Strip], size: float, depth: int) -> list[Flow | Grid]:
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
            elif isinstance(item, Panel) and depth < _DEEP:
                ordered.extend(_order(item.items, size, depth + 1))
    if flow:
        ordered.append(flow)
    return ordered


def _strips(items: list[Item]) -> list[_Strip]:
    """Cut items at every horizontal gap."""
    strips: list[_Strip] = []
    spans = sorted(((*_span(item), index) for index, item in enumerate(items)))
    for top, bottom, index in spans:
        if strips and top < strips[-1].bottom:
            strips[-1].items.append(items[index])
            strips[-1].bottom = max(strips[-1].bottom, bottom)
        else:
            strips.append(_Strip([items[index]], top, bottom, []))
    for strip in strips:
        strip.taken = merged((item.x0, item.x1) for item in strip.items)
    return strips


def _span(item: Item) -> tuple[float, float]:
    margin = _TIGHT * item.height if isinstance(item, Piece) else 0.0
    return item.top + margin, item.bottom - margin


def _widest(strips: list[_Strip], size: float) -> _Gutter | None:
    """Return the gutter with most text on both sides, None where there is none."""
    best: _Gutter | None = None
    seen: set[tuple[int, int, int]] = set()
    for index, strip in enumerate(strips):
        for (_, x0), (x1, _) in zip(strip.taken, strip.taken[1:], strict=False):
            gutter = _extended(strips, index, x0, x1, size)
            if gutter is None:
                continue
            key = (gutter.first, gutter.end, round(gutter.x0))
            if key in seen:
                continue
            seen.add(key)
            gutter = _weighed(strips, gutter, size)
            if gutter and (best is None or gutter.weight > best.weight):
                best = gutter
    return best


def _extended(strips: list[_Strip], index: int, x0: float, x1: float, size: float) -> _Gutter | None:
    """Follow a gap down and up from one strip until something crosses it."""
    least, apart = max(_NARROWEST, 0.5 * size), _APART * size
    if x1 - x0 < least:
        return None
    end = index + 1
    while end < len(strips) and strips[end].top - strips[end - 1].bottom < apart and (gap := _gap(strips[end].taken, x0, x1)) and gap[1] - gap[0] >= least:
        x0, x1 = gap
        end += 1
    first = index
    while first > 0 and strips[first].top - strips[first - 1].bottom < apart and (gap := _gap(strips[first - 1].taken, x0, x1)) and gap[1] - gap[0] >= least:
        x0, x1 = gap
        first -= 1
    return _Gutter(x0, x1, first, end, 0.0)


def _gap(taken: list[tuple[float, float]], x0: float, x1: float) -> tuple[float, float] | None:
    """Return the widest part of ``x0`` to ``x1`` that ``taken`` leaves free."""
    start = max(bisect_left(taken, (x0, x0)) - 1, 0)
    best: tuple[float, float] | None = None
    low = x0
    for left, right in taken[start:]:
        if right <= low:
            continue
        if left >= x1:
            break
        if left > low and (best is None or left - low > best[1] - best[0]):
            best = (low, left)
        low = max(low, right)
    if low < x1 and (best is None or x1 - low > best[1] - best[0]):
        best = (low, x1)
    return best


def _weighed(strips: list[_Strip], gutter: _Gutter, size: float) -> _Gutter | None:
    """Trim a gutter to the strips it is needed for; None where it parts no columns."""
    gutter = _trimmed(strips, gutter, size)
    cut = (gutter.x0 + gutter.x1) / 2
    inside = [item for strip in strips[gutter.first : gutter.end] for item in strip.items]
    left = [item for item in inside if item.x1 <= cut and not isinstance(item, Rule)]
    right = [item for item in inside if item.x1 > cut and not isinstance(item, Rule)]
    if not left or not right or _reads_across(left, right, size):
        return None
    gutter.weight = min(_ink(left), _ink(right)) * (1 + 0.01 * (gutter.x1 - gutter.x0))
    return gutter


def _ink(items: list[Item]) -> float:
    return sum(item.width * item.height for item in items)


def _trimmed(strips: list[_Strip], gutter: _Gutter, size: float) -> _Gutter:
    """Leave out strips at the ends that stand on one side only and apart from the columns."""
    cut = (gutter.x0 + gutter.x1) / 2

    def sides(strip: _Strip) -> int:
        texts = [item for item in strip.items if not isinstance(item, Rule)]
        return any(item.x1 <= cut for item in texts) + 2 * any(item.x1 > cut for item in texts)

    first, end = gutter.first, gutter.end
    both = [index for index in range(first, end) if sides(strips[index]) == 3]
    if not both:
        return gutter
    for index in range(both[0], first, -1):
        if strips[index].top - strips[index - 1].bottom > 2.5 * size:
            first = index
            break
    for index in range(both[-1], end - 1):
        if strips[index + 1].top - strips[index].bottom > 2.5 * size:
            end = index + 1
            break
    return _Gutter(gutter.x0, gutter.x1, first, end, 0.0)


def _reads_across(left: list[Item], right: list[Item], size: float) -> bool:
    """Tell whether the two sides of a gap belong to the same lines: labels, numbers, wide spaces, rows of a list."""
    if any(isinstance(item, Panel | Grid) for item in (*left, *right)):
        return False
    first = [item for item in left if isinstance(item, Piece)]
    second = [item for item in right if isinstance(item, Piece)]
    lines = min(_count_lines(first), _count_lines(second))
    if lines < 2:
        return True
    if lines < _FEW_LINES and _alternates(first, second):
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
    changes = sum(a[1] != b[1] for a, b in zip(sides, sides[1:], strict=False))
    return changes > min(len(first), len(second))


def _are_labels(labels: list[Piece], texts: list[Piece], size: float) -> bool:
    """Tell whether ``labels`` are narrow or sparse, and each stands on a line of ``texts``."""
    frame = around(labels)
    if frame.width >= 5 * size and sum(piece.height for piece in labels) >= 0.45 * frame.height:
        return False
    bottoms = sorted(piece.bottom for piece in texts)
    aligned = 0
    for label in labels:
        slack = 0.3 * label.height
        place = bisect_left(bottoms, label.bottom - slack)
        aligned += place < len(bottoms) and bottoms[place] <= label.bottom + slack
    return aligned > 0.8 * len(labels)
