"""HTML: blocks, headings, list items and table rows from the tags; menus and the like are furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

import lxml.etree
import lxml.html

from pipeline.pages.compose import Block, Draft
from pipeline.pages.plain import HEADING_SIZES

_DROPPED = frozenset(
    "script style noscript template svg math iframe object embed head canvas video audio map select option button "
    "input textarea datalist dialog".split()
)
_FURNITURE = frozenset("nav header footer aside".split())
_FURNITURE_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "menu"))
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul "
    "legend".split()
)
_BOLD = frozenset(("b", "strong", "th"))
_BODY_SIZE = 12.0
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)


def declared_encoding(content: bytes) -> str:
    """Return the encoding named in the page's ``meta`` tag, "" where none is."""
    match = _CHARSET.search(content[:4096])
    return match.group(1).decode("ascii", "replace") if match else ""


def web_blocks(source: str) -> list[Block]:
    """Return the blocks of lines of an HTML page in the order of its tags."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        return []
    writer = _Writer()
    writer.walk(root, _Style())
    writer.end_block()
    return writer.blocks


@dataclass(frozen=True, slots=True)
class _Style:
    """What an element hands down to the text in it."""

    role: str = "text"
    size: float = _BODY_SIZE
    bold: bool = False
    verbatim: bool = False
    main: bool = False
    row: int = -1


@dataclass(slots=True)
class _Writer:
    """Gathers text into lines and lines into blocks."""

    blocks: list[Block] = field(default_factory=list)
    block: Block = field(default_factory=list)
    parts: list[tuple[str, bool]] = field(default_factory=list)
    style: _Style = field(default_factory=_Style)
    rows: int = 0

    def walk(self, element: lxml.html.HtmlElement, style: _Style) -> None:
        """Write an element, its children, and the text between them."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _DROPPED or _is_hidden(element):
            return
        if tag == "br":
            self.end_line()
            return
        if tag == "table" and style.row < 0 and _is_table(element):
            self.table(element, style)
            return
        inner = _inherited(element, tag, style)
        apart = tag in _BLOCKS
        if apart:
            self.end_block()
        self.write(element.text, inner)
        for child in element:
            self.walk(child, inner)
            self.write(child.tail, inner)
        if apart:
            self.end_block()

    def write(self, text: str | None, style: _Style) -> None:
        """Add text to the line that is being written."""
        if not text:
            return
        self.style = style if text.strip() or not self.parts else self.style
        if style.verbatim:
            first, *others = text.splitlines() or [""]
            self.parts.append((first, style.bold))
            for line in others:
                self.end_line()
                self.parts.append((line, style.bold))
        else:
            self.parts.append((text, style.bold))

    def end_line(self) -> None:
        """Finish a line, if anything is on it."""
        text = _SPACES.sub(" ", "".join(part for part, _ in self.parts)).strip()
        if text:
            style = self.style
            letters = sum(len(part.strip()) for part, _ in self.parts)
            bold = 2 * sum(len(part.strip()) for part, is_bold in self.parts if is_bold) > letters
            self.block.append(Draft(0.0, 0.0, 0.0, 0.0, text, style.size, bold, style.role, style.row))
        self.parts.clear()

    def end_block(self) -> None:
        """Finish a block; in a table the rows stay together and only the line ends."""
        self.end_line()
        if self.block and self.style.row < 0:
            self.blocks.append(self.block)
            self.block = []

    def table(self, table: lxml.html.HtmlElement, style: _Style) -> None:
        """Write a table as one block: each cell at least one line, the lines of a row sharing its number."""
        self.end_block()
        for caption in table.findall("caption"):
            self.walk(caption, style)
        self.end_block()
        role = style.role if style.role == "furniture" else "table_row"
        for row in table.iter("tr"):
            inner = replace(style, role=role, row=self.rows, size=_BODY_SIZE)
            lines = len(self.block)
            for cell in row:
                self.walk(cell, inner)
                self.end_line()
            self.rows += len(self.block) > lines
        if self.block:
            self.blocks.append(self.block)
            self.block = []
        self.style = style


def _inherited(element: lxml.html.HtmlElement, tag: str, style: _Style) -> _Style:
    """Return the style of an element's own text."""
    main = style.main or tag in ("main", "article")
    role, size, bold = style.role, style.size, style.bold or tag in _BOLD
    if (tag in _FURNITURE and not (main and tag == "header")) or element.get("role") in _FURNITURE_ROLES:
        role = "furniture"
    elif role == "table_row":
        pass
    elif len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        size, bold = HEADING_SIZES[int(tag[1]) - 1], True
        if role != "furniture" or tag == "h1":
            role = "heading"
    elif tag == "li" and role == "text":
        role = "list_item"
    return _Style(role, size, bold, style.verbatim or tag == "pre", main, style.row)


def _is_hidden(element: lxml.html.HtmlElement) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN_STYLE.search(element.get("style") or ""))
    )


def _is_table(table: lxml.html.HtmlElement) -> bool:
    """Tell a table of rows and columns from one that only arranges the page."""
    if table.find(".//table") is not None or table.get("role") == "presentation":
        return False
    widths = [sum(cell.tag in ("td", "th") for cell in row) for row in table.iter("tr")]
    return sum(width >= 2 for width in widths) >= 2
