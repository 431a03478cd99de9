"""Ruled tables: the words of a page laid into the cells that its ruling lines make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.pages.drawings import Drawings
from pipeline.pages.ruling import SNAP, find_cells
from pipeline.pages.shapes import Grid, Shape, Word, around, merged

_BAND = 24.0
"""Cells are looked up by bands of the page this many points high."""
_LAYOUT_CELL = 900
"""A few cells with more characters than this on average are a page layout, not a table."""
_GAP = 0.8
"""Text with a gap of this many font sizes at a row's edge is two cells, though no line parts them."""

Row = list[tuple[float, list[Word]]]


def find_grids(drawings: Drawings, words: Sequence[Word]) -> list[Grid]:
    """Return the ruled tables of a page from the top: at least two rows and two columns hold words."""
    grids: list[Grid] = []
    for cells in find_cells(drawings):
        grid = _grid([Shape(*cell) for cell in cells], words) if len(cells) >= 4 else None
        if grid and not any(known.holds_middle(grid) or grid.holds_middle(known) for known in grids):
            grids.append(grid)
    return grids


def _grid(cells: Sequence[Shape], words: Sequence[Word]) -> Grid | None:
    """Put words into cells; None where the cells are not a table of text."""
    frame = around(cells)
    inside = [word for word in words if frame.holds_middle(word)]
    if len(inside) < 4:
        return None
    ordered = sorted(cells, key=lambda cell: (round(cell.top), cell.x0))
    tops = [low for low, _ in merged((cell.top, cell.top + SNAP) for cell in ordered)]
    held, left = _sorted_in(ordered, inside)
    rows: list[Row] = [[] for _ in tops]
    for cell, text in zip(ordered, held, strict=True):
        for index, part in _by_row(cell, text, tops):
            rows[index].append((cell.x0, part))
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
    for edge_row in range(row + 1, _row(tops, cell.bottom - SNAP) + 1):
        edge = tops[edge_row]
        above = [word for word in words if word.bottom <= edge + 1]
        below = [word for word in words if word.top >= edge - 1]
        if not above or not below or len(above) + len(below) < len(words):
            continue
        size = max(word.size for word in words)
        if min(word.top for word in below) - max(word.bottom for word in above) > _GAP * size:
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
