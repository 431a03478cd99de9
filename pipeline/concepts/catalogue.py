"""What each table and column holds, in words: ``models/tables.yaml``, read and held against the row types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pipeline.schemas as schemas
from pipeline.concepts.checks import Faults, Node, Reader, closest, listed
from pipeline.schemas import COLUMN_TYPES, Column, TableEntry, column_names

TABLE_KEYS = ("title", "each", "says", "rows", "key", "columns", "others", "quotes", "every_build")
COLUMN_KEYS = ("says", "title", "type", "blank", "choices", "minimum", "maximum", "pattern", "target")
_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}


@dataclass(frozen=True, slots=True)
class _Sources:
    """What the columns of all tables draw on: the reader of the file, and its shared columns by name."""

    reader: Reader
    shared: Mapping[str, Node]


def load_catalogue(path: Path) -> tuple[TableEntry, ...]:
    """Read the catalogue of tables; a table that names its row type (``rows``) takes columns and types from it.

    Raises VocabularyError listing every fault: a column without words, or one that the row type does not have.
    """
    faults = Faults()
    reader = Reader(path, faults)
    head = reader.mapping(reader.read(), "the file", ("shared", "tables"))
    sources = _Sources(reader, reader.mapping(head.get("shared"), "shared"))
    tables = tuple(_table(sources, file, node) for file, node in reader.mapping(head.get("tables"), "tables").items())
    files = {table.file: table for table in tables}
    for table in tables:
        for column in table.columns:
            _check_target(reader, table, column, files)
    faults.raise_if_any()
    return tables


def _table(sources: _Sources, file: str, node: Node) -> TableEntry:
    reader = sources.reader
    entry = reader.mapping(node, file, TABLE_KEYS)
    words = {name: reader.text(entry.get(name), f"{name} of {file}") for name in ("title", "each", "says")}
    for name, text in words.items():
        if not text:
            reader.fault(node.line, f"{file} has no {name}; add '{name}:'.")
    columns = _columns(sources, file, node, entry)
    names = [column.name for column in columns]
    key = reader.texts(entry.get("key"), f"key of {file}")
    for name, line in key:
        if name not in names:
            reader.fault(line, f"{file} has no column {name!r}{closest(name, names)}; a key is made of its columns.")
    others = _column(sources, file, "", entry["others"], "string") if "others" in entry else None
    return TableEntry(
        file=file,
        columns=columns,
        key=tuple(name for name, _ in key),
        others=others,
        quotes=reader.choice(entry.get("quotes"), f"quotes of {file}", ("false", "true")) == "true",
        every_build=reader.choice(entry.get("every_build"), f"every_build of {file}", ("true", "false")) == "true",
        **words,
    )


def _columns(sources: _Sources, file: str, node: Node, entry: Mapping[str, Node]) -> tuple[Column, ...]:
    reader = sources.reader
    own = reader.mapping(entry.get("columns"), f"columns of {file}")
    if "rows" not in entry:
        return tuple(_column(sources, file, name, place, "string") for name, place in own.items())
    row_type = getattr(schemas, reader.text(entry["rows"], f"rows of {file}"), None)
    if not isinstance(row_type, type):
        reader.fault(entry["rows"].line, f"pipeline.schemas has no row type {entry['rows'].value!r}.")
        return ()
    names, hints = column_names(row_type), get_type_hints(row_type)
    for name, place in own.items():
        if name not in names:
            reader.fault(place.line, f"{file} has no column {name!r}{closest(name, names)}; delete it.")
    found = []
    for name in names:
        given = own.get(name) or sources.shared.get(name)
        if given is None:
            line = entry["columns"].line if "columns" in entry else node.line
            reader.fault(line, f"{file} does not say what its column {name!r} holds; add '{name}: …' under columns.")
            continue
        found.append(_typed(reader, file, _column(sources, file, name, given, ""), hints[name], given.line))
    return tuple(found)


def _typed(reader: Reader, file: str, column: Column, hint: Any, line: int) -> Column:
    """Return a column with the type that its row type gives it; one that may be None must say what a blank means."""
    parts = [part for part in get_args(hint) if part is not NoneType] if get_origin(hint) is UnionType else [hint]
    if len(parts) < len(get_args(hint)) and get_origin(hint) is UnionType and not column.blank:
        reader.fault(line, f"the column {column.name!r} of {file} may be empty; say what that means ('blank: …').")
    return replace(column, type=_TYPES.get(parts[0], "string"))


def _column(sources: _Sources, file: str, name: str, node: Node, type_given: str) -> Column:
    """Read one column: a text, or its parts; what ``shared`` says of a column of this name holds unless said here."""
    reader, what = sources.reader, f"the column {name!r} of {file}"
    common = _parts(reader, sources.shared[name], f"{name} of shared") if name in sources.shared else {}
    parts = common | _parts(reader, node, what)
    texts = {key: reader.text(parts.get(key), f"{key} of {what}") for key in ("says", "title", "blank", "pattern")}
    if not texts["says"]:
        reader.fault(node.line, f"{what} has no words; write '{name}: what it holds'.")
    limits = {key: _number(reader, parts.get(key), f"{key} of {what}") for key in ("minimum", "maximum")}
    return Column(
        name=name,
        title=texts["title"] or _title(name),
        says=texts["says"],
        type=_type(reader, parts.get("type"), what, type_given),
        blank=texts["blank"],
        choices=_choices(reader, parts.get("choices"), what),
        pattern=texts["pattern"],
        target=target if (target := _target(reader, parts.get("target"), what)) != (file, name) else None,
        **limits,
    )


def _parts(reader: Reader, node: Node, what: str) -> dict[str, Node]:
    return {"says": node} if isinstance(node.value, str) else reader.mapping(node, what, COLUMN_KEYS)


def _type(reader: Reader, node: Node | None, what: str, given: str) -> str:
    value = reader.text(node, f"type of {what}") or given or "string"
    if value not in COLUMN_TYPES:
        reader.fault(node.line if node else 1, f"the type of {what} is {value!r}; expected {listed(COLUMN_TYPES)}.")
        return "string"
    return value


def _title(name: str) -> str:
    words = re.sub(r"^n_", "number of ", name).replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _number(reader: Reader, node: Node | None, what: str) -> float | None:
    text = reader.text(node, what)
    if not text or node is None:
        return None
    if not re.fullmatch(r"-?\d+(\.\d+)?", text):
        reader.fault(node.line, f"{what} is {text!r}; expected a number.")
        return None
    return float(text)


def _choices(reader: Reader, node: Node | None, what: str) -> tuple[str, ...]:
    """Return the values a column may have: a list, or the name of one in pipeline.schemas (``CELL_STATUSES``)."""
    if node is None or not isinstance(node.value, str):
        return tuple(text for text, _ in reader.texts(node, f"choices of {what}"))
    named = getattr(schemas, node.value, None)
    if not isinstance(named, tuple):
        reader.fault(node.line, f"choices of {what}: pipeline.schemas has no list {node.value!r}.")
        return ()
    return named


def _target(reader: Reader, node: Node | None, what: str) -> tuple[str, str] | None:
    text = reader.text(node, f"target of {what}")
    file, slash, column = text.partition("/")
    if text and node is not None and not slash:
        reader.fault(node.line, f"target of {what} is {text!r}; expected file and column, as in 'cells.csv/cell_id'.")
    return (file, column) if slash else None


def _check_target(reader: Reader, table: TableEntry, column: Column, files: Mapping[str, TableEntry]) -> None:
    if column.target is None:
        return
    file, name = column.target
    if file not in files or name not in [other.name for other in files[file].columns]:
        reader.fault(1, f"the column {column.name!r} of {table.file} refers to {file}/{name}, which no table has.")
