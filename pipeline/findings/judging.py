"""From an expression to its truth, country by country, with the cells that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.findings.grid import Grid
from pipeline.findings.truth import Truth, above, at_least, every, negated, some
from pipeline.schemas import Cell
from pipeline.schemas.claims import Combined, Expression, Quantified, Selection

Bounds = tuple[float, float]
_LEAST = 1e-9  # the share of what a table without weights lists: more than nothing


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one country for one statement.

    ``found`` says whether the country meets the selection, ``truth`` whether it is as the statement has it.
    ``figures`` are the shares or numbers that were compared, empty where none were. ``named`` is False for countries
    that a statement only holds its own against.
    """

    country: str
    found: Truth
    truth: Truth
    cells: tuple[Cell, ...]
    named: bool = True
    figures: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The truth of an expression. ``part`` says, of one that is False, that it holds for some country or clause.

    ``countries`` has the truth for each country that the expression is about; ``readings`` what each of its statements
    rests on, in the order written.
    """

    truth: Truth
    part: bool
    countries: Mapping[str, Truth]
    readings: tuple[tuple[Quantified, tuple[Reading, ...]], ...]


def judge(expression: Expression, grid: Grid) -> Outcome:
    """Hold an expression against the cells."""
    return _judge_combined(expression, grid) if isinstance(expression, Combined) else _judge_statement(expression, grid)


def _judge_combined(expression: Combined, grid: Grid) -> Outcome:
    parts = [judge(part, grid) for part in expression.parts]
    readings = tuple(reading for part in parts for reading in part.readings)
    codes = sorted({code for part in parts for code in part.countries})
    if expression.connective == "not":
        countries = {code: negated(parts[0].countries[code]) for code in codes}
        return Outcome(negated(parts[0].truth), False, countries, readings)
    join = every if expression.connective == "and" else some
    countries = {code: join(part.countries[code] for part in parts if code in part.countries) for code in codes}
    whole = expression.connective == "and" and any(part.truth for part in parts)
    return Outcome(join(part.truth for part in parts), whole or any(part.part for part in parts), countries, readings)


def _judge_statement(statement: Quantified, grid: Grid) -> Outcome:
    named = grid.expand(statement.countries)
    readings = _READERS[statement.quantifier](statement, grid, named)
    own = [reading for reading in readings if reading.named]
    if not own:
        truth: Truth = None
    elif statement.quantifier == "some":
        truth = some(reading.truth for reading in own)
    else:
        truth = every(reading.truth for reading in readings)
    return Outcome(
        truth=truth,
        part=truth is False and any(reading.truth for reading in own),
        countries={
            reading.country: reading.truth for reading in readings if reading.named or reading.truth is not True
        },
        readings=((statement, tuple(readings)),),
    )


def _read_plain(statement: Quantified, grid: Grid, named: tuple[str, ...]) -> list[Reading]:
    return [_read_country(statement, grid, code) for code in named]


def _read_none(statement: Quantified, grid: Grid, named: tuple[str, ...]) -> list[Reading]:
    return [_turned(_read_country(statement, grid, code), named=True) for code in named]


def _read_only(statement: Quantified, grid: Grid, named: tuple[str, ...]) -> list[Reading]:
    others = [code for code in grid.expand(statement.among) if code not in named]
    return [
        *(_read_country(statement, grid, code) for code in named),
        *(_turned(_read_country(statement, grid, code), named=False) for code in others),
    ]


def _read_especially(statement: Quantified, grid: Grid, named: tuple[str, ...]) -> list[Reading]:
    """Each country meets the selection, and gives it more than any country that is not named."""
    others = [code for code in grid.expand(statement.among) if code not in named]
    figures = {code: _weight(statement, grid, code) for code in (*named, *others)}
    readings = []
    for code in named:
        plain = _read_country(statement, grid, code)
        stands_out = every(above(figures[code], figures[other]) for other in others)
        truth = every((plain.found, stands_out))
        readings.append(Reading(code, plain.found, truth, plain.cells, True, _known(figures[code])))
    for code in others:
        plain = _read_country(statement, grid, code)
        readings.append(Reading(code, plain.found, True, plain.cells, False, _known(figures[code])))
    return readings


_READERS = {
    "all": _read_plain,
    "some": _read_plain,
    "none": _read_none,
    "only": _read_only,
    "especially": _read_especially,
}


def _read_country(statement: Quantified, grid: Grid, code: str) -> Reading:
    cells = grid.select(code, statement.selection)
    if code not in grid.cells:
        return Reading(code, None, None, ())
    found = at_least(statement.selection.at_least, (grid.truth(cell, statement.mention) for cell in cells))
    if statement.more_than is None:
        return Reading(code, found, found, cells)
    mine, theirs = (
        _number(grid, code, chosen, statement.mention) for chosen in (statement.selection, statement.more_than)
    )
    return Reading(code, found, above(mine, theirs), cells, True, (*_known(mine), *_known(theirs)))


def _turned(reading: Reading, named: bool) -> Reading:
    return Reading(reading.country, reading.found, negated(reading.truth), reading.cells, named, reading.figures)


def _weight(statement: Quantified, grid: Grid, code: str) -> Bounds:
    """Return between which bounds the figure lies that "especially" compares: a share of salience, or a number."""
    if statement.by == "number":
        return _number(grid, code, statement.selection, statement.mention)
    truths = [grid.truth(cell) for cell in grid.select(code, statement.selection)]
    if code not in grid.cells or some(truths) is None:
        return 0.0, 1.0
    if grid.weighted or not any(truths):
        share = grid.share(code, statement.selection)
        return share, share
    return _LEAST, 1.0


def _number(grid: Grid, code: str, selection: Selection, mention: bool) -> Bounds:
    """Return between which bounds the number of concepts lies that a country targets (or mentions)."""
    if code not in grid.cells:
        return 0.0, float(len(selection.concepts))
    truths = [grid.truth(cell, mention) for cell in grid.select(code, selection)]
    return float(truths.count(True)), float(truths.count(True) + truths.count(None))


def _known(bounds: Bounds) -> tuple[float, ...]:
    return (bounds[0],) if bounds[0] == bounds[1] else ()
