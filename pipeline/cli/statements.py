"""Commands on statements: verdicts on claims, findings, and the comparison with what others published."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.agreement import shown_comparison
from pipeline.cli.shell import PARAMS, PROJECT, CorpusFolder, Out, Params, app, console, line, sentences
from pipeline.cli.verdicts import shown_claim, shown_findings, shown_verdicts


@app.command(epilog="Example: `python -m pipeline findings corpora/sample --claim oil-gas-and-nuclear`")
def findings(
    corpus: CorpusFolder,
    out: Out = None,
    claim: Annotated[str, typer.Option(help="Print one claim with its quotes; its id in models/claims.yaml.")] = "",
    most: Annotated[int, typer.Option(min=0, help="Print this many findings; the table has all.")] = 20,
    params: Params = PARAMS,
) -> None:
    """Give each claim of models/claims.yaml a verdict, and write down what the cells tell by themselves."""
    with sentences():
        from pipeline.stages.findings import write_findings
        from pipeline.stages.places import Places, load_parameters

        places = Places(corpus, out or corpus)
        line(write_findings(places, load_parameters(params)))
        folder = places.out / "tables"
        console.print(shown_claim(folder, claim) if claim else shown_verdicts(folder))
        if not claim:
            console.print(shown_findings(folder, most))


@app.command(
    epilog="Example: `python -m pipeline compare corpora/sample --with models/published/andreoni-chang-2017.csv`"
)
def compare(
    corpus: CorpusFolder,
    table: Annotated[
        str,
        typer.Option("--with", help="A table as in models/published, a cells.csv, or REV:PATH of one out of git."),
    ] = "",
    since: Annotated[str, typer.Option(help="Compare with this corpus's own cells.csv at a git revision.")] = "",
    out: Out = None,
) -> None:
    """Hold the cells against a table that others published, or against an earlier release."""
    with sentences():
        from pipeline.stages.compare import read_other, read_revision, write_comparison
        from pipeline.stages.places import Places

        places = Places(corpus, out or corpus)
        if bool(table) == bool(since):
            raise ValueError("say what to compare with: either --with a table or --since a git revision")
        own = (corpus / "tables" / "cells.csv").resolve()
        if since and not own.is_relative_to(PROJECT):
            raise ValueError(f"{own} is not in the repository {PROJECT}; give the older table by --with")
        other = (
            read_revision(PROJECT, since, own.relative_to(PROJECT).as_posix()) if since else read_other(table, PROJECT)
        )
        said = write_comparison(places, other)
        console.print(shown_comparison(places.out / "tables", other.name))
        line(said)
