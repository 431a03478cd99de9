"""Reads what reviewers decided on, ``suggestions_decided.csv``: what stands there is not suggested again."""

from __future__ import annotations

import csv
import io
from pathlib import Path

COLUMNS = ("language", "phrase", "verdict", "concept", "reviewer", "date", "reason")
VERDICTS = ("accepted", "rejected")


def read_decided(path: Path) -> set[tuple[str, str]]:
    """Return the (language, phrase) pairs that were decided on; without a file, none.

    The file is CSV in UTF-8 with the columns ``COLUMNS``; ``verdict`` is accepted or rejected, and an accepted phrase
    names its concept (the id of one that is there, or of one to be made). Faults are raised together as one ValueError
    of sentences with file and line.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return set()
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: expected UTF-8, found other bytes ({error}); save it as CSV in UTF-8.") from error
    decided: set[tuple[str, str]] = set()
    faults: list[str] = []
    for line, row in _rows(path, text):
        own = [f"{path}:{line}: {fault}" for fault in _faults(row)]
        pair = (row.get("language", ""), row.get("phrase", ""))
        if not own and pair in decided:
            own = [f"{path}:{line}: expected each phrase once, found {pair[1]!r} ({pair[0]}) again; keep one line."]
        faults += own
        decided.add(pair)
    if faults:
        raise ValueError("\n".join(faults))
    return decided


def _rows(path: Path, text: str) -> list[tuple[int, dict[str, str]]]:
    """Return the rows with the line on which each begins; a header that is wrong is a fault of its own."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    before = 0
    try:
        header = [name.strip() for name in next(reader, [])]
        missing = [name for name in COLUMNS if name not in header]
        if missing:
            raise ValueError(
                f"{path}:1: expected the columns {', '.join(COLUMNS)}, found {', '.join(header) or 'none'}; "
                f"add {', '.join(missing)}."
            )
        before = reader.line_num
        for values in reader:
            line, before = before + 1, reader.line_num
            if not values:
                continue
            if len(values) != len(header):
                raise ValueError(
                    f"{path}:{line}: expected {len(header)} fields, found {len(values)}; "
                    "put a text that holds a comma in quotation marks."
                )
            rows.append((line, {name: value.strip() for name, value in zip(header, values, strict=True)}))
    except csv.Error as error:
        raise ValueError(f"{path}:{reader.line_num}: expected CSV, found {error}; mend the quotation marks.") from error
    return rows


def _faults(row: dict[str, str]) -> list[str]:
    faults = [
        f"expected a {name}, found an empty field; fill it in or delete the line."
        for name in ("language", "phrase")
        if not row[name]
    ]
    if row["verdict"] not in VERDICTS:
        found = repr(row["verdict"]) if row["verdict"] else "an empty field"
        faults.append(f"expected the verdict {' or '.join(VERDICTS)}, found {found}; write one of them.")
    elif row["verdict"] == "accepted" and not row["concept"]:
        faults.append("expected the concept that an accepted phrase stands for, found an empty field; name its id.")
    return faults
