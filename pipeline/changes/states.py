"""One state of the tables, read from the files that stand together in a commit or a folder."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.schemas import Ground, Part
from pipeline.schemas.delimited import plain

if TYPE_CHECKING:
    from pipeline.changes.rules import RuleChanges

Row = TypeVar("Row")
Weigh = Callable[[Mapping[str, Part], Mapping[str, float]], Mapping[str, tuple[str, float]]]

# What a state is made of. evidence.csv is read where it is kept, for the words of quotes only.
FILES = ("cells.csv", "documents.csv", "basis.json", "grounds.csv", "salience_parts.csv")


@dataclass(frozen=True, slots=True)
class State:
    """The tables as they stood: cells by id, levels and parts by document and concept, grounds by rule, and the basis.

    ``quotes`` leads from (document id, page, start, end) to the words, where evidence.csv is at hand.
    """

    cells: Mapping[str, Mapping[str, str]]
    levels: Mapping[str, Mapping[str, tuple[str, float]]]
    parts: Mapping[str, Mapping[str, Part]]
    grounds: Mapping[tuple[str, str], Mapping[str, Ground]]
    basis: Mapping[str, Any]
    quotes: Mapping[tuple[str, int, int, int], str]

    def document(self, document_id: str) -> Mapping[str, Any] | None:
        """Return what the basis knows of a document; None where the register had no such document."""
        found: Mapping[str, Any] | None = self.basis["documents"].get(document_id)
        return found

    def stage(self, name: str) -> Mapping[str, Any]:
        """Return what the files of a stage came from: code, libraries, parameters."""
        found: Mapping[str, Any] = self.basis["stages"].get(name) or {}
        return found

    def weights(self) -> Mapping[str, float]:
        """Return the weights of salience."""
        found: Mapping[str, float] = self.stage("tables").get("parameters", {}).get("weights") or {}
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two states, what differs between their rules, and how parts of salience are weighed.

    ``least`` is the change of a cell's salience from which on it is told although the status stays; ``quoted`` says
    whether the words of quotes may be told, or stay where the documents are.
    """

    old: State
    new: State
    rules: RuleChanges
    weigh: Weigh
    least: float = 0.1
    quoted: bool = False


def read_state(files: Mapping[str, bytes]) -> State:
    """Turn the files of a state, by name, into a State; a missing or unreadable one is a ValueError that names it."""
    missing = [name for name in FILES if name not in files]
    if missing:
        raise ValueError(f"{' and '.join(missing)} not there")
    try:
        basis = json.loads(files["basis.json"])
    except json.JSONDecodeError as error:
        raise ValueError(f"basis.json is not valid JSON ({error}); run `python -m pipeline tables` again") from error
    levels: dict[str, dict[str, tuple[str, float]]] = {}
    for row in _records(files["documents.csv"]):
        levels.setdefault(row["document_id"], {})[row["concept"]] = (row["level"], float(row["salience"]))
    parts: dict[str, dict[str, Part]] = {}
    for part in _rows("salience_parts.csv", files["salience_parts.csv"], Part):
        parts.setdefault(part.document_id, {})[part.concept] = part
    grounds: dict[tuple[str, str], dict[str, Ground]] = {}
    for ground in _rows("grounds.csv", files["grounds.csv"], Ground):
        grounds.setdefault((ground.document_id, ground.concept), {})[ground.rule_id] = ground
    cells = {row["cell_id"]: row for row in _records(files["cells.csv"])}
    return State(cells, levels, parts, grounds, basis, _quotes(files.get("evidence.csv", b"")))


def mark_of(files: Mapping[str, bytes]) -> str:
    """Return a mark of a state: the same as long as nothing in it differs but the program and its libraries.

    A change of the program that changes no table is no new state.
    """
    digest = hashlib.sha256()
    for name in FILES:
        content = files.get(name, b"")
        if name == "basis.json" and content:
            basis = json.loads(content)
            for stage in basis.get("stages", {}).values():
                stage.pop("code", None)
                stage.pop("libraries", None)
            content = json.dumps(basis, sort_keys=True).encode()
        digest.update(name.encode() + b"\x1f" + content + b"\x1f")
    return digest.hexdigest()[:16]


def _records(content: bytes) -> list[dict[str, str]]:
    lines = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    return [{name: plain(value or "") for name, value in row.items() if name} for row in lines]


def _rows(name: str, content: bytes, row_type: type[Row]) -> list[Row]:
    types = {field.name: int if field.type == "int" else str for field in fields(row_type)}  # type: ignore[arg-type]
    records = _records(content)
    missing = [column for column in types if records and column not in records[0]]
    if missing:
        raise ValueError(f"{name} has no column {', '.join(missing)}")
    return [row_type(**{column: kind(row[column]) for column, kind in types.items()}) for row in records]


def _quotes(content: bytes) -> dict[tuple[str, int, int, int], str]:
    return {
        (row["document_id"], int(row["page_number"]), int(row["start"]), int(row["end"])): row["quote"]
        for row in _records(content)
    }
