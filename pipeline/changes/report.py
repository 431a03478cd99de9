"""Changes as files: changes.csv, and CHANGES.md for who decides whether to publish the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.changes.causes import Cause
from pipeline.schemas import CAUSES, CHANGES, Change
from pipeline.schemas.delimited import rows_csv

MARK = "Mark of these tables: "
_HEADINGS = {
    "appeared": "Appeared: found now, not before",
    "went": "Went: no longer found",
    "rose": "Rose: targeted now, only mentioned before",
    "fell": "Fell: only mentioned now, targeted before",
    "decided": "Decided: a person decided on them",
    "moved": "Moved: the same status, on other documents, levels or salience",
    "read": "Read, none found",
    "unread": "No longer read",
    "listed": "New in the register, not read",
    "delisted": "No longer in the register",
}
# Cells of these changes say nothing of a concept, so they are told by country and not one by one.
_FOLDED = ("read", "unread", "listed", "delisted")
_MOST_NAMED = 12
_SPECIAL = str.maketrans({"|": "\\|", "\n": " ", "<": "&lt;", "*": "\\*", "_": "\\_", "[": "\\[", "`": "'"})


@dataclass(frozen=True, slots=True)
class Report:
    """What is told: the changes, what else differs between the states, and what the tables were compared with.

    ``compared`` is a clause ("with commit 0123456789 of 2026-03-01"), or empty where ``nothing`` says why there was
    nothing to compare with. ``n_cells`` counts the cells of the tables as they are now.
    """

    corpus: str
    mark: str
    n_cells: int
    changes: tuple[Change, ...] = ()
    differing: tuple[Cause, ...] = ()
    compared: str = ""
    nothing: str = ""
    quoted: bool = False


def csv_of(report: Report) -> bytes:
    """Return the changes as CSV; where git keeps no quotes of the corpus, without their words."""
    return rows_csv(Change, report.changes)


def headline(report: Report) -> str:
    """Return what changed in one sentence: "12 of 2,112 cells changed, compared with …: 9 new document, 3 …"."""
    if not report.compared:
        return f"Nothing to compare these tables with: {report.nothing}."
    firsts = [change for change in report.changes if change.rank == 1]
    if not firsts:
        return f"No cell of {report.n_cells:,} changed, compared {report.compared}."
    causes = Counter(change.cause for change in firsts)
    told = ", ".join(f"{causes[cause]:,} {cause}" for cause in CAUSES if causes[cause])
    return f"{len(firsts):,} of {report.n_cells:,} cells changed, compared {report.compared}: {told}."


def markdown_of(report: Report, names: Mapping[str, str]) -> bytes:
    """Return the report for readers; ``names`` are those of countries by code."""
    lines = [f"# What changed in the tables of {report.corpus}", "", headline(report), ""]
    if report.compared:
        lines += [*_faults(report.changes), *_causes(report), *_without_effect(report)]
        if report.changes:
            lines += [_reading(report), ""]
        for change in CHANGES:
            lines += _section(change, [row for row in report.changes if row.change == change], names)
    lines += [
        "Topics decide no cell and are not in git; `topic_changes.csv` says what became of them on the machine that "
        "made them.",
        "",
        f"{MARK}`{report.mark}`",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _reading(report: Report) -> str:
    words = (
        "Quotes stand with their page of the file."
        if report.quoted
        else "A place is a page of the file; the words stay on the machine that reads the documents "
        "(`python -m pipeline show COUNTRY CONCEPT`), `changes.csv` has their offsets."
    )
    return f"Causes of a cell come in order of certainty; a later one may merely play a part. {words}"


def _faults(changes: Iterable[Change]) -> list[str]:
    without = sorted({change.cell_id for change in changes if change.cause == "no cause"})
    return [f"**{fault_sentence(without)}**", ""] if without else []


def fault_sentence(cells: Sequence[str]) -> str:
    """Say that cells changed without a cause; all of them are named."""
    return (
        f"{len(cells)} changed without a cause: {', '.join(cells)}. Nothing that these cells rest on differs, so the "
        "tables and basis.json were not made together, or a stage does not give the same twice. Build the corpus "
        "anew; if it stays, it is a fault of the program."
    )


def _causes(report: Report) -> Iterator[str]:
    """Yield a table of causes: in how many cells each is the most certain one, and in how many it plays a part."""
    first: Counter[tuple[str, str]] = Counter()
    part: Counter[tuple[str, str]] = Counter()
    for change in report.changes:
        key = (change.cause, change.explanation)
        part[key] += 1
        first[key] += change.rank == 1
    if not part:
        return
    yield from ("| cause | | cells | of these as the first cause |", "|---|---|---:|---:|")
    for kind, what in sorted(part, key=lambda key: (CAUSES.index(key[0]), -part[key], key[1])):
        yield f"| {kind} | {_cell(what)} | {part[kind, what]:,} | {first[kind, what]:,} |"
    yield ""


def _without_effect(report: Report) -> Iterator[str]:
    """Yield what differs between the states and is a cause of no change of a cell."""
    named = {(change.cause, change.explanation) for change in report.changes}
    texts = " ".join(change.explanation for change in report.changes)
    rest = [cause for cause in report.differing if (cause.kind, cause.what) not in named and cause.what not in texts]
    if not rest:
        return
    yield "Also different, without a change of a cell:"
    yield ""
    for kind in CAUSES:
        whats = [cause.what for cause in rest if cause.kind == kind]
        if whats:
            more = f"; and {len(whats) - _MOST_NAMED:,} more" if len(whats) > _MOST_NAMED else ""
            yield f"- {kind}: {_cell('; '.join(whats[:_MOST_NAMED]))}{more}"
    yield ""


def _section(change: str, rows: Sequence[Change], names: Mapping[str, str]) -> Iterator[str]:
    if not rows:
        return
    yield f"## {_HEADINGS[change]}"
    yield ""
    if change in _FOLDED:
        yield from _folded(rows, names)
    else:
        yield from ("| country | concept | before | after | why | where |", "|---|---|---|---|---|---|")
        by_cell: dict[str, list[Change]] = {}
        for row in rows:
            by_cell.setdefault(row.cell_id, []).append(row)
        for cell in sorted(by_cell.values(), key=lambda cell: (names.get(cell[0].country, ""), cell[0].label)):
            yield _line(cell, names)
    yield ""


def _folded(rows: Sequence[Change], names: Mapping[str, str]) -> Iterator[str]:
    by_country: dict[str, list[Change]] = {}
    for row in rows:
        by_country.setdefault(row.country, []).append(row)
    for country, own in sorted(by_country.items(), key=lambda item: names.get(item[0], item[0])):
        number = len({row.cell_id for row in own})
        whys = sorted({f"{row.cause}: {row.explanation}" for row in own if row.rank == 1})
        yield f"- {names.get(country, country)}: {number} concepts ({_cell('; '.join(whys[:_MOST_NAMED]))})"


def _line(rows: Sequence[Change], names: Mapping[str, str]) -> str:
    first = rows[0]
    whys = "<br>".join(_why(row) for row in rows)
    wheres = "<br>".join(dict.fromkeys(_where(row) for row in rows if row.document_id)) or "–"
    before = _status(first.status_before, first.salience_before)
    after = _status(first.status_after, first.salience_after)
    country = _cell(names.get(first.country, first.country))
    return f"| {country} | {_cell(first.label)} | {before} | {after} | {whys} | {wheres} |"


def _why(row: Change) -> str:
    through = f" (it gives {row.through} another share of the document)" if row.through else ""
    titled = row.cause in ("new document", "removed document")  # the title stands in the table of causes
    return _cell(f"{row.cause}: {row.document_id if titled else row.explanation}{through}")


def _status(status: str | None, salience: float | None) -> str:
    if not status:
        return "no such cell"
    said = {"read_none_found": "read, none found"}.get(status, status.replace("_", " "))
    return f"{said} ({salience:.2f})" if salience and status in ("targeted", "mentioned") else said


def _where(row: Change) -> str:
    """Return the document, what it made and makes of the concept, and the quote: its term, page and, if told, words."""
    levels = [level or "not mentioned" for level in (row.level_before, row.level_after)]
    said = f"{row.document_id}: " + (levels[0] if levels[0] == levels[1] else " → ".join(levels))
    if row.rule_id:
        page = f", p. {row.page_number}" if row.page_number else ""
        said += f"; {row.quote_effect}: {row.rule_id.split('/', 2)[-1]}{page}"
    return _cell(f"{said}: “{row.quote}”" if row.quote else said)


def _cell(text: str) -> str:
    """Return a text that cannot end a cell of a Markdown table or begin markup in it."""
    return text.translate(_SPECIAL)
