"""Reads files of labels and the tables that are scored against them, each fault a sentence with file and line."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

PASSAGE_LEVELS = ("targeted", "mentioned", "either")
DOCUMENT_LEVELS = ("core", "supported", "core-or-supported", "doubtful")


def read_passage_labels(path: Path) -> list[dict[str, Any]]:
    """Read labelled passages (JSON lines: id, document_id, language, text, labels, doubtful; further fields kept)."""
    rows = _read_json_lines(path, _passage_fault)
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        if row["id"] in seen:
            raise ValueError(
                f"{path}: rows {seen[row['id']]} and {number} both have the id {row['id']!r}; ids are unique"
            )
        seen[row["id"]] = number
    return rows


def read_reading_order(path: Path) -> list[dict[str, Any]]:
    """Read pages labelled with snippets in reading order (JSON lines), as ``score_reading_order`` takes them."""
    return _read_json_lines(path, _page_fault)


def read_document_labels(path: Path) -> list[dict[str, str]]:
    """Read labels of whole documents (CSV: document_id, concept, level, further columns kept)."""
    rows = _read_csv(path, ("document_id", "concept", "level"))
    seen: dict[tuple[str, str], int] = {}
    for line, row in rows:
        if row["level"] not in DOCUMENT_LEVELS:
            raise ValueError(f"{path}:{line}: level is {row['level']!r}; expected one of {', '.join(DOCUMENT_LEVELS)}")
        pair = (row["document_id"], row["concept"])
        if pair in seen:
            raise ValueError(f"{path}:{line}: {pair[0]} and {pair[1]} stand on line {seen[pair]} already; keep one")
        seen[pair] = line
    return [row for _, row in rows]


def read_document_table(path: Path) -> list[dict[str, str]]:
    """Read the tables' documents.csv (document_id, concept, level, further columns kept)."""
    return [row for _, row in _read_csv(path, ("document_id", "concept", "level"))]


def _read_json_lines(path: Path, fault: Callable[[Mapping[str, Any]], str]) -> list[dict[str, Any]]:
    rows = []
    for line, text in enumerate(_lines(path), start=1):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
        except ValueError as error:
            raise ValueError(f"{path}:{line}: not JSON ({error}); expected one object per line") from error
        if not isinstance(row, dict):
            raise ValueError(f"{path}:{line}: expected one JSON object per line, found {type(row).__name__}")
        sentence = fault(row)
        if sentence:
            raise ValueError(f"{path}:{line}: {sentence}")
        rows.append(row)
    return rows


def _lines(path: Path) -> list[str]:
    # Not splitlines: a JSON string may hold U+2028 and other characters that it takes for line ends.
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 ({error}); save it as UTF-8") from error


def _passage_fault(row: Mapping[str, Any]) -> str:
    for name in ("id", "document_id", "language", "text"):
        if not isinstance(row.get(name), str):
            return f"`{name}` is {row.get(name)!r}; expected text"
    if not _texts(row.get("doubtful")):
        return f"`doubtful` is {row.get('doubtful')!r}; expected a list of concept ids"
    labels = row.get("labels")
    if not isinstance(labels, list) or not all(isinstance(label, dict) for label in labels):
        return f"`labels` is {labels!r}; expected a list of objects with concept and level"
    for label in labels:
        if not isinstance(label.get("concept"), str) or label.get("level") not in PASSAGE_LEVELS:
            return f"label {label!r}: expected a concept id and a level of {', '.join(PASSAGE_LEVELS)}"
    if len({label["concept"] for label in labels}) < len(labels):
        return "a concept has two labels; keep one"
    return ""


def _page_fault(row: Mapping[str, Any]) -> str:
    for name in ("document_id", "file"):
        if not isinstance(row.get(name), str):
            return f"`{name}` is {row.get(name)!r}; expected text"
    if not isinstance(row.get("page"), int) or row["page"] < 1:
        return f"`page` is {row.get('page')!r}; expected a page number, counting from 1"
    for name in ("snippets", "furniture", "headings"):
        if not _texts(row.get(name)):
            return f"`{name}` is {row.get(name)!r}; expected a list of texts"
    pairs, size = row.get("pairs_free"), len(row["snippets"])
    if not isinstance(pairs, list) or not all(_pair(pair, size) for pair in pairs):
        return f"`pairs_free` is {pairs!r}; expected pairs of places in `snippets`, counting from 0"
    return ""


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _pair(value: object, size: int) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(i, int) and 0 <= i < size for i in value)


def _read_csv(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Read a CSV file as (line, row) pairs; a missing column or a row of another length is a ValueError."""
    rows = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        try:
            missing = [name for name in columns if name not in (reader.fieldnames or [])]
            if missing:
                raise ValueError(f"{path}: no column {', '.join(missing)}; found {', '.join(reader.fieldnames or [])}")
            for row in reader:
                if None in row or None in row.values():
                    raise ValueError(f"{path}:{reader.line_num}: not as many fields as the header has columns")
                rows.append((reader.line_num, dict(row)))
        except (csv.Error, UnicodeDecodeError) as error:
            raise ValueError(f"{path}:{reader.line_num}: not a CSV file in UTF-8 ({error})") from error
    return rows
