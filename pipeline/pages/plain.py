"""Plain text: pages part at form feeds, blocks at empty lines; the text itself is kept as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.schemas import Line

_LINE = re.compile(r"[^\n\r\v\x85\u2028\u2029]+")
_HEADING = re.compile(r"(#{1,6})[ \t]+\S")
_LONGEST_HEADING = 300
HEADING_SIZES = (24.0, 18.0, 14.0, 12.0, 10.0, 8.0)
"""Sizes in points in which browsers set headings of levels 1 to 6: they tell later layers the level."""


def text_pages(text: str) -> list[tuple[str, tuple[Line, ...]]]:
    """Return the text and lines of each page; a page without letters or digits has no lines.

    Lines have offsets, blocks and roles; places and sizes are 0, except the sizes of headings marked by ``#``.
    """
    pages = text.split("\f")
    while len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    return [(page, tuple(_lines(page))) for page in pages]


def _lines(page: str) -> Iterator[Line]:
    block, end_before, heading_before = -1, None, False
    for match in _LINE.finditer(page):
        written = match.group()
        start = match.start() + len(written) - len(written.lstrip())
        end = match.start() + len(written.rstrip())
        if start >= end:
            continue
        heading = _HEADING.match(page, start, end)
        is_heading = bool(heading) and end - start <= _LONGEST_HEADING
        apart = end_before is None or _is_gap(page[end_before:start])
        if apart or is_heading or heading_before:
            block += 1
        size = HEADING_SIZES[len(heading.group(1)) - 1] if heading and is_heading else 0.0
        yield Line(start, end, 0.0, 0.0, 0.0, 0.0, size, False, block, "heading" if is_heading else "text")
        end_before, heading_before = end, is_heading


def _is_gap(between: str) -> bool:
    """Tell whether an empty line lies between two lines."""
    return len(re.findall(r"\r\n|[\n\r\v\x85\u2028\u2029]", between)) > 1
