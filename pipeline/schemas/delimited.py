"""CSV: rows as text that is the same to the byte on any machine, and the files that people write, with their lines.

A text that begins with = + - @, a tab or a carriage return is a formula to a spreadsheet. Quotes come from documents
that nobody vouches for, so such a text gets an apostrophe before it, the spreadsheets' own mark for "this is text".
Who reads the CSV by program takes one leading apostrophe off where one of these characters follows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import MISSING, fields
from pathlib import Path
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


def read_written(path: Path, columns: Sequence[str], *, fill: bool = False) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a CSV file that people write, each with the line on which it begins; without a file, none.

    The file is UTF-8 with or without a byte order mark; its header has ``columns`` in any order, and may have others.
    Fields are stripped, empty lines skipped; ``fill`` takes what a short line lacks as empty fields. Raises ValueError
    with file and line where the file is of another shape; what the fields hold is for the caller to check.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return []
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: expected UTF-8, found other bytes ({error}); save it as CSV in UTF-8.") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if missing := [name for name in columns if name not in header]:
            raise ValueError(
                f"{path}:1: expected the columns {', '.join(columns)}, found {', '.join(header) or 'none'}; "
                f"add {', '.join(missing)}."
            )
        return list(_written_rows(path, reader, header, fill))
    except csv.Error as error:
        raise ValueError(f"{path}:{reader.line_num}: expected CSV, found {error}; mend the quotation marks.") from error


def _written_rows(path: Path, reader: Any, header: Sequence[str], fill: bool) -> Iterator[tuple[int, dict[str, str]]]:
    before = reader.line_num
    for values in reader:
        line, before = before + 1, reader.line_num
        if not values:
            continue
        if fill:
            values += [""] * (len(header) - len(values))
        if len(values) != len(header):
            raise ValueError(
                f"{path}:{line}: expected {len(header)} fields, found {len(values)}; "
                "put a text that holds a comma in quotation marks."
            )
        yield line, {name: value.strip() for name, value in zip(header, values, strict=True)}


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

    A missing column has the row type's default where there is one, for tables of earlier releases had fewer. Columns
    hold texts, whole numbers or fractions, or None where such a number is empty. Raises ValueError with line.
    """
    reader = csv.DictReader(io.StringIO(text, newline=""))
    hints = get_type_hints(row_type)
    present = set(reader.fieldnames or ())
    names = [column for column in column_names(row_type) if column in present]
    needed = [field.name for field in fields(row_type) if field.default is MISSING]  # type: ignore[arg-type]
    missing = [column for column in needed if column not in present]
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
