"""Which rules the examples of a language put to the test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.mentions.overlaps import Hit
from pipeline.mentions.tagger import LanguageTagger, Tagger
from pipeline.mentions.words import Words
from pipeline.schemas import Term, Vocabulary

NEVER = "no example that it keeps from being tagged"
IDLE = "no example, and standing alone it takes no term away: delete it, or show a text in which it does"
CONTEXT = "no example in which its context keeps it from counting"
COUNTS = "no example in which it counts"


def rules_without_example(
    vocabulary: Vocabulary, language: str, examples: Iterable[tuple[str, str, bool]]
) -> list[tuple[Term, str]]:
    """Return the ``never`` phrases and the terms with a context that no example tries, each with what is missing.

    ``examples`` are (concept, text, must it be tagged). A ``never`` phrase is tried by a text that must not be tagged
    and would be without the concept's ``never`` phrases; a context by one in which the term would stand without it,
    and by one in which the term stands.
    """
    tagger = Tagger(vocabulary).language(language)
    if tagger is None:
        return []
    denied: set[str] = set()
    counted: set[str] = set()
    for concept, text, expected in examples:
        words = tagger.reader.read(text)
        candidates = tagger.candidates(words)
        standing = {hit.term.rule_id for hit in tagger.decide(words, candidates)}
        counted |= standing
        if not expected:
            denied.update(_never_at_work(tagger, words, candidates, concept))
            denied.update(_contexts_at_work(tagger, words, candidates, standing))
    own = [term for term in vocabulary.terms if term.language == language]
    return [
        (term, IDLE if lack == NEVER and not _is_at_work_alone(tagger, term) else lack)
        for term, lack in _untried(own, denied, counted)
    ]


def _untried(terms: Iterable[Term], denied: set[str], counted: set[str]) -> Iterator[tuple[Term, str]]:
    for term in terms:
        if term.never and term.rule_id not in denied:
            yield term, NEVER
        if term.context and term.rule_id not in denied:
            yield term, CONTEXT
        if term.context and term.rule_id not in counted:
            yield term, COUNTS


def _never_at_work(tagger: LanguageTagger, words: Words, candidates: Sequence[Hit], concept: str) -> Iterator[str]:
    """Yield the rules of the concept's ``never`` phrases that take a hit away."""
    nevers = [hit for hit in candidates if hit.term.never and hit.concept == concept]
    if not nevers:
        return
    others = [hit for hit in candidates if not (hit.term.never and hit.concept == concept)]
    without = [hit for hit in tagger.decide(words, others) if hit.concept == concept]
    for never in nevers:
        if any(_takes_away(never, hit) for hit in without):
            yield never.term.rule_id


def _is_at_work_alone(tagger: LanguageTagger, term: Term) -> bool:
    words = tagger.reader.read(term.phrase)
    return term.rule_id in _never_at_work(tagger, words, tagger.candidates(words), term.concept)


def _takes_away(never: Hit, hit: Hit) -> bool:
    overlap = hit.inner_start < never.inner_end and never.inner_start < hit.inner_end
    return overlap and never.length() > hit.length()


def _contexts_at_work(
    tagger: LanguageTagger, words: Words, candidates: Sequence[Hit], standing: set[str]
) -> Iterator[str]:
    """Yield the rules of the terms that would stand if they had no context."""
    waiting = {hit.term for hit in candidates if hit.term.context and hit.term.rule_id not in standing}
    for term in sorted(waiting, key=lambda term: term.rule_id):
        freed = [hit._replace(term=replace(term, context=None)) if hit.term == term else hit for hit in candidates]
        if any(hit.term.rule_id == term.rule_id for hit in tagger.decide(words, freed)):
            yield term.rule_id
