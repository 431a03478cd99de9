"""Reads ``decisions.csv`` and says each of its faults with file and line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.schemas import LEVELS, VERDICTS, Decision, is_day
from pipeline.schemas.delimited import read_written

COLUMNS = ("country", "concept", "verdict", "reason", "reviewer", "date", "expects")


def read_decisions(path: Path, countries: Collection[str], concepts: Collection[str]) -> tuple[Decision, ...]:
    """Return the decisions of a corpus in the order of the file; none where there is no file.

    The file is CSV in UTF-8 with ``COLUMNS``, and may have a column ``evidence`` (the id of one quote, ``evidence_id``
    of evidence.csv); further columns are not read. ``countries`` are those of the register, ``concepts`` the ids of
    the vocabulary. All faults are raised together as one ValueError of sentences with file and line.
    """
    decisions: list[Decision] = []
    faults: list[str] = []
    lines: dict[tuple[str, ...], int] = {}
    for line, row in read_written(path, COLUMNS):
        own = list(_faults(row, countries, concepts))
        named = row.get("evidence", "")
        what = ("quote", named) if named else (row["country"], row["concept"])
        if what in lines:
            own.append(f"{' '.join(what)} was decided on in line {lines[what]} already; keep one of the two lines")
        lines.setdefault(what, line)
        faults += [f"{path}:{line}: {fault}" for fault in own]
        if not own:
            decisions.append(Decision(**{name: row[name] for name in COLUMNS}, evidence=named, line=line))
    if faults:
        raise ValueError("\n".join(faults))
    return tuple(decisions)


def check_quotes(path: Path, decisions: Sequence[Decision], found: Mapping[str, tuple[str, str, str]]) -> None:
    """Raise a ValueError where a decision names a quote of another cell.

    ``found`` leads from the ids of quotes that are there to their country, concept and level.
    """
    faults = [
        f"{path}:{row.line}: the quote {row.evidence} is of {' '.join(found[row.evidence][:2])}; expected one of "
        f"{row.country} {row.concept}; correct the country and concept, or the id"
        for row in decisions
        if row.evidence in found and found[row.evidence][:2] != (row.country, row.concept)
    ]
    if faults:
        raise ValueError("\n".join(faults))


def _faults(row: Mapping[str, str], countries: Collection[str], concepts: Collection[str]) -> Iterator[str]:
    if row["country"] not in countries:
        yield f"country is {row['country']!r}; expected one of the register: {', '.join(sorted(countries))}"
    if row["concept"] not in concepts:
        yield f"concept is {row['concept']!r}; expected the id of a technology or sector in models/concepts"
    if row["verdict"] not in VERDICTS:
        yield f"verdict is {row['verdict']!r}; expected {' or '.join(VERDICTS)}"
    for name in ("reason", "reviewer"):
        if not row[name]:
            yield f"no {name}; a decision is shown with who made it and why, so write one"
    if not is_day(row["date"]):
        yield f"date is {row['date']!r}; expected the day of the decision as in 2024-05-01"
    if row["expects"] not in LEVELS:
        yield (
            f"expects is {row['expects']!r}; expected what the machine says now, {' or '.join(LEVELS)}: the status of "
            "the cell in cells.csv, or the level of the quote in evidence.csv"
        )
