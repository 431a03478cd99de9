"""The lines of a document as the modules of this package mark them: one mutable row for each line of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.passages.cleaning import UNSEEN_CHARACTERS
from pipeline.schemas import Line, Page

_WIDEST_PRINTED = 200
_BLANK = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + UNSEEN_CHARACTERS


@dataclass(slots=True)
class Row:
    """One line of text with what has been found out about it.

    ``page`` is the place of the page in the document's sequence, ``start`` and ``end`` are offsets of its text
    without the white space around the line. ``level`` is 0, or the rank of a heading (1 is the outermost).
    """

    page: int
    start: int
    end: int
    text: str
    line: Line
    zone: str = "body"
    kind: str = "paragraph"
    level: int = 0

    @property
    def size(self) -> float:
        """The font size, to half a point, so that sizes that look equal are equal."""
        return round(self.line.size * 2) / 2

    @property
    def placed(self) -> bool:
        """Whether the line has a place on a page (plain text and HTML have none)."""
        return self.line.bottom > self.line.top


def read_rows(pages: Sequence[Page]) -> list[list[Row]]:
    """Return the rows of each page; together they hold every character of its text that is not white space.

    What stands outside the page's lines goes to the line before it; a page without lines is cut at line breaks.
    """
    return [_page_rows(place, page) for place, page in enumerate(pages)]


def _page_rows(place: int, page: Page) -> list[Row]:
    lines = sorted(page.lines, key=lambda line: (line.start, line.end)) or _plain_lines(page.text)
    starts = [0, *(line.start for line in lines[1:])]
    ends = [*starts[1:], len(page.text)]
    rows = []
    for line, start, end in zip(lines, starts, ends, strict=True):
        text = page.text[start:end]
        lead = len(text) - len(text.lstrip(_BLANK))
        text = text.strip(_BLANK)
        if text:
            rows.append(Row(place, start + lead, start + lead + len(text), text, line))
    return rows


def _plain_lines(text: str) -> list[Line]:
    lines: list[Line] = []
    start = block = 0
    for piece in text.splitlines(keepends=True):
        if piece.strip():
            lines.append(Line(start, start + len(piece), 0, 0, 0, 0, 0, False, block))
        else:
            block += 1
        start += len(piece)
    return lines or [Line(0, len(text), 0, 0, 0, 0, 0, False, 0)]


def body_size(rows: Sequence[Sequence[Row]]) -> float:
    """Return the font size in which most of a document is set, or 0 where it has none."""
    letters: Counter[float] = Counter()
    for page_rows in rows:
        for row in page_rows:
            if row.line.size > 0 and row.zone == "body":
                letters[row.size] += len(row.text)
    return max(letters, key=lambda size: (letters[size], -size)) if letters else 0.0


def is_wrapped(rows: Sequence[Sequence[Row]]) -> bool:
    """Say whether the lines of a document end where the page was full, and not where a paragraph ends.

    Lines with a place on a page do. In plain text no printed line is as wide as most lines of paragraphs are.
    """
    widths = sorted(
        sum(2 if character > "\u2e7f" else 1 for character in row.text[:1000])
        for page_rows in rows
        for row in page_rows
        if not row.placed and len(row.text) > 20
    )
    return not widths or widths[len(widths) * 3 // 4] < _WIDEST_PRINTED
