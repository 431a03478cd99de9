"""Whether words that name a thing, a title or the opening of an item, name a term."""

from __future__ import annotations

import re


def names(title: str, term: str) -> bool:
    """Say whether a title names a term as words of their own; a term with two capitals must stand as it is written."""
    if not term.strip():
        return False
    words = r"[\s\-]+".join(re.escape(word) for word in re.split(r"[\s\-]+", term.strip()))
    as_written = sum(letter.isupper() for letter in term) >= 2
    pattern = words if unspaced(term) else rf"(?<!\w){words}(?!\w)"
    return re.search(pattern, title, re.NOFLAG if as_written else re.IGNORECASE) is not None


def unspaced(text: str) -> bool:
    """Say whether a text has letters of writing without spaces (Chinese, Japanese)."""
    return any("\u2e80" <= letter <= "\u9fff" for letter in text)
