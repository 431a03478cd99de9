"""A verdict in words: which countries target what a claim is about, which only mention it, which were not read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.findings.grid import NAMED, Grid
from pipeline.findings.judging import Outcome, Reading
from pipeline.findings.wording import (
    Names,
    counted,
    country_in_words,
    label_in_words,
    listed,
    listed_countries,
    percent,
)
from pipeline.schemas.claims import Quantified

_LABELS = 3  # named of what a country targets
_FEW = 6  # countries that are given with details; more are only listed


def explain(outcome: Outcome, grid: Grid, names: Names) -> str:
    """Return one sentence for each statement of a claim."""
    return " ".join(_explain_statement(statement, readings, grid, names) for statement, readings in outcome.readings)


def _explain_statement(statement: Quantified, readings: Sequence[Reading], grid: Grid, names: Names) -> str:
    named = [reading for reading in readings if reading.named]
    others = [reading for reading in readings if not reading.named]
    parts = [*_found(statement, named, names), *_not_found(statement, named, grid, names)]
    if statement.quantifier == "only":
        parts += _beyond(others, names)
    if statement.quantifier == "especially" and any(reading.found for reading in named):
        parts.append(_compared(statement, named, others, names))
    if statement.more_than is not None:
        parts.append(_more(statement, named, names))
    return f"{statement.selection.text}: {'; '.join(part for part in parts if part)}."


def _found(statement: Quantified, readings: Sequence[Reading], names: Names) -> list[str]:
    found = _by_name([reading for reading in readings if reading.found], names)
    if not found:
        return []
    detailed = len(statement.selection.concepts) > 1 and len(found) <= _FEW and statement.more_than is None
    shown = [_with_labels(reading, names) if detailed else _name(reading, names) for reading in found]
    return [f"{_verb(statement)} in {listed(shown)}"]


def _verb(statement: Quantified) -> str:
    verb = "mentioned" if statement.mention else "targeted"
    return f"{verb} as asked" if statement.selection.at_least > 1 else verb


def _with_labels(reading: Reading, names: Names) -> str:
    found = [label_in_words(cell.label) for cell in reading.cells if cell.status == "targeted"]
    more = len(found) - _LABELS
    shown = found[:_LABELS] + ([f"{more} more"] if more > 0 else [])
    return f"{_name(reading, names)} ({'; '.join(shown) or 'none targeted'})"


def _not_found(statement: Quantified, readings: Sequence[Reading], grid: Grid, names: Names) -> list[str]:
    """Return where it is missing, and why: too little of it, a mere mention, nothing found, nothing read."""
    missing = [reading for reading in readings if reading.found is False]
    some = [reading for reading in missing if statement.selection.at_least > 1 and reading.cells]
    elsewhere = [reading for reading in missing if not reading.cells]
    rest = [reading for reading in missing if reading not in some and reading not in elsewhere]
    mentioned = [reading for reading in rest if reading.cells[0].status in NAMED]
    silent = [reading for reading in rest if reading not in mentioned]
    unknown = [reading for reading in readings if reading.found is None and reading.country in grid.cells]
    foreign = [reading for reading in readings if reading.country not in grid.cells]
    fewer = listed([_with_labels(reading, names) for reading in _by_name(some, names)])
    absent = "read and not found" if grid.weighted else "not listed"
    return [
        f"not all that is asked in {fewer}" if some else "",
        f"only mentioned in {_read(mentioned, grid, names)}" if mentioned else "",
        f"{absent} in {_read(silent, grid, names)}" if silent else "",
        f"not in this column in {_codes(elsewhere, names)}" if elsewhere else "",
        f"undecided for {_codes(unknown, names)}: no strategy in force was read" if unknown else "",
        f"not in this corpus: {_codes(foreign, names)}" if foreign else "",
    ]


def _read(readings: Sequence[Reading], grid: Grid, names: Names) -> str:
    """Return countries with how much of them was read, for an absence says no more than that."""
    if len(readings) > _FEW or not grid.weighted:
        return _codes(readings, names)
    shown = []
    for reading in _by_name(readings, names):
        read = counted(grid.strategies.get(reading.country, 0), "strategy", "strategies")
        shown.append(f"{_name(reading, names)} ({read} read)")
    return listed(shown)


def _beyond(others: Sequence[Reading], names: Names) -> list[str]:
    also = [reading for reading in others if reading.found]
    unknown = [reading for reading in others if reading.found is None]
    rest = [reading for reading in others if reading.found is False]
    none = f"in none of the other {len(rest)}" if len(rest) > _FEW else f"not in {_codes(rest, names)}"
    return [
        f"also in {_codes(also, names)}" if also else "",
        none if rest else "",
        f"unknown for {_codes(unknown, names)}" if unknown else "",
    ]


def _compared(statement: Quantified, named: Sequence[Reading], others: Sequence[Reading], names: Names) -> str:
    what = "share of all that is targeted" if statement.by == "share" else "number of concepts"
    own = [f"{_name(reading, names)} {_figure(statement, reading)}" for reading in named if reading.figures]
    known = [reading for reading in others if reading.figures]
    if not own:
        return f"{_codes([reading for reading in others if reading.found], names)} too, and no weights to compare by"
    highest = max(known, key=lambda reading: (reading.figures[0], reading.country), default=None)
    elsewhere = f"{_name(highest, names)} {_figure(statement, highest)}" if highest and highest.figures[0] else "none"
    return f"{what}: {listed(own)}; most elsewhere: {elsewhere}"


def _figure(statement: Quantified, reading: Reading) -> str:
    return percent(reading.figures[0]) if statement.by == "share" else f"{reading.figures[0]:.0f}"


def _more(statement: Quantified, named: Sequence[Reading], names: Names) -> str:
    other = label_in_words(statement.more_than.text) if statement.more_than else ""
    shown = [
        f"{_name(reading, names)} {reading.figures[0]:.0f} to {reading.figures[1]:.0f}"
        for reading in _by_name(named, names)
        if len(reading.figures) == 2
    ]
    return f"number of concepts, against {other}: {listed(shown)}" if shown else ""


def _codes(readings: Iterable[Reading], names: Names) -> str:
    return listed_countries((reading.country for reading in readings), names)


def _by_name(readings: Iterable[Reading], names: Names) -> list[Reading]:
    return sorted(readings, key=lambda reading: names(reading.country))


def _name(reading: Reading, names: Names) -> str:
    return country_in_words(names(reading.country))
