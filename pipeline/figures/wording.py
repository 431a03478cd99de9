"""Phrases as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LETTER = re.compile("[A-Za-z\\u00c0-\\u024f]")


def any_of(phrases: Iterable[str]) -> str:
    """Return the pattern of one of several phrases in any case; "*" ends a word anyhow."""
    groups: dict[tuple[bool, bool], list[str]] = {}
    for phrase in sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase)):
        ends = _LETTER.match(phrase) is not None, _LETTER.match(phrase[-1]) is not None
        spaced = re.sub(r"(?:\\\s)+", r"\\s{1,2}", re.escape(phrase))
        groups.setdefault(ends, []).append(spaced.replace(r"\*", r"\w{0,15}"))
    before, after = f"(?<!{_LETTER.pattern})", f"(?!{_LETTER.pattern})"
    parts = [
        f"{before if opens else ''}(?i:{'|'.join(bodies)}){after if closes else ''}"
        for (opens, closes), bodies in sorted(groups.items())
    ]
    return f"(?:{'|'.join(parts)})" if parts else "(?!)"


def opening(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of a text that begins with one of several phrases."""
    return re.compile(rf"\W{{0,3}}{any_of(phrases)}")
