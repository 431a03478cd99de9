"""Whether what stands around a misleading word lets it count: "cloud" beside "computing", "training" of a model."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.mentions.compounds import Compounds
from pipeline.mentions.enumerations import Enumerations
from pipeline.mentions.overlaps import Hit, resolve
from pipeline.mentions.phrases import Phrases
from pipeline.mentions.sentences import split_sentences
from pipeline.mentions.words import WordReader, Words
from pipeline.schemas import Term

CHARACTERS_A_WORD = 3  # in unspaced writing, where a word of ours is a character
TOKENS_A_WORD = 4  # how far a window of words may reach where signs, which do not count, stand between them


class _Place(NamedTuple):
    """Where a phrase of a context stands: its words ``first`` to ``last``, its characters ``start`` to ``end``."""

    first: int
    last: int
    start: int
    end: int


def _first(place: _Place) -> int:
    return place.first


class Contexts:
    """The context rules of one language."""

    def __init__(self, reader: WordReader, terms: Iterable[Term]) -> None:
        """Take the language's terms; those without a context are passed over."""
        contexts = [term.context for term in terms if term.context]
        phrases = sorted({phrase for context in contexts for phrase in (*context.unless, *context.beside)})
        self._phrases = Phrases(reader, ((phrase, phrase) for phrase in phrases))
        self._compounds = (
            Compounds(self._phrases.single_words(), reader.language.alike) if reader.language.compounds else None
        )
        self._scale = CHARACTERS_A_WORD if reader.language.writing == "unspaced" else 1
        self._enumerations = Enumerations(reader.language)

    def resolve(self, words: Words, candidates: Sequence[Hit]) -> list[Hit]:
        """Return the candidates that stand: those whose surroundings let them count, their overlaps resolved."""
        contexts = {hit.term.context for hit in candidates if hit.term.context}
        asked = {phrase for context in contexts for phrase in (*context.unless, *context.beside)}
        around = _Surroundings(words, self._places(words, asked), self._scale)
        kept = [hit for hit in candidates if not around.deny(hit)]
        standing = resolve(kept)
        fallen = {hit for hit in kept if around.leave_open(hit)}
        if fallen:
            fallen -= set(self._enumerations.members(words, standing, frozenset(fallen)))
        return resolve(hit for hit in kept if hit not in fallen) if fallen else standing

    def _places(self, words: Words, asked: set[str]) -> dict[str, list[_Place]]:
        """Return where the phrases asked for stand; the others in the text cost nothing more."""
        places: dict[str, list[_Place]] = {}
        for phrase, place in sorted(self._found(words, asked)):
            places.setdefault(phrase, []).append(place)
        return places

    def _found(self, words: Words, asked: set[str]) -> Iterator[tuple[str, _Place]]:
        for first, last, phrase in self._phrases.find(words):
            if phrase in asked:
                yield phrase, _Place(first, last, *words.span(first, last))
        if self._compounds is not None:
            for at, word in enumerate(words.written):
                start = words.span(at, at + 1)[0]
                for part in self._compounds.parts(word):
                    for phrase in asked.intersection(self._phrases.rules_of(part.term)):
                        yield phrase, _Place(at, at + 1, start + part.start, start + part.end)


class _Surroundings:
    """What stands around the hits of one text."""

    def __init__(self, words: Words, places: dict[str, list[_Place]], scale: int) -> None:
        self._words = words
        self._places = places
        self._scale = scale
        self._longest = max((place.last - place.first for found in places.values() for place in found), default=0)

    def deny(self, hit: Hit) -> bool:
        """Tell whether the surroundings keep the hit from counting whether it is in an enumeration or not."""
        context = hit.term.context
        if context is None:
            return False
        if self._any_near(hit, context.unless):
            return True
        return bool(context.beside) and not context.listed and not self._any_near(hit, context.beside)

    def leave_open(self, hit: Hit) -> bool:
        """Tell whether a hit that is not denied counts only as a member of an enumeration."""
        context = hit.term.context
        return context is not None and context.listed and not self._any_near(hit, context.beside)

    def _any_near(self, hit: Hit, phrases: Iterable[str]) -> bool:
        present = [phrase for phrase in phrases if phrase in self._places]
        if not present or hit.term.context is None:
            return False
        reach = hit.term.context.within * self._scale
        low, high = self._before(hit.first, reach), self._after(hit.last, reach)
        return any(self._is_beside(hit, place) for phrase in present for place in self._between(phrase, low, high))

    def _before(self, first: int, reach: int) -> int:
        """Return where the window of ``reach`` words before a place begins; signs are no words."""
        lowest = max(0, first - reach * TOKENS_A_WORD)
        while first > lowest and reach:
            first -= 1
            reach -= self._words.written[first][0].isalnum()
        return first

    def _after(self, last: int, reach: int) -> int:
        highest = min(len(self._words.written), last + reach * TOKENS_A_WORD)
        while last < highest and reach:
            reach -= self._words.written[last][0].isalnum()
            last += 1
        return last

    def _between(self, phrase: str, low: int, high: int) -> Iterator[_Place]:
        places = self._places[phrase]
        for index in range(bisect_left(places, low - self._longest, key=_first), len(places)):
            if places[index].first >= high:
                return
            if places[index].last > low:
                yield places[index]

    def _is_beside(self, hit: Hit, place: _Place) -> bool:
        """Tell whether a place is in the hit's sentence and not a part of the hit itself."""
        if hit.inner_start <= place.start and place.end <= hit.inner_end:
            return False
        words, last = self._words, max(hit.last, place.last) - 1
        stretch = words.folded.text[
            words.starts[min(hit.first, place.first)] : words.starts[last] + len(words.written[last])
        ]
        return len(split_sentences(stretch)) == 1
