"""BERTopic (Grootendorst 2022) over passages whose topics are known: the words of each topic, and the saved model.

Passages reach BERTopic as their phrases, found with the stop words of each passage's own language, so that a topic's
words are whole phrases of any language. They are ranked by c-TF-IDF with BM25 weighting, kept to the language of the
topic, spread by maximal marginal relevance (Carbonell and Goldstein 1998) on the encoder's own vectors, and freed of
phrases that share a word with a better one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from bertopic import BERTopic
from bertopic.backend import BaseEmbedder
from bertopic.cluster import BaseCluster
from bertopic.dimensionality import BaseDimensionalityReduction
from bertopic.representation import MaximalMarginalRelevance
from bertopic.representation._base import BaseRepresentation
from bertopic.vectorizers import ClassTfidfTransformer
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer

from pipeline.topics.space import Matrix
from pipeline.topics.words import without_parts

Encode = Callable[[Sequence[str]], Matrix]
Ranked = list[tuple[str, float]]

_BETWEEN = "\x1f"  # stands between the phrases of a passage on their way through BERTopic
_NO_WORDS = ("–", "·")  # stand for a passage without a phrase that counts; they describe no topic
_CANDIDATES = 30
_WORDS = 10
_WORDS_OF_OTHERS = 5
_DIVERSITY = 0.1
_PIECE_FROM = 0.9  # a phrase that stands in a longer one this often is a piece of it
_MAIN_SHARE = 0.25  # English speaks for a topic from this share of its passages on, because more readers read it


def frequent_phrases(phrases: Sequence[Sequence[str]], min_passages: int) -> list[list[str]]:
    """Return the phrases of each passage that count: those that ``min_passages`` have.

    In a small corpus a five-hundredth of the passages suffices, but two at least; where none stands in two, all count.
    """
    least = max(2, min(min_passages, len(phrases) // 500))
    frequent = _frequent(phrases, least) or _frequent(phrases, 1)
    return [[phrase for phrase in own if phrase in frequent] for own in phrases]


def fit_bertopic(
    phrases: Sequence[Sequence[str]],
    languages: Sequence[str],
    spoken: Mapping[str, str],
    matrix: Matrix,
    topics: Sequence[int],
    encode: Encode,
    *,
    min_share: float,
) -> BERTopic:
    """Return BERTopic fitted on passages with the topics given; it numbers them anew, the largest 0.

    ``phrases`` of each passage that count, ``spoken`` the language of each phrase, ``matrix`` the centred vectors. A
    phrase describes a topic when at least the share ``min_share`` of the topic's passages in its language has it.
    """
    lone = len(spoken) < 2  # BERTopic fails with one word
    documents = [_BETWEEN.join(("", *own, *(_NO_WORDS if lone or not own else ()), "")) for own in phrases]
    model = BERTopic(
        language="multilingual",
        top_n_words=_WORDS,
        embedding_model=_Words(encode),
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=BaseCluster(),
        vectorizer_model=CountVectorizer(analyzer=_split),
        ctfidf_model=ClassTfidfTransformer(bm25_weighting=True, reduce_frequent_words=True),
        representation_model=[
            _OwnLanguage(phrases, languages, spoken, min_share),
            _Spread(),
            _WithoutParts(),
        ],
    )
    model.fit_transform(documents, embeddings=matrix, y=np.array(topics))
    return model


def topic_words(model: BERTopic, number: int) -> tuple[str, ...]:
    """Return the words of a topic by BERTopic's number, best first; none where no phrase stands in enough passages."""
    return tuple(word for word, _ in model.get_topic(number) if word not in ("", *_NO_WORDS))


def main_language(languages: Sequence[str]) -> str:
    """Return the language that speaks for a topic: English from a quarter of its passages on, or the most frequent."""
    counts = Counter(languages)
    if counts["en"] >= _MAIN_SHARE * len(languages):
        return "en"
    return min(counts, key=lambda language: (-counts[language], language))


def phrase_languages(phrases: Sequence[Sequence[str]], languages: Sequence[str]) -> dict[str, str]:
    """Return for each phrase the language in whose passages it stands most often for their number."""
    sizes = Counter(languages)
    counts: dict[str, Counter[str]] = {}
    for own, language in zip(phrases, languages, strict=True):
        for phrase in set(own):
            counts.setdefault(phrase, Counter())[language] += 1
    return {
        phrase: min(found, key=lambda language: (-found[language] / sizes[language], language))
        for phrase, found in counts.items()
    }


def words_by_language(model: BERTopic, spoken: Mapping[str, str], language: str) -> dict[int, list[str]]:
    """Return the best words of each topic in one language, by BERTopic's number; none where it has none."""
    names = model.vectorizer_model.get_feature_names_out()
    own = np.array([spoken.get(name) == language for name in names])
    scores = model.c_tf_idf_
    found = {}
    for number in range(scores.shape[0]):
        row = scores[number].toarray().ravel()
        found[number] = without_parts((name for name, _ in _ranked(names, np.where(own, row, 0))), _WORDS_OF_OTHERS)
    return found


