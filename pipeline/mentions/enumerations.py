"""Which terms found are members of an enumeration: "health, education and trade"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set

from pipeline.mentions.overlaps import Hit
from pipeline.mentions.words import Words
from pipeline.schemas import Language

LONGEST_GAP = 40
FEWEST_LISTED = 3
# Signs and bullets between two members; a dash needs white space on both sides.
_SIGN = r"[,;/&|\u3001\u30fb\u00b7\u2022\u25cf\u25aa\u25e6\u2023\u25a0\u25ba\u27a2\u2713\u2714\uf0b7]|(?<=\s)-(?=\s)"


class Enumerations:
    """Finds the members of enumerations in one language."""

    def __init__(self, language: Language) -> None:
        """Prepare the pattern of what may stand between two members: a joint, or a short member that we do not know."""
        joiner = "|".join([_SIGN, *_patterns(language, language.joiners)])
        passed = "|".join([r"[\s-]", *_patterns(language, language.articles), *_elided(language)])
        # Atomic groups, not possessive repeats: Python before 3.11.5 matches those wrongly (cpython issue 106052).
        joint = f"(?>(?:(?!{joiner})(?:{passed}))*)(?:{joiner})(?>(?:{joiner}|{passed})*)"
        stranger = r"\w{1,8}" if language.writing == "unspaced" else r"[\w'-]+(?:\s+[\w'-]+)?"
        self._gap = re.compile(f"{joint}(?:{stranger}{joint})?", re.IGNORECASE)

    def members(self, words: Words, hits: Sequence[Hit], waiting: Set[Hit]) -> Iterator[Hit]:
        """Yield the hits that are members of an enumeration of several concepts; ``hits`` are in order of place.

        An enumeration counts if something in it counts by itself (is not ``waiting``), or if it has three members.
        """
        for places in self._chains(words, hits):
            hits_in = [hit for place in places for hit in place]
            if len({hit.concept for hit in hits_in}) < 2:
                continue
            if len(places) >= FEWEST_LISTED or any(hit not in waiting for hit in hits_in):
                yield from hits_in

    def _chains(self, words: Words, hits: Iterable[Hit]) -> Iterator[list[list[Hit]]]:
        """Yield runs of neighbours; hits that overlap are one member."""
        chain: list[list[Hit]] = []
        end = 0
        for hit in hits:
            if chain and hit.first < end:
                chain[-1].append(hit)
            elif chain and self._is_joined(words, end, hit.first):
                chain.append([hit])
            else:
                if chain:
                    yield chain
                chain = [[hit]]
            end = max(end, hit.last)
        if chain:
            yield chain

    def _is_joined(self, words: Words, last: int, first: int) -> bool:
        start = words.starts[last - 1] + len(words.written[last - 1])
        end = words.starts[first]
        return end - start <= LONGEST_GAP and self._gap.fullmatch(words.folded.text, start, end) is not None


def _patterns(language: Language, phrases: Iterable[str]) -> list[str]:
    around = "" if language.writing == "unspaced" else r"\b"
    escaped = (re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(phrases, key=len, reverse=True))
    return [f"{around}{phrase}{around}" for phrase in escaped]


def _elided(language: Language) -> list[str]:
    return [rf"\b{re.escape(word)}'" for word in language.elisions]
