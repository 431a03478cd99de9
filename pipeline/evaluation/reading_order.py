"""Scores the order of extracted text, and what is marked as furniture or heading, on labelled pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pipeline.schemas import Passage

# A snippet that occurs more often than this is placed among its first occurrences, to bound the work.
_MOST_OCCURRENCES = 50
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class PageScore:
    """What came out right on one labelled page, and the snippets that are not in its text at all."""

    document_id: str
    page_number: int
    pairs: int
    right: int
    lost: tuple[str, ...]
    furniture: int
    furniture_missed: tuple[str, ...]
    headings: int
    headings_missed: tuple[str, ...]


def score_reading_order(
    gold_rows: Sequence[Mapping[str, Any]],
    page_texts: Mapping[tuple[str, int], str],
    passages: Iterable[Passage],
) -> dict[str, float]:
    """Sum up ``score_pages`` as the ``reading_order`` of the metrics.

    ``pairs`` counts ordered pairs; ``right``, ``furniture`` and ``headings`` are shares of what was labelled.
    """
    scores = score_pages(gold_rows, page_texts, passages)
    furniture = sum(score.furniture for score in scores)
    headings = sum(score.headings for score in scores)
    return {
        "pairs": sum(score.pairs for score in scores),
        "right": _share(sum(score.right for score in scores), sum(score.pairs for score in scores)),
        "furniture": _share(furniture - sum(len(score.furniture_missed) for score in scores), furniture),
        "headings": _share(headings - sum(len(score.headings_missed) for score in scores), headings),
    }


def score_pages(
    gold_rows: Sequence[Mapping[str, Any]],
    page_texts: Mapping[tuple[str, int], str],
    passages: Iterable[Passage],
) -> list[PageScore]:
    """Score each labelled page by its raw text, found under (document_id, page number), and by its passages.

    Snippets are found by letters and digits only, compatibility forms and case made alike, so that line breaks,
    hyphens and bullets do not matter. A pair is right when the earlier snippet begins before the later one; a lost
    snippet makes its pairs wrong. A snippet that occurs several times is placed where most of its pairs are right:
    the reader who labelled it meant one of the occurrences and did not say which. A page that was not read (absent
    from ``page_texts``) has lost everything. Furniture must lie in passages of the zone furniture of that page,
    headings in passages of the kind heading, of any zone.
    """
    marked: dict[tuple[str, int], list[Passage]] = {}
    for passage in passages:
        marked.setdefault((passage.document_id, passage.page_number), []).append(passage)
    scores = []
    for row in gold_rows:
        page = (row["document_id"], row["page"])
        own = marked.get(page, [])
        places = _place_snippets(row["snippets"], page_texts.get(page, ""), row["pairs_free"])
        pairs = _ordered_pairs(len(row["snippets"]), row["pairs_free"])
        furniture = "\n".join(passage.text for passage in own if passage.zone == "furniture")
        headings = "\n".join(passage.text for passage in own if passage.kind == "heading")
        scores.append(
            PageScore(
                document_id=page[0],
                page_number=page[1],
                pairs=len(pairs),
                right=sum(_in_order(places[one], places[other]) for one, other in pairs),
                lost=tuple(text for text, place in zip(row["snippets"], places, strict=True) if place is None),
                furniture=len(row["furniture"]),
                furniture_missed=_missing(row["furniture"], furniture),
                headings=len(row["headings"]),
                headings_missed=_missing(row["headings"], headings),
            )
        )
    return scores


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _ordered_pairs(size: int, free: Iterable[Sequence[int]]) -> list[tuple[int, int]]:
    left_out = {tuple(sorted(pair)) for pair in free}
    return [pair for pair in combinations(range(size), 2) if pair not in left_out]


def _in_order(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one < other


def _place_snippets(snippets: Sequence[str], text: str, free: Iterable[Sequence[int]]) -> list[int | None]:
    """Choose an occurrence for each snippet, one snippet at a time until none moves: first come, then the best."""
    haystack = _Letters(text)
    occurrences = [haystack.find(snippet) for snippet in snippets]
    places = [found[0] if found else None for found in occurrences]
    pairs = _ordered_pairs(len(snippets), free)
    for _ in range(_ROUNDS):
        before = list(places)
        for index, found in enumerate(occurrences):
            if len(found) > 1:
                places[index] = max(found, key=lambda place: _right_pairs(index, place, places, pairs))
        if places == before:
            break
    return places


def _right_pairs(index: int, place: int, places: Sequence[int | None], pairs: Iterable[tuple[int, int]]) -> int:
    """Count the right pairs of one snippet if it stood at ``place``."""
    right = 0
    for one, other in pairs:
        if one == index:
            right += _in_order(place, places[other])
        elif other == index:
            right += _in_order(places[one], place)
    return right


def _missing(wanted: Iterable[str], text: str) -> tuple[str, ...]:
    letters = _Letters(text)
    return tuple(snippet for snippet in wanted if not letters.find(snippet))


class _Letters:
    """A text reduced to its letters and digits, to find snippets in whatever stands between their letters."""

    def __init__(self, text: str) -> None:
        """Make case and compatibility forms alike and note which letters were neighbours before the rest fell away."""
        folded = _fold(text)
        origins = [place for place, character in enumerate(folded) if character.isalnum()]
        self.letters = "".join(folded[place] for place in origins)
        self._origins = origins

    def find(self, snippet: str) -> list[int]:
        """Return where the snippet begins, in order; a number is not found inside a longer number."""
        needle = "".join(character for character in _fold(snippet) if character.isalnum())
        found: list[int] = []
        place = self.letters.find(needle) if needle else -1
        while place >= 0 and len(found) < _MOST_OCCURRENCES:
            if not self._cuts_number(place) and not self._cuts_number(place + len(needle)):
                found.append(place)
            place = self.letters.find(needle, place + 1)
        return found

    def _cuts_number(self, place: int) -> bool:
        """Say whether a cut before the letter at ``place`` would part two digits that stood side by side."""
        if not 0 < place < len(self.letters):
            return False
        side_by_side = self._origins[place] == self._origins[place - 1] + 1
        return side_by_side and self.letters[place - 1].isdigit() and self.letters[place].isdigit()


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
