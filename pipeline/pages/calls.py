"""Those of pdfium's functions that are called for every word or drawing, declared with plain addresses.

pypdfium2's own declarations check each argument's type at every call, which takes longer than the call; half the time
of a page went there. ``address`` turns its handles into what these functions take.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium

_ADDRESS, _INT = ctypes.c_void_p, ctypes.c_int


def address(handle: Any) -> int:
    """Return the address that a handle or a buffer of ctypes holds, 0 for none."""
    return ctypes.cast(handle, _ADDRESS).value or 0


class Slots:
    """Numbers for a function to fill in: ``addresses`` are handed to it, ``read`` returns what it wrote."""

    def __init__(self, code: str, count: int) -> None:
        """Make room for ``count`` numbers of the struct module's type ``code``."""
        layout = struct.Struct(f"{count}{code}")
        self._room = ctypes.create_string_buffer(layout.size)
        start, step = ctypes.addressof(self._room), layout.size // count
        self.addresses = [start + step * index for index in range(count)]
        self.read: Callable[[], tuple[Any, ...]] = partial(layout.unpack_from, self._room)


def _plain(function: Any, result: Any, *arguments: Any) -> Callable[..., int]:
    # PYFUNCTYPE keeps the interpreter's lock: these calls are shorter than giving it up and taking it again.
    prototype: Callable[[int], Callable[..., int]] = ctypes.PYFUNCTYPE(result, *arguments)
    return prototype(address(function))


loose_box = _plain(pdfium.FPDFText_GetLooseCharBox, _INT, _ADDRESS, _INT, _ADDRESS)
font_info = _plain(pdfium.FPDFText_GetFontInfo, ctypes.c_ulong, _ADDRESS, _INT, _ADDRESS, ctypes.c_ulong, _ADDRESS)
unicode_of = _plain(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _ADDRESS, _INT)
page_object = _plain(pdfium.FPDFPage_GetObject, _ADDRESS, _ADDRESS, _INT)
form_object = _plain(pdfium.FPDFFormObj_GetObject, _ADDRESS, _ADDRESS, ctypes.c_ulong)
object_type = _plain(pdfium.FPDFPageObj_GetType, _INT, _ADDRESS)
object_bounds = _plain(pdfium.FPDFPageObj_GetBounds, _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
count_segments = _plain(pdfium.FPDFPath_CountSegments, _INT, _ADDRESS)
path_segment = _plain(pdfium.FPDFPath_GetPathSegment, _ADDRESS, _ADDRESS, _INT)
segment_type = _plain(pdfium.FPDFPathSegment_GetType, _INT, _ADDRESS)
segment_point = _plain(pdfium.FPDFPathSegment_GetPoint, _INT, _ADDRESS, _ADDRESS, _ADDRESS)
form_count = _plain(pdfium.FPDFFormObj_CountObjects, _INT, _ADDRESS)
form_matrix = _plain(pdfium.FPDFPageObj_GetMatrix, _INT, _ADDRESS, _ADDRESS)
draw_mode = _plain(pdfium.FPDFPath_GetDrawMode, _INT, _ADDRESS, _ADDRESS, _ADDRESS)
fill_colour = _plain(pdfium.FPDFPageObj_GetFillColor, _INT, _ADDRESS, *[_ADDRESS] * 4)
