"""Levels: whether what is said of a concept commits the issuer to it.

The signs of the sentence and of the term's place in it are weighed: each sign that is there adds its weight, those
that speak against commitment take it away, and from ``targeted_from`` on the concept is targeted. All weights stand in
params.yaml, so that a reader can see what counts for how much; benchmarks/levels.py shows how they were chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.mentions.hearing import Heard
from pipeline.mentions.signs import SIGNS
from pipeline.schemas import COUNTER_KINDS, CUE_KINDS

_CUES_NAMED = 8


@dataclass(frozen=True, slots=True)
class LevelRule:
    """The weight of each sign, and the sum from which a concept is targeted; signs without a weight count nothing."""

    weights: Mapping[str, float] = field(default_factory=dict)
    targeted_from: float = 0.0

    def __post_init__(self) -> None:
        unknown = sorted(set(self.weights) - set(SIGNS))
        if unknown:
            raise ValueError(f"unknown signs of mentions: {', '.join(unknown)}; expected {', '.join(SIGNS)}")

    def weigh(self, signs: Mapping[str, float]) -> float:
        """Return the sum of the weights of the signs, each by its strength."""
        weights = self.weights
        return sum([weights[sign] * strength for sign, strength in signs.items() if sign in weights])

    def level(self, score: float) -> str:
        """Return the level that a sum of weights gives."""
        return "targeted" if score >= self.targeted_from else "mentioned"


def name_cues(heard: Heard, lead_in: frozenset[str], level: str) -> tuple[str, ...]:
    """Return the cues that speak for the level decided, in order, at most eight: "kind:phrase", or "lead-in:kind".

    For targeted these are the cues of commitment, for mentioned those that speak against it.
    """
    kinds = CUE_KINDS if level == "targeted" else COUNTER_KINDS
    named = dict.fromkeys(f"{sound.kind}:{sound.phrase}" for sound in heard.sounds if sound.kind in kinds)
    if level == "targeted":
        named |= dict.fromkeys(f"lead-in:{kind}" for kind in sorted(lead_in) if kind in CUE_KINDS)
    return tuple(named)[:_CUES_NAMED]
