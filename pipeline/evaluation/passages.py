"""Scores concepts and levels found in labelled passages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from pipeline.evaluation.judging import RESAMPLES, SEED, Judgement, judge, measure
from pipeline.schemas import LEVELS

QUESTIONS = ("concept", "targeted")


def score_passages(
    gold_rows: Sequence[Mapping[str, Any]],
    predictions: Mapping[str, Mapping[str, str]],
    *,
    scored: Collection[str] | None = None,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> dict[str, Any]:
    """Score predictions (passage id -> concept -> level) against labelled passages, as the ``passages`` of the metrics.

    Per passage and concept: ``concept`` asks whether the concept is there at all; ``targeted`` whether it is there as
    targeted, where labels of level either and doubtful concepts count neither way. A passage without predictions
    counts as one in which nothing was found. ``scored`` limits the question to these concepts (None: to no list), so
    that a concept that the readers did not know is not held against the tagger.
    ``n`` is a number of passages; in ``by_concept``, of those labelled with the concept. ``documents`` of
    ``by_language`` tells how many documents an interval rests on: with one it says nothing.
    """
    judgements = judge_passages(gold_rows, predictions, scored=scored)
    documents = {row["document_id"] for row in gold_rows}
    figures = partial(_both_questions, resamples=resamples, seed=seed)
    by_language, by_concept = {}, {}
    for language in sorted({row["language"] for row in gold_rows}):
        rows = [row for row in gold_rows if row["language"] == language]
        some = [judgement for judgement in judgements if judgement.language == language]
        own = {row["document_id"] for row in rows}
        by_language[language] = {"n": len(rows), "documents": len(own), **figures(some, own)}
    for concept in sorted({judgement.concept for judgement in judgements}):
        some = [judgement for judgement in judgements if judgement.concept == concept]
        labelled = [j for j in some if j.question == "concept" and j.outcome in ("right", "missed")]
        by_concept[concept] = {"n": len(labelled), **figures(some, documents)}
    return {
        "n": len(gold_rows),
        **figures(judgements, documents),
        "by_language": by_language,
        "by_concept": by_concept,
    }


def list_mistakes(
    gold_rows: Sequence[Mapping[str, Any]],
    predictions: Mapping[str, Mapping[str, str]],
    *,
    scored: Collection[str] | None = None,
) -> list[Judgement]:
    """List what ``score_passages`` counts as false or missed, in the order of the passages."""
    return [
        judgement for judgement in judge_passages(gold_rows, predictions, scored=scored) if judgement.outcome != "right"
    ]


def judge_passages(
    gold_rows: Sequence[Mapping[str, Any]],
    predictions: Mapping[str, Mapping[str, str]],
    *,
    scored: Collection[str] | None = None,
) -> list[Judgement]:
    """Judge each predicted and each labelled concept of each passage on both questions.

    Predictions for a passage that nobody labelled, or of an unknown level, are a ValueError: the figures would be of
    something else than was meant.
    """
    _check_predictions(gold_rows, predictions)
    judgements: list[Judgement] = []
    for row in gold_rows:
        found = {
            concept: level
            for concept, level in predictions.get(row["id"], {}).items()
            if scored is None or concept in scored
        }
        levels = {label["concept"]: label["level"] for label in row["labels"]}
        doubtful = set(row["doubtful"])
        either = {concept for concept, level in levels.items() if level == "either"}
        asked = {
            "concept": (set(found), set(levels), doubtful),
            "targeted": (_targeted(found), _targeted(levels), doubtful | either),
        }
        for question, (predicted, labelled, unscored) in asked.items():
            judgements += judge(
                predicted,
                labelled,
                unscored,
                question=question,
                subject=row["id"],
                document_id=row["document_id"],
                language=row["language"],
            )
    return judgements


def _both_questions(
    judgements: Iterable[Judgement], documents: Collection[str], *, resamples: int, seed: int
) -> dict[str, dict[str, float]]:
    """Measure each question by itself."""
    asked: dict[str, list[Judgement]] = {question: [] for question in QUESTIONS}
    for judgement in judgements:
        asked[judgement.question].append(judgement)
    return {question: measure(some, documents, resamples=resamples, seed=seed) for question, some in asked.items()}


def _targeted(levels: Mapping[str, str]) -> set[str]:
    return {concept for concept, level in levels.items() if level == "targeted"}


def _check_predictions(gold_rows: Sequence[Mapping[str, Any]], predictions: Mapping[str, Mapping[str, str]]) -> None:
    unknown = sorted(set(predictions) - {row["id"] for row in gold_rows})
    if unknown:
        raise ValueError(
            f"predictions name {len(unknown)} passages that are not among the {len(gold_rows)} labelled ones, "
            f"{unknown[0]!r} first; give predictions by the labelled passages' own ids"
        )
    for passage, levels in predictions.items():
        for concept, level in levels.items():
            if level not in LEVELS:
                raise ValueError(
                    f"the prediction for passage {passage!r} gives {concept!r} the level {level!r}; "
                    f"expected one of {', '.join(LEVELS)}"
                )
