"""Commands that read what was built: the tables in the terminal, and their quality."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.shell import CorpusName, Out, app, console, corpus_folder, sentences


@app.command(epilog="Example: `python -m pipeline show FRA hydrogen --corpus sample`")
def show(
    country: Annotated[str, typer.Argument(help="A country's three-letter code; all countries without it.")] = "",
    concept: Annotated[str, typer.Argument(help="A concept's id: print its quotes.")] = "",
    corpus: CorpusName = "sample",
    out: Out = None,
) -> None:
    """Print the comparison table, one country's row, or the quotes of one cell."""
    with sentences():
        from pipeline.cli.terminal import shown_cell, shown_country, shown_table

        folder = (out or corpus_folder(corpus)) / "tables"
        if country and concept:
            console.print(shown_cell(folder, country.upper(), concept))
        elif country:
            console.print(shown_country(folder, country.upper()))
        else:
            console.print(shown_table(folder))
