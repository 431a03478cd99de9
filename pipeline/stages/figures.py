"""Stage `figures`: the mentions, passages and pages of each document to the numbers that it ties to concepts."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.amounts import make_quantity_reader
from pipeline.concepts.figures import load_figure_words
from pipeline.concepts.money import load_money
from pipeline.documents import locate, read_documents
from pipeline.figures import (
    KindReader,
    Speaker,
    find_figures,
    find_table_figures,
    merge_figures,
    opening,
    parting,
    render_figures,
)
from pipeline.freshness import code_hash, fingerprint, folder_hash
from pipeline.schemas import Document, Figure, Mention, Page, Passage
from pipeline.stages.mapping import Task, refresh_documents
from pipeline.stages.places import Parameters, Places, Progress, Tally, no_progress
from pipeline.storage import read_notes, read_rows, write_bytes, write_rows

TABLE = "figures.csv"
_CODE = ("figures", "amounts", "concepts", "documents", "schemas", "storage")
_TABLES = ("most_pages", "caption")  # the options that hold for tables alone


def refresh_figures(places: Places, parameters: Parameters, *, workers: int, progress: Progress = no_progress) -> Tally:
    """Find the figures of each document whose text or mentions changed, and of all of them when the rules did."""
    load_figure_words(places.models, load_money(places.models))  # a fault is said once, here, and not by each worker
    code = code_hash(_CODE, ("pdfplumber", "pdfminer.six"))
    rules = "".join(folder_hash(places.models, f"{folder}/*.yaml") for folder in ("figures", "money"))
    options = parameters.section("figures")
    folder = places.out / "figures"
    tasks = []
    for document in read_documents(places.corpus):
        name = f"{document.id}.parquet"
        read = [places.out / stage / name for stage in ("pages", "passages", "mentions")]
        inputs = [
            *(read_notes(path).get("fingerprint", "") for path in read),
            rules,
            document.country,
            str(document.year),
        ]
        mark = fingerprint(inputs, options, code)
        arguments = (document, locate(document, places.corpus), read, places.models, options)
        tasks.append(Task(folder / name, mark, arguments))
    return refresh_documents(
        "figures", tasks, _find, _give_up, folder=folder, workers=workers, limits=parameters.limits, progress=progress
    )


def write_figures(places: Places) -> str:
    """Write the table of all figures, by document and place; return a line that says how many there are."""
    figures: list[Figure] = []
    unread = 0
    for document in read_documents(places.corpus, until=places.as_of):
        path = places.out / "figures" / f"{document.id}.parquet"
        figures += read_rows(path, Figure)
        unread += len(read_notes(path).get("unread", []))
    write_bytes(places.tables / TABLE, render_figures(figures))
    kinds = Counter(figure.kind for figure in figures)
    tables = sum(figure.source == "table" for figure in figures)
    return (
        f"figures: {kinds['target']} targets, {kinds['commitment']} commitments, {kinds['statistic']} statistics; "
        f"{tables} of them from tables" + (f"; the tables of {unread} pages could not be read" if unread else "")
    )


@cache
def make_speaker(models: Path, language: str) -> Speaker | None:
    """Prepare one language once in each worker process; None where it has no words of figures."""
    money = load_money(models)
    rules = load_figure_words(models, money)
    words = [own for own in rules.words if own.language == language]
    if not words:
        return None
    reader = make_quantity_reader(money[language], rules)
    return Speaker(
        reader.find, reader.measure, reader.years, KindReader(words[0]), parting(words[0]), opening(words[0].captions)
    )


def _find(
    target: Path,
    mark: str,
    document: Document,
    path: Path | None,
    read: list[Path],
    models: Path,
    options: dict[str, Any],
) -> None:
    mentions = read_rows(read[2], Mention)
    found: list[Figure] = []
    unread: list[int] = []
    if mentions:
        pages = {page.page_number: page for page in read_rows(read[0], Page)}
        passages = {passage.id: passage for passage in read_rows(read[1], Passage)}
        speakers = {
            language: speaker
            for language in sorted({mention.language for mention in mentions})
            if (speaker := make_speaker(models, language)) is not None
        }
        of_text = {name: value for name, value in options.items() if name not in _TABLES}
        found = find_figures(document, mentions, passages, pages, speakers, **of_text)
        if path is not None and path.suffix.lower() == ".pdf":
            tables, unread = find_table_figures(document, path, mentions, pages, speakers, **options)
            found = merge_figures(found, tables)
    write_rows(target, found, Figure, {"fingerprint": mark, "unread": unread})


def _give_up(task: Task, sentence: str) -> None:
    write_rows(task.target, [], Figure, {"fingerprint": task.fingerprint, "fault": f"no figures found: {sentence}"})
