"""The command that says how strategies act: by which policy instruments, and at which stages of readiness."""

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


@app.command(epilog="Example: `python -m pipeline instruments corpora/sample`")
def instruments(corpus: CorpusFolder, out: Out = None, workers: Workers = CORES, params: Params = PARAMS) -> None:
    """Tag policy instruments and stages of readiness, and write which country uses which, on what, with quotes."""
    with sentences(), shown_progress() as progress:
        from pipeline.stages.instruments import refresh_instruments, write_instruments
        from pipeline.stages.places import Places, load_parameters

        places, parameters = Places(corpus, out or corpus), load_parameters(params)
        say(refresh_instruments(places, parameters, workers=workers, progress=progress))
        line(write_instruments(places, parameters))
