"""What the sentences of a passage say of commitment: the cues in each, in order, with who speaks of whom."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from pipeline.mentions.sentences import Sentence
from pipeline.mentions.tagger import LanguageTagger
from pipeline.mentions.words import Words

ISSUER, OTHERS, COUNTRY = "issuer", "others", "country"
NEAR = 4  # words between cues that belong together
_OPENING = 2  # words before a cue that opens a sentence: a number, a bullet, "to"
_WORDS_OF_SCALE = {"unspaced": 3, "spaced": 1}


class Sound(NamedTuple):
    """A cue heard: its words ``first`` to ``last`` (exclusive) of the passage, its kind and its phrase."""

    first: int
    last: int
    kind: str
    phrase: str


class Heard:
    """One sentence: its place in the text, its words ``first`` to ``last`` of the passage, and its cues in order.

    ``scale`` is the number of our words in a word of the language: 3 in unspaced writing, where ours are characters.
    """

    def __init__(self, sentence: Sentence, first: int, last: int, scale: int) -> None:
        """Take the sentence's place; the cues are added as they are heard."""
        self.sentence = sentence
        self.first, self.last = first, last
        self.scale = scale
        self.sounds: list[Sound] = []

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of cues in the sentence."""
        return frozenset(sound.kind for sound in self.sounds)

    @cached_property
    def order(self) -> frozenset[str]:
        """The signs that lie in the order of cues: the issuer acts, an intent to act, an action that comes first."""
        signs = []
        if self._follows((ISSUER,), ("action", "done"), NEAR * self.scale):
            signs.append("issuer_acts")
        if self._follows(("intent",), ("action", "funding", "priority"), (NEAR + 1) * self.scale):
            signs.append("intends_to_act")
        first = self.sounds[0] if self.sounds else None
        if first is not None and first.kind == "action" and first.first - self.first <= _OPENING * self.scale:
            signs.append("opens_with_action")
        return frozenset(signs)

    def count(self, kind: str) -> int:
        """Return how many cues of one kind the sentence has."""
        return sum(sound.kind == kind for sound in self.sounds)

    def near(self, kinds: Sequence[str], first: int, last: int) -> bool:
        """Tell whether a cue of one of the kinds begins at a word from ``first`` to ``last`` (both inclusive)."""
        return any(first <= sound.first <= last and sound.kind in kinds for sound in self.sounds)

    def _follows(self, before: Sequence[str], after: Sequence[str], reach: int) -> bool:
        """Tell whether a cue of ``after`` begins at most ``reach`` words behind the end of one of ``before``."""
        if self.kinds.isdisjoint(before) or self.kinds.isdisjoint(after):
            return False
        ends = [sound.last for sound in self.sounds if sound.kind in before]
        return any(0 <= sound.first - end <= reach for sound in self.sounds if sound.kind in after for end in ends)


def hear(sentences: Iterable[Sentence], words: Words, tagger: LanguageTagger, country: str) -> list[Heard]:
    """Return the sentences of a text, whose words are ``words``, with their cues.

    A name of the country ``country`` counts as the issuer, that of any other country as somebody else.
    """
    starts = words.original_starts()
    scale = _WORDS_OF_SCALE[tagger.reader.language.writing]
    heard = []
    for sentence in sentences:
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        heard.append(Heard(sentence, first, last, scale))
    firsts = [one.first for one in heard]
    for sound in _sounds(words, tagger, country):
        place = bisect_right(firsts, sound.first) - 1
        if place >= 0:
            heard[place].sounds.append(sound)
    return heard


def _sounds(words: Words, tagger: LanguageTagger, country: str) -> Iterator[Sound]:
    for first, last, cue in tagger.cues(words):
        kind = cue.kind
        if kind == COUNTRY:
            kind = ISSUER if cue.country == country else OTHERS
        yield Sound(first, last, kind, cue.phrase)
