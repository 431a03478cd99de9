"""Stage `pages`: the register and its files to one Parquet of pages per document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.documents import check_file, locate, read_documents
from pipeline.freshness import code_hash, file_hash, fingerprint, origin
from pipeline.pages import read_document
from pipeline.schemas import Document, Page, Reading
from pipeline.stages.mapping import Task, refresh_documents
from pipeline.stages.places import Parameters, Places, Progress, Tally, no_progress
from pipeline.storage import write_rows

_MODULES = ("pages", "documents", "schemas", "storage")
_LIBRARIES = ("lxml", "pdfplumber", "pypdfium2")


def refresh_pages(places: Places, parameters: Parameters, *, workers: int, progress: Progress = no_progress) -> Tally:
    """Read each document of the register that is new or changed; one that is not there is a status, not an error."""
    code = code_hash(_MODULES, _LIBRARIES)
    options = parameters.section("pages")
    folder = places.out / "pages"
    tasks = [_task(document, places.corpus, folder, options, code) for document in read_documents(places.corpus)]
    return refresh_documents(
        "pages", tasks, _read, _give_up, folder=folder, workers=workers, limits=parameters.limits, progress=progress
    )


def _task(document: Document, corpus: Path, folder: Path, options: dict[str, Any], code: str) -> Task:
    path = locate(document, corpus)
    found = file_hash(path) if path else "absent"
    inputs = [document.id, document.file, document.sha256, found]
    # Of corrections, only pages left out change what is read here; later stages have a corrected language or country
    # in fingerprints of their own.
    inputs += [f"without page {number}" for number in document.left_out]
    source = {"sha256": found} | origin(options, _MODULES, _LIBRARIES)
    arguments = (document, path, options, source)
    return Task(folder / f"{document.id}.parquet", fingerprint(inputs, options, code), arguments)


def _read(
    target: Path, mark: str, document: Document, path: Path | None, options: dict[str, Any], source: dict[str, Any]
) -> None:
    """Read one document in a worker process and keep its pages."""
    if path is None:
        where = document.file or "no file"
        reason = f"{where} is not in the corpus folder; `python -m pipeline fetch` brings it"
        reading = Reading(document.id, "not_fetched", reason, ())
    elif fault := check_file(document, path):
        reading = Reading(document.id, "damaged", fault, ())
    else:
        reading = _without(read_document(path, document.id, **options), document.left_out)
    _keep(target, mark, reading, source)


def _without(reading: Reading, left_out: Sequence[int]) -> Reading:
    """Return a reading whose pages ``left_out`` have that status, whatever was read of them."""
    numbers = {page.page_number for page in reading.pages}
    if missing := [number for number in left_out if number not in numbers]:
        raise ValueError(
            f"corrections.yaml leaves out page {', '.join(map(str, missing))}; the document has {len(numbers)} pages"
        )
    pages = tuple(replace(page, status="left_out") if page.page_number in left_out else page for page in reading.pages)
    return replace(reading, pages=pages)


def _give_up(task: Task, sentence: str) -> None:
    reading = Reading(task.document_id, "damaged", f"not read: {sentence}", ())
    _keep(task.target, task.fingerprint, reading, task.arguments[-1])


def _keep(target: Path, mark: str, reading: Reading, source: dict[str, Any]) -> None:
    notes = {"fingerprint": mark, "status": reading.status, "reason": reading.reason, "origin": source}
    write_rows(target, reading.pages, Page, notes)
