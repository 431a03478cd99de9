"""Pages to passages: what is read as a unit, in which zone it stands, below which headings, in which language."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from pipeline.passages.cleaning import WordCounts, clean_text, hyphen_rule
from pipeline.passages.footnotes import mark_footnotes
from pipeline.passages.furniture import mark_furniture
from pipeline.passages.headings import document_style, mark_headings
from pipeline.passages.languages import detect_language, passage_languages
from pipeline.passages.pieces import Piece, cut_piece, page_pieces
from pipeline.passages.plain_furniture import mark_plain_furniture
from pipeline.passages.rows import Row, is_wrapped, read_rows
from pipeline.passages.sections import LeadIn, Section
from pipeline.passages.words import LayoutWords, load_layout_words
from pipeline.passages.zones import mark_contents, mark_imprint, mark_references
from pipeline.schemas import Page, Passage, content_id

__all__ = ["LayoutWords", "detect_language", "load_layout_words", "split_passages"]


def split_passages(
    pages: Sequence[Page],
    *,
    document_language: str,
    languages: Sequence[str],
    layout_words: LayoutWords | None = None,
    max_words: int = 180,
    max_characters: int = 400,
) -> list[Passage]:
    """Return the passages of one document, given all of its pages; pages whose status is not "ok" give none.

    Every character of a page's text that is not white space lies in exactly one passage, whatever its zone.
    ``languages`` are those that have terms; ``document_language`` is detected where it is empty. A passage has at
    most ``max_words`` words, or ``max_characters`` Chinese or Japanese characters.
    """
    words = layout_words or LayoutWords()
    read = [page for page in pages if page.status == "ok" and page.text.strip()]
    if not read:
        return []
    rows = read_rows(read)
    _mark(read, rows, words)
    language = document_language or detect_language("\n".join(page.text for page in read))
    language_of = passage_languages(language, languages)
    keeps_hyphen = hyphen_rule(WordCounts(page.text for page in read), words.joining_words)
    section, lead_in = Section(), LeadIn(words.abbreviations)
    ends = {page.page_number: _line_ends(page) for page in read}
    passages: list[Passage] = []
    for page, piece, start, end, kind in _cut(read, rows, words, max_words, max_characters):
        text, alignment = clean_text(page.text, start, end, keeps_hyphen, words.joining_words)
        if not text:
            continue
        opens_section = kind == "heading" and piece.zone != "contents"
        if opens_section:
            section.leave(piece.level)
        passages.append(
            Passage(
                id=content_id(page.document_id, page.page_number, start, end, text),
                document_id=page.document_id,
                page_number=page.page_number,
                start=start,
                end=end,
                text=text,
                alignment=alignment,
                kind=kind,
                zone=piece.zone,
                section=section.path(),
                lead_in=_lead_in(piece, kind, text, lead_in),
                language=language if piece.zone == "furniture" else language_of(text),
                breaks=_between(ends[page.page_number], start, end),
            )
        )
        if opens_section:
            section.enter(piece.level, text)
    return passages


def _line_ends(page: Page) -> list[int]:
    """Return the offsets at which a line of the page begins or ends that has other text beside it."""
    return sorted({offset for line in page.lines if not line.alone for offset in (line.start, line.end)})


def _between(offsets: Sequence[int], start: int, end: int) -> tuple[int, ...]:
    return tuple(offsets[bisect_right(offsets, start) : bisect_left(offsets, end)])


def _mark(pages: Sequence[Page], rows: Sequence[Sequence[Row]], words: LayoutWords) -> None:
    """Find out what every row is: the zones first, for a heading is told by what is left around it."""
    if any(row.placed for page_rows in rows for row in page_rows):
        mark_furniture(pages, rows, words.page_words)
    else:
        mark_plain_furniture([row for page_rows in rows for row in page_rows], words.page_words)
    mark_contents(rows, words)
    mark_headings(rows, words)
    mark_footnotes(pages, rows, document_style(rows))
    mark_imprint(rows, words)
    mark_references(rows, words)


def _cut(
    pages: Sequence[Page], rows: Sequence[Sequence[Row]], words: LayoutWords, max_words: int, max_characters: int
) -> Iterator[tuple[Page, Piece, int, int, str]]:
    """Yield (page, piece, start, end, kind) of each passage in reading order."""
    wrapped = is_wrapped(rows)
    for page, page_rows in zip(pages, rows, strict=True):
        for piece in page_pieces(page_rows, wrapped=wrapped):
            for start, end, kind in cut_piece(piece, page.text, words.abbreviations, max_words, max_characters):
                yield page, piece, start, end, kind


def _lead_in(piece: Piece, kind: str, text: str, lead_in: LeadIn) -> str:
    """Return what introduces a passage, and let the passage introduce what comes after it."""
    if piece.zone != "body" or kind == "footnote":
        return ""
    if kind == "list_item":
        return lead_in.of_item(piece.mark.kind if piece.mark else "", piece.left, text)
    if kind == "table_row":
        return lead_in.of_row(piece.last.line.block, text)
    if kind == "heading":
        lead_in.read_heading()
    else:
        lead_in.read_paragraph(text)
    return ""
