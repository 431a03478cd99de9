"""Finds the centres of topics in a sample of passages.

UMAP (McInnes et al. 2018) and HDBSCAN (Campello et al. 2013) give other clusters with another seed. They are run
several times over the same neighbours, and a topic is what most of the runs find: the centres of all runs are joined by
average linkage, and a group that stands for enough runs makes one centre (cluster ensembles, Strehl and Ghosh 2002).
Each centre keeps the share of runs that found it as its stability. A small corpus has too few passages for densities
and gets k-means in the same way.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from sklearn.cluster import HDBSCAN, AgglomerativeClustering, KMeans
from sklearn.metrics import silhouette_score
from sklearn.neighbors import NearestNeighbors

from pipeline.topics.space import Matrix, unit_rows

Progress = Callable[[int, int], None]
Each = Callable[..., Iterable[Any]]

_JOINED_BELOW = 0.25  # cosine distance under which the centres of two runs are one topic
_K_MEANS_TRIES = 10
_UMAP_ROUNDS = 100  # twice as many cost twice the time and make topics no steadier
_POINTS_TO_PREPARE = 40
_FEWEST_FOR_K_MEANS = 4  # different passages: fewer are one topic
_NEAR_FOR_K_MEANS = 12  # passages that a topic of a small corpus should have on average, at least


@dataclass(frozen=True, slots=True)
class Centres:
    """The centres of topics as rows of length 1, the stability of each, how they were found, and outliers at first."""

    matrix: Matrix
    stability: tuple[float, ...]
    method: str
    outliers: float


def find_centres(
    matrix: Matrix,
    *,
    seed: int,
    runs: int,
    neighbours: int,
    dimensions: int,
    min_topic: int,
    min_density: int,
    found_in: float,
    small_corpus: int,
    progress: Progress = lambda done, total: None,
    each: Each = map,
) -> Centres:
    """Return the centres that at least the share ``found_in`` of ``runs`` seeded runs agree on.

    ``matrix`` holds the sample in a fixed order, rows of length 1. ``neighbours`` and ``dimensions`` are UMAP's,
    ``min_topic`` and ``min_density`` HDBSCAN's smallest cluster and number of near passages. Under ``small_corpus``
    passages k-means takes their place, and ``method`` says so. ``progress`` is told of each run of UMAP, which ``each``
    may do in processes of their own (``prepare_process`` makes them ready).
    """
    seeds = range(seed, seed + runs)
    if len(matrix) < small_corpus:
        labels = _k_means(matrix, seeds)
        method = f"k-means ({len(matrix)} passages are fewer than {small_corpus}), {runs} runs"
    else:
        labels = _densities(matrix, seeds, neighbours, dimensions, min_topic, min_density, progress, each)
        method = f"UMAP and HDBSCAN, {runs} runs"
    outliers = float(np.mean([(own < 0).mean() for own in labels])) if len(matrix) else 0.0
    centres, stability = _agreed([_centres(matrix, own) for own in labels], found_in)
    return Centres(centres, stability, method, outliers)


def _densities(
    matrix: Matrix,
    seeds: range,
    neighbours: int,
    dimensions: int,
    min_topic: int,
    min_density: int,
    progress: Progress,
    each: Each,
) -> list[NDArray[np.int64]]:
    """Cluster by density in a few dimensions, once for each seed; the graph of neighbours is made once, exactly."""
    progress(0, len(seeds))
    cluster = partial(_cluster, matrix, _graph(matrix, neighbours), dimensions, min_topic, min_density)
    found = []
    for labels in each(cluster, seeds):
        found.append(labels)
        progress(len(found), len(seeds))
    return found


def _cluster(
    matrix: Matrix, graph: Any, dimensions: int, min_topic: int, min_density: int, seed: int
) -> NDArray[np.int64]:
    flat = _flatten(matrix, graph, dimensions, seed)
    clusters = HDBSCAN(min_cluster_size=min_topic, min_samples=min_density, copy=True).fit(flat)
    return np.asarray(clusters.labels_, dtype=np.int64)


def prepare_process() -> None:
    """Have a fresh process import UMAP and compile it, which takes longer than what it then does."""
    points = np.random.RandomState(0).normal(size=(_POINTS_TO_PREPARE, 8)).astype(np.float32)
    ring = np.roll(np.eye(_POINTS_TO_PREPARE, dtype=np.float32), 1, axis=1)
    _flatten(points, coo_matrix(ring + ring.T), 2, 0)


def _graph(matrix: Matrix, neighbours: int) -> Any:
    """Return UMAP's weighted graph of neighbours, which no seed alters."""
    from umap import UMAP

    search = NearestNeighbors(n_neighbors=neighbours, metric="cosine", algorithm="brute").fit(matrix)
    distances, indices = search.kneighbors(matrix)
    nearest = (indices.astype(np.int32), distances.astype(np.float32))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a seed means one thread, and that new passages need another search
        mapper = UMAP(
            n_neighbors=neighbours, metric="cosine", random_state=0, precomputed_knn=nearest, transform_mode="graph",
            n_jobs=1,
        )  # fmt: skip
        return mapper.fit(matrix).graph_


