"""From the cells of tables to figures: a number gets its concept from its row, its unit and year from its column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.figures.finding import Speaker, make_figure, place_of
from pipeline.figures.kinds import Setting
from pipeline.figures.ruled import Cell, Joined, Table, join_lines, read_tables
from pipeline.figures.tying import tie
from pipeline.figures.windows import Term
from pipeline.schemas import Document, Figure, Mention, Page, Quantity

_DIGIT = re.compile(r"[0-9]")
_BARE = re.compile(r"[-\u2212(]?[*]?[0-9][0-9 .,\u00a0\u202f]*[)*]?")
_BARE_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_MOST_CONCEPTS = 2  # in a label; one that names more is no label
_LONGEST_QUOTE = 600
_LONGEST_HEADER = 200
_NUMERIC = 0.7  # the share of a cell's text that figures make up in one that holds nothing else
_LONGEST_DATE = 30
_PROSE = 250  # characters of a cell that says more than one thing


def candidate_pages(pages: Mapping[int, Page], mentions: Sequence[Mention], most: int) -> list[int]:
    """Return the first ``most`` pages on which a row of a ruled table holds a term, and some row a digit."""
    found = []
    for number, page in sorted(pages.items()):
        rows = [line for line in page.lines if line.row >= 0]
        if any(_DIGIT.search(page.text, line.start, line.end) for line in rows) and any(
            line.start <= mention.term_start < line.end
            for mention in mentions
            if mention.page_number == number and mention.zone == "body"
            for line in rows
        ):
            found.append(number)
    return found[:most]


def find_table_figures(
    document: Document,
    path: Path,
    mentions: Sequence[Mention],
    pages: Mapping[int, Page],
    speakers: Mapping[str, Speaker],
    *,
    reach: int = 80,
    most_pages: int = 60,
    caption: float = 30,
) -> tuple[list[Figure], list[int]]:
    """Return the numbers of a PDF's ruled tables that stand in a row, or under a header, with a concept.

    With them come the numbers of the pages whose tables could not be read. ``path`` is the file that ``pages`` were
    read from; at most ``most_pages`` of them are opened, those with a term and a digit in rows of a table.
    """
    found: dict[str, Figure] = {}
    unread: list[int] = []
    numbers = candidate_pages(pages, mentions, most_pages)
    for table in read_tables(path, pages, numbers, caption=caption, unread=unread) if numbers else ():
        page = table.page.page_number
        own = [mention for mention in mentions if mention.page_number == page and mention.zone == "body"]
        for figure in _TableReader(document, table, own, speakers, reach).figures():
            found.setdefault(figure.figure_id, figure)
    return sorted(found.values(), key=place_of), unread


class _TableReader:
    """Reads the figures of one table."""

    def __init__(
        self, document: Document, table: Table, mentions: Sequence[Mention], speakers: Mapping[str, Speaker], reach: int
    ) -> None:
        self._document, self._table, self._mentions, self._reach = document, table, mentions, reach
        self._page = table.page
        languages = sorted({mention.language for mention in mentions} & set(speakers))
        self._speaker = speakers[languages[0]] if languages else None
        self._texts = {cell: join_lines(self._page, cell.lines) for cell in table.cells}
        tops = [cell.box[1] for cell in table.cells if self._is_numeric(cell)]
        self._header_end = min(tops, default=0.0)
        self._caption = join_lines(self._page, table.above).text[-_LONGEST_HEADER:]

    def figures(self) -> Iterator[Figure]:
        """Yield the figures of all cells, in the order of the cells."""
        for cell in self._table.cells:
            if self._speaker is not None and _DIGIT.search(self._texts[cell].text) and not self._is_header(cell):
                yield from self._of_cell(cell, self._speaker)

    def _is_numeric(self, cell: Cell) -> bool:
        """Tell whether a cell holds numbers and nothing else, and not only years."""
        text = _BARE_YEAR.sub("", self._texts[cell].text)
        if not _DIGIT.search(text) or self._speaker is None:
            return False
        figures = sum(found.end - found.start for found in self._speaker.find(text, self._document.country))
        return sum(char.isalpha() for char in text) <= 2 or figures >= _NUMERIC * len(text.strip())

    def _holds_figures(self, cell: Cell) -> bool:
        """Tell whether a cell has figures of its own, and so names no row."""
        text = self._texts[cell].text
        found = self._speaker.find(text, self._document.country) if self._speaker and _DIGIT.search(text) else ()
        return bool(found) or self._is_numeric(cell)

    def _is_header(self, cell: Cell) -> bool:
        return cell.box[3] <= self._header_end + 1

    def _of_cell(self, cell: Cell, speaker: Speaker) -> Iterator[Figure]:
        text = self._texts[cell]
        left = [other for other in self._table.cells if other.is_left_of(cell) and not self._holds_figures(other)]
        labels = sorted(left, key=lambda other: (other.box[0], other.box[1]))  # the first one names the row
        headers = [other for other in self._table.cells if self._is_header(other) and other.is_over(cell)]
        header = " ".join(self._texts[other].text for other in headers)[-_LONGEST_HEADER:]
        quantities = [*speaker.find(text.text, self._document.country)]
        if not quantities:
            quantities = [*self._bare(text, header, speaker)]
        own = self._terms(cell)
        reach = (
            self._reach if len(text.text) < _PROSE else self._reach / 2
        )  # what is far in a long cell is another item
        outside = self._label_terms(labels[:1]) or self._label_terms(headers)
        above = " ".join((header, *(self._texts[label].text for label in labels), self._caption))
        for quantity in (quantity for quantity in quantities if quantity.high):
            dated = self._with_years(quantity, (header, self._caption, self._dates(cell)), speaker)
            terms = tie(text.text, quantity, quantities, own, parted=speaker.parted, reach=reach) if own else outside
            for term in terms:
                setting = Setting(above, self._document.year, term.mention.level == "targeted", table=True)
                kind = speaker.kinds.kind(text.text, dated, quantities, setting)
                span = text.raw_span(quantity.start, quantity.end)
                quote = self._quote(cell, span)
                yield make_figure(self._document, self._page, dated, term, kind, quote=quote, span=span, source="table")

    def _bare(self, text: Joined, header: str, speaker: Speaker) -> Iterator[Quantity]:
        """Yield the number of a cell that holds nothing else, with the unit of its header or of the caption."""
        match = _BARE.fullmatch(text.text.strip())
        if match is None or _BARE_YEAR.fullmatch(match.group()):
            return
        start = text.text.index(match.group())
        for words in (header, self._caption):
            quantity = speaker.measure(match.group(), words, self._document.country)
            if quantity is not None:
                yield replace(quantity, start=start, end=start + len(match.group()))
                return

    def _dates(self, cell: Cell) -> str:
        """Return the text of the short cell right of one that dates the row ("FY 2027"); "" where none does."""
        right = [self._texts[other].text for other in self._table.cells if cell.is_left_of(other)]
        return next((text for text in right if len(text) < _LONGEST_DATE and _BARE_YEAR.search(text)), "")

    def _with_years(self, quantity: Quantity, said: Sequence[str], speaker: Speaker) -> Quantity:
        if quantity.first_year is not None or quantity.last_year is not None:
            return quantity
        for words in said:
            years = speaker.years(words)
            if years != (None, None):
                return replace(quantity, first_year=years[0], last_year=years[1])
        return quantity

    def _terms(self, cell: Cell) -> list[Term]:
        """Return the terms in a cell, as offsets of its text."""
        places = self._texts[cell].places
        found = []
        for mention in self._mentions:
            inside = [index for index, place in enumerate(places) if mention.term_start <= place < mention.term_end]
            if inside:
                found.append(Term(inside[0], inside[-1] + 1, mention.concept, mention))
        return found

    def _label_terms(self, cells: Sequence[Cell]) -> list[Term]:
        """Return the terms of the first of some cells that has any, one for each concept; none where it names many."""
        for cell in sorted(cells, key=lambda cell: (cell.box[0], cell.box[1])):
            terms = {term.concept: term for term in reversed(self._terms(cell))}
            if terms:
                return [terms[concept] for concept in sorted(terms)] if len(terms) <= _MOST_CONCEPTS else []
        return []

    def _quote(self, cell: Cell, span: tuple[int, int]) -> tuple[int, int]:
        """Return the span to quote: the row, the cell where the row is long, or the lines around the number."""
        for lines in (self._table.row_lines(cell), cell.lines):
            start, end = min(line.start for line in lines), max(line.end for line in lines)
            if end - start <= _LONGEST_QUOTE and start <= span[0] and span[1] <= end:
                return start, end
        first, last = min(line.start for line in cell.lines), max(line.end for line in cell.lines)
        around = (_LONGEST_QUOTE - (span[1] - span[0])) // 2
        starts = [line.start for line in cell.lines if line.start >= span[0] - around and line.start <= span[0]]
        ends = [line.end for line in cell.lines if line.end <= span[1] + around and line.end >= span[1]]
        return min(starts, default=max(first, span[0])), max(ends, default=min(last, span[1]))
