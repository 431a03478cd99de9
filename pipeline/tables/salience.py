"""How much one document makes of one concept: a score whose parts can be read in a sentence.

Seven parts between 0 and 1 earn a concept points in a document: the title of the document names it; its table of
contents does; the headings that name it; the passages that target it in words of priority; the list items and table
rows in which it is targeted; the items and paragraphs that target it and name it in their opening words ("3. Robotics.
We will ..."), as a strategy does that lists its priority fields; and its prominence. Prominence is the concept's share
of all that the document targets, times the square root of the number of concepts that the document spreads over (the
exponential of the entropy of these shares, Hill 1973): three passages are much in a list of twenty fields of
specialisation and little in a strategy for one technology. A count of n becomes the part n / (n + half), which is one
half at ``half`` and never reaches one, so that no single part can run away; a part earns its weight times that.

The salience is points / (points + half_points), so that it lies between 0 and 1 and is one half where a concept has
``half_points``: from .5 on it is core, from .2 on (a quarter of these points) supported. A concept that no passage
targets is only mentioned, so that each targeted cell has a quote that says so.

The weights are small whole numbers because more freely fitted ones carried over worse to documents that were left out
(benchmarks/salience.py).

M. O. Hill, "Diversity and evenness: a unifying notation and its consequences", Ecology 54 (1973), 427-432.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from pipeline.schemas import Coverage, Document, DocumentConcept, Mention
from pipeline.tables.counting import Counts, count_document

DECIMALS = 4
PARTS = ("title", "contents", "headings", "priorities", "lists", "openings", "prominence")


@dataclass(frozen=True, slots=True)
class Weights:
    """The parameters of salience: seven weights, what makes each part and the whole one half, two thresholds."""

    title: float = 1.0
    contents: float = 1.0
    headings: float = 1.0
    priorities: float = 1.0
    lists: float = 1.0
    openings: float = 2.0
    prominence: float = 4.0
    half_contents: float = 1.0
    half_headings: float = 1.0
    half_priorities: float = 2.0
    half_lists: float = 2.0
    half_openings: float = 1.0
    half_prominence: float = 0.4
    half_points: float = 1.25
    core_from: float = 0.5
    supported_from: float = 0.2

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


def make_weights(values: Mapping[str, float]) -> Weights:
    """Turn the ``weights`` of params.yaml into Weights; what is not given keeps its default, an unknown name fails."""
    known = {field.name for field in fields(Weights)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise ValueError(f"unknown weights of tables: {', '.join(unknown)}; expected {', '.join(sorted(known))}")
    return Weights(**{name: float(value) for name, value in values.items()})


def score(counts: Counts, weights: Weights) -> float:
    """Return the salience of one concept in one document, between 0 and 1."""
    points = (
        weights.title * counts.in_title
        + weights.contents * _saturated(counts.contents, weights.half_contents)
        + weights.headings * _saturated(counts.headings, weights.half_headings)
        + weights.priorities * _saturated(counts.priorities, weights.half_priorities)
        + weights.lists * _saturated(counts.lists, weights.half_lists)
        + weights.openings * _saturated(counts.openings, weights.half_openings)
        + weights.prominence * _saturated(counts.prominence, weights.half_prominence)
    )
    return round(_saturated(points, weights.half_points), DECIMALS)


def _saturated(count: float, half: float) -> float:
    return count / (count + half)


def weigh_document(
    by_concept: Mapping[str, Sequence[Mention]],
    document: Document,
    coverage: Coverage,
    openings: Mapping[str, str],
    weights: Weights,
) -> dict[str, DocumentConcept]:
    """Turn the mentions of one document, by concept, into its rows of documents.csv, by concept."""
    rows: dict[str, DocumentConcept] = {}
    for concept, counts in count_document(by_concept, document, coverage, openings).items():
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
    if counts.contents:
        reasons.append("in the table of contents")
    if counts.headings:
        reasons.append(_number(counts.headings, "heading"))
    if counts.lists:
        reasons.append(f"targeted in {_number(counts.lists, 'list item')}")
    if counts.openings:
        reasons.append(f"in the opening words of {_number(counts.openings, 'passage')}")
    if counts.priorities:
        reasons.append(f"as a priority in {_number(counts.priorities, 'passage')}")
    percent = 100 * counts.share
    reasons.append(f"{percent:.0f} % of passages" if percent >= 1 else "under 1 % of passages")
    reasons.append(f"targeted in {counts.targeted} of {counts.passages} passages")
    if counts.targeted and not one_page:
        reasons.append(f"on {_number(counts.stretches, 'page')}")
    return "; ".join(reasons)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
