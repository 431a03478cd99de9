"""Signs of commitment: what can be read off a sentence, its neighbours and the place of a term in it.

A sign is a name and a strength from 0 to 1; ``params.yaml`` gives each its weight. Signs know no language: they are
made of kinds of cues (``models/cues``), their order and their distance from the term.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.mentions.hearing import NEAR, OTHERS, Heard
from pipeline.mentions.overlaps import Hit
from pipeline.schemas import COUNTER_KINDS, CUE_KINDS

_AROUND = ("action", "priority", "plan", "intent", "context")
_BEFORE = ("context", "others")
_HEADINGS = ("priority", "programme", "context")
_TWICE = ("context", "possibility")
_KINDS = ("list_item", "table_row", "footnote")
KINDS = ("sector", "instrument", "readiness")  # kinds of concepts that are signs: of technologies more is committed to
_SHARED_FROM = 3  # a passage of one sentence is no surroundings: shares are of at least this many sentences
SIGNS = (
    *CUE_KINDS,
    *COUNTER_KINDS,
    *(f"{kind}_twice" for kind in _TWICE),
    "issuer_acts",
    "intends_to_act",
    "opens_with_action",
    "others_first",
    "silent",
    "action_before_term",
    "priority_by_term",
    "plan_after_term",
    "context_before_term",
    "in_brackets",
    *(f"{kind}_around" for kind in _AROUND),
    "commitment_around",
    *(f"{kind}_before" for kind in _BEFORE),
    *(f"{kind}_in_heading" for kind in _HEADINGS),
    *_KINDS,
    "led_in",
    "repeated",
    "foremost",
    *KINDS,
)
_BRACKETS = (("(", ")"), ("\uff08", "\uff09"), ("[", "]"))
_NAMES = ("plan", "programme")
# How many words may stand between a term and a cue that belongs to it.
_ACTION_AHEAD, _PRIORITY_BY, _NAME_BEHIND = 8, 8, 3


@dataclass(frozen=True)
class Setting:
    """What the signs of one passage are read from.

    ``text`` is the passage, ``heard`` are its sentences, ``before`` and ``after`` those of the passages beside it on
    the page; ``headings`` and ``lead_in`` are the kinds of cues in the headings above it and in what introduces it.
    """

    text: str
    heard: Sequence[Heard]
    before: Sequence[Heard]
    after: Sequence[Heard]
    headings: frozenset[str]
    lead_in: frozenset[str]
    kind: str

    @cached_property
    def row(self) -> list[Heard]:
        """The sentences of the passage and of its surroundings in order."""
        return [*self.before, *self.heard, *self.after]

    @cached_property
    def around(self) -> dict[str, float]:
        """The shares of the sentences in and around the passage with each kind of cue, or with a commitment."""
        whole = max(len(self.row), _SHARED_FROM)
        counts = Counter(kind for one in self.row for kind in one.kinds)
        shares = {f"{kind}_around": counts[kind] / whole for kind in _AROUND}
        return shares | {"commitment_around": sum(bool(one.order) for one in self.row) / whole}


class SentenceSigns:
    """The signs of one sentence of a passage, worked out once for all terms in it."""

    def __init__(self, setting: Setting, place: int) -> None:
        """Take the sentence ``setting.heard[place]``."""
        self.place = place
        self.heard = setting.heard[place]
        self._setting = setting
        at = len(setting.before) + place
        lead = self.heard.sentence.lead
        self.lead_in = setting.lead_in | (setting.heard[lead].kinds if lead >= 0 else frozenset())
        self.signs: dict[str, float] = dict.fromkeys(self._own(), 1.0)
        if at:
            before = setting.row[at - 1].kinds
            self.signs |= {f"{kind}_before": 1.0 for kind in _BEFORE if kind in before}
        self.signs |= setting.around

    def _own(self) -> Iterator[str]:
        # Sets are sorted here and wherever weights are summed: a set's order differs from run to run, a sum's last
        # digits differ with the order, and a score that lies on the threshold would be now above it and now below.
        heard = self.heard
        yield from sorted(heard.kinds)
        yield from (f"{kind}_twice" for kind in _TWICE if heard.count(kind) > 1)
        yield from sorted(heard.order)
        if heard.near((OTHERS,), heard.first, heard.first + NEAR * heard.scale):
            yield "others_first"
        if not heard.sounds:
            yield "silent"
        yield from (f"{kind}_in_heading" for kind in _HEADINGS if kind in self._setting.headings)
        if self._setting.kind in _KINDS:
            yield self._setting.kind
        if self.lead_in & {"intent", "action", "priority", "funding", "programme", "plan"}:
            yield "led_in"

    def of_term(self, hit: Hit) -> set[str]:
        """Return the signs that depend on where the term stands in the sentence."""
        scale, signs = self.heard.scale, set()
        for first, _, kind, _ in self.heard.sounds:
            ahead = (hit.first - first) / scale
            if kind == "action" and 0 <= ahead <= _ACTION_AHEAD:
                signs.add("action_before_term")
            elif kind == "priority" and abs(ahead) <= _PRIORITY_BY:
                signs.add("priority_by_term")
            elif kind == "context" and 0 <= ahead <= NEAR:
                signs.add("context_before_term")
            if kind in _NAMES and 0 <= first - hit.last <= _NAME_BEHIND * scale:
                signs.add("plan_after_term")
        if _is_open(self._setting.text, self.heard.sentence.start, hit.start):
            signs.add("in_brackets")
        return signs


def _is_open(text: str, start: int, end: int) -> bool:
    """Tell whether a bracket is opened between two places of a text and not closed again."""
    for opening, closing in _BRACKETS:
        opened = text.rfind(opening, start, end)
        if opened >= 0 and text.find(closing, opened, end) < 0:
            return True
    return False
