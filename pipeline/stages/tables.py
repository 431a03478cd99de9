"""Stage `tables`: the mentions of a corpus to the tables that people read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipeline.concepts import load_vocabulary
from pipeline.coverage import cover_document
from pipeline.documents import read_documents
from pipeline.schemas import Coverage, Decision, DecisionReview, Document, Mention, Vocabulary
from pipeline.schemas.delimited import rows_csv
from pipeline.stages.basis import describe_basis
from pipeline.stages.deciding import Compare, accepting_countries, decide_tables, list_moved, load_decisions
from pipeline.stages.places import Parameters, Places
from pipeline.storage import read_columns, read_notes, write_bytes
from pipeline.tables import Tables, compare_countries, load_layouts, opening_words, render_tables

# Tables that other stages write into the same folder.
OF_OTHER_STAGES = frozenset(
    {
        "themes.csv", "themes_matrix.csv", "theme_shares.csv", "topics.csv", "topic_changes.csv",
        "suggestions.csv", "topic_quality.json",
        "ecosystem.csv", "ecosystem_matrix.csv", "fusion.csv", "fusion_nodes.csv", "fusion_check.csv",
        "ties_evidence.csv", "figures.csv",
        "periods.csv", "timeline.csv", "editions.csv", "timeline_evidence.csv",
        "claims.csv", "claims_evidence.csv", "findings.csv", "findings.md",
        "concepts.csv", "codes.csv", "countries.csv", "datapackage.json",
        "instruments.csv", "instruments_matrix.csv", "instruments_by_concept.csv", "instruments_by_concept_matrix.csv",
        "instruments_evidence.csv",
        "changes.csv", "CHANGES.md",
        "audit.csv", "audit.json",
    }
)  # fmt: skip
OF_COMPARISONS = "compare_"  # the stage compare names its tables after what it compares with


def write_tables(places: Places, parameters: Parameters) -> str:
    """Write every table of a corpus as people decided it; return a line that says how much they rest on."""
    vocabulary = load_vocabulary(places.models)
    layouts = load_layouts(places.models / "layouts.yaml", vocabulary.concepts)
    documents = read_documents(places.corpus, until=places.as_of)
    decisions = load_decisions(places, vocabulary.concepts)
    options = parameters.section("tables")
    shown = {name: options.pop(name) for name in ("quotes_shown",) if name in options}
    context = read_context(places.out, documents, vocabulary)
    compare = make_compare(context, vocabulary, options)
    accepting = None if places.as_of is None else accepting_countries(places, documents)
    tables = decide_tables(places, documents, decisions, compare, accepting=accepting)
    folder = places.tables
    heading = "What national strategies target" + (f", as of {places.as_of}" if places.as_of else "")
    files = render_tables(
        tables, layouts, documents, heading=heading, corpus_href=_corpus_href(places, folder), **shown
    )
    moved = [] if places.as_of else list_moved(places, decisions, tables)
    if not places.as_of:
        files["decisions_review.csv"] = rows_csv(DecisionReview, moved)
        coverage = [context.coverage[document.id] for document in documents]
        files |= describe_basis(places, vocabulary, documents, coverage, context.openings, options)
    for name, content in files.items():
        write_bytes(folder / name, content)
    for path in folder.iterdir():
        if path.name not in {*files, *OF_OTHER_STAGES} and not path.name.startswith((".", OF_COMPARISONS)):
            path.unlink()
    return (
        f"tables: {len(tables.evidence)} quotes in {sum(cell.status == 'targeted' for cell in tables.cells)} targeted "
        f"and {sum(cell.status == 'mentioned' for cell in tables.cells)} mentioned cells" + _decided(decisions, moved)
    )


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of documents beside their mentions: coverage by id, page labels, headings and opening words."""

    coverage: Mapping[str, Coverage]
    labels: Mapping[tuple[str, int], str]
    sections: Mapping[str, tuple[str, ...]]
    openings: Mapping[str, str]


def read_context(out: Path, documents: list[Document], vocabulary: Vocabulary) -> Context:
    """Read what the stages before found of these documents, mentions apart."""
    coverage = cover_documents(out, documents, {language.code for language in vocabulary.languages})
    return Context(
        {row.document_id: row for row in coverage},
        read_page_labels(out, documents),
        _sections(out, documents),
        _openings(out, documents),
    )


def make_compare(context: Context, vocabulary: Vocabulary, options: Mapping[str, Any]) -> Compare:
    """Return the comparison of any of these documents by their mentions, as a function."""

    def compare(some: Sequence[Document], mentions: Iterable[Mention]) -> Tables:
        return compare_countries(
            some, [context.coverage[document.id] for document in some], mentions, vocabulary.concepts,
            page_labels=context.labels, sections=context.sections, openings=context.openings, **options,
        )  # fmt: skip

    return compare


def _decided(decisions: Sequence[Decision], moved: Sequence[DecisionReview]) -> str:
    """Say how many decisions there are, and how many of them are to be looked at again."""
    if not decisions:
        return ""
    names = ", ".join(" ".join(part for part in (row.country, row.concept, row.evidence) if part) for row in moved)
    return f"; {len(decisions)} decisions by people" + (
        f", {len(moved)} to review because the machine says something else now ({names}): tables/decisions_review.csv"
        if moved
        else ""
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
