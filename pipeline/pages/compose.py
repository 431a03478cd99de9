"""From flows and tables in reading order to the text of a page and its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.pages.shapes import Grid, Piece, Shape, Word, around, middle
from pipeline.pages.words import find_pieces
from pipeline.schemas import Line


@dataclass(slots=True)
class Draft(Shape):
    """A line before its offsets are known."""

    text: str
    size: float
    bold: bool
    role: str = "text"
    row: int = -1


Block = list[Draft]


def compose(parts: Sequence[list[Piece] | Grid]) -> list[Block]:
    """Return the blocks of lines of flows and tables in reading order."""
    blocks: list[Block] = []
    row = 0
    for part in parts:
        if isinstance(part, Grid):
            block, row = _grid_block(part, row)
            if block:
                blocks.append(block)
        else:
            blocks.extend(_paragraphs(_lines(part)))
    return blocks


def page_text(blocks: Sequence[Block]) -> tuple[str, tuple[Line, ...]]:
    """Join lines by a line break and blocks by an empty line; return the text and the lines with their offsets."""
    texts: list[str] = []
    lines: list[Line] = []
    offset = 0
    for number, block in enumerate(blocks):
        for place, draft in enumerate(block):
            if lines:
                joint = "\n" if place else "\n\n"
                texts.append(joint)
                offset += len(joint)
            end = offset + len(draft.text)
            x0, top, x1, bottom = (round(v, 1) for v in (draft.x0, draft.top, draft.x1, draft.bottom))
            lines.append(
                Line(offset, end, x0, top, x1, bottom, round(draft.size, 1), draft.bold, number, draft.role, draft.row)
            )
            texts.append(draft.text)
            offset = end
    return "".join(texts), tuple(lines)


def _grid_block(grid: Grid, row: int) -> tuple[Block, int]:
    """Lay a table out row by row and cell by cell; return its lines and the number of the next row."""
    block: Block = []
    for cells in grid.rows:
        drafts = [draft for cell in cells for draft in _lines(find_pieces(cell))]
        for draft in drafts:
            draft.role, draft.row = "table_row", row
        if drafts:
            block.extend(drafts)
            row += 1
    return block, row


def _lines(pieces: Sequence[Piece]) -> list[Draft]:
    """Gather pieces that stand beside each other into lines, from top to bottom."""
    gathered: list[list[Piece]] = []
    frames: list[tuple[float, float]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.bottom, piece.x0)):
        top, bottom = piece.top, piece.bottom
        for index in range(len(frames) - 1, max(len(frames) - 4, -1), -1):
            upper, lower = frames[index]
            if min(lower, bottom) - max(upper, top) > 0.5 * min(lower - upper, bottom - top):
                gathered[index].append(piece)
                if bottom - top > lower - upper:
                    frames[index] = (top, bottom)
                break
        else:
            gathered.append([piece])
            frames.append((top, bottom))
    return [_draft(line) for line in gathered]


def _draft(pieces: list[Piece]) -> Draft:
    if len(pieces) > 1:
        pieces.sort(key=lambda piece: piece.x0)
        if _is_right_to_left(pieces):
            pieces.reverse()
    words = pieces[0].words if len(pieces) == 1 else [word for piece in pieces for word in piece.words]
    letters = sum([len(word.text) for word in words])
    bold = 2 * sum([len(word.text) for word in words if word.bold]) > letters
    frame = pieces[0] if len(pieces) == 1 else around(pieces)
    return Draft(frame.x0, frame.top, frame.x1, frame.bottom, _text(words), _usual_size(words), bold)


def _text(words: Sequence[Word]) -> str:
    """Join the words of a line."""
    spaced = " ".join([word.text for word in words])
    if spaced.isascii() and not any([word.glued for word in words]):
        return spaced
    parts = [words[0].text]
    for before, word in pairwise(words):
        if not _are_joined(before, word):
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)


def _are_joined(before: Word, word: Word) -> bool:
    """Tell whether no space stands between two words: the file has none, or their writing has none."""
    gap = word.x0 - before.x1 if word.x0 >= before.x0 else before.x0 - word.x1
    if word.glued and gap < 0.3 * max(before.size, word.size):
        return True
    return gap < 0.6 * min(before.size, word.size) and _is_unspaced(before.text[-1]) and _is_unspaced(word.text[0])


def _is_unspaced(character: str) -> bool:
    """Tell whether a character belongs to a writing without spaces between words (Chinese, Japanese)."""
    return "\u3000" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef"


def _is_right_to_left(pieces: Sequence[Piece]) -> bool:
    text = "".join(word.text for piece in pieces for word in piece.words)
    if text.isascii():
        return False
    letters = [character for character in text if character.isalpha()]
    return sum("\u0590" <= c <= "\u08ff" or "\ufb1d" <= c <= "\ufefc" for c in letters) * 2 > len(letters)


def _usual_size(words: Sequence[Word]) -> float:
    """Return the size in which most of the characters are set."""
    sizes: dict[float, int] = {}
    for word in words:
        sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if len(sizes) > 1 else words[0].size


def _paragraphs(lines: list[Draft]) -> Iterator[Block]:
    """Cut a flow's lines into blocks where the spacing grows, or the size or weight changes."""
    gaps = [_pitch(before, line) for before, line in pairwise(lines)]
    usual = middle([gap for gap, line in zip(gaps, lines, strict=False) if 0 < gap < 2.2 * line.size])
    block: Block = []
    for line in lines:
        if block and _are_apart(block[-1], line, usual):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _pitch(before: Draft, line: Draft) -> float:
    """Return the distance of two lines; fonts place their cells differently, so the lower of two measures counts."""
    return min(line.top - before.top, line.bottom - before.bottom)


def _are_apart(before: Draft, line: Draft, usual: float) -> bool:
    small, large = sorted((before.size, line.size))
    if _pitch(before, line) > max(1.3 * usual, usual + 0.25 * large, 1.35 * large):
        return True
    return large > (1.3 if before.bold == line.bold else 1.15) * small
