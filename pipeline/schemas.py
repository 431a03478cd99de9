"""The rows that the layers hand to each other: frozen dataclasses that check themselves.

Conventions that hold everywhere:

- ``page_number`` is 1-based and counts the pages of the file; ``page_label`` is what is printed on the page.
- ``start`` and ``end`` are half-open character offsets into ``Page.text``, which is never edited after extraction.
- Lengths are PDF points with the origin at the top left of the page as it is displayed.
- Languages are BCP 47 codes ("en", "ja"); countries are ISO 3166-1 alpha-3, with EUU for the European Union.

This module imports the standard library only.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, fields

DOCUMENT_KINDS = ("industrial-strategy", "technology-strategy", "sector-strategy", "other")
DOCUMENT_STATUSES = (
    "read",
    "partly_read",
    "not_fetched",
    "encrypted",
    "damaged",
    "not_a_document",
    "unsupported_language",
)
PAGE_STATUSES = ("ok", "empty", "no_text", "garbled")
LINE_ROLES = ("text", "heading", "list_item", "table_row", "furniture")
PASSAGE_KINDS = ("heading", "paragraph", "list_item", "table_row", "footnote")
ZONES = ("body", "furniture", "contents", "references", "imprint")
LEVELS = ("targeted", "mentioned")
DOCUMENT_LEVELS = ("core", "supported", "mentioned")
CELL_STATUSES = ("targeted", "mentioned", "read_none_found", "not_read")
CONCEPT_KINDS = ("technology", "sector")


def content_id(*parts: object) -> str:
    """Return a 12-digit hexadecimal id that depends on the parts alone, so that it is the same on any machine."""
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _check_choice(row: object, name: str, allowed: tuple[str, ...]) -> None:
    value = getattr(row, name)
    if value not in allowed:
        raise ValueError(f"{type(row).__name__}.{name} is {value!r}; expected one of {', '.join(allowed)}")


def _check_span(row: object, start: int, end: int) -> None:
    if not 0 <= start <= end:
        raise ValueError(f"{type(row).__name__} has offsets {start}:{end}; expected 0 <= start <= end")


@dataclass(frozen=True, slots=True)
class Document:
    """One line of a corpus register (``sources.csv``).

    ``file`` is relative to the corpus folder and empty where no file is known; ``sha256`` is empty where it was
    never recorded; ``supersedes`` names the id of the document that this one replaces. ``extra`` keeps the
    register's further columns as (name, value) pairs.
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

    def __post_init__(self) -> None:
        _check_choice(self, "kind", DOCUMENT_KINDS)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: its characters ``Page.text[start:end]`` and where they stand.

    ``size`` is the font size in points (0 where the source has none), ``block`` numbers the blocks of the page in
    reading order, ``row`` numbers the rows of the page's ruled tables (-1 outside tables; lines of one row share it
    and stand together in the text).
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

    def __post_init__(self) -> None:
        _check_span(self, self.start, self.end)
        _check_choice(self, "role", LINE_ROLES)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document: its raw text in reading order and the lines that make it up.

    Lines of one block are joined by a line break, blocks by an empty line. A page that is ``garbled``, ``no_text``
    or ``empty`` keeps what was extracted, but nothing after extraction reads it.
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
        _check_choice(self, "status", PAGE_STATUSES)
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
        _check_choice(self, "status", DOCUMENT_STATUSES)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one page that is read as a unit.

    ``text`` is cleaned (line breaks and runs of space become one space, hyphens at line ends are joined);
    ``alignment`` leads back: pairs (index in ``text``, index in ``Page.text``), ascending, each holding until the
    next. ``section`` lists the headings above the passage from the outermost, ``lead_in`` is the sentence that
    introduces a list item, or the header of a table row. Only passages of the zone ``body`` are evidence.
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

    def __post_init__(self) -> None:
        _check_span(self, self.start, self.end)
        _check_choice(self, "kind", PASSAGE_KINDS)
        _check_choice(self, "zone", ZONES)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Turn the half-open span ``start:end`` of ``text`` into offsets of ``Page.text``."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span {start}:{end} is outside passage {self.id} of {len(self.text)} characters")
        return self._raw_index(start), self._raw_index(end - 1) + 1

    def _raw_index(self, index: int) -> int:
        place = bisect_right(self.alignment, (index, float("inf"))) - 1
        clean, raw = self.alignment[place]
        return raw + index - clean


