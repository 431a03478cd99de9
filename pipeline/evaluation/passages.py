"""Scores concepts and levels found in labelled passages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from pipeline.evaluation.judging import Judgement, judge, measure
from pipeline.evaluation.resampling import RESAMPLES, SEED
from pipeline.schemas import LEVELS

QUESTIONS = ("concept", "targeted")
Measured = Callable[[Iterable[Judgement], Iterable[str]], dict[str, float]]


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
    ``n`` is a number of passages; where a concept is asked for, of those labelled with it. ``documents`` tells how
    many documents an interval rests on: with one it says nothing. ``by_concept_and_language`` has no entry where
    nothing was labelled and nothing found; there each question has an ``n`` of its own.
    """
    judgements = judge_passages(gold_rows, predictions, scored=scored)
    documents = _documents(gold_rows)
    measured = partial(measure, resamples=resamples, seed=seed)
    by_language = {
        language: _of_rows([row for row in gold_rows if row["language"] == language], judgements, measured)
        for language in sorted({row["language"] for row in gold_rows})
    }
    others = [row for row in gold_rows if row["language"] != "en"]
    by_concept, by_pair = {}, {}
    for concept, some in _groups(judgements, "concept").items():
        by_concept[concept] = {"n": _labelled(some, "concept"), **_both_questions(some, documents, measured)}
        by_pair[concept] = {
            language: _of_pair(own, _documents(gold_rows, language), measured)
            for language, own in _groups(some, "language").items()
        }
    return {
        "n": len(gold_rows),
        **_both_questions(judgements, documents, measured),
        **({"non_english": _of_rows(others, judgements, measured)} if others else {}),
        "by_language": by_language,
        "by_concept": by_concept,
        "by_concept_and_language": by_pair,
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


def _groups(judgements: Iterable[Judgement], name: str) -> dict[str, list[Judgement]]:
    """Put judgements together that have the same ``name`` (concept, language, question), sorted by it."""
    groups: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        groups.setdefault(getattr(judgement, name), []).append(judgement)
    return dict(sorted(groups.items()))


def _documents(gold_rows: Iterable[Mapping[str, Any]], language: str = "") -> set[str]:
    return {row["document_id"] for row in gold_rows if not language or row["language"] == language}


def _labelled(judgements: Iterable[Judgement], question: str) -> int:
    return sum(judgement.question == question and judgement.outcome != "false" for judgement in judgements)


def _both_questions(judgements: Iterable[Judgement], documents: Collection[str], measured: Measured) -> dict[str, Any]:
    """Measure each question by itself."""
    asked = _groups(judgements, "question")
    return {question: measured(asked.get(question, ()), documents) for question in QUESTIONS}


def _of_rows(rows: Sequence[Mapping[str, Any]], judgements: Iterable[Judgement], measured: Measured) -> dict[str, Any]:
    """Measure some of the passages, all concepts together."""
    subjects, own = {row["id"] for row in rows}, _documents(rows)
    some = [judgement for judgement in judgements if judgement.subject in subjects]
    return {"n": len(rows), "documents": len(own), **_both_questions(some, own, measured)}


def _of_pair(judgements: Iterable[Judgement], documents: Collection[str], measured: Measured) -> dict[str, Any]:
    """Measure one concept in one language on each question that has anything to judge."""
    return {
        question: {
            "n": _labelled(some, question),
            "documents": len({judgement.document_id for judgement in some}),
            **measured(some, documents),
        }
        for question, some in _groups(judgements, "question").items()
    }


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
