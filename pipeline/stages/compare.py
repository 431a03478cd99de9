"""Stage `compare`: the cells of a corpus held against a published table, or against an earlier release."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.comparing import (
    OtherTable,
    cells_of_entries,
    compare_entries,
    find_faults,
    make_here,
    read_published,
    summarise,
    table_of_cells,
)
from pipeline.concepts import load_concepts
from pipeline.concepts.statements import load_claims
from pipeline.findings import judge_claims, make_grid
from pipeline.schemas import Cell, Concept
from pipeline.schemas.agreement import AgreementSummary, ComparedEntry, TableFault
from pipeline.schemas.delimited import parse_rows, rows_csv
from pipeline.stages.findings import read_built
from pipeline.stages.history import GitError, NoGitError, git
from pipeline.stages.places import Places
from pipeline.storage import write_bytes
from pipeline.tables.countries import country_name

PUBLISHED = "published"  # the folder of models/ that holds tables of others


@dataclass(frozen=True, slots=True)
class Other:
    """Another table as text: a name for file names, where it is from, and whether it is the cells of a release."""

    name: str
    origin: str
    text: str

    @property
    def of_cells(self) -> bool:
        """Say whether the text is a cells.csv of this project."""
        return "cell_id" in self.text.partition("\n")[0]


def tables_of(name: str) -> tuple[str, ...]:
    """Return the names of the files that a comparison with the table of this name writes."""
    return f"compare_{name}.csv", f"compare_{name}_summary.csv", f"compare_{name}_faults.csv"


def write_comparison(places: Places, other: Other) -> str:
    """Write how the cells of a corpus stand to another table; return a line that says how far they agree."""
    concepts = load_concepts(places.models)
    table = _table(other, concepts)
    built = read_built(places)
    here = make_here(built.cells, built.quotes, built.coverage, built.strategies)
    entries, summary = compare_entries(table, here, concepts), summarise(table, here, concepts)
    rows: list[tuple[type, Sequence[object]]] = [(ComparedEntry, entries), (AgreementSummary, summary)]
    if not other.of_cells:
        rows.append((TableFault, _faults(places, table, other, concepts)))
    for name, (row_type, own) in zip(tables_of(other.name), rows, strict=False):
        write_bytes(places.tables / name, rows_csv(row_type, own))
    counts = Counter(row.outcome for row in entries)
    years = sorted(row.year for row in built.coverage if row.country in table.countries and row.passages_counted)
    return (
        f"compare: {counts['confirmed']} of {len(table.entries)} entries of {other.name} confirmed, {counts['new']} "
        "targets that it does not list" + (f"; read here: documents of {years[0]} to {years[-1]}" if years else "")
    )


def write_comparisons(places: Places) -> list[str]:
    """Compare a corpus with every table of models/published; return a line for each."""
    return [write_comparison(places, read_file(path)) for path in sorted((places.models / PUBLISHED).glob("*.csv"))]


def read_other(source: str, project: Path) -> Other:
    """Return another table by a path, or by ``REV:PATH`` out of git, as `git show` writes it."""
    path = Path(source)
    if path.is_file() or ":" not in source:
        return read_file(path)
    revision, _, name = source.partition(":")
    return read_revision(project, revision, name)


def read_file(path: Path) -> Other:
    """Return a table that is a file; a file that cannot be read is a ValueError."""
    try:
        return Other(_plain_name(path.stem), str(path), path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise ValueError(f"{path}: there is no such file; expected a table, or REV:PATH out of git") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 ({error}); save it as CSV in UTF-8") from error


def read_revision(project: Path, revision: str, name: str) -> Other:
    """Return a table as it stood in a git revision; ``name`` is its path in the repository."""
    commit = _git(project, revision, "rev-parse", "--verify", "--short", "--end-of-options", f"{revision}^{{commit}}")
    text = _git(project, revision, "show", "--end-of-options", f"{commit.strip()}:{name}")
    return Other(f"at-{commit.strip()}", f"{revision}:{name}", text)


def _git(project: Path, revision: str, *arguments: str) -> str:
    try:
        return git(project, *arguments).decode("utf-8")
    except NoGitError as error:
        raise ValueError("a table of a revision needs git, which is not installed; install it") from error
    except GitError as error:
        raise ValueError(f"{revision}: git cannot give this table out of {project}; git says: {error.said}") from error


def _plain_name(stem: str) -> str:
    """Return a name as it can stand in a file name."""
    return re.sub(r"[^A-Za-z0-9.-]+", "-", stem).strip("-.") or "table"


def _table(other: Other, concepts: Sequence[Concept]) -> OtherTable:
    if other.of_cells:
        return table_of_cells(parse_rows(Cell, other.text, other.origin), concepts)
    return read_published(other.text, other.origin, concepts)


def _faults(places: Places, table: OtherTable, other: Other, concepts: Sequence[Concept]) -> list[TableFault]:
    """Return the faults of a published table, by itself and by the claims of its source."""
    claims = load_claims(places.models / "claims.yaml", concepts)
    sources = {source.id for source in claims.sources if Path(source.table).stem == other.name}
    own = [claim for claim in claims.claims if claim.source in sources]
    grid = make_grid(cells_of_entries(table, concepts), dict.fromkeys(table.countries, 1), weighted=False)
    return find_faults(table, judge_claims(own, grid, country_name), country_name)
