"""The words of one language around terms: what enumerates them, what parts them, and what says that they are joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.schemas import FusionWords, Language
from pipeline.ties.windows import Found

# Signs and bullets between the members of an enumeration; a semicolon joins them too.
_SIGNS = r"[,;:/&|+、・·•●▪◦‣■►➢✓✔；，／]|(?<=\s)[-–—](?=\s)"
# What ends a statement inside a sentence: what stands on either side is said of different things.
_PARTED = re.compile(r"[;；]|[a-z)][.!?][A-Z]|(?:^|\s)(?:\(?[a-z0-9]{1,2}\)|[•●▪◦‣■►➢✓✔])\s")
_SPACE = re.compile(r"\s+")
_LONGEST_GAP = 60
_WORDS_PASSED = 3  # words of a member beside its term: "AI systems, service robots"
_WORDS_CLOSED = 2  # fewer before a comma after which anything may follow
# Words of fusion stand at most so many characters from a term, those between two terms from both.
_REACH = 25
_REACH_BEFORE, _REACH_BETWEEN = 60, 90


@dataclass(frozen=True, slots=True)
class _Patterns:
    gap: re.Pattern[str]
    close: re.Pattern[str]
    before: re.Pattern[str] | None
    between: re.Pattern[str] | None
    after: re.Pattern[str] | None
    inside: frozenset[str]
    hybrids: frozenset[str]


class Wording:
    """Tells how the terms of one language stand to each other."""

    def __init__(self, language: Language, words: FusionWords | None = None) -> None:
        """Prepare the patterns; a language without words of fusion has enumerations only."""
        own = words or FusionWords(language.code)
        self.density = 2 if language.writing == "unspaced" else 1  # such writing says as much in half the characters
        self._patterns = _Patterns(
            gap=_gap(language, own),
            close=_close(language, own),
            before=_any_of(own.before, language),
            between=_any_of(own.between, language),
            after=_any_of(own.after, language),
            inside=frozenset(_plain(phrase) for phrase in own.inside),
            hybrids=frozenset(_plain(word) for word in own.hybrids),
        )

    def members(self, text: str, found: Sequence[Found]) -> list[int]:
        """Return for each mention (in order of place) the number of its enumeration; alone, it is one of its own."""
        numbers: list[int] = []
        number, end = -1, -1
        for mention in found:
            if not numbers or (mention.start >= end and not self._is_listed(text[end : mention.start])):
                number += 1
            numbers.append(number)
            end = max(end, mention.end)
        return numbers

    def fusion(self, text: str, first: Found, second: Found) -> str:
        """Return the words by which the text says that two terms are joined; nothing where it does not.

        ``first`` stands before ``second`` and they share no characters.
        """
        patterns = self._patterns
        gap = text[first.end : second.start]
        # "AI-driven robots", but not "AI - driven by robots": a dash with space before it parts.
        if _plain(gap) in patterns.inside and not re.match(r"\s+[-–—]", gap):
            return _plain(gap)
        reach = _REACH // self.density
        if len(gap) > _REACH_BETWEEN // self.density or parted(gap):
            return ""
        between = patterns.between.search(gap) if patterns.between else None
        if between and max(between.start(), len(gap) - between.end()) <= reach:
            return _plain(between[0])
        if len(gap) > _LONGEST_GAP:
            return ""
        head = text[max(0, first.start - _REACH_BEFORE) : first.start]
        before = list(patterns.before.finditer(head)) if patterns.before else []
        if before and len(head) - before[-1].end() <= reach and not parted(head[before[-1].end() :]):
            return _plain(before[-1][0])
        tail = text[second.end : second.end + reach]
        after = patterns.after.search(tail) if patterns.after and self._is_listed(gap) else None
        return _plain(after[0]) if after and not parted(tail[: after.start()]) else ""

    def closes(self, gap: str) -> bool:
        """Say whether a comma or "and" ends the member that stands before a gap: what follows is said beside it."""
        return self._patterns.close.match(gap) is not None

    def is_hybrid(self, word: str) -> bool:
        """Say whether a word is known to be two terms at once."""
        return _plain(word) in self._patterns.hybrids

    def _is_listed(self, gap: str) -> bool:
        """Say whether what stands between two terms makes them members of one enumeration."""
        return len(gap) <= _LONGEST_GAP and self._patterns.gap.fullmatch(gap) is not None


def parted(text: str) -> bool:
    """Say whether a text holds a sign that ends a statement: a semicolon, a bullet, the letter of an item."""
    return _PARTED.search(text) is not None


def _gap(language: Language, words: FusionWords) -> re.Pattern[str]:
    """Return the pattern of what stands between two members: a joint, and beside it a few words that link nothing."""
    unspaced = language.writing == "unspaced"
    joint = "|".join([_SIGNS, *_escaped([*language.joiners, *words.like], unspaced)])
    links = "|".join(_escaped(words.links, unspaced)) or r"(?!)"
    articles = "|".join(_escaped(language.articles, unspaced)) or r"(?!)"
    if unspaced:
        word = rf"(?!{joint}|{links})\w"
        stranger = rf"(?:{word}){{0,12}}"
        return re.compile(rf"{stranger}(?:\W*(?:{joint})\W*{stranger})+", re.IGNORECASE)
    word = rf"(?!(?:{joint}|{links})(?!\w))[\w'’-]+"
    stranger = rf"(?>(?:[^\w,;]*(?:{word})){{0,{_WORDS_PASSED}}})[^\w,;]*?"
    lead = rf"(?:\W*(?:{articles}|{links}))?"  # "de l'IA, de la robotique": the parallel member has its own link
    return re.compile(rf"{stranger}(?:\W*(?:{joint})(?:\W*(?:{joint}))*{lead}{stranger})+\W*", re.IGNORECASE)


def _close(language: Language, words: FusionWords) -> re.Pattern[str]:
    """Return the pattern of a comma or joining word that follows a term at once, or after a word that links nothing."""
    unspaced = language.writing == "unspaced"
    joint = "|".join(["[,、，]", *_escaped(language.joiners, unspaced)])
    if unspaced:
        return re.compile(rf"\W*(?:{joint})", re.IGNORECASE)
    links = "|".join(_escaped(words.links, unspaced)) or r"(?!)"
    word = rf"(?!(?:{joint}|{links})(?!\w))[\w'’-]+"
    return re.compile(rf"(?:[^\w,]*{word}){{0,{_WORDS_CLOSED}}}[^\w,]*(?:{joint})", re.IGNORECASE)


def _any_of(phrases: Iterable[str], language: Language) -> re.Pattern[str] | None:
    escaped = _escaped(phrases, language.writing == "unspaced")
    return re.compile("|".join(escaped), re.IGNORECASE) if escaped else None


def _escaped(phrases: Iterable[str], unspaced: bool) -> list[str]:
    """Return phrases as patterns, the longest first; "*" stands for the rest of a word."""
    patterns = []
    for phrase in sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase)):
        body = re.escape(phrase).replace(r"\ ", r"\s+").replace(r"\*", r"\w*").replace("'", "['’]")
        left = r"(?<!\w)" if phrase[0].isalnum() and not unspaced else ""
        right = r"(?!\w)" if phrase[-1].isalnum() and not unspaced else ""
        patterns.append(left + body + right)
    return patterns


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text.strip().replace("–", "-").replace("‐", "-")).casefold()
