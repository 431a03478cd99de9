"""From mentions to the rows of the tables: documents, cells, evidence and coverage of one corpus."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.schemas import Cell, Concept, Coverage, Document, DocumentConcept, Evidence, Mention
from pipeline.tables.cells import cell_name, make_cells
from pipeline.tables.evidence import Candidate, make_evidence, order_quotes
from pipeline.tables.salience import Weights, make_weights, weigh_document
from pipeline.tables.standing import Standing, judge_documents


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of documents.csv, cells.csv, evidence.csv and coverage.csv, each sorted, and the weights behind them."""

    documents: tuple[DocumentConcept, ...]
    cells: tuple[Cell, ...]
    evidence: tuple[Evidence, ...]
    coverage: tuple[Coverage, ...]
    weights: Weights


def compare_countries(
    documents: Sequence[Document],
    coverage: Sequence[Coverage],
    mentions: Iterable[Mention],
    concepts: Sequence[Concept],
    *,
    page_labels: Mapping[tuple[str, int], str],
    sections: Mapping[str, tuple[str, ...]],
    openings: Mapping[str, str],
    max_quotes: int = 25,
    weights: Mapping[str, float] | None = None,
) -> Tables:
    """Turn the mentions of a corpus into the rows of its tables.

    ``mentions`` are read once, document by document (all of one document together), and only each cell's best
    candidates are held, so that they may come from a generator over per-document files. ``page_labels`` leads from
    (document id, page number) to what is printed on the page, ``sections`` from a passage's id to its headings,
    ``openings`` to its opening words; what they lack stays empty. ``weights`` are fields of ``Weights``. Faults of the
    input are ValueErrors.
    """
    if max_quotes < 1:
        raise ValueError(f"max_quotes is {max_quotes}; expected at least 1, for a cell without a quote proves nothing")
    chosen = make_weights(weights or {})
    standings = judge_documents(documents, coverage)
    known = {concept.id for concept in concepts}
    rows: list[DocumentConcept] = []
    pools: dict[str, list[Candidate]] = defaultdict(list)
    for standing, by_concept in _by_document(mentions, standings, known):
        weighed = weigh_document(by_concept, standing.document, standing.coverage, openings, chosen)
        for concept, row in weighed.items():
            rows.append(row)
            pool = pools[cell_name(standing.document.country, concept)]
            quotable = [mention for mention in by_concept[concept] if mention.zone == "body"]
            pool.extend(order_quotes(quotable, row, standing, max_quotes))
            if len(pool) > 8 * max_quotes:
                pool[:] = heapq.nsmallest(max_quotes, pool, key=lambda candidate: candidate.key)
    cells = make_cells(standings, rows, concepts)
    evidence = [
        row
        for cell in cells
        for row in make_evidence(cell.cell_id, pools.get(cell.cell_id, ()), page_labels, sections, max_quotes)
    ]
    tables = Tables(
        documents=tuple(sorted(rows, key=lambda row: (row.document_id, -row.salience, row.concept))),
        cells=tuple(cells),
        evidence=tuple(evidence),
        coverage=tuple(sorted(coverage, key=lambda row: (row.country, row.document_id))),
        weights=chosen,
    )
    check_tables(tables)
    return tables


def _by_document(
    mentions: Iterable[Mention], standings: Mapping[str, Standing], known: set[str]
) -> Iterable[tuple[Standing, dict[str, list[Mention]]]]:
    """Yield each document's standing with its mentions by concept; documents that do not count as read are left out."""
    seen: set[str] = set()
    for document_id, group in groupby(mentions, key=lambda mention: mention.document_id):
        if document_id not in standings:
            raise ValueError(
                f"a mention is of document {document_id!r}, which is not in the register; run mentions again"
            )
        if document_id in seen:
            raise ValueError(f"the mentions of {document_id!r} do not come together; sort the mentions by document")
        seen.add(document_id)
        by_concept: dict[str, list[Mention]] = defaultdict(list)
        for mention in group:
            if mention.concept not in known:
                raise ValueError(
                    f"{document_id}, page {mention.page_number}: a mention of the concept {mention.concept!r}, "
                    "which is not in the register of concepts; run mentions again"
                )
            by_concept[mention.concept].append(mention)
        if standings[document_id].read:
            yield standings[document_id], by_concept


def check_tables(tables: Tables) -> None:
    """Raise a ValueError unless evidence and cells agree: a found cell has quotes, ranked from 1, an empty one none."""
    ranks: dict[str, list[int]] = defaultdict(list)
    for row in tables.evidence:
        ranks[row.cell_id].append(row.rank)
    for cell in tables.cells:
        found = ranks.pop(cell.cell_id, [])
        if cell.status in ("targeted", "mentioned") and not found:
            raise ValueError(f"cell {cell.cell_id} is {cell.status} and has no evidence; this is a fault of tables")
        if cell.status not in ("targeted", "mentioned") and found:
            raise ValueError(f"cell {cell.cell_id} is {cell.status} and has evidence; this is a fault of tables")
        if found != list(range(1, len(found) + 1)):
            raise ValueError(f"the evidence of cell {cell.cell_id} has ranks {found}; expected 1, 2, 3 …")
    if ranks:
        raise ValueError(f"evidence without a cell: {', '.join(sorted(ranks))}; this is a fault of tables")
