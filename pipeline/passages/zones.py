"""Contents pages, lists of references and imprints: text that names subjects without saying anything of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.passages.rows import Row
from pipeline.passages.words import LayoutWords, heading_key, phrase_pattern

_LEADER = re.compile(r"(?:[.·…‥・]\s?){4,}|…{2,}|\t\s*(?=\d{1,3}\Z)")
_LEADER_SIGNS = ("....", "···", "…", "‥", "・・", ". . .", "· ·", "\t")
_ENDS_IN_NUMBER = re.compile(r"(?:\A|[\s.·…‥・])(\d{1,3}|[ivxlc]{1,6})\Z")
_BEGINS_WITH_NUMBER = re.compile(r"\A\d{1,3}\s+(?=[^\W\d_])")
_SENTENCE = re.compile(r"[^\W\d]{2}[.!?;]\s+\w+\s+\w+\s+\w+")
_LONGEST_ENTRY = 220

_CITATION = re.compile(
    r"https?:|www\.|\bdoi\b|\((?:19|20)\d\d[a-z]?\)|[(,.;] ?(?:19|20)\d\d[a-z]?[).,;:]|(?:19|20)\d\d\.?\Z"
    r"|\b[A-Z][\w’'-]+, (?:[A-Z]\.[ -]?){1,3}[,;(&]|\b\d+\s?\(\d+\)|\bp{1,2}\. ?\d+|\b\d+[-–]\d+\.\Z"
    r"|\w/\w[\w.%-]*/|\.pdf\b|\w_\w|[（(](?:19|20)\d\d[年）]|『"
)
_NOTE_NUMBER = re.compile(r"\A(?:\[\d{1,3}\]|\(?\d{1,3}[).]?(?=\s|[^\W\d_]))")
_CHUNK = 25

_COPYRIGHT = re.compile(
    r"©|\(c\)\s*(?:19|20)\d\d|[\w.+-]+@[\w-]+\.\w+|\bISBN\b|\bISSN\b|\bTel(?:efon|[.:])", re.IGNORECASE
)
_LONGEST_IMPRINT = 420  # words


def mark_contents(rows: Sequence[Sequence[Row]], words: LayoutWords) -> None:
    """Set the zone of contents pages: entries with leaders or page numbers, below a heading or on a page of them."""
    going_on = False
    for page_rows in rows:
        body = [row for row in page_rows if row.zone == "body"]
        span = _contents_span(body, words, going_on)
        going_on = span is not None and span[1] > len(body) - 6
        if span is not None:
            for row in body[slice(*span)]:
                row.zone = "contents"


def _contents_span(body: Sequence[Row], words: LayoutWords, going_on: bool) -> tuple[int, int] | None:
    """Return which rows of a page are contents, as a half-open range of places, or None."""
    headed = next((place for place, row in enumerate(body) if _is_contents_heading(row, words)), None)
    start = headed if headed is not None else 0
    entries = _run(body, start, 5 if len(body) < 200 else 4)
    if headed is not None and len(entries) >= 3:
        return _widened(body, start, entries[-1] + 1)
    if any(row.line.row >= 0 for row in body):
        return None
    leaders = _leaders(body)
    if (
        len(leaders) >= 4
        and len(leaders) * 4 >= leaders[-1] - leaders[0] + 1
        and _rise(body[leaders[0] : leaders[-1] + 1])
    ):
        return _widened(body, leaders[0], leaders[-1] + 1)
    enough = max(3, 0.4 * len(body)) if going_on else max(8, 0.75 * len(body))
    if len(entries) >= enough and _rise(body):
        return _widened(body, start, entries[-1] + 1)
    return None


def _leaders(body: Sequence[Row]) -> list[int]:
    """Return the places of rows with leaders; most pages have no sign of any, which is soon found out."""
    return [
        place
        for place, row in enumerate(body)
        if any(sign in row.text for sign in _LEADER_SIGNS) and _LEADER.search(row.text[:_LONGEST_ENTRY])
    ]


def _rise(body: Sequence[Row]) -> bool:
    """Say whether the rows end in numbers that rise like page numbers, which those of tables and forms do not."""
    found = [match[1] for row in body if (match := _ENDS_IN_NUMBER.search(row.text[-12:]))]
    numbers = [int(number) for number in found if number.isdigit()]
    rises = sum(sooner <= later for sooner, later in pairwise(numbers))
    different = len(set(found))
    return different >= 3 and different * 2 > len(found) and rises >= 0.85 * (len(numbers) - 1)


def _is_contents_heading(row: Row, words: LayoutWords) -> bool:
    return len(row.text) < 60 and heading_key(row.text) in words.contents


def _is_entry(row: Row) -> bool:
    text = row.text
    if len(text) > _LONGEST_ENTRY:
        return False
    if _LEADER.search(text):
        return True
    numbered = _ENDS_IN_NUMBER.search(text) or _BEGINS_WITH_NUMBER.match(text)
    return bool(numbered) and not _SENTENCE.search(text)


def _run(body: Sequence[Row], start: int, patience: int) -> list[int]:
    """Return the places of the entries from ``start`` on, up to the first long stretch without any."""
    entries: list[int] = []
    since = 0
    for place in range(start, len(body)):
        if _is_entry(body[place]):
            entries.append(place)
            since = 0
        elif len(body[place].text) > 150 or since >= patience + 8 * (not entries):
            break
        else:
            since += 1
    return entries


def _widened(body: Sequence[Row], start: int, end: int) -> tuple[int, int]:
    """Take in what else stands on a page of contents, wrapped entries and titles, unless it is running text."""
    sentences = sum(len(row.text) > 60 and row.text[-1] == "." for row in (*body[:start], *body[end:]))
    if len(body) < 200 and (end - start >= 0.6 * len(body) or (len(body) < 60 and not sentences)):
        return 0, len(body)
    return start, end


def mark_references(rows: Sequence[Sequence[Row]], words: LayoutWords) -> None:
    """Set the zone of lists of sources: below a heading that says so, or where nearly all rows look like citations.

    Footnotes belong to the text of their page, except where a list of sources goes on in small print.
    """
    phrases = phrase_pattern(words.citations)
    inside = False
    for page_rows in rows:
        body = [row for row in page_rows if row.zone == "body"]
        if not inside and not any(_is_references_heading(row, words) for row in body):
            body = [row for row in body if row.kind != "footnote"]
            if not _may_cite(body):
                continue
        for chunk in _chunks(body, words):
            headed = _is_references_heading(chunk[0], words)
            rest = chunk[1:] if headed else chunk
            share, notes = _citation_share(rest, phrases)
            # notes that only explain have no sign of a citation, but they are numbered; a new chapter is not
            goes_on = len(rest) < 4 or share >= 0.5 or (notes >= 2 and chunk[0].kind != "heading")
            alone = share >= 0.85 and notes >= max(5, 0.25 * len(rest))
            inside = ((inside or headed) and goes_on) or alone
            if inside:
                for row in chunk:
                    row.zone = "references"
                    row.kind = "paragraph" if row.kind == "footnote" else row.kind


def _is_references_heading(row: Row, words: LayoutWords) -> bool:
    return len(row.text) < 60 and heading_key(row.text) in words.references


def _may_cite(body: Sequence[Row]) -> bool:
    """Say whether a page has as many numbered rows as an unannounced list of sources must have."""
    return sum(row.text[0] in "0123456789[(" for row in body) >= 5


def _chunks(body: Sequence[Row], words: LayoutWords) -> Iterable[list[Row]]:
    """Cut the rows of a page at headings and every so many rows, so that a list may begin and end on a page."""
    chunk: list[Row] = []
    for row in body:
        new = row.kind == "heading" and chunk and chunk[-1].kind != "heading"
        if chunk and (_is_references_heading(row, words) or new or len(chunk) >= _CHUNK):
            yield chunk
            chunk = []
        chunk.append(row)
    if chunk:
        yield chunk


def _citation_share(chunk: Sequence[Row], phrases: re.Pattern[str]) -> tuple[float, int]:
    """Return which share of the rows is in or beside a row with a sign of a citation, and how many are numbered."""
    signs = [bool(_CITATION.search(row.text[:400]) or phrases.search(row.text[:400])) for row in chunk]
    near = sum(any(signs[max(0, place - 1) : place + 2]) for place in range(len(signs)))
    notes = sum(bool(_NOTE_NUMBER.match(row.text)) for row in chunk)
    return (near / len(chunk), notes) if chunk else (0.0, 0)


def mark_imprint(rows: Sequence[Sequence[Row]], words: LayoutWords) -> None:
    """Set the zone of short pages near the start or the end that say who made, printed and owns the document."""
    phrases = phrase_pattern(words.imprint)
    places = [place for place, page_rows in enumerate(rows) if page_rows]
    if len(places) < 3:
        return
    for place in sorted({*places[:5], *places[-3:]}):
        body = [row for row in rows[place] if row.zone == "body"]
        text = "\n".join(row.text for row in body)
        length = len(text.split())
        if length <= _LONGEST_IMPRINT and imprint_signs(text, phrases) >= (
            2 if length <= 80 else 3 if length <= 250 else 4
        ):
            for row in body:
                row.zone = "imprint"


def imprint_signs(text: str, phrases: re.Pattern[str]) -> int:
    """Count the different signs of an imprint in a text."""
    found = {match.group().casefold() for match in phrases.finditer(text)}
    marks = {"@" if "@" in match.group() else match.group().casefold()[:4] for match in _COPYRIGHT.finditer(text)}
    return len(found | marks)
