"""What need not be suggested: known terms in any inflection, words of policy, names of countries, what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from pipeline.schemas import Language, Vocabulary
from pipeline.topics.suggestions.pieces import key_of

Key = tuple[str, ...]
_SHORTEST_COMPOUND = 5  # letters of a word that may end a longer one ("Forschungsprogramm")


@dataclass(frozen=True, slots=True)
class Known:
    """What the register knows of one language, by the keys of phrases.

    ``terms`` are all known terms (also those that must not be taken for a concept), ``parts`` every stretch of words
    inside one and every beginning and end of a compound, ``decided`` what reviewers decided on, ``policy`` single words
    of commitment, programmes, money and rules, ``countries`` the words of countries, their peoples and governments.
    """

    language: Language
    terms: set[Key] = field(default_factory=set)
    parts: set[Key] = field(default_factory=set)
    decided: set[Key] = field(default_factory=set)
    policy: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)

    def covers(self, key: Key) -> bool:
        """Say whether a phrase is known, is a part of what is known, holds a known term, or was decided on."""
        if key in self.parts or key in self.decided:
            return True
        if self.language.writing == "unspaced":
            return any(term[0] in key[0] for term in self.terms)
        return any(key[start:end] in self.terms for start, end in _stretches(len(key)))

    def plain(self, key: Key) -> bool:
        """Say whether a phrase holds a word of policy (unspaced: at its beginning or end), or names a country."""
        if self.language.writing == "unspaced":
            run = key[0]
            ends = any(run.endswith(word) or run.startswith(word) for word in self.policy)
            return ends or any(name in run for name in self.countries)
        if not self.countries.isdisjoint(key) or not self.policy.isdisjoint(key):
            return True
        last = key[-1]
        return self.language.compounds and any(
            last.endswith(word) for word in self.policy if len(word) >= _SHORTEST_COMPOUND
        )


def know(vocabulary: Vocabulary, decided: Collection[tuple[str, str]]) -> dict[str, Known]:
    """Gather what the register knows of each of its languages; ``decided`` holds (language, phrase)."""
    known = {language.code: Known(language) for language in vocabulary.languages}
    phrases = [(term.language, term.phrase) for term in vocabulary.terms]
    labels = [("en", concept.label) for concept in vocabulary.concepts]
    for code, phrase in (*phrases, *labels):
        if code in known:
            _learn(known[code], key_of(phrase, known[code].language))
    for code, phrase in decided:
        if code in known:
            known[code].decided.add(key_of(phrase, known[code].language))
    for code, words in _policy(vocabulary).items():
        known[code].policy.update(words)
    for cue in vocabulary.cues:
        if cue.kind == "country" and cue.language in known:
            own = known[cue.language]
            key = key_of(cue.phrase, own.language)
            if len(key) == 1:
                own.countries.update(key)
    return known


def _learn(known: Known, key: Key) -> None:
    if not key:
        return
    known.terms.add(key)
    known.parts.add(key)
    if known.language.writing == "unspaced":
        run = key[0]
        known.parts.update((run[start:end],) for start, end in _stretches(len(run)) if end - start >= 2)
    else:
        known.parts.update(key[start:end] for start, end in _stretches(len(key)))
    if known.language.compounds:  # "Stoffe" is a part of "Werkstoffe"
        known.parts.update(
            (part,) for word in key for place in range(len(word)) for part in (word[:place], word[place:])
        )


def _policy(vocabulary: Vocabulary) -> dict[str, set[str]]:
    """Return the cues of one word by language: a phrase that begins or ends with one tells of policy, not of a field.

    Where words are not spaced, cues of one character would be found in half of all runs.
    """
    languages = {language.code: language for language in vocabulary.languages}
    words: dict[str, set[str]] = defaultdict(set)
    for cue in vocabulary.cues:
        language = languages.get(cue.language)
        if language is None or cue.kind == "country":
            continue
        key = key_of(cue.phrase, language)
        if len(key) == 1 and len(key[0]) >= 2:
            words[cue.language].add(key[0])
    return words


def _stretches(length: int) -> list[tuple[int, int]]:
    return [(start, end) for start in range(length) for end in range(start + 1, length + 1)]
