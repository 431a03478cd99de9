"""Stage `embeddings`: the passages of each document to vectors, each text encoded once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.concepts import load_vocabulary
from pipeline.documents import read_documents
from pipeline.embeddings import (
    Encoder,
    Masks,
    choose_passages,
    compile_masks,
    depends_on_corpus,
    embed_texts,
    encoder_version,
    load_encoder,
    masked,
    text_hash,
)
from pipeline.freshness import code_hash, fingerprint
from pipeline.schemas import Passage
from pipeline.stages.mapping import Task, refresh_documents
from pipeline.stages.places import Parameters, Places, Progress, Tally, no_progress
from pipeline.storage import Vectors, read_notes, read_rows, read_vectors, remove_others, write_vectors


def refresh_embeddings(
    places: Places, parameters: Parameters, *, workers: int, progress: Progress = no_progress
) -> Tally:
    """Embed the passages of each document that changed; of those, only the texts that were not embedded before."""
    options = parameters.section("embeddings")
    name = options.pop("encoder")
    encoder = encoder_version(name)
    code = code_hash(("embeddings", "schemas", "storage"), ())
    names = json.dumps(country_names(places.models), ensure_ascii=False)
    folder = places.out / "embeddings"
    tasks = []
    for document in read_documents(places.corpus):
        passages = places.out / "passages" / f"{document.id}.parquet"
        mark = fingerprint([read_notes(passages).get("fingerprint", ""), encoder, names], options, code)
        arguments = (passages, places.models, name, encoder, options)
        tasks.append(Task(folder / f"{document.id}.parquet", mark, arguments))
    if depends_on_corpus(name):
        return _embed_as_one(tasks, folder, progress)
    return refresh_documents(
        "embeddings", tasks, _embed, _give_up, folder=folder, workers=workers, limits=parameters.limits,
        progress=progress,
    )  # fmt: skip


@cache
def country_names(models: Path) -> dict[str, list[str]]:
    """Return the names of countries of each language, from models/cues."""
    names: dict[str, list[str]] = {}
    for cue in load_vocabulary(models).cues:
        if cue.kind == "country":
            names.setdefault(cue.language, []).append(cue.phrase)
    return names


@cache
def country_masks(models: Path) -> Masks:
    """Return what finds the names of countries in the texts of each language."""
    unspaced = [language.code for language in load_vocabulary(models).languages if language.writing == "unspaced"]
    return compile_masks(country_names(models), unspaced)


def texts_of(passages: Iterable[Passage], models: Path) -> list[str]:
    """Return what is embedded of each passage: its text without the names of countries."""
    masks = country_masks(models)
    return [masked(passage.text, passage.language, masks) for passage in passages]


@cache
def _loaded(name: str) -> Encoder:
    return load_encoder(name)


def _embed(
    target: Path, mark: str, passages: Path, models: Path, name: str, encoder: str, options: dict[str, Any]
) -> None:
    chosen = choose_passages(read_rows(passages, Passage), **options)
    texts = texts_of(chosen, models)
    known = {}
    if read_notes(target).get("encoder") == encoder:
        before = read_vectors(target)
        known = dict(zip(before.keys, before.matrix, strict=True))
    matrix, _ = embed_texts(texts, _loaded(name), known)
    write_vectors(target, _vectors(chosen, texts, matrix), {"fingerprint": mark, "encoder": encoder})


def _vectors(chosen: list[Passage], texts: list[str], matrix: Any) -> Vectors:
    return Vectors(tuple(passage.id for passage in chosen), tuple(text_hash(text) for text in texts), matrix)


def _give_up(task: Task, sentence: str) -> None:
    nothing = Vectors((), (), np.zeros((0, 0), dtype=np.float32))
    write_vectors(task.target, nothing, {"fingerprint": task.fingerprint, "fault": f"not embedded: {sentence}"})


def _embed_as_one(tasks: list[Task], folder: Path, progress: Progress) -> Tally:
    """Embed all documents in this process, because one new text changes the vectors of all others."""
    removed = remove_others(folder, (task.document_id for task in tasks))
    whole = hashlib.sha256("".join(task.fingerprint for task in tasks).encode()).hexdigest()[:16]
    if not tasks:
        return Tally("embeddings", 0, 0, len(removed))
    if not removed and all(read_notes(task.target).get("fingerprint") == whole for task in tasks):
        return Tally("embeddings", 0, len(tasks), 0)
    _, models, name, encoder, options = tasks[0].arguments
    chosen = [choose_passages(read_rows(task.arguments[0], Passage), **options) for task in tasks]
    texts = [texts_of(own, models) for own in chosen]
    model = load_encoder(name, [text for own in texts for text in own])
    for done, (task, own, said) in enumerate(zip(tasks, chosen, texts, strict=True), start=1):
        matrix = model.encode(said) if own else np.zeros((0, 0), dtype=np.float32)
        write_vectors(task.target, _vectors(own, said, matrix), {"fingerprint": whole, "encoder": encoder})
        progress("embeddings", done, len(tasks))
    return Tally("embeddings", len(tasks), 0, len(removed))
