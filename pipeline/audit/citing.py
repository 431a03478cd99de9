"""Holds the quotes and cells that further tables cite against evidence.csv and cells.csv."""

from __future__ import annotations

from pipeline.audit.corpus import Corpus, Place, Row, place_of
from pipeline.audit.faults import Looked, judged, told
from pipeline.audit.places import is_comparison, row_name

_NONE = {"read_none_found", "not_read"}


def check_cited(corpus: Corpus) -> Looked:
    """What tables of time cite is the quote of that id: in evidence.csv or timeline_evidence.csv, at the same place."""
    known: dict[str, set[Place]] = {}
    for table in ("evidence.csv", "timeline_evidence.csv"):
        for row in corpus.table(table):
            known.setdefault(row["evidence_id"], set()).add(place_of(row))
    for table in ("timeline.csv", "editions.csv"):
        for row in corpus.table(table):
            if row["evidence_id"]:
                wrong = place_of(row) not in known.get(row["evidence_id"], set())
                yield from judged(table, row_name(table, row), [told(wrong, "no quote of its id stands at its place")])


def check_verdicts(corpus: Corpus) -> Looked:
    """What claims and comparisons with other tables say of a cell is what cells.csv says, with a quote of that cell."""
    claims = {row["claim_id"] for row in corpus.table("claims.csv")}
    for row in corpus.table("claims_evidence.csv"):
        cell = corpus.cells.get(row["cell_id"])
        yield from judged(
            "claims_evidence.csv",
            row_name("claims_evidence.csv", row),
            [
                told(row["claim_id"] not in claims, "claims.csv has no such claim"),
                told(
                    cell is None or row["status"] != cell["status"],
                    f"status is {row['status']}; cells.csv says otherwise",
                ),
                _quote_fault(corpus, row),
            ],
        )
    for table in corpus.names:
        if is_comparison(table):
            for row in corpus.table(table):
                cell = corpus.cells.get(row["cell_id"])
                claimed = row["outcome"] in ("confirmed", "new")
                yield from judged(
                    table,
                    row_name(table, row),
                    [
                        told(
                            claimed and (cell is None or cell["status"] != "targeted"), "no targeted cell is behind it"
                        ),
                        _quote_fault(corpus, row),
                    ],
                )
    for row in corpus.table("findings.csv"):
        gone = [name for name in row["cells"].split() if name not in corpus.cells]
        yield from judged(
            "findings.csv", row["finding_id"], [told(bool(gone), f"cells.csv has no {' '.join(gone[:3])}")]
        )


def _quote_fault(corpus: Corpus, row: Row) -> str:
    """Say so where the quote of a row is none of its cell, or where it has none and the cell has one."""
    cell = corpus.cells.get(row["cell_id"])
    if not row["quote"]:
        return told(cell is not None and cell["status"] not in _NONE, "it has no quote, and its cell has")
    places = {place_of(one) for one in corpus.evidence.get(row["cell_id"], [])}
    return told(place_of(row) not in places, "its quote is none of its cell in evidence.csv")
