"""From windows to all rows of ties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.schemas import Concept, Fusion, Period, check_periods
from pipeline.ties.check import check_intersections
from pipeline.ties.counting import ALL, Source, count_ties
from pipeline.ties.network import make_nodes
from pipeline.ties.pairs import Judge
from pipeline.ties.tables import Support, Ties, make_all_evidence, make_ties
from pipeline.ties.windows import Window


def find_ties(
    windows: Iterable[Window],
    sources: Mapping[str, Source],
    concepts: Sequence[Concept],
    judge: Judge,
    fusion: Fusion,
    *,
    window: str,
    periods: Sequence[Period],
    targeting: Mapping[str, Sequence[str]],
    page_labels: Mapping[tuple[str, int], str],
    min_support: int = 3,
    min_documents: int = 2,
    quotes: int = 5,
    seed: int = 1,
    resolution: float = 1.0,
) -> Ties:
    """Return all rows of ties of a corpus.

    ``windows`` (of the kind ``window``) of documents that ``sources`` lacks are left out: those were not read.
    ``targeting`` leads from a technology to the countries whose cell is targeted, ``page_labels`` from (document id,
    page number) to what is printed on the page. An association needs ``min_support`` passages in ``min_documents``
    documents; ``quotes`` are kept for each tie; ``seed`` and ``resolution`` are those of the communities.
    """
    if quotes < 1:
        raise ValueError(f"quotes is {quotes}; expected at least 1, for a tie without a quote proves nothing")
    check_periods(periods)
    tied = [(own, tuple(judge.joints(own))) for own in windows if own.document_id in sources]
    counts = count_ties(tied, sources, concepts, judge, periods)
    ecosystem, fused = make_ties(counts, judge.sectors, periods, window, Support(min_support, min_documents))
    technologies = [concept for concept in concepts if concept.kind == "technology"]
    network = [tie for tie in fused if tie.scope == ALL and tie.view == "concept"]
    return Ties(
        ecosystem=tuple(ecosystem),
        fusion=tuple(fused),
        nodes=tuple(make_nodes(network, technologies, targeting, seed=seed, resolution=resolution)),
        evidence=tuple(make_all_evidence(counts, sources, page_labels, quotes)),
        check=tuple(check_intersections(tied, sources, judge, fusion)),
    )