def _flatten(matrix: Matrix, graph: Any, dimensions: int, seed: int) -> Matrix:
    """Lay the graph out in a few dimensions, as UMAP does with its defaults and no least distance between points."""
    from umap.umap_ import find_ab_params, simplicial_set_embedding

    spread, slope = find_ab_params(1.0, 0.0)
    flat, _ = simplicial_set_embedding(
        matrix, graph.copy(), dimensions, initial_alpha=1.0, a=spread, b=slope, gamma=1.0, negative_sample_rate=5,
        n_epochs=_UMAP_ROUNDS, init="pca", random_state=np.random.RandomState(seed), metric="cosine", metric_kwds={},
        densmap=False, densmap_kwds={}, output_dens=False,
    )  # fmt: skip
    return np.asarray(flat, dtype=np.float32)


def _k_means(matrix: Matrix, seeds: range) -> list[NDArray[np.int64]]:
    """Cluster into the number of topics that parts the passages best by silhouette, once for each seed."""
    different = len(np.unique(matrix, axis=0))
    most = min(different - 1, max(2, len(matrix) // _NEAR_FOR_K_MEANS))
    if different < _FEWEST_FOR_K_MEANS:
        return [np.zeros(len(matrix), dtype=np.int64) for _ in seeds]
    fits = {
        count: KMeans(count, n_init=_K_MEANS_TRIES, random_state=seeds.start).fit(matrix).labels_
        for count in range(2, most + 1)
    }
    best = max(
        fits, key=lambda count: (round(float(silhouette_score(matrix, fits[count], metric="cosine")), 4), -count)
    )
    return [
        np.asarray(KMeans(best, n_init=_K_MEANS_TRIES, random_state=seed).fit(matrix).labels_, dtype=np.int64)
        for seed in seeds
    ]


def _centres(matrix: Matrix, labels: NDArray[np.int64]) -> Matrix:
    numbers = sorted(set(labels.tolist()) - {-1})
    rows = [matrix[labels == number].mean(axis=0) for number in numbers]
    return unit_rows(np.array(rows, dtype=np.float32).reshape(len(rows), matrix.shape[1]))


def _agreed(runs: list[Matrix], found_in: float) -> tuple[Matrix, tuple[float, ...]]:
    """Join the runs' centres and keep those that enough runs found, the most stable first."""
    centres = np.concatenate(runs)
    if len(centres) < 2:
        found = 1 / len(runs)
        return (centres, tuple(found for _ in centres)) if found >= found_in else (centres[:0], ())
    origin = np.repeat(np.arange(len(runs)), [len(own) for own in runs])
    joined = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=_JOINED_BELOW
    ).fit(centres)
    kept = []
    for group in range(joined.n_clusters_):
        members = joined.labels_ == group
        stability = len(set(origin[members].tolist())) / len(runs)
        if stability >= found_in:
            kept.append((stability, centres[members].mean(axis=0)))
    kept.sort(key=lambda pair: (-pair[0], -float(pair[1].sum())))
    rows = np.array([row for _, row in kept], dtype=np.float32).reshape(len(kept), centres.shape[1])
    return unit_rows(rows), tuple(stability for stability, _ in kept)
