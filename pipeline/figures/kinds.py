"""What a number is: a target to be reached, money that is put in, or a statistic of what is, was or may come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.schemas import MONEY, FigureWords, Quantity

_LETTER = re.compile("[A-Za-z\u00c0-\u024f]")
_NEAR = 70  # characters from which on a word weighs half
_WIDE = 30
_LEAST_GIVEN = 5000  # less money than this is a price or a wage
_HEARD = ("target", "future", "commitment", "statistic", "forecast", "volume")
_CLAUSE = re.compile(r"[;\u3002\uff1b]|[.!?]\s+(?=[A-Z\u00c0-\u00de])")


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a number besides its sentence: words above it, its document's year, and the term's level.

    In a ``table`` the words above it (its header, label and caption) say all that is said of it.
    """

    above: str
    year: int
    targeted: bool
    table: bool = False


class KindReader:
    """Tells what kind of number one is in texts of one language."""

    def __init__(self, words: FigureWords) -> None:
        """Prepare the patterns of the language."""
        self._patterns = {name: re.compile(_any_of(getattr(words, name))) for name in _HEARD}
        self._for = re.compile(rf"\s{{0,2}}{_any_of(words.given_for)}")
        self._near = _WIDE if words.head == "touching" else _NEAR

    def kind(self, text: str, quantity: Quantity, others: Sequence[Quantity], setting: Setting) -> str:
        """Return "target", "commitment" or "statistic" for a number of a sentence; ``others`` are all numbers in it."""
        heard = {name: self._hear(pattern, text, quantity, others) for name, pattern in self._patterns.items()}
        for name, pattern in self._patterns.items():
            if (setting.table or name in ("target", "commitment", "future")) and pattern.search(setting.above):
                heard[name] += 1.0 if setting.table else 0.5
        last, first = quantity.last_year, quantity.first_year
        ahead = last is not None and last >= setting.year + (first == last)
        latest = first if last is None else last
        past = latest is not None and latest < setting.year
        grows = quantity.direction in ("reach", "increase_by", "reduce_by")
        stated = heard["statistic"] + 1.3 * heard["forecast"] + past
        to_come = 1.2 * heard["target"] + 0.8 * heard["future"] + 1.2 * ahead
        if quantity.unit == MONEY:
            given = 1.1 * heard["commitment"] + 0.4 * setting.targeted + 0.4 * (heard["future"] > 0)
            given += 0.6 * (self._for.match(text, quantity.end) is not None)
            known = 0.3 + 0.6 * heard["statistic"] + 1.1 * heard["forecast"] + 0.4 * past + 1.3 * heard["volume"]
            known += 2 * (quantity.high < _LEAST_GIVEN)
            wanted = (to_come - 1.0) if (grows or heard["volume"]) and to_come > 1.5 else 0.0
            return _greatest(("commitment", given), ("statistic", known), ("target", wanted))
        if (
            setting.table
            and quantity.unit == "percent"
            and heard["commitment"] > max(heard["target"], heard["statistic"])
        ):
            return "commitment"  # the share of a sum that is put in
        known = 0.9 + stated
        wanted = to_come + 0.3 * setting.targeted + 0.2 * grows
        return _greatest(("target", wanted), ("statistic", known))

    def _hear(self, pattern: re.Pattern[str], text: str, quantity: Quantity, others: Sequence[Quantity]) -> float:
        """Return how loudly words speak for a number: 1 near it, less farther off or beyond another number."""
        loudest = 0.0
        for match in pattern.finditer(text):
            ahead = match.start() < quantity.start
            start, end = sorted((match.end(), quantity.start)) if ahead else (quantity.end, match.start())
            if _CLAUSE.search(text, start, end):
                continue
            weight = 1.0 if end - start <= self._near else 0.6
            weight *= 0.6 ** sum(start <= other.start and other.end <= end for other in others)
            loudest = max(loudest, weight)
        return loudest


def _greatest(*scores: tuple[str, float]) -> str:
    """Return the name with the greatest score, the first of equal ones."""
    return max(scores, key=lambda score: score[1])[0]


def _any_of(phrases: Iterable[str]) -> str:
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
