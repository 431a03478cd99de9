"""Scores what the pipeline found against what careful readers labelled: passages, documents, reading order.

Every function takes plain values, so that the caller decides how a labelled text is tagged::

    rows = read_passage_labels(path)
    predictions = {row["id"]: {"robotics": "targeted"} for row in rows}  # concept -> level, from any tagger
    scores = {"passages": score_passages(rows, predictions)}
    text = readable_report(scores, mistakes=list_mistakes(rows, predictions), passages=rows)
"""

from pipeline.evaluation.comparison import Change, compare_predictions, list_changes, readable_comparison
from pipeline.evaluation.documents import score_documents
from pipeline.evaluation.judging import Judgement
from pipeline.evaluation.labels import (
    read_document_labels,
    read_document_table,
    read_passage_labels,
    read_reading_order,
)
from pipeline.evaluation.listing import mistakes_csv, mistakes_markdown
from pipeline.evaluation.metrics import TOLERANCE, Held, compare_with_floor, metrics_text, read_floor
from pipeline.evaluation.mistakes import Mistake, explain_mistakes, predicted_levels
from pipeline.evaluation.passages import list_mistakes, score_passages
from pipeline.evaluation.reading_order import PageScore, score_pages, score_reading_order
from pipeline.evaluation.report import readable_report

__all__ = [
    "TOLERANCE",
    "Change",
    "Held",
    "Judgement",
    "Mistake",
    "PageScore",
    "compare_predictions",
    "compare_with_floor",
    "explain_mistakes",
    "list_changes",
    "list_mistakes",
    "metrics_text",
    "mistakes_csv",
    "mistakes_markdown",
    "predicted_levels",
    "read_document_labels",
    "read_document_table",
    "read_floor",
    "read_passage_labels",
    "read_reading_order",
    "readable_comparison",
    "readable_report",
    "score_documents",
    "score_pages",
    "score_passages",
    "score_reading_order",
]
