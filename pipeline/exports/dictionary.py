"""The catalogue of tables as a page that people read: docs/tables.md."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.schemas import Column, TableEntry

_HEAD = """# Tables and their columns

Made from `models/tables.yaml` by `make golden`; mend it there. The same words are in `datapackage.json` beside the
tables.

A column that does not say what an empty field means has none. Quotes are words of the documents and stand under the
documents' licences; everything else is this project's own finding.
"""


def write_dictionary(catalogue: Sequence[TableEntry]) -> bytes:
    """Write the catalogue as Markdown: a list of the tables, then the columns of each."""
    lines = [_HEAD, "| table | one row per | what it says |", "|---|---|---|"]
    lines += [f"| [`{entry.file}`](#{_anchor(entry.file)}) | {entry.each} | {entry.says} |" for entry in catalogue]
    for entry in catalogue:
        lines += ["", f"## {entry.file}", "", _facts(entry), "", "| column | type | what it says |", "|---|---|---|"]
        lines += [_line(f"`{column.name}`", column) for column in entry.columns]
        if entry.others:
            lines.append(_line("each other column", entry.others))
    return ("\n".join(lines) + "\n").encode()


def _anchor(file: str) -> str:
    return "".join(letter for letter in file if letter.isalnum() or letter in "-_")


def _facts(entry: TableEntry) -> str:
    facts = [f"{entry.says} One row per {entry.each}."]
    if entry.key:
        names = " and ".join(f"`{name}`" for name in entry.key)
        facts.append(f"No two rows share {names}.")
    if entry.quotes:
        facts.append("Holds quotes of the documents.")
    if not entry.every_build:
        facts.append("Made on request only (`make topics`).")
    return " ".join(facts)


def _line(name: str, column: Column) -> str:
    says = [column.says]
    if column.choices:
        says.append(f"One of {', '.join(column.choices)}.")
    if column.target:
        says.append(f"Refers to `{column.target[1]}` in {column.target[0]}.")
    if column.blank:
        says.append(f"Empty where {column.blank}.")
    return f"| {name} | {column.type} | {' '.join(says).replace('|', chr(92) + '|')} |"
