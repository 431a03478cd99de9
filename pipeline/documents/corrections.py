"""Corrections of a corpus: ``corrections.yaml`` overrides what the register or a source has wrong.

The register stays as it was published. A correction says which value it replaces, why, who made it and when; where the
register has another value now, the correction's ground has moved, and that is a fault to be settled by a person::

    jpn-2018-ict-white-paper-h30:
      year: {is: 2017, expects: 2018, reason: The cover says July 2017., reviewer: AB, date: 2024-05-01}
      leave_out:
        - {pages: [3, 12-14], reason: The annex quotes another country's plan., reviewer: AB, date: 2024-05-01}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.documents.checks import RegisterError, register_faults, row_faults
from pipeline.documents.nodes import Fault, Node, mapping, read_nodes
from pipeline.schemas import Document, is_day

FIELDS = ("year", "title", "language", "country", "kind", "supersedes")
WHO = ("reason", "reviewer", "date")
LEAVE_OUT = "leave_out"
_PAGES = re.compile(r"(\d{1,5})(?:\s*-\s*(\d{1,5}))?")


def correct_documents(documents: Sequence[Document], path: Path) -> list[Document]:
    """Return a register's documents as ``corrections.yaml`` corrects them; without a file, as they are.

    ``Document.corrected`` says in words what was corrected, ``Document.left_out`` names the pages to leave out. All
    faults are raised as one RegisterError of sentences with file and line.
    """
    if not path.is_file():
        return list(documents)
    faults: list[Fault] = []
    by_id = {document.id: document for document in documents}
    lines: dict[str, int] = {}
    for name, node in mapping(read_nodes(path, faults), "the file", (), faults).items():
        lines[name] = node.line
        if name in by_id:
            by_id[name] = _correct(by_id[name], node, faults)
        else:
            faults.append((node.line, f"{name!r} is the id of no document in sources.csv; correct it or remove it"))
    rows = [(document.id, document) for document in by_id.values()]
    faults += [(lines.get(place, 1), f"{place}: {fault}") for place, fault in register_faults(rows)]
    if faults:
        raise RegisterError([f"{path}:{line}: {fault}" for line, fault in sorted(faults)])
    return list(by_id.values())


def _correct(document: Document, node: Node, faults: list[Fault]) -> Document:
    """Return one document as its entry corrects it; what is wrong with the entry goes to ``faults``."""
    entry = mapping(node, document.id, (*FIELDS, LEAVE_OUT), faults)
    row = {name: str(getattr(document, name)) for name in (*FIELDS, "id", "file", "sha256")}
    words: list[str] = []
    for name, value in entry.items():
        if name in FIELDS:
            mapping(value, name, ("is", "expects", *WHO), faults)
            faults += [(value.line, fault) for fault in _field_faults(name, value, row)]
            words.append(
                f"corrected: {name} {value.text('is') or 'none'} instead of {row[name] or 'none'}, {_who(value)}"
            )
            row[name] = value.text("is")
    left_out = _left_out(entry.get(LEAVE_OUT), words, faults)
    own = [(_line_of(fault, entry, node), fault) for fault in row_faults(row)]
    if own:
        faults += own
        return document
    return replace(
        document,
        country=row["country"],
        year=int(row["year"]),
        title=row["title"],
        language=row["language"],
        kind=row["kind"],
        supersedes=row["supersedes"],
        left_out=left_out,
        corrected="; ".join(words),
    )


def _left_out(node: Node | None, words: list[str], faults: list[Fault]) -> tuple[int, ...]:
    """Return the numbers of the pages to leave out, in order, and add who left them out and why to ``words``."""
    if node is None:
        return ()
    if not isinstance(node.value, list):
        faults.append((node.line, f"{LEAVE_OUT} must be a list of entries with pages, reason, reviewer and date"))
        return ()
    pages: set[int] = set()
    for item in node.value:
        entry = mapping(item, f"an entry of {LEAVE_OUT}", ("pages", *WHO), faults)
        listed = entry["pages"].value if "pages" in entry else []
        named = [str(part.value) for part in listed] if isinstance(listed, list) else [str(listed)]
        found = {number for part in named for number in _span(part)}
        if not found or not all(_span(part) for part in named):
            faults.append((item.line, f"pages is {', '.join(named)!r}; expected numbers of pages, as in [3, 12-14]"))
        faults += [(item.line, fault) for fault in _who_faults(item)]
        words.append(f"page{'s' if len(named) > 1 else ''} {', '.join(named)} left out, {_who(item)}")
        pages |= found
    return tuple(sorted(pages))


def _span(part: str) -> range:
    """Return the pages of "12" or "12-14"; none where a text is neither."""
    found = _PAGES.fullmatch(part.strip())
    if not found or int(found[1]) < 1:
        return range(0)
    return range(int(found[1]), int(found[2] or found[1]) + 1)


def _field_faults(name: str, node: Node, row: Mapping[str, str]) -> Iterator[str]:
    for key in ("is", "expects"):
        if not isinstance(node.value, dict) or key not in node.value:
            yield f"{name} has no {key}; write {{is: …, expects: …, reason: …, reviewer: …, date: …}}"
            return
    if node.text("expects") != row[name]:
        yield (
            f"{name} of the register is {row[name]!r}, and this correction expects {node.text('expects')!r}: its "
            "ground has moved; look at the source again and set expects, or remove the correction"
        )
    if node.text("is") == node.text("expects"):
        yield f"{name} is corrected to {node.text('is')!r}, which it is already; remove the correction"
    yield from _who_faults(node)


def _who_faults(node: Node) -> Iterator[str]:
    for name in ("reason", "reviewer"):
        if not node.text(name):
            yield f"no {name}; a correction is shown with who made it and why, so write one"
    if not is_day(node.text("date")):
        yield f"date is {node.text('date')!r}; expected the day of the correction as in 2024-05-01"


def _who(node: Node) -> str:
    return f"by {node.text('reviewer')} on {node.text('date')}: {node.text('reason')}"


def _line_of(fault: str, entry: Mapping[str, Node], node: Node) -> int:
    """Return the line of the field that a fault of the corrected row begins with."""
    field = fault.split()[0]
    return entry[field].line if field in entry else node.line
