"""Verdicts and findings as the terminal shows them, read from tables/."""

from __future__ import annotations

import difflib
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from pipeline.cli.records import read_records

_STYLES = {"holds": "green", "holds_in_part": "yellow", "fails": "red", "undecided": "dim"}


def shown_verdicts(folder: Path) -> RenderableType:
    """Return the verdicts on all claims, with the countries for which each holds and fails."""
    parts = [Text("Claims", style="bold")]
    for row in read_records(folder / "claims.csv"):
        text = Text(f"{row['verdict'].replace('_', ' '):<14}", style=_STYLES[row["verdict"]])
        text.append(row["statement"], style="not bold default")
        text.append(f"\n{'':<14}{row['claim_id']}; {_countries(row)}", style="dim")
        parts.append(text)
    return Group(*parts, Text(f"Why: {folder / 'claims.csv'}; quotes: {folder / 'claims_evidence.csv'}"))


def _countries(row: dict[str, str]) -> str:
    named = {
        "holds for": row["holds_for"],
        "fails for": row["fails_for"],
        "undecided for": row["undecided_for"],
        "not in this corpus": row["not_in_corpus"],
    }
    return "; ".join(f"{words} {codes}" for words, codes in named.items() if codes)


def shown_claim(folder: Path, claim: str) -> RenderableType:
    """Return one claim: its verdict, why, its rule, and the quotes of the cells that it rests on."""
    rows = {row["claim_id"]: row for row in read_records(folder / "claims.csv")}
    if claim not in rows:
        alike = difflib.get_close_matches(claim, rows, n=1)
        hint = f" (did you mean {alike[0]!r}?)" if alike else ""
        raise ValueError(
            f"there is no claim {claim!r}{hint}; {folder / 'claims.csv'} lists those of models/claims.yaml"
        )
    row = rows[claim]
    verdict = Text(f"\n{row['verdict'].replace('_', ' ')}", style=_STYLES[row["verdict"]])
    parts = [Text(row["statement"], style="bold") + verdict, Text(row["explanation"]), Text(row["rule"], style="dim")]
    for cell in read_records(folder / "claims_evidence.csv"):
        if cell["claim_id"] == claim:
            head = Text(f"\n{cell['country']} {cell['concept']}: {cell['status'].replace('_', ' ')}", style="bold")
            if cell["document_id"]:
                page = f"p. {cell['page_number']}" + (f" (printed {cell['page_label']})" if cell["page_label"] else "")
                head += Text(f"\n{cell['quote']}", style="not bold")
                head += Text(f"\n{cell['document_id']}, {page}", style="not bold dim")
            parts.append(head)
    return Group(*parts)


def shown_findings(folder: Path, most: int) -> RenderableType:
    """Return the most telling findings, a paragraph each."""
    parts = [Text("\nFindings, the most telling first", style="bold")] if most else []
    for row in read_records(folder / "findings.csv")[:most]:
        text = Text(f"\n{row['rank']:>3}  {row['sentence']}")
        text.append(f"\n     {row['kind']}, score {float(row['score']):.1f}", style="dim")
        parts.append(text)
    return Group(*parts, Text(f"\nAll of them, with their cells: {folder / 'findings.csv'}; to read: findings.md"))
