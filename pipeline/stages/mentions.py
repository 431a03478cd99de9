"""Stage `mentions`: the passages of each document to the concepts that they mention."""

from __future__ import annotations

import gc
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.amounts import make_find_money
from pipeline.concepts import CONCEPTS, Register, load_vocabulary
from pipeline.documents import read_documents
from pipeline.freshness import blob_ids, code_hash, fingerprint, folder_hash, origin
from pipeline.mentions import Tagger, find_mentions
from pipeline.schemas import Mention, Passage
from pipeline.stages.mapping import Task, refresh_documents
from pipeline.stages.places import Parameters, Places, Progress, Tally, no_progress
from pipeline.storage import read_columns, read_notes, read_rows, write_rows

_MODULES = ("mentions", "amounts", "concepts", "schemas", "storage")
_LIBRARIES = ("spacy",)
_OBJECTS_BETWEEN_COLLECTIONS = 100_000


def refresh_mentions(
    places: Places, parameters: Parameters, *, workers: int, progress: Progress = no_progress
) -> Tally:
    """Tag each document whose passages changed, and all of them when the terms, cues or words of money did."""
    return refresh_tags("mentions", CONCEPTS, places, parameters, workers=workers, progress=progress)


def refresh_tags(
    stage: str,
    register: Register,
    places: Places,
    parameters: Parameters,
    *,
    workers: int,
    progress: Progress = no_progress,
) -> Tally:
    """Tag each document with the concepts of a register into the folder ``stage``, by the parameters of mentions."""
    load_vocabulary(places.models, register)  # a fault in the terms is said once, here, and not by each worker
    code = code_hash(_MODULES, _LIBRARIES)
    folders = dict.fromkeys(name for name in (register.folder, register.heads, "cues", "money") if name)
    rules = "".join(folder_hash(places.models, f"{folder}/*.yaml") for folder in folders)
    options = parameters.section("mentions")
    patterns = [f"{name}/*.yaml" for name in folders if name != "money"]
    source = origin(options, _MODULES, _LIBRARIES) | {"rules": blob_ids(places.models, *patterns)}
    folder = places.out / stage
    tasks = []
    for document in read_documents(places.corpus):
        name = f"{document.id}.parquet"
        passages = places.out / "passages" / name
        of_document = options | {"country": document.country}
        mark = fingerprint([read_notes(passages).get("fingerprint", ""), rules], of_document, code)
        arguments = (passages, places.out / "pages" / name, places.models, register, of_document, source)
        tasks.append(Task(folder / name, mark, arguments))
    return refresh_documents(
        stage, tasks, _tag, _give_up, folder=folder, workers=workers, limits=parameters.limits, progress=progress
    )


@cache
def prepare_tagger(models: Path, register: Register = CONCEPTS) -> Tagger:
    """Build the tagger once in each worker process, and keep Python from searching it for garbage again and again.

    Tagging makes many short-lived objects without cycles, so that collections find next to nothing; at Python's usual
    threshold they cost a fifth of the time.
    """
    tagger = Tagger(load_vocabulary(models, register), make_find_money)
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    return tagger


def _tag(
    target: Path,
    mark: str,
    passages: Path,
    pages: Path,
    models: Path,
    register: Register,
    options: dict[str, Any],
    source: dict[str, Any],
) -> None:
    rows = read_rows(passages, Passage)
    texts = dict(read_columns(pages, "page_number", "text"))
    mentions = find_mentions(rows, texts, prepare_tagger(models, register), **options) if rows else []
    write_rows(target, mentions, Mention, {"fingerprint": mark, "origin": source})


def _give_up(task: Task, sentence: str) -> None:
    notes = {"fingerprint": task.fingerprint, "fault": f"not tagged: {sentence}", "origin": task.arguments[-1]}
    write_rows(task.target, [], Mention, notes)
