"""Stretches of raw text cut at sentence ends and at bullets inside a line, in time linear in their length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import pairwise

from pipeline.passages.cleaning import CJK

Span = tuple[int, int]

_WIDE = re.compile(f"[{CJK}]")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？]+[」』）)]*|\n[^\S\n]*\n\s*(?=[^\W\d_a-zß-öø-ÿ])")
_CLAUSE_END = re.compile(r"[;:,](?=\s)|[、；，：]|\s(?=[-–—]\s)")
_LONG_WORD = 16
_TOKEN = re.compile(r"\S+")
_LAST_TOKEN = re.compile(r"\S{1,20}\Z")
_INITIAL = re.compile(r"\A[(\[„“\"']*(?:[^\W\d_]|\d{1,2}|[IVX]{1,4})\Z")
_INLINE_BULLET = re.compile(r"(?:(?<=\s)|\A)[•‣▪◦●■⁃∙➢➤►▶✓✔❖\uf0a7\uf0b7\uf0d8\uf0fc](?=\s|[^\W\d_])")


def sentence_ends(raw: str, start: int, end: int, abbreviations: Set[str]) -> Iterator[int]:
    """Yield the offsets at which a sentence of ``raw[start:end]`` ends, without the end of the stretch itself.

    A full stop after an abbreviation, an initial or a number of two digits does not end a sentence, nor does one
    that small letters follow.
    """
    for match in _SENTENCE_END.finditer(raw, start, end):
        following = _TOKEN.search(raw, match.end(), min(end, match.end() + 200))
        if following is None:
            continue
        if match[0][0] in "。！？\n":
            yield match.end()
            continue
        first = following[0].lstrip("\"'“‘„«([")[:1]
        if first.islower() or (match[0] == "." and _is_abbreviated(raw, start, match.start(), abbreviations)):
            continue
        yield match.end()


def _is_abbreviated(raw: str, start: int, stop: int, abbreviations: Set[str]) -> bool:
    token = _LAST_TOKEN.search(raw, max(start, stop - 20), stop)
    if token is None:
        return False
    word = token[0].casefold().lstrip("([„“\"'")
    return word in abbreviations or bool(_INITIAL.match(token[0]))


def weigh(text: str, max_words: int, max_characters: int) -> float:
    """Return the length of a text in words, each Chinese or Japanese character counting as a part of a word.

    Text with hardly any space (addresses, rows of signs) weighs as if it had words of usual length.
    """
    words = max(len(text.split()), len(text) / _LONG_WORD)
    if text.isascii():
        return words
    return words + len(_WIDE.findall(text)) * max_words / max_characters


def cut_long(
    raw: str, start: int, end: int, abbreviations: Set[str], max_words: int, max_characters: int
) -> list[Span]:
    """Cut ``raw[start:end]`` at sentence ends into stretches of about equal length, none longer than the limit.

    A sentence that is longer than the limit itself is cut at a comma or, failing that, between words.
    """
    total = weigh(raw[start:end], max_words, max_characters)
    if total <= max_words:
        return [(start, end)]
    aim = total / -(-total // max_words)
    spans: list[Span] = []
    first, weight = start, 0.0
    for piece_start, piece_end in _sentences(raw, start, end, abbreviations, max_words, max_characters):
        added = weigh(raw[piece_start:piece_end], max_words, max_characters)
        if weight and (weight + added > max_words or weight + added / 2 > aim):
            spans.append((first, piece_start))
            first, weight = piece_start, 0.0
        weight += added
    spans.append((first, end))
    return spans


def _sentences(
    raw: str, start: int, end: int, abbreviations: Set[str], max_words: int, max_characters: int
) -> Iterator[Span]:
    """Yield the sentences of a stretch, each longer one in parts, so that together they cover it."""
    first = start
    for stop in [*sentence_ends(raw, start, end, abbreviations), end]:
        if stop <= first:
            continue
        if weigh(raw[first:stop], max_words, max_characters) <= max_words:
            yield first, stop
        else:
            yield from _parts(raw, first, stop, max_words, max_characters)
        first = stop


def _parts(raw: str, start: int, end: int, max_words: int, max_characters: int) -> Iterator[Span]:
    """Yield parts of one overlong sentence: clauses, or where these are too long as well, runs of words."""
    first = start
    for stop in [*(match.end() for match in _CLAUSE_END.finditer(raw, start, end)), end]:
        if weigh(raw[first:stop], max_words, max_characters) <= max_words:
            if stop > first:
                yield first, stop
            first = stop
            continue
        place, weight = first, 0.0
        for token in _TOKEN.finditer(raw, first, stop):
            for cut in _token_cuts(token, max_characters):
                added = weigh(raw[cut[0] : cut[1]], max_words, max_characters)
                if weight and weight + added > max_words:
                    yield place, cut[0]
                    place, weight = cut[0], 0.0
                weight += added
        yield place, stop
        first = stop


def _token_cuts(token: re.Match[str], max_characters: int) -> list[Span]:
    """Cut an endless token (Japanese without any stop, or no language at all) every half limit of characters."""
    step = max(1, max_characters // 2)
    edges = [*range(token.start(), token.end(), step), token.end()]
    return list(pairwise(edges))


def inline_bullets(raw: str, start: int, end: int) -> list[int]:
    """Return the offsets of bullets that stand inside ``raw[start:end]``, as in text that lost its line breaks."""
    return [match.start() for match in _INLINE_BULLET.finditer(raw, start, end)]


def first_sentence_end(raw: str, start: int, end: int, abbreviations: Set[str]) -> int:
    """Return where the first sentence of ``raw[start:end]`` ends."""
    return next(sentence_ends(raw, start, end, abbreviations), end)


def last_sentence(text: str, abbreviations: Set[str]) -> str:
    """Return the last sentence of a cleaned text, the one that introduces what follows."""
    window = max(0, len(text) - 600)
    ends = list(sentence_ends(text, window, len(text), abbreviations))
    return text[ends[-1] if ends else window :].strip()
