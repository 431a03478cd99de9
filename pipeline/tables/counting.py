"""What salience looks at: the mentions of each concept in one document, counted."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.schemas import Coverage, Document, Mention
from pipeline.tables.names import names

_STRETCH = 3000  # characters: where a document is one long page (a text file), this stands for a page
_LISTS = ("list_item", "table_row")


@dataclass(frozen=True, slots=True)
class Counts:
    """What salience looks at, for one concept in one document.

    ``openings`` counts the items, rows and paragraphs that target the concept and name it in their opening words;
    ``of_passages`` counts the passages of the document, ``of_targeted`` the targeted passages of all its concepts, one
    for each concept in them; ``breadth`` is the number of concepts that these spread over; ``stretches`` are the pages
    on which the concept is targeted.
    """

    in_title: bool
    contents: int
    headings: int
    priorities: int
    lists: int
    openings: int
    passages: int
    of_passages: int
    targeted: int
    of_targeted: int
    breadth: float
    stretches: int

    @property
    def share(self) -> float:
        """Return the concept's share of the document's counted passages."""
        return self.passages / self.of_passages if self.of_passages else 0.0

    @property
    def prominence(self) -> float:
        """Return the concept's share of what the document targets, times the square root of the document's breadth."""
        return self.targeted / self.of_targeted * math.sqrt(self.breadth) if self.of_targeted else 0.0


def count_document(
    by_concept: Mapping[str, Sequence[Mention]],
    document: Document,
    coverage: Coverage,
    openings: Mapping[str, str],
) -> dict[str, Counts]:
    """Count the mentions of each concept in one document; several mentions of it in one passage count once.

    ``openings`` leads from a passage's id to its opening words, where it has any.
    Concepts that only the table of contents names are left out: they are not in the text that counts.
    """
    body = {
        concept: [mention for mention in mentions if mention.zone == "body"] for concept, mentions in by_concept.items()
    }
    targeted = [len(_passages(mention for mention in mentions if _commits(mention))) for mentions in body.values()]
    whole = _Whole(document.title, coverage, openings, sum(targeted), breadth(targeted))
    counts: dict[str, Counts] = {}
    for concept, mentions in sorted(body.items()):
        if mentions:
            contents = _passages(mention for mention in by_concept[concept] if mention.zone == "contents")
            counts[concept] = _count_mentions(mentions, len(contents), whole)
    return counts


def breadth(numbers: Iterable[int]) -> float:
    """Return over how many things numbers are spread: the exponential of the entropy of their shares, 0 for none."""
    counts = [number for number in numbers if number]
    total = sum(counts)
    return math.exp(-sum(count / total * math.log(count / total) for count in counts)) if total else 0.0


@dataclass(frozen=True, slots=True)
class _Whole:
    """What the counts of each concept are taken against: its document."""

    title: str
    coverage: Coverage
    openings: Mapping[str, str]
    targeted: int
    breadth: float


def _count_mentions(mentions: Sequence[Mention], contents: int, whole: _Whole) -> Counts:
    kinds = Counter({mention.passage_id: mention.kind for mention in mentions}.values())
    committing = [mention for mention in mentions if _commits(mention)]
    one_page = whole.coverage.pages <= 1
    return Counts(
        in_title=any(names(whole.title, term) for term in sorted({mention.term for mention in mentions})),
        contents=contents,
        headings=kinds["heading"],
        priorities=len(_passages(mention for mention in committing if _says_priority(mention))),
        lists=len(_passages(mention for mention in committing if mention.kind in _LISTS)),
        openings=len(_passages(mention for mention in committing if _opens(mention, whole.openings))),
        passages=sum(kinds.values()),
        of_passages=max(whole.coverage.passages_counted, sum(kinds.values())),
        targeted=len(_passages(committing)),
        of_targeted=whole.targeted,
        breadth=whole.breadth,
        stretches=len({mention.start // _STRETCH if one_page else mention.page_number for mention in committing}),
    )


def _passages(mentions: Iterable[Mention]) -> set[str]:
    return {mention.passage_id for mention in mentions}


def _commits(mention: Mention) -> bool:
    return mention.level == "targeted"


def _says_priority(mention: Mention) -> bool:
    return any(cue.startswith("priority:") for cue in mention.cues)


def _opens(mention: Mention, openings: Mapping[str, str]) -> bool:
    return names(openings.get(mention.passage_id, ""), mention.term)
