"""Stage `quality`: how good the topics of a corpus are, measured anew with other seeds and another order."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.documents import read_documents
from pipeline.schemas import NO_TOPIC, PassageTopic
from pipeline.stages.embeddings import texts_of
from pipeline.stages.places import Parameters, Places, Progress, no_progress
from pipeline.stages.topics import read_embedded, read_topics
from pipeline.storage import write_json
from pipeline.topics.model import TopicModel, load_model
from pipeline.topics.parting import part_passages
from pipeline.topics.quality import c_v, diversity, mean_agreement, npmi, share_dominated, share_with_english
from pipeline.topics.words import phrases
from pipeline.workers import Limits, each_document

_DOMINATED_FROM = 0.8


@dataclass(frozen=True, slots=True)
class _Trial:
    """One more fit: where its seeds begin, and whether passages come in another order than the pipeline's."""

    seed: int
    shuffled: bool


def measure_quality(
    places: Places, parameters: Parameters, *, workers: int, progress: Progress = no_progress
) -> dict[str, Any]:
    """Write ``tables/topic_quality.json`` and return what it says; the topics must have been made before."""
    documents = read_documents(places.corpus)
    embedded, rows = read_topics(places, documents)
    model = load_model(places.topic_model)
    if model is None:
        raise ValueError(f"{places.topic_model}: there is no model yet; run `python -m pipeline topics` first")
    counted = [row for row in rows if not row.repeats]
    countries = {document.id: document.country for document in documents}
    topics = [row.topic for row in counted]
    seeds = parameters.section("quality")["seeds"]
    fits, shuffled = _other_fits(places, parameters, seeds, workers, progress)
    chosen = [index for index, row in enumerate(rows) if not row.repeats]
    shipped = [rows[index].topic for index in chosen]
    again = [[int(fit[index]) for index in chosen] for fit in fits]
    owners = [countries[row.document_id] for row in counted]
    quality = {
        "method": model.method,
        "encoder": model.encoder,
        "passages": len(counted),
        "topics": len(model.topics),
        "outliers_before_reduction": model.outliers,
        "outliers": topics.count(NO_TOPIC) / max(1, len(topics)),
        **_coherence(model, texts_of(embedded.passages, places.models), rows),
        "stability_seeds": mean_agreement([shipped, *again]),
        "stability_order": mean_agreement([shipped, [int(shuffled[index]) for index in chosen]]),
        "held_by_one_document": share_dominated(topics, [row.document_id for row in counted], _DOMINATED_FROM),
        "held_by_one_country": share_dominated(topics, owners, _DOMINATED_FROM),
        "of_one_language": share_dominated(topics, [row.language for row in counted], 1),
        "other_languages_with_english": share_with_english(topics, [row.language for row in counted]),
    }
    rounded = {name: round(value, 4) if isinstance(value, float) else value for name, value in quality.items()}
    write_json(places.out / "tables" / "topic_quality.json", rounded)
    return rounded


def _coherence(model: TopicModel, texts: Sequence[str], rows: Sequence[PassageTopic]) -> dict[str, float]:
    wanted = {word for topic in model.topics for word in topic.words}
    sets = [
        frozenset(wanted.intersection(phrases(text, row.language)))
        for text, row in zip(texts, rows, strict=True) if not row.repeats
    ]  # fmt: skip
    words = [topic.words for topic in model.topics]
    return {
        "npmi": _mean([npmi(own, sets) for own in words]),
        "c_v": _mean([c_v(own, sets) for own in words]),
        "diversity": diversity(words),
    }


def _mean(figures: Sequence[float]) -> float:
    return float(np.mean(figures)) if figures else 0.0


def _other_fits(
    places: Places, parameters: Parameters, seeds: int, workers: int, progress: Progress
) -> tuple[list[Any], Any]:
    """Part the passages again with further seeds, and once in another order; each fit in a process of its own."""
    options = parameters.section("topics")
    for name in ("min_passages", "min_share"):  # these choose words, not topics
        options.pop(name)
    first, runs = options["seed"], options["runs"]
    trials = [*(_Trial(first + number * runs, False) for number in range(1, seeds)), _Trial(first, True)]
    with tempfile.TemporaryDirectory(prefix="quality-") as folder:
        tasks = [
            (Path(folder) / f"{number}.npy", places, options | {"seed": trial.seed}, trial.shuffled)
            for number, trial in enumerate(trials)
        ]
        progress("quality", 0, len(tasks))
        limits = Limits(seconds=3600, megabytes=8 * parameters.limits.megabytes)
        for done, (_, fault) in enumerate(each_document(_part, tasks, workers=workers, limits=limits), start=1):
            if fault:
                raise ValueError(f"quality: a further fit failed: {fault}")
            progress("quality", done, len(tasks))
        *fits, shuffled = [np.load(task[0], allow_pickle=False) for task in tasks]
    return fits, shuffled


def _part(target: Path, places: Places, options: dict[str, Any], shuffled: bool) -> None:
    embedded = read_embedded(places.out, read_documents(places.corpus))
    languages = [passage.language for passage in embedded.passages]
    documents = [passage.document_id for passage in embedded.passages]
    if shuffled:
        options = options | {"order": _shuffled}
    texts = texts_of(embedded.passages, places.models)
    np.save(target, part_passages(texts, languages, documents, embedded.matrix, **options).places)


def _shuffled(texts: Sequence[str]) -> list[int]:
    order = list(range(len(texts)))
    random.Random(0).shuffle(order)
    return order
