"""Words of one language: how a text is cut into them and which of them count as the same."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

from spacy.attrs import NORM  # type: ignore[import-not-found]  # compiled, without type hints
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.mentions.characters import Folded, fold
from pipeline.schemas import Language

# Hyphens, white space and underscores only part words; any other sign is a word of its own, so that no phrase is
# found across the end of a sentence or around a slash.
_SPACED = r"[^\W_]+|[^\w\s-]"
# Latin, Greek and Cyrillic words and numbers stay whole; every other character (kanji, kana, hangul) stands alone.
# The middle dot parts words as a hyphen does.
_UNSPACED = r"[0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u04ff]+|[^\s_\u30fb-]"
_AS_WRITTEN = re.compile(r"[A-Z0-9].*[A-Z]|[A-Z].*[0-9]")
_PLURAL_OF_CAPITALS = re.compile(r"[A-Z0-9]{2,}s")


class Words(NamedTuple):
    """The words of one text: spaCy's Doc, and where each begins and ends in the folded text."""

    folded: Folded
    doc: Doc
    written: list[str]
    starts: list[int]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where the words ``first`` to ``last`` (exclusive) stand in the text as it was given."""
        start, end = self.starts[first], self.starts[last - 1] + len(self.written[last - 1])
        return (start, end) if self.folded.origin is None else self.folded.span(start, end)

    def original_starts(self) -> list[int]:
        """Return where each word begins in the text as it was given."""
        origin = self.folded.origin
        return self.starts if origin is None else [origin[start] for start in self.starts]


class WordReader:
    """Cuts texts of one language into words.

    A blank spaCy vocabulary of our own stands behind it: spaCy's tokenizers cut by language-specific rules (and
    some need further packages), where a phrase must be cut in the same way in a term and in every text.
    """

    def __init__(self, language: Language) -> None:
        """Prepare the pattern and the vocabulary, whose norm of a word is computed once and kept."""
        self.language = language
        pattern = _UNSPACED if language.writing == "unspaced" else _SPACED
        self._cut = re.compile(f"({pattern})").split
        self._elisions = frozenset(language.elisions)
        self.vocab = Vocab(lex_attr_getters={NORM: self._norm})

    def read(self, text: str) -> Words:
        """Return the words of ``text``; elided words ("l'", "dell'") are left out."""
        folded = fold(text)
        pieces = self._cut(folded.text)  # what parts words, a word, what parts words, a word and so on
        written = pieces[1::2]
        starts = list(accumulate(map(len, pieces)))[:-1:2]
        if self._elisions and "'" in folded.text:
            kept = [place for place in range(len(written)) if not self._is_elided(written, place)]
            written, starts = [written[place] for place in kept], [starts[place] for place in kept]
        return Words(folded, Doc(self.vocab, words=written), written, starts)

    def _norm(self, word: str) -> str:
        """Return what words that count as the same have in common; AIs are AI though two letters take no ending."""
        return self.language.alike(word[:-1] if _PLURAL_OF_CAPITALS.fullmatch(word) else word)

    def _is_elided(self, written: list[str], place: int) -> bool:
        word = written[place]
        if word == "'":
            return place > 0 and written[place - 1].lower() in self._elisions
        return written[place + 1 : place + 2] == ["'"] and word.lower() in self._elisions


def is_as_written(word: str) -> bool:
    """Tell whether a term's word holds for its capitals: AI, IoT, 5G, M2M, but not Quantum or 2030."""
    return _AS_WRITTEN.search(word) is not None


def has_capitals_of(word: str, term_word: str) -> bool:
    """Tell whether ``word`` is ``term_word`` as written, perhaps with a small ending, or wholly in capitals (IOT).

    An ending in capitals makes another word: AIS is no plural of AI.
    """
    if word.startswith(term_word):
        return not word[len(term_word) :].isupper()
    return len(term_word) > 2 and word == term_word.upper()
