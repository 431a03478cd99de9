"""Judgements on single labels, and the figures that sum them up: precision, recall, F1 and its interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.evaluation.resampling import RESAMPLES, SEED, Tally, difference_interval, f1, f1_interval

OUTCOMES = ("right", "false", "missed")


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

    ``documents`` are the ids that are drawn again and again, those without a judgement too. A share of nothing is 0.
    """
    tallies = _tallies(judgements, sorted(set(documents)))
    low, high = f1_interval(tallies, resamples, seed)
    right, false, missed = total = _total(tallies)
    return {
        "precision": _share(right, right + false),
        "recall": _share(right, right + missed),
        "f1": round(f1(total), 4),
        "low": low,
        "high": high,
    }


def measure_difference(
    before: Iterable[Judgement],
    after: Iterable[Judgement],
    documents: Iterable[str],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> dict[str, float]:
    """Return how much F1 rose from one judging to another of the same documents, with its 95 % bootstrap interval."""
    order = sorted(set(documents))
    was, now = _tallies(before, order), _tallies(after, order)
    low, high = difference_interval(was, now, resamples, seed)
    return {"f1": round(f1(_total(now)) - f1(_total(was)), 4), "low": low, "high": high}


def _tallies(judgements: Iterable[Judgement], documents: Sequence[str]) -> list[Tally]:
    """Count the outcomes in each document, in the order of ``documents``."""
    counts = Counter((judgement.document_id, judgement.outcome) for judgement in judgements)
    return [
        (counts[document, "right"], counts[document, "false"], counts[document, "missed"]) for document in documents
    ]


def _total(tallies: Iterable[Tally]) -> Tally:
    right = false = missed = 0
    for tally in tallies:
        right, false, missed = right + tally[0], false + tally[1], missed + tally[2]
    return right, false, missed


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
