"""Weighs candidates and puts them in order, each language with its share."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.schemas import NO_TOPIC
from pipeline.topics.suggestions.candidates import Candidate
from pipeline.topics.suggestions.reading import Reading

_DECIMALS = 4
_SPREAD = 0.4  # power of the number of documents: a phrase of six documents weighs twice that of one
_LISTED = 0.4  # weight of each doubling of the enumerations that a phrase stands in
_LEAD = 5  # the best candidates of a language by which it is held against the others
_FAMILY = 7  # letters that the words of one family share
_EVEN = 0.5  # 0: languages compete as they are; 1: the best of each language rank alike


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with what speaks for it.

    ``priority`` and ``openness`` are means over its passages, ``contrast`` is its c-TF-IDF in the topic ``topic``
    (None: in no topic) against its weight in the whole, ``likeness`` how much it reads like a term, ``nearness`` how
    near ``concept`` is.
    """

    candidate: Candidate
    listed: int
    priority: float
    openness: float
    topic: int | None
    contrast: float
    likeness: float = 0.0
    concept: str = ""
    nearness: float = 0.0
    score: float = 0.0


def weigh(candidates: Sequence[Candidate], listed: Sequence[int], reading: Reading) -> list[Weighed]:
    """Weigh candidates by their passages; what needs embeddings is left at 0."""
    sizes = Counter(topic for topic in reading.topics if topic != NO_TOPIC)
    uncovered = _uncovered(reading)
    weighed = []
    for candidate, count in zip(candidates, listed, strict=True):
        rows = candidate.passages
        topic, contrast = _contrast(Counter(reading.topics[row] for row in rows), sizes, uncovered)
        means = float(reading.priority[rows].mean()), float(reading.openness[rows].mean())
        weighed.append(Weighed(candidate, count, *means, topic, contrast))
    return weighed


def promise(weighed: Weighed) -> float:
    """Return how far a candidate is worth an embedding: its score without what embeddings say.

    The product of termhood (C-value, rarity, contrast between topics) and of the passages' priority and openness:
    what fails one of them is no suggestion.
    """
    own = weighed.candidate
    spread = math.log1p(own.c_value) * math.pow(len(own.documents), _SPREAD)
    termhood = spread * math.pow(own.rarity, 1.5) * (1 + weighed.contrast)
    context = weighed.priority * (0.5 + weighed.openness)
    value: float = termhood * context * (1 + _LISTED * math.log2(1 + weighed.listed))
    return round(value, _DECIMALS)


def most_promising(weighed: Sequence[Weighed], most: int) -> list[Weighed]:
    """Return the ``most`` candidates that are worth an embedding, languages sharing by the root of their numbers."""
    own: dict[str, list[Weighed]] = defaultdict(list)
    for each in sorted(weighed, key=lambda each: (-promise(each), each.candidate.key)):
        own[each.candidate.language].append(each)
    roots = {language: math.sqrt(len(each)) for language, each in own.items()}
    total = sum(roots.values())
    left = max(0, most)
    chosen: list[Weighed] = []
    for language in sorted(own, key=lambda language: (len(own[language]), language)):
        share = min(len(own[language]), round(left * roots[language] / total)) if total else 0
        chosen += own[language][:share]
        left -= share
        total -= roots[language]
    return chosen


def score(weighed: Sequence[Weighed]) -> list[Weighed]:
    """Return the candidates with their scores, the best first; ties stand by language and phrase.

    English has most passages and so the highest counts. Each language's scores are divided by a root of what its best
    candidates have on average: halfway between leaving them to compete and giving each the same ranks.
    """
    plain = [
        (each, promise(each) * min(1.0, max(0.0, each.likeness)) * max(0.0, each.nearness) ** 2) for each in weighed
    ]
    values: dict[str, list[float]] = defaultdict(list)
    for each, value in plain:
        values[each.candidate.language].append(value)
    leads = {language: float(np.mean(sorted(own)[-_LEAD:])) or 1.0 for language, own in values.items()}
    scored = [
        replace(each, score=round(value / leads[each.candidate.language] ** _EVEN, _DECIMALS)) for each, value in plain
    ]
    return sorted(scored, key=lambda each: (-each.score, each.candidate.language, each.candidate.phrase))


def without_kin(ranked: Sequence[Weighed]) -> list[Weighed]:
    """Leave out each candidate that holds a better one of its language, or whose rarest word is of the same family.

    They are one question to a reviewer: once the best of a family is decided on, the next comes.
    """
    kept: list[Weighed] = []
    taken: dict[str, list[str]] = defaultdict(list)
    for each in ranked:
        own = each.candidate
        others = taken[own.language]
        stem = own.rarest.lower()[:_FAMILY]
        if not any(stem.startswith(other) or other.startswith(stem) or other in own.key for other in others):
            kept.append(each)
            others.append(stem)
    return kept


def _uncovered(reading: Reading) -> Mapping[int, float]:
    """Return how much of each topic the register does not know: the share of its passages without a concept."""
    open_ones: Counter[int] = Counter()
    sizes: Counter[int] = Counter()
    for topic, concepts in zip(reading.topics, reading.concepts, strict=True):
        sizes[topic] += 1
        open_ones[topic] += not concepts
    return {topic: open_ones[topic] / size for topic, size in sizes.items()}


def _contrast(
    counts: Mapping[int, int], sizes: Mapping[int, int], uncovered: Mapping[int, float]
) -> tuple[int | None, float]:
    """Return the topic in which a phrase stands out the most, and by how much (0 to 1), topics little known first.

    The measure is the class-based TF-IDF of Grootendorst (2022), "BERTopic", tf * log(1 + A / f), with tf the share of
    a topic's passages that have the phrase: what it is in one topic over its sum in all of them, where the logarithm
    cancels out. It is weighed by half plus half of ``uncovered``. The mean size is added to each topic's size, so that
    one passage does not make a phrase the word of a small topic.
    """
    inside = {topic: count for topic, count in sorted(counts.items()) if topic != NO_TOPIC}
    if not inside:
        return None, 0.0
    mean = sum(sizes.values()) / len(sizes)
    shares = {topic: count / (sizes[topic] + mean) for topic, count in inside.items()}
    total = sum(shares.values())
    values = {topic: round(share / total * (0.5 + uncovered[topic] / 2), 6) for topic, share in shares.items()}
    best = min(values, key=lambda topic: (-values[topic], topic))
    return best, values[best] * sum(inside.values()) / sum(counts.values())
