"""Opens a document again, by extractors that had no part in the tables.

PDFs are read by poppler's pdftotext where it is installed, and by pdfplumber; texts and web pages by the standard
library. Whatever is read is returned as ``bare_letters``, page by page.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

import pdfplumber
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from pipeline.audit.letters import bare_letters

# What pdfplumber and pdfminer raise on files that are out of order.
BROKEN = (
    PSException, PdfminerException, MalformedPDFException, ArithmeticError, AttributeError, LookupError, RecursionError,
    TypeError, ValueError,
)  # fmt: skip
_UNSHOWN = frozenset({"script", "style", "template", "noscript", "head"})
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
_SECONDS = 60  # for one run of pdftotext, which takes a second for some hundred pages


class Reopened:
    """A document that is read again as far as it is asked for: the letters of its pages, by one extractor and another.

    pdfplumber takes a tenth to a quarter of a second for a page, so a page is read by it when it is asked for only, and
    once.
    """

    def __init__(self, path: Path) -> None:
        content = path.read_bytes()
        self.is_pdf = b"%PDF-" in content[:1024]
        self._path = path
        self._plain = [] if self.is_pdf else _plain_pages(content, path.suffix.lower())
        self._slow: dict[tuple[int, bool], str] = {}

    def close(self) -> None:
        """Let go of the file."""
        if "_sheets" in self.__dict__ and self._sheets is not None:
            self._sheets.close()

    def readings(self, number: int, *, all_ways: bool = True) -> Iterator[str]:
        """Yield what each extractor reads on a page (from 1), the quickest first; nothing where none can read it.

        Without ``all_ways`` the slowest is left out: pdfplumber's reading by line, which takes seconds for some pages.
        """
        if not self.is_pdf:
            yield from self._plain[number - 1 : number]
            return
        yield from self._quick[number - 1 : number]
        for by_line in (False, True) if all_ways else (False,):
            if (number, by_line) not in self._slow:
                self._slow[number, by_line] = self._read_slowly(number, by_line)
            yield self._slow[number, by_line]

    def has_page(self, number: int) -> bool:
        """Say whether the document has a page of this number."""
        count = len(self._plain)
        if self.is_pdf:
            count = len(self._sheets.pages) if self._sheets is not None else len(self._quick)
        return 1 <= number <= count

    @cached_property
    def _quick(self) -> list[str]:
        """The pages of a PDF as pdftotext reads them; none where it is not installed or gives the file up."""
        program = shutil.which("pdftotext")
        if program is None:
            return []
        command = [program, "-q", "-enc", "UTF-8", str(self._path), "-"]
        try:
            done = subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            return []
        pages = done.stdout.decode("utf-8", "replace").split("\f") if done.returncode == 0 else []
        return [bare_letters(page) for page in pages]

    @cached_property
    def _sheets(self) -> pdfplumber.pdf.PDF | None:
        """The PDF as pdfplumber opens it; None where it gives the file up."""
        try:
            sheets = pdfplumber.open(self._path)
            len(sheets.pages)
        except BROKEN:
            return None
        return sheets

    def _read_slowly(self, number: int, by_line: bool) -> str:
        """Return a page by pdfplumber: as the file draws its characters, or by line, without what is drawn twice."""
        if self._sheets is None or not self.has_page(number):
            return ""
        sheet = self._sheets.pages[number - 1]
        try:
            if by_line:
                return bare_letters(sheet.dedupe_chars().extract_text())
            return bare_letters("".join(char["text"] for char in sheet.chars))
        except BROKEN:
            return ""
        finally:
            if by_line:  # the last that is asked for of a page
                sheet.close()


@contextmanager
def reopened(path: Path) -> Iterator[Reopened]:
    """Open a document again, and let go of it."""
    document = Reopened(path)
    try:
        yield document
    finally:
        document.close()


def _plain_pages(content: bytes, suffix: str) -> list[str]:
    """Return the pages of a text, which part at form feeds, or the one page of a web page."""
    if suffix in (".html", ".htm", ".xhtml"):
        found = _CHARSET.search(content[:4096])
        shown = _Shown()
        shown.feed(_decoded(content, found.group(1).decode("ascii") if found else ""))
        shown.close()
        return [bare_letters("".join(shown.parts))]
    return [bare_letters(page) for page in _decoded(content, "").split("\f")]


def _decoded(content: bytes, charset: str) -> str:
    """Return bytes as text: by their mark, by the charset that they state, as UTF-8, or as Western European."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    for encoding in (charset, "utf-8-sig"):
        try:
            return content.decode(encoding or "utf-8-sig")
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("cp1252", "replace")


class _Shown(HTMLParser):
    """Gathers the text that a web page shows; scripts and styles are none of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._hidden.clear()
        elif tag in _UNSHOWN:
            self._hidden.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)
