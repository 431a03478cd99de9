"""Which passages a model is fitted on: none twice, and from each document no more than its share.

A white paper of 1,800 passages beside briefs of 40 would fill the model with its own chapters, and a country with many
pages would decide what the others' themes are called. A passage's place in the sample depends on its text alone, so a
further document changes nothing in what is taken from the others.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

_NOT_LETTERS = re.compile(r"[\W\d_]+")


def find_repeats(texts: Sequence[str]) -> list[int]:
    """Return for each text the index of the first text with the same letters, or -1 where it is the first itself."""
    first: dict[str, int] = {}
    found = []
    for index, text in enumerate(texts):
        place = first.setdefault(_NOT_LETTERS.sub("", text.lower()), index)
        found.append(place if place != index else -1)
    return found


def sample_passages(
    texts: Sequence[str], documents: Sequence[str], repeats: Sequence[int], *, per_document: int, at_most: int
) -> list[int]:
    """Return the indices of the passages to fit on, ascending.

    ``per_document`` of each document, fewer where together they would be more than ``at_most``; those with the lowest
    hash of their text are taken. Repeats are never taken.
    """
    by_document: dict[str, list[tuple[str, int]]] = {}
    for index, (text, document, repeat) in enumerate(zip(texts, documents, repeats, strict=True)):
        if repeat < 0:
            by_document.setdefault(document, []).append((_hash(text), index))
    for own in by_document.values():
        own.sort()
    share = min(per_document, max(1, at_most // max(1, len(by_document))))
    return sorted(index for own in by_document.values() for _, index in own[:share])


def in_fixed_order(texts: Sequence[str]) -> list[int]:
    """Return the indices in an order that depends on the texts alone, not on the order in which they came."""
    return sorted(range(len(texts)), key=lambda index: (_hash(texts[index]), index))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
