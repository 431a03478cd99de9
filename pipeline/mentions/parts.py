"""The passages of one document as they are read: words, terms and, once asked for, the cues of their sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.mentions.hearing import Heard, hear
from pipeline.mentions.overlaps import Hit
from pipeline.mentions.sentences import Sentence, split_sentences
from pipeline.mentions.signs import Setting
from pipeline.mentions.tagger import LanguageTagger, Tagger
from pipeline.mentions.words import Words
from pipeline.schemas import Passage

BODY, CONTENTS = "body", "contents"
# So many sentences on either side of a passage, on its page, are its surroundings.
_SENTENCES_BESIDE = 3


@dataclass
class Part:
    """A passage that is read."""

    passage: Passage
    language: LanguageTagger
    words: Words
    hits: list[Hit]
    country: str

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The passage's sentences: all that is asked of a table of contents, whose cues nobody reads."""
        return split_sentences(self.passage.text)

    @cached_property
    def heard(self) -> list[Heard]:
        """The passage's sentences with their cues."""
        return hear(self.sentences, self.words, self.language, self.country)


@dataclass
class DocumentReader:
    """Reads the passages of one document; what lead-ins and headings say is kept, for many passages share it."""

    tagger: Tagger
    country: str
    kinds: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def read(self, passage: Passage) -> Part | None:
        """Return a passage of the body or the contents as a part, None where it is of another zone or language."""
        language = self.tagger.language(passage.language) if passage.zone in (BODY, CONTENTS) else None
        if language is None:
            return None
        words = language.reader.read(passage.text)
        return Part(passage, language, words, language.hits(words), self.country)

    def setting(self, page: Sequence[Part], place: int) -> Setting:
        """Return what the signs of the part ``page[place]`` are read from; ``page`` holds the body of its page."""
        part = page[place]
        passage, language = part.passage, part.language
        headings = (self._kinds_of(heading, passage.language, language) for heading in passage.section)
        return Setting(
            text=passage.text,
            heard=part.heard,
            before=_beside((page[at] for at in range(place - 1, -1, -1)), forwards=False),
            after=_beside((page[at] for at in range(place + 1, len(page))), forwards=True),
            headings=frozenset[str]().union(*headings),
            lead_in=self._kinds_of(passage.lead_in, passage.language, language),
            kind=passage.kind,
        )

    def _kinds_of(self, text: str, code: str, language: LanguageTagger) -> frozenset[str]:
        """Return the kinds of cues in a heading or a lead-in."""
        if not text:
            return frozenset()
        if (code, text) not in self.kinds:
            heard = hear(split_sentences(text), language.reader.read(text), language, self.country)
            self.kinds[code, text] = frozenset[str]().union(*(one.kinds for one in heard))
        return self.kinds[code, text]


def _beside(parts: Iterable[Part], *, forwards: bool) -> list[Heard]:
    """Return the sentences of the nearest passages in order of the text; ``parts`` come nearest first."""
    heard: list[Heard] = []
    for part in parts:
        if len(heard) >= _SENTENCES_BESIDE:
            break
        heard = [*heard, *part.heard] if forwards else [*part.heard, *heard]
    return heard[:_SENTENCES_BESIDE] if forwards else heard[-_SENTENCES_BESIDE:]
