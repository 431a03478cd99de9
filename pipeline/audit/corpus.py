"""What the audit holds against each other: the register, the tables as texts, pages, passages and mentions.

All is read here, by csv, PyYAML and pyarrow, and by nothing that wrote it.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import yaml

from pipeline.audit.sources import Source, read_register

Row = Mapping[str, str]
Place = tuple[str, int, int, int]  # document, page, start, end
NEEDED = ("cells.csv", "evidence.csv", "documents.csv", "coverage.csv")


@dataclass(frozen=True, slots=True)
class Rules:
    """What the tables were made by, as params.yaml and models/layouts.yaml say it.

    ``periods`` leads from a label to the first and the last year; ``layouts`` from a name to its columns, the main one
    first.
    """

    core_from: float
    supported_from: float
    max_quotes: int
    periods: Mapping[str, tuple[int, int]]
    layouts: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Corpus:
    """A corpus as it lies in its folders; ``folder`` has the register and the documents, ``out`` what was built."""

    folder: Path
    out: Path
    rules: Rules

    @cached_property
    def register(self) -> dict[str, Source]:
        """The lines of the register by id, as corrections.yaml corrects them."""
        return read_register(self.folder)

    @cached_property
    def decisions(self) -> list[dict[str, str]]:
        """The lines of decisions.csv."""
        path = self.folder / "decisions.csv"
        return list(_csv_rows(path.read_text(encoding="utf-8-sig"))) if path.is_file() else []

    @cached_property
    def pages(self) -> dict[tuple[str, int], dict[str, Any]]:
        """The pages as they were read, by document and number: label, status and text."""
        rows = self._parquet("pages", "document_id", "page_number", "page_label", "status", "text")
        return {(row["document_id"], row["page_number"]): row for row in rows}

    @cached_property
    def passages(self) -> dict[tuple[str, int], list[dict[str, Any]]]:
        """The passages of each page: offsets, zone and language."""
        found: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
        for row in self._parquet("passages", "document_id", "page_number", "start", "end", "zone", "language"):
            found[row["document_id"], row["page_number"]].append(row)
        return found

    @cached_property
    def mentions(self) -> list[dict[str, Any]]:
        """The mentions that are evidence: what people rejected is none, and neither is a table of contents."""
        rejected = {row["evidence"] for row in self.decisions if row.get("evidence") and row["verdict"] == "reject"}
        rows = self._parquet("mentions", "id", "document_id", "passage_id", "concept", "zone", "quote")
        return [row for row in rows if row["zone"] == "body" and row["id"] not in rejected]

    @cached_property
    def names(self) -> list[str]:
        """The names of the tables that are there, sorted."""
        found = sorted(path.name for path in (self.out / "tables").glob("*.csv"))
        if missing := [name for name in NEEDED if name not in found]:
            raise ValueError(
                f"{self.out / 'tables'} has no {', '.join(missing)}; build the tables first "
                f"(`python -m pipeline tables {self.folder}`)"
            )
        return found

    def table(self, name: str) -> list[Row]:
        """Return the rows of a table, none where it is not there; the marks against formulas are taken off."""
        return self._tables[name] if name in self._tables else []

    @cached_property
    def _tables(self) -> dict[str, list[Row]]:
        folder = self.out / "tables"
        return {name: list(_csv_rows((folder / name).read_text(encoding="utf-8"))) for name in self.names}

    @cached_property
    def cells(self) -> dict[str, Row]:
        """The cells by id."""
        return {row["cell_id"]: row for row in self.table("cells.csv")}

    @cached_property
    def evidence(self) -> dict[str, list[Row]]:
        """The rows of evidence by cell, in the order of the table."""
        return grouped(self.table("evidence.csv"), "cell_id")

    def _parquet(self, kind: str, *columns: str) -> Iterator[dict[str, Any]]:
        """Yield rows of the documents of the register; a document without such a file has none."""
        for name in sorted(self.register):
            path = self.out / kind / f"{name}.parquet"
            if path.is_file():
                yield from pq.read_table(path, columns=list(columns), memory_map=False).to_pylist()


def grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Return rows by the value of a column."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def place_of(row: Row) -> Place:
    """Return where a row's quote stands; numbers that are none become -1, which no document has."""
    page, start, end = (whole_number(row[name]) for name in ("page_number", "start", "end"))
    return row["document_id"], page, start, end


def whole_number(text: str) -> int:
    """Return a field as a number; -1 where it is none."""
    return int(text) if text.isascii() and text.isdigit() else -1


def _csv_rows(text: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file, each field without the apostrophe that keeps spreadsheets from running it."""
    for row in csv.DictReader(io.StringIO(text, newline="")):
        yield {str(name): _without_mark(value or "") for name, value in row.items()}


def _without_mark(field: str) -> str:
    return field[1:] if field[:1] == "'" and field[1:2] in tuple("=+-@\t\r") else field


def read_layouts(path: Path) -> dict[str, Any]:
    """Return the layouts of models/layouts.yaml as they stand there."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else {}
