"""The quotes that justify a cell, the best first.

Quotes of one document are put in order first: those in which the concept is targeted before those that mention it,
and within each the best quote of every page before the second best of any, so that ten quotes of a cell do not come
from one page. Documents then take turns: one in which the concept is core has three turns where one that supports it
has two, and one that merely mentions it, is superseded or is of the kind "other" has one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.schemas import COUNTER_KINDS, CUE_KINDS, DocumentConcept, Evidence, Mention
from pipeline.tables.standing import Standing

# Turns of a document cost this much: the least common multiple of one, two and three, divided by its turns.
_COST = {"core": 2, "supported": 3, "mentioned": 6}
# A sentence shows more than a bare word, and a quote of half a page shows nothing in particular.
_SHORT, _LONG = 40, 320
_KIND_VALUE = {"list_item": 2, "heading": 1, "paragraph": 1, "table_row": 1, "footnote": -2}
_MOST_FOR, _MOST_AGAINST = 3, 2
# Imprints, addresses and references: a quote with one of these proves little, whatever words stand beside it.
_NO_STATEMENT = re.compile(
    r"©|\bISBN\b|https?:|www\.|\S@\S|\bet al\b|\bop\. ?cit|^\W*\d*\W*(?:see|cf|siehe|vgl|voir|zie)\b", re.IGNORECASE
)
_WHOLE = re.compile(r"^\W*[^\W_a-z].*[.!?;:。]\W*$", re.S)

Key = tuple[bool, int, bool, float, str, int, int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention that may stand as evidence, and its place in the order of its cell's evidence."""

    key: Key
    mention: Mention


def order_quotes(
    mentions: Sequence[Mention], row: DocumentConcept, standing: Standing, max_quotes: int
) -> list[Candidate]:
    """Return the best quotes of one concept in one document, at most ``max_quotes``, with their places.

    The places depend on this document alone, so that documents can be read one after another and a cell keep its
    best candidates only.
    """
    ranked: list[tuple[int, Mention]] = []
    on_page: dict[tuple[str, int], int] = defaultdict(int)
    for mention in sorted(_distinct(mentions), key=_quality):
        page = (mention.level, mention.page_number)
        ranked.append((on_page[page], mention))
        on_page[page] += 1
    ranked.sort(key=lambda pair: (pair[1].level != "targeted", pair[0]))
    cost = _COST[row.level] if standing.decides else _COST["mentioned"]
    candidates: list[Candidate] = []
    turns = {"targeted": 0, "mentioned": 0}
    for _, mention in ranked[:max_quotes]:
        turns[mention.level] += 1
        turn = turns[mention.level] * cost
        place = (row.document_id, mention.page_number, mention.start, mention.term_start)
        key = (mention.level != "targeted", turn, not standing.decides, -row.salience, *place)
        candidates.append(Candidate(key, mention))
    return candidates


def _distinct(mentions: Sequence[Mention]) -> list[Mention]:
    """Keep one mention of each quote: the same sentence twice, or repeated word for word, shows nothing more."""
    kept: dict[str, Mention] = {}
    for mention in mentions:
        letters = " ".join(mention.quote.split()).casefold()
        present = kept.get(letters)
        if present is None or (mention.level == "targeted" and present.level != "targeted"):
            kept[letters] = mention
    return list(kept.values())


def _quality(mention: Mention) -> tuple[bool, int, int, int]:
    """Return the sort key of a quote within its document, the best first; the reading order decides ties.

    A good quote is a whole sentence of some length in which cues of several kinds commit the issuer and none speaks
    against it: "the Government will invest" shows more than "funding" and "funding" again.
    """
    kinds = {cue.split(":", 1)[0] for cue in mention.cues}
    value = (
        _KIND_VALUE[mention.kind]
        + min(_MOST_FOR, len(kinds & set(CUE_KINDS)))
        - min(_MOST_AGAINST, len(kinds & set(COUNTER_KINDS)))
        + (_SHORT <= len(mention.quote) <= _LONG)
        + bool(_WHOLE.match(mention.quote))
        - 3 * bool(_NO_STATEMENT.search(mention.quote))
    )
    return (mention.level != "targeted", -value, mention.page_number, mention.start)


def make_evidence(
    cell_id: str,
    candidates: Sequence[Candidate],
    page_labels: Mapping[tuple[str, int], str],
    sections: Mapping[str, tuple[str, ...]],
    max_quotes: int,
) -> list[Evidence]:
    """Turn a cell's candidates into its rows of evidence.csv: the best first, at most ``max_quotes``."""
    chosen = sorted(candidates, key=lambda candidate: candidate.key)[:max_quotes]
    return [
        _evidence_row(cell_id, rank, candidate.mention, page_labels, sections)
        for rank, candidate in enumerate(chosen, start=1)
    ]


def _evidence_row(
    cell_id: str,
    rank: int,
    mention: Mention,
    page_labels: Mapping[tuple[str, int], str],
    sections: Mapping[str, tuple[str, ...]],
) -> Evidence:
    return Evidence(
        cell_id=cell_id,
        rank=rank,
        evidence_id=mention.id,
        document_id=mention.document_id,
        page_number=mention.page_number,
        page_label=page_labels.get((mention.document_id, mention.page_number), ""),
        start=mention.start,
        end=mention.end,
        quote=mention.quote,
        prefix=mention.prefix,
        suffix=mention.suffix,
        kind=mention.kind,
        level=mention.level,
        rule_id=mention.rule_id,
        language=mention.language,
        term=mention.term,
        section=" > ".join(sections.get(mention.passage_id, ())),
        cues="|".join(mention.cues),
        money="|".join(mention.money),
    )
