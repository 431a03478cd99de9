"""Fits the topics of a corpus: passages are parted, and each part is described by its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pipeline.schemas import Topic
from pipeline.topics.clustering import Each
from pipeline.topics.model import TopicModel, colour_of
from pipeline.topics.parting import part_passages
from pipeline.topics.space import Matrix
from pipeline.topics.words import phrases

if TYPE_CHECKING:
    from bertopic import BERTopic

_AT_ONCE = 500  # texts whose phrases are found in one go
_FEWEST_OF_A_LANGUAGE = 10  # passages of a topic from which on it has words in that language


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model, BERTopic's own, and for each passage its topic's place in ``model.topics`` (-1: none).

    BERTopic's is None where no passage has a topic.
    """

    model: TopicModel
    bertopic: BERTopic | None
    places: NDArray[np.int64]
    cosines: Matrix
    repeats: tuple[int, ...]


def fit_topics(
    texts: Sequence[str],
    languages: Sequence[str],
    documents: Sequence[str],
    matrix: Matrix,
    encode: Callable[[Sequence[str]], Matrix],
    *,
    encoder: str,
    min_passages: int,
    min_share: float,
    each: Each = map,
    **parting: Any,
) -> Fit:
    """Part passages into topics (``part_passages`` has the options), and describe each by its words.

    ``encoder`` names what made the vectors, ``encode`` is it; ``frequent_phrases`` and ``fit_bertopic``
    have the other two. ``each`` takes the place of ``map`` where the work is shared out among processes.
    """
    starts = range(0, len(texts), _AT_ONCE)
    found_phrases = each(
        _phrases,
        (texts[start : start + _AT_ONCE] for start in starts),
        (languages[start : start + _AT_ONCE] for start in starts),
    )
    parts = part_passages(texts, languages, documents, matrix, each=each, **parting)
    inside = [index for index, place in enumerate(parts.places) if place >= 0 and parts.repeats[index] < 0]
    if not inside:
        least = parting["least_similarity"]
        empty = TopicModel((), parts.centres[:0], parts.space, least, encoder, parts.method, parts.outliers, 0)
        return Fit(empty, None, parts.places, parts.cosines, parts.repeats)
    from pipeline.topics.describing import fit_bertopic, frequent_phrases, phrase_languages, words_by_language

    all_phrases = list(chain.from_iterable(found_phrases))
    own_phrases = frequent_phrases([all_phrases[index] for index in inside], min_passages)
    own_languages = [languages[index] for index in inside]
    places = parts.places[inside]
    centred = parts.space.centred(matrix[inside], own_languages)
    spoken = phrase_languages(own_phrases, own_languages)
    bertopic = fit_bertopic(
        own_phrases, own_languages, spoken, centred, places.tolist(), encode,
        min_share=min_share,
    )  # fmt: skip
    others = {
        language: words_by_language(bertopic, spoken, language)
        for language, count in sorted(Counter(own_languages).items()) if count >= _FEWEST_OF_A_LANGUAGE
    }  # fmt: skip
    order = _bertopic_order(bertopic, places)
    topics = tuple(
        _topic(number, bertopic, others, [own_languages[index] for index in np.flatnonzero(places == row)],
               parts.stability[row])
        for number, row in enumerate(order)
    )  # fmt: skip
    ranks = np.full(len(parts.centres) + 1, -1, dtype=np.int64)  # the last entry stands for "no topic"
    ranks[order] = np.arange(len(order))
    model = TopicModel(
        topics, parts.centres[order], parts.space, parting["least_similarity"], encoder, parts.method,
        parts.outliers, len(topics),
    )  # fmt: skip
    return Fit(model, bertopic, ranks[parts.places], parts.cosines, parts.repeats)


def _phrases(texts: Sequence[str], languages: Sequence[str]) -> list[list[str]]:
    return list(map(phrases, texts, languages))


def _bertopic_order(bertopic: BERTopic, places: NDArray[np.int64]) -> list[int]:
    """Return the rows of the centres in BERTopic's order; a centre that no passage is near is left out."""
    found = dict(zip(bertopic.topics_, places.tolist(), strict=True))
    return [found[number] for number in sorted(found)]


def _topic(
    number: int,
    bertopic: BERTopic,
    others: Mapping[str, Mapping[int, Sequence[str]]],
    languages: Sequence[str],
    stability: float,
) -> Topic:
    from pipeline.topics.describing import main_language, topic_words

    words = topic_words(bertopic, number)
    language = main_language(languages)
    further = tuple(
        (code, tuple(found[number])) for code, found in others.items()
        if code != language and languages.count(code) >= _FEWEST_OF_A_LANGUAGE and found.get(number)
    )  # fmt: skip
    label = ", ".join(words[:3]) or f"topic {number}"
    return Topic(number, label, colour_of(number), language, words, further, stability)
