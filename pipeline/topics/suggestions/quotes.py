"""Cuts quotes that show a phrase where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.topics.suggestions.candidates import Candidate
from pipeline.topics.suggestions.reading import Reading

_LONGEST = 220  # characters of a quote
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[^\W\d_a-z])|(?<=[。！？])")


def quote_twice(candidate: Candidate, reading: Reading) -> tuple[str, str]:
    """Return two quotes with their places, of different documents where there are two; "" where there is one place.

    Passages that commit the most come first. Quotes hold the phrase as it is suggested, not an inflection of it.
    """
    places = [place for place in candidate.places if _shown(reading, place).casefold() == candidate.phrase.casefold()]
    places.sort(key=lambda place: (-round(float(reading.priority[place[0]]), 4), reading.passages[place[0]].id))
    first = places[0]
    document = reading.passages[first[0]].document_id
    further = [place for place in places[1:] if reading.passages[place[0]].document_id != document] or places[1:]
    return _quote(reading, first), _quote(reading, further[0]) if further else ""


def cut(text: str, start: int, end: int, longest: int = _LONGEST) -> str:
    """Return the sentence around ``text[start:end]``, or about ``longest`` characters of it, cut at spaces."""
    borders = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    first = max(border for border in borders if border <= start)
    last = min(border for border in borders if border >= end)
    if last - first <= longest:
        return text[first:last].strip()
    room = max(0, longest - (end - start)) // 2
    left = max(first, min(start - room, last - longest))
    right = min(last, max(end + room, left + longest))
    if left > first and (space := text.find(" ", left, start)) >= 0:
        left = space + 1
    if right < last and (space := text.rfind(" ", end, right)) >= 0:
        right = space
    return ("… " if left > first else "") + text[left:right].strip() + (" …" if right < last else "")


def _shown(reading: Reading, place: Sequence[int]) -> str:
    row, start, end = place
    return reading.passages[row].text[start:end]


def _quote(reading: Reading, place: Sequence[int]) -> str:
    row, start, end = place
    passage = reading.passages[row]
    return f"{cut(passage.text, start, end)} ({passage.document_id}, p. {passage.page_number})"
