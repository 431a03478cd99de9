"""The files of a corpus's tables/ folder, as bytes by name."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.schemas import Cell, Coverage, Document, DocumentConcept, Evidence
from pipeline.schemas.delimited import rows_csv
from pipeline.tables.compare import Tables
from pipeline.tables.comparison import arrange_comparison, comparison_csv, comparison_markdown, how_to_read
from pipeline.tables.layouts import Layout
from pipeline.tables.salience import Weights
from pipeline.tables.webpage import write_page
from pipeline.tables.workbook import write_workbook


def render_tables(
    tables: Tables,
    layouts: Sequence[Layout],
    documents: Sequence[Document],
    *,
    heading: str = "What national strategies target",
    corpus_href: str = "..",
    quotes_shown: int = 4,
    quotes_listed: int = 4,
) -> dict[str, bytes]:
    """Turn the rows of the tables into files: a mapping of file names to contents, the same bytes on any machine.

    The first layout is the main one. ``corpus_href`` leads from the tables' folder to the corpus folder,
    ``quotes_shown`` is how many quotes a label of the web page opens to, ``quotes_listed`` how many of a cell's
    quotes the workbook lists; evidence.csv has them all.
    """
    comparisons = [arrange_comparison(tables.cells, layout) for layout in layouts]
    about = about_tables(tables)
    files: dict[str, bytes] = {}
    for comparison in comparisons:
        name = "comparison" if comparison is comparisons[0] else f"comparison_{comparison.layout.name}"
        files[f"{name}.csv"] = comparison_csv(comparison)
        files[f"{name}.md"] = comparison_markdown(comparison)
    files["comparison.xlsx"] = write_workbook(tables, comparisons, about, quotes_listed=quotes_listed)
    files["comparison.html"] = write_page(
        tables,
        comparisons,
        documents,
        about,
        heading=heading,
        corpus_href=corpus_href,
        quotes_shown=quotes_shown,
    )
    files["cells.csv"] = rows_csv(Cell, tables.cells)
    files["evidence.csv"] = rows_csv(Evidence, tables.evidence)
    files["documents.csv"] = rows_csv(DocumentConcept, tables.documents)
    files["coverage.csv"] = rows_csv(Coverage, tables.coverage)
    return files


def about_tables(tables: Tables) -> list[str]:
    """Say in a few paragraphs how the tables were made and with which parameters."""
    read = [row for row in tables.coverage if row.status in ("read", "partly_read")]
    passages = sum(row.passages_counted for row in read)
    return [
        f"These tables rest on {len(read)} documents that were read, of {len(tables.coverage)} in the register, and on "
        f"{passages:,} passages of theirs. Words of each document were matched by rules with a register of "
        "technologies and sectors; no language model took part, and the same documents give the same tables.",
        how_to_read(),
        *_about_salience(tables.weights),
        "The workbook lists what was found, with the best quotes of each cell; cells.csv also has what was not found, "
        "and evidence.csv every quote with its offsets, the rule that found it and the words around it.",
        "A text beginning like a formula has an apostrophe before it in the CSV files; take it off when reading them "
        "by program.",
    ]


def _about_salience(weights: Weights) -> list[str]:
    return [
        "Seven parts between 0 and 1 earn a concept points in a document: the title names it "
        f"(at most {weights.title:g}); the table of contents names it ({weights.contents:g}); headings name it "
        f"({weights.headings:g}); passages target it in words of priority ({weights.priorities:g}); list items and "
        f"table rows target it ({weights.lists:g}); items and paragraphs that target it name it in their opening words "
        f"({weights.openings:g}); and its prominence ({weights.prominence:g}), which is its share of all that the "
        "document targets, times the square root of the number of concepts the document spreads over. A count n "
        f"becomes n / (n + half), with half = {weights.half_contents:g} entries of the contents, "
        f"{weights.half_headings:g} headings, {weights.half_priorities:g} passages of priority, "
        f"{weights.half_lists:g} list items, {weights.half_openings:g} openings and a prominence of "
        f"{weights.half_prominence:g}. The salience is points / (points + {weights.half_points:g}).",
        f"A concept that at least one passage targets is core to a document from a salience of {weights.core_from:g} "
        f"on and supported from {weights.supported_from:g} on; any other is mentioned. A country's cell is targeted "
        "when the concept is core or supported in at least one of its strategies in force; superseded documents, and "
        'audits, laws and reports (kind "other"), are shown as evidence but decide nothing.',
        "The salience of a cell joins the documents that give it its status: 1 - (1 - a)(1 - b)… over their saliences.",
    ]
