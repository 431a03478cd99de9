"""Findings that nobody had to ask for: what is shared, what one targets alone, what groups divide on, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.findings.dividing import find_divisions
from pipeline.findings.grid import NAMED, Grid
from pipeline.findings.periods import find_changes
from pipeline.findings.surprise import breadths, pattern_bits, strength_of
from pipeline.findings.wording import Names, counted, country_in_words, label_in_words, listed_countries, opening
from pipeline.schemas import Cell, Finding, PeriodCell


@dataclass(frozen=True, slots=True)
class _Row:
    """What each read country has of one concept."""

    label: str
    targeted: dict[str, Cell]
    mentioned: tuple[str, ...]
    silent: tuple[str, ...]


def find_findings(
    grid: Grid,
    names: Names,
    periods: Sequence[PeriodCell] = (),
    *,
    shared_from: float = 0.8,
    few: int = 2,
    least_passages: int = 3,
    smallest_group: int = 3,
    divide_from: float = 0.5,
    concepts_named: int = 3,
    changes_from: int = 2,
    alike_from: float = 0.25,
) -> list[Finding]:
    """Return what the cells tell, the most telling first; only countries of which a strategy was read count.

    A concept is shared that at least ``shared_from`` of the countries target, and alone are at most ``few`` of them,
    one at least with ``least_passages``: fewer may be a slip of the reading. Groups have at least ``smallest_group``
    countries, and divide on a concept that the shares of them that target it differ by ``divide_from``;
    ``concepts_named`` are named for each. A concept rose or fell where at least ``changes_from`` countries took it up
    or dropped it, of those whose targets of both periods overlap by ``alike_from``. ``names`` turns codes to countries.
    """
    rows = _rows(grid)
    targets = {code: {concept for concept, row in rows.items() if code in row.targeted} for code in grid.read}
    chances = breadths(targets, len(rows))
    found = [
        *_shared(rows, chances, names, shared_from),
        *_alone(rows, chances, grid, names, few, least_passages),
        *find_divisions(targets, grid, names, smallest_group, divide_from, concepts_named),
        *find_changes(periods, names, changes_from, alike_from),
    ]
    ordered = sorted(found, key=lambda finding: (-finding.score, -finding.strength, finding.finding_id))
    return [replace(finding, rank=rank) for rank, finding in enumerate(ordered, start=1)]


def _rows(grid: Grid) -> dict[str, _Row]:
    rows: dict[str, _Row] = {}
    for code in grid.read:
        for cell in grid.cells[code]:
            row = rows.setdefault(cell.concept, _Row(cell.label, {}, (), ()))
            if cell.status == "targeted":
                row.targeted[code] = cell
            else:
                named = (*row.mentioned, code) if cell.status in NAMED else row.mentioned
                silent = row.silent if cell.status in NAMED else (*row.silent, code)
                rows[cell.concept] = replace(row, mentioned=named, silent=silent)
    return rows


def _shared(rows: Mapping[str, _Row], chances: Mapping[str, float], names: Names, least: float) -> Iterable[Finding]:
    for concept, row in rows.items():
        if len(row.targeted) > 1 and len(row.targeted) >= least * len(chances):
            whole = len(row.targeted) == len(chances)
            number = f"all {len(chances)}" if whole else f"{len(row.targeted)} of the {len(chances)}"
            sentence = f"{opening(number)} countries read target {label_in_words(row.label)}{_except(row, names)}."
            yield _finding("shared", concept, row, sentence, chances)


def _except(row: _Row, names: Names) -> str:
    parts = []
    if row.mentioned:
        verb = "mentions" if len(row.mentioned) == 1 else "mention"
        parts.append(f"{listed_countries(row.mentioned, names)} only {verb} it")
    if row.silent:
        verb = "does" if len(row.silent) == 1 else "do"
        parts.append(f"{listed_countries(row.silent, names)} {verb} not name it")
    return "; " + "; ".join(parts) if parts else ""


def _alone(
    rows: Mapping[str, _Row], chances: Mapping[str, float], grid: Grid, names: Names, few: int, passages: int
) -> Iterable[Finding]:
    for concept, row in rows.items():
        enough = any(cell.n_passages >= passages for cell in row.targeted.values())
        if enough and len(row.targeted) <= few and len(chances) > 2 * few:
            verb = "targets" if len(row.targeted) == 1 else "target"
            sentence = (
                f"Only {listed_countries(row.targeted, names)} {verb} {label_in_words(row.label)} "
                f"({_support(row, grid, names)}); {_elsewhere(row)}."
            )
            yield _finding("alone", concept, row, sentence, chances)


def _elsewhere(row: _Row) -> str:
    rest = len(row.mentioned) + len(row.silent)
    if not row.mentioned:
        return f"none of the other {rest} countries read names it"
    verb = "mentions" if len(row.mentioned) == 1 else "mention"
    return f"of the other {rest} countries read, {len(row.mentioned)} only {verb} it"


def _support(row: _Row, grid: Grid, names: Names) -> str:
    """Return how much of what was read the cells rest on."""
    parts = []
    for code, cell in row.targeted.items():
        read = grid.strategies[code]
        own = f"{counted(cell.n_passages, 'passage')} in {counted(cell.n_documents, 'document')}, "
        own += f"{counted(read, 'strategy', 'strategies')} read"
        parts.append(own if len(row.targeted) == 1 else f"{country_in_words(names(code))}: {own}")
    return "; ".join(parts)


def _finding(kind: str, concept: str, row: _Row, sentence: str, chances: Mapping[str, float]) -> Finding:
    bits = pattern_bits(row.targeted, chances)
    strength = strength_of(row.targeted.values())
    return Finding(
        rank=0,
        finding_id=f"{kind}.{concept}",
        kind=kind,
        sentence=sentence,
        score=bits * strength,
        bits=bits,
        strength=strength,
        countries=" ".join(row.targeted),
        others=" ".join(row.mentioned),
        concepts=concept,
        cells=" ".join(cell.cell_id for cell in row.targeted.values()),
    )
