"""The command of time: cells by period, first appearances, and what new editions changed."""

from __future__ import annotations

from pipeline.cli.shell import PARAMS, AsOf, CorpusFolder, Out, Params, app, line, sentences


@app.command(epilog="Example: `python -m pipeline timeline corpora/sample`")
def timeline(corpus: CorpusFolder, out: Out = None, as_of: AsOf = None, params: Params = PARAMS) -> None:
    """Write cells by period, when each country first targeted what, and what new editions changed, with their pages."""
    with sentences():
        from pipeline.stages.places import Places, load_parameters
        from pipeline.stages.timeline import write_timeline

        line(write_timeline(Places(corpus, out or corpus, as_of=as_of), load_parameters(params)))
