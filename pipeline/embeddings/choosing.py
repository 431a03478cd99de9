"""The passages that topics are made of: sentences of the body, long enough to be about something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.schemas import Passage

# Footnotes are mostly references, and headings are no sentences.
_KINDS = ("paragraph", "list_item", "table_row")
_UNSPACED = ("ja", "zh", "th")
_FEWEST_LETTERS = 0.6  # of all characters: tables of figures and broken text have less


def choose_passages(passages: Iterable[Passage], *, min_words: int, min_characters: int) -> list[Passage]:
    """Return the passages of the body worth a topic, in their order.

    ``min_words`` counts words between spaces, ``min_characters`` characters where writing has no spaces. Headings,
    contents pages, furniture, references, footnotes and passages of mostly digits or signs are left out; garbled pages
    have no passages.
    """
    return [passage for passage in passages if _worth(passage, min_words, min_characters)]


def _worth(passage: Passage, min_words: int, min_characters: int) -> bool:
    if passage.zone != "body" or passage.kind not in _KINDS:
        return False
    text = passage.text
    long = len(text) >= min_characters if passage.language in _UNSPACED else len(text.split()) >= min_words
    return long and _letters(text) >= _FEWEST_LETTERS * len(text)


def _letters(text: Sequence[str]) -> int:
    return sum(character.isalpha() for character in text)
