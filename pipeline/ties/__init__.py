"""From mentions to ties: technologies with sectors, technologies with each other, and the quotes that show them."""

from pipeline.ties.counting import Source
from pipeline.ties.evidence import quoted
from pipeline.ties.finding import find_ties
from pipeline.ties.pairs import Joint, Judge, make_judge
from pipeline.ties.tables import Ties, render_ties
from pipeline.ties.windows import Window, read_windows

__all__ = [
    "Joint",
    "Judge",
    "Source",
    "Ties",
    "Window",
    "find_ties",
    "make_judge",
    "quoted",
    "read_windows",
    "render_ties",
]
