"""The characters of a page: pdfium's text page with the calls that finding words needs."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfiumError

from pipeline.pages import calls

_BOLD = re.compile(rb"bold|black|heavy|demi|-bd|semib|\.b(?:\+|$)", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_LONGEST_NAME = 128

Cell = tuple[float, float, float, float]
"""x0, top, x1, bottom of a character as displayed."""
Placement = Callable[[float, float, float, float], Cell]
_NOWHERE: Cell = (-1e6, -1e6, -1e6, -1e6)


class PageText:
    """The characters of one open page: pdfium's text page with the calls that this module needs."""

    def __init__(self, page: Any, width: float, height: float, limit: int) -> None:
        """Load the characters of ``page`` (at most ``limit``); ``width`` and ``height`` are those of its display."""
        self.handle = pdfium.FPDFText_LoadPage(page)
        if not self.handle:
            raise PdfiumError("pdfium cannot load the page's text")
        self.total = max(pdfium.FPDFText_CountChars(self.handle), 0)
        self.count = min(self.total, limit)
        self.width, self.height = width, height
        self.place = placement(page)
        self.address = calls.address(self.handle)
        self.box = _cells(self.address, self.place)
        self._name = ctypes.create_string_buffer(_LONGEST_NAME)
        self._flags = ctypes.c_int()
        self._font = ctypes.addressof(self._name), _LONGEST_NAME, ctypes.addressof(self._flags)
        self._bold: dict[tuple[bytes, bool], bool] = {}
        self.characters = self._characters()

    def close(self) -> None:
        """Release pdfium's memory of the characters."""
        pdfium.FPDFText_ClosePage(self.handle)

    def _characters(self) -> str:
        """Return one character per pdfium character, so that indexes into it are pdfium's."""
        if not self.count:
            return ""
        buffer = (ctypes.c_ushort * (2 * self.count + 2))()
        written = pdfium.FPDFText_GetText(self.handle, 0, self.count, buffer)
        text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "surrogatepass")
        if len(text) == self.count:
            return text
        # pdfium leaves characters without a code out of the text, so that indexes shift: ask for each character.
        codes = (calls.unicode_of(self.address, index) for index in range(self.count))
        return "".join(chr(code) if 0 < code < 0x110000 else "\x00" for code in codes)

    def turns(self, index: int) -> int:
        """Return the quarter turns clockwise of a character as displayed; slanted writing is rounded."""
        angle = pdfium.FPDFText_GetCharAngle(self.handle, index)
        return round(angle / (math.pi / 2)) % 4 if angle >= 0 else 0

    def bold(self, index: int) -> bool:
        """Tell whether the character's font is bold, by the font's name or its flag."""
        length = calls.font_info(self.address, index, *self._font)
        name = self._name.value if 0 < length <= _LONGEST_NAME else b""
        key = (name, bool(self._flags.value & _FORCE_BOLD))
        known = self._bold.get(key)
        if known is None:
            known = self._bold[key] = key[1] or bool(_BOLD.search(name))
        return known


def _cells(handle: int, place: Placement) -> Callable[[int], Cell]:
    """Return the function from a character's index to its cell (its advance by its font size) as displayed.

    A closure and not a method, since it is called twice for every word.
    """
    rect = calls.Slots("f", 4)
    start, read, ask = rect.addresses[0], rect.read, calls.loose_box

    def cell(index: int) -> Cell:
        if not ask(handle, index, start):
            return _NOWHERE
        left, top, right, bottom = read()  # pdfium's FS_RECTF has them in this order
        return place(left, bottom, right, top)

    return cell


def placement(page: Any) -> Placement:
    """Return the function that turns left, bottom, right, top of ``page`` into x0, top, x1, bottom as displayed."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(rect))
    left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
    turns = pdfium.FPDFPage_GetRotation(page)
    if turns == 1:
        return lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
    if turns == 2:
        return lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom)
    if turns == 3:
        return lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0)
    return lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0)
