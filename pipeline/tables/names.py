"""Whether words that name a thing, a title or the opening of an item, name a term."""

from __future__ import annotations

import re
from functools import lru_cache

_PATTERNS_KEPT = 20_000  # of the terms of a corpus; Python itself keeps 512


def names(title: str, term: str) -> bool:
    """Say whether a title names a term as words of their own; a term with two capitals must stand as it is written."""
    return bool(term.strip()) and _pattern(term).search(title) is not None


@lru_cache(maxsize=_PATTERNS_KEPT)
def _pattern(term: str) -> re.Pattern[str]:
    """Return what finds a term; each document and each period ask for the same terms again."""
    words = r"[\s\-]+".join(re.escape(word) for word in re.split(r"[\s\-]+", term.strip()))
    as_written = sum(letter.isupper() for letter in term) >= 2
    pattern = words if unspaced(term) else rf"(?<!\w){words}(?!\w)"
    return re.compile(pattern, re.NOFLAG if as_written else re.IGNORECASE)


def unspaced(text: str) -> bool:
    """Say whether a text has letters of writing without spaces (Chinese, Japanese)."""
    return any("\u2e80" <= letter <= "\u9fff" for letter in text)
