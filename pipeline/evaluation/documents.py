"""Scores the concepts that the tables list for whole documents."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pipeline.evaluation.judging import Judgement, judge, measure
from pipeline.evaluation.resampling import RESAMPLES, SEED

# For each question: the levels of a label that count as yes, those that count neither way, the levels predicted as yes.
QUESTIONS: dict[str, tuple[set[str], set[str], set[str]]] = {
    "core": ({"core"}, {"core-or-supported", "doubtful"}, {"core"}),
    "core_or_supported": ({"core", "supported", "core-or-supported"}, {"doubtful"}, {"core", "supported"}),
}


def score_documents(
    gold_rows: Sequence[Mapping[str, str]],
    table_rows: Sequence[Mapping[str, str]],
    *,
    scored: Collection[str] | None = None,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> dict[str, Any]:
    """Score rows (document_id, concept, level) of documents.csv against labelled documents, on two questions.

    Only documents with a label are looked at; ``n`` is their number. One of them that the table does not have counts
    as a document in which nothing was found. ``scored`` limits the concepts as in ``score_passages``.
    """
    judgements = judge_documents(gold_rows, table_rows, scored=scored)
    documents = {row["document_id"] for row in gold_rows}
    figures: dict[str, Any] = {"n": len(documents)}
    for question in QUESTIONS:
        some = (judgement for judgement in judgements if judgement.question == question)
        figures[question] = measure(some, documents, resamples=resamples, seed=seed)
    return figures


def judge_documents(
    gold_rows: Sequence[Mapping[str, str]],
    table_rows: Sequence[Mapping[str, str]],
    *,
    scored: Collection[str] | None = None,
) -> list[Judgement]:
    """Judge each listed and each labelled concept of each labelled document on both questions."""
    judgements: list[Judgement] = []
    for document in sorted({row["document_id"] for row in gold_rows}):
        labels = {row["concept"]: row["level"] for row in gold_rows if row["document_id"] == document}
        listed = {
            row["concept"]: row["level"]
            for row in table_rows
            if row["document_id"] == document and (scored is None or row["concept"] in scored)
        }
        for question, (positive, open_levels, predicted) in QUESTIONS.items():
            judgements += judge(
                {concept for concept, level in listed.items() if level in predicted},
                {concept for concept, level in labels.items() if level in positive},
                {concept for concept, level in labels.items() if level in open_levels},
                question=question,
                subject=document,
                document_id=document,
                language="",
            )
    return judgements
