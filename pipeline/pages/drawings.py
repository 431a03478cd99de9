"""What is drawn on a page besides text: straight lines, boxes and pictures, as far as they order the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.pages import calls
from pipeline.pages.characters import Placement
from pipeline.pages.paths import Matrix, combined, form_matrix, path_parts
from pipeline.pages.shapes import Shape

_THIN = 3.0
"""A drawing at most this high or wide is a line."""
_SMALL, _LOW = 10.0, 6.0
"""Boxes and lines narrower or lower than this are decoration."""
_ROUNDED = 20
"""A box with round corners has at most this many segments."""
_MANY_SEGMENTS = 600
"""A path of more segments is a picture; only its outline counts."""
_DEEP = 4
"""Drawings nested deeper in forms are left out."""


@dataclass(slots=True)
class Box(Shape):
    """A drawn rectangle: ``fill`` is its colour (red, green, blue), None where it is not filled."""

    fill: tuple[int, int, int] | None = None
    outlined: bool = False

    @property
    def seen(self) -> bool:
        """Tell whether the rectangle shows on white paper."""
        return self.outlined or (self.fill is not None and min(self.fill) < 250)


@dataclass(slots=True)
class Drawings:
    """Horizontal and vertical lines, boxes, and pictures of one page; ``paths`` counts all that is drawn by strokes."""

    across: list[Shape] = field(default_factory=list)
    down: list[Shape] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    pictures: list[Shape] = field(default_factory=list)
    paths: int = 0


def find_drawings(page: Any, place: Placement, width: float, height: float, *, max_objects: int) -> Drawings:
    """Return the drawings of ``page``; past ``max_objects`` the rest is not looked at."""
    found = Drawings()
    reader = _Reader(place, Shape(0, 0, width, height), found, max_objects)
    reader.read(calls.address(page), pdfium.FPDFPage_CountObjects(page), calls.page_object, None, 0)
    return found


class _Reader:
    """Walks over page objects and files them in ``Drawings``."""

    def __init__(self, place: Placement, page: Shape, found: Drawings, max_objects: int) -> None:
        self.place, self.page, self.found, self.left = place, page, found, max_objects
        self.edges, self.colour, self.modes = calls.Slots("f", 4), calls.Slots("I", 4), calls.Slots("i", 2)

    def read(self, holder: int, count: int, get: Callable[..., int], matrix: Matrix | None, depth: int) -> None:
        """Read the ``count`` objects of a page or a form."""
        for index in range(count):
            if self.left <= 0:
                return
            self.left -= 1
            drawn = get(holder, index)
            kind = calls.object_type(drawn)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self.path(drawn, matrix)
            elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
                shape = self.bounds(drawn, matrix)
                if shape:
                    self.found.pictures.append(shape)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEP:
                inner = combined(form_matrix(drawn), matrix)
                self.read(drawn, calls.form_count(drawn), calls.form_object, inner, depth + 1)

    def bounds(self, drawn: int, matrix: Matrix | None) -> Shape | None:
        """Return the rectangle of an object as displayed, cut to the page; None where nothing of it is on the page."""
        if not calls.object_bounds(drawn, *self.edges.addresses):
            return None
        left, bottom, right, top = self.edges.read()
        return self.displayed(left, bottom, right, top, matrix)

    def displayed(self, left: float, bottom: float, right: float, top: float, matrix: Matrix | None) -> Shape | None:
        """Turn a rectangle of the file's coordinates into one of the displayed page."""
        if matrix:
            a, b, c, d, e, f = matrix
            xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
            ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
            left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
        x0, y0, x1, y1 = self.place(left, bottom, right, top)
        x0, y0, x1, y1 = max(x0, 0.0), max(y0, 0.0), min(x1, self.page.x1), min(y1, self.page.bottom)
        return Shape(x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None

    def path(self, drawn: int, matrix: Matrix | None) -> None:
        """File a path: one line or rectangle by its bounds, several by their segments."""
        self.found.paths += 1
        shape = self.bounds(drawn, matrix)
        if shape is None:
            return
        width, height = shape.width, shape.height
        if width <= _THIN or height <= _THIN:
            self.file(shape, drawn)
            return
        if width < _SMALL or height < _LOW:
            return
        segments = calls.count_segments(drawn)
        if segments > _MANY_SEGMENTS:
            return
        parts = path_parts(drawn, segments)
        if len(parts) == 1:
            if not parts[0].curved or (segments <= _ROUNDED and width > 30 and height > 15):
                self.file(shape, drawn)
            return
        for part in parts:
            if not part.curved:
                inner = self.displayed(part.x0, part.top, part.x1, part.bottom, matrix)
                if inner:
                    self.file(inner, drawn)

    def file(self, shape: Shape, drawn: int) -> None:
        """File a rectangle under lines or boxes by its form."""
        if shape.height <= _THIN:
            if shape.width >= _SMALL:
                self.found.across.append(shape)
        elif shape.width <= _THIN:
            if shape.height >= _LOW:
                self.found.down.append(shape)
        elif shape.width >= _SMALL and shape.height >= _LOW:
            fill, outlined = self.paint(drawn)
            self.found.boxes.append(Box(shape.x0, shape.top, shape.x1, shape.bottom, fill, outlined))

    def paint(self, drawn: int) -> tuple[tuple[int, int, int] | None, bool]:
        """Return the fill colour of a path (None where it is not filled) and whether its outline is drawn."""
        if not calls.draw_mode(drawn, *self.modes.addresses):
            return None, True
        filled, stroked = self.modes.read()
        if not filled or not calls.fill_colour(drawn, *self.colour.addresses):
            return None, bool(stroked)
        red, green, blue, _ = self.colour.read()
        return (red, green, blue), bool(stroked)
