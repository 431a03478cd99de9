"""The phrases of a passage with their places: what candidates are counted from.

Unlike ``pipeline.topics.words``, which counts words, this keeps where a phrase stands: a quote is to show it, and what
stands beside it tells whether it is a name or a member of an enumeration. What a known term covers is a gap: no phrase
reaches into it, so that what is found is what the register lacks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.schemas import Language
from pipeline.topics.words import stop_words

Span = tuple[int, int]

# Small words that may stand inside a phrase ("captura de carbono"). English "of" is none of them: nine in ten such
# phrases are of the kind "deployment of technologies".
_LINKS = {
    "fr": {"de", "du", "des", "d", "à"},
    "es": {"de", "del"},
    "pt": {"de", "do", "da", "dos", "das"},
    "it": {"di", "del", "della", "dei", "delle", "d"},
}
_WORD = re.compile(r"[^\W\d_]\w*(?:[-‐‑][^\W_]+)*|[^\w\s'’]|\d+")
_UNSPACED = {"ja": re.compile(r"[一-龥々ァ-ヶー]{2,}"), "zh": re.compile(r"[一-龥]+")}
_CHINESE_PARTICLES = re.compile("[的和与在了是为对中等及以其或将把被由从到有不上下个这那之并能可也要就都向使让给]")
_JAPANESE_AFFIXES = re.compile("^[新次他各同本全両約当諸]|[等的化型用後間中上下別毎側]$")
_LONGEST_RUN = {"ja": 12, "zh": 8}
_MOST_WORDS = 3
_FEWEST_LETTERS = 4  # of a phrase of one word
_HYPHENS = re.compile("[-‐‑]")


class Piece(NamedTuple):
    """One phrase in one passage: ``key`` is the same for all its inflections, ``text[start:end]`` are its words."""

    key: tuple[str, ...]
    start: int
    end: int


class Shape(NamedTuple):
    """What a word is like: its ``parts`` between hyphens, compared alike; whether it is a stop or a linking word."""

    parts: tuple[str, ...]
    stop: bool
    link: bool


Shapes = Callable[[str], Shape]
_Word = tuple[Shape, int, int]


def shapes(language: Language) -> Shapes:
    """Return a function from a word to its shape in a language, which remembers what it was asked."""
    stops = stop_words(language.code) | set(language.joiners) | set(language.articles)
    links = _LINKS.get(language.code, set())

    @cache
    def shape(word: str) -> Shape:
        small = word.lower()
        return Shape(tuple(map(language.alike, _HYPHENS.split(word))), small in stops, small in links)

    return shape


def find_pieces(text: str, language: Language, gaps: Sequence[Span], shape: Shapes) -> Iterator[Piece]:
    """Yield every phrase of a text that could be a term, outside the half-open spans ``gaps``.

    A phrase has up to three words of one clause, the first and last of them no stop words; small linking words may
    stand inside. Japanese and Chinese have runs of characters for words: kanji and katakana beside each other are one
    run ("スマート農業"), and a run with a gap in it is none. ``shape`` is what ``shapes`` returned for the language.
    """
    if language.writing == "unspaced":
        yield from _runs(text, language.code, gaps)
        return
    for clause in _clauses(text, gaps):
        words = [(shape(match[0]), match.start(), match.end()) for match in clause]
        for place, (first, start, end) in enumerate(words):
            if not first.stop and end - start >= 2:
                yield from _from(words, place)


def key_of(phrase: str, language: Language) -> tuple[str, ...]:
    """Return what all inflections and hyphenations of a phrase have in common."""
    if language.writing == "unspaced":
        return ("".join(phrase.split()).lower(),)
    return tuple(language.alike(word) for word in re.findall(r"[^\W_]+", phrase))


def words_of(text: str, shape: Shapes) -> set[str]:
    """Return the words of a text, compared alike, those that known terms cover too."""
    return {part for word in _WORD.findall(text) if word[0].isalpha() for part in shape(word).parts}


def _from(words: Sequence[_Word], place: int) -> Iterator[Piece]:
    """Yield the phrases that begin with one word of a clause."""
    (key, _, _), start, end = words[place]
    if end - start >= _FEWEST_LETTERS:
        yield Piece(key, start, end)
    content = 1
    for shape, first, end in words[place + 1 : place + 2 * _MOST_WORDS]:
        key += shape.parts
        if shape.link:
            continue
        content += 1
        if shape.stop or content > _MOST_WORDS:
            return
        if end - first >= 2:
            yield Piece(key, start, end)


def _clauses(text: str, gaps: Sequence[Span]) -> Iterator[list[re.Match[str]]]:
    """Yield the words between punctuation marks, numbers and gaps."""
    covered = {place for start, end in gaps for place in range(start, end)}
    clause: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        if match[0][0].isalpha() and match.start() not in covered and match.end() - 1 not in covered:
            clause.append(match)
        elif clause:
            yield clause
            clause = []
    yield clause


def _runs(text: str, code: str, gaps: Sequence[Span]) -> Iterator[Piece]:
    for match in _UNSPACED[code].finditer(text):
        place = match.start()
        for part in _CHINESE_PARTICLES.split(match[0]) if code == "zh" else [match[0]]:
            first, end = _trimmed(part, place, code)
            covered = any(start < end and last > first for start, last in gaps)
            if not covered and 2 <= end - first <= _LONGEST_RUN[code]:
                yield Piece((text[first:end],), first, end)
            place += len(part) + 1


def _trimmed(run: str, place: int, code: str) -> tuple[int, int]:
    """Return a run's place without the prefixes and suffixes that any Japanese word may have ("各", "等")."""
    end = place + len(run)
    if code == "ja":
        for match in _JAPANESE_AFFIXES.finditer(run):
            place, end = (place + 1, end) if match.start() == 0 else (place, end - 1)
    return place, end
