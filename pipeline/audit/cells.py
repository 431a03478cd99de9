"""Counts the cells again from documents.csv, and documents.csv from the mentions, as people decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import product

from pipeline.audit.corpus import Corpus, Row, grouped, whole_number
from pipeline.audit.faults import Looked, faulty, judged, listed, told
from pipeline.audit.sources import deciding_ids, read_ids

_FOUND = ("targeted", "mentioned")
_STRONG = ("core", "supported")
_NEAR = 0.00011  # saliences are given with four decimals


def check_grid(corpus: Corpus) -> Looked:
    """cells.csv has one row for every country of the register and every technology and sector, and no other."""
    concepts = [row["concept"] for row in corpus.table("concepts.csv") if row["kind"] in ("technology", "sector")]
    concepts = concepts or sorted({row["concept"] for row in corpus.cells.values()})
    countries = sorted({source.country for source in corpus.register.values()})
    expected = {f"{country}.{concept}" for country, concept in product(countries, concepts)}
    listed_ids = [row["cell_id"] for row in corpus.table("cells.csv")]
    for name in sorted(expected | set(listed_ids)):
        times = listed_ids.count(name) if name not in corpus.cells else 1
        yield from judged(
            "cells.csv",
            name,
            [
                told(name not in corpus.cells, "there is no such row; expected one for every country and concept"),
                told(name not in expected, "the register has no such country or no such concept"),
                told(times > 1, f"{times} rows"),
            ],
        )
    if len(listed_ids) != len(set(listed_ids)):
        twice = {name for name in listed_ids if listed_ids.count(name) > 1}
        yield faulty("cells.csv", listed(twice), "these cells have several rows; expected one each")


def check_statuses(corpus: Corpus) -> Looked:
    """Each cell has the status that levels, kinds and editions of its documents and the decisions of people give it."""
    read, deciding = standings_of(corpus)
    read_countries = {corpus.register[name].country for name in read}
    by_cell = documents_of_cells(corpus)
    whole = {
        f"{row['country']}.{row['concept']}": row["verdict"] for row in corpus.decisions if not row.get("evidence")
    }
    on_quotes = {row["country"] for row in corpus.decisions if row.get("evidence")}
    for name, cell in corpus.cells.items():
        status = status_of(by_cell.get(name, []), deciding, cell["country"] in read_countries)
        decided = _decided(status, whole.get(name, ""))
        machine = cell["machine"]
        yield from judged(
            "cells.csv",
            name,
            [
                told(
                    cell["status"] != decided,
                    f"its status is {cell['status']}; its documents and decisions make it {decided}",
                ),
                told(
                    machine != status and cell["country"] not in on_quotes,
                    f"by machine {machine}; its documents make it {status}",
                ),
            ],
        )


def status_of(rows: Sequence[Row], deciding: set[str], read: bool) -> str:
    """Return the status of a cell by the rows of documents.csv of its country and concept."""
    if any(row["level"] in _STRONG and row["document_id"] in deciding for row in rows):
        return "targeted"
    if rows:
        return "mentioned"
    return "read_none_found" if read else "not_read"


def _decided(status: str, verdict: str) -> str:
    if status not in _FOUND or not verdict:
        return status
    return "targeted" if verdict == "accept" else "rejected"


def check_counts(corpus: Corpus) -> Looked:
    """Documents, passages, years and salience of each cell are those of its rows in documents.csv."""
    _, deciding = standings_of(corpus)
    by_cell = documents_of_cells(corpus)
    for name, cell in corpus.cells.items():
        rows = by_cell.get(name, [])
        years = sorted(corpus.register[row["document_id"]].year for row in rows)
        strong = [row for row in rows if row["level"] in _STRONG and row["document_id"] in deciding]
        expected = {
            "n_documents": str(len(rows)),
            "n_passages": str(sum(whole_number(row["n_passages"]) for row in rows)),
            "first_year": str(years[0]) if years else "",
            "last_year": str(years[-1]) if years else "",
        }
        together = _together(strong or rows)
        yield from judged(
            "cells.csv",
            name,
            [
                *(
                    told(
                        cell[key] != value, f"{key} is {cell[key] or 'empty'}; documents.csv gives {value or 'nothing'}"
                    )
                    for key, value in expected.items()
                ),
                told(
                    abs(float(cell["salience"]) - together) > _NEAR,
                    f"salience is {cell['salience']}; its documents together have {together:.4f}",
                ),
            ],
        )


def _together(rows: Sequence[Row]) -> float:
    rest = 1.0
    for row in rows:
        rest *= 1.0 - float(row["salience"])
    return 1.0 - rest


def check_levels(corpus: Corpus) -> Looked:
    """Each row of documents.csv has the level that its salience gives it, and as many passages as name the concept."""
    parts = {(row["document_id"], row["concept"]): row for row in corpus.table("salience_parts.csv")}
    passages: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mention in corpus.mentions:
        passages[mention["document_id"], mention["concept"]].add(mention["passage_id"])
    seen = set()
    for row in corpus.table("documents.csv"):
        key = row["document_id"], row["concept"]
        seen.add(key)
        level = _level(float(row["salience"]), parts.get(key), corpus)
        found = len(passages.get(key, ()))
        yield from judged(
            "documents.csv",
            " ".join(key),
            [
                told(
                    row["level"] != level, f"level is {row['level']}; a salience of {row['salience']} makes it {level}"
                ),
                told(row["document_id"] not in corpus.register, "the register has no such document"),
                told(row["n_passages"] != str(found), f"n_passages is {row['n_passages']}; {found} passages name it"),
            ],
        )
    read, _ = standings_of(corpus)
    for key in sorted(set(passages) - seen):
        if key[0] in read:
            yield faulty("documents.csv", " ".join(key), f"no row, and {len(passages[key])} passages name it")


def _level(salience: float, parts: Row | None, corpus: Corpus) -> str:
    if (parts and parts["targeted"] == "0") or salience < corpus.rules.supported_from:
        return "mentioned"
    return "core" if salience >= corpus.rules.core_from else "supported"


def documents_of_cells(corpus: Corpus) -> Mapping[str, list[Row]]:
    """Return the rows of documents.csv by the cell that they belong to."""
    rows = [
        {**row, "cell_id": f"{corpus.register[row['document_id']].country}.{row['concept']}"}
        for row in corpus.table("documents.csv")
        if row["document_id"] in corpus.register
    ]
    return grouped(rows, "cell_id")


def standings_of(corpus: Corpus) -> tuple[set[str], set[str]]:
    """Return the documents that count as read, and those of them that can make a cell targeted."""
    sources = corpus.register.values()
    read = read_ids(sources, corpus.table("coverage.csv"))
    return read, deciding_ids(sources, read)
