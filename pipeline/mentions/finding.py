"""From passages to mentions: terms, the sentences around them, their level and their place on the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from pipeline.mentions.levels import decide
from pipeline.mentions.overlaps import Hit
from pipeline.mentions.quotes import Quote, cut_around, keep_to_lines, quote
from pipeline.mentions.sentences import Sentence, split_sentences
from pipeline.mentions.tagger import LanguageTagger, Tagger
from pipeline.mentions.words import Words
from pipeline.schemas import Cue, Mention, Passage, content_id


def find_mentions(
    passages: Sequence[Passage],
    page_texts: Mapping[int, str],
    tagger: Tagger,
    *,
    quote_length: int = 400,
    context_length: int = 60,
) -> list[Mention]:
    """Return the mentions in one document's passages, in the order of the passages and of the words in them.

    ``page_texts`` gives ``Page.text`` by page number. Only passages of the zone "body", in languages that have terms,
    are tagged. Quotes have at most about ``quote_length`` characters, prefix and suffix at most ``context_length``.
    """
    mentions: list[Mention] = []
    heard: dict[tuple[str, str], list[Cue]] = {}  # the cues of lead-ins and headings, which many passages share
    for passage in passages:
        language = tagger.language(passage.language) if passage.zone == "body" else None
        if language is None:
            continue
        words = language.reader.read(passage.text)
        hits = language.hits(words)
        if hits:
            page_text = page_texts[passage.page_number]
            finder = _PassageFinder(passage, page_text, language, words, heard, quote_length, context_length)
            mentions += finder.mentions(hits)
    return mentions


class _PassageFinder:
    """What is worked out once for all hits of one passage."""

    def __init__(
        self,
        passage: Passage,
        page_text: str,
        language: LanguageTagger,
        words: Words,
        heard: dict[tuple[str, str], list[Cue]],
        quote_length: int,
        context_length: int,
    ) -> None:
        self._passage = passage
        self._page_text = page_text
        self._language = language
        self._heard = heard
        self._lengths = (quote_length, context_length)
        self._sentences = split_sentences(passage.text)
        self._starts = [sentence.start for sentence in self._sentences]
        self._cues: dict[int, list[Cue]] = {}
        for start, _, cue in language.cues(words):
            self._cues.setdefault(self._place(start), []).append(cue)
        self._lead_in = self._listen(passage.lead_in)
        self._section = [cue for heading in passage.section for cue in self._listen(heading)]
        self._levels: dict[int, tuple[str, tuple[str, ...]]] = {}
        self._quotes: dict[tuple[int, int], Quote] = {}

    def mentions(self, hits: Sequence[Hit]) -> Iterator[Mention]:
        """Yield one mention a hit."""
        for hit in hits:
            place = self._place(hit.start)
            yield self._mention(hit, self._quote(hit, self._sentences[place]), *self._level(place))

    def _place(self, start: int) -> int:
        return max(0, bisect_right(self._starts, start) - 1)

    def _listen(self, text: str) -> list[Cue]:
        key = (self._passage.language, text)
        if key not in self._heard:
            found = self._language.cues(self._language.reader.read(text)) if text else []
            self._heard[key] = [cue for _, _, cue in found]
        return self._heard[key]

    def _level(self, place: int) -> tuple[str, tuple[str, ...]]:
        if place not in self._levels:
            lead = self._sentences[place].lead
            lead_in = [*self._lead_in, *(self._cues.get(lead, ()) if lead >= 0 else ())]
            sentence = self._cues.get(place, [])
            self._levels[place] = decide(sentence, lead_in, self._section, self._passage.kind)
        return self._levels[place]

    def _quote(self, hit: Hit, sentence: Sentence) -> Quote:
        length, context = self._lengths
        whole = cut_around(self._passage.text, (sentence.start, sentence.end), (hit.start, hit.end), length)
        span = keep_to_lines(self._passage, whole, (hit.start, hit.end))
        if span not in self._quotes:
            self._quotes[span] = quote(self._passage, self._page_text, *span, context, whole)
        return self._quotes[span]

    def _mention(self, hit: Hit, around: Quote, level: str, cues: tuple[str, ...]) -> Mention:
        passage = self._passage
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
        )
