"""Commands that build: each stage alone, and all of them in one run."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pipeline.cli.reading import show
from pipeline.cli.shell import (
    CORES,
    PARAMS,
    AsOf,
    CorpusFolder,
    Out,
    Params,
    Workers,
    app,
    console,
    line,
    say,
    sentences,
    shown_progress,
)
from pipeline.cli.themes import shown_suggestions, shown_themes


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
def tables(corpus: CorpusFolder, out: Out = None, as_of: AsOf = None, params: Params = PARAMS) -> None:
    """Write the comparison tables with their evidence and the coverage of every document.

    With --as-of YEAR they go to tables-as-of-YEAR/, and what superseded what is judged among documents up to that year.
    """
    with sentences():
        from pipeline.stages.places import Places, load_parameters
        from pipeline.stages.tables import write_tables

        line(write_tables(Places(corpus, out or corpus, as_of=as_of), load_parameters(params)))


@app.command(epilog="Example: `python -m pipeline ties corpora/sample`")
def ties(corpus: CorpusFolder, out: Out = None, as_of: AsOf = None, params: Params = PARAMS) -> None:
    """Write which technologies are tied to which sectors and to each other, by country and period, with quotes."""
    with sentences():
        from pipeline.stages.places import Places, load_parameters
        from pipeline.stages.ties import write_ties

        line(write_ties(Places(corpus, out or corpus, as_of=as_of), load_parameters(params)))


@app.command(epilog="Example: `python -m pipeline embeddings corpora/sample`")
def embeddings(corpus: CorpusFolder, out: Out = None, workers: Workers = CORES, params: Params = PARAMS) -> None:
    """Turn passages into vectors by the encoder of params.yaml; a text that has one is not encoded again."""
    with sentences(), shown_progress() as progress:
        from pipeline.stages.embeddings import refresh_embeddings
        from pipeline.stages.places import Places, load_parameters

        places = Places(corpus, out or corpus)
        say(refresh_embeddings(places, load_parameters(params), workers=workers, progress=progress))


@app.command(epilog="Example: `python -m pipeline topics corpora/sample`")
def topics(corpus: CorpusFolder, out: Out = None, workers: Workers = CORES, params: Params = PARAMS) -> None:
    """Find the topics of the passages with BERTopic, and write themes by country; topics keep their numbers."""
    with sentences(), shown_progress() as progress:
        from pipeline.stages.places import Places, load_parameters
        from pipeline.stages.topics import write_topics

        places = Places(corpus, out or corpus)
        line(write_topics(places, load_parameters(params), workers=workers, progress=progress))
        console.print(shown_themes(places.out / "tables"))


@app.command(epilog="Example: `python -m pipeline suggest corpora/strategies --most 30`")
def suggest(
    corpus: CorpusFolder,
    out: Out = None,
    most: Annotated[int, typer.Option(min=1, help="Print this many of the best; the table has all.")] = 30,
    params: Params = PARAMS,
) -> None:
    """Suggest terms and concepts that the register may lack; those decided on do not come back.

    All of them stand in tables/suggestions.csv with two quotes each. What is accepted or rejected in
    suggestions_decided.csv, beside sources.csv, is not suggested again.
    """
    with sentences():
        from pipeline.stages.places import Places, load_parameters
        from pipeline.stages.suggest import write_suggestions

        places = Places(corpus, out or corpus)
        line(write_suggestions(places, load_parameters(params)))
        console.print(shown_suggestions(places.out / "tables", most))


@app.command(epilog="Example: `python -m pipeline quality corpora/sample`")
def quality(corpus: CorpusFolder, out: Out = None, workers: Workers = CORES, params: Params = PARAMS) -> None:
    """Measure the topics: coherence, diversity, outliers, and whether they stay with other seeds and another order."""
    with sentences(), shown_progress() as progress:
        from pipeline.stages.places import Places, load_parameters
        from pipeline.stages.quality import measure_quality

        places = Places(corpus, out or corpus)
        found = measure_quality(places, load_parameters(params), workers=workers, progress=progress)
        for name, figure in found.items():
            line(f"{name}: {figure}")


@app.command(epilog="Example: `python -m pipeline run ../my-strategies --out /tmp/tables --workers 2`")
def run(
    corpus: CorpusFolder,
    out: Out = None,
    workers: Workers = CORES,
    without: Annotated[
        list[Optional] | None, typer.Option(help="Leave out topics and what goes with them (themes, suggestions).")
    ] = None,
    as_of: AsOf = None,
    params: Params = PARAMS,
) -> None:
    """Do in one process, without DVC or git, what `dvc repro` does for a folder with a sources.csv.

    With --as-of YEAR the tables go to tables-as-of-YEAR/ and no topics are found.
    """
    with sentences(), shown_progress() as progress:
        from pipeline.stages.places import Places, load_parameters
        from pipeline.stages.run import run_corpus

        places = Places(corpus, out or corpus, as_of=as_of)
        topics = as_of is None and Optional.topics not in (without or ())
        run_corpus(places, load_parameters(params), workers=workers, progress=progress, say=say, topics=topics)
    show(corpus=str(corpus), out=out, as_of=as_of)
