"""Numbers that belong to a name or a reference: "Article 5", "Horizon 2020", "Quantum 101", "the three institutes"."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.amounts.patterns import exactly, starred
from pipeline.schemas import FigureWords

_REACH_BACK = 30
_AHEAD = 12  # characters behind the unit in which a name may end: "100,000 Genomes Project"
_LONGEST = 3  # digits of a number that a capital before it makes a name
_MOST_KNOWN = 20  # a count of fewer things behind "the" is of things known already
# A capital inside a sentence ("Quantum 101"), capitals anywhere ("ASX 100"), and one behind the number of a heading.
_CAPITAL = re.compile(r"(?:[^.!?:;\u2022]\s[A-Z\u00c0-\u00de][\w-]*|(?<!\w)[A-Z]{2,6})\s\Z")
_TITLE = re.compile(r"\s[A-Z\u00c0-\u00de]")


class NameRules:
    """Tells in texts of one language whether a number belongs to a name."""

    def __init__(self, words: FigureWords) -> None:
        """Prepare the patterns of the language."""
        self._capitals = words.capitals
        self._before = re.compile(rf"{starred(words.names)}[\s\u2010\u2011-]{{0,2}}(?:[0-9]{{1,4}}[,/-])?\Z")
        self._after = re.compile(rf"\s{{1,2}}{exactly(words.names_after)}")
        self._known = re.compile(rf"{starred(words.known)}\s{{1,2}}\Z")

    def is_name(self, text: str, number: re.Match[str], end: int) -> bool:
        """Tell whether a number, whose unit ends at ``end``, stands in a name or a reference."""
        back = (text, max(0, number.start() - _REACH_BACK), number.start())
        return (
            self._before.search(*back) is not None or self._after.search(text, number.end(), end + _AHEAD) is not None
        )

    def is_title(self, text: str, number: re.Match[str]) -> bool:
        """Tell whether a small number is capitalised with the words around it: "Quantum 101", "5 New services"."""
        if not self._capitals or len(number.group()) > _LONGEST:
            return False
        heads = number.start() == 0 and number.group().isdigit() and _TITLE.match(text, number.end()) is not None
        return heads or _CAPITAL.search(text, 0, number.start()) is not None

    def is_known(self, text: str, number: re.Match[str], value: Decimal) -> bool:
        """Tell whether a number counts things that are known already: "the three institutes"."""
        back = (text, max(0, number.start() - _REACH_BACK), number.start())
        return value < _MOST_KNOWN and self._known.search(*back) is not None
