"""Compares phrases with the register by their embeddings: whether one reads like a term, and which concept is near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.schemas import Vocabulary
from pipeline.topics.suggestions.candidates import Candidate
from pipeline.topics.suggestions.reading import Floats, Reading

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
_EACH = 10  # terms of a concept in the language that has the most passages
_OTHERS = 1  # and in each other language
_CUES = 70  # of a language, for what does not read like a term
_LEAST_RARE = 0.1  # likeness of its rarest word under which a phrase is no more than that
_BATCH = 256
_RIDGE = 5.0  # chosen by five-fold cross-validation on the register's own terms and cues


@dataclass(frozen=True, slots=True)
class Yardstick:
    """Embeddings of the register's own phrases, which phrases of the corpus are measured by.

    ``terms`` are embeddings of known terms, ``owners`` the place of each one's concept in ``concepts``; ``weights`` and
    ``mean`` tell terms from words of policy; ``centres`` are the mean vectors of the passages of each concept.
    """

    concepts: Sequence[str]
    terms: Floats
    owners: NDArray[np.int64]
    weights: Floats
    mean: Floats
    centres: Floats


def make_yardstick(
    vocabulary: Vocabulary, reading: Reading, plain: Sequence[str], encode: Encode, languages: Sequence[str]
) -> Yardstick:
    """Embed some known terms of every concept, and cues and ``plain`` phrases of the corpus that are no terms.

    ``languages`` stand by their number of passages. Terms come from all of them because the encoder puts phrases of
    different languages into one space.
    """
    chosen = known_terms(vocabulary, languages)
    concepts = [concept.id for concept in vocabulary.concepts]
    number = {concept: place for place, concept in enumerate(concepts)}
    terms = embed([phrase for _, phrase in chosen], encode)
    others = embed([*_cues(vocabulary, languages), *plain], encode)
    weights, mean = discriminant(terms, others)
    owners = np.array([number[concept] for concept, _ in chosen], dtype=np.int64)
    return Yardstick(concepts, terms, owners, weights, mean, _centres(reading, concepts))


def discriminant(terms: Floats, others: Floats) -> tuple[Floats, Floats]:
    """Return weights and mean such that (x - mean) @ weights is near 1 for terms and near -1 for other phrases.

    Ridge regression on the two labels (Hoerl and Kennard 1970), each side weighing the same.
    """
    rows = np.concatenate([terms, others])
    if not len(terms) or not len(others):
        width = rows.shape[1] if rows.ndim == 2 else 0
        return np.zeros(width), np.zeros(width)
    labels = np.concatenate([np.ones(len(terms)), -np.ones(len(others))])
    shares = np.concatenate([np.full(len(terms), 0.5 / len(terms)), np.full(len(others), 0.5 / len(others))])
    mean = shares @ rows
    centred = rows - mean
    weighted = centred * (shares * len(rows))[:, None]
    return np.linalg.solve(weighted.T @ centred + _RIDGE * np.eye(rows.shape[1]), weighted.T @ labels), mean


def embed(phrases: Sequence[str], encode: Encode) -> Floats:
    """Embed phrases in batches of a fixed size, in float64 for sums that do not depend on their order."""
    parts = [encode(phrases[start : start + _BATCH]) for start in range(0, len(phrases), _BATCH)]
    return np.concatenate(parts).astype(np.float64) if parts else np.zeros((0, 0))


def likeness(candidates: Sequence[Candidate], vectors: Floats, yardstick: Yardstick, encode: Encode) -> Floats:
    """Return how much phrases read like terms of the register rather than words of policy: about 1 to about -1.

    Half of it is that of the whole phrase, half that of its rarest word: in "cryogenic systems" the rare word makes it
    a technology, in "vibrant ecosystem" it does not.
    """
    words = sorted({candidate.rarest for candidate in candidates})
    place = {word: row for row, word in enumerate(words)}
    both = vectors, embed(words, encode)[[place[candidate.rarest] for candidate in candidates]]
    whole, rare = ((rows - yardstick.mean) @ yardstick.weights for rows in both)
    like: Floats = np.where(rare >= _LEAST_RARE, (whole + rare) / 2, np.minimum(whole, rare)).round(6)
    return like


def nearest_concepts(
    candidates: Sequence[Candidate], vectors: Floats, yardstick: Yardstick, reading: Reading
) -> list[tuple[str, float]]:
    """Return the nearest concept of each candidate and how near it is.

    Half of the nearness is that of the phrase to the concept's nearest term, half that of its passages to the
    concept's passages.
    """
    phrases = vectors @ yardstick.terms.T
    nearest = np.full((len(candidates), len(yardstick.concepts)), -1.0)
    for column, owner in enumerate(yardstick.owners):
        np.maximum(nearest[:, owner], phrases[:, column], out=nearest[:, owner])
    contexts = unit(np.array([reading.vectors[candidate.passages].mean(axis=0) for candidate in candidates]))
    both = np.round((nearest + contexts @ yardstick.centres.T) / 2, 6)
    best = both.argmax(axis=1)
    return [(yardstick.concepts[column], float(both[row, column])) for row, column in enumerate(best)]


def unit(rows: Floats) -> Floats:
    """Return rows of length 1; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Floats = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return scaled


def known_terms(vocabulary: Vocabulary, languages: Sequence[str]) -> list[tuple[str, str]]:
    """Return (concept, phrase) of the first terms of each concept, most in the first of ``languages``."""
    terms: dict[tuple[str, str], list[str]] = defaultdict(list)
    for term in vocabulary.terms:
        if not term.never and term.context is None:
            terms[term.concept, term.language].append(term.phrase)
    return [
        (concept.id, phrase)
        for concept in vocabulary.concepts
        for place, language in enumerate(languages)
        for phrase in terms[concept.id, language][: _OTHERS if place else _EACH]
    ]


def _cues(vocabulary: Vocabulary, languages: Sequence[str]) -> list[str]:
    """Return cues of each language, spread over its list so that every kind of cue is there."""
    chosen: list[str] = []
    for language in languages:
        own = [cue.phrase for cue in vocabulary.cues if cue.language == language and cue.kind != "country"]
        chosen += own[:: max(1, len(own) // _CUES)][:_CUES]
    return chosen


def _centres(reading: Reading, concepts: Sequence[str]) -> Floats:
    number = {concept: place for place, concept in enumerate(concepts)}
    sums = np.zeros((len(concepts), reading.vectors.shape[1]))
    for row, names in enumerate(reading.concepts):
        for name in sorted(names):
            if name in number:
                sums[number[name]] += reading.vectors[row]
    return unit(sums)
