"""Says in words why a phrase is suggested, and makes the row of the table."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.schemas import Suggestion
from pipeline.topics.suggestions.quotes import quote_twice
from pipeline.topics.suggestions.ranking import Weighed
from pipeline.topics.suggestions.reading import Reading


def worded(weighed: Weighed, rank: int, reading: Reading, countries: Mapping[str, str], near: float) -> Suggestion:
    """Return the row of a suggestion; ``countries`` are those of the documents by their ids."""
    own = weighed.candidate
    term = weighed.nearness >= near
    quote_1, quote_2 = quote_twice(own, reading)
    return Suggestion(
        rank=rank,
        language=own.language,
        phrase=own.phrase,
        kind="term" if term else "concept",
        concept=weighed.concept if term else "",
        score=weighed.score,
        n_passages=len(own.places),
        n_documents=len(own.documents),
        countries=" ".join(sorted({countries[document] for document in own.documents if document in countries})),
        topic=weighed.topic,
        reason=_reason(weighed, reading, term),
        quote_1=quote_1,
        quote_2=quote_2,
    )


def _reason(weighed: Weighed, reading: Reading, term: bool) -> str:
    """Say what speaks for a phrase: where it stands, beside what, and what it is near to."""
    rows = weighed.candidate.passages
    bare = sum(not reading.concepts[row] for row in rows)
    passages = "1 passage" if len(rows) == 1 else f"{len(rows)} passages"
    parts = [f"stands in {passages} ({bare} without any known concept) that commit {_degree(weighed.priority)}"]
    if weighed.listed:
        parts.append(f"is listed beside known terms in {weighed.listed}")
    parts.append(f"is near {weighed.concept}" if term else f"is near no concept (the nearest is {weighed.concept})")
    return f"It {', '.join(parts[:-1])} and {parts[-1]}."


def _degree(priority: float) -> str:
    return "strongly" if priority >= 0.75 else "somewhat" if priority >= 0.5 else "little"
