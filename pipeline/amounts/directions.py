"""Where a number leads: "increase by", "reduce by", "reach", "at least", "at most", and what it grew from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.amounts.patterns import starred
from pipeline.schemas import FigureWords, Quantity

_BACK = 40  # characters before a number in which words for its direction stand
_VERB_BACK = 90  # and those in which the verb does
_FROM_BACK = 24
_ACROSS = 60  # the most that stands between what a number grew from and what it grew to
_CLAUSE = re.compile(r"[;:\u3002]|[.!?]\s")


class DirectionReader:
    """Finds the directions of numbers in texts of one language."""

    def __init__(self, words: FigureWords) -> None:
        """Prepare the patterns of the language."""
        near = rf"(?:{starred(words.links)}\s{{0,2}}){{0,2}}\Z"
        wide = rf"(?:{starred(words.links + words.at_least + words.at_most)}\s{{0,2}}){{0,2}}\Z"
        self._before = [
            (name, re.compile(rf"{starred(phrases)}\s{{0,2}}{between}"))
            for name, phrases, between in (
                ("by", words.by, wide), ("to", words.to, wide), ("reach", words.reach, near),
                ("at_least", words.at_least, near), ("at_most", words.at_most, near),
            )
        ]  # fmt: skip
        self._after = [
            (name, re.compile(rf"\s{{0,2}}{starred(phrases)}"))
            for name, phrases in (
                ("at_least", words.at_least_after), ("at_most", words.at_most_after),
                ("increase_by", words.increase_after), ("reduce_by", words.reduce_after),
            )
        ]  # fmt: skip
        self._verbs = [
            (name, re.compile(starred(phrases)))
            for name, phrases in (("increase_by", words.increase), ("reduce_by", words.reduce))
        ]
        self._from = re.compile(rf"{starred(words.from_)}\s{{0,2}}{near}")
        self._to = re.compile(rf"[^;]{{0,{_ACROSS}}}?{starred(words.to)}\s{{0,2}}{near}")

    def join_growth(self, text: str, found: Sequence[Quantity]) -> list[Quantity]:
        """Join what a number grew from with what it grew to: "from 3 % in 2019 to 5 %" is 5 % with the baseline 3."""
        kept: list[Quantity] = []
        for quantity in found:
            if quantity.low != quantity.high and self._has_grown(text, quantity):
                quantity = replace(quantity, low=quantity.high, baseline=quantity.low, direction="reach")
            if kept and self._grew_from(text, kept[-1], quantity):
                kept[-1] = replace(quantity, baseline=kept[-1].high, direction="reach")
            else:
                kept.append(quantity)
        return kept

    def direct(self, text: str, quantity: Quantity) -> Quantity:
        """Return the quantity with the direction that the words around it give it, if they do."""
        if quantity.direction:
            return quantity
        start = max(0, quantity.start - _VERB_BACK)
        clause = max((stop.end() for stop in _CLAUSE.finditer(text, start, quantity.start)), default=start)
        back = (text, max(clause, quantity.start - _BACK), quantity.start)
        said = [name for name, pattern in self._before if pattern.search(*back)]
        said += [name for name, pattern in self._after if pattern.match(text, quantity.end)]
        stretch = (text, clause, quantity.start)
        verbs = [(match.start(), name) for name, verb in self._verbs for match in verb.finditer(*stretch)]
        if verbs and "by" in said:
            return replace(quantity, direction=max(verbs)[1])
        if verbs and "to" in said:
            return replace(quantity, direction="reach")
        named = [name for name in said if name not in ("by", "to")]
        return replace(quantity, direction=named[-1]) if named else quantity

    def _grew_from(self, text: str, first: Quantity, second: Quantity) -> bool:
        """Tell whether one number grew to the next one."""
        if (first.unit, first.currency) != (second.unit, second.currency):
            return False
        starts = self._from.search(text, max(0, first.start - _FROM_BACK), first.start)
        return starts is not None and self._to.fullmatch(text, first.end, second.start) is not None

    def _has_grown(self, text: str, quantity: Quantity) -> bool:
        """Tell whether a range is one from an earlier to a later value ("passer de 10 % à 25 %")."""
        back = (text, max(0, quantity.start - _BACK), quantity.start)
        return bool(self._from.search(*back)) and any(verb.search(*back) for _, verb in self._verbs)
