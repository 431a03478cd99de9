"""Terms inside longer words: "Quantentechnologie" in "Quantentechnologieförderung"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

SHORTEST_TERM = 5
SHORTEST_REST = 3
_LONGEST_WORD = 80  # what is longer is no word but letters run together
# Letters that German and Dutch put between the parts of a compound: a term may begin after them.
_SEAMS = ("s", "n", "en", "es", "er")


class Part(NamedTuple):
    """A term that is part of a word: ``word[start:end]`` is the term in small letters."""

    term: str
    start: int
    end: int


class Compounds:
    """Finds single-word terms that are parts of longer words; each distinct word is looked at once."""

    def __init__(self, terms: Iterable[str], alike: Callable[[str], str]) -> None:
        """Take the single-word terms in small letters; those too short to be told from chance are left out.

        ``alike`` makes endings alike: a term that ends a word may be inflected.
        """
        self._terms = frozenset(term for term in terms if len(term) >= SHORTEST_TERM)
        self._alike = alike
        self._by_stem = {alike(term): term for term in sorted(self._terms)}
        self._longest = max(map(len, self._terms), default=0)
        self._known: dict[str, tuple[Part, ...]] = {}

    def parts(self, word: str) -> tuple[Part, ...]:
        """Return the terms that ``word`` (as written) is made of, the longest one where several begin at a place."""
        if not SHORTEST_TERM + SHORTEST_REST <= len(word) <= _LONGEST_WORD:
            return ()
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._cut(word.lower())
        return found

    def _cut(self, word: str) -> tuple[Part, ...]:
        parts: list[Part] = []
        for start in range(len(word) - SHORTEST_TERM + 1):
            if start and not self._is_seam(word, start, parts):
                continue
            last = self._by_stem.get(self._alike(word[start:])) if start else None
            if last:
                parts.append(Part(last, start, len(word)))
                continue
            for end in range(min(len(word), start + self._longest), start + SHORTEST_TERM - 1, -1):
                if word[start:end] in self._terms and self._rest_is_word(word, start, end):
                    parts.append(Part(word[start:end], start, end))
                    break
        return tuple(parts)

    def _is_seam(self, word: str, start: int, parts: Sequence[Part]) -> bool:
        if any(part.end == start for part in parts):
            return True
        return any(word.endswith(seam, 0, start) and start - len(seam) >= SHORTEST_REST for seam in _SEAMS)

    def _rest_is_word(self, word: str, start: int, end: int) -> bool:
        rest = len(word) - end
        return rest >= SHORTEST_REST or (rest == 0 and start > 0)
