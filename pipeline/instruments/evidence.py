"""The quotes that show how an instrument is used, the best first.

First come those of strategies in force that commit to it, then those with money, then those with more kinds of cues, of
a length that can be read. Of ties first come those that commit to both, then those with the fewest commas between the
terms and the nearest terms. Documents take turns, so that the quotes of a row do not all come from one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.instruments.counting import Tally
from pipeline.instruments.links import Link
from pipeline.instruments.sources import Source
from pipeline.instruments.uses import Use
from pipeline.schemas import InstrumentEvidence, Mention

_SHORT, _LONG = 40, 500
_NEAR = 15  # characters between two terms below which nearer is no better
_NO_SENTENCES = ("heading", "footnote")

PageLabels = Mapping[tuple[str, int], str]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A quote that could be shown: ``weak`` where no strategy in force commits in it, ``key`` orders the others."""

    weak: bool
    key: tuple[Any, ...]
    mention: Mention
    start: int
    end: int
    quote: str
    concept: Mention | None = None


def quote_use(
    row_id: str, use: Use, sources: Mapping[str, Source], page_labels: PageLabels, most: int
) -> list[InstrumentEvidence]:
    """Return at most ``most`` rows of instruments_evidence.csv for one line of instruments.csv."""
    candidates = [_of_use(mention, decides) for mention, decides in use.quotable]
    return _rows(row_id, candidates, sources, page_labels, most)


def quote_tie(
    row_id: str, tally: Tally, sources: Mapping[str, Source], page_labels: PageLabels, most: int
) -> list[InstrumentEvidence]:
    """Return at most ``most`` rows of instruments_evidence.csv for one line of instruments_by_concept.csv."""
    candidates = [_of_tie(link, decides) for link, decides in tally.quotable]
    return _rows(row_id, candidates, sources, page_labels, most)


def _of_use(mention: Mention, decides: bool) -> _Candidate:
    weak = not (decides and mention.level == "targeted")
    kinds = {cue.split(":")[0] for cue in mention.cues}
    key = (mention.kind in _NO_SENTENCES, not mention.money, -len(kinds), not _SHORT <= len(mention.quote) <= _LONG)
    return _Candidate(weak, (*key, *_place(mention)), mention, mention.start, mention.end, mention.quote)


def _of_tie(link: Link, decides: bool) -> _Candidate:
    readable = _SHORT <= len(link.quote) <= _LONG
    key = (link.breaks, link.listed, max(_NEAR, link.distance), not readable)
    place = (*_place(link.instrument), link.concept.term_start)
    weak = not (decides and link.is_targeted)
    return _Candidate(weak, (*key, *place), link.instrument, link.start, link.end, link.quote, link.concept)


def _place(mention: Mention) -> tuple[str, int, int, str]:
    return mention.document_id, mention.page_number, mention.term_start, mention.rule_id


def _rows(
    row_id: str,
    candidates: Iterable[_Candidate],
    sources: Mapping[str, Source],
    page_labels: PageLabels,
    most: int,
) -> list[InstrumentEvidence]:
    return [
        _row(row_id, rank, candidate, sources, page_labels)
        for rank, candidate in enumerate(_in_turns(candidates)[:most], start=1)
    ]


def _in_turns(candidates: Iterable[_Candidate]) -> Sequence[_Candidate]:
    """Return distinct quotes, strong before weak; within both each document's best, then each one's second best."""
    distinct: dict[str, _Candidate] = {}
    for candidate in sorted(candidates, key=lambda candidate: (candidate.weak, candidate.key)):
        distinct.setdefault("".join(candidate.quote.split()).casefold(), candidate)
    turns: dict[tuple[str, bool], int] = defaultdict(int)
    ranked: list[tuple[bool, int, int, _Candidate]] = []
    for place, candidate in enumerate(distinct.values()):
        turn = (candidate.mention.document_id, candidate.weak)
        ranked.append((candidate.weak, turns[turn], place, candidate))
        turns[turn] += 1
    return [candidate for *_, candidate in sorted(ranked, key=lambda entry: entry[:3])]


def _row(
    row_id: str, rank: int, candidate: _Candidate, sources: Mapping[str, Source], page_labels: PageLabels
) -> InstrumentEvidence:
    mention, concept = candidate.mention, candidate.concept
    return InstrumentEvidence(
        row_id=row_id,
        rank=rank,
        country=sources[mention.document_id].country,
        document_id=mention.document_id,
        page_number=mention.page_number,
        page_label=page_labels.get((mention.document_id, mention.page_number), ""),
        start=candidate.start,
        end=candidate.end,
        quote=candidate.quote,
        term=mention.term,
        level=mention.level,
        concept_term=concept.term if concept else "",
        concept_level=concept.level if concept else "",
        cues="|".join(mention.cues),
        money="|".join(mention.money),
        rule_id=mention.rule_id,
        language=mention.language,
    )
