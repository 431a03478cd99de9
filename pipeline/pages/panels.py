"""Drawn boxes as containers: text in a box is read together."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.pages.drawings import Box
from pipeline.pages.shapes import Grid, Item, Panel, Piece, Rule, Shape

_MOST_BOXES = 200
_LINE = 30.0
"""A box lower than this may be the shading of a single line."""


def nest(items: Sequence[Item], boxes: Sequence[Box], page: Shape) -> list[Item]:
    """Return ``items`` with those that stand in a drawn box gathered in panels, panels in panels."""
    panels = _panels(items, boxes, page)
    if not panels:
        return list(items)
    outer: list[Item] = []
    smallest_first = sorted(panels, key=lambda panel: panel.width * panel.height)
    for item in items:
        home = next((panel for panel in smallest_first if panel.holds_middle(item) and _fits(panel, item)), None)
        (home.items if home else outer).append(item)
    for index, panel in enumerate(smallest_first):
        if not any(not isinstance(item, Rule) for item in panel.items):
            continue
        home = next((other for other in smallest_first[index + 1 :] if other.holds(panel, 3.0)), None)
        (home.items if home else outer).append(panel)
    return outer


def _fits(panel: Shape, item: Item) -> bool:
    return panel.holds(item, 4.0) or isinstance(item, Rule)


def _panels(items: Sequence[Item], boxes: Sequence[Box], page: Shape) -> list[Panel]:
    """Return the boxes that hold text, and no text across their border."""
    area = page.width * page.height
    joined = _joined([box for box in boxes if box.width > 40 and box.height > 10 and box.seen])
    if len(joined) > _MOST_BOXES:
        return []
    texts = [item for item in items if isinstance(item, Piece | Grid)]
    kept: list[Panel] = []
    for box in joined:
        if box.width * box.height > 0.9 * area or any(_alike(box, panel) for panel in kept):
            continue
        inside = [text for text in texts if box.holds(text, 4.0)]
        if inside and not _is_cut(box, texts) and _is_roomy(box, inside):
            kept.append(Panel(box.x0, box.top, box.x1, box.bottom))
    return kept


def _alike(a: Shape, b: Shape) -> bool:
    return a.holds(b, 3.0) and b.holds(a, 3.0)


def _is_cut(box: Shape, texts: Sequence[Item]) -> bool:
    """Tell whether some text stands across the box's border."""
    for text in texts:
        width = min(box.x1, text.x1) - max(box.x0, text.x0)
        height = min(box.bottom, text.bottom) - max(box.top, text.top)
        if width <= 4 or height <= 0.35 * text.height:
            continue
        if width < text.width - 8:
            return True
    return False


def _is_roomy(box: Shape, inside: Sequence[Item]) -> bool:
    """Tell whether a box is more than the shading behind one line."""
    tops = {round(text.top / 4) for text in inside}
    reach = max(text.x1 for text in inside) - min(text.x0 for text in inside)
    return len(tops) > 1 or box.width > 1.3 * reach + 10


def _joined(boxes: list[Box]) -> list[Box]:
    """Join boxes of one colour and the same sides that overlap, or follow each other as the shading of lines does."""
    joined: list[Box] = []
    for box in sorted(boxes, key=lambda box: (round(box.x0), round(box.x1), box.top)):
        last = joined[-1] if joined else None
        if (
            last
            and last.fill == box.fill
            and abs(last.x0 - box.x0) < 1.5
            and abs(last.x1 - box.x1) < 1.5
            and (box.top < last.bottom - 1.5 or (box.top < last.bottom + 1.5 and box.height < _LINE))
        ):
            bottom = max(last.bottom, box.bottom)
            joined[-1] = Box(last.x0, last.top, last.x1, bottom, last.fill, last.outlined)
        else:
            joined.append(box)
    return joined
