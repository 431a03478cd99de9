"""What stands in the margins of pages, and what of it is repeated in the same place from page to page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.passages.rows import Row
from pipeline.schemas import Page

# Shares of the page's height or width, from its edge: where furniture is looked for, and where large titles are.
BAND = 0.13
LARGE_BAND = 0.09
_SIDE = 0.07
_SAME_PLACE = 8.0  # points
LONGEST = 200

_EDGE_SIGNS = re.compile(r"\A[\W\d_]+|[\W\d_]+\Z")
_NOT_LETTERS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a row stands: from which edge ("top", "bottom", "side") and at what distance from it in points.

    ``share`` says how far the row reaches into the page, as a share of its height or width; a row without a place
    has the edge "none".
    """

    edge: str
    distance: float
    share: float


Spots = Mapping[int, Spot]  # by the id() of the row


def letters_of(text: str) -> str:
    """Return the letters of a text without the digits, so that "12 | Title" and "Title | 13" are the same."""
    return _NOT_LETTERS.sub(" ", _DIGITS.sub("", _EDGE_SIGNS.sub("", text[:LONGEST]).casefold())).strip()


def words_of(text: str) -> str:
    """Return the words of a text, with its numbers, without capitals and signs."""
    return _NOT_LETTERS.sub(" ", text[:LONGEST].casefold()).strip()


def find_spots(pages: Sequence[Page], rows: Sequence[Sequence[Row]]) -> Spots:
    """Return where each row stands: at a side only what lies wholly beyond the columns of text."""
    spots: dict[int, Spot] = {}
    for page, page_rows in zip(pages, rows, strict=True):
        inner = [row.line for row in page_rows if row.line.x0 < page.width * (1 - _SIDE)]
        inner = [line for line in inner if line.x1 > page.width * _SIDE]
        left = min((line.x0 for line in inner), default=0.0)
        right = max((line.x1 for line in inner), default=page.width)
        for row in page_rows:
            spots[id(row)] = _spot(page, row, left, right)
    return spots


def _spot(page: Page, row: Row, left: float, right: float) -> Spot:
    line = row.line
    if not row.placed or not page.height or not page.width:
        return Spot("none", 0, 1)
    if line.x1 < left:
        return Spot("side", line.x1, line.x1 / page.width)
    if line.x0 > right:
        return Spot("side", page.width - line.x0, 1 - line.x0 / page.width)
    if line.top + line.bottom < page.height:
        return Spot("top", line.top, line.bottom / page.height)
    return Spot("bottom", page.height - line.bottom, 1 - line.top / page.height)


def find_repeated(pages: Sequence[Page], rows: Sequence[Sequence[Row]], spots: Spots, usual: float) -> dict[int, int]:
    """Return, by the id() of the row, on how many pages its words, digits left out, stand in its place.

    Only rows are returned for which that is enough.
    ``usual`` is the size of body text. Two pages suffice in a short document, three in a longer one; what is set as
    large as a heading must stand on a third of all pages, or share its place with a few other such titles.
    """
    named: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for page_rows in rows:
        for row in page_rows:
            spot = spots[id(row)]
            near_edge = spot.edge == "side" or (spot.edge != "none" and spot.share < BAND)
            if near_edge and row.line.row < 0 and len(row.text) <= LONGEST and (key := letters_of(row.text)):
                named[key, spot.edge].append(row)
    running = _running_titles(named, spots, len(pages))
    found: dict[int, int] = {}
    for alike in named.values():
        for cluster in _clusters(alike, spots):
            here = {row.page for row in cluster}
            for row in _counting(pages, cluster, min(3, len(here))):
                large = usual and row.size > usual * 1.2
                high = spots[id(row)].share < LARGE_BAND
                needed = (max(4, len(pages) // 3) if high else len(pages) + 1) if large else 2 if len(pages) < 8 else 3
                if len(here) >= needed:
                    found[id(row)] = len(here)
            titles = [row for row in cluster if _slot(row, spots) in running]
            found.update((id(row), len(pages)) for row in _counting(pages, titles, 2))
    return found


def _slot(row: Row, spots: Spots) -> tuple[str, int, float]:
    spot = spots[id(row)]
    return spot.edge if spot.share < LARGE_BAND else "none", round(spot.distance / 2), row.size


def _clusters(alike: Sequence[Row], spots: Spots) -> Iterator[list[Row]]:
    """Yield the rows of the same words that stand in about the same place."""
    cluster: list[Row] = []
    for row in sorted(alike, key=lambda row: spots[id(row)].distance):
        if cluster and spots[id(row)].distance - spots[id(cluster[-1])].distance > _SAME_PLACE:
            yield cluster
            cluster = []
        cluster.append(row)
    if cluster:
        yield cluster


def _running_titles(
    named: Mapping[tuple[str, str], Sequence[Row]], spots: Spots, pages: int
) -> set[tuple[str, int, float]]:
    """Return the (edge, place, size) in which a good part of all pages has one of a few titles, as chapters have.

    Titles that differ from page to page are headings, even if all of them stand in the same place.
    """
    slots: defaultdict[tuple[str, int, float], list[str]] = defaultdict(list)
    for (key, _), alike in named.items():
        for row in alike:
            slot = _slot(row, spots)
            if slot[0] in ("top", "bottom"):
                slots[slot].append(key)
    return {slot for slot, keys in slots.items() if len(keys) >= max(6, pages / 5) and len(set(keys)) * 2 <= len(keys)}


def _counting(pages: Sequence[Page], cluster: Sequence[Row], enough: int) -> list[Row]:
    """Return the rows of a cluster whose numbers are the same on enough pages, or go on with the pages.

    Those of headings ("Objective 1.2"), captions and footnotes do not.
    """
    same = Counter(text for text, _ in {(row.text, row.page) for row in cluster})
    steps = Counter(step for row in cluster for step in _steps(pages, row))
    most = max(min(3.0, len(cluster)), 0.3 * len(cluster))
    return [
        row
        for row in cluster
        if not _DIGITS.search(row.text)
        or same[row.text] >= enough
        or max((steps[step] for step in _steps(pages, row)), default=0) >= most
    ]


def _steps(pages: Sequence[Page], row: Row) -> set[tuple[int, int]]:
    """Return (pages counted at a time, number that page 0 would have) for each number in a row.

    A two-page spread counts two pages at a time.
    """
    here = pages[row.page].page_number
    numbers = {int(number) for number in _DIGITS.findall(row.text[:LONGEST]) if len(number) < 6}
    return {(pace, number - pace * here) for number in numbers for pace in (1, 2)}
