"""One page of a PDF: from pdfium's page to text in reading order."""

from __future__ import annotations

from pipeline.pages.blocks import reading_order
from pipeline.pages.compose import Block, compose
from pipeline.pages.drawings import Drawings
from pipeline.pages.panels import nest
from pipeline.pages.ruled import find_grids
from pipeline.pages.shapes import Grid, Item, Piece, Rule, Shape, Word
from pipeline.pages.words import find_pieces, turn, turned


def lay_out(words: list[Word], drawings: Drawings, width: float, height: float) -> list[Block]:
    """Return the page's blocks of lines in reading order."""
    upright = [word for word in words if not word.turned]
    if not words:
        return []
    grids = find_grids(drawings, upright)
    free = [word for word in upright if not any(grid.holds_middle(word) for grid in grids)]
    items: list[Item] = [*find_pieces(free), *grids]
    for turns in (1, 2, 3):
        items.extend(_turned_pieces([word for word in words if word.turned == turns], turns, width, height))
    items.extend(_rules(drawings, items, grids))
    boxes = [box for box in drawings.boxes if not any(grid.holds(box, 4.0) for grid in grids)]
    items = nest(items, boxes, Shape(0, 0, width, height))
    return compose(reading_order(items, width, height))


def _turned_pieces(words: list[Word], turns: int, width: float, height: float) -> list[Piece]:
    """Join the words of lines that do not read upright; each line is one piece at its place on the page."""
    pieces = find_pieces(turn(words, turns, width, height)) if words else []
    inverse = (4 - turns) % 4
    wide, high = (height, width) if turns % 2 else (width, height)
    for piece in pieces:
        text = piece.text
        place = turned(piece, inverse, wide, high)
        word = Word(place.x0, place.top, place.x1, place.bottom, text, piece.size, False, False, turns)
        piece.words = [word]
        piece.x0, piece.top, piece.x1, piece.bottom = place.x0, place.top, place.x1, place.bottom
    return pieces


def _rules(drawings: Drawings, items: list[Item], grids: list[Grid]) -> list[Rule]:
    """Return the drawn lines that part text above from text below: long, outside tables, not through text."""
    rules: list[Rule] = []
    for line in drawings.across:
        if line.width < 60 or any(grid.holds(line, 4.0) for grid in grids):
            continue
        rules.append(Rule(line.x0, line.top, line.x1, line.bottom))
        if len(rules) >= 200:
            break
    return rules
