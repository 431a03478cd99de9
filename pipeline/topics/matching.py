"""Topics that stay: which topic of a new model is which of the last one, and what became of the others.

Pairs are chosen one to one so that their likeness is greatest in sum (Kuhn 1955, the Hungarian method). Likeness is
that of the centres and of the words, or the share of passages in common where both models have topics for the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from pipeline.schemas import NO_TOPIC, Topic, TopicEvent
from pipeline.topics.model import TopicModel, renumbered

_ALIKE = 0.5  # likeness from which on two topics are the same
_WORDS_WEIGHT = 0.3
_MOST = 0.5  # a topic is a piece of another when at least this share of its passages were there


def keep_numbers(
    model: TopicModel, last: TopicModel, places: Mapping[str, int], before: Mapping[str, int]
) -> tuple[TopicModel, tuple[TopicEvent, ...]]:
    """Give each topic of ``model`` the number it had in ``last``, or a new one; return also what else became of topics.

    ``places`` gives the place in ``model.topics`` for each passage id, ``before`` the number in ``last``; -1 is none.
    Models of different encoders share no space: then passages alone tell which topic is which.
    """
    likeness = _likeness(model, last, places, before)
    rows, columns = linear_sum_assignment(-likeness) if likeness.size else ((), ())
    numbers = [NO_TOPIC] * len(model.topics)
    for row, column in zip(rows, columns, strict=True):
        if likeness[row, column] >= _ALIKE:
            numbers[row] = last.topics[column].number
    unused = last.next_number
    for row in range(len(numbers)):
        if numbers[row] == NO_TOPIC:
            numbers[row], unused = unused, unused + 1
    kept = renumbered(model, numbers, unused)
    return kept, tuple(
        _events(kept, last, {key: numbers[place] for key, place in places.items() if place >= 0}, before)
    )


def _likeness(
    model: TopicModel, last: TopicModel, places: Mapping[str, int], before: Mapping[str, int]
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the likeness of each topic of ``model`` (rows) and ``last`` (columns), between 0 and 1."""
    likeness = np.zeros((len(model.topics), len(last.topics)))
    if model.encoder == last.encoder and likeness.size:
        words = [[_shared(new, old) for old in last.topics] for new in model.topics]
        centres = np.clip(model.centres @ last.centres.T, 0, 1)
        likeness = (1 - _WORDS_WEIGHT) * centres + _WORDS_WEIGHT * np.array(words).reshape(likeness.shape)
    column_of = {topic.number: column for column, topic in enumerate(last.topics)}
    both = Counter(
        (place, column_of[before[key]]) for key, place in places.items() if place >= 0 and before.get(key) in column_of
    )
    new, old = Counter(place for place, _ in both.elements()), Counter(column for _, column in both.elements())
    for (place, column), count in both.items():
        likeness[place, column] = max(likeness[place, column], 2 * count / (new[place] + old[column]))
    return likeness


def _shared(new: Topic, old: Topic) -> float:
    union = set(new.words) | set(old.words)
    return len(set(new.words) & set(old.words)) / len(union) if union else 0.0


def _events(
    model: TopicModel, last: TopicModel, after: Mapping[str, int], before: Mapping[str, int]
) -> Sequence[TopicEvent]:
    """Say which topics are new or split off another, and which are gone or went into another."""
    new = {topic.number: topic for topic in model.topics}
    old = {topic.number: topic for topic in last.topics}
    moves = Counter((before[key], number) for key, number in after.items() if before.get(key, NO_TOPIC) != NO_TOPIC)
    events = []
    for number, topic in new.items():
        if number not in old:
            source = _most({was: count for (was, now), count in moves.items() if now == number})
            if source in old:
                sentence = f"topic {number} ({topic.label}) split off topic {source} ({old[source].label})"
                events.append(TopicEvent("split", (source,), (number,), sentence))
            else:
                events.append(TopicEvent("new", (), (number,), f"topic {number} ({topic.label}) is new"))
    for number, topic in old.items():
        if number not in new:
            target = _most({now: count for (was, now), count in moves.items() if was == number})
            if target in new:
                sentence = f"topic {number} ({topic.label}) went into topic {target} ({new[target].label})"
                events.append(TopicEvent("merged", (number,), (target,), sentence))
            else:
                events.append(TopicEvent("gone", (number,), (), f"topic {number} ({topic.label}) is gone"))
    return events


def _most(counts: Mapping[int, int]) -> int:
    """Return the number that has at least half of the counts; NO_TOPIC where none has."""
    best = min(counts, key=lambda number: (-counts[number], number), default=NO_TOPIC)
    return best if counts and counts[best] >= _MOST * sum(counts.values()) else NO_TOPIC
