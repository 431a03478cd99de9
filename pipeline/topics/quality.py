"""How good topics are: coherence, diversity, stability, and how much each rests on one document, country or language.

Coherence is taken over passages: words are together when they stand in the same passage. NPMI is the normalised
pointwise mutual information of pairs of a topic's words (Bouma 2009; Lau et al. 2014), -1 for words never together.
C_v (Röder et al. 2015) compares each word's NPMI with the topic's words to that of all of them by cosine; here over
whole passages in place of its sliding window. Diversity is the share of words that are not another topic's too (Dieng
et al. 2020). Stability is the adjusted Rand index (Hubert and Arabie 1985) between the topics of passages in two fits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations
from math import log

import numpy as np
from sklearn.metrics import adjusted_rand_score

from pipeline.schemas import NO_TOPIC


def npmi(words: Sequence[str], passages: Sequence[frozenset[str]]) -> float:
    """Return the mean NPMI of all pairs of a topic's words; 0 where there are fewer than two."""
    table = _npmi_table(words, passages)
    pairs = [table[row, column] for row, column in combinations(range(len(words)), 2)]
    return float(np.mean(pairs)) if pairs else 0.0


def c_v(words: Sequence[str], passages: Sequence[frozenset[str]]) -> float:
    """Return the mean cosine between each word's NPMI with all words and the sum of those rows; 0 for no words."""
    table = _npmi_table(words, passages)
    whole = table.sum(axis=0)
    lengths = np.linalg.norm(table, axis=1) * np.linalg.norm(whole)
    cosines = np.divide(table @ whole, lengths, out=np.zeros(len(words)), where=lengths > 0)
    return float(cosines.mean()) if len(words) else 0.0


def diversity(topics: Iterable[Sequence[str]]) -> float:
    """Return the number of different words over the number of words of all topics; 1 where there are none."""
    words = [word for topic in topics for word in topic]
    return len(set(words)) / len(words) if words else 1.0


def mean_agreement(fits: Sequence[Sequence[int]]) -> float:
    """Return the mean adjusted Rand index of all pairs of fits; passages without a topic are a class of their own."""
    pairs = [adjusted_rand_score(one, other) for one, other in combinations(fits, 2)]
    return float(np.mean(pairs)) if pairs else 1.0


def share_dominated(topics: Sequence[int], owners: Sequence[Hashable], from_share: float) -> float:
    """Return the share of topics of which one owner (document, country, language) has at least ``from_share``."""
    owned: dict[int, Counter[Hashable]] = {}
    for topic, owner in zip(topics, owners, strict=True):
        if topic != NO_TOPIC:
            owned.setdefault(topic, Counter())[owner] += 1
    dominated = [max(counts.values()) >= from_share * counts.total() for counts in owned.values()]
    return float(np.mean(dominated)) if dominated else 0.0


def share_with_english(topics: Sequence[int], languages: Sequence[str], least: int = 5) -> float:
    """Return the share of passages in other languages whose topic has at least ``least`` English passages.

    Passages without a topic count as not sharing one; 1 where all passages are English.
    """
    english = Counter(topic for topic, language in zip(topics, languages, strict=True) if language == "en")
    others = [topic for topic, language in zip(topics, languages, strict=True) if language != "en"]
    return float(np.mean([t != NO_TOPIC and english[t] >= least for t in others])) if others else 1.0


def _npmi_table(words: Sequence[str], passages: Sequence[frozenset[str]]) -> np.ndarray[tuple[int, int], np.dtype]:
    """Return the NPMI of each pair of words; a word with itself has 1, or 0 where it stands nowhere."""
    holding = [{place for place, own in enumerate(passages) if word in own} for word in words]
    table = np.zeros((len(words), len(words)))
    for row, one in enumerate(holding):
        for column, other in enumerate(holding):
            table[row, column] = _npmi(len(one), len(other), len(one & other), len(passages))
    return table


def _npmi(one: int, other: int, both: int, passages: int) -> float:
    if not one or not other:
        return 0.0
    if not both:
        return -1.0
    if both == passages:
        return 1.0
    return log(both * passages / (one * other)) / -log(both / passages)
