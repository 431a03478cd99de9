"""One page of a PDF: from words and drawings to blocks of lines in reading order."""

from __future__ import annotations

from pipeline.pages.blocks import reading_order
from pipeline.pages.compose import Block, compose
from pipeline.pages.drawings import Drawings
from pipeline.pages.panels import nest
from pipeline.pages.ruled import find_grids
from pipeline.pages.shapes import Grid, Item, Piece, Rule, Shape, Word
from pipeline.pages.turning import main_turns, turn_drawings, turn_words, turned
from pipeline.pages.words import find_pieces

_LONG_RULE = 60.0
"""A shorter line parts nothing: it underlines a word or stands above a footnote."""
_MOST_RULES = 200
_UNDERLINED = 0.8
"""A line with text standing on more than this share of it underlines the text."""


def lay_out(words: list[Word], drawings: Drawings, width: float, height: float) -> list[Block]:
    """Return the page's blocks of lines in reading order; a page written sideways is laid out as if held upright."""
    if not words:
        return []
    turns = main_turns(words)
    if not turns:
        return _blocks(words, drawings, width, height)
    wide, high = (height, width) if turns % 2 else (width, height)
    upright = turn_words(words, turns, width, height)
    blocks = _blocks(upright, turn_drawings(drawings, turns, width, height), wide, high)
    for draft in (draft for block in blocks for draft in block):
        place = turned(draft, -turns, wide, high)
        draft.x0, draft.top, draft.x1, draft.bottom = place.x0, place.top, place.x1, place.bottom
    return blocks


def _blocks(words: list[Word], drawings: Drawings, width: float, height: float) -> list[Block]:
    upright = [word for word in words if not word.turned]
    grids = find_grids(drawings, upright)
    free = [word for word in upright if not any(grid.holds_middle(word) for grid in grids)] if grids else upright
    pieces = find_pieces(free)
    items: list[Item] = [*pieces, *grids]
    for turns in (1, 2, 3):
        items.extend(_turned_pieces([word for word in words if word.turned == turns], turns, width, height))
    items.extend(_rules(drawings, grids, pieces))
    boxes = [box for box in drawings.boxes if not any(grid.holds(box, 4.0) for grid in grids)]
    return compose(reading_order(nest(items, boxes, Shape(0, 0, width, height)), width, height))


def _turned_pieces(words: list[Word], turns: int, width: float, height: float) -> list[Piece]:
    """Join the words of lines that do not read upright; each line is one piece at its place on the page."""
    wide, high = (height, width) if turns % 2 else (width, height)
    pieces = []
    for line in find_pieces(turn_words(words, turns, width, height)):
        place = turned(line, -turns, wide, high)
        word = Word(place.x0, place.top, place.x1, place.bottom, line.text, line.size, line.words[0].bold)
        pieces.append(Piece(place.x0, place.top, place.x1, place.bottom, [word], line.size, line.order))
    return pieces


def _rules(drawings: Drawings, grids: list[Grid], pieces: list[Piece]) -> list[Rule]:
    """Return the drawn lines that part text above from text below: long, outside tables, underlining nothing."""
    lines = [line for line in drawings.across if line.width >= _LONG_RULE][:_MOST_RULES]
    free = [line for line in lines if not any(grid.holds(line, 4.0) for grid in grids)]
    parting = [line for line in free if not _underlines(line, pieces)]
    return [Rule(line.x0, line.top, line.x1, line.bottom) for line in parting]


def _underlines(line: Shape, pieces: list[Piece]) -> bool:
    """Tell whether a line is nearly as long as the text that stands on it."""
    marked = 0.0
    for piece in pieces:
        if piece.top < line.top < piece.bottom + 0.15 * piece.size:
            marked += max(0.0, min(line.x1, piece.x1) - max(line.x0, piece.x0))
    return marked > _UNDERLINED * line.width
