"""From mentions to country comparison tables: the rows, and the files that show them."""

from pipeline.tables.compare import Tables, compare_countries
from pipeline.tables.comparison import PlainTable, fold_unread, plain_comparison
from pipeline.tables.grounds import ground_document, part_document, weigh_parts
from pipeline.tables.layouts import Layout, LayoutError, load_layouts
from pipeline.tables.openings import opening_words
from pipeline.tables.rendering import render_tables
from pipeline.tables.salience import Weights
from pipeline.tables.standing import judge_documents

__all__ = [
    "Layout",
    "LayoutError",
    "PlainTable",
    "Tables",
    "Weights",
    "compare_countries",
    "fold_unread",
    "ground_document",
    "judge_documents",
    "load_layouts",
    "opening_words",
    "part_document",
    "plain_comparison",
    "render_tables",
    "weigh_parts",
]
