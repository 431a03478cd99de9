"""From tags and stretches of text to all rows of instruments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from pipeline.instruments.counting import Counts, Support, count_ties, make_ties, tie_name
from pipeline.instruments.evidence import PageLabels, quote_tie, quote_use
from pipeline.instruments.links import Stretch
from pipeline.instruments.sources import ALL, Source
from pipeline.instruments.tables import Instruments
from pipeline.instruments.uses import Enough, Uses, gather_uses, make_uses
from pipeline.schemas import Concept, InstrumentEvidence, Mention


def find_instruments(
    tags: Iterable[Mention],
    stretches: Iterable[Stretch],
    committing: Mapping[str, Set[str]],
    sources: Mapping[str, Source],
    instruments: Sequence[Concept],
    concepts: Sequence[Concept],
    *,
    window: str,
    page_labels: PageLabels,
    min_passages: int = 2,
    min_share: float = 0.02,
    min_support: int = 3,
    min_documents: int = 2,
    quotes: int = 5,
    quotes_of_ties: int = 2,
) -> Instruments:
    """Return all rows of instruments of a corpus.

    ``tags`` are the mentions of ``instruments``, stages of readiness among them; ``stretches`` (of the kind
    ``window``) hold what ties them to ``concepts``. ``committing`` leads from a document to its passages that commit to
    anything, ``page_labels`` from (document id, page number) to what is printed on the page. An instrument is targeted
    from ``min_passages`` committing passages on, or where fewer are ``min_share`` of all; an association needs
    ``min_support`` passages in ``min_documents`` documents. ``quotes`` are kept for each line of instruments.csv that
    has any, ``quotes_of_ties`` for each tie.
    """
    for name, value in (("quotes", quotes), ("quotes_of_ties", quotes_of_ties)):
        if value < 1:
            raise ValueError(f"{name} is {value}; expected at least 1, for a line without a quote proves nothing")
    uses = gather_uses(tags, sources)
    counts = count_ties(stretches, sources)
    whole = _committing_by_scope(committing, sources)
    return Instruments(
        uses=tuple(make_uses(uses, sources.values(), instruments, whole, Enough(min_passages, min_share))),
        ties=tuple(make_ties(counts, [*instruments, *concepts], window, Support(min_support, min_documents))),
        evidence=tuple(_quote(uses, counts, sources, page_labels, quotes, quotes_of_ties)),
    )


def _committing_by_scope(committing: Mapping[str, Set[str]], sources: Mapping[str, Source]) -> dict[str, set[str]]:
    """Return the committing passages of the strategies in force of each country, and of all."""
    found: dict[str, set[str]] = {}
    for document, passages in sorted(committing.items()):
        source = sources.get(document)
        if source is not None and source.decides:
            for scope in (ALL, source.country):
                found.setdefault(scope, set()).update(passages)
    return found


def _quote(
    uses: Uses,
    counts: Counts,
    sources: Mapping[str, Source],
    page_labels: PageLabels,
    quotes: int,
    quotes_of_ties: int,
) -> Iterable[InstrumentEvidence]:
    for scope, instrument in sorted(uses):
        yield from quote_use(f"{scope}.{instrument}", uses[scope, instrument], sources, page_labels, quotes)
    for key in sorted(counts.ties):
        yield from quote_tie(tie_name(key), counts.ties[key], sources, page_labels, quotes_of_ties)
