"""The tables as one self-contained web page, in which every label opens to quotes with links to their pages.

The page needs no server, no script and no network. Everything in it that comes from documents or registers passes
the template's automatic escaping; a link leads into the corpus folder or, where no file is known, to an http address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.schemas import Cell, Coverage, Document, Evidence
from pipeline.schemas.delimited import encode
from pipeline.tables.compare import Tables
from pipeline.tables.comparison import DECIDED, NONE_FOUND, NOT_READ, Comparison, marked_label
from pipeline.tables.countries import country_name
from pipeline.tables.standing import INFORMING_KIND

_TEMPLATE = "webpage.html.j2"
_LONG_COLUMN = 9  # labels; a longer column is shown in two
_LONGEST_QUOTE = 700  # characters; longer quotes are cut around the term, the whole stands in evidence.csv


@dataclass(frozen=True, slots=True)
class Quote:
    """One quote as the page shows it: pieces of text with whether each is the term, and where it stands."""

    pieces: tuple[tuple[str, bool], ...]
    level: str
    language: str
    section: str
    title: str
    year: str
    page: str
    href: str


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One document of the coverage section: its row, its country's name, a remark after its title, and a link."""

    row: Coverage
    country: str
    remark: str
    href: str


def write_page(
    tables: Tables,
    comparisons: Sequence[Comparison],
    documents: Sequence[Document],
    about: Sequence[str],
    *,
    heading: str,
    corpus_href: str,
    quotes_shown: int,
) -> bytes:
    """Write comparison.html: the first comparison as a table, the others by country, the coverage, how it was made.

    ``corpus_href`` leads from the folder of the page to the corpus folder, to which ``Document.file`` is relative;
    ``quotes_shown`` is how many quotes a label of the first comparison opens to (the others show the best one).
    """
    folder = Path(__file__).parent
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template(_TEMPLATE)
    register = {document.id: document for document in documents}
    quotes = _quotes_by_cell(tables.evidence, register, corpus_href, quotes_shown)
    page = template.render(
        heading=heading,
        main=comparisons[0],
        others=comparisons[1:],
        shares=_column_shares(comparisons[0]),
        quotes=quotes,
        weight=_weight_words(tables.cells),
        coverage=_coverage_lines(tables, register, corpus_href),
        about=about,
        none_found=NONE_FOUND,
        not_read=NOT_READ,
        decided=DECIDED if any(cell.decision for cell in tables.cells) else "",
        marked_label=marked_label,
    )
    return encode(page.rstrip() + "\n")


def _column_shares(comparison: Comparison) -> list[int]:
    """Return each column's width in percent of what the countries' names leave: half as much again for long columns."""
    longest = [
        max((len(row.entries[place].targeted) for row in comparison.read), default=0)
        for place in range(len(comparison.layout.columns))
    ]
    weights = [3 if length > _LONG_COLUMN else 2 for length in longest]
    return [88 * weight // sum(weights) for weight in weights]


def _quotes_by_cell(
    evidence: Sequence[Evidence], register: Mapping[str, Document], corpus_href: str, shown: int
) -> dict[str, list[Quote]]:
    quotes: dict[str, list[Quote]] = {}
    for row in evidence:
        if row.rank <= shown:
            quotes.setdefault(row.cell_id, []).append(_quote(row, register[row.document_id], corpus_href))
    return quotes


def _quote(row: Evidence, document: Document, corpus_href: str) -> Quote:
    return Quote(
        pieces=mark_term(row.quote, row.term),
        level=row.level,
        language=row.language,
        section=row.section,
        title=document.title,
        year=year_words(document),
        page=page_words(row.page_number, row.page_label),
        href=file_link(document, corpus_href, row.page_number),
    )


def mark_term(quote_text: str, term: str) -> tuple[tuple[str, bool], ...]:
    """Cut a quote into pieces, each with whether it is the term; a long quote is shortened around its first term."""
    text = " ".join(quote_text.split())
    words = [re.escape(word) for word in re.split(r"[\s\-]+", term) if word]
    pattern = re.compile("(" + r"[\s\-‐-–]+".join(words) + ")", re.IGNORECASE) if words else None
    found = pattern.search(text) if pattern else None
    if len(text) > _LONGEST_QUOTE:
        middle = found.start() if found else 0
        start = max(0, min(middle - _LONGEST_QUOTE // 2, len(text) - _LONGEST_QUOTE))
        end = start + _LONGEST_QUOTE
        text = ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
    if pattern is None:
        return ((text, False),)
    pieces = pattern.split(text)
    return tuple((piece, place % 2 == 1) for place, piece in enumerate(pieces) if piece)


def year_words(document: Document) -> str:
    """Return the year to put behind a title: " (2020)", or nothing where the title says it already."""
    return "" if str(document.year) in document.title else f" ({document.year})"


def page_words(number: int, label: str) -> str:
    """Say on which page something stands: the page's number in the file, and what is printed on it if that differs."""
    return f"page {number}" if label in ("", str(number)) else f"page {label} (page {number} of the file)"


def file_link(document: Document, corpus_href: str, page_number: int | None = None) -> str:
    """Return the link to a document, at a page where it is a PDF; empty where there is neither file nor address.

    Only relative links into the corpus folder and http(s) addresses are made, whatever stands in the register.
    """
    if document.file:
        at_page = page_number is not None and document.file.lower().endswith(".pdf")
        return f"{corpus_href}/{quote(document.file)}" + (f"#page={page_number}" if at_page else "")
    try:
        scheme = urlsplit(document.url).scheme
    except ValueError:
        return ""
    return document.url if scheme in ("http", "https") else ""


def _weight_words(cells: Sequence[Cell]) -> dict[str, str]:
    """Return the class of each targeted cell: "strong" where a strategy has the concept as core, else "plain"."""
    return {
        cell.cell_id: "strong" if cell.reasons.startswith("core ") else "plain"
        for cell in cells
        if cell.status == "targeted"
    }


def _coverage_lines(tables: Tables, register: Mapping[str, Document], corpus_href: str) -> list[CoverageLine]:
    lines = [
        CoverageLine(
            row,
            country_name(row.country),
            year_words(register[row.document_id]) + (", informs only" if row.kind == INFORMING_KIND else ""),
            file_link(register[row.document_id], corpus_href),
        )
        for row in tables.coverage
    ]
    return sorted(lines, key=lambda line: (line.row.status == "not_fetched", line.country, line.row.document_id))
