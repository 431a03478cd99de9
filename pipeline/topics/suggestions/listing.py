"""Finds the phrases that stand beside known terms as members of one enumeration.

"robotics, cryogenics and photonics": what is listed with two known technologies is most likely a third. Nouns that
stand in one enumeration are mostly of one kind (Roark and Charniak 1998, "Noun-phrase co-occurrence statistics for
semi-automatic semantic lexicon construction").
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.schemas import Language
from pipeline.topics.suggestions.candidates import Candidate
from pipeline.topics.suggestions.reading import Reading

_NEAR = 60  # characters between a phrase and the known term that is listed with it
_LOOK = 16  # characters in which a comma, a joiner and an article have room


def count_listed(candidate: Candidate, reading: Reading, language: Language) -> int:
    """Return in how many passages a phrase is a whole member of an enumeration that holds a known term."""
    before, after = _borders(language)
    count = 0
    for row, start, end in candidate.places:
        gaps = reading.gaps[row]
        if not any(abs(first - end) <= _NEAR or abs(start - last) <= _NEAR for first, last in gaps):
            continue
        text = reading.passages[row].text
        count += bool(before.search(text[max(0, start - _LOOK) : start]) and after.match(text[end : end + _LOOK]))
    return count


@cache
def _borders(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what parts the members of an enumeration before a member and after it: signs, joiners and articles."""
    joiners = "|".join(map(re.escape, sorted(language.joiners))) or "(?!)"
    articles = "|".join(map(re.escape, sorted(language.articles))) or "(?!)"
    if language.writing == "unspaced":
        return re.compile(rf"(?:[、・,，；：「（(]|{joiners})\s*$"), re.compile(
            rf"\s*(?:[、・,，；」）)。]|{joiners}|等)"
        )
    before = re.compile(rf"(?:[,;:•(/–—]|\b(?:{joiners}))\s*(?:(?:{articles})\s+)?$", re.IGNORECASE)
    return before, re.compile(rf"\s*(?:[,;)/.–—•]|(?:{joiners})\b|$)", re.IGNORECASE)
