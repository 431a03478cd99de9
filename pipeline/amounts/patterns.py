"""Words as patterns: what the rules of all parts of an amount have in common.

Every repetition in them is bounded, so that the time to read a text grows with its length and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LETTER = "A-Za-z\u00c0-\u024f"
DASH = r"\s{0,2}[-\u2010-\u2015\u2212~\u301c\uff5e]\s{0,2}"
# One character for one, so that offsets hold.
_WIDE = str.maketrans("０１２３４５６７８９．，￥＄￡／％", "0123456789.,¥$£/%")
_IS_WIDE = re.compile("[０-９．，￥＄￡／％]")
_ODD_CASES = str.maketrans("\u0130\u0131\u017f", "iis")
_IS_LETTER = re.compile(f"[{LETTER}]")
_NO_LETTER_BEFORE, _NO_LETTER_AFTER = f"(?<![{LETTER}])", f"(?![{LETTER}])"


def narrow(text: str) -> str:
    """Return ``text`` with full-width digits and signs made plain, at the same places."""
    return text if text.isascii() or not _IS_WIDE.search(text) else text.translate(_WIDE)


def key(words: str) -> str:
    """Return what phrases have in common that ``exactly`` cannot tell apart."""
    return " ".join(words.replace("\u2019", "'").split())


def small(words: str) -> str:
    """Return what phrases have in common that ``any_case`` cannot tell apart: it takes ı and İ for i, and ſ for s."""
    return key(words).translate(_ODD_CASES).lower()


def exactly(words: Iterable[str], *, after: str = "") -> str:
    """Return the pattern of one of several phrases as written, the longest that fits; of none, one that never matches.

    A phrase stands alone, not inside longer words; its white space may be of any kind. Phrases are grouped by their
    first character, so that most places in a text cost one comparison a group. ``after`` is what must follow.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        groups.setdefault(word[0], []).append(_rest(word) + after)
    parts = {first: f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in groups.items()}
    letters = [part for first, part in parts.items() if _IS_LETTER.match(first)]
    kinds = [part for first, part in parts.items() if not _IS_LETTER.match(first)]
    if letters:
        kinds.append(f"(?<![{LETTER}])(?:{'|'.join(letters)})")
    return f"(?:{'|'.join(kinds)})" if kinds else "(?!)"


def any_case(words: Iterable[str], *, after: str = "") -> str:
    """Return the pattern of one of several phrases in capitals or small letters."""
    return f"(?i:{exactly((word.lower() for word in words), after=after)})"


def before(words: Iterable[str], *, spaced: bool) -> str:
    """Return the pattern of one of several phrases in any case, with the white space between it and what follows."""
    chosen = list(words)
    apart = [word for word in chosen if spaced and _IS_LETTER.match(word[-1])]
    close = [word for word in chosen if word not in apart]
    return "(?:" + any_case(apart, after=r"\s{1,3}") + "|" + any_case(close, after=r"\s{0,3}") + ")"


def starred(words: Iterable[str]) -> str:
    """Return the pattern of one of several phrases in any case, the longest that fits; "*" ends a word anyhow."""
    groups: dict[tuple[bool, bool], list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        ends = _IS_LETTER.match(word) is not None, _IS_LETTER.match(word[-1]) is not None
        spaced = re.sub(r"(?:\\?\s)+", r"\\s{1,2}", re.escape(word)).replace("'", "['\u2019]")
        groups.setdefault(ends, []).append(spaced.replace(r"\*", r"\w{0,15}"))
    parts = [
        f"{_NO_LETTER_BEFORE if opens else ''}(?i:{'|'.join(bodies)}){_NO_LETTER_AFTER if closes else ''}"
        for (opens, closes), bodies in sorted(groups.items())
    ]
    return f"(?:{'|'.join(parts)})" if parts else "(?!)"


def _rest(word: str) -> str:
    """Return the pattern of a phrase after its first character."""
    spaced = re.sub(r"(?:\\?\s)+", r"\\s{1,2}", re.escape(word[1:])).replace("'", "['\u2019]")
    return spaced + (f"(?![{LETTER}])" if _IS_LETTER.match(word[-1]) else "")
