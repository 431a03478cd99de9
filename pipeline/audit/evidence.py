"""Holds cells, quotes and decisions against each other: no cell without a quote, no quote without a cell."""

from __future__ import annotations

from collections import defaultdict

from pipeline.audit.cells import standings_of
from pipeline.audit.corpus import Corpus, place_of
from pipeline.audit.faults import Looked, faulty, judged, rank_faults, told

LEVELS = ("targeted", "mentioned")
_WITH_QUOTES = (*LEVELS, "rejected")


def check_evidence_of_cells(corpus: Corpus) -> Looked:
    """Each cell has as many quotes as were found, up to the most kept, and a targeted one has one that targets."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    read, deciding = standings_of(corpus)
    for mention in corpus.mentions:
        if mention["document_id"] in read:
            name = f"{corpus.register[mention['document_id']].country}.{mention['concept']}"
            found[name].add((mention["document_id"], " ".join(mention["quote"].split()).casefold()))
    for name, cell in corpus.cells.items():
        rows = corpus.evidence.get(name, [])
        expected = min(corpus.rules.max_quotes, len(found.get(name, ())))
        shown = any(row["level"] == "targeted" and row["document_id"] in deciding for row in rows)
        yield from judged(
            "cells.csv",
            name,
            [
                told(
                    cell["status"] in _WITH_QUOTES and not rows,
                    f"it is {cell['status']} and evidence.csv has no quote for it",
                ),
                told(
                    cell["status"] not in _WITH_QUOTES and bool(rows),
                    f"it is {cell['status']} and evidence.csv has {len(rows)} quotes for it",
                ),
                told(len(rows) != expected, f"evidence.csv has {len(rows)} quotes for it; expected {expected}"),
                told(
                    cell["machine"] == "targeted" and bool(rows) and not shown,
                    "it is targeted and no strategy in force targets it in any of its quotes",
                ),
            ],
        )


def check_evidence_rows(corpus: Corpus) -> Looked:
    """Each row of evidence is of a cell, and of a document of its country that was read and names the concept."""
    read, _ = standings_of(corpus)
    naming = {(row["document_id"], row["concept"]) for row in corpus.table("documents.csv")}
    for row in corpus.table("evidence.csv"):
        cell, source = corpus.cells.get(row["cell_id"]), corpus.register.get(row["document_id"])
        document = row["document_id"]
        yield from judged(
            "evidence.csv",
            f"{row['cell_id']} {row['rank']}",
            [
                told(cell is None, "cells.csv has no such cell"),
                told(source is None, f"the register has no document {document}"),
                told(source is not None and document not in read, f"{document} counts as not read"),
                told(bool(cell and source and source.country != cell["country"]), f"{document} is of another country"),
                told(
                    bool(cell and (document, cell["concept"]) not in naming),
                    f"documents.csv does not know that {document} names it",
                ),
                told(row["level"] not in LEVELS, f"its level is {row['level']!r}"),
            ],
            place=place_of(row),
        )
    for name, rows in corpus.evidence.items():
        yield from judged("evidence.csv", name, [rank_faults([row["rank"] for row in rows])])


def check_decisions(corpus: Corpus) -> Looked:
    """Each line of decisions.csv is applied to its cell or quote, and to nothing that nobody decided on."""
    quotes = {row["evidence_id"]: row for rows in corpus.evidence.values() for row in rows}
    decided = {f"{row['country']}.{row['concept']}" for row in corpus.decisions}
    for line in corpus.decisions:
        name, quote = f"{line['country']}.{line['concept']}", line.get("evidence", "")
        cell, row = corpus.cells.get(name), quotes.get(quote)
        yield from judged(
            "decisions.csv",
            f"{name} {quote}".strip(),
            [
                told(cell is None, "cells.csv has no such cell"),
                told(cell is not None and not cell["decision"], "the cell does not say that a person decided on it"),
                told(bool(row) and line["verdict"] == "reject", "the quote is rejected and still evidence"),
                told(
                    bool(row and line["verdict"] == "accept" and row["level"] != "targeted"),
                    "the quote is accepted and not targeted",
                ),
            ],
        )
    for name, cell in corpus.cells.items():
        if cell["decision"] and name not in decided:
            yield faulty("cells.csv", name, "it shows a decision that decisions.csv does not have")
