"""Tables as they are on disk, with what the catalogue says of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from pipeline.schemas import Column, TableEntry
from pipeline.schemas.delimited import plain


@dataclass(frozen=True, slots=True)
class TableFile:
    """One table: its entry in the catalogue, every column in the order of the file, and the bytes of the file."""

    entry: TableEntry
    columns: tuple[Column, ...]
    content: bytes

    def lines(self) -> list[list[str]]:
        """Return the lines below the header, with the texts as they were before spreadsheets were thought of."""
        lines = list(csv.reader(io.StringIO(self.content.decode("utf-8"), newline="")))
        return [[plain(field) for field in line] for line in lines[1:]]

    def rows(self) -> list[dict[str, str]]:
        """Return the lines by the names of the columns."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, line, strict=True)) for line in self.lines()]


def entry_of(name: str, catalogue: Sequence[TableEntry]) -> TableEntry:
    """Return what the catalogue says of a file: its own entry, or that of a pattern (``comparison_*.csv``)."""
    for entry in catalogue:
        if entry.file == name:
            return entry
    for entry in catalogue:
        if fnmatchcase(name, entry.file):
            return replace(entry, file=name)
    raise ValueError(
        f"models/tables.yaml says nothing of {name}; add its title, each, says, rows or columns, and key (the head of "
        "the file explains them)"
    )


def read_table(name: str, content: bytes, catalogue: Sequence[TableEntry]) -> TableFile:
    """Join a CSV file with its entry; a header that the entry does not describe is a ValueError."""
    entry = entry_of(name, catalogue)
    header = [plain(field) for field in next(csv.reader(io.StringIO(content.decode("utf-8"), newline="")), [])]
    names = [column.name for column in entry.columns]
    more = header[len(names) :]
    if header[: len(names)] != names or (more and entry.others is None):
        unlike = [name for name in header if name not in names] or [name for name in names if name not in header]
        raise ValueError(
            f"{name} has the columns {', '.join(header)}; models/tables.yaml describes {', '.join(names)} "
            f"(look at {', '.join(unlike) or 'their order'}). Describe every column there, or build the table again."
        )
    others = tuple(replace(entry.others, name=label, title=label) for label in more) if entry.others else ()
    return TableFile(entry, (*entry.columns, *others), content)
