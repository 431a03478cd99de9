"""What is known of each passage before phrases are counted: its known terms, its concepts, how much it commits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.schemas import Mention, Passage, PassageTopic
from pipeline.topics.suggestions.pieces import Span

Floats = NDArray[np.float64]
_OF_TARGETED = 0.75  # a passage that targets something commits at least this much


@dataclass(frozen=True, slots=True)
class Reading:
    """The passages that count, one place each in every sequence.

    ``gaps`` are the spans of ``text`` that known terms cover, ``concepts`` what they mention. ``priority`` (0 to 1)
    tells how much a passage reads like a commitment, ``openness`` (1 to 0) how little of it the register knows.
    ``vectors`` are those of the passages less the mean of their language, so that what they have in common is what
    they speak of.
    """

    passages: Sequence[Passage]
    topics: Sequence[int]
    vectors: Floats
    gaps: Sequence[Sequence[Span]]
    concepts: Sequence[frozenset[str]]
    priority: Floats
    openness: Floats


def read_passages(
    passages: Sequence[Passage],
    vectors: NDArray[np.float32],
    topics: Sequence[PassageTopic],
    mentions: Iterable[Mention],
) -> Reading:
    """Bring passages, vectors, topics and mentions together, leaving out passages that repeat another."""
    if not len(passages) == len(vectors) == len(topics):
        raise ValueError(
            f"{len(passages)} passages, {len(vectors)} vectors and {len(topics)} topics; expected one of each"
        )
    kept = [place for place, topic in enumerate(topics) if not topic.repeats]
    own = [passages[place] for place in kept]
    matrix = np.asarray(vectors, dtype=np.float64)[kept]
    gaps, concepts, targeted = _mentioned(own, mentions)
    return Reading(
        passages=own,
        topics=[topics[place].topic for place in kept],
        vectors=_without_language(matrix, [passage.language for passage in own]),
        gaps=gaps,
        concepts=[frozenset(names) for names in concepts],
        priority=commitment(matrix, targeted, np.array([bool(names) for names in concepts], dtype=bool)),
        openness=np.array([1 / (1 + len(names)) for names in concepts]),
    )


def commitment(vectors: Floats, targeted: NDArray[np.bool_], mentioned: NDArray[np.bool_]) -> Floats:
    """Return how much each passage reads like one that commits its issuer, from 0 to 1.

    Passages that target a concept and those that only mention one differ in a direction of the space of embeddings:
    the difference of their means, which a nearest-mean classifier decides by. Ranked along it, passages without a known
    concept are judged by the same measure (on the corpus `strategies` it tells targeted from mentioned with an
    area under the curve of .83). Without passages of both sorts, all are alike.
    """
    only = mentioned & ~targeted
    if not targeted.any() or not only.any():
        return np.where(targeted, 1.0, 0.5)
    along = np.round(vectors @ (vectors[targeted].mean(axis=0) - vectors[only].mean(axis=0)), 6)
    ranks = np.searchsorted(np.sort(along), along, side="right") / len(along)
    committed: Floats = np.where(targeted, np.maximum(ranks, _OF_TARGETED), ranks)
    return committed


def _mentioned(
    passages: Sequence[Passage], mentions: Iterable[Mention]
) -> tuple[list[list[Span]], list[set[str]], NDArray[np.bool_]]:
    places = {passage.id: place for place, passage in enumerate(passages)}
    gaps: list[list[Span]] = [[] for _ in passages]
    concepts: list[set[str]] = [set() for _ in passages]
    targeted = np.zeros(len(passages), dtype=bool)
    for mention in mentions:
        place = places.get(mention.passage_id)
        if place is None:
            continue
        passage = passages[place]
        gaps[place].append((passage.index_of(mention.term_start), passage.index_of(mention.term_end)))
        concepts[place].add(mention.concept)
        targeted[place] |= mention.level == "targeted"
    return [sorted(spans) for spans in gaps], concepts, targeted


def _without_language(vectors: Floats, languages: Sequence[str]) -> Floats:
    places: dict[str, list[int]] = defaultdict(list)
    for place, language in enumerate(languages):
        places[language].append(place)
    centred = vectors.copy()
    for rows in places.values():
        centred[rows] -= vectors[rows].mean(axis=0)
    return centred
