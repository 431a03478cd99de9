"""Tells whole noun phrases from verbs, adjectives and halves of longer phrases by the words beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.schemas import Language
from pipeline.topics.suggestions.naming import Written
from pipeline.topics.words import stop_words

_HEAD_LAST = ("en", "de", "nl")  # what describes a noun stands before it; in the other languages after it
_INFINITIVES = {"en": "to", "de": "zu", "nl": "te"}
_BEFORE = re.compile(r"([^\W\d_]+)[ -]$")
_AFTER = re.compile(r"[ -]([^\W\d_]+)")
_LOOK = 25  # characters in which the word beside a phrase has room
_WHOLE = 0.5  # share of its places in which a phrase must be whole
_VERB = 0.3  # share of its places in which a verb stands in the infinitive


def is_whole(places: Sequence[Written], language: Language) -> bool:
    """Say whether a phrase is mostly a whole noun phrase on the side of its head.

    In English the head comes last: after it stands a mark or a small word that is no article ("cryogenics and"), while
    an adjective is followed by its noun and a verb by an article. In Spanish the head comes first, and before it stands
    a mark or a small word. Where words are not spaced nothing is told.
    """
    if language.writing == "unspaced":
        return True
    stops = stop_words(language.code)
    befores = [_word(_BEFORE.search(text[max(0, start - _LOOK) : start])) for text, start, _ in places]
    infinitive = _INFINITIVES.get(language.code)
    if infinitive and befores.count(infinitive) >= _VERB * len(places):
        return False
    if language.code in _HEAD_LAST:
        afters = [_word(_AFTER.match(text[end : end + _LOOK])) for text, _, end in places]
        ends = stops - set(language.articles)
        return sum(not word or word in ends for word in afters) >= _WHOLE * len(places)
    starts = stops | set(language.articles) | set(language.joiners)
    return sum(len(word) <= 1 or word in starts for word in befores) >= _WHOLE * len(places)


def _word(match: re.Match[str] | None) -> str:
    return match[1].lower() if match else ""
