"""Compares what two versions of the rules find in the same labelled passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.evaluation.judging import measure, measure_difference
from pipeline.evaluation.passages import QUESTIONS, judge_passages, list_mistakes
from pipeline.evaluation.resampling import RESAMPLES, SEED

VERDICTS = {
    "worse": "worse",
    "mixed": "better on one question and worse on the other",
    "neutral": "without a label's say",
    "better": "better",
}
Predictions = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """A concept in a passage that two versions judge differently; ``verdict`` is one of ``VERDICTS``."""

    subject: str
    document_id: str
    language: str
    concept: str
    before: str
    after: str
    label: str
    verdict: str


def compare_predictions(
    gold_rows: Sequence[Mapping[str, Any]],
    before: Predictions,
    after: Predictions,
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> dict[str, dict[str, dict[str, float]]]:
    """Return for each question the figures ``before`` and ``after``, and the ``difference`` of F1 with its interval."""
    documents = {row["document_id"] for row in gold_rows}
    was, now = judge_passages(gold_rows, before), judge_passages(gold_rows, after)
    figures = {}
    for question in QUESTIONS:
        old = [judgement for judgement in was if judgement.question == question]
        new = [judgement for judgement in now if judgement.question == question]
        figures[question] = {
            "before": measure(old, documents, resamples=resamples, seed=seed),
            "after": measure(new, documents, resamples=resamples, seed=seed),
            "difference": measure_difference(old, new, documents, resamples=resamples, seed=seed),
        }
    return figures


def list_changes(gold_rows: Sequence[Mapping[str, Any]], before: Predictions, after: Predictions) -> list[Change]:
    """List each concept whose level changed in a passage, the worse first, each verdict in the order of the passages.

    It is better where a mistake on either question is gone, worse where there is one more, and neutral where the
    labels ask for neither version: the concept is doubtful there, or its level is.
    """
    was, now = ({(m.subject, m.concept, m.question) for m in list_mistakes(gold_rows, p)} for p in (before, after))
    gone, new = ({mistake[:2] for mistake in mistakes} for mistakes in (was - now, now - was))
    changes = []
    for row in gold_rows:
        old, found = before.get(row["id"], {}), after.get(row["id"], {})
        for concept in sorted({*old, *found}):
            if old.get(concept) != found.get(concept):
                changes.append(
                    Change(
                        subject=row["id"],
                        document_id=row["document_id"],
                        language=row["language"],
                        concept=concept,
                        before=old.get(concept, "not found"),
                        after=found.get(concept, "not found"),
                        label=_label(row, concept),
                        verdict=_verdict((row["id"], concept) in gone, (row["id"], concept) in new),
                    )
                )
    return sorted(changes, key=lambda change: list(VERDICTS).index(change.verdict))


def readable_comparison(
    figures: Mapping[str, Mapping[str, Mapping[str, float]]], changes: Sequence[Change], revision: str
) -> str:
    """Put a comparison with ``revision`` into plain text: both versions' figures, then every change."""
    lines = [f"Against {revision} (in brackets: 95 % interval of the difference in F1 over resampled documents)"]
    for question, versions in figures.items():
        gain = versions["difference"]
        bounds = f"{gain['f1']:+.4f}  ({gain['low']:+.4f} to {gain['high']:+.4f})"
        lines += [_line(question, "before", versions["before"]), _line("", "now", versions["after"]) + f"  {bounds}"]
    counts = Counter(change.verdict for change in changes)
    said = [f"{counts[verdict]} {VERDICTS[verdict]}" for verdict in ("better", "worse", "neutral")]
    said += [f"{counts['mixed']} {VERDICTS['mixed']}"] if counts["mixed"] else []
    passages = len({change.subject for change in changes})
    lines += ["", f"Changed: {len(changes)} judgements in {passages} passages: {', '.join(said)}"]
    lines += [
        f"  {change.verdict:<7} {change.subject} ({change.document_id}) {change.concept}: "
        f"{change.before} -> {change.after}, label: {change.label}"
        for change in changes
    ]
    return "\n".join(lines) + "\n"


def _line(question: str, version: str, figures: Mapping[str, float]) -> str:
    shares = f"P {figures['precision']:.4f}  R {figures['recall']:.4f}  F1 {figures['f1']:.4f}"
    return f"  {question:<10} {version:<8} {shares}"


def _label(row: Mapping[str, Any], concept: str) -> str:
    if concept in row["doubtful"]:
        return "doubtful"
    return next((str(label["level"]) for label in row["labels"] if label["concept"] == concept), "none")


def _verdict(gained: bool, lost: bool) -> str:
    if gained and lost:
        return "mixed"
    return "better" if gained else "worse" if lost else "neutral"
