"""Characters made comparable: a text as it is matched, and where each of its characters came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

# One character for one: quotation marks, apostrophes and every kind of hyphen and dash.
_ALIKE = (
    dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d", "-")
)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
# Half of a surrogate pair is no character, and spaCy cannot store it; it counts as a sign.
_SURROGATES = "\ud800-\udfff"
_ODD = re.compile(f"[{_INVISIBLE}{_SURROGATES}]")
# What NFKC may turn into one character must be turned together: a letter with its marks, half-width kana with its
# voicing mark, the parts of a Korean syllable. Runs of ASCII stay as they are.
_MARK = r"\u0300-\u036f\u3099\u309a\uff9e\uff9f"
_CLUSTER = re.compile(rf"(?P<plain>[\x00-\x7f]+(?![{_MARK}]))|[\u1100-\u11ff]+|[^{_MARK}][{_MARK}]*|.", re.DOTALL)


class Folded(NamedTuple):
    """A text as it is matched; ``origin[i]`` is where character ``i`` came from, None where nothing moved.

    ``origin`` has one entry more than the text: the length of the original.
    """

    text: str
    origin: Sequence[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Turn a span of the folded text into one of the original that holds all characters it came from."""
        if self.origin is None:
            return start, end
        last = end
        while last < len(self.text) and self.origin[last] == self.origin[end - 1]:
            last += 1
        return self.origin[start], self.origin[last]


def fold(text: str) -> Folded:
    """Return ``text`` with full-width, composed and typographic characters made alike and invisible ones taken out."""
    if text.isascii():
        return Folded(text, None)
    if unicodedata.is_normalized("NFKC", text) and not _ODD.search(text):
        return Folded(_make_alike(text), None)
    pieces: list[str] = []
    origin: list[int] = []
    for match in _CLUSTER.finditer(text):
        start, end = match.span()
        if match["plain"]:
            pieces.append(text[start:end])
            origin.extend(range(start, end))
        else:
            piece = _fold_cluster(text[start:end])
            pieces.append(piece)
            origin.extend([start] * len(piece))
    origin.append(len(text))
    return Folded("".join(pieces), origin)


@lru_cache(maxsize=20_000)
def _fold_cluster(cluster: str) -> str:
    if cluster in _INVISIBLE:
        return ""
    if "\ud800" <= cluster[0] <= "\udfff":
        return "\ufffd"
    # The alike characters come first: NFKC would turn an acute accent that stands alone into a space and a mark.
    return _make_alike(unicodedata.normalize("NFKC", _make_alike(cluster)))


def _make_alike(text: str) -> str:
    # A search for each character in turn is many times faster than ``translate``, which looks up every one of the text.
    for odd, plain in _ALIKE.items():
        text = text.replace(odd, plain)
    return text
