"""Lists what came out wrong on labelled passages, with the mentions that led there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.evaluation.passages import list_mistakes
from pipeline.schemas import Mention

# What went wrong, by question and outcome; a level is only asked after where the concept itself is right.
KINDS = {
    ("concept", "false"): "falsely found",
    ("concept", "missed"): "missed",
    ("targeted", "false"): "targeted, labelled mentioned",
    ("targeted", "missed"): "mentioned, labelled targeted",
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One wrong decision: ``mentions`` are those of the concept, ``besides`` what else was found in the passage."""

    concept: str
    kind: str
    times: int
    subject: str
    document_id: str
    language: str
    labelled: str
    found: str
    mentions: tuple[Mention, ...]
    besides: tuple[Mention, ...]
    text: str


def predicted_levels(mentions: Mapping[str, Sequence[Mention]]) -> dict[str, dict[str, str]]:
    """Return for each passage its concepts with their levels: a concept is targeted when any of its mentions is."""
    levels: dict[str, dict[str, str]] = {}
    for passage, found in mentions.items():
        own = levels.setdefault(passage, {})
        for mention in found:
            if own.get(mention.concept) != "targeted":
                own[mention.concept] = mention.level
    return levels


def explain_mistakes(
    gold_rows: Sequence[Mapping[str, Any]],
    mentions: Mapping[str, Sequence[Mention]],
    *,
    scored: Collection[str] | None = None,
) -> list[Mistake]:
    """List wrong decisions with the mentions (passage id -> mentions) that led to them, the most frequent kind first.

    ``times`` is how often a concept goes wrong in this way. A concept that was missed or falsely found is one mistake,
    whatever its level.
    """
    levels = predicted_levels(mentions)
    judgements = list_mistakes(gold_rows, levels, scored=scored)
    astray = {(mistake.subject, mistake.concept) for mistake in judgements if mistake.question == "concept"}
    wrong = [
        (mistake, KINDS[mistake.question, mistake.outcome])
        for mistake in judgements
        if mistake.question == "concept" or (mistake.subject, mistake.concept) not in astray
    ]
    times = Counter((mistake.concept, kind) for mistake, kind in wrong)
    rows = {row["id"]: row for row in gold_rows}
    mistakes = []
    for judgement, kind in wrong:
        row, concept, found = rows[judgement.subject], judgement.concept, mentions.get(judgement.subject, ())
        labels = {label["concept"]: label["level"] for label in row["labels"]}
        mistakes.append(
            Mistake(
                concept=concept,
                kind=kind,
                times=times[concept, kind],
                subject=judgement.subject,
                document_id=judgement.document_id,
                language=judgement.language,
                labelled=labels.get(concept, "not labelled"),
                found=levels.get(judgement.subject, {}).get(concept, "not found"),
                mentions=tuple(mention for mention in found if mention.concept == concept),
                besides=tuple(mention for mention in found if mention.concept != concept),
                text=row["text"],
            )
        )
    return sorted(mistakes, key=lambda mistake: (-mistake.times, mistake.concept, mistake.kind))
