"""The command that builds the table of figures."""

from __future__ import annotations

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


@app.command(epilog="Example: `python -m pipeline figures corpora/sample`")
def figures(corpus: CorpusFolder, out: Out = None, workers: Workers = CORES, params: Params = PARAMS) -> None:
    """Find the numbers that documents tie to concepts (targets, commitments, statistics), in text and in tables."""
    with sentences(), shown_progress() as progress:
        from pipeline.stages.figures import refresh_figures, write_figures
        from pipeline.stages.places import Places, load_parameters

        places = Places(corpus, out or corpus)
        say(refresh_figures(places, load_parameters(params), workers=workers, progress=progress))
        line(write_figures(places))
