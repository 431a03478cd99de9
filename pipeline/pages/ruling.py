"""Ruling lines to the cells of tables, with pdfplumber's own functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.pages.drawings import Drawings
from pipeline.pages.shapes import merged

SNAP = 3.0
"""Lines nearer to each other than this many points are one line, and meet where they nearly meet."""
_MOST_EDGES = 2_000
"""On a page with more ruling lines than this (a drawing, a map) tables are not looked for."""
_MOST_CELLS = 8_000

Bounds = tuple[float, float, float, float]
Edge = dict[str, Any]


def find_cells(drawings: Drawings) -> list[list[Bounds]]:
    """Return the cells of each table that a page's drawings may make, the topmost table first."""
    across, down = _edges(drawings)
    if len(across) + len(down) > _MOST_EDGES or not _may_cross(across, down):
        return []
    return sorted(_tables(across, down), key=lambda cells: min((top, x0) for x0, top, _, _ in cells))


def _edges(drawings: Drawings) -> tuple[list[Edge], list[Edge]]:
    """Return horizontal and vertical edges as pdfplumber has them: drawn lines and the sides of drawn boxes."""
    across = [(s.x0, (s.top + s.bottom) / 2, s.x1, (s.top + s.bottom) / 2) for s in drawings.across if s.width >= 10]
    down = [((s.x0 + s.x1) / 2, s.top, (s.x0 + s.x1) / 2, s.bottom) for s in drawings.down]
    for box in drawings.boxes:
        if box.seen and box.width >= 10 and box.height >= 6:
            across += [(box.x0, y, box.x1, y) for y in (box.top, box.bottom)]
            down += [(x, box.top, x, box.bottom) for x in (box.x0, box.x1)]
    across += _implied_rows(across, down[: len(drawings.down)])
    return [_edge(bounds, "h") for bounds in _unique(across)], [_edge(bounds, "v") for bounds in _unique(down)]


def _implied_rows(across: Sequence[Bounds], down: Sequence[Bounds]) -> list[Bounds]:
    """Return the row edges of tables whose vertical lines are drawn row by row but whose rows have no line between.

    Where three or more vertical lines begin or end at one height, as wide a line as crosses them elsewhere is implied.
    """
    ends: dict[int, set[int]] = {}
    for x, top, _, bottom in down:
        for y in (top, bottom):
            ends.setdefault(round(y), set()).add(round(x))
    implied: list[Bounds] = []
    for y in sorted(ends):
        columns = ends[y]
        known = (line[1] for line in (*across, *implied) if line[0] - SNAP <= min(columns) <= line[2])
        if len(columns) < 3 or any(abs(other - y) < 6 for other in known):
            continue
        wide = [line for line in across if line[0] <= min(columns) + SNAP and line[2] >= max(columns) - SNAP]
        if wide:
            nearest = min(wide, key=lambda line: abs(line[1] - y))
            implied.append((nearest[0], float(y), nearest[2], float(y)))
    return implied


def _may_cross(across: Sequence[Edge], down: Sequence[Edge]) -> bool:
    """Tell whether there are lines enough for two rows and two columns: most pages have only boxes and rules."""
    rows, columns = _places(edge["top"] for edge in across), _places(edge["x0"] for edge in down)
    if len(rows) < 3 or len(rows) * len(columns) > _MOST_CELLS:
        return False
    if len(columns) >= 3:
        return True
    reach = [edge for edge in across if any(edge["x0"] + 10 < x < edge["x1"] - 10 for x in columns)]
    return len(reach) >= 3


def _places(values: Iterable[float]) -> list[float]:
    """Return the distinct ones of ``values``, those nearly alike once."""
    return [low for low, _ in merged((value, value + SNAP) for value in values)]


def _unique(edges: Iterable[Bounds]) -> Iterable[Bounds]:
    return {tuple(round(value) for value in edge): edge for edge in edges}.values()


def _edge(bounds: Bounds, orientation: str) -> Edge:
    x0, top, x1, bottom = bounds
    return {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
            "orientation": orientation}  # fmt: skip


def _tables(across: list[Edge], down: list[Edge]) -> list[list[Bounds]]:
    """Return the tables that the edges make, each a list of cells."""
    from pdfplumber import table as plumber  # slow to import, and many documents have no ruled table

    edges = plumber.merge_edges(across + down, SNAP, SNAP, SNAP, SNAP)
    edges += _open_sides(edges)
    crossings = plumber.edges_to_intersections(edges, SNAP, SNAP)
    tables: list[list[Bounds]] = plumber.cells_to_tables(plumber.intersections_to_cells(crossings))
    return tables


def _open_sides(edges: Sequence[Edge]) -> list[Edge]:
    """Return the missing left and right edges of tables that are ruled inside only.

    A side is missing where three or more horizontal lines end at one x, without a vertical line there but with one
    further inside.
    """
    down = [edge for edge in edges if edge["orientation"] == "v"]
    sides: list[Edge] = []
    for side in ("x0", "x1"):
        ends: dict[int, list[Edge]] = {}
        for edge in sorted((e for e in edges if e["orientation"] == "h"), key=lambda e: (float(e[side]), e["top"])):
            near = next((key for key in (round(edge[side]), round(edge[side]) - 1) if key in ends), round(edge[side]))
            ends.setdefault(near, []).append(edge)
        for group in ends.values():
            if len(group) >= 3:
                sides.extend(_missing_side(group, down, side))
    return sides


def _missing_side(group: list[Edge], down: Sequence[Edge], side: str) -> list[Edge]:
    x = group[0][side]
    top, bottom = min(edge["top"] for edge in group), max(edge["top"] for edge in group)
    x0, x1 = max(edge["x0"] for edge in group), min(edge["x1"] for edge in group)
    beside = [edge for edge in down if edge["bottom"] > top + SNAP and edge["top"] < bottom - SNAP]
    if any(abs(edge["x0"] - x) <= 4 for edge in beside):
        return []
    inside = [edge for edge in beside if min(abs(edge["x0"] - x0), abs(edge["x0"] - x1)) <= SNAP
              or x0 < edge["x0"] < x1]  # fmt: skip
    if not inside:
        return []
    top = max((edge["top"] for edge in group if edge["top"] <= min(e["top"] for e in inside) + 4), default=top)
    return [_edge((x, top, x, bottom), "v")]
