"""Countries grouped by what they target beyond what is to be expected of countries and concepts such as these."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import ClusterNode, linkage, to_tree

Groups = tuple[tuple[str, ...], tuple[str, ...]]
_DECIMALS = 6  # figures are rounded, so that the last digits of a processor's arithmetic part no countries
_ROUNDS = 2000
_TOLERANCE = 1e-10


def split_countries(targets: Mapping[str, Collection[str]]) -> Iterator[Groups]:
    """Yield the two groups of each split of a hierarchical clustering, the first split first.

    Countries are alike when they target the same unexpected concepts: the distance is one less the correlation of what
    each targets, less what the bipartite configuration model expects (Saracco et al. 2015); linkage is by average.
    """
    countries = sorted(code for code, own in targets.items() if own)
    concepts = sorted({concept for own in targets.values() for concept in own})
    found = np.array([[float(concept in targets[code]) for concept in concepts] for code in countries])
    keep = found.any(axis=0) & ~found.all(axis=0) if len(countries) else np.zeros(0, dtype=bool)
    if len(countries) < 3 or not keep.any():
        return
    rest = np.round(found[:, keep] - expected(found[:, keep]), _DECIMALS)
    distances = np.round(1 - _correlations(rest), _DECIMALS)
    condensed = distances[np.triu_indices(len(countries), 1)]
    yield from _splits(to_tree(linkage(condensed, method="average")), countries)


def expected(found: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the chance of each cell of a 0/1 matrix under the maximum-entropy model with its row and column sums.

    The chances are x y / (1 + x y) with a factor for each row and each column, found by iteration.
    """
    rows, columns = found.sum(axis=1), found.sum(axis=0)
    x, y = rows / np.sqrt(found.sum()), columns / np.sqrt(found.sum())
    for _ in range(_ROUNDS):
        before = x
        x = rows / (y / (1 + np.outer(x, y))).sum(axis=1)
        y = columns / (x[:, None] / (1 + np.outer(x, y))).sum(axis=0)
        if np.max(np.abs(x - before)) < _TOLERANCE:
            break
    odds = np.outer(x, y)
    return np.asarray(odds / (1 + odds), dtype=np.float64)


def _correlations(rest: NDArray[np.float64]) -> NDArray[np.float64]:
    centred = rest - rest.mean(axis=1, keepdims=True)
    lengths = np.sqrt((centred**2).sum(axis=1))
    lengths[lengths == 0] = 1.0
    unit = centred / lengths[:, None]
    return np.asarray(unit @ unit.T, dtype=np.float64)


def _splits(tree: ClusterNode, countries: list[str]) -> Iterator[Groups]:
    waiting = [tree]
    while waiting:
        node = waiting.pop(0)
        sides = [side for side in (node.get_left(), node.get_right()) if side is not None]
        if len(sides) == 2:
            first, second = (tuple(sorted(countries[leaf] for leaf in side.pre_order())) for side in sides)
            yield (first, second) if first < second else (second, first)
            waiting += sorted(sides, key=lambda side: -side.dist)
