"""Reads the CSV tables of a corpus for the terminal."""

from __future__ import annotations

import csv
from pathlib import Path

from pipeline.schemas.delimited import plain


def read_lines(path: Path) -> list[list[str]]:
    """Return the lines of a table, its header first; a table that was not built is a ValueError that says how."""
    if not path.is_file():
        raise ValueError(f"{path} is not there; build the corpus first (`make`, or `python -m pipeline run`)")
    with path.open(encoding="utf-8", newline="") as stream:
        return [[plain(field) for field in line] for line in csv.reader(stream)]


def read_records(path: Path) -> list[dict[str, str]]:
    """Return the lines of a table by the names of its columns."""
    header, *rows = read_lines(path)
    return [dict(zip(header, row, strict=True)) for row in rows]
