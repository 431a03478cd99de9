"""Commands that read what was built: the tables in the terminal, and their quality."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.shell import (
    PARAMS,
    PROJECT,
    AsOf,
    CorpusName,
    Out,
    Params,
    app,
    console,
    corpus_folder,
    line,
    sentences,
)

File = Annotated[Path | None, typer.Option(exists=True, dir_okay=False)]
Folder = Annotated[Path | None, typer.Option(file_okay=False)]


@app.command(epilog="Example: `python -m pipeline show FRA hydrogen --corpus sample`")
def show(
    country: Annotated[str, typer.Argument(help="A country's three-letter code; all countries without it.")] = "",
    concept: Annotated[str, typer.Argument(help="A concept's id: print its quotes.")] = "",
    corpus: CorpusName = "sample",
    out: Out = None,
    as_of: AsOf = None,
) -> None:
    """Print the comparison table, one country's row, or the quotes of one cell; with --as-of YEAR as it stood then."""
    with sentences():
        from pipeline.cli.terminal import shown_cell, shown_country, shown_table
        from pipeline.stages.places import tables_folder

        folder = (out or corpus_folder(corpus)) / tables_folder(as_of)
        if as_of is not None and not folder.is_dir():
            raise ValueError(
                f"{folder} is not there; `python -m pipeline tables {corpus_folder(corpus)} --as-of {as_of}` makes it"
            )
        if country and concept:
            console.print(shown_cell(folder, country.upper(), concept))
        elif country:
            console.print(shown_country(folder, country.upper()))
        else:
            console.print(shown_table(folder, console.width))


@app.command(epilog="Example: `python -m pipeline evaluate --passages ../shared/gold/passages.jsonl --against HEAD~1`")
def evaluate(
    passages: File = None,
    documents: File = None,
    tables: Folder = None,
    reading_order: File = None,
    corpus: Folder = None,
    gold: Annotated[
        Path | None, typer.Option(help="A folder with all three files of labels; where it is absent nothing is done.")
    ] = None,
    json: Annotated[Path | None, typer.Option(help="Write the figures here.")] = None,
    errors: Annotated[
        Path | None,
        typer.Option(
            dir_okay=False, help="Write each mistake here with its passage: Markdown, or CSV where it ends in .csv."
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(metavar="REV", help="Compare with a git revision by its own code, rules and params.yaml."),
    ] = None,
    floor: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="A file of figures (--json) that F1 may not fall below."),
    ] = None,
    tolerance: Annotated[float, typer.Option(min=0, max=1, help="By how much F1 may be below the floor.")] = 0.01,
    params: Params = PARAMS,
) -> None:
    """Score against labels: --passages, --documents with --tables, --reading-order with --corpus, alone or together.

    Of the passages also: --errors lists the mistakes, --against names what changed since a git revision, and --floor
    ends with exit code 1 where concept or targeted F1 fell too far.
    """
    if gold and not gold.is_dir():
        line(f"no labels in {gold}: nothing is scored and no file is changed")
        return
    with sentences():
        from pipeline.stages.evaluate import Labels, Requests, evaluate_labels
        from pipeline.stages.places import load_parameters

        if bool(documents) != bool(tables) and not gold:
            raise ValueError("--documents and --tables go together: the labels, and the folder of the tables to score")
        if bool(reading_order) != bool(corpus) and not gold:
            raise ValueError("--reading-order and --corpus go together: the labels, and the folder that has the files")
        labels = Labels(passages, documents, tables, reading_order, corpus)
        if gold:
            labels = Labels(
                gold / "passages.jsonl", gold / "documents.csv" if tables else None, tables,
                gold / "reading_order.jsonl" if corpus else None, corpus,
            )  # fmt: skip
        if labels == Labels():
            raise ValueError("nothing to score: give --passages, --documents with --tables, or --reading-order")
        requests = Requests(json, errors, against, floor, tolerance)
        evaluation = evaluate_labels(labels, load_parameters(params), PROJECT, requests)
        line(evaluation.report)
        if evaluation.shortfalls:
            raise ValueError(" ".join(f"{sentence}." for sentence in evaluation.shortfalls))
