"""Makes each comparison again from the cells and the layouts, and holds the table against it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pipeline.audit.corpus import Corpus, Row
from pipeline.audit.faults import Looked, judged, listed, told

NONE_FOUND, NOT_READ = "–", "not read"


def check_comparisons(corpus: Corpus) -> Looked:
    """Each comparison lists the labels of the targeted cells under its headings, by salience, and no other."""
    names = {row["country"]: row["name"] for row in corpus.table("countries.csv")}
    by_country: dict[str, list[Row]] = {}
    for cell in corpus.cells.values():
        by_country.setdefault(names.get(cell["country"], cell["country"]), []).append(cell)
    for place, (name, layout) in enumerate(corpus.rules.layouts.items()):
        table = f"comparison_{name}.csv" if place else "comparison.csv"
        if names and table in corpus.names:
            columns = {column["label"]: _selected(column, corpus) for column in layout["columns"]}
            yield from _check_table(table, corpus.table(table), by_country, columns)


def _check_table(
    table: str, rows: Sequence[Row], by_country: Mapping[str, Sequence[Row]], columns: Mapping[str, Collection[str]]
) -> Looked:
    present = [row["Country"] for row in rows]
    for country in sorted(set(present) | set(by_country)):
        yield from judged(
            table,
            country,
            [
                told(present.count(country) != 1, f"{present.count(country)} rows; expected one"),
                told(country not in by_country, "cells.csv has no cell of this country"),
            ],
        )
    for row in rows:
        for label, concepts in columns.items():
            expected = _text(by_country.get(row["Country"], ()), concepts)
            yield from judged(table, f"{row['Country']}, {label}", [_difference(row.get(label), expected)])


def _selected(column: Mapping[str, Any], corpus: Corpus) -> set[str]:
    """Return the concepts of a layout's column, by their columns and families in concepts.csv or by id."""
    chosen = set(column.get("concepts", ()))
    for concept in corpus.table("concepts.csv"):
        if concept["kind"] in ("technology", "sector") and (
            concept["family"] in column.get("families", ())
            or set(concept["columns"].split("|")) & set(column.get("columns", ()))
        ):
            chosen.add(concept["concept"])
    return chosen


def _text(cells: Sequence[Row], concepts: Collection[str]) -> str:
    if all(cell["status"] == "not_read" for cell in cells):
        return NOT_READ
    targeted = [cell for cell in cells if cell["concept"] in concepts and cell["status"] == "targeted"]
    targeted.sort(key=lambda cell: (-float(cell["salience"]), cell["label"], cell["concept"]))
    return "; ".join(cell["label"] for cell in targeted) or NONE_FOUND


def _difference(shown: str | None, expected: str) -> str:
    """Say how what a table shows differs from what the cells say; an empty text where it does not."""
    if shown == expected:
        return ""
    if shown is None:
        return "the table has no such column"
    labels, wanted = ({label for label in text.split("; ") if label} for text in (shown, expected))
    if labels == wanted:
        return "its labels are not in the order of their salience"
    return "; ".join(
        part
        for part in (
            told(bool(labels - wanted), f"it says {listed(labels - wanted)}, and no targeted cell does"),
            told(bool(wanted - labels), f"it lacks {listed(wanted - labels)}"),
        )
        if part
    )
