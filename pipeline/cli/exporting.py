"""Commands that hand the tables on: their description, and the forms of the field."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pipeline.cli.shell import PARAMS, CorpusFolder, Out, Params, app, line, sentences


class Format(StrEnum):
    """The forms in which tables are exported."""

    package = "package"
    annotations = "annotations"
    sdmx = "sdmx"
    latex = "latex"
    word = "word"
    parquet = "parquet"


@app.command(epilog="Example: `python -m pipeline package corpora/sample`")
def package(corpus: CorpusFolder, out: Out = None, params: Params = PARAMS) -> None:
    """Describe the tables in datapackage.json, and write the registers of concepts, codes and countries to join by."""
    with sentences():
        from pipeline.stages.package import write_package
        from pipeline.stages.places import Places, load_parameters

        line(write_package(Places(corpus, out or corpus), load_parameters(params)))


@app.command(epilog="Example: `python -m pipeline export corpora/sample --format latex --format word`")
def export(
    corpus: CorpusFolder,
    formats: Annotated[
        list[Format] | None, typer.Option("--format", help="Make this form only; give it again for others.")
    ] = None,
    out: Out = None,
    params: Params = PARAMS,
) -> None:
    """Write the tables into exports/ in the forms of the field; all of them unless --format names some.

    package: a Frictionless Data Package of all tables, with quotes. annotations: evidence as W3C Web Annotations.
    sdmx: cells in SDMX's names of columns, with code lists. latex, word: the comparisons to print. parquet: all tables.
    """
    with sentences():
        from pipeline.stages.export import export_corpus
        from pipeline.stages.places import Places, load_parameters

        chosen = [form.value for form in formats or Format]
        for done in export_corpus(Places(corpus, out or corpus), load_parameters(params), chosen):
            line(done)
