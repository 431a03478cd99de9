"""The command that holds the tables of a corpus against its documents."""

from __future__ import annotations

import typer

from pipeline.cli.shell import (
    CORES,
    PARAMS,
    CorpusFolder,
    Out,
    Params,
    Workers,
    app,
    errors,
    line,
    sentences,
    shown_progress,
)

_SHOWN = 20


@app.command(epilog="Example: `python -m pipeline audit corpora/sample`")
def audit(corpus: CorpusFolder, out: Out = None, workers: Workers = CORES, params: Params = PARAMS) -> None:
    """Hold every table against the documents by code of its own; exit with 1 and sentences where something is wrong.

    Each document is opened again by another extractor (pdftotext where it is installed, and pdfplumber), each quote is
    looked for on its page, and cells, matrices and comparisons are counted again. tables/audit.csv has all faults.
    """
    with sentences(), shown_progress() as progress:
        from pipeline.stages.audit import write_audit
        from pipeline.stages.places import Places, load_parameters

        places = Places(corpus, out or corpus)
        found = write_audit(places, load_parameters(params), workers=workers, progress=progress)
    for fault in found.failing[:_SHOWN]:
        line(f"{fault.check}: {fault.sentence}", to=errors, style="red")
    failing, noted = len(found.failing), len(found.faults) - len(found.failing)
    more = f" ({failing - _SHOWN} more in {places.tables / 'audit.csv'})" if failing > _SHOWN else ""
    checks, rows = sum(number > 0 for number in found.looked_at.values()), sum(found.looked_at.values())
    line(
        f"audit: {checks} checks of {rows} rows, {failing} faults{more}; {found.found} of {found.quotes} quotes found "
        f"on their pages by another extractor" + (f", {noted} rows noted in audit.csv" if noted else "")
    )
    if failing:
        raise typer.Exit(1)
