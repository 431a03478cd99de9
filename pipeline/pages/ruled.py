"""Ruled tables: cells are found from drawn lines with pdfplumber's own functions, without its slow page reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.pages.drawings import Drawings
from pipeline.pages.shapes import Grid, Shape, Word, around, merged

_MOST_EDGES = 2_000
"""On a page with more ruling lines than this (a drawing, a map) tables are not looked for."""
_SNAP = 3.0
"""Lines nearer to each other than this many points are one line, and meet where they nearly meet."""
_BAND = 24.0
_LAYOUT_CELL = 900
"""Two columns of cells with more characters than this on average are a page layout, not a table."""

Bounds = tuple[float, float, float, float]
Edge = dict[str, Any]
Row = list[tuple[float, list[Word]]]


def find_grids(drawings: Drawings, words: Sequence[Word]) -> list[Grid]:
    """Return the ruled tables of a page from the top: at least two rows and two columns hold words."""
    across, down = _edges(drawings)
    if len(across) < 2 or not down or len(across) + len(down) > _MOST_EDGES:
        return []
    grids: list[Grid] = []
    for cells in sorted(_tables(across, down), key=lambda cells: min((top, x0) for x0, top, _, _ in cells)):
        if len(cells) < 4:
            continue
        grid = _grid([Shape(*cell) for cell in cells], words)
        if grid and not any(known.holds_middle(grid) or grid.holds_middle(known) for known in grids):
            grids.append(grid)
    return grids


def _edges(drawings: Drawings) -> tuple[list[Edge], list[Edge]]:
    """Return horizontal and vertical edges as pdfplumber has them: drawn lines and the sides of drawn boxes."""
    across = [(s.x0, (s.top + s.bottom) / 2, s.x1, (s.top + s.bottom) / 2) for s in drawings.across if s.width >= 10]
    down = [((s.x0 + s.x1) / 2, s.top, (s.x0 + s.x1) / 2, s.bottom) for s in drawings.down]
    for box in drawings.boxes:
        if box.seen and box.width >= 10 and box.height >= 6:
            across += [(box.x0, y, box.x1, y) for y in (box.top, box.bottom)]
            down += [(x, box.top, x, box.bottom) for x in (box.x0, box.x1)]
    return [_edge(bounds, "h") for bounds in _unique(across)], [_edge(bounds, "v") for bounds in _unique(down)]


def _unique(edges: Iterable[Bounds]) -> Iterable[Bounds]:
    return {tuple(round(value) for value in edge): edge for edge in edges}.values()


def _edge(bounds: Bounds, orientation: str) -> Edge:
    x0, top, x1, bottom = bounds
    return {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
            "orientation": orientation}  # fmt: skip


def _tables(across: list[Edge], down: list[Edge]) -> list[list[Bounds]]:
    """Return the tables that the edges make, each a list of cells."""
    from pdfplumber import table as plumber  # slow to import, and many documents have no ruled table

    edges = plumber.merge_edges(across + down, _SNAP, _SNAP, _SNAP, _SNAP)
    edges += _open_sides(edges)
    crossings = plumber.edges_to_intersections(edges, _SNAP, _SNAP)
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
    beside = [edge for edge in down if edge["bottom"] > top + _SNAP and edge["top"] < bottom - _SNAP]
    if any(abs(edge["x0"] - x) <= 4 for edge in beside):
        return []
    inside = [edge for edge in beside if min(abs(edge["x0"] - x0), abs(edge["x0"] - x1)) <= _SNAP
              or x0 < edge["x0"] < x1]  # fmt: skip
    if not inside:
        return []
    top = max((edge["top"] for edge in group if edge["top"] <= min(e["top"] for e in inside) + 4), default=top)
    return [_edge((x, top, x, bottom), "v")]


def _grid(cells: Sequence[Shape], words: Sequence[Word]) -> Grid | None:
    """Put words into cells; None where the cells are not a table of text."""
    frame = around(cells)
    inside = [word for word in words if frame.holds_middle(word)]
    if len(inside) < 4:
        return None
    ordered = sorted(cells, key=lambda cell: (round(cell.top), cell.x0))
    tops = [low for low, _ in merged((cell.top, cell.top + _SNAP) for cell in ordered)]
    held, left = _sorted_in(ordered, inside)
    rows: list[Row] = [[] for _ in tops]
    for cell, text in zip(ordered, held, strict=True):
        for row, part in _by_row(cell, text, tops):
            rows[row].append((cell.x0, part))
    if not _is_table(rows):
        return None
    outside: list[list[Word]] = [[] for _ in tops]
    for word in left:
        outside[_row(tops, (word.top + word.bottom) / 2)].append(word)
    for row, rest in zip(rows, outside, strict=True):
        row.extend(_columns(rest))
    laid_out = [[cell for _, cell in sorted(row, key=lambda cell: cell[0])] for row in rows if row]
    return Grid(frame.x0, frame.top, frame.x1, frame.bottom, laid_out)


def _sorted_in(cells: Sequence[Shape], words: Sequence[Word]) -> tuple[list[list[Word]], list[Word]]:
    """Return the words of each cell, and the words that no cell holds."""
    bands: dict[int, list[int]] = {}
    for index, cell in enumerate(cells):
        for band in range(int(cell.top // _BAND), int(cell.bottom // _BAND) + 1):
            bands.setdefault(band, []).append(index)
    held: list[list[Word]] = [[] for _ in cells]
    left: list[Word] = []
    for word in words:
        near = bands.get(int((word.top + word.bottom) / 2 // _BAND), [])
        home = next((index for index in near if cells[index].holds_middle(word)), None)
        (left if home is None else held[home]).append(word)
    return held, left


def _by_row(cell: Shape, words: list[Word], tops: list[float]) -> Iterable[tuple[int, list[Word]]]:
    """Give a cell's words to the row in which it begins; cut them where a row's edge lies in a wide gap of the text.

    Tables that lack some of their ruling lines have such cells; in a merged cell the text stands together.
    """
    row = _row(tops, cell.top)
    for edge_row in range(row + 1, _row(tops, cell.bottom - _SNAP) + 1):
        edge = tops[edge_row]
        above = [word for word in words if word.bottom <= edge + 1]
        below = [word for word in words if word.top >= edge - 1]
        if not above or not below or len(above) + len(below) < len(words):
            continue
        size = max(word.size for word in words)
        if min(word.top for word in below) - max(word.bottom for word in above) > 0.8 * size:
            yield row, above
            row, words = edge_row, below
    if words:
        yield row, words


def _columns(words: Sequence[Word]) -> Row:
    """Gather words that no cell holds into columns, as cells of their row."""
    columns: Row = []
    right = 0.0
    for word in sorted(words, key=lambda word: word.x0):
        if columns and word.x0 - right < word.size:
            columns[-1][1].append(word)
            right = max(right, word.x1)
        else:
            columns.append((word.x0, [word]))
            right = word.x1
    return columns


def _row(tops: list[float], y: float) -> int:
    return max((index for index, top in enumerate(tops) if top <= y + 0.1), default=0)


def _is_table(rows: Sequence[Row]) -> bool:
    """Tell a table from boxes and frames: two rows have two cells or more, and cells are not whole columns of text."""
    filled = [cell for row in rows for cell in row]
    if sum(len(row) >= 2 for row in rows) < 2 or len({round(x0 / 5) for x0, _ in filled}) < 2:
        return False
    characters = sum(len(word.text) for _, cell in filled for word in cell)
    return characters < _LAYOUT_CELL * len(filled) or len(filled) > 8
