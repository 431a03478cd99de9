"""A comparison with another table as the terminal shows it, read from tables/."""

from __future__ import annotations

from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.cli.records import read_records

_OUTCOMES = {
    "confirmed": ("confirmed", "green"),
    "mentioned_only": ("only mentioned", "yellow"),
    "not_found": ("not found", "red"),
    "not_read": ("not read", "dim"),
    "new": ("new here", "cyan"),
    "other_column": ("in another column there", "dim"),
}
_FIGURES = ("both", "only_here", "only_there", "neither", "left_out", "precision", "recall", "kappa")


def shown_comparison(folder: Path, name: str) -> RenderableType:
    """Return what of each country's row is confirmed, not found and new; the table's faults; and how far they agree."""
    parts: list[RenderableType] = [*_rows(folder / f"compare_{name}.csv")]
    faults = folder / f"compare_{name}_faults.csv"
    if faults.is_file():
        parts += [Text("\nFaults of the table itself", style="bold")]
        parts += [Text(f"{row['kind'].replace('_', ' ')}: {row['explanation']}") for row in read_records(faults)]
    parts += [_summary(folder / f"compare_{name}_summary.csv")]
    parts += [Text(f"Quotes and pages: {folder / f'compare_{name}.csv'}")]
    return Group(*parts)


def _rows(path: Path) -> list[RenderableType]:
    rows = read_records(path)
    parts: list[RenderableType] = []
    for country, column in dict.fromkeys((row["country"], row["column"]) for row in rows):
        text = Text(f"\n{country} {column}", style="bold")
        for outcome, (words, style) in _OUTCOMES.items():
            labels = [
                f"{row['label']}{_place(row)}"
                for row in rows
                if (row["country"], row["column"], row["outcome"]) == (country, column, outcome)
            ]
            if labels:
                text.append(f"\n  {words}: ", style=style).append("; ".join(labels), style="not bold default")
        parts.append(text)
    return parts


def _place(row: dict[str, str]) -> str:
    if row["outcome"] != "confirmed" or not row["document_id"]:
        return ""
    return f" ({row['document_id']}, p. {row['page_number']})"


def _summary(path: Path) -> Table:
    table = Table(title="\nAgreement, over the concepts of the register and over those that the table names")
    for name in ("universe", "scope", *_FIGURES):
        table.add_column(name, justify="left" if name in ("universe", "scope") else "right")
    for row in read_records(path):
        if row["scope"] != "country_column":
            figures = [f"{float(row[name]):.2f}" if "." in row[name] else row[name] or "–" for name in _FIGURES]
            table.add_row(row["universe"], row["country"] or row["column"] or "all", *figures)
    return table
