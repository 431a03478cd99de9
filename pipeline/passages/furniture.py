"""Running headers and footers, page numbers and other furniture of the margins, found by place and repetition."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from pipeline.passages.rows import Row, body_size
from pipeline.schemas import Page

# Shares of the page's height or width, from its edge.
_BAND = 0.13
_OWN_NUMBER_BAND = 0.25
_LARGE_BAND = 0.09
_EDGE = 0.04
_SIDE = 0.07
_SAME_PLACE = 8.0  # points
_LONGEST = 200

_EDGE_SIGNS = re.compile(r"\A[\W\d_]+|[\W\d_]+\Z")
_NOT_LETTERS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\d{1,5}|[ivxlc]{1,7}|[A-Z]{1,2}-?\d{1,3}", re.IGNORECASE)
_PRINT_MARK = re.compile(r"\.(?:indd|qxd|ai)\b", re.IGNORECASE)
_BLANK_PAGE = re.compile(r"\W*(?:this )?page (?:is |has been |was )?(?:intentionally )?(?:left )?blank\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a row stands: from which edge ("top", "bottom", "side") and at what distance from it in points."""

    edge: str
    distance: float
    share: float


def mark_furniture(pages: Sequence[Page], rows: Sequence[Sequence[Row]], page_words: Set[str]) -> None:
    """Set the zone of rows that are furniture, page by page from the edges inwards.

    A row is furniture where its words, digits left out, stand in the same place of several pages, where it is a page
    number, or where it fills the place that furniture has on other pages. Nothing that has body text between itself
    and the edge is furniture, so that a heading repeated from page to page stays one.
    """
    usual = body_size(rows)
    spots = {
        id(row): spot
        for page, page_rows in zip(pages, rows, strict=True)
        for row, spot in zip(page_rows, _spots(page, page_rows), strict=True)
    }
    repeated = _repeated(pages, rows, spots, usual)
    for page, page_rows in zip(pages, rows, strict=True):
        _mark_page(page, page_rows, spots, repeated, page_words, usual)
    slots = _slots(rows, spots)
    whole = " | ".join(sorted({_words(row.text) for page_rows in rows for row in page_rows if row.zone == "furniture"}))
    for page_rows in rows:
        _mark_slots(page_rows, spots, slots, whole, usual)


def _key(text: str) -> str:
    """Return the letters of a text without the digits, so that "12 | Title" and "Title | 13" are the same."""
    return _NOT_LETTERS.sub(" ", _DIGITS.sub("", _EDGE_SIGNS.sub("", text[:_LONGEST]).casefold())).strip()


def _words(text: str) -> str:
    return _NOT_LETTERS.sub(" ", text[:_LONGEST].casefold()).strip()


def is_page_number(text: str, page_words: Set[str]) -> bool:
    """Say whether a text is nothing but a page number, perhaps with dashes or the word "page" around it."""
    if len(text) > 30:
        return False
    words = [word for word in re.split(r"[\s|/.,·•–—-]+", text.casefold()) if word and word not in page_words]
    return 0 < len(words) <= 4 and all(_NUMBER.fullmatch(word) for word in words) and len("".join(words)) <= 8


def _spots(page: Page, page_rows: Sequence[Row]) -> list[_Spot]:
    """Return where each row stands: at a side only what lies wholly beyond the columns of text."""
    inner = [row.line for row in page_rows if page.width and row.line.x0 < page.width * (1 - _SIDE)]
    inner = [line for line in inner if line.x1 > page.width * _SIDE]
    left = min((line.x0 for line in inner), default=0.0)
    right = max((line.x1 for line in inner), default=page.width)
    return [_spot(page, row, left, right) for row in page_rows]


def _spot(page: Page, row: Row, left: float, right: float) -> _Spot:
    line = row.line
    if not row.placed or not page.height or not page.width:
        return _Spot("none", 0, 1)
    if line.x1 < left:
        return _Spot("side", line.x1, line.x1 / page.width)
    if line.x0 > right:
        return _Spot("side", page.width - line.x0, 1 - line.x0 / page.width)
    if line.top + line.bottom < page.height:
        return _Spot("top", line.top, line.bottom / page.height)
    return _Spot("bottom", page.height - line.bottom, 1 - line.top / page.height)


def _repeated(
    pages: Sequence[Page], rows: Sequence[Sequence[Row]], spots: dict[int, _Spot], usual: float
) -> set[tuple[str, str, int]]:
    """Return (words, edge, page) of the rows whose words stand in the same place of enough pages."""
    places: defaultdict[tuple[str, str], list[tuple[float, Row]]] = defaultdict(list)
    for page_rows in rows:
        for row in page_rows:
            spot = spots[id(row)]
            if spot.edge != "none" and row.line.row < 0 and (spot.share < _BAND or spot.edge == "side") and len(row.text) <= _LONGEST:
                places[_key(row.text), spot.edge].append((spot.distance, row))
    found: set[tuple[str, str, int]] = set()
    running = _running_titles(places, len(pages))
    for (key, edge), placed in places.items():
        if not key:
            continue
        for distance, row in placed:
            if (edge, round(distance / 2), row.size) in running and spots[id(row)].share < _LARGE_BAND:
                found.add((key, edge, row.page))
                continue
            near = [other for place, other in placed if abs(place - distance) <= _SAME_PLACE]
            needed = _pages_needed(row, spots[id(row)].share, len(pages), usual)
            if len({other.page for other in near}) >= needed and _counts_pages(pages, row, near, needed):
                found.add((key, edge, row.page))
    return found