@dataclass(frozen=True, slots=True)
class Concept:
    """One line of the concept register: a technology or a sector that the tables speak of."""

    id: str
    label: str
    kind: str
    columns: tuple[str, ...]
    family: str
    scope: str
    codes: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        _check_choice(self, "kind", CONCEPT_KINDS)


@dataclass(frozen=True, slots=True)
class Term:
    """One phrase of one language that stands for a concept, or (``never``) that must not be taken for it.

    ``rule_id`` names the phrase in evidence; ``also`` keeps concepts whose terms lie inside this phrase and are
    meant as well ("bio-based chemicals" is plant-based-chemistry and also chemicals).
    """

    concept: str
    language: str
    phrase: str
    rule_id: str
    never: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Language:
    """How words of one language are compared: the head of its file of terms.

    ``writing`` is "spaced", or "unspaced" where terms are matched on characters (Japanese, Chinese). ``compounds``
    allows a term to be part of a longer word (German, Dutch). ``elisions`` are words cut before an apostrophe.
    ``inflections`` are (ending, replacement, letters that must remain) triples, the longest ending first.
    """

    code: str
    name: str
    writing: str = "spaced"
    compounds: bool = False
    elisions: tuple[str, ...] = ()
    inflections: tuple[tuple[str, str, int], ...] = ()

    def alike(self, word: str) -> str:
        """Return ``word`` in small letters with its ending made alike, so that inflected forms compare equal."""
        small = word.lower()
        for ending, becomes, keep in self.inflections:
            if small.endswith(ending) and len(small) - len(ending) >= keep:
                return small[: len(small) - len(ending)] + becomes
        return small


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that shows commitment (priority, action, funding, regulation) or takes it away (``counters``)."""

    language: str
    kind: str
    phrase: str
    counters: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The register of concepts with the terms and cues of every language: what ``models/`` holds."""

    concepts: tuple[Concept, ...]
    languages: tuple[Language, ...]
    terms: tuple[Term, ...]
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept found in a passage.

    ``start`` and ``end`` delimit the quote (the sentence or list item around the words), ``term_start`` and
    ``term_end`` the words themselves, all as offsets of ``Page.text``. ``prefix`` and ``suffix`` are the text before
    and after the quote, as in a W3C TextQuoteSelector. ``cues`` names the commitment cues that decided ``level``.
    """

    id: str
    passage_id: str
    document_id: str
    page_number: int
    start: int
    end: int
    term_start: int
    term_end: int
    concept: str
    rule_id: str
    term: str
    quote: str
    prefix: str
    suffix: str
    kind: str
    level: str
    cues: tuple[str, ...]
    language: str

    def __post_init__(self) -> None:
        _check_span(self, self.start, self.end)
        _check_span(self, self.term_start, self.term_end)
        _check_choice(self, "level", LEVELS)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read of one document, and what was not: one line of ``coverage.csv``."""

    document_id: str
    country: str
    year: int
    title: str
    language: str
    kind: str
    status: str
    reason: str
    superseded_by: str
    pages: int
    pages_read: int
    pages_empty: int
    pages_no_text: int
    pages_garbled: int
    passages: int
    passages_counted: int
    passages_unsupported: int
    languages: str
    mentions: int

    def __post_init__(self) -> None:
        _check_choice(self, "status", DOCUMENT_STATUSES)


@dataclass(frozen=True, slots=True)
class DocumentConcept:
    """What one document says of one concept: one line of ``documents.csv``."""

    document_id: str
    concept: str
    level: str
    salience: float
    n_passages: int
    reasons: str

    def __post_init__(self) -> None:
        _check_choice(self, "level", DOCUMENT_LEVELS)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one country's documents say of one concept: one line of ``cells.csv``.

    ``column`` lists the concept's columns joined by "|". Years are those of the documents with evidence; empty
    (None) where there is none. ``reasons`` says in words why the cell has its status.
    """

    cell_id: str
    country: str
    concept: str
    label: str
    column: str
    status: str
    salience: float
    n_documents: int
    n_passages: int
    first_year: int | None
    last_year: int | None
    reasons: str

    def __post_init__(self) -> None:
        _check_choice(self, "status", CELL_STATUSES)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One quote that justifies one cell: one line of ``evidence.csv``, best evidence first (``rank`` 1)."""

    cell_id: str
    rank: int
    document_id: str
    page_number: int
    page_label: str
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    kind: str
    level: str
    rule_id: str
    language: str
    term: str
    section: str
    cues: str


def column_names(row_type: type) -> list[str]:
    """Return the names of a row type's columns, in the order in which tables have them."""
    return [field.name for field in fields(row_type)]
