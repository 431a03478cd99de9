"""How much one document makes of one concept: a score whose parts can be read in a sentence.

The salience of a concept in a document is a weighted mean of five parts between 0 and 1: whether the title of the
document names it; the headings that name it; the lists it stands in as targeted (list items and table rows); its
prominence, which is its passages over those of an average concept of the same document; and the pages over which the
passages are spread that target it. A count of n becomes the part n / (n + half), which is one half at ``half`` and
never reaches one, so that no single part can run away. Two thresholds turn the salience into core and supported; a
concept that no passage targets is only mentioned, so that each targeted cell has a quote that says so.

Prominence is measured within the document because documents differ in breadth: three passages are much in a list of
twenty fields of specialisation and little in a strategy for one technology. The weights are small whole numbers because
more freely fitted ones carried over worse to documents that were left out (benchmarks/salience.py). Only the four
operations of arithmetic are used, so that the figures are the same on any machine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from pipeline.schemas import Coverage, Document, DocumentConcept, Mention

DECIMALS = 4
_STRETCH = 3000  # characters: where a document is one long page (a text file), this stands for a page
_LISTS = ("list_item", "table_row")


@dataclass(frozen=True, slots=True)
class Weights:
    """The parameters of salience: five weights, the count at which each part is one half, two thresholds."""

    title: float = 1.0
    headings: float = 2.0
    lists: float = 1.0
    prominence: float = 3.0
    spread: float = 1.0
    half_headings: float = 2.0
    half_lists: float = 2.0
    half_prominence: float = 1.0
    half_spread: float = 3.0
    core_from: float = 0.25
    supported_from: float = 0.1

    def __post_init__(self) -> None:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        for name, value in values.items():
            if value < 0 or (name.startswith("half") and value == 0):
                raise ValueError(f"weight {name!r} of tables is {value}; expected a number above 0")
        if not any(values[name] for name in PARTS):
            raise ValueError(f"every weight of tables is 0; expected at least one of {', '.join(PARTS)} above 0")
        if self.supported_from > self.core_from:
            raise ValueError(
                f"supported_from is {self.supported_from} and core_from {self.core_from}; "
                "expected supported_from <= core_from"
            )


PARTS = ("title", "headings", "lists", "prominence", "spread")


def make_weights(values: Mapping[str, float]) -> Weights:
    """Turn the ``weights`` of params.yaml into Weights; what is not given keeps its default, an unknown name fails."""
    known = {field.name for field in fields(Weights)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise ValueError(f"unknown weights of tables: {', '.join(unknown)}; expected {', '.join(sorted(known))}")
    return Weights(**{name: float(value) for name, value in values.items()})


@dataclass(frozen=True, slots=True)
class Counts:
    """What salience looks at, for one concept in one document.

    ``usual`` is how many passages an average concept of the document has, ``of_passages`` counts the passages of the
    document, ``stretches`` the pages on which the concept is targeted.
    """

    in_title: bool
    headings: int
    lists: int
    passages: int
    usual: float
    of_passages: int
    targeted: int
    stretches: int

    @property
    def share(self) -> float:
        """Return the concept's share of the document's counted passages."""
        return self.passages / self.of_passages if self.of_passages else 0.0

    @property
    def prominence(self) -> float:
        """Return the concept's passages over those of an average concept of the document: 1 is as often as usual."""
        return self.passages / self.usual if self.usual else 0.0


def count_document(
    by_concept: Mapping[str, Sequence[Mention]], document: Document, coverage: Coverage
) -> dict[str, Counts]:
    """Count the mentions of each concept in one document; several mentions of it in one passage count once."""
    passages = [len({mention.passage_id for mention in mentions}) for mentions in by_concept.values()]
    usual = sum(passages) / len(passages) if passages else 0.0
    return {
        concept: _count_mentions(mentions, document, coverage, usual)
        for concept, mentions in sorted(by_concept.items())
    }


def _count_mentions(mentions: Sequence[Mention], document: Document, coverage: Coverage, usual: float) -> Counts:
    kinds = {mention.passage_id: mention.kind for mention in mentions}
    committing = [mention for mention in mentions if mention.level == "targeted"]
    targeted = {mention.passage_id for mention in committing}
    one_page = coverage.pages <= 1
    stretches = {mention.start // _STRETCH if one_page else mention.page_number for mention in committing}
    return Counts(
        in_title=any(names(document.title, term) for term in sorted({mention.term for mention in mentions})),
        headings=sum(kind == "heading" for kind in kinds.values()),
        lists=sum(kinds[passage] in _LISTS for passage in targeted),
        passages=len(kinds),
        usual=usual,
        of_passages=max(coverage.passages_counted, len(kinds)),
        targeted=len(targeted),
        stretches=len(stretches),
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


def score(counts: Counts, weights: Weights) -> float:
    """Return the salience of one concept in one document, between 0 and 1."""
    parts = {
        "title": float(counts.in_title),
        "headings": _saturated(counts.headings, weights.half_headings),
        "lists": _saturated(counts.lists, weights.half_lists),
        "prominence": _saturated(counts.prominence, weights.half_prominence),
        "spread": _saturated(counts.stretches, weights.half_spread),
    }
    shares: dict[str, float] = {part: getattr(weights, part) for part in PARTS}
    return round(sum(shares[part] * parts[part] for part in PARTS) / sum(shares.values()), DECIMALS)


def _saturated(count: float, half: float) -> float:
    return count / (count + half)


def weigh_document(
    by_concept: Mapping[str, Sequence[Mention]], document: Document, coverage: Coverage, weights: Weights
) -> dict[str, DocumentConcept]:
    """Turn the mentions of one document, by concept, into its rows of documents.csv, by concept."""
    rows: dict[str, DocumentConcept] = {}
    for concept, counts in count_document(by_concept, document, coverage).items():
        salience = score(counts, weights)
        reasons = explain(counts, one_page=coverage.pages <= 1)
        level = level_of(counts, salience, weights)
        rows[concept] = DocumentConcept(document.id, concept, level, salience, counts.passages, reasons)
    return rows


def level_of(counts: Counts, salience: float, weights: Weights) -> str:
    """Return the level of a concept in a document; without a passage that targets it, it is only mentioned."""
    if not counts.targeted:
        return "mentioned"
    if salience >= weights.core_from:
        return "core"
    return "supported" if salience >= weights.supported_from else "mentioned"


def explain(counts: Counts, *, one_page: bool) -> str:
    """Say in words what the salience rests on: "in the title; 4 headings; 12 % of passages; targeted in 30 of 44"."""
    reasons = ["in the title"] if counts.in_title else []
    if counts.headings:
        reasons.append(_number(counts.headings, "heading"))
    if counts.lists:
        reasons.append(f"targeted in {_number(counts.lists, 'list item')}")
    percent = 100 * counts.share
    reasons.append(f"{percent:.0f} % of passages" if percent >= 1 else "under 1 % of passages")
    if counts.prominence >= 1.5:
        reasons.append(f"{counts.prominence:.1f} times as many as an average concept here")
    reasons.append(f"targeted in {counts.targeted} of {counts.passages} passages")
    if counts.targeted and not one_page:
        reasons.append(f"on {_number(counts.stretches, 'page')}")
    return "; ".join(reasons)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
