"""A table as it is printed: a title, a header, rows of texts, and a note below."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

MOST_COLUMNS = 7  # what a page in landscape holds
_LEAST = 0.09  # the share of the line that a column with a word in it needs


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to print: every row has as many texts as the header; the note may be empty."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def stack_columns(grid: Grid, most: int = MOST_COLUMNS, nothing: str = "–") -> Grid:
    """Return a table of at most ``most`` columns as it is; of a wider one, one row for each filled field.

    The rows of a stacked table have the first column, the name of the column and its text; fields that hold
    ``nothing`` are left out and the note says so.
    """
    if len(grid.header) <= most:
        return grid
    rows = tuple(
        (row[0], name, text) for row in grid.rows for name, text in zip(grid.header[1:], row[1:], strict=True)
        if text != nothing
    )  # fmt: skip
    note = f"{grid.note} Columns in which nothing was found are left out.".strip()
    return Grid(grid.title, (grid.header[0], "Column", "Labels"), rows, note)


def column_shares(grid: Grid) -> tuple[float, ...]:
    """Return the share of the line for each column, by how much text it has: they add up to 1."""
    lengths = [sum(map(len, texts)) / len(texts) for texts in zip(grid.header, *grid.rows, strict=True)]
    room = max(0.0, 1 - _LEAST * len(lengths))
    weights = [sqrt(length) for length in lengths]
    least = (1 - room) / len(lengths)
    return tuple(least + room * weight / (sum(weights) or 1) for weight in weights)
