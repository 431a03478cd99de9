"""From passages to mentions: terms, the sentences around them, their level and their place on the page."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from pipeline.mentions.levels import LevelRule, name_cues
from pipeline.mentions.overlaps import Hit
from pipeline.mentions.parts import BODY, DocumentReader, Part
from pipeline.mentions.quotes import Quote, cut_around, keep_to_lines, quote
from pipeline.mentions.signs import KINDS, SentenceSigns, Setting
from pipeline.mentions.tagger import Tagger
from pipeline.schemas import Mention, Passage, content_id


def find_mentions(
    passages: Sequence[Passage],
    page_texts: Mapping[int, str],
    tagger: Tagger,
    *,
    country: str = "",
    quote_length: int = 400,
    context_length: int = 60,
    level_weights: Mapping[str, float] | None = None,
    targeted_from: float = 0.0,
) -> list[Mention]:
    """Return the mentions in one document's passages, in the order of the passages and of the words in them.

    ``page_texts`` gives ``Page.text`` by page number; ``country`` is that of the document's issuer. Only passages of
    the zones "body" and "contents", in languages that have terms, are tagged; a mention in a table of contents is
    never targeted. Quotes have at most about ``quote_length`` characters, prefix and suffix at most
    ``context_length``. ``level_weights`` are the weights of signs of commitment.
    """
    rule = LevelRule(level_weights or {}, targeted_from)
    lengths = (quote_length, context_length)
    mentions: list[Mention] = []
    for part, setting in _read_parts(passages, tagger, country):
        finder = _Finder(part, page_texts[part.passage.page_number], lengths)
        mentions += finder.listed() if setting is None else finder.judged(setting, rule)
    return mentions


def read_document_signs(
    passages: Sequence[Passage], tagger: Tagger, country: str
) -> Iterator[tuple[str, str, dict[str, float]]]:
    """Yield passage id, concept and signs of commitment of each mention in the body: what levels weigh."""
    for part, setting in _read_parts(passages, tagger, country):
        if setting is not None:
            for hit, sentence, own in _Finder(part, "", (0, 0)).read_signs(setting):
                yield part.passage.id, hit.concept, sentence.signs | own


def _read_parts(passages: Sequence[Passage], tagger: Tagger, country: str) -> Iterator[tuple[Part, Setting | None]]:
    """Yield the passages with terms in them, those of the body with what their signs are read from."""
    reader = DocumentReader(tagger, country)
    for _, group in groupby(passages, key=attrgetter("page_number")):
        parts = [part for passage in group if (part := reader.read(passage)) is not None]
        yield from ((part, None) for part in parts if part.hits and part.passage.zone != BODY)
        body = [part for part in parts if part.passage.zone == BODY]
        yield from ((part, reader.setting(body, place)) for place, part in enumerate(body) if part.hits)


class _Finder:
    """What is worked out once for all hits of one passage."""

    def __init__(self, part: Part, page_text: str, lengths: tuple[int, int]) -> None:
        self._part = part
        self._passage = part.passage
        self._page_text = page_text
        self._lengths = lengths
        self._sentences = part.sentences
        self._starts = [sentence.start for sentence in self._sentences]
        self._quotes: dict[tuple[int, int], Quote] = {}
        self._money: dict[int, tuple[str, ...]] = {}

    def listed(self) -> Iterator[Mention]:
        """Yield one mention a hit of a table of contents."""
        for hit in self._part.hits:
            yield self._mention(hit, self._place(hit), "mentioned", (), ())

    def judged(self, setting: Setting, rule: LevelRule) -> Iterator[Mention]:
        """Yield one mention a hit, with its level and the cues that speak for it."""
        weighed: dict[int, float] = {}
        named: dict[tuple[int, str], tuple[str, ...]] = {}
        for hit, sentence, own in self.read_signs(setting):
            place = sentence.place
            if place not in weighed:
                weighed[place] = rule.weigh(sentence.signs)
            level = rule.level(weighed[place] + rule.weigh(own))
            if (place, level) not in named:
                named[place, level] = name_cues(sentence.heard, sentence.lead_in, level)
            yield self._mention(hit, place, level, named[place, level], self._money_of(place))

    def read_signs(self, setting: Setting) -> Iterator[tuple[Hit, SentenceSigns, dict[str, float]]]:
        """Yield each hit with the signs of its sentence, and with its own signs and their strength."""
        counts = Counter(hit.concept for hit in self._part.hits)
        most = max(counts.values())
        sentences: dict[int, SentenceSigns] = {}
        for hit in self._part.hits:
            place = self._place(hit)
            if place not in sentences:
                sentences[place] = SentenceSigns(setting, place)
            own = dict.fromkeys(sorted(sentences[place].of_term(hit)), 1.0)
            own["repeated"] = min(counts[hit.concept] - 1, 3) / 3
            own["foremost"] = float(counts[hit.concept] == most)
            own |= {kind: 1.0 for kind in KINDS if kind == self._part.language.kind_of(hit.concept)}
            yield hit, sentences[place], own

    def _place(self, hit: Hit) -> int:
        """Return the number of the sentence that a term stands in."""
        return max(0, bisect_right(self._starts, hit.start) - 1)

    def _money_of(self, place: int) -> tuple[str, ...]:
        if place not in self._money:
            sentence = self._passage.text[self._sentences[place].start : self._sentences[place].end]
            self._money[place] = self._part.language.money(sentence, self._part.country)
        return self._money[place]

    def _quote(self, hit: Hit, place: int) -> Quote:
        length, context = self._lengths
        sentence = self._sentences[place]
        whole = cut_around(self._passage.text, (sentence.start, sentence.end), (hit.start, hit.end), length)
        span = keep_to_lines(self._passage, whole, (hit.start, hit.end))
        if span not in self._quotes:
            self._quotes[span] = quote(self._passage, self._page_text, *span, context, whole)
        return self._quotes[span]

    def _mention(self, hit: Hit, place: int, level: str, cues: tuple[str, ...], money: tuple[str, ...]) -> Mention:
        passage, around = self._passage, self._quote(hit, place)
        term_start, term_end = passage.raw_span(hit.start, hit.end)
        return Mention(
            id=content_id(passage.id, hit.concept, term_start, term_end),
            passage_id=passage.id,
            document_id=passage.document_id,
            page_number=passage.page_number,
            start=around.start,
            end=around.end,
            term_start=term_start,
            term_end=term_end,
            concept=hit.concept,
            rule_id=hit.term.rule_id,
            term=passage.text[hit.start : hit.end],
            quote=around.text,
            prefix=around.prefix,
            suffix=around.suffix,
            kind=passage.kind,
            level=level,
            cues=cues,
            language=passage.language,
            money=money,
            zone=passage.zone,
        )
