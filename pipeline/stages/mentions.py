"""Stage `mentions`: the passages of each document to the concepts that they mention."""

from __future__ import annotations

import gc
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.amounts import make_find_money
from pipeline.concepts import load_vocabulary
from pipeline.documents import read_register
from pipeline.freshness import code_hash, fingerprint, folder_hash
from pipeline.mentions import Tagger, find_mentions
from pipeline.schemas import Mention, Passage
from pipeline.stages.mapping import Task, refresh_documents
from pipeline.stages.places import Parameters, Places, Progress, Tally, no_progress
from pipeline.storage import read_columns, read_notes, read_rows, write_rows

_OBJECTS_BETWEEN_COLLECTIONS = 100_000


def refresh_mentions(
    places: Places, parameters: Parameters, *, workers: int, progress: Progress = no_progress
) -> Tally:
    """Tag each document whose passages changed, and all of them when the terms, cues or words of money did."""
    load_vocabulary(places.models)  # a fault in the terms is said once, here, and not by each worker
    code = code_hash(("mentions", "amounts", "concepts", "schemas", "storage"), ("spacy",))
    rules = "".join(folder_hash(places.models, f"{folder}/*.yaml") for folder in ("concepts", "cues", "money"))
    options = parameters.section("mentions")
    folder = places.out / "mentions"
    tasks = []
    for document in read_register(places.register):
        name = f"{document.id}.parquet"
        passages = places.out / "passages" / name
        of_document = options | {"country": document.country}
        mark = fingerprint([read_notes(passages).get("fingerprint", ""), rules], of_document, code)
        arguments = (passages, places.out / "pages" / name, places.models, of_document)
        tasks.append(Task(folder / name, mark, arguments))
    return refresh_documents(
        "mentions", tasks, _tag, _give_up, folder=folder, workers=workers, limits=parameters.limits,
        progress=progress,
    )  # fmt: skip


@cache
def prepare_tagger(models: Path) -> Tagger:
    """Build the tagger once in each worker process, and keep Python from searching it for garbage again and again.

    Tagging makes many short-lived objects without cycles, so that collections find next to nothing; at Python's usual
    threshold they cost a fifth of the time.
    """
    tagger = Tagger(load_vocabulary(models), make_find_money)
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    return tagger


def _tag(target: Path, mark: str, passages: Path, pages: Path, models: Path, options: dict[str, Any]) -> None:
    rows = read_rows(passages, Passage)
    texts = dict(read_columns(pages, "page_number", "text"))
    mentions = find_mentions(rows, texts, prepare_tagger(models), **options) if rows else []
    write_rows(target, mentions, Mention, {"fingerprint": mark})


def _give_up(task: Task, sentence: str) -> None:
    write_rows(task.target, [], Mention, {"fingerprint": task.fingerprint, "fault": f"not tagged: {sentence}"})
