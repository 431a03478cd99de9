"""The quotes that show a tie, the best first.

First come those that commit to both in a document that decides, then those with words of fusion, then those with the
fewest commas between the terms, the shortest enumerations and the nearest terms. Documents take turns, so that the
quotes of a tie do not all come from one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pipeline.schemas import Passage, TieEvidence
from pipeline.ties.counting import Tally
from pipeline.ties.pairs import Joint
from pipeline.ties.windows import holder

_SHORT, _LONG = 40, 500
# A tie that is said in few characters is surer than one across a long sentence, up to a point.
_NEAR = 15


def make_evidence(
    tie_id: str, tally: Tally, countries: Mapping[str, str], page_labels: Mapping[tuple[str, int], str], most: int
) -> list[TieEvidence]:
    """Return the rows of ties_evidence.csv of one tie, at most ``most``; ``countries`` lead from a document's id."""
    rows: list[TieEvidence] = []
    for joint in _order(tally.quotable)[:most]:
        start, end, quote = quoted(joint)
        one, other = joint.first.mention, joint.second.mention
        rows.append(
            TieEvidence(
                tie_id=tie_id,
                rank=len(rows) + 1,
                country=countries[one.document_id],
                document_id=one.document_id,
                page_number=one.page_number,
                page_label=page_labels.get((one.document_id, one.page_number), ""),
                start=start,
                end=end,
                quote=quote,
                first_term=one.term,
                second_term=other.term,
                first_level=one.level,
                second_level=other.level,
                words=joint.words,
                language=one.language,
            )
        )
    return rows


def quoted(joint: Joint) -> tuple[int, int, str]:
    """Return offsets of ``Page.text`` and the words that hold both terms: a sentence, or the passage between them."""
    held = holder(joint.first, joint.second)
    if held is not None:
        return held.start, held.end, held.quote
    passage: Passage | None = joint.window.passage
    if passage is None:
        raise ValueError(f"passage {joint.window.passage_id} has a tie and no text; this is a fault of ties")
    mentions = (joint.first.mention, joint.second.mention)
    start = min(passage.index_of(mention.start) for mention in mentions)
    end = max(passage.index_of(mention.end - 1) + 1 for mention in mentions)
    return (*passage.raw_span(start, end), passage.text[start:end])


def _order(quotable: Iterable[tuple[Joint, bool]]) -> list[Joint]:
    distinct: dict[str, tuple[Joint, bool]] = {}
    for joint, decides in sorted(quotable, key=_quality):
        distinct.setdefault("".join(quoted(joint)[2].split()).casefold(), (joint, decides))
    turns: dict[tuple[str, bool], int] = defaultdict(int)
    ranked: list[tuple[bool, int, int, Joint]] = []
    for place, (joint, decides) in enumerate(distinct.values()):
        weak = not (decides and joint.is_targeted)
        turn = (joint.window.document_id, weak)
        ranked.append((weak, turns[turn], place, joint))
        turns[turn] += 1
    return [joint for *_, joint in sorted(ranked, key=lambda entry: entry[:3])]


def _quality(entry: tuple[Joint, bool]) -> tuple[bool, bool, int, int, int, bool, str, int, int, int]:
    joint, decides = entry
    mention = joint.first.mention
    length = len(mention.quote)
    return (
        not (decides and joint.is_targeted),
        not joint.words,
        joint.breaks,
        joint.listed,
        max(_NEAR, joint.distance),
        not _SHORT <= length <= _LONG,
        mention.document_id,
        mention.page_number,
        joint.first.mention.term_start,
        joint.second.mention.term_start,
    )
