"""Words and phrases of a passage in any language, as topics are described by them.

A phrase is one to three neighbouring words of one clause that neither begins nor ends with a stop word, so that
"internet of things" is one and no phrase is made that does not stand in the text. Japanese and Chinese have no spaces:
there a run of kanji or of katakana stands for a word, and Chinese runs are cut at the commonest particles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.util import get_lang_class

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*|(?P<stop>[^\w\s'’]|[\d_]+)")
_JAPANESE = re.compile(r"[一-龥々]{2,8}|[ァ-ヶー]{2,}")
_CHINESE = re.compile(r"[一-龥]+")
_CHINESE_PARTICLES = re.compile("[的和与在了是为等及以其或将把被由从到个这那之并也]")
_CHINESE_LENGTHS = range(2, 7)
_FEWEST_LETTERS = 3  # of a single word: shorter ones are mostly particles, initials and units


def phrases(text: str, language: str, longest: int = 3) -> list[str]:
    """Return the phrases of a passage in small letters, each as often as it stands there, of up to ``longest`` words.

    ``language`` is a BCP 47 code; a language without stop words in spaCy has none taken out.
    """
    if language == "ja":
        return _JAPANESE.findall(text)
    if language == "zh":
        return [
            part
            for run in _CHINESE.findall(text)
            for part in _CHINESE_PARTICLES.split(run)
            if len(part) in _CHINESE_LENGTHS
        ]
    stops = stop_words(language)
    return [phrase for clause in _clauses(text) for phrase in _inside(clause, stops, longest)]


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return a language's stop words as spaCy lists them; none for a language that spaCy does not know."""
    try:
        return frozenset(word.lower() for word in get_lang_class(language).Defaults.stop_words)
    except ImportError:
        return frozenset()


def without_parts(ranked: Iterable[str], most: int) -> list[str]:
    """Keep the best phrases, leaving out each that shares a word, or the first five letters, with a better one.

    Ten words of which five are "data", "personal data", "data sharing" … tell less than ten that differ.
    """
    kept: list[str] = []
    for phrase in ranked:
        if len(kept) == most:
            break
        if not any(_overlap(phrase, other) for other in kept):
            kept.append(phrase)
    return kept


def _clauses(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield the words between punctuation marks and numbers; an apostrophe only parts words ("l'intelligence")."""
    clause: list[re.Match[str]] = []
    for match in _WORD.finditer(" ".join(text.lower().split())):
        if match.lastgroup:
            yield clause
            clause = []
        else:
            clause.append(match)
    yield clause


def _inside(clause: list[re.Match[str]], stops: frozenset[str], longest: int) -> Iterator[str]:
    words = [match[0] for match in clause]
    usable = [len(word) >= 2 and word not in stops for word in words]
    for first, word in enumerate(words):
        if not usable[first]:
            continue
        if len(word) >= _FEWEST_LETTERS:
            yield word
        whole, start = clause[first].string, clause[first].start()
        for last in range(first + 1, min(first + longest, len(words))):
            if usable[last]:
                yield whole[start : clause[last].end()]


def _overlap(phrase: str, other: str) -> bool:
    if phrase.isascii() or " " in phrase:
        return bool(set(phrase.split()) & set(other.split())) or phrase[:5] == other[:5]
    return phrase in other or other in phrase or (len(phrase) > 4 and phrase[:5] == other[:5])
