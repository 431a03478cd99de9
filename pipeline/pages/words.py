"""From a page of pdfium to words with their places.

Asking pdfium for every character's rectangle would cost more than everything else together, so only the first and
the last character of each word are asked for; words that turn out not to lie on one line are cut character by
character.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.pages.shapes import Piece, Shape, Word

# pdfium marks a hyphen at the end of a line with U+0002 (older) or U+FFFE and leaves the line break out.
_HYPHENS = "\x02\ufffe\xad"
_WORD = re.compile(rf"[^\s{_HYPHENS}]*[{_HYPHENS}]|[^\s{_HYPHENS}]+")
_DROPPED = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff\uffff\xad\ufffe]")
_BOLD = re.compile(rb"bold|black|heavy|demi|-bd|semib|\.b(?:\+|$)", re.IGNORECASE)
_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "–", "\uf076": "❖"})
_FORCE_BOLD = 1 << 18
_MARGIN = 2.0
"""Characters whose middle lies further than this outside the page box are not on the page."""

_PARTED = 0.9
"""A gap wider than this many font sizes may part columns."""
_EVERY = 12
"""The font is asked for at the start of a line, and again after this many characters."""

Cell = tuple[float, float, float, float]
"""x0, top, x1, bottom of a character as displayed."""
_NOWHERE: Cell = (-1e6, -1e6, -1e6, -1e6)
Placement = Callable[[float, float, float, float], Cell]


class PageText:
    """The characters of one open page: pdfium's text page with the calls that this module needs."""

    def __init__(self, page: Any, width: float, height: float, limit: int) -> None:
        """Load the characters of ``page`` (at most ``limit``); ``width`` and ``height`` are those of its display."""
        self.handle = pdfium.FPDFText_LoadPage(page)
        if not self.handle:
            raise ValueError("pdfium cannot load the page's text")
        self.total = max(pdfium.FPDFText_CountChars(self.handle), 0)
        self.count = min(self.total, limit)
        self.width, self.height = width, height
        self.place = placement(page)
        self.box = _cells(self.handle, self.place)
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
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
        codes = (pdfium.FPDFText_GetUnicode(self.handle, index) for index in range(self.count))
        return "".join(chr(code) if 0 < code < 0x110000 else "\x00" for code in codes)

    def turns(self, index: int) -> int:
        """Return the quarter turns clockwise of a character as displayed; slanted writing is rounded."""
        angle = pdfium.FPDFText_GetCharAngle(self.handle, index)
        return round(angle / (math.pi / 2)) % 4 if angle >= 0 else 0

    def bold(self, index: int) -> bool:
        """Tell whether the character's font is bold, by the font's name or its flag."""
        length = pdfium.FPDFText_GetFontInfo(self.handle, index, self._name, 128, ctypes.byref(self._flags))
        name = self._name.value if 0 < length <= 128 else b""
        key = (name, bool(self._flags.value & _FORCE_BOLD))
        known = self._bold.get(key)
        if known is None:
            known = self._bold[key] = key[1] or bool(_BOLD.search(name))
        return known


def _cells(handle: Any, place: Placement) -> Callable[[int], Cell]:
    """Return the function from a character's index to its cell (its advance by its font size) as displayed.

    A closure and not a method, since it is called twice for every word.
    """
    rect = pdfium.FS_RECTF()
    reference = ctypes.byref(rect)
    ask = pdfium.FPDFText_GetLooseCharBox

    def cell(index: int) -> Cell:
        if not ask(handle, index, reference):
            return _NOWHERE
        return place(rect.left, rect.bottom, rect.right, rect.top)

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


def find_words(page: PageText, rotation: int) -> list[Word]:
    """Return the words on the page in the file's order, duplicates and characters off the page left out.

    ``rotation`` is the page's own in quarter turns: writing turned by it reads upright on the displayed page.
    """
    text = page.characters
    box = page.box
    words: list[Word] = []
    turning = rotation != 0
    bold = False
    end_before = asked = -_EVERY
    for match in _WORD.finditer(text):
        start, end = match.span()
        glued = start == end_before
        first = box(start)
        last = box(end - 1) if end - start > 1 else first
        if start - asked >= _EVERY or "\n" in text[max(end_before, 0) : start]:
            bold, asked = page.bold(start), start
        end_before = end
        turns = 0
        if _strays(first, last):
            turns = (page.turns(start) + rotation) % 4
            turning = turning or turns % 2 == 1
            if not turns:
                words.extend(_cut(page, text, start, end, glued))
                continue
        elif turning:
            turns = (page.turns(start) + rotation) % 4
        word = _word(text[start:end], first, last, bold, glued, turns)
        if word:
            words.append(word)
    return list(_visible(words, page.width, page.height))


def _strays(first: Cell, last: Cell) -> bool:
    """Tell whether a word's first and last character do not stand on one line, or differ much in size."""
    if first[1] == last[1] and first[3] == last[3]:
        return last[2] < first[0] - (first[3] - first[1])
    tall, low = first[3] - first[1], last[3] - last[1]
    if tall < low:
        tall, low = low, tall
    drop = abs(first[1] + first[3] - last[1] - last[3]) / 2
    return drop > 0.6 * tall or tall > 1.9 * low or last[2] < first[0] - tall


