"""Stage `tables`: the mentions of a corpus to the tables that people read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from pipeline.concepts import load_vocabulary
from pipeline.coverage import cover_document
from pipeline.documents import read_register
from pipeline.schemas import Coverage, Document, Mention
from pipeline.stages.places import Parameters, Places
from pipeline.storage import read_columns, read_notes, read_rows, write_bytes
from pipeline.tables import compare_countries, load_layouts, opening_words, render_tables

# Tables that the stages topics, suggest, quality, ties and figures write into the same folder.
OF_OTHER_STAGES = frozenset(
    {
        "themes.csv", "themes_matrix.csv", "theme_shares.csv", "topics.csv", "topic_changes.csv",
        "suggestions.csv", "topic_quality.json",
        "ecosystem.csv", "ecosystem_matrix.csv", "fusion.csv", "fusion_nodes.csv", "fusion_check.csv",
        "ties_evidence.csv", "figures.csv",
    }
)  # fmt: skip


def write_tables(places: Places, parameters: Parameters) -> str:
    """Write every table of a corpus; return a line that says how much they rest on."""
    vocabulary = load_vocabulary(places.models)
    layouts = load_layouts(places.models / "layouts.yaml", vocabulary.concepts)
    documents = sorted(read_register(places.register), key=lambda document: document.id)
    languages = {language.code for language in vocabulary.languages}
    coverage = cover_documents(places.out, documents, languages)
    options = parameters.section("tables")
    shown = {name: options.pop(name) for name in ("quotes_shown",) if name in options}
    tables = compare_countries(
        documents,
        coverage,
        _mentions(places.out, documents),
        vocabulary.concepts,
        page_labels=read_page_labels(places.out, documents),
        sections=_sections(places.out, documents),
        openings=_openings(places.out, documents),
        **options,
    )
    folder = places.out / "tables"
    files = render_tables(tables, layouts, documents, corpus_href=_corpus_href(places, folder), **shown)
    for name, content in files.items():
        write_bytes(folder / name, content)
    for path in folder.iterdir():
        if path.name not in files and path.name not in OF_OTHER_STAGES and not path.name.startswith("."):
            path.unlink()
    return (
        f"tables: {len(tables.evidence)} quotes in {sum(cell.status == 'targeted' for cell in tables.cells)} targeted "
        f"and {sum(cell.status == 'mentioned' for cell in tables.cells)} mentioned cells"
    )


def cover_documents(out: Path, documents: list[Document], languages: set[str]) -> list[Coverage]:
    """Return one row of coverage for each document; one that was not built yet is a ValueError that names it."""
    return [_cover(out, document, documents, languages) for document in documents]


def read_page_labels(out: Path, documents: list[Document]) -> dict[tuple[str, int], str]:
    """Return what is printed on the pages, by document and page number."""
    return {
        (document.id, number): label
        for document in documents
        for number, label in read_columns(out / "pages" / f"{document.id}.parquet", "page_number", "page_label")
        if label
    }


def _cover(out: Path, document: Document, documents: list[Document], languages: set[str]) -> Coverage:
    """Gather what each stage noted of one document; a stage that gave it up says so in the reason."""
    name = f"{document.id}.parquet"
    notes = {stage: read_notes(out / stage / name) for stage in ("pages", "passages", "mentions")}
    if not all(notes.values()):
        raise ValueError(f"{out}: {document.id} was not built yet; run pages, passages and mentions first")
    faults = [note["fault"] for note in notes.values() if note.get("fault")]
    return cover_document(
        document,
        status="damaged" if faults else notes["pages"]["status"],
        reason="; ".join(part for part in (notes["pages"]["reason"], *faults) if part),
        page_statuses=[status for (status,) in read_columns(out / "pages" / name, "status")],
        passages=[(zone, code) for zone, code in read_columns(out / "passages" / name, "zone", "language")],
        mentions=sum(zone == "body" for (zone,) in read_columns(out / "mentions" / name, "zone")),
        languages=languages,
        superseded_by=" ".join(other.id for other in documents if other.supersedes == document.id),
    )


def _mentions(out: Path, documents: list[Document]) -> Iterator[Mention]:
    for document in documents:
        yield from read_rows(out / "mentions" / f"{document.id}.parquet", Mention)


def _sections(out: Path, documents: list[Document]) -> dict[str, tuple[str, ...]]:
    return {
        passage: tuple(section)
        for document in documents
        for passage, section in read_columns(out / "passages" / f"{document.id}.parquet", "id", "section")
        if section
    }


def _openings(out: Path, documents: list[Document]) -> dict[str, str]:
    found = {
        passage: opening_words(text, kind)
        for document in documents
        for passage, text, kind in read_columns(out / "passages" / f"{document.id}.parquet", "id", "text", "kind")
    }
    return {passage: words for passage, words in found.items() if words}


def _corpus_href(places: Places, folder: Path) -> str:
    """Return the way from the tables to the files: relative inside the corpus, absolute where ``out`` is elsewhere."""
    if places.out.resolve() == places.corpus.resolve():
        return quote(Path(os.path.relpath(places.corpus, folder)).as_posix())
    return places.corpus.resolve().as_uri()
