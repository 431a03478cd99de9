"""What salience looks at: the mentions of each concept in one document, counted."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.schemas import Coverage, Document, Mention

_STRETCH = 3000  # characters: where a document is one long page (a text file), this stands for a page
_LISTS = ("list_item", "table_row")


@dataclass(frozen=True, slots=True)
class Counts:
    """What salience looks at, for one concept in one document.

    ``of_passages`` counts the passages of the document, ``of_targeted`` the targeted passages of all its concepts, one
    for each concept in them; ``breadth`` is the number of concepts that these spread over; ``stretches`` are the pages
    on which the concept is targeted.
    """

    in_title: bool
    contents: int
    headings: int
    priorities: int
    lists: int
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
    by_concept: Mapping[str, Sequence[Mention]], document: Document, coverage: Coverage
) -> dict[str, Counts]:
    """Count the mentions of each concept in one document; several mentions of it in one passage count once.

    Concepts that only the table of contents names are left out: they are not in the text that counts.
    """
    body = {
        concept: [mention for mention in mentions if mention.zone == "body"] for concept, mentions in by_concept.items()
    }
    targeted = {concept: len(_targeted(mentions)) for concept, mentions in body.items()}
    of_document = (sum(targeted.values()), breadth(targeted.values()))
    counts: dict[str, Counts] = {}
    for concept, mentions in sorted(body.items()):
        if mentions:
            contents = len({mention.passage_id for mention in by_concept[concept] if mention.zone == "contents"})
            counts[concept] = _count_mentions(mentions, contents, of_document, document, coverage)
    return counts


def breadth(numbers: Iterable[int]) -> float:
    """Return over how many things numbers are spread: the exponential of the entropy of their shares, 0 for none."""
    counts = [number for number in numbers if number]
    total = sum(counts)
    return math.exp(-sum(count / total * math.log(count / total) for count in counts)) if total else 0.0


def _targeted(mentions: Sequence[Mention]) -> set[str]:
    return {mention.passage_id for mention in mentions if mention.level == "targeted"}


def _count_mentions(
    mentions: Sequence[Mention],
    contents: int,
    of_document: tuple[int, float],
    document: Document,
    coverage: Coverage,
) -> Counts:
    kinds = Counter({mention.passage_id: mention.kind for mention in mentions}.values())
    committing = [mention for mention in mentions if mention.level == "targeted"]
    listed = {mention.passage_id for mention in committing if mention.kind in _LISTS}
    named_first = {
        mention.passage_id for mention in committing if any(cue.startswith("priority:") for cue in mention.cues)
    }
    one_page = coverage.pages <= 1
    return Counts(
        in_title=any(names(document.title, term) for term in sorted({mention.term for mention in mentions})),
        contents=contents,
        headings=kinds["heading"],
        priorities=len(named_first),
        lists=len(listed),
        passages=sum(kinds.values()),
        of_passages=max(coverage.passages_counted, sum(kinds.values())),
        targeted=len(_targeted(mentions)),
        of_targeted=of_document[0],
        breadth=of_document[1],
        stretches=len({mention.start // _STRETCH if one_page else mention.page_number for mention in committing}),
    )


def names(title: str, term: str) -> bool:
    """Say whether a title names a term as words of their own; a term with two capitals must stand as it is written."""
    if not term.strip():
        return False
    words = r"[\s\-]+".join(re.escape(word) for word in re.split(r"[\s\-]+", term.strip()))
    as_written = sum(letter.isupper() for letter in term) >= 2
    unspaced = any("\u2e80" <= letter <= "\u9fff" for letter in term)
    pattern = words if unspaced else rf"(?<!\w){words}(?!\w)"
    return re.search(pattern, title, re.NOFLAG if as_written else re.IGNORECASE) is not None