def _word(text: str, first: Cell, last: Cell, bold: bool, glued: bool, turned: int) -> Word | None:
    if text[-1] in _HYPHENS:
        text = text[:-1] + "-"
    if not text.isascii() or not text.isprintable():
        text = _DROPPED.sub("", text).translate(_BULLETS)
        if not text:
            return None
    x0, x1 = (first[0], last[2]) if first[0] <= last[0] else (last[0], first[2])
    if turned % 2:
        return Word(x0, min(first[1], last[1]), x1, max(first[3], last[3]), text, x1 - x0, bold, glued, turned)
    tall = first if first[3] - first[1] >= last[3] - last[1] else last
    return Word(x0, tall[1], x1, tall[3], text, tall[3] - tall[1], bold, glued, turned)


def _cut(page: PageText, text: str, start: int, end: int, glued: bool) -> Iterator[Word]:
    """Cut a word that jumps over the page into runs that lie on one line and have one size."""
    run: list[int] = []
    boxes: list[Cell] = []
    for index in range(start, end):
        box = page.box(index)
        height = box[3] - box[1]
        if run and (_strays(boxes[-1], box) or box[0] - boxes[-1][2] > height or box[0] < boxes[-1][0] - height):
            yield from _run(page, text, run, boxes, glued)
            glued, run, boxes = True, [], []
        run.append(index)
        boxes.append(box)
    yield from _run(page, text, run, boxes, glued)


def _run(
    page: PageText, text: str, run: list[int], boxes: list[Cell], glued: bool
) -> Iterator[Word]:
    word = _word(text[run[0] : run[-1] + 1], boxes[0], boxes[-1], page.bold(run[0]), glued, 0)
    if word:
        yield word


def _visible(words: list[Word], width: float, height: float) -> Iterator[Word]:
    """Leave out words off the page, and words drawn a second time (nearly) where they stand already."""
    seen: dict[tuple[str, int], Word] = {}
    right, lower = 2 * (width + _MARGIN), 2 * (height + _MARGIN)
    for word in words:
        x, y = word.x0 + word.x1, word.top + word.bottom
        if not (-2 * _MARGIN <= x <= right and -2 * _MARGIN <= y <= lower):
            continue
        place = int((x + 3 * y) / 8)
        for at in (place, place - 1, place + 1):
            if (word.text, at) in seen and _are_twins(seen[word.text, at], word):
                break
        else:
            seen[word.text, place] = word
            yield word


def _are_twins(one: Word, other: Word) -> bool:
    near = max(0.2 * one.size, 0.5)
    return abs(one.x0 - other.x0) < near and abs(one.top - other.top) < near


def find_pieces(words: list[Word]) -> list[Piece]:
    """Join upright words that follow each other in the file and on a line, without a gap that may part columns."""
    pieces: list[Piece] = []
    for order, word in enumerate(words):
        if pieces and _continues(pieces[-1], word):
            piece = pieces[-1]
            piece.words.append(word)
            piece.x0, piece.x1 = min(piece.x0, word.x0), max(piece.x1, word.x1)
            if word.size > piece.size:
                piece.size, piece.top, piece.bottom = word.size, word.top, word.bottom
        else:
            pieces.append(Piece(word.x0, word.top, word.x1, word.bottom, [word], word.size, order))
    return pieces


def _continues(piece: Piece, word: Word) -> bool:
    low, high = (piece.size, word.size) if piece.size <= word.size else (word.size, piece.size)
    if high > 2.2 * low:
        return False
    if min(piece.bottom, word.bottom) - max(piece.top, word.top) < 0.5 * low:
        return False
    gap = word.x0 - piece.x1 if word.x0 >= piece.x0 else piece.x0 - word.x1
    return -0.5 * high <= gap <= _PARTED * high


def turn(words: list[Word], turns: int, width: float, height: float) -> list[Word]:
    """Turn words back by ``turns`` quarter turns, so that writing turned that far reads upright."""
    return [replace(word, **_corners(turned(word, turns, width, height)), turned=0) for word in words]


def _corners(shape: Shape) -> dict[str, float]:
    return {"x0": shape.x0, "top": shape.top, "x1": shape.x1, "bottom": shape.bottom}


def turned(shape: Shape, turns: int, width: float, height: float) -> Shape:
    """Return ``shape`` of a page ``width`` by ``height`` after turning the page ``turns`` quarters anticlockwise."""
    if turns % 4 == 1:
        return Shape(shape.top, width - shape.x1, shape.bottom, width - shape.x0)
    if turns % 4 == 2:
        return Shape(width - shape.x1, height - shape.bottom, width - shape.x0, height - shape.top)
    if turns % 4 == 3:
        return Shape(height - shape.bottom, shape.x0, height - shape.top, shape.x1)
    return shape
