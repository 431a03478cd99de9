"""Stage `findings`: the cells of a corpus to verdicts on claims and to findings in sentences."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipeline.concepts import load_concepts
from pipeline.concepts.statements import load_claims
from pipeline.documents import read_documents
from pipeline.findings import (
    Grid,
    claims_evidence,
    find_findings,
    judge_claims,
    make_grid,
    render_findings,
)
from pipeline.schemas import Cell, Coverage, Evidence, PeriodCell
from pipeline.schemas.delimited import parse_rows
from pipeline.stages.places import Parameters, Places
from pipeline.storage import write_bytes
from pipeline.tables import judge_documents
from pipeline.tables.countries import country_name

TABLES = ("claims.csv", "claims_evidence.csv", "findings.csv", "findings.md")
NO_PERIODS = "No table of periods was built (periods.csv), so nothing is said on what rose or fell."

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Built:
    """What the stage `tables` made of a corpus: the cells, the best quote of each by id, and what was read."""

    cells: tuple[Cell, ...]
    quotes: dict[str, Evidence]
    coverage: tuple[Coverage, ...]
    strategies: dict[str, int]


def write_findings(places: Places, parameters: Parameters) -> str:
    """Write the verdicts on claims and the findings of a corpus; return a line that says how many there are."""
    concepts = load_concepts(places.models)
    claims = load_claims(places.models / "claims.yaml", concepts)
    built = read_built(places)
    grid = make_grid(built.cells, built.strategies)
    periods = _periods(places)
    options = parameters.section("findings")
    shown = {name: options.pop(name) for name in ("shown",) if name in options}
    cells_shown = {name: options.pop(name) for name in ("cells_shown",) if name in options}
    verdicts = judge_claims(claims.claims, grid, country_name)
    findings = find_findings(grid, country_name, periods or (), **options)
    files = render_findings(
        verdicts,
        claims_evidence(claims.claims, grid, built.quotes, **cells_shown),
        findings,
        sources=claims.sources,
        quotes=built.quotes,
        notes=[*_left_out(grid), *([NO_PERIODS] if periods is None else [])],
        **shown,
    )
    for name, content in files.items():
        write_bytes(places.tables / name, content)
    counts = Counter(verdict.verdict for verdict in verdicts)
    return (
        f"findings: {len(verdicts)} claims ({counts['holds']} hold, {counts['holds_in_part']} hold in part, "
        f"{counts['fails']} fail, {counts['undecided']} undecided), {len(findings)} findings"
        + (f"; {NO_PERIODS}" if periods is None else "")
    )


def read_built(places: Places) -> Built:
    """Read what the stage `tables` wrote; a table that is not there is a ValueError."""
    folder = places.tables
    coverage = read_table(folder / "coverage.csv", Coverage)
    standings = judge_documents(read_documents(places.corpus, until=places.as_of), coverage)
    return Built(
        cells=tuple(read_table(folder / "cells.csv", Cell)),
        quotes={row.cell_id: row for row in read_table(folder / "evidence.csv", Evidence) if row.rank == 1},
        coverage=tuple(coverage),
        strategies=dict(Counter(standing.document.country for standing in standings.values() if standing.decides)),
    )


def read_table(path: Path, row_type: type[Row]) -> list[Row]:
    """Read a table of a corpus; one that is not there is a ValueError that says how to make it."""
    if not path.is_file():
        raise ValueError(f"{path} is not there; run `python -m pipeline tables` first")
    return parse_rows(row_type, path.read_text(encoding="utf-8"), str(path))


def _left_out(grid: Grid) -> list[str]:
    """Say which countries of the corpus play no part in findings."""
    silent = sorted(country_name(code) for code in grid.cells if code not in grid.read)
    return [f"No strategy in force was read of {', '.join(silent)}; they are left out."] if silent else []


def _periods(places: Places) -> list[PeriodCell] | None:
    """Return the rows of periods.csv; None where that table was not built."""
    path = places.tables / "periods.csv"
    return read_table(path, PeriodCell) if path.is_file() else None
