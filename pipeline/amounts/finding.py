"""From a sentence to its amounts of money, each with what is said of its years."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.amounts.money import Amount, AmountReader
from pipeline.amounts.patterns import narrow
from pipeline.amounts.years import When, YearReader, outside
from pipeline.schemas import Money, MoneyWords

# How many characters may stand between an amount and what is said behind or before it. Years said with "in" only must
# stand nearer, and periods nearer still; years that open the sentence hold for it as a whole.
_REACH = {"far": (75, 50), "near": (45, 32), "period": (30, 28)}
_AT_THE_OPENING, _OPENING = 12, 110
_CLOSE = 12  # what is said so close behind an amount belongs to it together with what follows
_BESIDE = 3  # a period that may stand on either side counts only right behind an amount ("£3m annual donation")
_STOPS = re.compile("(,(?![0-9])|[\u3001\uff0c])|[:\uff1a]")
_COMMA, _COLON = 10, 40
_HEAD_FINAL = 15  # Japanese and Chinese say the year first: what stands behind an amount belongs to the next one
_BARRIER = re.compile(r"[;|\u2022\u3002]|[.!?]\s+[A-Z\u00c0-\u00de]")
_ECHO = re.compile(r"\s?[(\[]\s?(?:[^\s()]{1,15}\s)?")


class MoneyRules:
    """The words of money of one language, ready to be found; build it once and keep it."""

    def __init__(self, words: MoneyWords) -> None:
        """Prepare the patterns of the language."""
        self.amounts = AmountReader(words)
        self.years = YearReader(words)


@dataclass
class Said:
    """What is said of one amount, and from how far away."""

    years: When | None = None
    duration: When | None = None
    period: When | None = None
    distances: dict[str, int] = field(default_factory=dict)

    def hear(self, when: When, distance: int) -> bool:
        """Keep what is said unless the same was said from nearer; tell whether it was kept."""
        name = "period" if when.period else "duration" if when.duration else "years"
        if distance >= self.distances.get(name, distance + 1):
            return False
        self.distances[name] = distance
        setattr(self, name, when)
        return True


def make_find_money(words: MoneyWords) -> Callable[[str, str], list[Money]]:
    """Return ``find_money`` for one language: a function of a sentence and of the issuer's country."""
    rules = MoneyRules(words)
    return lambda text, country: find_money(text, rules, country)


def find_money(text: str, rules: MoneyRules, country: str = "") -> list[Money]:
    """Return the amounts of money in a sentence, in order of place.

    ``country`` (ISO 3166-1 alpha-3) is that of the document's issuer: it decides what "$", "kr" or "R" means.
    """
    if not rules.amounts.may_hold(text):
        return []
    plain = narrow(text)
    found = rules.amounts.find(plain, country)
    if not found:
        return []
    spans = [(amount.start, amount.end) for amount in found]
    said = assign_years(plain, spans, outside(rules.years.find(plain), spans), rules.years.head_final)
    return [_money(text, amount, said) for amount, said in zip(found, said, strict=True)]


def assign_years(text: str, spans: Sequence[tuple[int, int]], whens: Iterable[When], head_final: bool) -> list[Said]:
    """Return for each amount what is said of it: each word goes to the amount next to it, the nearer of two."""
    said = [Said() for _ in spans]
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    for when in whens:
        place = bisect_right(starts, when.start) - 1
        choices: list[tuple[int, int]] = []
        if place >= 0 and when.side != "before":
            extra = _HEAD_FINAL if head_final and text[ends[place]] not in "(\uff08/" else 0
            reach = _BESIDE if when.period and not when.side else _reach(when)[0]
            choices += [(gap + extra, place) for gap in _gap(text, ends[place], when.start, when, reach)]
        if place + 1 < len(spans) and when.side != "after":
            reach = _OPENING if when.start < _AT_THE_OPENING and not when.period else _reach(when)[1]
            choices += [(gap, place + 1) for gap in _gap(text, when.end, starts[place + 1], when, reach)]
        for distance, at in sorted(choices):
            if said[at].hear(when, distance):
                ends[at] = when.end if 0 <= when.start - ends[at] <= _CLOSE else ends[at]
                break
    _echo(text, spans, said)
    return said


def _reach(when: When) -> tuple[int, int]:
    return _REACH["period" if when.period else "near" if when.near else "far"]


def _gap(text: str, start: int, end: int, when: When, reach: int) -> list[int]:
    """Return how far two places lie apart, commas and colons counting for more; nothing where it is too far."""
    if end - start > reach or _BARRIER.search(text, start, end):
        return []
    stops = [_COMMA if comma else _COLON for comma in _STOPS.findall(text, start, end)]
    return [] if when.period and stops and end - start > _BESIDE else [end - start + sum(stops)]


def _echo(text: str, spans: Sequence[tuple[int, int]], said: Sequence[Said]) -> None:
    """Let an amount and the same in another currency in brackets behind it share what is said of one."""
    for place in range(len(spans) - 1):
        if spans[place + 1][0] - spans[place][1] < 20 and _ECHO.fullmatch(text, spans[place][1], spans[place + 1][0]):
            one, two = said[place], said[place + 1]
            for name in ("years", "duration", "period"):
                shared = getattr(one, name) or getattr(two, name)
                setattr(one, name, shared)
                setattr(two, name, shared)


def _money(text: str, amount: Amount, said: Said) -> Money:
    return Money(
        start=amount.start,
        end=amount.end,
        text=text[amount.start : amount.end],
        low=amount.low,
        high=amount.high,
        currency=amount.currency,
        unit=amount.figure.unit,
        per=said.period.period if said.period else "",
        first_year=said.years.first if said.years else None,
        last_year=said.years.last if said.years else None,
        duration=said.duration.duration if said.duration else None,
    )
