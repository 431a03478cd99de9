"""What the register misses: phrases of passages that commit and carry few known concepts, the best first.

The way of a suggestion: the phrases of all passages are counted outside what known terms cover (``pieces``,
``candidates``), those that are known, decided, plain words of policy, names or fragments fall away (``known``,
``naming``), what stands in enumerations beside known terms is noted (``listing``), the most promising are embedded and
held against the register's own terms (``nearness``), and the best of each language are ranked (``ranking``) and quoted
(``quotes``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.schemas import Document, Mention, Passage, PassageTopic, Suggestion, Vocabulary
from pipeline.topics.suggestions.candidates import find_candidates
from pipeline.topics.suggestions.decided import read_decided
from pipeline.topics.suggestions.known import know
from pipeline.topics.suggestions.listing import count_listed
from pipeline.topics.suggestions.nearness import Encode, embed, likeness, make_yardstick, nearest_concepts
from pipeline.topics.suggestions.ranking import Weighed, most_promising, score, weigh, without_kin
from pipeline.topics.suggestions.reading import Reading, read_passages
from pipeline.topics.suggestions.wording import worded

__all__ = ["read_decided", "suggest_terms"]

_PLAIN = 60  # plain phrases of a language that the yardstick takes for no terms


def suggest_terms(
    passages: Sequence[Passage],
    vectors: NDArray[np.float32],
    topics: Sequence[PassageTopic],
    mentions: Iterable[Mention],
    vocabulary: Vocabulary,
    documents: Sequence[Document],
    *,
    encode: Encode,
    decided: Collection[tuple[str, str]],
    most: int = 200,
    min_passages: int = 3,
    min_documents: int = 2,
    min_likeness: float = 0.25,
    near: float = 0.58,
    most_embedded: int = 8000,
) -> list[Suggestion]:
    """Return at most ``most`` phrases that the register may lack, the best first.

    ``passages``, ``vectors`` (of length 1) and ``topics`` are in one order; ``mentions`` are those of the corpus;
    ``encode`` embeds phrases in the space of the vectors; ``decided`` holds the (language, phrase) pairs that are not
    to come back. A phrase of a likeness to known terms under ``min_likeness`` (1: like a term, -1: like a cue) is left
    out; one whose nearest concept is at least ``near`` is a term for it, any other a concept of its own.
    """
    reading = read_passages(passages, vectors, topics, mentions)
    known = know(vocabulary, decided)
    found = find_candidates(reading, known, min_passages=min_passages, min_documents=min_documents)
    candidates = [candidate for own in found.values() for candidate in own.candidates]
    listed = [count_listed(each, reading, known[each.language].language) for each in candidates]
    chosen = most_promising(weigh(candidates, listed, reading), most_embedded)
    if not chosen:
        return []
    counts = Counter(passage.language for passage in reading.passages if passage.language in known)
    languages = sorted(known, key=lambda code: (-counts[code], code))
    plain = [phrase for code in languages if code in found for phrase in found[code].plain[:_PLAIN]]
    yardstick = make_yardstick(vocabulary, reading, plain, encode, languages)
    embedded = embed([each.candidate.phrase for each in chosen], encode)
    likenesses = likeness([each.candidate for each in chosen], embedded, yardstick, encode)
    concepts = nearest_concepts([each.candidate for each in chosen], embedded, yardstick, reading)
    full = [
        replace(each, likeness=float(like), concept=concept, nearness=nearness)
        for each, like, (concept, nearness) in zip(chosen, likenesses, concepts, strict=True)
        if like >= min_likeness
    ]
    return _rows(without_kin(score(full))[:most], reading, documents, near)


def _rows(ranked: Sequence[Weighed], reading: Reading, documents: Sequence[Document], near: float) -> list[Suggestion]:
    countries = {document.id: document.country for document in documents}
    return [worded(each, rank, reading, countries, near) for rank, each in enumerate(ranked, start=1)]
