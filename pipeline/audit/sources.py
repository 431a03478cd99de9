"""The register of a corpus, read by csv and PyYAML alone, and what its documents can decide."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_READ = ("read", "partly_read")
_INFORMING = "other"  # the kind of audits, laws and reports, which no cell may rest on alone


@dataclass(frozen=True, slots=True)
class Source:
    """One line of the register as corrections.yaml corrects it; ``left_out`` are pages that people left out."""

    id: str
    country: str
    year: int
    kind: str
    file: str
    sha256: str
    supersedes: str
    left_out: frozenset[int]


def read_register(folder: Path) -> dict[str, Source]:
    """Return the lines of a folder's sources.csv by id."""
    path = folder / "sources.csv"
    if not path.is_file():
        raise ValueError(f"{path} is not there; give the folder of a corpus, such as corpora/sample")
    corrections = _read_corrections(folder / "corrections.yaml")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = [
            {name: (value or "").strip() for name, value in row.items() if name and isinstance(value, str)}
            for row in csv.DictReader(lines)
        ]
    return {row["id"]: _source(row, corrections.get(row["id"]) or {}) for row in rows if row.get("id")}


def _read_corrections(path: Path) -> dict[str, Any]:
    found = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found if isinstance(found, dict) else {}


def _source(row: Mapping[str, str], corrections: Mapping[str, Any]) -> Source:
    def value(name: str) -> str:
        corrected = corrections.get(name)
        return str(corrected["is"]) if isinstance(corrected, dict) and "is" in corrected else row.get(name, "")

    pages = [part for entry in corrections.get("leave_out") or [] for part in _listed(entry["pages"])]
    return Source(
        id=row["id"],
        country=value("country"),
        year=int(value("year")),
        kind=value("kind"),
        file=row.get("file", ""),
        sha256=row.get("sha256", ""),
        supersedes="" if value("supersedes") == "None" else value("supersedes"),
        left_out=frozenset(number for part in pages for number in _numbers(part)),
    )


def _listed(pages: Any) -> list[str]:
    return [str(part) for part in pages] if isinstance(pages, list) else [str(pages)]


def _numbers(part: str) -> range:
    """Return the pages of "12" or "12-14"."""
    first, _, last = part.partition("-")
    return range(int(first), int(last or first) + 1)


def read_ids(sources: Collection[Source], coverage: Collection[Mapping[str, str]]) -> set[str]:
    """Return the documents that count as read: those of which at least one passage was counted."""
    known = {source.id for source in sources}
    return {
        row["document_id"]
        for row in coverage
        if row["document_id"] in known and row["status"] in _READ and row["passages_counted"] != "0"
    }


def deciding_ids(sources: Collection[Source], read: Collection[str]) -> set[str]:
    """Return the documents that can make a cell targeted: strategies that were read and that nothing read replaced.

    A document is replaced by one that supersedes it, or one that supersedes what supersedes it.
    """
    earlier = {source.id: source.supersedes for source in sources}
    replaced: set[str] = set()
    for newer in read:
        passed = {newer}
        older = earlier.get(newer, "")
        while older and older not in passed:
            passed.add(older)
            older = earlier.get(older, "")
        replaced |= passed - {newer}
    return {
        source.id for source in sources if source.id in read and source.id not in replaced and source.kind != _INFORMING
    }
