"""Technologies as a network: those that bridge others, and communities.

Edges are the ties of all countries with enough support, weighted by association. Communities are those of Louvain
(Blondel et al. 2008) with a fixed seed; betweenness (Freeman 1977) takes 1 / association as the length of an edge, so
that ways lead over strong ties.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

from pipeline.schemas import Concept, FusionNode, FusionTie

_DECIMALS = 6  # so that the last digits of a sum alter nothing
_LEADERS = 3


def make_nodes(
    ties: Iterable[FusionTie],
    technologies: Sequence[Concept],
    targeting: Mapping[str, Sequence[str]],
    *,
    seed: int,
    resolution: float = 1.0,
) -> list[FusionNode]:
    """Return one row for each technology, sorted by id.

    ``ties`` are those of one scope and of concepts; ``targeting`` leads from a technology to the countries that target
    it. Communities are numbered from 1, the largest first.
    """
    edges = sorted((tie.first, tie.second, tie.association, tie.stated) for tie in ties if tie.association)
    graph = nx.Graph()
    graph.add_nodes_from(sorted({name for edge in edges for name in edge[:2]}))
    for first, second, association, stated in edges:
        graph.add_edge(first, second, weight=association, length=1 / association, stated=stated)
    betweenness = nx.betweenness_centrality(graph, weight="length")
    found = nx.community.louvain_communities(graph, weight="weight", resolution=resolution, seed=seed) if edges else []
    communities = sorted((sorted(members) for members in found), key=lambda members: (-len(members), members))
    numbers = {name: number for number, members in enumerate(communities, start=1) for name in members}
    labels = _labels(communities, graph, {concept.id: concept.label for concept in technologies})
    return [
        FusionNode(
            technology=concept.id,
            label=concept.label,
            n_countries=len(targeting.get(concept.id, ())),
            countries=" ".join(sorted(targeting.get(concept.id, ()))),
            degree=graph.degree(concept.id) if concept.id in graph else 0,
            stated=sum(bool(graph[concept.id][other]["stated"]) for other in graph[concept.id])
            if concept.id in graph
            else 0,
            betweenness=round(betweenness.get(concept.id, 0.0), _DECIMALS),
            community=numbers.get(concept.id),
            community_label=labels.get(numbers.get(concept.id, 0), ""),
        )
        for concept in sorted(technologies, key=lambda concept: concept.id)
    ]


def _labels(communities: Sequence[Sequence[str]], graph: nx.Graph, names: Mapping[str, str]) -> dict[int, str]:
    """Name each community by the members with the most ties inside it."""
    labels = {}
    for number, members in enumerate(communities, start=1):
        inside = {name: len(set(graph[name]) & set(members)) for name in members}
        leaders = sorted(members, key=lambda name: (-inside[name], name))[:_LEADERS]
        labels[number] = " + ".join(names[name] for name in leaders)
    return labels
