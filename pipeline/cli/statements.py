"""Commands on statements: verdicts on claims, findings, and the comparison with what others published."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.shell import PARAMS, CorpusFolder, Out, Params, app, console, line, sentences


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
        from pipeline.cli.verdicts import shown_claim, shown_findings, shown_verdicts
        from pipeline.stages.findings import write_findings
        from pipeline.stages.places import Places, load_parameters

        places = Places(corpus, out or corpus)
        line(write_findings(places, load_parameters(params)))
        folder = places.out / "tables"
        console.print(shown_claim(folder, claim) if claim else shown_verdicts(folder))
        if not claim:
            console.print(shown_findings(folder, most))
