"""Takes the names of countries out of a text, so that topics are what is said and not who says it.

An encoder puts all passages that say "Canada" near each other; topics would then be countries, and a table of themes by
country would say that Canada talks about Canada.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_POSSESSIVE = r"(?:['’]?s)?"  # of abbreviations: "EUV" is no "EU"
_ENDING = r"(?:['’]s|\w{0,2})"  # German, Polish … inflect adjectives; longer endings make other words
_SPACES = re.compile(r"\s{2,}")

Masks = Mapping[str, re.Pattern[str]]


def compile_masks(names: Mapping[str, Sequence[str]], unspaced: Sequence[str]) -> Masks:
    """Return for each language a pattern that finds the names of countries; ``unspaced`` languages have no word ends.

    ``names`` holds the names, peoples and adjectives of each language, as models/cues has them.
    """
    return {language: _pattern(own, language in unspaced) for language, own in names.items() if own}


def masked(text: str, language: str, masks: Masks) -> str:
    """Return a text without the names of countries of its language; a language without names keeps its text."""
    pattern = masks.get(language)
    return _SPACES.sub(" ", pattern.sub("", text)).strip() if pattern else text


def _pattern(names: Sequence[str], unspaced: bool) -> re.Pattern[str]:
    """Match each name as written or with a capital; "US" is not "us"."""
    parts = [re.escape(name) for name in sorted(set(names), key=lambda name: (-len(name), name))]
    if unspaced:
        return re.compile("|".join(parts))
    spelt = [f"[{part[0].lower()}{part[0].upper()}]{part[1:]}" if part[0].islower() else part for part in parts]
    ended = [part + (_POSSESSIVE if part.isupper() else _ENDING) for part in spelt]
    return re.compile(rf"\b(?:{'|'.join(ended)})\b")
