"""Stage `evaluate`: what the pipeline finds against what careful readers labelled."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.concepts import load_vocabulary
from pipeline.evaluation import (
    list_mistakes,
    read_document_labels,
    read_document_table,
    read_passage_labels,
    read_reading_order,
    readable_report,
    score_documents,
    score_pages,
    score_passages,
    score_reading_order,
)
from pipeline.mentions import Tagger, find_mentions
from pipeline.pages import read_document
from pipeline.passages import load_layout_words, split_passages
from pipeline.schemas import Passage
from pipeline.stages.passages import languages_with_terms
from pipeline.stages.places import Parameters
from pipeline.storage import write_json


@dataclass(frozen=True, slots=True)
class Labels:
    """Where the labels lie; a part without its file is left out."""

    passages: Path | None = None
    documents: Path | None = None
    tables: Path | None = None
    reading_order: Path | None = None
    corpus: Path | None = None


def evaluate_labels(labels: Labels, parameters: Parameters, models: Path, target: Path | None) -> str:
    """Score each part that has labels; return the readable report and write the figures as JSON to ``target``."""
    vocabulary = load_vocabulary(models)
    scored = {concept.id for concept in vocabulary.concepts}
    scores: dict[str, Any] = {}
    details: dict[str, Any] = {}
    if labels.passages:
        rows = read_passage_labels(labels.passages)
        predictions = predict_passages(rows, Tagger(vocabulary), parameters.section("mentions"))
        scores["passages"] = score_passages(rows, predictions, scored=scored)
        details |= {"mistakes": list_mistakes(rows, predictions, scored=scored), "passages": rows}
    if labels.documents and labels.tables:
        table = read_document_table(labels.tables / "documents.csv")
        scores["documents"] = score_documents(read_document_labels(labels.documents), table, scored=scored)
    if labels.reading_order and labels.corpus:
        rows = read_reading_order(labels.reading_order)
        texts, passages = read_labelled_pages(rows, labels.corpus, parameters, models)
        scores["reading_order"] = score_reading_order(rows, texts, passages)
        details["pages"] = score_pages(rows, texts, passages)
    if target:
        write_json(target, json.loads(json.dumps(scores)))
    return readable_report(scores, **details)


def predict_passages(
    rows: Sequence[Mapping[str, Any]], tagger: Tagger, options: Mapping[str, Any]
) -> dict[str, dict[str, str]]:
    """Tag each labelled text as one passage; a concept is targeted when any of its mentions is."""
    predictions: dict[str, dict[str, str]] = {}
    for row in rows:
        text = row["text"]
        passage = Passage(
            id=row["id"],
            document_id=row["document_id"],
            page_number=1,
            start=0,
            end=len(text),
            text=text,
            alignment=((0, 0),),
            kind="paragraph",
            zone="body",
            section=(),
            lead_in="",
            language=row["language"],
        )
        levels = predictions.setdefault(row["id"], {})
        for mention in find_mentions([passage], {1: text}, tagger, **options):
            if levels.get(mention.concept) != "targeted":
                levels[mention.concept] = mention.level
    return predictions


def read_labelled_pages(
    rows: Sequence[Mapping[str, Any]], corpus: Path, parameters: Parameters, models: Path
) -> tuple[dict[tuple[str, int], str], list[Passage]]:
    """Read and split each document that has a labelled page; return its page texts and its passages."""
    words = load_layout_words(models / "layout_words.yaml")
    options = parameters.section("passages") | {"languages": languages_with_terms(models), "layout_words": words}
    texts: dict[tuple[str, int], str] = {}
    passages: list[Passage] = []
    for document_id, name in sorted({(row["document_id"], row["file"]) for row in rows}):
        path = next((found for found in sorted(corpus.rglob(Path(name).name)) if found.is_file()), None)
        if path is None:
            raise ValueError(
                f"{corpus}: no file {name} below it, which the labels speak of; give its folder as --corpus"
            )
        pages = read_document(path, document_id, **parameters.section("pages")).pages
        texts |= {(document_id, page.page_number): page.text for page in pages}
        passages += split_passages(pages, document_language="", **options)
    return texts, passages
