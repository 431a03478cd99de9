"""Section headings, told from running text by size, weight, numbering, capitals, shortness and place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.passages.bullets import read_mark
from pipeline.passages.rows import Row, body_size
from pipeline.passages.words import LayoutWords, heading_key

_MOST_WORDS, _MOST_CHARACTERS, _MOST_ROWS = 25, 160, 5
_DECIMAL = re.compile(r"\A(\d{1,2}(?:\.\d{1,2}){1,4})\.?\s+")
# 第1章, 一、 and （一）: chapters, sections and subsections of Chinese and Japanese documents
_WIDE_NUMBER = re.compile(r"\A(?:第[\d一-十]{1,3}[章節部編编篇]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])")
_PART_NUMBER = re.compile(r"\s+(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Z])\b")
_LETTER = re.compile(r"[^\W\d_]")
_STOP = re.compile(r"[.;,。；，、]\Z")
_INNER_STOP = re.compile(r"[^\W\d]{2,}[.!?]\s+[^\W\d_a-z]|。.")
_CAPTION_REST = re.compile(r"[\s.:\d]")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Style:
    """How a document is usually set: its body size (0 without sizes), whether bold stands out, its width in letters."""

    size: float
    bold_stands_out: bool
    width: int


def document_style(rows: Sequence[Sequence[Row]]) -> Style:
    """Measure the style of a document from its rows of body text."""
    body = [row for page_rows in rows for row in page_rows if row.zone == "body"]
    letters = sum(len(row.text) for row in body)
    bold = sum(len(row.text) for row in body if row.line.bold)
    lengths = sorted(len(row.text) for row in body if len(row.text) > 20)
    width = lengths[len(lengths) * 3 // 4] if lengths else 0
    return Style(body_size(rows), bold * 10 < letters * 4, width)


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
    """Yield runs of neighbouring rows of one block that are set alike."""
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
        and not (plain and _is_short_line(first) and not (_in_capitals(first.text) and _in_capitals(second.text)))
    )


def _is_short_line(row: Row) -> bool:
    """In text without any style, a heading is seen only as a short line between full ones."""
    return len(row.text) < 60


def _in_capitals(text: str) -> bool:
    return text.upper() == text and text.lower() != text


def _is_heading(
    run: list[Row], before: list[Row] | None, after: list[Row] | None, style: Style, words: LayoutWords
) -> bool:
    first = run[0]
    if first.line.role == "heading":
        return True
    if first.line.role in ("table_row", "list_item", "furniture") or first.line.row >= 0 or len(run) > _MOST_ROWS:
        return False
    text = " ".join(row.text for row in run)
    if len(text) > _MOST_CHARACTERS or len(text.split()) > _MOST_WORDS or not _reads_as_title(text, words):
        return False
    if first.line.size and style.size:
        return _stands_out(run, text, before, after, style, words)
    return first.zone == "body" and _is_plain_heading(run, text, before, after, style, words)


def _reads_as_title(text: str, words: LayoutWords) -> bool:
    """Say whether a text has the form of a title: letters, a capital or a number first, and no caption word."""
    letters = len(_LETTER.findall(text))
    if (letters < 3 and not (letters and text[0] > "\u2fff")) or letters * 2 < len(text.replace(" ", "")):
        return False
    mark = read_mark(text)
    if mark is not None and mark.kind not in ("number", "letter", "roman", "bracketed", "circled"):
        return False
    opening = _FIRST_WORD.match(text)
    if opening and opening[0].casefold() in words.captions and _CAPTION_REST.match(text, opening.end()):
        return heading_key(text) in words.references
    return not _INNER_STOP.search(text)


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
    small_capitals = run[0].line.bold and _in_capitals(text) and size >= style.size * 0.7
    if (size < style.size * 0.88 and not small_capitals) or lower or (stop and count > 6):
        return False
    opens = before is None or before[-1].line.block != run[0].line.block or not _open_ended(before[-1].text)
    if run[0].line.bold and style.bold_stands_out:
        return opens and count <= 20
    alone = (before is None or before[-1].line.block != run[0].line.block) and (
        after is None or after[0].line.block != run[0].line.block
    )
    capitals = _in_capitals(text) and count >= 2
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


def is_numbered(text: str, words: LayoutWords) -> bool:
    """Say whether a text begins like "3.1 ", "第1章" or "Chapter 3"."""
    if _DECIMAL.match(text) or _WIDE_NUMBER.match(text):
        return True
    opening = _FIRST_WORD.match(text)
    return bool(opening and opening[0].casefold() in words.parts and _PART_NUMBER.match(text, opening.end()))


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
    return before[-1].size == run[0].size and _open_ended(before[-1].text) and before[-1].kind != "heading"


def _open_ended(text: str) -> bool:
    return text[-1:] not in ".!?:;。！？…”’»)"


def _is_plain_heading(
    run: list[Row], text: str, before: list[Row] | None, after: list[Row] | None, style: Style, words: LayoutWords
) -> bool:
    """Judge a row of text without sizes: a short title between two full paragraphs."""
    capitals = _in_capitals(text) and len(text) > 8
    if (len(run) > 1 and not capitals) or len(text) > 110 or len(text.split()) > 14:
        return False
    if _STOP.search(text) or text[-1] in ":-–":
        return False
    if text[0].islower() or after is None or (read_mark(after[0].text) is None and len(after[0].text) < style.width * 0.6):
        return False
    ended = before is None or not _open_ended(before[-1].text) or before[-1].line.block != run[0].line.block
    ended = ended or (capitals and ((before is not None and before[-1].zone != "body") or len(run) > 1))
    alone = (before is None or before[-1].line.block != run[0].line.block) and after[0].line.block != run[0].line.block
    if is_numbered(text, words) or capitals:
        return ended
    short = len(text) < style.width * 0.7 if text[0] < "\u2fff" else len(text) <= 30
    return short and ended and (alone or not after[0].text[0].islower())


def _prominence(run: list[Row], style: Style) -> tuple[float, ...]:
    """Return a key by which headings are ranked: the largest first, then capitals, bold, and numbering by its depth."""
    text = run[0].text
    numbered = _DECIMAL.match(text)
    depth = numbered[1].count(".") + 1.0 if numbered else 1.5 if _WIDE_NUMBER.match(text) else 4.0
    if run[0].line.role == "heading" and not run[0].line.size:
        return (0.0, float(_hashes(text)), 0.0, 0.0)
    size = run[0].size if style.size else 0.0
    if not size:
        return (0.0, depth, 0.0, 0.0)
    return (-size, float(not run[0].line.bold), float(text.upper() != text), 0.0)


def _hashes(text: str) -> int:
    """Return the depth that a Markdown heading shows by its signs, 1 where it shows none."""
    return max(1, len(text) - len(text.lstrip("#")))
