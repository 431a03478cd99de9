"""Running headers and footers, page numbers and other furniture of the margins, marked from the edges inwards."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence, Set

from pipeline.passages.margins import BAND, LONGEST, Spot, Spots, find_repeated, find_spots, letters_of, words_of
from pipeline.passages.rows import Row, body_size
from pipeline.schemas import Page

# Shares of the page's height: where the number of the page is looked for, and where small print is furniture at once.
_OWN_NUMBER_BAND = 0.25
_EDGE = 0.04
_LONGEST_MARK = 80
_OFTEN = 5  # pages

_NUMBER = re.compile(r"\d{1,5}|[ivxlc]{1,7}|[A-Z]{1,2}-?\d{1,3}", re.IGNORECASE)
_PRINT_MARK = re.compile(r"\.(?:indd|qxd|ai)\b", re.IGNORECASE)
_BLANK_PAGE = re.compile(
    r"\W*(?:this )?page (?:is |has been |was )?(?:intentionally )?(?:left )?blank\W*", re.IGNORECASE
)
_PARTS = re.compile(r"[\s|/.,·•–—-]+")

Slots = dict[str, list[tuple[float, float]]]


def mark_furniture(pages: Sequence[Page], rows: Sequence[Sequence[Row]], page_words: Set[str]) -> None:
    """Set the zone of rows that are furniture.

    A row is furniture where its words, digits left out, stand in the same place of several pages, where it is a page
    number, or where it fills the place that furniture has on other pages. Nothing that has body text between itself
    and the edge is furniture, so that a heading repeated from page to page stays one.
    """
    usual = body_size(rows)
    spots = find_spots(pages, rows)
    repeated = find_repeated(pages, rows, spots, usual)
    for page, page_rows in zip(pages, rows, strict=True):
        for row in page_rows:
            if len(row.text) < 60 and _BLANK_PAGE.fullmatch(row.text):
                row.zone = "furniture"
        for edge in ("top", "bottom", "side"):
            _mark_edge(page, page_rows, edge, spots, repeated, page_words, usual)
    slots = _slots(rows, spots)
    whole = " | ".join(
        sorted({words_of(row.text) for page_rows in rows for row in page_rows if row.zone == "furniture"})
    )
    for page_rows in rows:
        _mark_slots(page_rows, spots, slots, whole, usual)


def is_page_number(text: str, page_words: Set[str]) -> bool:
    """Say whether a text is nothing but a page number, perhaps with dashes or the word "page" around it."""
    if len(text) > 30:
        return False
    words = [word for word in _PARTS.split(text.casefold()) if word and word not in page_words]
    return 0 < len(words) <= 4 and all(_NUMBER.fullmatch(word) for word in words) and len("".join(words)) <= 8


def _mark_edge(
    page: Page,
    page_rows: Sequence[Row],
    edge: str,
    spots: Spots,
    repeated: Mapping[int, int],
    page_words: Set[str],
    usual: float,
) -> None:
    """Mark the furniture at one edge of a page, from outside up to the first row that is none."""
    ordered = sorted((row for row in page_rows if spots[id(row)].edge == edge), key=lambda r: spots[id(r)].distance)
    reach = float("inf")
    for row in ordered:
        spot = spots[id(row)]
        if edge != "side" and spot.distance > reach:
            break
        small = spot.share < _EDGE and row.size < usual * 0.9 and len(row.text) < _LONGEST_MARK
        times = repeated.get(id(row), 0)
        # what is repeated often needs no more proof; body text may be repeated here and there
        if times < _OFTEN and (times or small) and _stands_alone(row, page_rows, spots, repeated):
            times = _OFTEN
        if times >= _OFTEN or _numbers_page(page, row, page_rows, spots, page_words):
            row.zone = "furniture"
        elif _PRINT_MARK.search(row.text[:LONGEST]):
            row.zone = "furniture"
        elif edge != "side":
            # rows that begin beside this one may still be furniture; what lies further in may not
            reach = min(reach, spot.distance + max(row.line.size, 6.0) * 0.6)


def _numbers_page(page: Page, row: Row, page_rows: Sequence[Row], spots: Spots, page_words: Set[str]) -> bool:
    """Say whether a row is a page number: any number near the edge, the page's own also further in."""
    if not is_page_number(row.text, page_words):
        return False
    own = row.text in (page.page_label, str(page.page_number)) and _stands_alone(row, page_rows, spots)
    return spots[id(row)].share < (_OWN_NUMBER_BAND if own else BAND)


def _slots(rows: Sequence[Sequence[Row]], spots: Spots) -> Slots:
    """Return the (distance, size) at which furniture with words stands on many pages, for top and bottom."""
    places: defaultdict[tuple[str, int, float], set[int]] = defaultdict(set)
    for page_rows in rows:
        for row in page_rows:
            spot = spots[id(row)]
            if row.zone == "furniture" and spot.edge in ("top", "bottom") and letters_of(row.text):
                places[spot.edge, round(spot.distance / 2), row.size].add(row.page)
    slots: Slots = {"top": [], "bottom": []}
    for (edge, distance, size), on_pages in sorted(places.items()):
        if len(on_pages) >= max(3, len(rows) // 8):
            slots[edge].append((distance * 2.0, size))
    return slots


def _mark_slots(page_rows: Sequence[Row], spots: Spots, slots: Slots, whole: str, usual: float) -> None:
    """Mark rows that fill a slot of furniture with clear space around them, or that repeat a part of furniture."""
    for row in page_rows:
        spot = spots[id(row)]
        if row.zone == "furniture" or row.line.row >= 0 or spot.edge not in slots or spot.share > BAND:
            continue
        if len(row.text) > LONGEST:
            continue
        # the first page of a journal spells out what later pages have in one line
        part = len(row.text) > 9 and row.size <= usual and words_of(row.text) in whole
        if part or (_fills(row, spot, slots) and _stands_alone(row, page_rows, spots)):
            row.zone = "furniture"


def _fills(row: Row, spot: Spot, slots: Slots) -> bool:
    return any(abs(spot.distance - place) <= 3 and abs(row.size - size) <= 0.5 for place, size in slots[spot.edge])


def _stands_alone(row: Row, page_rows: Sequence[Row], spots: Spots, repeated: Container[int] = ()) -> bool:
    """Say whether no body text stands between a row and the edge, or close to it on the other side."""
    own = spots[id(row)]
    for other in page_rows:
        spot = spots[id(other)]
        if other is row or other.zone == "furniture" or spot.edge != own.edge or id(other) in repeated:
            continue
        gap = spot.distance - own.distance
        if gap < -1 or 1 < gap < max(row.line.size, 6.0) * 1.9:
            return False
    return True
