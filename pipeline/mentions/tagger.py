"""The tagger: terms and cues of every language, ready to be found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.mentions.compounds import Compounds
from pipeline.mentions.overlaps import Hit, resolve
from pipeline.mentions.phrases import Found, Phrases
from pipeline.mentions.words import WordReader, Words
from pipeline.schemas import Cue, Language, Term, Vocabulary


class LanguageTagger:
    """Finds the terms and cues of one language."""

    def __init__(self, language: Language, terms: Iterable[Term], cues: Iterable[Cue]) -> None:
        """Take the language's terms (``never`` ones too) and cues."""
        self.reader = WordReader(language)
        self._terms = Phrases(self.reader, ((term.phrase, term) for term in terms))
        self._cues = Phrases(self.reader, ((cue.phrase, cue) for cue in cues))
        self._compounds = Compounds(self._terms.single_words()) if language.compounds else None

    def hits(self, words: Words) -> list[Hit]:
        """Return the terms that stand in the text, overlaps resolved, as offsets of the text as it was given."""
        candidates = [self._hit(words, found) for found in self._terms.find(words)]
        if self._compounds is not None:
            candidates += self._inside_words(words, self._compounds)
        return resolve(candidates) if candidates else []

    def cues(self, words: Words) -> list[tuple[int, int, Cue]]:
        """Return the cues in the text with their offsets, in order of place; the longest of nested ones."""
        found = [(*self._span(words, first, last), cue) for first, last, cue in self._cues.find(words)]
        found.sort(key=lambda item: (item[0], -item[1], item[2].kind))
        kept: list[tuple[int, int, Cue]] = []
        outer = (-1, -1)
        for start, end, cue in found:
            twin = bool(kept) and kept[-1][:2] == (start, end) and kept[-1][2].kind == cue.kind
            if (end > outer[1] or (start, end) == outer) and not twin:
                outer = (start, end)
                kept.append((start, end, cue))
        return kept

    def _hit(self, words: Words, found: Found[Term]) -> Hit:
        start, end = self._span(words, found.first, found.last)
        return Hit(start, end, start, end, found.rule)

    def _span(self, words: Words, first: int, last: int) -> tuple[int, int]:
        return words.folded.span(words.starts[first], words.starts[last - 1] + len(words.written[last - 1]))

    def _inside_words(self, words: Words, compounds: Compounds) -> Iterator[Hit]:
        for place, word in enumerate(words.written):
            for part in compounds.parts(word):
                start, end = self._span(words, place, place + 1)
                for term in self._terms.rules_of(part.term):
                    yield Hit(start, end, start + part.start, start + part.end, term)


class Tagger:
    """Finds the concepts of a vocabulary in texts of its languages; build it once and keep it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Prepare every language of the vocabulary."""
        self._languages = {
            language.code: LanguageTagger(
                language,
                [term for term in vocabulary.terms if term.language == language.code],
                [cue for cue in vocabulary.cues if cue.language == language.code],
            )
            for language in vocabulary.languages
        }

    def language(self, code: str) -> LanguageTagger | None:
        """Return the tagger of one language, None where the vocabulary has no terms in it."""
        return self._languages.get(code)

    def tag_text(self, text: str, language: str) -> list[Hit]:
        """Return the terms that stand in a bare text (``text[hit.start:hit.end]``); none in an unknown language."""
        tagger = self.language(language)
        return [] if tagger is None else tagger.hits(tagger.reader.read(text))
