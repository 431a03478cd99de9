"""The files of a corpus: fetched for its register, or added to it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from pipeline.documents import add_document, read_register, write_register
from pipeline.fetching import FetchOutcome, download, fetch_documents
from pipeline.pages import read_document
from pipeline.passages import detect_language
from pipeline.schemas import Document
from pipeline.stages.places import Progress, no_progress
from pipeline.storage import write_bytes

FOLDERS = ("pdf", "html", "text")
# What people write beside the register: empty until they do, and there because DVC looks for it.
WRITTEN = {
    "decisions.csv": "country,concept,verdict,reason,reviewer,date,expects,evidence\n",
    "corrections.yaml": (
        '# What the register or a document has wrong; README.md, "Correct a source", shows how to write it.\n'
    ),
}


def fetch_corpus(
    corpus: Path, *, mirror: Path | None, allow_private: bool = False, progress: Progress = no_progress
) -> list[FetchOutcome]:
    """Bring the files of a register; note in it the name and sha256 of a file that it did not know yet."""
    register = corpus / "sources.csv"
    documents = read_register(register)
    outcomes = fetch_documents(documents, corpus, mirror=mirror, allow_private=allow_private, progress=progress)
    found = {outcome.document_id: outcome for outcome in outcomes if outcome.sha256}
    updated = [_noted(document, found.get(document.id)) for document in documents]
    if updated != list(documents):
        write_register(register, updated)
    return outcomes


def _noted(document: Document, outcome: FetchOutcome | None) -> Document:
    return replace(document, file=outcome.file, sha256=outcome.sha256) if outcome else document


def add_source(corpus: Path, source: str, *, params: Path | None, language: str = "", **facts: Any) -> Document:
    """Add a file, or what an address leads to, to a corpus that is made if need be.

    ``params`` is the project's params.yaml, in which a new corpus is named so that `dvc repro` builds it.
    """
    new = not (corpus / "sources.csv").exists()
    with tempfile.TemporaryDirectory() as folder:
        remote = source.startswith(("http://", "https://"))
        file = download(source, Path(folder)) if remote else Path(source)
        document = add_document(
            corpus / "sources.csv", file, language=language or find_language, url=source if remote else "", **facts
        )
    make_folders(corpus, new=new)
    if params:
        name_corpus(params, corpus.name)
    return document


def find_language(path: Path) -> str:
    """Find the language of a file from its text; empty where it has none to read."""
    return detect_language(" ".join(page.text for page in read_document(path, path.stem).pages if page.status == "ok"))


def make_folders(corpus: Path, *, new: bool) -> None:
    """Make the folders and files that DVC looks for; a note keeps a folder in git and third parties' documents out."""
    for name in FOLDERS:
        if new or not (corpus / name).is_dir():
            write_bytes(corpus / name / ".gitignore", b"*\n!.gitignore\n")
    for name, content in WRITTEN.items():
        if not (corpus / name).exists():
            write_bytes(corpus / name, content.encode())


def name_corpus(params: Path, name: str) -> None:
    """Name a corpus in params.yaml below the others, leaving every other line and comment as it is."""
    content = yaml.safe_load(params.read_text(encoding="utf-8"))
    names: Sequence[str] = content.get("corpora") or ()
    if name in names:
        return
    lines = params.read_text(encoding="utf-8").splitlines(keepends=True)
    last = f"- {names[-1]}" if names else None
    place = next((number for number, line in enumerate(lines) if line.strip() == last), None)
    if place is None:
        raise ValueError(f"{params}: no list `corpora:` with a line each; add {name} to it by hand")
    lines.insert(place + 1, f"  - {name}\n")
    write_bytes(params, "".join(lines).encode())
