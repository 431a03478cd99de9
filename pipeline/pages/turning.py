"""Turning what stands on a page, so that writing that reads downwards or upwards is laid out as upright writing."""

from __future__ import annotations

from dataclasses import replace

from pipeline.pages.drawings import Box, Drawings
from pipeline.pages.shapes import Shape, Word


def main_turns(words: list[Word]) -> int:
    """Return the quarter turns clockwise in which most of the page is written, 0 where it is upright."""
    letters = [0, 0, 0, 0]
    for word in words:
        letters[word.turned] += len(word.text)
    return max(range(4), key=lambda turns: (letters[turns], -turns))


def turn_words(words: list[Word], turns: int, width: float, height: float) -> list[Word]:
    """Turn words back by ``turns`` quarter turns, so that writing turned that far reads upright."""
    back = []
    for word in words:
        place = turned(word, turns, width, height)
        written = (word.turned - turns) % 4
        back.append(replace(word, x0=place.x0, top=place.top, x1=place.x1, bottom=place.bottom, turned=written))
    return back


def turn_drawings(drawings: Drawings, turns: int, width: float, height: float) -> Drawings:
    """Turn lines, boxes and pictures back by ``turns`` quarter turns: horizontal lines become vertical and so on."""
    across = [turned(line, turns, width, height) for line in drawings.across]
    down = [turned(line, turns, width, height) for line in drawings.down]
    boxes = [(box, turned(box, turns, width, height)) for box in drawings.boxes]
    return Drawings(
        down if turns % 2 else across,
        across if turns % 2 else down,
        [Box(place.x0, place.top, place.x1, place.bottom, box.fill, box.outlined) for box, place in boxes],
        [turned(picture, turns, width, height) for picture in drawings.pictures],
        drawings.paths,
    )


def turned(shape: Shape, turns: int, width: float, height: float) -> Shape:
    """Return ``shape`` of a page ``width`` by ``height`` after turning the page ``turns`` quarters anticlockwise."""
    if turns % 4 == 1:
        return Shape(shape.top, width - shape.x1, shape.bottom, width - shape.x0)
    if turns % 4 == 2:
        return Shape(width - shape.x1, height - shape.bottom, width - shape.x0, height - shape.top)
    if turns % 4 == 3:
        return Shape(height - shape.bottom, shape.x0, height - shape.top, shape.x1)
    return shape
