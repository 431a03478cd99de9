"""Rows as CSV text that is the same to the byte on any machine, and that a spreadsheet opens without running it.

A text that begins with = + - @, a tab or a carriage return is a formula to a spreadsheet. Quotes come from documents
that nobody vouches for, so such a text gets an apostrophe before it, the spreadsheets' own mark for "this is text".
Who reads the CSV by program takes one leading apostrophe off where one of these characters follows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, get_args, get_type_hints

from pipeline.schemas import column_names

Row = TypeVar("Row")
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


def parse_rows(row_type: type[Row], text: str, name: str) -> list[Row]:
    """Read rows back from CSV as ``rows_csv`` wrote it; ``name`` is said in errors. Further columns are left out.

    Columns hold texts, whole numbers or fractions, or None where such a number is empty. Raises ValueError with line.
    """
    reader = csv.DictReader(io.StringIO(text, newline=""))
    hints = get_type_hints(row_type)
    names = column_names(row_type)
    missing = [column for column in names if column not in (reader.fieldnames or ())]
    if missing:
        raise ValueError(f"{name}: no column {', '.join(missing)}; expected the columns of a table of this version")
    rows = []
    for line in reader:
        try:
            rows.append(row_type(**{column: _value(line[column], hints[column]) for column in names}))
        except (TypeError, ValueError) as error:
            raise ValueError(f"{name}, line {reader.line_num}: {error}; build the table again") from error
    return rows


def _value(field: str | None, hint: Any) -> Any:
    text = plain(field or "")
    if hint is str:
        return text
    if text == "" and type(None) in get_args(hint):
        return None
    return float(text) if float in (hint, *get_args(hint)) else int(text)
