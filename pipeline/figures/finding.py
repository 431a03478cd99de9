"""From the mentions of a document to the numbers that it ties to their concepts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.figures.kinds import KindReader, Setting
from pipeline.figures.tying import tie
from pipeline.figures.windows import Term, Window, read_windows
from pipeline.schemas import Document, Figure, Mention, Page, Passage, Quantity, content_id

FindQuantities = Callable[[str, str], Sequence[Quantity]]
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Speaker:
    """What reads numbers in one language.

    ``find`` returns the quantities in a text of a document of a country, ``measure`` the quantity that a bare number is
    by the words of a header (None where they name no unit), ``years`` the first and the last year that a text names.
    """

    find: FindQuantities
    measure: Callable[[str, str, str], Quantity | None]
    years: Callable[[str], tuple[int | None, int | None]]
    kinds: KindReader


def find_figures(
    document: Document,
    mentions: Iterable[Mention],
    passages: Mapping[str, Passage],
    pages: Mapping[int, Page],
    speakers: Mapping[str, Speaker],
    *,
    reach: int = 80,
) -> list[Figure]:
    """Return the numbers of the running text of a document that are said of a concept, in order of place.

    ``speakers`` leads from a language to what reads its numbers; a passage in another language is left out. ``reach``
    is how far a term may stand from a number (see ``tie``). Raises ValueError where a page does not hold a number at
    the place that its passage points to.
    """
    found: dict[str, Figure] = {}
    for window in read_windows(mentions, passages):
        speaker = speakers.get(window.passage.language)
        if speaker is not None:
            for figure in _in_window(document, window, pages[window.passage.page_number], speaker, reach):
                found.setdefault(figure.figure_id, figure)
    return sorted(found.values(), key=place_of)


def _in_window(document: Document, window: Window, page: Page, speaker: Speaker, reach: int) -> Iterator[Figure]:
    quantities = speaker.find(window.text, document.country)
    passage = window.passage
    above = " ".join((passage.lead_in, *passage.section[-1:]))
    for quantity in quantities:
        for term in tie(window.text, quantity, quantities, window.terms, reach=reach):
            setting = Setting(above, document.year, term.mention.level == "targeted")
            kind = speaker.kinds.kind(window.text, quantity, quantities, setting)
            span = window.raw_span(quantity.start, quantity.end)
            quote = window.raw_span(0, len(window.text))
            yield make_figure(document, page, quantity, term, kind, quote=quote, span=span)


def make_figure(
    document: Document,
    page: Page,
    quantity: Quantity,
    term: Term,
    kind: str,
    *,
    quote: tuple[int, int],
    span: tuple[int, int],
    source: str = "text",
) -> Figure:
    """Return the row of a number; ``quote`` and ``span`` (the number) are offsets of the page's text."""
    raw = page.text[slice(*span)]
    if digits(raw) != digits(quantity.text):
        raise ValueError(
            f"{document.id}, page {page.page_number}: the number {quantity.text!r} should stand at characters "
            f"{span[0]} to {span[1]} of the page, but there stands {raw!r}; read its pages and passages again."
        )
    return Figure(
        figure_id=content_id(document.id, page.page_number, *span, term.concept),
        country=document.country,
        document_id=document.id,
        year_of_document=document.year,
        concept=term.concept,
        kind=kind,
        value=plain_decimal(quantity.low),
        value_to=plain_decimal(quantity.high) if quantity.high != quantity.low else "",
        unit=quantity.unit,
        currency=quantity.currency,
        per=quantity.per,
        year_from=quantity.first_year if quantity.first_year != quantity.last_year else None,
        year=quantity.last_year,
        years=quantity.duration,
        baseline="" if quantity.baseline is None else plain_decimal(quantity.baseline),
        direction=quantity.direction,
        source=source,
        written=" ".join(raw.split()),
        term=term.mention.term,
        level=term.mention.level,
        quote=" ".join(page.text[slice(*quote)].split()),
        page_number=page.page_number,
        page_label=page.page_label,
        start=quote[0],
        end=quote[1],
        number_start=span[0],
        number_end=span[1],
        language=term.mention.language,
    )


def place_of(figure: Figure) -> tuple[int, int, int, str]:
    """Return what puts figures in order of place."""
    return figure.page_number, figure.number_start, figure.number_end, figure.concept


def digits(text: str) -> str:
    """Return the letters and digits of a text: what page and passage must have in common."""
    return _SIGNS.sub("", text)


def plain_decimal(value: Decimal) -> str:
    """Return a number as plain digits: "3000000000", "2.5"."""
    whole = value.to_integral_value()
    return f"{whole:f}" if whole == value else f"{value.normalize():f}"
