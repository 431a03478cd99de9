"""Running titles and page numbers in text without geometry, found by their repetition and their numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from itertools import pairwise

from pipeline.passages.rows import Row

_NUMBERED_TITLE = re.compile(r"\A(?:(\d{1,4})\s*[|/–—-]?\s*(\D{4,120})|(\D{4,120}?)\s*[|/–—-]?\s*(\d{1,4}))\Z")
_LONE_NUMBER = re.compile(r"\A[-–—|]?\s?(\d{1,4})\s?[-–—|]?\Z")
_LETTERS = re.compile(r"[\W\d_]+")
_LONGEST = 130
_FAR = 400  # rows between two neighbouring page numbers at the most
_NEAR = 5  # rows between two page numbers at the least: closer ones are a table or a list


def mark_plain_furniture(rows: Sequence[Row], page_words: Set[str]) -> None:
    """Set the zone of rows of a text file that were headers, footers and page numbers of the printed page.

    A title that stands beside numbers that rise, at least three times, is a running title. A number alone on its row
    is a page number where the next or the last number stands alone at the distance of a page. Without numbers,
    a row is furniture only where it is repeated and stands beside a page number or at a form feed.
    """
    _mark_lone_numbers(rows, page_words)
    titles: defaultdict[str, list[tuple[int, Row]]] = defaultdict(list)
    bare: defaultdict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if row.zone != "body" or len(row.text) > _LONGEST:
            continue
        match = _NUMBERED_TITLE.match(row.text)
        if match:
            title, number = (match[2], match[1]) if match[1] else (match[3], match[4])
            titles[_key(title)].append((int(number), row))
        elif len(row.text) > 3:
            bare[_key(row.text)].append(place)
    for key, numbered in titles.items():
        if key and _rising([number for number, _ in numbered]):
            for _, row in numbered:
                row.zone = "furniture"
    numbered_places = {place for place, row in enumerate(rows) if row.zone == "furniture"}
    for key, places in bare.items():
        beside = sum(place - 1 in numbered_places or place + 1 in numbered_places for place in places)
        often = len(places) >= 5 and beside * 5 >= len(places) * 4
        if key and beside and (often or (key in titles and _rising([number for number, _ in titles[key]]))):
            for place in places:
                rows[place].zone = "furniture"


def _key(text: str) -> str:
    return _LETTERS.sub(" ", text.casefold()).strip()


def _rising(numbers: list[int]) -> bool:
    rises = sum(later > sooner for sooner, later in pairwise(numbers))
    return len(set(numbers)) >= 3 and rises >= (len(numbers) - 1) * 0.8


def _mark_lone_numbers(rows: Sequence[Row], page_words: Set[str]) -> None:
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        words = [word for word in row.text[:30].casefold().split() if word not in page_words]
        match = _LONE_NUMBER.match(" ".join(words)) if len(row.text) < 30 else None
        if match:
            places[int(match[1])].append(place)
    for number, here in places.items():
        for place in here:
            later = any(_NEAR < other - place < _FAR for other in places.get(number + 1, [])[:50])
            sooner = any(_NEAR < place - other < _FAR for other in places.get(number - 1, [])[:50])
            if later or sooner:
                rows[place].zone = "furniture"
