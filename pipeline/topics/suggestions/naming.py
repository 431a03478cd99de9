"""Tells names and half phrases by how they are written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.schemas import Language

Written = tuple[str, int, int]  # a passage's text, where the phrase starts and ends in it
_NOUNS_CAPITAL = ("de",)  # languages that write all nouns with a capital
_INSIDE = re.compile(r"[^\W\d_A-ZÀ-Þ]['’,]? ?$")  # after a small letter: within a sentence
_NAME = 0.5  # share of its places in which a name has capitals


def is_name(places: Sequence[Written], language: Language) -> bool:
    """Say whether a phrase is a name of a person, place, body or document, as far as capitals tell.

    Within a sentence a name is written with a capital, and so are its further words everywhere. German nouns all have
    one, and Japanese and Chinese have none: there nothing is told.
    """
    if language.writing == "unspaced" or language.code in _NOUNS_CAPITAL:
        return False
    if language.code == "en" and not all(text[start:end].isascii() for text, start, end in places):
        return True  # a foreign title: English words are written without accents
    telling = [capital for text, start, end in places if (capital := _capital(text, start, end)) is not None]
    if not telling:
        return all(text[start].isupper() for text, start, _ in places)
    return sum(telling) >= _NAME * len(telling)


def lacks_noun(places: Sequence[Written], language: Language) -> bool:
    """Say whether a phrase of a language that writes nouns with capitals does not end with one ("ökologischen")."""
    if language.code not in _NOUNS_CAPITAL:
        return False
    nouns = sum(text[start:end].split()[-1][0].isupper() for text, start, end in places)
    return nouns < _NAME * len(places)


def _capital(text: str, start: int, end: int) -> bool | None:
    """Say whether a phrase has a capital that no beginning of a sentence explains; None where nothing can be told."""
    first, *further = text[start:end].split()
    if any(word[0].isupper() for word in further) or sum(map(str.isupper, first)) > 1:
        return True
    if _INSIDE.search(text[max(0, start - 3) : start]):
        return first[0].isupper()
    return False if first[0].islower() else None
