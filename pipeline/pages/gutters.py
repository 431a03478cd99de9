"""Gutters: the vertical gaps that part columns, told from those inside lists, tables and loosely set lines."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.pages.alignment import reads_across
from pipeline.pages.shapes import Item, Piece, Rule, merged

_NARROWEST = 4.0
"""No gap narrower than this many points parts columns."""
_TIGHT = 0.2
"""Share of a line's height taken off above and below, since the cells of closely set lines overlap."""
_APART = 6.0
"""A band without text across all columns, higher than this many font sizes, parts what is above from what is below."""
_LOOSE = 2.5
"""A strip further than this many font sizes from the columns, and on one side of them only, is not part of them."""


@dataclass(slots=True)
class Strip:
    """Items that stand beside each other: no horizontal cut can part them."""

    items: list[Item]
    top: float
    bottom: float
    taken: list[tuple[float, float]]


@dataclass(slots=True)
class Gutter:
    """A vertical gap ``x0`` to ``x1`` that nothing crosses in the strips ``first`` up to, not including, ``end``."""

    x0: float
    x1: float
    first: int
    end: int
    weight: float


def cut_strips(items: list[Item]) -> list[Strip]:
    """Cut items at every horizontal gap."""
    strips: list[Strip] = []
    spans = sorted(((*_span(item), index) for index, item in enumerate(items)))
    for top, bottom, index in spans:
        if strips and top < strips[-1].bottom:
            strips[-1].items.append(items[index])
            strips[-1].bottom = max(strips[-1].bottom, bottom)
        else:
            strips.append(Strip([items[index]], top, bottom, []))
    for strip in strips:
        strip.taken = merged((item.x0, item.x1) for item in strip.items)
    return strips


def _span(item: Item) -> tuple[float, float]:
    margin = _TIGHT * item.height if isinstance(item, Piece) else 0.0
    return item.top + margin, item.bottom - margin


def widest_gutter(strips: list[Strip], size: float) -> Gutter | None:
    """Return the gutter with most text on both sides, None where there is none."""
    best: Gutter | None = None
    seen: set[tuple[int, int, int]] = set()
    for index, strip in enumerate(strips):
        for (_, x0), (x1, _) in pairwise(strip.taken):
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


def _extended(strips: list[Strip], index: int, x0: float, x1: float, size: float) -> Gutter | None:
    """Follow a gap down and up from one strip until something crosses it."""
    least, apart = max(_NARROWEST, 0.5 * size), _APART * size
    if x1 - x0 < least:
        return None
    ends = [index, index]
    for side, step in ((1, 1), (0, -1)):
        place = index + step
        while 0 <= place < len(strips):
            upper, lower = sorted((place, place - step))
            if strips[lower].top - strips[upper].bottom >= apart:
                break
            gap = _gap(strips[place].taken, x0, x1)
            if gap is None or gap[1] - gap[0] < least:
                break
            (x0, x1), ends[side] = gap, place
            place += step
    return Gutter(x0, x1, ends[0], ends[1] + 1, 0.0)


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


def _weighed(strips: list[Strip], gutter: Gutter, size: float) -> Gutter | None:
    """Trim a gutter to the strips it is needed for; None where it parts no columns."""
    gutter = _trimmed(strips, gutter, size)
    cut = (gutter.x0 + gutter.x1) / 2
    inside = [item for strip in strips[gutter.first : gutter.end] for item in strip.items]
    left = [item for item in inside if item.x1 <= cut and not isinstance(item, Rule)]
    right = [item for item in inside if item.x1 > cut and not isinstance(item, Rule)]
    if not left or not right or reads_across(left, right, size):
        return None
    gutter.weight = min(_ink(left), _ink(right)) * (1 + 0.01 * (gutter.x1 - gutter.x0))
    return gutter


def _ink(items: Sequence[Item]) -> float:
    return sum(item.width * item.height for item in items)


def _trimmed(strips: list[Strip], gutter: Gutter, size: float) -> Gutter:
    """Leave out strips at the ends that stand on one side only and apart from the columns."""
    cut = (gutter.x0 + gutter.x1) / 2

    def sides(strip: Strip) -> int:
        texts = [item for item in strip.items if not isinstance(item, Rule)]
        return any(item.x1 <= cut for item in texts) + 2 * any(item.x1 > cut for item in texts)

    first, end = gutter.first, gutter.end
    both = [index for index in range(first, end) if sides(strips[index]) == 3]
    if not both:
        return gutter
    for index in range(both[0], first, -1):
        if strips[index].top - strips[index - 1].bottom > _LOOSE * size:
            first = index
            break
    for index in range(both[-1], end - 1):
        if strips[index + 1].top - strips[index].bottom > _LOOSE * size:
            end = index + 1
            break
    return Gutter(gutter.x0, gutter.x1, first, end, 0.0)
