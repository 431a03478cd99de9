"""The rows and files of ties: the industrial ecosystem, the fusion of technologies, and the quotes behind both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.schemas import Concept, FusionCheck, FusionNode, FusionTie, Period, Tie, TieEvidence
from pipeline.schemas.delimited import lines_csv, rows_csv
from pipeline.ties.counting import ALL, Counts, Key, Source, Tally
from pipeline.ties.evidence import make_evidence


@dataclass(frozen=True, slots=True)
class Ties:
    """The rows of all tables of ties, each sorted."""

    ecosystem: tuple[Tie, ...]
    fusion: tuple[FusionTie, ...]
    nodes: tuple[FusionNode, ...]
    evidence: tuple[TieEvidence, ...]
    check: tuple[FusionCheck, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """What a tie needs for its association to be given: so many passages, in so many documents."""

    passages: int
    documents: int

    def holds(self, tally: Tally) -> bool:
        """Say whether a tie has enough of both."""
        return len(tally.passages) >= self.passages and len(tally.documents) >= self.documents


def tie_name(key: Key) -> str:
    """Return the id of a tie: "all.concept.robotics.agriculture"."""
    return ".".join(key)


def make_ties(
    counts: Counts, sectors: frozenset[str], periods: Sequence[Period], window: str, support: Support
) -> tuple[list[Tie], list[FusionTie]]:
    """Return the rows of ecosystem.csv and fusion.csv, by scope, view and association."""
    ecosystem: list[Tie] = []
    fusion: list[FusionTie] = []
    for key, tally in counts.ties.items():
        scope, view, first, second = key
        row: dict[str, Any] = {
            "tie_id": tie_name(key),
            "scope": scope,
            "view": view,
            "window": window,
            "n_passages": len(tally.passages),
            "n_documents": len(tally.documents),
            "n_countries": len(tally.countries),
            "n_targeting": len(tally.targeting),
            "association": counts.association(key) if support.holds(tally) else None,
            "level": "targeted" if tally.targeting else "mentioned",
            "new": is_new(key, counts, periods),
            "first_year": tally.first_year,
        }
        if second in sectors:
            ecosystem.append(Tie(technology=first, sector=second, **row))
        else:
            words = " | ".join(word for word, _ in sorted(tally.words.items(), key=lambda item: (-item[1], item[0])))
            fusion.append(FusionTie(first=first, second=second, stated=len(tally.stated), words=words, **row))
    return sorted(ecosystem, key=_order), sorted(fusion, key=_order)


def is_new(key: Key, counts: Counts, periods: Sequence[Period]) -> str:
    """Say whether a pair stands in a period, or in a country's last period, for the first time.

    Returns "yes" or "no", or "" for all countries together and where nothing of an earlier period was read.
    """
    scope, view, first, second = key
    ordered = sorted(periods, key=lambda period: period.first)
    own = [period for period in ordered if period.label == scope]
    if own:
        before = [period.label for period in ordered if period.last < own[0].first]
        if not any(counts.windows[label] for label in before):
            return ""
        return "no" if any((label, view, first, second) in counts.ties for label in before) else "yes"
    seen = [period for period in ordered if any(period.first <= year <= period.last for year in counts.years[scope])]
    if scope == ALL or len(seen) < 2:
        return ""
    return "yes" if counts.ties[key].first_year >= seen[-1].first else "no"


def make_all_evidence(
    counts: Counts, sources: Mapping[str, Source], page_labels: Mapping[tuple[str, int], str], quotes: int
) -> list[TieEvidence]:
    """Return the rows of ties_evidence.csv, sorted by tie and rank."""
    countries = {source.id: source.country for source in sources.values()}
    return [
        row
        for key in sorted(counts.ties)
        for row in make_evidence(tie_name(key), counts.ties[key], countries, page_labels, quotes)
    ]


def render_ties(ties: Ties, concepts: Sequence[Concept]) -> dict[str, bytes]:
    """Turn the rows into files: a mapping of file names to contents, the same bytes on any machine."""
    return {
        "ecosystem.csv": rows_csv(Tie, ties.ecosystem),
        "ecosystem_matrix.csv": lines_csv(*_matrix(ties.ecosystem, concepts)),
        "fusion.csv": rows_csv(FusionTie, ties.fusion),
        "fusion_nodes.csv": rows_csv(FusionNode, ties.nodes),
        "fusion_check.csv": rows_csv(FusionCheck, ties.check),
        "ties_evidence.csv": rows_csv(TieEvidence, ties.evidence),
    }


def _matrix(ties: Sequence[Tie], concepts: Sequence[Concept]) -> tuple[list[str], list[list[Any]]]:
    """Return header and lines of the matrix: in how many countries a technology is targeted together with a sector.

    Families of technologies come first, then the technologies; 0 stands where no country targets the two together.
    """
    everywhere = {(tie.view, tie.technology, tie.sector): tie.n_targeting for tie in ties if tie.scope == ALL}
    sectors = [concept for concept in concepts if concept.kind == "sector"]
    technologies = [concept for concept in concepts if concept.kind == "technology"]
    families = list(dict.fromkeys(concept.family for concept in technologies))
    rows = [("family", family, family) for family in families]
    rows += [("concept", concept.id, concept.label) for concept in technologies]
    header = ["view", "technology", "label", *(sector.id for sector in sectors)]
    return header, [
        [view, name, label, *(everywhere.get((view, name, sector.id), 0) for sector in sectors)]
        for view, name, label in rows
    ]


def _order(tie: Tie | FusionTie) -> tuple[bool, str, str, bool, float, int, str]:
    association = tie.association
    known = association is not None
    return tie.scope != ALL, tie.scope, tie.view, not known, -(association or 0.0), -tie.n_passages, tie.tie_id
