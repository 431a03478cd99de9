"""What `export` does: the tables of a corpus in the forms of the field, made on request and kept out of git."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pipeline.concepts.catalogue import load_catalogue
from pipeline.documents import read_documents
from pipeline.exports import (
    COLUMNS,
    Grid,
    Source,
    TableFile,
    annotate_evidence,
    code_lists,
    grid_latex,
    grids_word,
    observe_cells,
    stack_columns,
    typed_columns,
)
from pipeline.schemas import Document
from pipeline.schemas.delimited import encode, lines_csv
from pipeline.stages.package import DESCRIPTOR, describe, read_sources, read_tables, write_registers
from pipeline.stages.places import Parameters, Places
from pipeline.storage import write_bytes, write_columns, write_json
from pipeline.tables.comparison import fold_unread, how_to_read


@dataclass(frozen=True, slots=True)
class Work:
    """What an export is made from: the tables of a corpus, its documents, and where the files go."""

    places: Places
    parameters: Parameters
    tables: Sequence[TableFile]
    documents: Sequence[Document]
    folder: Path

    def rows(self, file: str) -> list[dict[str, str]]:
        """Return the rows of one table; none where the table was not built."""
        return [row for table in self.tables if table.entry.file == file for row in table.rows()]


def export_corpus(places: Places, parameters: Parameters, formats: Sequence[str]) -> list[str]:
    """Write the tables of a corpus in the given formats (keys of ``FORMATS``); return a line for each."""
    documents = read_documents(places.corpus)
    write_registers(places, documents)
    tables = read_tables(places.out / "tables", load_catalogue(places.models / "tables.yaml"))
    work = Work(places, parameters, tables, documents, places.out / "exports")
    return [f"{name}: {FORMATS[name](work)} in {work.folder}" for name in formats]


def _package(work: Work) -> str:
    """Write the whole package, with quotes and topics where there are any: what a release holds."""
    folder = _emptied(work.folder / "package")
    options = work.parameters.section("package")
    options.pop("open_licences", None)
    for table in work.tables:
        write_bytes(folder / table.entry.file, table.content)
    write_json(
        folder / DESCRIPTOR, describe(work.places, work.tables, read_sources(work.documents, work.tables), options)
    )
    return f"{len(work.tables)} tables and {DESCRIPTOR}"


def _parquet(work: Work) -> str:
    folder = _emptied(work.folder / "parquet")
    for table in work.tables:
        write_columns(folder / f"{table.entry.file.removesuffix('.csv')}.parquet", typed_columns(table))
    return f"{len(work.tables)} Parquet files"


def _annotations(work: Work) -> str:
    rows = work.rows("evidence.csv")
    if not rows:
        raise ValueError(f"{work.places.out / 'tables' / 'evidence.csv'} is not there or empty; build the tables first")
    folder = _emptied(work.folder / "annotations")
    address = str(work.parameters.section("export").get("address") or "").rstrip("/")
    tables = address or _way(folder, work.places.out / "tables")
    corpus = address or _way(folder, work.places.corpus)
    labels = {row["concept"]: row["label"] for row in work.rows("concepts.csv")}
    files = annotate_evidence(rows, work.documents, labels, Source(tables, corpus))
    for name, content in files.items():
        write_bytes(folder / name, encode(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"))
    return f"{len(rows)} annotations on {len(files) - 1} documents"


def _sdmx(work: Work) -> str:
    concepts = work.rows("concepts.csv")
    kinds = {row["concept"]: row["kind"] for row in concepts}
    lines = observe_cells(work.rows("cells.csv"), work.rows("coverage.csv"), kinds)
    write_bytes(work.folder / "sdmx.csv", lines_csv(COLUMNS, lines))
    codes = code_lists(work.rows("countries.csv"), concepts)
    write_bytes(work.folder / "sdmx_codes.csv", lines_csv(("CODELIST", "CODE", "LABEL"), codes))
    return f"{len(lines)} observations and their code lists"


def _latex(work: Work) -> str:
    grids = _comparisons(work)
    for name, grid in grids.items():
        write_bytes(work.folder / f"{name}.tex", grid_latex(grid, name.replace("_", "-")))
    return f"{len(grids)} tables"


def _word(work: Work) -> str:
    grids = list(_comparisons(work).values())
    title = str(work.parameters.section("package").get("title") or "Comparison of countries")
    write_bytes(work.folder / "comparison.docx", grids_word(grids, title))
    return f"{len(grids)} tables in one document"


def _comparisons(work: Work) -> dict[str, Grid]:
    """Return the comparisons as they are printed: countries that were not read are named in the note."""
    grids = {}
    for table in work.tables:
        if table.entry.file.startswith("comparison"):
            names = [column.name for column in table.columns]
            plain = fold_unread([names, *table.lines()])
            note = f"{how_to_read()} {plain.note}".strip()
            grid = Grid(table.entry.title, plain.header, plain.rows, note)
            grids[table.entry.file.removesuffix(".csv")] = stack_columns(grid)
    return grids


def _emptied(folder: Path) -> Path:
    """Remove what an earlier export left in a folder of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _way(start: Path, end: Path) -> str:
    return quote(Path(os.path.relpath(end.resolve(), start.resolve())).as_posix())


FORMATS: Mapping[str, Callable[[Work], str]] = {
    "package": _package,
    "annotations": _annotations,
    "sdmx": _sdmx,
    "latex": _latex,
    "word": _word,
    "parquet": _parquet,
}
