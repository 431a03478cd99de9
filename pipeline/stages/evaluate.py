"""Stage `evaluate`: what the pipeline finds against what careful readers labelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.concepts import load_vocabulary
from pipeline.evaluation import (
    TOLERANCE,
    Mistake,
    compare_predictions,
    compare_with_floor,
    explain_mistakes,
    list_changes,
    list_mistakes,
    metrics_text,
    mistakes_csv,
    mistakes_markdown,
    predicted_levels,
    read_document_labels,
    read_document_table,
    read_floor,
    read_passage_labels,
    read_reading_order,
    readable_comparison,
    readable_report,
    score_documents,
    score_pages,
    score_passages,
    score_reading_order,
)
from pipeline.mentions import Tagger, find_mentions
from pipeline.pages import read_document
from pipeline.passages import load_layout_words, split_passages
from pipeline.schemas import Mention, Passage
from pipeline.stages.passages import languages_with_terms
from pipeline.stages.places import Parameters
from pipeline.stages.revisions import predict_at_revision
from pipeline.storage import write_bytes


@dataclass(frozen=True, slots=True)
class Labels:
    """Where the labels lie; a part without its file is left out."""

    passages: Path | None = None
    documents: Path | None = None
    tables: Path | None = None
    reading_order: Path | None = None
    corpus: Path | None = None


@dataclass(frozen=True, slots=True)
class Requests:
    """What is asked beyond the report: files to write, and what to hold the passages' figures against."""

    figures: Path | None = None
    errors: Path | None = None
    against: str | None = None
    floor: Path | None = None
    tolerance: float = TOLERANCE


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The text for readers, and a sentence for each figure that fell too far below the floor."""

    report: str
    shortfalls: tuple[str, ...] = ()


def evaluate_labels(labels: Labels, parameters: Parameters, project: Path, requests: Requests) -> Evaluation:
    """Score each part that has labels with the project's ``models/``, and answer what else is asked of the passages.

    The figures are not written where one of them falls below the floor, which may be the same file.
    """
    if not labels.passages and (requests.errors or requests.against is not None or requests.floor):
        raise ValueError("--errors, --against and --floor are asked of labelled passages: give --passages or --gold")
    floor = read_floor(requests.floor) if requests.floor else None
    vocabulary = load_vocabulary(project / "models")
    scored = {concept.id for concept in vocabulary.concepts}
    scores: dict[str, Any] = {}
    details: dict[str, Any] = {}
    more: list[str] = []
    if labels.passages:
        rows = read_passage_labels(labels.passages)
        mentions = find_labelled_mentions(rows, Tagger(vocabulary), parameters.section("mentions"))
        predictions = predicted_levels(mentions)
        scores["passages"] = score_passages(rows, predictions, scored=scored)
        details |= {"mistakes": list_mistakes(rows, predictions, scored=scored), "passages": rows}
        if requests.errors:
            _write_mistakes(requests.errors, explain_mistakes(rows, mentions, scored=scored))
        if requests.against is not None:
            more.append(compare_with_revision(rows, predictions, project, requests.against))
    _score_others(labels, parameters, project / "models", scored, scores, details)
    held = compare_with_floor(scores["passages"], floor, tolerance=requests.tolerance) if floor else None
    if requests.figures and not (held and held.shortfalls):
        write_bytes(requests.figures, metrics_text(scores).encode())
    more += [held.text] if held else []
    return Evaluation("\n".join([readable_report(scores, **details), *more]), held.shortfalls if held else ())


def _write_mistakes(path: Path, mistakes: Sequence[Mistake]) -> None:
    text = mistakes_csv(mistakes) if path.suffix.lower() == ".csv" else mistakes_markdown(mistakes)
    write_bytes(path, text.encode("utf-8", "replace"))


def _score_others(
    labels: Labels,
    parameters: Parameters,
    models: Path,
    scored: set[str],
    scores: dict[str, Any],
    details: dict[str, Any],
) -> None:
    """Add the scores of whole documents and of reading order, each where it has labels."""
    if labels.documents and labels.tables:
        table = read_document_table(labels.tables / "documents.csv")
        scores["documents"] = score_documents(read_document_labels(labels.documents), table, scored=scored)
    if labels.reading_order and labels.corpus:
        rows = read_reading_order(labels.reading_order)
        texts, passages = read_labelled_pages(rows, labels.corpus, parameters, models)
        scores["reading_order"] = score_reading_order(rows, texts, passages)
        details["pages"] = score_pages(rows, texts, passages)


def compare_with_revision(
    rows: Sequence[Mapping[str, Any]], predictions: Mapping[str, Mapping[str, str]], project: Path, revision: str
) -> str:
    """Say what changed in the labelled passages since a git revision, each version judged on all that it finds."""
    name, before = predict_at_revision(rows, project, revision)
    figures, changes = compare_predictions(rows, before, predictions), list_changes(rows, before, predictions)
    return readable_comparison(figures, changes, name if revision.startswith(name) else f"{revision} ({name})")


def predict_passages(
    rows: Sequence[Mapping[str, Any]], tagger: Tagger, options: Mapping[str, Any]
) -> dict[str, dict[str, str]]:
    """Return the level of each concept found in each labelled passage.

    Other revisions are compared by calling this function of theirs: its name, arguments and answer stay.
    """
    return predicted_levels(find_labelled_mentions(rows, tagger, options))


def find_labelled_mentions(
    rows: Sequence[Mapping[str, Any]], tagger: Tagger, options: Mapping[str, Any]
) -> dict[str, list[Mention]]:
    """Return the mentions in each labelled passage, by its id."""
    return {row["id"]: _mentions(row, tagger, options) for row in rows}


def _mentions(row: Mapping[str, Any], tagger: Tagger, options: Mapping[str, Any]) -> list[Mention]:
    """Tag one labelled text as if it were the only paragraph of a page."""
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
    return find_mentions([passage], {1: text}, tagger, country=row.get("country") or "", **options)


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
