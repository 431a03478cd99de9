"""The tagger: terms and cues of every language, ready to be found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipeline.mentions.compounds import Compounds
from pipeline.mentions.contexts import Contexts
from pipeline.mentions.overlaps import Hit, resolve
from pipeline.mentions.phrases import Phrases
from pipeline.mentions.words import WordReader, Words
from pipeline.schemas import Cue, Language, Money, MoneyWords, Term, Vocabulary, shown

# What finds the amounts of money in a sentence of a document of a country; made from the words of a language.
FindMoney = Callable[[str, str], Sequence[Money]]
MakeFindMoney = Callable[[MoneyWords], FindMoney]


class LanguageTagger:
    """Finds the terms and cues of one language."""

    def __init__(self, language: Language, vocabulary: Vocabulary, make_find_money: MakeFindMoney | None) -> None:
        """Take what the vocabulary has for the language; without ``make_find_money`` no money is found."""
        code = language.code
        terms = tuple(term for term in vocabulary.terms if term.language == code)
        cues = [cue for cue in vocabulary.cues if cue.language == code]
        money = [words for words in vocabulary.money if words.language == code]
        self._kinds = {concept.id: concept.kind for concept in vocabulary.concepts}
        self._find_money = make_find_money(money[0]) if money and make_find_money is not None else None
        self.reader = WordReader(language)
        self._terms = Phrases(self.reader, ((term.phrase, term) for term in terms))
        self._contexts = Contexts(self.reader, terms)
        self._cues = Phrases(self.reader, ((cue.phrase, cue) for cue in cues))
        self._compounds = Compounds(self._terms.single_words(), language.alike) if language.compounds else None

    def hits(self, words: Words) -> list[Hit]:
        """Return the terms that stand in the text, contexts and overlaps resolved, as offsets of the text as given."""
        candidates = self.candidates(words)
        return self.decide(words, candidates) if candidates else []

    def candidates(self, words: Words) -> list[Hit]:
        """Return every term found in the text, ``never`` ones too, whether it stands or not."""
        found = [self._hit(words, *found) for found in self._terms.find(words)]
        if self._compounds is not None:
            found += self._inside_words(words, self._compounds)
        return found

    def decide(self, words: Words, candidates: Sequence[Hit]) -> list[Hit]:
        """Return those of the candidates that stand."""
        if any(hit.term.context for hit in candidates):
            return self._contexts.resolve(words, candidates)
        return resolve(candidates)

    def cues(self, words: Words) -> list[tuple[int, int, Cue]]:
        """Return the cues in the text with their words (the last exclusive), in order; the longest of nested ones."""
        found = sorted(self._cues.find(words), key=lambda item: (item[0], -item[1], item[2].kind))
        kept: list[tuple[int, int, Cue]] = []
        outer = (-1, -1)
        for first, last, cue in found:
            span = (first, last)
            if cue.kind != kept[-1][2].kind if span == outer else last > outer[1]:
                outer = span
                kept.append((first, last, cue))
        return kept

    def money(self, sentence: str, country: str) -> tuple[str, ...]:
        """Return the amounts of money in a sentence of a document of ``country``, in plain form and order."""
        if self._find_money is None:
            return ()
        return tuple(dict.fromkeys(shown(money) for money in self._find_money(sentence, country)))

    def kind_of(self, concept: str) -> str:
        """Return the kind of a concept; an unknown one has none."""
        return self._kinds.get(concept, "")

    def _hit(self, words: Words, first: int, last: int, term: Term) -> Hit:
        start, end = words.span(first, last)
        return Hit(start, end, start, end, term, first, last)

    def _inside_words(self, words: Words, compounds: Compounds) -> Iterator[Hit]:
        for place, word in enumerate(words.written):
            for part in compounds.parts(word):
                start, end = words.span(place, place + 1)
                for term in self._terms.rules_of(part.term):
                    yield Hit(start, end, start + part.start, start + part.end, term, place, place + 1)


class Tagger:
    """Finds the concepts of a vocabulary in texts of its languages; build it once and keep it."""

    def __init__(self, vocabulary: Vocabulary, make_find_money: MakeFindMoney | None = None) -> None:
        """Take the vocabulary and what reads money; a language is prepared when it is first asked for."""
        self._vocabulary = vocabulary
        self._make_find_money = make_find_money
        self._languages = {language.code: language for language in vocabulary.languages}
        self._taggers: dict[str, LanguageTagger] = {}

    def language(self, code: str) -> LanguageTagger | None:
        """Return the tagger of one language, None where the vocabulary has no terms in it."""
        if code not in self._taggers and code in self._languages:
            self._taggers[code] = LanguageTagger(self._languages[code], self._vocabulary, self._make_find_money)
        return self._taggers.get(code)

    def tag_text(self, text: str, language: str) -> list[Hit]:
        """Return the terms that stand in a bare text (``text[hit.start:hit.end]``); none in an unknown language."""
        tagger = self.language(language)
        return [] if tagger is None else tagger.hits(tagger.reader.read(text))
