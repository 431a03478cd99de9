"""From comparisons of single documents and of periods to time: cells by period, first appearances, new editions."""

from pipeline.timeline.appearances import list_appearances
from pipeline.timeline.editions import compare_editions
from pipeline.timeline.evidence import Views, list_evidence
from pipeline.timeline.periods import list_period_cells
from pipeline.timeline.rendering import render_timeline

__all__ = [
    "Views",
    "compare_editions",
    "list_appearances",
    "list_evidence",
    "list_period_cells",
    "render_timeline",
]
