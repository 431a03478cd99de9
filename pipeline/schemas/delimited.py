"""Rows as CSV text that is the same to the byte on any machine, and that a spreadsheet opens without running it.

A text that begins with = + - @, a tab or a carriage return is a formula to a spreadsheet. Quotes come from documents
that nobody vouches for, so such a text gets an apostrophe before it, the spreadsheets' own mark for "this is text".
Who reads the CSV by program takes one leading apostrophe off where one of these characters follows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.schemas import column_names

DECIMALS = 4
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def starts_formula(text: str) -> bool:
    """Say whether a spreadsheet could take a text for a formula."""
    return text.startswith(_FORMULA_STARTS)


def harmless(text: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet could take it for a formula."""
    return f"'{text}" if starts_formula(text) else text


def plain(field: str) -> str:
    """Return a field as the text that ``harmless`` was given."""
    return field[1:] if field.startswith("'") and starts_formula(field[1:]) else field


def lines_csv(header: Sequence[str], lines: Iterable[Sequence[Any]]) -> bytes:
    """Write lines as CSV: UTF-8, LF, texts harmless, fractions with four decimals, None as an empty field."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([harmless(name) for name in header])
    for line in lines:
        writer.writerow([_field(value) for value in line])
    return encode(stream.getvalue())


def rows_csv(row_type: type, rows: Iterable[Any]) -> bytes:
    """Write rows of one dataclass as CSV, its fields as columns in their order."""
    names = column_names(row_type)
    return lines_csv(names, ([getattr(row, name) for name in names] for row in rows))


def encode(text: str) -> bytes:
    """Return a text as UTF-8; half a surrogate pair, which broken PDFs bring, becomes a question mark."""
    return text.encode("utf-8", "replace")


def _field(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.{DECIMALS}f}"
    return harmless(value) if isinstance(value, str) else str(value)
