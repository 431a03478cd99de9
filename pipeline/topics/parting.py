"""Parts the passages of a corpus into topics: a sample is clustered, and every passage goes to the nearest centre."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.topics.clustering import find_centres
from pipeline.topics.sampling import find_repeats, in_fixed_order, sample_passages
from pipeline.topics.space import Matrix, Space, measure_space, nearest_centres, shared_centres

_FEWEST_PASSAGES = 20  # fewer are read by hand sooner than they are parted into topics


@dataclass(frozen=True, slots=True)
class Partition:
    """Passages parted into topics: ``places`` gives the row of ``centres`` of each passage (-1: none is near enough).

    ``repeats`` gives the index of the passage whose words a passage repeats (-1: none). ``stability`` has a share of
    runs for each centre; ``outliers`` is the share of the sample that clustering left out.
    """

    space: Space
    centres: Matrix
    stability: tuple[float, ...]
    places: NDArray[np.int64]
    cosines: Matrix
    repeats: tuple[int, ...]
    method: str
    outliers: float


def part_passages(
    texts: Sequence[str],
    languages: Sequence[str],
    documents: Sequence[str],
    matrix: Matrix,
    *,
    per_document: int,
    at_most: int,
    least_similarity: float,
    most_of_one: float,
    in_documents: float,
    order: Callable[[Sequence[str]], Sequence[int]] = in_fixed_order,
    **clustering: Any,
) -> Partition:
    """Part passages into topics: their texts, languages, document ids and vectors, row by row.

    ``per_document`` and ``at_most`` bound the sample that is clustered (``find_centres`` has the other options), and
    ``order`` its order; every passage is then given the nearest topic above ``least_similarity``. A topic is dropped
    when one document has more than ``most_of_one`` of its nearer half, or when fewer than the share ``in_documents`` of
    all documents have it. Fewer than twenty passages have no topics.
    """
    repeats = find_repeats(texts)
    first = [index for index in order(texts) if repeats[index] < 0]
    if len(first) < _FEWEST_PASSAGES:
        return _no_parts(matrix, repeats, f"none: {len(first)} passages are fewer than {_FEWEST_PASSAGES}")
    ascending = sorted(first)
    space = measure_space(matrix[ascending], [languages[index] for index in ascending])
    centred = space.centred(matrix, languages)
    taken = set(sample_passages(texts, documents, repeats, per_document=per_document, at_most=at_most))
    found = find_centres(centred[[index for index in first if index in taken]], **clustering)
    shared = shared_centres(
        centred[first], found.matrix, [documents[index] for index in first],
        least=least_similarity, most_of_one=most_of_one, in_documents=in_documents,
    )  # fmt: skip
    centres = found.matrix[shared]
    places, cosines = nearest_centres(centred, centres, least_similarity)
    original = [index if repeat < 0 else repeat for index, repeat in enumerate(repeats)]
    places, cosines = places[original], cosines[original]
    stability = tuple(found.stability[row] for row in shared)
    return Partition(space, centres, stability, places, cosines, tuple(repeats), found.method, found.outliers)


def _no_parts(matrix: Matrix, repeats: Sequence[int], method: str) -> Partition:
    nothing = np.zeros((0, matrix.shape[1]), dtype=np.float32)
    space = Space(matrix.mean(axis=0) if len(matrix) else np.zeros(1, dtype=np.float32), {})
    places, cosines = nearest_centres(matrix, nothing, 1)
    return Partition(space, nothing, (), places, cosines, tuple(repeats), method, 0.0)
