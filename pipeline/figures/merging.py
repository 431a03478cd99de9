"""One list of a document's figures: what a table says of a number holds before what its line alone says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.figures.finding import place_of
from pipeline.schemas import Figure


def merge_figures(texts: Iterable[Figure], tables: Sequence[Figure]) -> list[Figure]:
    """Return the figures of running text and of tables in order of place; a number read in both is the table's."""
    spans = {
        (figure.page_number, place) for figure in tables for place in range(figure.number_start, figure.number_end)
    }
    kept = [figure for figure in texts if (figure.page_number, figure.number_start) not in spans]
    return sorted([*kept, *tables], key=place_of)
