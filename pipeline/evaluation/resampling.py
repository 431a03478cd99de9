"""Bootstrap intervals of F1: documents drawn again and again with replacement, whole.

Passages of one document resemble each other, so drawing passages would make the intervals too narrow (the clustered
bootstrap). Of one document alone nothing can be drawn, and the interval is the figure itself.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from operator import mul

RESAMPLES = 1000
SEED = 20240229

Tally = tuple[int, int, int]  # how many were right, falsely found and missed


def f1(tally: Tally) -> float:
    """Return the harmonic mean of precision and recall; of nothing it is 0."""
    right, false, missed = tally
    return 2 * right / (2 * right + false + missed) if right else 0.0


def f1_interval(tallies: Sequence[Tally], resamples: int, seed: int) -> tuple[float, float]:
    """Return the 2.5th and 97.5th percentile of F1; ``tallies`` has one tally for each document that is drawn."""
    counted = [place for place, tally in enumerate(tallies) if any(tally)]
    return _bounds([value for value in _resampled(tallies, counted, resamples, seed) if value is not None])


def difference_interval(
    before: Sequence[Tally], after: Sequence[Tally], resamples: int, seed: int
) -> tuple[float, float]:
    """Return the percentiles of how much F1 rose, each draw taking the same documents of both (paired bootstrap)."""
    counted = [place for place, pair in enumerate(zip(before, after, strict=True)) if any(pair[0]) or any(pair[1])]
    pairs = zip(_resampled(before, counted, resamples, seed), _resampled(after, counted, resamples, seed), strict=True)
    return _bounds([now - was for was, now in pairs if was is not None and now is not None])


def _bounds(values: list[float]) -> tuple[float, float]:
    """Return the ends of the middle 95 %, rounded outwards to a value drawn."""
    if not values:
        return 0.0, 0.0
    values.sort()
    last = len(values) - 1
    return round(values[math.floor(0.025 * last)], 4), round(values[math.ceil(0.975 * last)], 4)


def _resampled(tallies: Sequence[Tally], counted: Sequence[int], resamples: int, seed: int) -> list[float | None]:
    """Return F1 of each draw, None where it drew nothing to judge; only ``counted`` places add to it."""
    draws = _draws(len(tallies), resamples, seed)
    twice_right = [2 * tallies[place][0] for place in counted]
    all_judged = [2 * tallies[place][0] + tallies[place][1] + tallies[place][2] for place in counted]
    values: list[float | None] = []
    for times in zip(*(draws[place] for place in counted), strict=True):
        whole = sum(map(mul, times, all_judged))
        values.append(sum(map(mul, times, twice_right)) / whole if whole else None)
    return values


@lru_cache(maxsize=64)
def _draws(size: int, resamples: int, seed: int) -> tuple[tuple[int, ...], ...]:
    """Draw ``size`` of ``size`` documents with replacement; return for each how often each draw took it.

    The same on every machine.
    """
    generator = random.Random(seed)
    draws = [Counter(generator.choices(range(size), k=size)) for _ in range(resamples)]
    return tuple(tuple(draw[place] for draw in draws) for place in range(size))
