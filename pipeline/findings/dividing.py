"""What two groups of countries divide on: for each split of the countries, the concepts that part them most."""

from __future__ import annotations

import statistics
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.findings.grid import Grid
from pipeline.findings.grouping import Groups, split_countries
from pipeline.findings.surprise import division_bits, strength_of
from pipeline.findings.wording import Names, label_in_words, listed, listed_countries, opening
from pipeline.schemas import Cell
from pipeline.schemas.claims import Finding

Targets = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class _Issue:
    """One concept that two groups divide on: how many of each target it."""

    concept: str
    label: str
    first: int
    second: int
    bits: float


def find_divisions(
    targets: Targets, grid: Grid, names: Names, smallest: int, least: float, named: int
) -> Iterator[Finding]:
    """Yield a finding for each split into two groups of at least ``smallest`` countries that divide on something.

    The groups come from the same cells as the concepts that part them, so the bits describe a split and prove none.
    """
    labels = {cell.concept: cell.label for code in grid.read for cell in grid.cells[code]}
    for groups in split_countries(targets):
        if min(map(len, groups)) < smallest:
            continue
        groups = (min(groups, key=len), max(reversed(groups), key=len))
        issues = _issues(targets, groups, labels, least)
        mine, theirs = (_ahead(issues, groups, side)[:named] for side in (0, 1))
        if mine or theirs:
            yield _finding(groups, mine, theirs, grid, names)


def _ahead(issues: Sequence[_Issue], groups: Groups, side: int) -> list[_Issue]:
    """Return the issues that a larger share of the first (0) or of the second (1) group targets."""
    first, second = map(len, groups)
    return [issue for issue in issues if (issue.first * second > issue.second * first) is (side == 0)]


def _issues(targets: Targets, groups: Groups, labels: Mapping[str, str], least: float) -> list[_Issue]:
    found = []
    for concept in sorted({concept for group in groups for code in group for concept in targets[code]}):
        first, second = (sum(concept in targets[code] for code in group) for group in groups)
        if abs(first / len(groups[0]) - second / len(groups[1])) >= least:
            bits = division_bits((first, len(groups[0])), (second, len(groups[1])))
            found.append(_Issue(concept, labels[concept], first, second, bits))
    return sorted(found, key=lambda issue: (-issue.bits, issue.concept))


def _finding(groups: Groups, mine: Sequence[_Issue], theirs: Sequence[_Issue], grid: Grid, names: Names) -> Finding:
    issues = [*mine, *theirs]
    cells = [cell for issue in issues for cell in _targeted(grid, issue.concept, (*groups[0], *groups[1]))]
    bits = statistics.fmean(issue.bits for issue in issues)
    strength = strength_of(cells)
    return Finding(
        rank=0,
        finding_id=f"divides.{'-'.join(groups[0])}.{'-'.join(groups[1])}",
        kind="divides",
        sentence=_sentence(groups, mine, theirs, len(grid.read), names),
        score=bits * strength,
        bits=bits,
        strength=strength,
        countries=" ".join(groups[0]),
        others=" ".join(groups[1]),
        concepts=" ".join(issue.concept for issue in issues),
        cells=" ".join(cell.cell_id for cell in cells),
    )


def _targeted(grid: Grid, concept: str, countries: Collection[str]) -> list[Cell]:
    return [
        cell
        for code in sorted(countries)
        for cell in grid.cells[code]
        if cell.concept == concept and cell.status == "targeted"
    ]


def _sentence(groups: Groups, mine: Sequence[_Issue], theirs: Sequence[_Issue], everyone: int, names: Names) -> str:
    """Return the division as seen from the first group."""
    first, second = groups
    rest = f"the other {len(second)}" if len(first) + len(second) == everyone else listed_countries(second, names)
    parts = [
        f"{word} of them target {_counted(issues, groups)}"
        for word, issues in (("more", mine), ("fewer", theirs))
        if issues
    ]
    return f"{opening(listed_countries(first, names))} differ from {rest}: {'; '.join(parts)}."


def _counted(issues: Sequence[_Issue], groups: Groups) -> str:
    first, second = map(len, groups)
    counts = [f"{issue.first} of {first} against {issue.second} of {second}" for issue in issues]
    return listed([f"{label_in_words(issue.label)} ({count})" for issue, count in zip(issues, counts, strict=True)])
