"""The texts of a CSV file as values of the types that the catalogue gives its columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.exports.tables import TableFile

_READ: dict[str, tuple[type, Callable[[str], Any]]] = {
    "string": (str, str),
    "integer": (int, int),
    "number": (float, float),
    "boolean": (bool, lambda text: text == "True"),
}


def typed_columns(table: TableFile) -> dict[str, tuple[type, str, list[Any]]]:
    """Return each column's type, description and values; an empty field is None, an empty text stays empty.

    A field that is not of its column's type is a ValueError that names the file, the line (1-based) and the column.
    """
    lines = table.lines()
    found: dict[str, tuple[type, str, list[Any]]] = {}
    for place, column in enumerate(table.columns):
        kind, read = _READ[column.type]
        values = []
        for number, line in enumerate(lines, start=2):
            text = line[place]
            try:
                values.append(read(text) if text or kind is str else None)
            except ValueError as error:
                raise ValueError(
                    f"{table.entry.file}, line {number}: {column.name} is {text!r}; expected {column.type}. "
                    "Build the table again, or mend models/tables.yaml"
                ) from error
        found[column.name] = (kind, column.says, values)
    return found
