"""Phrases of one language and where they stand in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from spacy.matcher import PhraseMatcher

from pipeline.mentions.words import WordReader, Words, has_capitals_of, is_as_written

Rule = TypeVar("Rule")


class _Entry(NamedTuple, Generic[Rule]):
    rule: Rule
    capitals: tuple[tuple[int, str], ...]  # the words that count only as written: (place in the phrase, word)


class Phrases(Generic[Rule]):
    """A set of phrases, each with a rule of any type, found by spaCy's PhraseMatcher on the words' norms.

    The matcher sees small letters and made-alike endings only; a phrase with words that hold for their capitals is
    checked again where it is found, so that one pass serves both kinds.
    """

    def __init__(self, reader: WordReader, rules: Iterable[tuple[str, Rule]]) -> None:
        """Take (phrase, rule) pairs of the reader's language."""
        self._matcher = PhraseMatcher(reader.vocab, attr="NORM")
        self._entries: dict[int, list[_Entry[Rule]]] = {}
        self._single: dict[str, list[_Entry[Rule]]] = {}
        for phrase, rule in rules:
            words = reader.read(phrase)
            capitals = tuple((place, word) for place, word in enumerate(words.written) if is_as_written(word))
            entry = _Entry(rule, capitals)
            norms = " ".join(token.norm_ for token in words.doc)
            key = reader.vocab.strings.add(norms)
            if key not in self._entries:
                self._matcher.add(norms, [words.doc])
            self._entries.setdefault(key, []).append(entry)
            if len(words.written) == 1 and not capitals:
                self._single.setdefault(words.written[0].lower(), []).append(entry)

    def single_words(self) -> list[str]:
        """Return the phrases of one word, in small letters, without those that hold for their capitals."""
        return list(self._single)

    def rules_of(self, word: str) -> list[Rule]:
        """Return the rules of a phrase of one word, given in small letters."""
        return [entry.rule for entry in self._single.get(word, ())]

    def find(self, words: Words) -> Iterator[tuple[int, int, Rule]]:
        """Yield (first word, last word exclusive, rule) for every phrase in the text, in no particular order."""
        for key, first, last in self._matcher(words.doc):
            for rule, capitals in self._entries[key]:
                # Most phrases hold in any case: they are not worth a generator each.
                if not capitals or all(has_capitals_of(words.written[first + at], word) for at, word in capitals):
                    yield first, last, rule
