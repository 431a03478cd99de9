"""Numbers that a document ties to a concept: in sentences and list items, and in ruled tables.

``windows`` are the sentences with terms, ``tying`` says which concept a number is of, ``kinds`` whether it is a target,
a commitment or a statistic; ``finding`` makes rows of them. ``ruled`` reads the cells of tables with pdfplumber,
``tables`` makes rows of those. What reads numbers in a language is handed in (``Speaker``).
"""

from __future__ import annotations

from pipeline.figures.finding import Speaker, find_figures
from pipeline.figures.kinds import KindReader
from pipeline.figures.merging import merge_figures
from pipeline.figures.rendering import render_figures
from pipeline.figures.tables import find_table_figures
from pipeline.figures.tying import parting
from pipeline.figures.wording import opening

__all__ = [
    "KindReader",
    "Speaker",
    "find_figures",
    "find_table_figures",
    "merge_figures",
    "opening",
    "parting",
    "render_figures",
]
