"""From the mentions of a document to the numbers that it ties to their concepts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.figures.kinds import KindReader, Setting
from pipeline.figures.tying import Parting, tie
from pipeline.figures.windows import Term, Window, read_windows
from pipeline.schemas import MONEY, Document, Figure, Mention, Page, Passage, Quantity, content_id

FindQuantities = Callable[[str, str], Sequence[Quantity]]
_BEFORE = 250  # characters of a passage before a sentence in which goals and years for it may stand
_LEAST_MONEY, _FEWEST_WORDS, _SENTENCE = 10_000, 4, 7
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Speaker:
    """What reads numbers in one language.

    ``find`` returns the quantities in a text of a document of a country, ``measure`` the quantity that a bare number is
    by the words of a header (None where they name no unit), ``years`` the first and the last year that a text names;
    ``parted`` finds what parts a number from a term, ``captions`` how titles of charts begin that hold no figures.
    """

    find: FindQuantities
    measure: Callable[[str, str, str], Quantity | None]
    years: Callable[[str], tuple[int | None, int | None]]
    kinds: KindReader
    parted: Parting
    captions: re.Pattern[str]

    def tells_nothing(self, text: str) -> bool:
        """Tell whether a text is too little to say what a number is of: a scrap of a line, or the title of a chart."""
        scrap = text.isascii() and len(text.split()) < _FEWEST_WORDS
        return scrap or self.captions.match(text) is not None


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
    for window in read_windows(mentions, passages, pages):
        speaker = speakers.get(window.passage.language)
        if speaker is not None:
            for figure in _in_window(document, window, pages[window.passage.page_number], speaker, reach):
                found.setdefault(figure.figure_id, figure)
    return sorted(found.values(), key=place_of)


def _in_window(document: Document, window: Window, page: Page, speaker: Speaker, reach: int) -> Iterator[Figure]:
    quantities = speaker.find(window.text, document.country)
    told = [found for found in quantities if found.high and not _is_label(window.text, found, quantities)]
    passage = window.passage
    if speaker.tells_nothing(window.text):
        return
    before = passage.text[max(0, window.offset - _BEFORE) : window.offset]
    above = " ".join((passage.lead_in, *passage.section[-1:]))
    for quantity in told:
        for term in tie(window.text, quantity, quantities, window.terms, parted=speaker.parted, reach=reach):
            setting = Setting(
                above, document.year, term.mention.level == "targeted", before=before, heading=passage.kind == "heading"
            )
            kind = speaker.kinds.kind(window.text, quantity, quantities, setting)
            dated = (
                _aimed(quantity, speaker, (before, passage.lead_in), document.year) if kind == "target" else quantity
            )
            span = window.raw_span(quantity.start, quantity.end)
            quote = window.raw_span(0, len(window.text))
            yield make_figure(document, page, dated, term, kind, quote=quote, span=span)


def _is_label(text: str, quantity: Quantity, others: Sequence[Quantity]) -> bool:
    """Tell whether a number is a label in a chart: "63% 65% 66%", or a sum whose unit ("£m") stands elsewhere."""
    if any(
        other.unit == quantity.unit and text[end:start].isspace()
        for other in others
        for end, start in ((other.end, quantity.start), (quantity.end, other.start))
    ):
        return True
    return quantity.unit == MONEY and quantity.high < _LEAST_MONEY and len(text.split()) < _SENTENCE


def _aimed(quantity: Quantity, speaker: Speaker, above: Iterable[str], year: int) -> Quantity:
    """Return a target with the year that the sentences or the lead-in before it are for: "By 2030, we will reach:"."""
    if quantity.first_year is None and quantity.last_year is None:
        for words in above:
            first, last = speaker.years(words)
            if first is None and last is not None and last >= year:
                return replace(quantity, last_year=last)
    return quantity


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
