"""Rows put together to the pieces that become passages: paragraphs, items, table rows, headings and footnotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from pipeline.passages.bullets import Mark, read_mark
from pipeline.passages.cleaning import CJK
from pipeline.passages.footnotes import opens_footnote
from pipeline.passages.rows import Row
from pipeline.passages.splitting import cut_long, first_sentence_end, inline_bullets
from pipeline.passages.titles import in_capitals

_TERMINAL = ".!?:;。！？…"
_CLOSING = "\"'”’»)]」』）"
_LONGEST_ITEM = 500  # characters of an item inside a line
_WIDE_FROM, _WIDE_TO = CJK[0], "\uff60"


@dataclass(slots=True)
class Piece:
    """A stretch of one page that becomes a passage: raw offsets, what it is, and its first and last row."""

    page: int
    start: int
    end: int
    kind: str
    zone: str
    level: int
    mark: Mark | None
    left: float
    row: int
    last: Row


def page_pieces(page_rows: Sequence[Row], *, wrapped: bool = True) -> list[Piece]:
    """Put the rows of one page together; a row belongs to one piece.

    Where lines are not ``wrapped`` (text files with one line for each paragraph) every row is a piece of its own.
    """
    pieces: list[Piece] = []
    for row in page_rows:
        mark = _item_mark(row, pieces[-1] if pieces else None)
        if pieces and mark is None and _continues(pieces[-1], row, wrapped=wrapped):
            pieces[-1].end, pieces[-1].last = row.end, row
        else:
            pieces.append(_opened(row, mark))
    return pieces


def _opened(row: Row, mark: Mark | None) -> Piece:
    kind = row.kind
    if kind == "paragraph":
        if row.line.row >= 0 or row.line.role == "table_row":
            kind = "table_row"
        elif mark is not None or row.line.role == "list_item":
            kind = "list_item"
    return Piece(row.page, row.start, row.end, kind, row.zone, row.level, mark, row.line.x0, row.line.row, row)


def _item_mark(row: Row, before: Piece | None) -> Mark | None:
    """Return the mark of a row that begins a list item; an uncertain mark counts where a sentence may begin."""
    if row.kind != "paragraph" or row.line.row >= 0 or row.zone in ("furniture", "contents"):
        return None
    mark = read_mark(row.text)
    if mark is None or mark.certain or before is None or row.line.role == "list_item":
        return mark
    fresh = before.last.line.block != row.line.block and before.kind != "footnote"
    same = before.mark is not None and before.mark.kind == mark.kind
    if mark.kind == "o" and not (same or before.last.text[-1] in ".:;"):
        return None
    next_one = same and before.mark is not None and (mark.number == before.mark.number + 1 or mark.kind in "-–—*+o")
    return mark if fresh or next_one or before.last.text[-1] in ".:;,!?" or before.kind == "heading" else None


def _continues(piece: Piece, row: Row, *, wrapped: bool) -> bool:
    """Say whether a row goes on with the piece that the row before it belongs to."""
    last, line = piece.last, row.line
    if piece.zone != row.zone or row.zone == "furniture":
        return False
    if piece.kind == "table_row" or line.row >= 0 or line.role == "table_row":
        return piece.row == line.row and (
            line.row >= 0 or (last.line.block == line.block and last.line.top == line.top)
        )
    if row.kind == "footnote" or piece.kind == "footnote":
        return row.kind == piece.kind and not opens_footnote(row.text)
    if row.kind == "heading" or piece.kind == "heading":
        return row.kind == piece.kind and _same_heading(last, row)
    if line.role == "list_item" and not (last.line.role == "list_item" and last.line.block == line.block):
        return False
    if last.line.block == line.block:
        return wrapped and not _new_paragraph(piece, row)
    return _hangs_below(piece, row) or _sentence_goes_on(last, row)


def _same_heading(last: Row, row: Row) -> bool:
    """Say whether a heading goes on in the next row, below the last one and set alike, though in another block."""
    one, two = last.line, row.line
    if not last.placed:
        return one.role != "heading" and in_capitals(last.text) and in_capitals(row.text)
    if one.block == two.block:
        return True
    alike = abs(one.size - two.size) <= 0.6 and one.bold == two.bold and row.placed
    below = 0 < two.top - one.top < 1.5 * one.size
    overlap = min(one.x1, two.x1) - max(one.x0, two.x0)
    beside = overlap > 0.5 * min(one.x1 - one.x0, two.x1 - two.x0)
    return alike and below and beside and last.text[-1] not in _TERMINAL and not row.text[0].isdigit()


def _new_paragraph(piece: Piece, row: Row) -> bool:
    """Say whether a row begins a paragraph inside its block, shown by indentation or by the short line before it."""
    last, line = piece.last, row.line
    if last.text.rstrip(_CLOSING)[-1:] not in _TERMINAL or row.text[0].islower():
        return False
    if not row.placed:
        return len(last.text) < 0.7 * len(row.text) and last.start > piece.start
    if piece.kind == "list_item":
        # back at the margin of the mark after lines that hung to the right of it
        return piece.mark is not None and last.line.x0 > piece.left + 4 and line.x0 <= piece.left + 2
    indented = line.x0 - last.line.x0 > 6 and piece.left - last.line.x0 > -2
    return indented or last.line.x1 < line.x1 - max(40.0, 0.3 * (line.x1 - line.x0))


def _hangs_below(piece: Piece, row: Row) -> bool:
    """Say whether the row right below an item, not left of its mark, completes the item's sentence.

    Blocks are cut where the weight changes, as after the first words of an item in bold.
    """
    last = piece.last
    if piece.mark is None or not row.placed or last.text.rstrip(_CLOSING)[-1:] in _TERMINAL:
        return False
    below = 0 < row.line.top - last.line.top < 1.8 * max(last.line.size, row.line.size)
    return below and row.line.x0 > piece.left + 1


def _sentence_goes_on(last: Row, row: Row) -> bool:
    """Say whether a sentence runs over a column or block break: no end before it, a small letter after it."""
    ending = last.text.rstrip(_CLOSING)[-1:]
    if not ending or ending in _TERMINAL or row.text[0] in _CLOSING:
        return False
    below = 0 < row.line.top - last.line.top < 1.8 * last.line.size
    alike = abs(last.line.size - row.line.size) <= 0.6 and last.line.bold == row.line.bold
    if not row.placed or not (alike or below):
        return False
    wide = _WIDE_FROM <= ending <= _WIDE_TO and _WIDE_FROM <= row.text[0] <= _WIDE_TO
    return row.text[0].islower() or (wide and len(last.text) > 12)


def cut_piece(
    piece: Piece, raw: str, abbreviations: Set[str], max_words: int, max_characters: int
) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, kind) of the parts of a piece: items that stand inside a line, and stretches of few words."""
    for start, end, kind in _inline_items(piece, raw, abbreviations):
        for first, last in cut_long(raw, start, end, abbreviations, max_words, max_characters):
            if not raw[first:last].isspace():
                yield first, last, kind


def _inline_items(piece: Piece, raw: str, abbreviations: Set[str]) -> Iterator[tuple[int, int, str]]:
    places = inline_bullets(raw, piece.start, piece.end) if piece.kind in ("paragraph", "list_item") else []
    places = [place for place in places if place > piece.start]
    if not places or piece.zone == "furniture":
        yield piece.start, piece.end, piece.kind
        return
    yield piece.start, places[0], piece.kind
    for place, following in pairwise([*places, piece.end]):
        # the last item ends with its sentence, and so does one after which running text goes on for long
        stop = following
        if following == piece.end or following - place > _LONGEST_ITEM:
            stop = min(following, first_sentence_end(raw, place + 1, following, abbreviations))
        yield place, stop, "list_item"
        if raw[stop:following].strip():
            yield stop, following, "paragraph"
