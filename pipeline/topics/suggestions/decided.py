"""Reads what reviewers decided on, ``suggestions_decided.csv``: what stands there is not suggested again."""

from __future__ import annotations

from pathlib import Path

from pipeline.schemas.delimited import read_written

COLUMNS = ("language", "phrase", "verdict", "concept", "reviewer", "date", "reason")
VERDICTS = ("accepted", "rejected")


def read_decided(path: Path) -> set[tuple[str, str]]:
    """Return the (language, phrase) pairs that were decided on; without a file, none.

    The file is CSV in UTF-8 with the columns ``COLUMNS``; ``verdict`` is accepted or rejected, and an accepted phrase
    names its concept (the id of one that is there, or of one to be made). Faults are raised together as one ValueError
    of sentences with file and line.
    """
    decided: set[tuple[str, str]] = set()
    faults: list[str] = []
    for line, row in read_written(path, COLUMNS):
        own = [f"{path}:{line}: {fault}" for fault in _faults(row)]
        pair = (row.get("language", ""), row.get("phrase", ""))
        if not own and pair in decided:
            own = [f"{path}:{line}: expected each phrase once, found {pair[1]!r} ({pair[0]}) again; keep one line."]
        faults += own
        decided.add(pair)
    if faults:
        raise ValueError("\n".join(faults))
    return decided


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
