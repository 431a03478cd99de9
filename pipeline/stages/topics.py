"""Stage `topics`: the embedded passages of a corpus to topics, and what they say of its countries."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from pipeline.concepts import load_vocabulary
from pipeline.documents import read_documents
from pipeline.embeddings import encoder_version, load_encoder
from pipeline.freshness import code_hash, file_hash, fingerprint
from pipeline.schemas import NO_TOPIC, Document, Passage, PassageTopic, TopicEvent
from pipeline.schemas.delimited import lines_csv, rows_csv
from pipeline.stages.embeddings import texts_of
from pipeline.stages.places import Parameters, Places, Progress, no_progress
from pipeline.storage import read_columns, read_notes, read_rows, read_vectors, write_bytes, write_rows
from pipeline.topics.clustering import prepare_process
from pipeline.topics.fitting import Fit, fit_topics
from pipeline.topics.matching import keep_numbers
from pipeline.topics.model import TopicModel, load_model, save_model
from pipeline.topics.names import read_names
from pipeline.topics.themes import Themes, describe_themes, themes_matrix
from pipeline.workers import shared_out

TABLES = ("themes.csv", "themes_matrix.csv", "theme_shares.csv", "topics.csv", "topic_changes.csv")


@dataclass(frozen=True, slots=True)
class Embedded:
    """The passages of a corpus that have vectors, document by document, and their vectors row by row."""

    passages: list[Passage]
    matrix: NDArray[np.float32]


def write_topics(places: Places, parameters: Parameters, *, workers: int, progress: Progress = no_progress) -> str:
    """Fit topics where something changed, keep the numbers of the last model, write the tables; say what was done."""
    documents = read_documents(places.corpus)
    mark = _fingerprint(places, parameters, documents)
    table = places.out / "topics" / "passages.parquet"
    done = all((places.out / "tables" / name).is_file() for name in TABLES) and load_model(places.topic_model)
    if done and read_notes(table).get("fingerprint") == mark:
        return "topics: nothing changed"
    options = parameters.section("topics")
    name = parameters.section("embeddings")["encoder"]
    with shared_out(min(workers, options["runs"]), prepare_process) as each:
        embedded = read_embedded(places.out, documents)
        texts = texts_of(embedded.passages, places.models)
        encoder = load_encoder(name, texts)
        fit = fit_topics(
            texts,
            [passage.language for passage in embedded.passages],
            [passage.document_id for passage in embedded.passages],
            embedded.matrix,
            encoder.encode,
            encoder=encoder_version(name),
            progress=lambda done, total: progress("topics", done, total),
            each=each,
            **options,
        )
    model, events = _keep(places, fit, embedded, table)
    rows = _passage_topics(model, fit, embedded)
    _replace_folder(places.topic_model, lambda folder: save_model(folder, model, fit.bertopic))
    fallbacks = _fallback_kinds(places, model, encoder)
    themes = _themes(places, model, embedded, rows, documents, fallbacks)
    for file, content in _render(themes, events, documents).items():
        write_bytes(places.out / "tables" / file, content)
    write_rows(table, rows, PassageTopic, {"fingerprint": mark})
    return "\n".join([_summary(model, rows), *(f"topics: {said}" for said in _changes(places, model, events))])


def read_embedded(out: Path, documents: list[Document]) -> Embedded:
    """Read the passages that have vectors; a document without a file of vectors is a ValueError that names it."""
    passages: list[Passage] = []
    blocks = []
    for document in sorted(documents, key=lambda document: document.id):
        path = out / "embeddings" / f"{document.id}.parquet"
        if not path.is_file():
            raise ValueError(f"{path} is not there; run `python -m pipeline embeddings` first")
        vectors = read_vectors(path)
        if not vectors.ids:
            continue
        known = {passage.id: passage for passage in read_rows(out / "passages" / path.name, Passage)}
        if unknown := [key for key in vectors.ids if key not in known]:
            raise ValueError(
                f"{path}: {len(unknown)} passages are no longer there; run `python -m pipeline embeddings`"
            )
        passages += [known[key] for key in vectors.ids]
        blocks.append(vectors.matrix)
    return Embedded(passages, np.concatenate(blocks) if blocks else np.zeros((0, 0), dtype=np.float32))


def read_topics(places: Places, documents: list[Document]) -> tuple[Embedded, list[PassageTopic]]:
    """Read the passages that have vectors, and the topic of each; topics of other passages are a ValueError."""
    table = places.out / "topics" / "passages.parquet"
    if not table.is_file():
        raise ValueError(f"{places.out}: there are no topics yet; run `python -m pipeline topics` first")
    embedded = read_embedded(places.out, documents)
    rows = read_rows(table, PassageTopic)
    if [row.passage_id for row in rows] != [passage.id for passage in embedded.passages]:
        raise ValueError(f"{table}: the vectors are of other passages; run `python -m pipeline topics` first")
    return embedded, rows


def _fingerprint(places: Places, parameters: Parameters, documents: list[Document]) -> str:
    stages = ("embeddings", "passages", "mentions")
    inputs = [
        str(read_notes(places.out / stage / f"{document.id}.parquet").get("fingerprint", ""))
        for document in documents for stage in stages
    ]  # fmt: skip
    inputs += [f"{document.id} {document.country} {document.year}" for document in documents]
    files = (places.corpus / "topic_names.csv", places.models / "theme_kinds.yaml")
    inputs += [file_hash(path) if path.is_file() else "" for path in files]
    code = code_hash(
        ("topics", "embeddings", "schemas", "storage"), ("bertopic", "scikit-learn", "spacy", "umap-learn")
    )
    return fingerprint(inputs, parameters.section("topics"), code)


def _keep(places: Places, fit: Fit, embedded: Embedded, table: Path) -> tuple[TopicModel, tuple[TopicEvent, ...]]:
    """Give the topics the numbers of the last model, where there is one."""
    last = load_model(places.topic_model)
    if last is None:
        return fit.model, ()
    before = dict(read_columns(table, "passage_id", "topic")) if table.is_file() else {}
    found = {passage.id: int(place) for passage, place in zip(embedded.passages, fit.places, strict=True)}
    return keep_numbers(fit.model, last, found, before)


def _passage_topics(model: TopicModel, fit: Fit, embedded: Embedded) -> list[PassageTopic]:
    numbers = [topic.number for topic in model.topics] + [NO_TOPIC]
    rows = zip(embedded.passages, fit.places.tolist(), fit.cosines.tolist(), fit.repeats, strict=True)
    return [
        PassageTopic(
            passage.id, passage.document_id, passage.page_number, passage.start, passage.end, passage.language,
            numbers[place], cosine, embedded.passages[repeat].id if repeat >= 0 else "",
        )
        for passage, place, cosine, repeat in rows
    ]  # fmt: skip


def _fallback_kinds(places: Places, model: TopicModel, encoder: Any) -> dict[int, str]:
    """Return for each topic the kind whose sentences in models/theme_kinds.yaml are nearest to its centre."""
    path = places.models / "theme_kinds.yaml"
    sentences = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(sentences, dict) or set(sentences) != {"instrument", "governance"}:
        raise ValueError(f"{path}: expected two lists of sentences, instrument and governance")
    if not model.topics:
        return {}
    pairs = [(kind, sentence) for kind, own in sentences.items() for sentence in own]
    anchors = model.space.centred(encoder.encode([sentence for _, sentence in pairs]), ["en"] * len(pairs))
    nearest = (model.centres @ anchors.T).argmax(axis=1)
    return {topic.number: pairs[best][0] for topic, best in zip(model.topics, nearest, strict=True)}


def _themes(
    places: Places,
    model: TopicModel,
    embedded: Embedded,
    rows: list[PassageTopic],
    documents: list[Document],
    fallbacks: dict[int, str],
) -> Themes:
    mentioned: dict[str, set[str]] = {}
    labels: dict[tuple[str, int], str] = {}
    for document in documents:
        name = f"{document.id}.parquet"
        for passage, concept in read_columns(places.out / "mentions" / name, "passage_id", "concept"):
            mentioned.setdefault(passage, set()).add(concept)
        pages = read_columns(places.out / "pages" / name, "page_number", "page_label")
        labels |= {(document.id, number): label for number, label in pages if label}
    return describe_themes(
        model.topics,
        embedded.passages,
        rows,
        documents,
        load_vocabulary(places.models).concepts,
        {passage: frozenset(found) for passage, found in mentioned.items()},
        names=read_names(places.corpus / "topic_names.csv"),
        fallback_kinds=fallbacks,
        page_labels=labels,
    )


def _render(themes: Themes, events: tuple[TopicEvent, ...], documents: list[Document]) -> dict[str, bytes]:
    from pipeline.schemas import Theme, ThemeShare, TopicConcept

    countries = sorted({share.country for share in themes.shares})
    changes = [
        (event.event, " ".join(map(str, event.before)), " ".join(map(str, event.after)), event.sentence)
        for event in events
    ]
    content = (
        rows_csv(Theme, themes.themes),
        lines_csv(*themes_matrix(themes, countries)),
        rows_csv(ThemeShare, themes.shares),
        rows_csv(TopicConcept, themes.concepts),
        lines_csv(("event", "before", "after", "sentence"), changes),
    )
    return dict(zip(TABLES, content, strict=True))


def _replace_folder(folder: Path, write: Any) -> None:
    """Write a folder under a temporary name and move it into place, so that half a model is never read."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".writing-"))
    try:
        fresh.chmod(0o755)
        write(fresh)
        for path in fresh.iterdir():
            path.chmod(0o644)
        if folder.exists():
            shutil.rmtree(folder)
        fresh.rename(folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _summary(model: TopicModel, rows: list[PassageTopic]) -> str:
    counted = [row for row in rows if not row.repeats]
    outside = sum(row.topic == NO_TOPIC for row in counted)
    return (
        f"topics: {len(model.topics)} from {len(counted)} passages by {model.method}; "
        f"{outside} passages ({outside / max(1, len(counted)):.0%}) are near none"
    )


def _changes(places: Places, model: TopicModel, events: tuple[TopicEvent, ...]) -> list[str]:
    """Return what became of topics, and which names of reviewers belong to none."""
    named = read_names(places.corpus / "topic_names.csv")
    lost = sorted(set(named) - {topic.number for topic in model.topics})
    return [
        *(event.sentence for event in events),
        *(f"topic_names.csv names topic {number} {named[number]!r}, and there is no such topic" for number in lost),
    ]
