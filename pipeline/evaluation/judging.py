"""Judgements on single labels, and the figures that sum them up: precision, recall, F1 and its interval."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

OUTCOMES = ("right", "false", "missed")
RESAMPLES = 1000
SEED = 20240229


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one prediction or one label came out: ``right``, ``false`` (not labelled) or ``missed`` (not predicted).

    ``question`` is what was asked ("concept", "targeted", "core", "core_or_supported"); ``subject`` is the id of the
    passage, or of the document where whole documents are judged.
    """

    question: str
    subject: str
    document_id: str
    language: str
    concept: str
    outcome: str


def judge(
    predicted: set[str],
    labelled: set[str],
    unscored: set[str],
    *,
    question: str,
    subject: str,
    document_id: str,
    language: str,
) -> list[Judgement]:
    """Compare the concepts predicted for one subject with those labelled; ``unscored`` ones count neither way."""
    outcomes = {
        "right": (predicted & labelled) - unscored,
        "false": predicted - labelled - unscored,
        "missed": labelled - predicted - unscored,
    }
    return [
        Judgement(question, subject, document_id, language, concept, outcome)
        for outcome in OUTCOMES
        for concept in sorted(outcomes[outcome])
    ]


def measure(
    judgements: Iterable[Judgement], documents: Iterable[str], *, resamples: int = RESAMPLES, seed: int = SEED
) -> dict[str, float]:
    """Return micro-averaged precision, recall and F1 with a 95 % bootstrap interval of F1 (``low``, ``high``).

    ``documents`` are the ids that are drawn again and again, whole, because passages of one document resemble each
    other and drawing passages would make the interval too narrow (the clustered bootstrap); of one document alone
    nothing can be drawn and the interval is the figure itself. A share of nothing is 0.
    """
    order = sorted(set(documents))
    tallies = _count_by_document(judgements)
    total = _total(tallies.values())
    low, high = _interval([tallies.get(document, (0, 0, 0)) for document in order], resamples, seed)
    right, false, missed = total
    return {
        "precision": _share(right, right + false),
        "recall": _share(right, right + missed),
        "f1": round(_f1(total), 4),
        "low": low,
        "high": high,
    }


def _count_by_document(judgements: Iterable[Judgement]) -> dict[str, tuple[int, int, int]]:
    counts = Counter((judgement.document_id, judgement.outcome) for judgement in judgements)
    documents = sorted({document for document, _ in counts})
    return {
        document: (counts[document, "right"], counts[document, "false"], counts[document, "missed"])
        for document in documents
    }


def _total(tallies: Iterable[tuple[int, int, int]]) -> tuple[int, int, int]:
    right = false = missed = 0
    for tally in tallies:
        right, false, missed = right + tally[0], false + tally[1], missed + tally[2]
    return right, false, missed


def _f1(tally: tuple[int, int, int]) -> float:
    right, false, missed = tally
    return 2 * right / (2 * right + false + missed) if right else 0.0


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _interval(tallies: Sequence[tuple[int, int, int]], resamples: int, seed: int) -> tuple[float, float]:
    """Return the 2.5th and 97.5th percentile of F1 over resampled documents, rounded outwards to a value drawn."""
    counted = [(place, tally) for place, tally in enumerate(tallies) if any(tally)]
    if not counted:
        return 0.0, 0.0
    values = []
    for times in _draws(len(tallies), resamples, seed):
        drawn = [(times[place], tally) for place, tally in counted if times[place]]
        if drawn:  # a draw without a single judgement has no F1
            values.append(_f1(_total((n * right, n * false, n * missed) for n, (right, false, missed) in drawn)))
    values.sort()
    last = len(values) - 1
    return round(values[math.floor(0.025 * last)], 4), round(values[math.ceil(0.975 * last)], 4)


@lru_cache(maxsize=64)
def _draws(size: int, resamples: int, seed: int) -> tuple[Mapping[int, int], ...]:
    """Draw ``size`` of ``size`` documents with replacement, as place -> how often; the same on every machine."""
    generator = random.Random(seed)
    return tuple(Counter(generator.choices(range(size), k=size)) for _ in range(resamples))
