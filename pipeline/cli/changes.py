"""The command that says what changed in the tables, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.records import read_records
from pipeline.cli.shell import PARAMS, CorpusFolder, Out, Params, app, errors, line, sentences

Since = Annotated[str, typer.Option(help="Compare with this git revision instead (a commit, branch or tag).")]


@app.command(epilog="Example: `python -m pipeline changes corpora/strategies --since v1.0`")
def changes(corpus: CorpusFolder, out: Out = None, since: Since = "", params: Params = PARAMS) -> None:
    """Hold the tables against those committed before: each cell that changed, with its cause and quote.

    Writes changes.csv and CHANGES.md into tables/. A change without a cause is a fault: it is said after both files
    are written, and the exit code is 1.
    """
    with sentences():
        from pipeline.stages.changes import write_changes
        from pipeline.stages.places import Places, load_parameters

        places = Places(corpus, out or corpus)
        told = write_changes(places, load_parameters(params), since=since)
        line(told.sentence)
        events = places.out / "tables" / "topic_changes.csv"
        for row in read_records(events) if events.is_file() else ():
            line(" ".join(("topics:", *filter(None, row.values()))))
        line(f"Each cell with its cause: {places.out / 'tables' / 'CHANGES.md'}")
    if told.fault:
        line(f"Error: {told.fault}", to=errors, style="red")
        raise typer.Exit(1)
