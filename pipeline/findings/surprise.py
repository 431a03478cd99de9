"""How improbable a pattern is, in bits (information content, -log2 of a probability)."""

from __future__ import annotations

import math
import statistics
from collections.abc import Collection, Iterable, Mapping

from pipeline.schemas import Cell


def breadths(targets: Mapping[str, Collection[str]], concepts: int) -> dict[str, float]:
    """Return the chance of each country to target any one concept, were its targets drawn from all ``concepts``.

    A country of which little was read targets little: its silence then tells little, and its choice much. Half a
    concept is added to what each targets and what it does not (Jeffreys' prior), so that no chance is 0 or 1.
    """
    return {country: (len(own) + 0.5) / (concepts + 1) for country, own in targets.items()}


def pattern_bits(targeting: Collection[str], chances: Mapping[str, float]) -> float:
    """Return the bits of the pattern that just these countries target a concept, the others not.

    Its probability is that of this very pattern, times the number of patterns with as many countries, so that a
    typical pattern of its size counts as much as all of them together; at least 0 bits.
    """
    logs = [math.log2(chance if country in targeting else 1 - chance) for country, chance in sorted(chances.items())]
    return max(0.0, -sum(logs) - math.log2(math.comb(len(chances), len(targeting))))


def binomial_bits(successes: int, trials: int, chance: float) -> float:
    """Return the bits of at least so many successes in independent trials."""
    tail = sum(
        math.comb(trials, number) * chance**number * (1 - chance) ** (trials - number)
        for number in range(successes, trials + 1)
    )
    return max(0.0, -math.log2(tail))


def division_bits(first: tuple[int, int], second: tuple[int, int]) -> float:
    """Return the bits of two groups differing so much or more in what share of them targets a concept.

    Each group is (countries that target it, countries); the probability is that of Fisher's exact test, one-sided.
    """
    (a, m), (b, n) = max(first, second, key=_rate), min(first, second, key=_rate)
    whole = math.comb(m + n, a + b)
    tail = sum(math.comb(m, number) * math.comb(n, a + b - number) for number in range(a, min(m, a + b) + 1))
    return max(0.0, -math.log2(tail / whole))


def strength_of(cells: Iterable[Cell]) -> float:
    """Return how much cells rest on: their mean salience, each less by what a single passage may owe to chance.

    A salience counts n / (n + 1) for n passages: what one passage says counts half, what twenty say nearly all.
    """
    return statistics.fmean(cell.salience * cell.n_passages / (cell.n_passages + 1) for cell in cells)


def _rate(group: tuple[int, int]) -> float:
    return group[0] / group[1]
