"""Stage `passages`: the pages of each document to its passages."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pipeline.documents import read_documents
from pipeline.freshness import blob_ids, code_hash, fingerprint, folder_hash, origin
from pipeline.passages import LayoutWords, load_layout_words, split_passages
from pipeline.schemas import Page, Passage
from pipeline.stages.mapping import Task, refresh_documents
from pipeline.stages.places import Parameters, Places, Progress, Tally, no_progress
from pipeline.storage import read_notes, read_rows, write_rows

_MODULES = ("passages", "schemas", "storage")
_LIBRARIES = ("lingua-language-detector",)


def refresh_passages(
    places: Places, parameters: Parameters, *, workers: int, progress: Progress = no_progress
) -> Tally:
    """Split each document whose pages changed."""
    code = code_hash(_MODULES, _LIBRARIES)
    options = parameters.section("passages") | {"languages": languages_with_terms(places.models)}
    words = folder_hash(places.models, "layout_words.yaml")
    source = origin(options, _MODULES, _LIBRARIES) | {"rules": blob_ids(places.models, "layout_words.yaml")}
    folder = places.out / "passages"
    tasks = []
    for document in read_documents(places.corpus):
        pages = places.out / "pages" / f"{document.id}.parquet"
        inputs = [read_notes(pages).get("fingerprint", ""), document.language, words]
        mark = fingerprint(inputs, options, code)
        arguments = (pages, document.language, places.models / "layout_words.yaml", options, source)
        tasks.append(Task(folder / pages.name, mark, arguments))
    return refresh_documents(
        "passages", tasks, _split, _give_up, folder=folder, workers=workers, limits=parameters.limits,
        progress=progress,
    )  # fmt: skip


def languages_with_terms(models: Path) -> list[str]:
    """List the languages that have a file of terms, by code."""
    return sorted(path.name.split(".")[1] for path in (models / "concepts").glob("terms.*.yaml"))


@cache
def _layout_words(path: Path) -> LayoutWords:
    """Read the words of contents pages and the like once in each worker process."""
    return load_layout_words(path)


def _split(
    target: Path,
    mark: str,
    pages_file: Path,
    document_language: str,
    layout_words: Path,
    options: dict[str, Any],
    source: dict[str, Any],
) -> None:
    pages = read_rows(pages_file, Page)
    words = _layout_words(layout_words)
    passages = split_passages(pages, document_language=document_language, layout_words=words, **options)
    write_rows(target, passages, Passage, {"fingerprint": mark, "origin": source})


def _give_up(task: Task, sentence: str) -> None:
    notes = {"fingerprint": task.fingerprint, "fault": f"not split: {sentence}", "origin": task.arguments[-1]}
    write_rows(task.target, [], Passage, notes)
