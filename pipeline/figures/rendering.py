"""Figures as CSV: numbers as plain decimals, the same bytes on any machine."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from pipeline.schemas import Figure, column_names
from pipeline.schemas.delimited import lines_csv

_NUMBERS = ("value", "value_to", "baseline")


def render_figures(figures: Iterable[Figure]) -> bytes:
    """Return ``figures.csv``: one line a figure, in the order given."""
    names = column_names(Figure)
    return lines_csv(names, ([_field(figure, name) for name in names] for figure in figures))


def _field(figure: Figure, name: str) -> object:
    """Return a field; a number as one, so that a minus is not taken for the beginning of a formula."""
    value = getattr(figure, name)
    return Decimal(value) if name in _NUMBERS and value else value
