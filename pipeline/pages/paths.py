"""The segments of drawn paths, and the matrices that place them."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from pipeline.pages import calls
from pipeline.pages.shapes import Shape

_CURVED_PARTS = 3
"""A path that begins with this many curves is a picture."""

Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class Part(Shape):
    """One subpath: ``curved`` where it is not a straight line or an upright rectangle."""

    curved: bool
    x: float = 0.0
    y: float = 0.0

    def __post_init__(self) -> None:
        self.x, self.y = self.x0, self.top

    def slants(self, x: float, y: float) -> bool:
        """Tell whether the way from the last point to ``x``, ``y`` is neither level nor upright."""
        return abs(x - self.x) > 0.5 and abs(y - self.y) > 0.5

    def stretch(self, x: float, y: float) -> None:
        """Take in the next point."""
        self.x, self.y = x, y
        self.x0, self.x1 = min(self.x0, x), max(self.x1, x)
        self.top, self.bottom = min(self.top, y), max(self.bottom, y)


def path_parts(path: int, segments: int) -> list[Part]:
    """Cut a path into its subpaths, in the file's coordinates (top is the lower y); a picture is cut short."""
    point = calls.Slots("f", 2)
    parts: list[Part] = []
    curves = 0
    for index in range(segments):
        segment = calls.path_segment(path, index)
        kind = calls.segment_type(segment)
        calls.segment_point(segment, *point.addresses)
        x, y = point.read()
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if parts:
                curves = curves + 1 if parts[-1].curved else -segments
                if curves == _CURVED_PARTS:
                    break
            parts.append(Part(x, y, x, y, False))
        elif parts:
            part = parts[-1]
            part.curved = part.curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO or part.slants(x, y)
            part.stretch(x, y)
    return parts


def form_matrix(form: int) -> Matrix:
    """Return the matrix by which a form places what is in it."""
    held = pdfium.FS_MATRIX()
    calls.form_matrix(form, ctypes.addressof(held))
    return held.a, held.b, held.c, held.d, held.e, held.f


def combined(inner: Matrix, outer: Matrix | None) -> Matrix:
    """Return the matrix that applies ``inner`` first and ``outer`` after it."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
