"""Rows of text: documents, their pages and lines, and the passages that are read as a unit."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from pipeline.schemas.words import (
    DOCUMENT_KINDS,
    DOCUMENT_STATUSES,
    LINE_ROLES,
    PAGE_STATUSES,
    PASSAGE_KINDS,
    ZONES,
    check_choice,
    check_span,
)


@dataclass(frozen=True, slots=True)
class Document:
    """One line of a corpus register (``sources.csv``).

    ``file`` is relative to the corpus folder and empty where no file is known; ``sha256`` is empty where it was
    never recorded; ``supersedes`` names the id of the document that this one replaces. ``extra`` keeps the
    register's further columns as (name, value) pairs. ``left_out`` are the pages that corrections.yaml leaves out, and
    ``corrected`` says in words what it corrects; no register has them as columns.
    """

    id: str
    country: str
    year: int
    title: str
    issuer: str
    language: str
    kind: str
    file: str
    url: str
    sha256: str
    licence: str
    supersedes: str
    notes: str
    extra: tuple[tuple[str, str], ...] = ()
    left_out: tuple[int, ...] = ()
    corrected: str = ""

    def __post_init__(self) -> None:
        check_choice(self, "kind", DOCUMENT_KINDS)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: its characters ``Page.text[start:end]`` and where they stand.

    ``size`` is the font size in points (0 where the source has none), ``block`` numbers the blocks of the page in
    reading order, ``row`` numbers the rows of the page's ruled tables (-1 outside tables; lines of one row share it
    and stand together in the text). ``alone`` is false where other text stands beside the line, as in columns and
    in the cells of a table: what follows it in reading order is then not what follows it for every reader.
    """

    start: int
    end: int
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    block: int
    role: str = "text"
    row: int = -1
    alone: bool = True

    def __post_init__(self) -> None:
        check_span(self, self.start, self.end)
        check_choice(self, "role", LINE_ROLES)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document: its raw text in reading order and the lines that make it up.

    Lines of one block are joined by a line break, blocks by an empty line. A page that is ``garbled``, ``no_text``,
    ``empty`` or ``left_out`` (by a person, in corrections.yaml) keeps what was extracted, but nothing after extraction
    reads it.
    """

    document_id: str
    page_number: int
    page_label: str
    status: str
    text: str
    width: float
    height: float
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        check_choice(self, "status", PAGE_STATUSES)
        if self.page_number < 1:
            raise ValueError(f"Page.page_number is {self.page_number}; pages count from 1")


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one document gave: its status, a sentence that explains it, and its pages in order."""

    document_id: str
    status: str
    reason: str
    pages: tuple[Page, ...]

    def __post_init__(self) -> None:
        check_choice(self, "status", DOCUMENT_STATUSES)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one page that is read as a unit.

    ``text`` is cleaned (line breaks and runs of space become one space, hyphens at line ends are joined);
    ``alignment`` leads back: pairs (index in ``text``, index in ``Page.text``), ascending, each holding until the
    next. ``section`` lists the headings above the passage from the outermost, ``lead_in`` is the sentence that
    introduces a list item, or the header of a table row. ``breaks`` are the offsets of ``Page.text`` at which lines end
    that have other text beside them. Only passages of the zone ``body`` are evidence.
    """

    id: str
    document_id: str
    page_number: int
    start: int
    end: int
    text: str
    alignment: tuple[tuple[int, int], ...]
    kind: str
    zone: str
    section: tuple[str, ...]
    lead_in: str
    language: str
    breaks: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        check_span(self, self.start, self.end)
        check_choice(self, "kind", PASSAGE_KINDS)
        check_choice(self, "zone", ZONES)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Turn the half-open span ``start:end`` of ``text`` into offsets of ``Page.text``."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span {start}:{end} is outside passage {self.id} of {len(self.text)} characters")
        return self._raw_index(start), self._raw_index(end - 1) + 1

    def index_of(self, raw: int) -> int:
        """Return the index in ``text`` of the first character that stands at the page's offset ``raw`` or after it."""
        return bisect_left(range(len(self.text)), raw, key=self._raw_index)

    def _raw_index(self, index: int) -> int:
        place = bisect_right(self.alignment, (index, float("inf"))) - 1
        clean, raw = self.alignment[place]
        return raw + index - clean
