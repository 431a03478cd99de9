"""How much one document makes of one concept: a score whose parts can be read in a sentence.

The salience of a concept in a document is a weighted mean of six parts, each between 0 and 1: whether the title of
the document names it; the headings that name it; the lists of priorities it stands in (list items and table rows in
which it is targeted); its share of the document's counted passages; the passages in which it is targeted; and the
stretches of the document over which those are spread. A count of n becomes the part n / (n + half), which is one half
at ``half`` and never reaches one, so that no single part can run away. ``Weights`` holds the weights, the halves and
the two thresholds; those in params.yaml were chosen by cross-validation over labelled documents
(benchmarks/salience.py).

Only the four operations of arithmetic are used, so that the figures are the same on any machine.
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
    """The parameters of salience: six weights, the count (or share) at which each part is one half, two thresholds."""

    title: float = 3.0
    headings: float = 3.0
    lists: float = 2.0
    share: float = 3.0
    targeted: float = 3.0
    spread: float = 2.0
    half_headings: float = 2.0
    half_lists: float = 3.0
    half_share: float = 0.05
    half_targeted: float = 4.0
    half_spread: float = 4.0
    core_from: float = 0.40
    supported_from: float = 0.12

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


PARTS = ("title", "headings", "lists", "share", "targeted", "spread")


def make_weights(values: Mapping[str, float]) -> Weights:
    """Turn the ``weights`` of params.yaml into Weights; what is not given keeps its default, an unknown name fails."""
    known = {field.name for field in fields(Weights)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise ValueError(f"unknown weights of tables: {', '.join(unknown)}; expected {', '.join(sorted(known))}")
    return Weights(**{name: float(value) for name, value in values.items()})


@dataclass(frozen=True, slots=True)
class Counts:
    """What salience looks at, for one concept in one document; ``of_passages`` counts the whole document's."""

    in_title: bool
    headings: int
    lists: int
    passages: int
    of_passages: int
    targeted: int
    stretches: int

    @property
    def share(self) -> float:
        """Return the concept's share of the document's counted passages."""
        return self.passages / self.of_passages if self.of_passages else 0.0


def count_mentions(mentions: Sequence[Mention], document: Document, coverage: Coverage) -> Counts:
    """Count the mentions of one concept in one document; several mentions in one passage count once."""
    kinds = {mention.passage_id: mention.kind for mention in mentions}
    targeted = {mention.passage_id for mention in mentions if mention.level == "targeted"}
    one_page = coverage.pages <= 1
    stretches = {
        mention.start // _STRETCH if one_page else mention.page_number
        for mention in mentions
        if mention.level == "targeted"
    }
    return Counts(
        in_title=any(names(document.title, term) for term in sorted({mention.term for mention in mentions})),
        headings=sum(kind == "heading" for kind in kinds.values()),
        lists=sum(kinds[passage] in _LISTS for passage in targeted),
        passages=len(kinds),
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
        "share": _saturated(counts.share, weights.half_share),
        "targeted": _saturated(counts.targeted, weights.half_targeted),
        "spread": _saturated(counts.stretches, weights.half_spread),
    }
    shares: dict[str, float] = {part: getattr(weights, part) for part in PARTS}
    return round(sum(shares[part] * parts[part] for part in PARTS) / sum(shares.values()), DECIMALS)


def _saturated(count: float, half: float) -> float:
    return count / (count + half)


def weigh_concept(
    mentions: Sequence[Mention], document: Document, coverage: Coverage, weights: Weights
) -> DocumentConcept:
    """Turn the mentions of one concept in one document into its row of documents.csv."""
    counts = count_mentions(mentions, document, coverage)
    salience = score(counts, weights)
    level = "mentioned"
    if salience >= weights.core_from:
        level = "core"
    elif salience >= weights.supported_from:
        level = "supported"
    return DocumentConcept(
        document_id=document.id,
        concept=mentions[0].concept,
        level=level,
        salience=salience,
        n_passages=counts.passages,
        reasons=explain(counts, one_page=coverage.pages <= 1),
    )


def explain(counts: Counts, *, one_page: bool) -> str:
    """Say in words what the salience rests on: "in the title; 4 headings; 12 % of passages; targeted in 30 of 44"."""
    reasons = ["in the title"] if counts.in_title else []
    if counts.headings:
        reasons.append(_number(counts.headings, "heading"))
    if counts.lists:
        reasons.append(_number(counts.lists, "list item") + " of priorities")
    percent = 100 * counts.share
    reasons.append(f"{percent:.0f} % of passages" if percent >= 1 else "under 1 % of passages")
    reasons.append(f"targeted in {counts.targeted} of {counts.passages}")
    if counts.targeted and not one_page:
        reasons.append(f"on {_number(counts.stretches, 'page')}")
    return "; ".join(reasons)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
