"""Themes and suggestions as the terminal shows them, read from tables/: a paragraph each, which any width can hold."""

from __future__ import annotations

from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from pipeline.cli.records import read_records


def shown_themes(folder: Path) -> RenderableType:
    """Return the themes of a corpus, the largest first: kind, size, concepts, and the countries that lead in each."""
    parts = [Text("What the strategies talk about", style="bold")]
    for row in read_records(folder / "themes.csv"):
        text = Text(f"\n{row['topic']:>3}  {row['name']}", style="bold")
        text.append(
            f"\n     {row['kind']}, {float(row['share']):.1%} of passages, "
            f"{row['n_documents']} documents of {row['n_countries']} countries, {row['first_year']}–{row['last_year']}",
            style="not bold dim",
        )
        for name in ("concepts", "leads"):
            if row[name]:
                text.append(f"\n     {name}: {row[name]}", style="not bold")
        parts.append(text)
    return Group(*parts, Text(f"\nWords, quotes and shares by country: {folder / 'themes.csv'}"))


def shown_suggestions(folder: Path, most: int) -> RenderableType:
    """Return the best suggestions, each with what it may be, where it stands and its first quote."""
    rows = read_records(folder / "suggestions.csv")[:most]
    if not rows:
        return Text("Nothing to suggest: every phrase that reads like a term is known or was decided on.")
    parts = [Text("What the register may lack, the best first", style="bold")]
    for row in rows:
        what = f"a term of {row['concept']}?" if row["concept"] else "a concept?"
        text = Text(f"\n{row['rank']:>3}  {row['phrase']}", style="bold")
        text.append(
            f"  {what} ({row['language']}; {row['n_passages']} passages, {row['n_documents']} documents, "
            f"{row['countries']})",
            style="not bold",
        )
        text.append(f"\n     {row['quote_1']}", style="not bold dim")
        parts.append(text)
    return Group(*parts, Text(f"\nAll of them, with reasons and second quotes: {folder / 'suggestions.csv'}"))