class _Words(BaseEmbedder):  # type: ignore[misc]
    """Our encoder as BERTopic asks for one; each word is encoded once."""

    def __init__(self, encode: Encode) -> None:
        super().__init__()
        self._encode = encode
        self._known: dict[str, NDArray[np.float32]] = {}

    def embed(self, documents: list[str], verbose: bool = False) -> Matrix:
        new = [text for text in dict.fromkeys(documents) if text not in self._known]
        if new:
            self._known |= dict(zip(new, self._encode(new), strict=True))
        return np.array([self._known[text] for text in documents])


class _OwnLanguage(BaseRepresentation):  # type: ignore[misc]
    """Keeps the words of a topic to the language that speaks for it: the same word in three languages tells less."""

    def __init__(
        self,
        phrases: Sequence[Sequence[str]],
        languages: Sequence[str],
        spoken: Mapping[str, str],
        min_share: float,
    ) -> None:
        self._phrases = phrases
        self._spoken = spoken
        self._languages = languages
        self._min_share = min_share

    def extract_topics(
        self, topic_model: BERTopic, documents: pd.DataFrame, c_tf_idf: Any, topics: Mapping[int, Ranked]
    ) -> dict[int, Ranked]:
        names = topic_model.vectorizer_model.get_feature_names_out()
        found = {}
        for row, number in enumerate(sorted(topics)):
            usual = self._usual(documents.loc[documents.Topic == number, "ID"].tolist())
            scores = np.where([name in usual for name in names], c_tf_idf[row].toarray().ravel(), 0)
            found[number] = _ranked(names, scores)[:_CANDIDATES] or topics[number]
        return found

    def _usual(self, passages: Sequence[int]) -> set[str]:
        """Return the phrases of the topic's language that enough of its passages in that language have."""
        language = main_language([self._languages[index] for index in passages])
        own = [set(self._phrases[index]) for index in passages if self._languages[index] == language]
        counts = Counter(phrase for phrases in own for phrase in phrases if self._spoken.get(phrase) == language)
        return {phrase for phrase, count in counts.items() if count >= self._min_share * len(own)}


class _Spread(BaseRepresentation):  # type: ignore[misc]
    """Maximal marginal relevance for topics of any size: BERTopic's own fails where words are fewer than it keeps."""

    def extract_topics(
        self, topic_model: BERTopic, documents: pd.DataFrame, c_tf_idf: Any, topics: Mapping[int, Ranked]
    ) -> dict[int, Ranked]:
        found: dict[int, Ranked] = {}
        for number, ranked in topics.items():
            spread = MaximalMarginalRelevance(_DIVERSITY, top_n_words=min(2 * _WORDS, len(ranked)))
            found |= spread.extract_topics(topic_model, documents, c_tf_idf, {number: ranked})
        return found


class _WithoutParts(BaseRepresentation):  # type: ignore[misc]
    """Drops words that share a part with a better one."""

    def extract_topics(
        self, topic_model: BERTopic, documents: pd.DataFrame, c_tf_idf: Any, topics: Mapping[int, Ranked]
    ) -> dict[int, Ranked]:
        found = {}
        for number, ranked in topics.items():
            kept = set(without_parts((word for word, _ in ranked), _WORDS))
            found[number] = [(word, score) for word, score in ranked if word in kept]
        return found


def _ranked(names: NDArray[Any], scores: NDArray[Any]) -> Ranked:
    """Return the words with a score, best first; scores that agree to six digits rank by the word."""
    some = np.flatnonzero(scores > 0)
    best = some[np.argsort(-scores[some], kind="stable")][: 8 * _CANDIDATES]
    return sorted(
        ((str(names[index]), float(scores[index])) for index in best), key=lambda pair: (-round(pair[1], 6), pair[0])
    )


def _frequent(phrases: Sequence[Sequence[str]], least: int) -> set[str]:
    """Return the phrases of at least ``least`` passages, without pieces of longer ones ("national artificial")."""
    counts = Counter(phrase for own in phrases for phrase in set(own))
    frequent = {phrase for phrase, count in counts.items() if count >= least}
    pieces = set()
    for phrase in frequent:
        words = phrase.split()
        for piece in (" ".join(words[1:]), " ".join(words[:-1])):
            if counts[phrase] >= _PIECE_FROM * counts[piece] > 0:
                pieces.add(piece)
    return frequent - pieces


def _split(document: str) -> list[str]:
    """Part a document, or several that BERTopic joined by a space, into phrases again."""
    return [phrase for part in document.split(_BETWEEN) if (phrase := part.strip())]
