"""From a page of pdfium to words with their places.

Asking pdfium for every character's rectangle would cost more than everything else together, so only the first and
the last character of each word are asked for; words that turn out not to lie on one line are cut character by
character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.pages.characters import Cell, PageText
from pipeline.pages.shapes import Piece, Word

# pdfium marks a hyphen at the end of a line with U+0002 (older) or U+FFFE and leaves the line break out.
_HYPHENS = "\x02\ufffe\xad"
_WORD = re.compile(rf"[^\s{_HYPHENS}]*[{_HYPHENS}]|[^\s{_HYPHENS}]+")
_DROPPED = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff\uffff\xad\ufffe]")
_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "–", "\uf076": "❖"})
_MARGIN = 2.0
"""Characters whose middle lies further than this outside the page box are not on the page."""

_PARTED = 0.9
"""A gap wider than this many font sizes may part columns."""
_EVERY = 12
"""The font is asked for at the start of a line, and again after this many characters."""


def find_words(page: PageText, rotation: int) -> list[Word]:
    """Return the words on the page in the file's order, duplicates and characters off the page left out.

    ``rotation`` is the page's own in quarter turns: writing turned by it reads upright on the displayed page.
    """
    text = page.characters
    box = page.box
    words: list[Word] = []
    turning = rotation != 0
    bold = False
    end_before, asked = 0, -_EVERY
    for match in _WORD.finditer(text):
        start, end = match.span()
        glued = start == end_before > 0
        first = box(start)
        last = box(end - 1) if end - start > 1 else first
        if start - asked >= _EVERY or "\n" in text[end_before:start]:
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


def _run(page: PageText, text: str, run: list[int], boxes: list[Cell], glued: bool) -> Iterator[Word]:
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
    if high > 2.2 * low and not word.glued:  # the cell of a full stop may be as small as its dot
        return False
    if min(piece.bottom, word.bottom) - max(piece.top, word.top) < 0.5 * low:
        return False
    gap = word.x0 - piece.x1 if word.x0 >= piece.x0 else piece.x0 - word.x1
    return -0.5 * high <= gap <= _PARTED * high
