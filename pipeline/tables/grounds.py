"""What cells rest on, in figures that hold no third party's text: what each rule found, and the parts of salience.

evidence.csv keeps a cell's best quotes only, and is not in git where the quotes are a third party's. These two tables
name every rule that found something in a document, and the counts behind its levels, so that a later state of the
tables can be held against them and every change be traced to what it comes from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pipeline.schemas import Coverage, Document, Ground, Mention, Part
from pipeline.tables.counting import Counts, breadth, count_document
from pipeline.tables.salience import level_of, make_weights, score


def ground_document(mentions: Iterable[Mention]) -> list[Ground]:
    """Turn the mentions of one document into one row for each rule that found something, sorted by rule."""
    by_rule: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_rule.setdefault(mention.rule_id, []).append(mention)
    return [_ground(rule_id, found) for rule_id, found in sorted(by_rule.items())]


def _ground(rule_id: str, mentions: Sequence[Mention]) -> Ground:
    numbers = Counter("contents" if mention.zone == "contents" else mention.level for mention in mentions)
    best = min(mentions, key=_place)
    pages = Counter(mention.page_number for mention in mentions if mention.level == "targeted")
    return Ground(
        document_id=best.document_id,
        rule_id=rule_id,
        n_targeted=numbers["targeted"],
        n_mentioned=numbers["mentioned"],
        n_contents=numbers["contents"],
        page_number=best.page_number,
        start=best.start,
        end=best.end,
        targeted_on=" ".join(f"{page}x{times}" if times > 1 else str(page) for page, times in sorted(pages.items())),
    )


def _place(mention: Mention) -> tuple[bool, bool, int, int, int]:
    """Return the sort key of a quote: those that target first, a table of contents last, then the reading order."""
    place = (mention.page_number, mention.start, mention.end)
    return (mention.zone == "contents", mention.level != "targeted", *place)


def part_document(
    mentions: Iterable[Mention], document: Document, coverage: Coverage, openings: Mapping[str, str]
) -> list[Part]:
    """Turn the mentions of one document that was read into the parts of its concepts' salience, sorted by concept."""
    by_concept: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_concept.setdefault(mention.concept, []).append(mention)
    return [
        Part(
            document_id=document.id,
            concept=concept,
            in_title=int(counts.in_title),
            contents=counts.contents,
            headings=counts.headings,
            priorities=counts.priorities,
            lists=counts.lists,
            openings=counts.openings,
            passages=counts.passages,
            targeted=counts.targeted,
        )
        for concept, counts in count_document(by_concept, document, coverage, openings).items()
    ]


def weigh_parts(parts: Mapping[str, Part], weights: Mapping[str, float]) -> dict[str, tuple[str, float]]:
    """Return the level and salience that the parts of one document's concepts give under some weights.

    With the document's own parts and weights this is what documents.csv has; with others, what it would have.
    """
    chosen = make_weights(weights)
    numbers = [part.targeted for part in parts.values()]
    spread, targeted = breadth(numbers), sum(numbers)
    weighed = {}
    for concept, part in parts.items():
        counts = Counts(
            in_title=bool(part.in_title),
            contents=part.contents,
            headings=part.headings,
            priorities=part.priorities,
            lists=part.lists,
            openings=part.openings,
            passages=part.passages,
            of_passages=0,  # in the words of the reasons only, as are stretches
            targeted=part.targeted,
            of_targeted=targeted,
            breadth=spread,
            stretches=0,
        )
        salience = score(counts, chosen)
        weighed[concept] = (level_of(counts, salience, chosen), salience)
    return weighed
