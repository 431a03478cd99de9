"""Section headings, told from running text by size, weight, numbering, capitals, shortness and place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.passages.bullets import read_mark
from pipeline.passages.rows import Row, body_size, is_wrapped
from pipeline.passages.titles import (
    count_hashes,
    in_capitals,
    is_numbered,
    is_open_ended,
    numbering_depth,
    reads_as_title,
)
from pipeline.passages.words import LayoutWords

_MOST_WORDS, _MOST_CHARACTERS, _MOST_ROWS = 25, 160, 5
_PRINTED_WIDTH = 100
_STOP = re.compile(r"[.;,。；，、]\Z")


@dataclass(frozen=True, slots=True)
class Style:
    """How a document is usually set: its body size (0 without sizes), whether bold stands out, its width in letters.

    ``wrapped`` says that its lines are those of a printed page and not whole paragraphs.
    """

    size: float
    bold_stands_out: bool
    width: int
    wrapped: bool


def document_style(rows: Sequence[Sequence[Row]]) -> Style:
    """Measure the style of a document from its rows of body text."""
    body = [row for page_rows in rows for row in page_rows if row.zone == "body"]
    letters = sum(len(row.text) for row in body)
    bold = sum(len(row.text) for row in body if row.line.bold)
    lengths = sorted(len(row.text) for row in body if len(row.text) > 20)
    width = lengths[len(lengths) * 3 // 4] if lengths else 0
    return Style(body_size(rows), bold * 10 < letters * 4, width, is_wrapped(rows))


def mark_headings(rows: Sequence[Sequence[Row]], words: LayoutWords) -> None:
    """Set kind and level of rows that are headings; levels are ranks of styles, 1 for the largest of the document."""
    style = document_style(rows)
    found: list[tuple[tuple[float, ...], list[Row]]] = []
    for page_rows in rows:
        body = [row for row in page_rows if row.zone in ("body", "contents")]
        runs = list(_runs(body))
        for place, run in enumerate(runs):
            before = runs[place - 1] if place else None
            after = runs[place + 1] if place + 1 < len(runs) else None
            if found and before is found[-1][1] and _goes_on_below(before, run):
                found.append((found[-1][0], run))
            elif _is_heading(run, before, after, style, words):
                found.append((_prominence(run, style), run))
    ranks = {prominence: rank for rank, prominence in enumerate(sorted({key for key, _ in found}), start=1)}
    for prominence, run in found:
        for row in run:
            row.kind, row.level = "heading", ranks[prominence]


def _runs(body: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield runs of neighbouring rows of one block that are set alike; in plain text, of titles in capitals only."""
    run: list[Row] = []
    for row in body:
        if run and not _alike(run[-1], row):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _alike(first: Row, second: Row) -> bool:
    one, two = first.line, second.line
    plain = not one.size and not second.placed
    return (
        one.block == two.block
        and first.zone == second.zone
        and one.role == two.role
        and one.row == two.row
        and one.bold == two.bold
        and abs(one.size - two.size) <= 0.6
        and not (plain and not (in_capitals(first.text) and in_capitals(second.text)))
    )


def _is_heading(
    run: list[Row], before: list[Row] | None, after: list[Row] | None, style: Style, words: LayoutWords
) -> bool:
    first = run[0]
    if first.line.role == "heading":
        return True
    if first.line.role in ("table_row", "list_item", "furniture") or first.line.row >= 0 or len(run) > _MOST_ROWS:
        return False
    text = " ".join(row.text for row in run)
    if len(text) > _MOST_CHARACTERS or len(text.split()) > _MOST_WORDS or not reads_as_title(text, words):
        return False
    if first.line.size and style.size:
        return _stands_out(run, text, before, after, style, words)
    return first.zone == "body" and _is_plain_heading(run, text, before, after, style, words)


