"""The things that stand on a page while its reading order is sought: words, pieces of lines, rules, panels, tables.

All lengths are points with the origin at the top left of the page as displayed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Shape:
    """A rectangle on the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Return the horizontal extent."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Return the vertical extent."""
        return self.bottom - self.top

    def holds(self, other: Shape, slack: float = 0.0) -> bool:
        """Tell whether ``other`` lies inside this rectangle, give or take ``slack`` points."""
        return (
            self.x0 - slack <= other.x0
            and other.x1 <= self.x1 + slack
            and self.top - slack <= other.top
            and other.bottom <= self.bottom + slack
        )

    def holds_middle(self, other: Shape) -> bool:
        """Tell whether the middle of ``other`` lies inside this rectangle."""
        x, y = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@dataclass(slots=True)
class Word(Shape):
    """A run of visible characters: ``glued`` says that no space stands before it in the file's own text."""

    text: str
    size: float
    bold: bool
    glued: bool = False
    turned: int = 0
    """Quarter turns clockwise of the writing as displayed: 0 upright, 1 read downwards, 3 read upwards."""


@dataclass(slots=True)
class Piece(Shape):
    """Words that follow each other on one line without a gap wide enough to part columns."""

    words: list[Word]
    size: float
    order: int = 0
    """Place in the order of the file."""

    @property
    def text(self) -> str:
        """Return the words' characters, for measuring; spaces are not as in the page's text."""
        return " ".join(word.text for word in self.words)


@dataclass(slots=True)
class Rule(Shape):
    """A drawn horizontal line: it holds no text, but text is not read across it."""


@dataclass(slots=True)
class Grid(Shape):
    """A ruled table: rows of cells, each cell a list of words."""

    rows: list[list[list[Word]]]


@dataclass(slots=True)
class Panel(Shape):
    """A drawn box whose contents are read together."""

    items: list[Item] = field(default_factory=list)


Item = Piece | Rule | Grid | Panel


def around(shapes: Iterable[Shape]) -> Shape:
    """Return the smallest rectangle that holds all of ``shapes`` (at least one)."""
    listed = list(shapes)
    return Shape(
        min(s.x0 for s in listed),
        min(s.top for s in listed),
        max(s.x1 for s in listed),
        max(s.bottom for s in listed),
    )


def shared_height(a: Shape, b: Shape) -> float:
    """Return the share of the lower one of two shapes that stands beside the other, 0 where they do not overlap."""
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    lower = min(a.bottom - a.top, b.bottom - b.top)
    return overlap / lower if overlap > 0 and lower > 0 else 0.0


def merged(intervals: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the union of ``intervals`` as disjoint intervals in ascending order."""
    union: list[tuple[float, float]] = []
    for low, high in sorted(intervals):
        if union and low <= union[-1][1]:
            if high > union[-1][1]:
                union[-1] = (union[-1][0], high)
        else:
            union.append((low, high))
    return union


def middle(values: Sequence[float]) -> float:
    """Return the upper median of ``values``, 0 of none."""
    return sorted(values)[len(values) // 2] if values else 0.0
