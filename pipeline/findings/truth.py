"""Kleene's strong logic of three values: True, False, and None for what is not known.

An unknown matters only where it could change the answer: False and None is False, True or None is True (S. C. Kleene,
Introduction to Metamathematics, 1952, § 64).
"""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None


def every(truths: Iterable[Truth]) -> Truth:
    """Return the conjunction; True of nothing."""
    found = set(truths)
    return False if False in found else None if None in found else True


def some(truths: Iterable[Truth]) -> Truth:
    """Return the disjunction; False of nothing."""
    found = set(truths)
    return True if True in found else None if None in found else False


def negated(truth: Truth) -> Truth:
    """Return the opposite; the unknown stays unknown."""
    return None if truth is None else not truth


def at_least(number: int, truths: Iterable[Truth]) -> Truth:
    """Say whether at least ``number`` of the truths are True."""
    found = list(truths)
    certain, possible = found.count(True), found.count(True) + found.count(None)
    return True if certain >= number else False if possible < number else None


def above(first: tuple[float, float], second: tuple[float, float]) -> Truth:
    """Say whether one figure is above another, each known to lie between two bounds."""
    return True if first[0] > second[1] else False if first[1] <= second[0] else None