def _stands_out(
    run: list[Row], text: str, before: list[Row] | None, after: list[Row] | None, style: Style, words: LayoutWords
) -> bool:
    """Judge a run of rows whose size and weight are known."""
    size, count = run[0].size, len(text.split())
    stop = bool(_STOP.search(text))
    if _goes_on(before, run) or (stop and text[-1] in ",;、，"):
        return False
    lower = text[0].islower() and not read_mark(text)
    if size < style.size * 1.8 and _runs_on(run, after):
        return False
    if size >= style.size * 1.12:
        return not (stop and count > 8) and not (lower and size < style.size * 1.5) and not (lower and before is None)
    small_capitals = run[0].line.bold and in_capitals(text) and size >= style.size * 0.7
    if (size < style.size * 0.88 and not small_capitals) or lower or (stop and count > 6):
        return False
    opens = before is None or before[-1].line.block != run[0].line.block or not is_open_ended(before[-1].text)
    if run[0].line.bold and style.bold_stands_out:
        return opens and count <= 20
    alone = (before is None or before[-1].line.block != run[0].line.block) and (
        after is None or after[0].line.block != run[0].line.block
    )
    capitals = in_capitals(text) and count >= 2
    if capitals and not stop and (alone or (opens and len(run) == 1)):
        return True
    return is_numbered(text, words) and alone and not stop and count <= 14


def _goes_on_below(heading: list[Row], run: list[Row]) -> bool:
    """Say whether a run is the next line of a heading that was taken for another block."""
    last, first = heading[-1], run[0]
    if not (first.placed and first.text[0].islower() and len(run) <= 2 and first.line.row < 0):
        return False
    alike = abs(last.line.size - first.line.size) <= 0.6 and last.line.bold == first.line.bold
    return alike and 0 <= first.line.top - last.line.top < 1.8 * last.line.size


def _runs_on(run: list[Row], after: list[Row] | None) -> bool:
    """Say whether a sentence that begins in bold goes on below, as where the first words of an item are bold."""
    if after is None or not after[0].text[0].islower() or run[-1].text[-1] in ".:?!":
        return False
    last, first = run[-1].line, after[0].line
    alike = abs(last.size - first.size) <= 0.6 and last.bold == first.bold
    return not alike and (first.block == last.block or 0 < first.top - last.top < 2 * last.size)


def _goes_on(before: list[Row] | None, run: list[Row]) -> bool:
    """Say whether a run is the middle of a sentence that the run before began in the same block."""
    if before is None or before[-1].line.block != run[0].line.block:
        return False
    return before[-1].size == run[0].size and is_open_ended(before[-1].text) and before[-1].kind != "heading"


def _is_plain_heading(
    run: list[Row], text: str, before: list[Row] | None, after: list[Row] | None, style: Style, words: LayoutWords
) -> bool:
    """Judge a row of text without sizes: a short title between two full paragraphs."""
    capitals = in_capitals(text) and len(text) > 8
    if (len(run) > 1 and not capitals) or len(text) > 110 or len(text.split()) > 14:
        return False
    if _STOP.search(text) or text[-1] in ":-–":
        return False
    width, numbered = min(style.width, _PRINTED_WIDTH), is_numbered(text, words)
    if text[0].islower() or after is None:
        return False
    if not numbered and read_mark(after[0].text) is None and len(after[0].text) < width * 0.6:
        return False
    ended = before is None or not style.wrapped or not is_open_ended(before[-1].text)
    ended = ended or (before is not None and before[-1].line.block != run[0].line.block)
    ended = ended or (capitals and ((before is not None and before[-1].zone != "body") or len(run) > 1))
    alone = (before is None or before[-1].line.block != run[0].line.block) and after[0].line.block != run[0].line.block
    if numbered or capitals:
        return ended and (text[0] < "\u2fff" or len(text) <= 40)
    short = len(text) < width * 0.7 if text[0] < "\u2fff" else len(text) <= 30
    return short and ended and (alone or not after[0].text[0].islower())


def _prominence(run: list[Row], style: Style) -> tuple[float, ...]:
    """Return a key by which headings are ranked: the largest first, then capitals, bold, and numbering by its depth."""
    text = run[0].text
    depth = numbering_depth(text)
    if run[0].line.role == "heading" and not run[0].line.size:
        return (0.0, float(count_hashes(text)), 0.0, 0.0)
    size = run[0].size if style.size else 0.0
    if not size:
        return (0.0, depth, 0.0, 0.0)
    return (-size, float(not run[0].line.bold), float(text.upper() != text), 0.0)
