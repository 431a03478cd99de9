"""Footnotes: small print at the foot of a page that opens with a number or another mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.passages.headings import Style
from pipeline.passages.rows import Row
from pipeline.schemas import Page

_NOTE_MARK = re.compile(r"\A(?:\[?\d{1,3}\]?[.)]?\s*(?=[^\W_]|[\"'“‘«„(])|[*†‡¹²³⁴-⁹⁰]{1,3}\s*\w|\d{1,3}\Z|\[\^\w+\]:)")
_SMALL = 0.92


def mark_footnotes(pages: Sequence[Page], rows: Sequence[Sequence[Row]], style: Style) -> None:
    """Set the kind of rows that are footnotes: from a mark in small print in the lower part of a page on."""
    for page, page_rows in zip(pages, rows, strict=True):
        inside = False
        for row in page_rows:
            if row.zone != "body" or row.kind == "heading" or row.line.row >= 0 or row.line.bold:
                inside = inside and row.zone == "furniture"
                continue
            small = 0 < row.line.size <= style.size * _SMALL
            low = row.placed and row.line.top > page.height * 0.4
            opens = bool(_NOTE_MARK.match(row.text)) and ((low and small) or row.text.startswith("[^"))
            inside = opens or (inside and small)
            if inside:
                row.kind = "footnote"


def opens_footnote(text: str) -> bool:
    """Say whether a row of small print begins a new footnote."""
    return bool(_NOTE_MARK.match(text))
