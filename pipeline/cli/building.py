"""Commands that build: each stage alone, and all of them in one run."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pipeline.cli.reading import show
from pipeline.cli.shell import (
    CORES,
    PARAMS,
    CorpusFolder,
    Out,
    Params,
    Workers,
    app,
    line,
    say,
    sentences,
    shown_progress,
)


class Optional(StrEnum):
    """The stages that a run can leave out."""

    topics = "topics"


@app.command(epilog="Example: `python -m pipeline pages corpora/sample`")
def pages(corpus: CorpusFolder, out: Out = None, workers: Workers = CORES, params: Params = PARAMS) -> None:
    """Read the documents that are new or changed: text and lines of each page in reading order."""
    with sentences(), shown_progress() as progress:
        from pipeline.stages.pages import refresh_pages
        from pipeline.stages.places import Places, load_parameters

        say(refresh_pages(Places(corpus, out or corpus), load_parameters(params), workers=workers, progress=progress))


@app.command(epilog="Example: `python -m pipeline passages corpora/sample`")
def passages(corpus: CorpusFolder, out: Out = None, workers: Workers = CORES, params: Params = PARAMS) -> None:
    """Split pages into passages with headings, lead-ins and languages; mark what is no evidence."""
    with sentences(), shown_progress() as progress:
        from pipeline.stages.passages import refresh_passages
        from pipeline.stages.places import Places, load_parameters

        places = Places(corpus, out or corpus)
        say(refresh_passages(places, load_parameters(params), workers=workers, progress=progress))


@app.command(epilog="Example: `python -m pipeline mentions corpora/sample`")
def mentions(corpus: CorpusFolder, out: Out = None, workers: Workers = CORES, params: Params = PARAMS) -> None:
    """Tag technologies and sectors in the passages by the rules in models/."""
    with sentences(), shown_progress() as progress:
        from pipeline.stages.mentions import refresh_mentions
        from pipeline.stages.places import Places, load_parameters

        places = Places(corpus, out or corpus)
        say(refresh_mentions(places, load_parameters(params), workers=workers, progress=progress))


@app.command(epilog="Example: `python -m pipeline tables corpora/sample`")
def tables(corpus: CorpusFolder, out: Out = None, params: Params = PARAMS) -> None:
    """Write the comparison tables with their evidence and the coverage of every document."""
    with sentences():
        from pipeline.stages.places import Places, load_parameters
        from pipeline.stages.tables import write_tables

        line(write_tables(Places(corpus, out or corpus), load_parameters(params)))


@app.command(epilog="Example: `python -m pipeline run ../my-strategies --out /tmp/tables --workers 2`")
def run(
    corpus: CorpusFolder,
    out: Out = None,
    workers: Workers = CORES,
    without: Annotated[
        list[Optional] | None, typer.Option(help="Leave out a stage (topics is not built yet: nothing changes).")
    ] = None,
    params: Params = PARAMS,
) -> None:
    """Do in one process, without DVC or git, what `dvc repro` does for a folder with a sources.csv."""
    with sentences(), shown_progress() as progress:
        from pipeline.stages.places import Places, load_parameters
        from pipeline.stages.run import run_corpus

        places = Places(corpus, out or corpus)
        run_corpus(places, load_parameters(params), workers=workers, progress=progress, say=say)
    show(corpus=str(corpus), out=out)