def _running_titles(
    places: Mapping[tuple[str, str], list[tuple[float, Row]]], pages: int
) -> set[tuple[str, int, float]]:
    """Return the (edge, place, size) in which a good part of all pages has one of a few titles, as chapters have.

    Titles that differ from page to page are headings, even if all of them stand in the same place.
    """
    slots: defaultdict[tuple[str, int, float], list[str]] = defaultdict(list)
    for (key, edge), placed in places.items():
        for distance, row in placed:
            if edge in ("top", "bottom"):
                slots[edge, round(distance / 2), row.size].append(key)
    return {slot for slot, keys in slots.items() if len(keys) >= max(6, pages / 5) and len(set(keys)) * 2 <= len(keys)}


def _counts_pages(pages: Sequence[Page], row: Row, near: list[Row], needed: int) -> bool:
    """Say whether the numbers in a repeated row are the same everywhere or go on with the pages.

    Those of headings ("Objective 1.2"), captions and footnotes do not.
    """
    if len({other.page for other in near if other.text == row.text}) >= needed:
        return True
    # a two-page spread counts two pages at a time
    steps = Counter(step for other in near for step in _steps(pages, other))
    own = [steps[step] for step in _steps(pages, row)]
    return not _DIGITS.search(row.text) or max(own, default=0) >= max(2, 0.3 * len(near))


def _steps(pages: Sequence[Page], row: Row) -> set[tuple[int, int]]:
    """Return (pages counted at a time, number that page 0 would have) for each number in a row."""
    here = pages[row.page].page_number
    numbers = {int(number) for number in _DIGITS.findall(row.text[:_LONGEST]) if len(number) < 6}
    return {(pace, number - pace * here) for number in numbers for pace in (1, 2)}


def _pages_needed(row: Row, share: float, pages: int, usual: float) -> int:
    """Two pages suffice for small words; what is set as large as a heading must stand on a third of all pages, close to the edge."""
    if usual and row.size > usual * 1.2:
        return max(4, pages // 3) if share < _LARGE_BAND else pages + 1
    return 2 if pages < 8 else 3


def _mark_page(
    page: Page,
    page_rows: Sequence[Row],
    spots: dict[int, _Spot],
    repeated: Set[tuple[str, str, int]],
    page_words: Set[str],
    usual: float,
) -> None:
    for row in page_rows:
        if len(row.text) < 60 and _BLANK_PAGE.fullmatch(row.text):
            row.zone = "furniture"
    for edge in ("top", "bottom", "side"):
        ordered = sorted((row for row in page_rows if spots[id(row)].edge == edge), key=lambda r: spots[id(r)].distance)
        reach = float("inf")
        for row in ordered:
            spot = spots[id(row)]
            if edge != "side" and spot.distance > reach:
                break
            own = row.text in (page.page_label, str(page.page_number)) and _stands_alone(row, page_rows, spots)
            number = spot.share < (_OWN_NUMBER_BAND if own else _BAND) and is_page_number(row.text, page_words)
            mark = spot.share < _EDGE and row.size < usual * 0.9 and _stands_alone(row, page_rows, spots)
            if number or mark or (_key(row.text), edge, row.page) in repeated or _PRINT_MARK.search(row.text):
                row.zone = "furniture"
            elif edge != "side":
                # rows that begin beside this one may still be furniture; what lies further in may not
                reach = min(reach, spot.distance + max(row.line.size, 6.0) * 0.6)


def _slots(rows: Sequence[Sequence[Row]], spots: dict[int, _Spot]) -> dict[str, list[tuple[float, float]]]:
    """Return the (distance, size) at which furniture with words stands on many pages, for top and bottom."""
    places: defaultdict[tuple[str, int, float], set[int]] = defaultdict(set)
    for page_rows in rows:
        for row in page_rows:
            spot = spots[id(row)]
            if row.zone == "furniture" and spot.edge in ("top", "bottom") and _key(row.text):
                places[spot.edge, round(spot.distance / 2), row.size].add(row.page)
    slots: dict[str, list[tuple[float, float]]] = {"top": [], "bottom": []}
    for (edge, distance, size), on_pages in sorted(places.items()):
        if len(on_pages) >= max(3, len(rows) // 8):
            slots[edge].append((distance * 2.0, size))
    return slots


def _mark_slots(
    page_rows: Sequence[Row],
    spots: dict[int, _Spot],
    slots: dict[str, list[tuple[float, float]]],
    whole: str,
    usual: float,
) -> None:
    """Mark rows that fill a slot of furniture with clear space around them, or that repeat a part of furniture."""
    for row in page_rows:
        spot = spots[id(row)]
        if row.zone == "furniture" or row.line.row >= 0 or spot.edge not in slots or spot.share > _BAND or len(row.text) > _LONGEST:
            continue
        in_slot = any(abs(spot.distance - place) <= 3 and abs(row.size - size) <= 0.5 for place, size in slots[spot.edge])
        # the first page of a journal spells out what later pages have in one line
        part = len(row.text) > 9 and row.size <= usual and _words(row.text) in whole
        if part or (in_slot and _stands_alone(row, page_rows, spots)):
            row.zone = "furniture"


def _stands_alone(row: Row, page_rows: Sequence[Row], spots: dict[int, _Spot]) -> bool:
    own = spots[id(row)]
    for other in page_rows:
        spot = spots[id(other)]
        if other is row or other.zone == "furniture" or spot.edge != own.edge:
            continue
        gap = spot.distance - own.distance
        if gap < -1 or 1 < gap < max(row.line.size, 6.0) * 1.9:
            return False
    return True
