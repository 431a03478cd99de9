"""The space in which passages are compared: vectors without what is common to their language, and topics' centres."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.schemas import NO_TOPIC

Matrix = NDArray[np.float32]
_FEWEST_OF_A_LANGUAGE = 50  # fewer passages say little of what is common to a language


@dataclass(frozen=True, slots=True)
class Space:
    """The mean vector of all passages, and of those of each language that has enough of them."""

    mean: Matrix
    means: Mapping[str, Matrix]

    def centred(self, matrix: Matrix, languages: Sequence[str]) -> Matrix:
        """Return the vectors with their language's mean taken off, of length 1.

        Encoders keep languages a little apart; without their means, passages on one matter in two languages are
        neighbours. A language without a mean of its own has the mean of all taken off.
        """
        if not len(matrix):
            return matrix
        moved = matrix - np.array([self.means.get(language, self.mean) for language in languages])
        return unit_rows(moved)


def measure_space(matrix: Matrix, languages: Sequence[str]) -> Space:
    """Return the means of all passages and of each language with at least 50 of them."""
    known = np.array(languages)
    means = {
        language: matrix[known == language].mean(axis=0)
        for language in sorted(set(languages))
        if (known == language).sum() >= _FEWEST_OF_A_LANGUAGE
    }
    return Space(matrix.mean(axis=0), means)


def unit_rows(matrix: Matrix) -> Matrix:
    """Return the rows with length 1; a row of zeros stays."""
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def nearest_centres(matrix: Matrix, centres: Matrix, least: float) -> tuple[NDArray[np.int64], Matrix]:
    """Return for each row the index of the nearest centre and the cosine to it; -1 where it is below ``least``."""
    if not len(centres) or not len(matrix):
        return np.full(len(matrix), NO_TOPIC, dtype=np.int64), np.zeros(len(matrix), dtype=np.float32)
    cosines = matrix @ centres.T
    best = cosines.argmax(axis=1).astype(np.int64)
    height = cosines.max(axis=1)
    best[height < least] = NO_TOPIC
    return best, height


def shared_centres(
    matrix: Matrix, centres: Matrix, documents: Sequence[str], *, least: float, most_of_one: float, in_documents: float
) -> NDArray[np.int64]:
    """Return the rows of the centres that are themes and not the wording of one document.

    A centre goes where one document has more than the share ``most_of_one`` of the nearer half of its passages (what
    other documents have of it stands at its edge), or where fewer than the share ``in_documents`` of all documents
    have any; the passages may then be another's, and its share is looked at again, until none goes. One document alone
    is left as it is.
    """
    rows = np.arange(len(centres))
    if len(set(documents)) < 2:
        return rows
    fewest = in_documents * len(set(documents))
    while len(rows):
        places, cosines = nearest_centres(matrix, centres[rows], least)
        members = [np.flatnonzero(places == row) for row in range(len(rows))]
        kept = np.array(
            [
                _documents(documents, own) >= fewest and _held_by_one(documents, cosines, own) <= most_of_one
                for own in members
            ]
        )
        if kept.all():
            break
        rows = rows[kept]
    return rows


def _documents(documents: Sequence[str], passages: NDArray[np.int64]) -> int:
    return len({documents[index] for index in passages.tolist()})


def _held_by_one(documents: Sequence[str], cosines: Matrix, passages: NDArray[np.int64]) -> float:
    """Return the share that one document has of the passages at least as near as the middle one; 1 for no passages."""
    if not len(passages):
        return 1.0
    nearer = passages[cosines[passages] >= np.median(cosines[passages])]
    return max(Counter(documents[index] for index in nearer.tolist()).values()) / len(nearer)
