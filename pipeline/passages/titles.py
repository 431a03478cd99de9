"""The form of titles: letters, capitals, numbering in the ways of several writings, and no sentence inside."""

from __future__ import annotations

import re

from pipeline.passages.bullets import read_mark
from pipeline.passages.words import LayoutWords, heading_key

_DECIMAL = re.compile(r"\A(\d{1,2}(?:\.\d{1,2}){1,4})\.?\s+")
# 第1章, 一、 and （一）: chapters, sections and subsections of Chinese and Japanese documents
_WIDE_NUMBER = re.compile(
    r"\A(?:第[\d一-十]{1,3}[章節部編编篇]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)](?=[^\x00-\u2fff])"
    r"|\d{1,2}\u3000)"
)
_PART_NUMBER = re.compile(r"\s+(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Z])\b")
_LETTER = re.compile(r"[^\W\d_]")
_INNER_STOP = re.compile(r"[^\W\d]{2,}[.!?]\s+[^\W\d_a-z]|。.")
_CAPTION_REST = re.compile(r"[\s.:：)）\d]")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def reads_as_title(text: str, words: LayoutWords) -> bool:
    """Say whether a text has the form of a title: letters, a capital or a number first, and no caption word."""
    letters = len(_LETTER.findall(text))
    if (letters < 3 and not (letters and text[0] > "\u2fff")) or letters * 2 < len(text.replace(" ", "")):
        return False
    mark = read_mark(text)
    if mark is not None and mark.kind not in ("number", "letter", "roman", "bracketed", "circled"):
        return False
    opening = _FIRST_WORD.match(text, 1 if text[0] in "(（[" else 0)
    if opening and opening[0].casefold() in words.captions and _CAPTION_REST.match(text, opening.end()):
        return heading_key(text) in words.references
    return not _INNER_STOP.search(text) and "://" not in text


def is_numbered(text: str, words: LayoutWords) -> bool:
    """Say whether a text begins like "3.1 ", "第1章" or "Chapter 3"."""
    if _DECIMAL.match(text) or _WIDE_NUMBER.match(text):
        return True
    opening = _FIRST_WORD.match(text)
    return bool(opening and opening[0].casefold() in words.parts and _PART_NUMBER.match(text, opening.end()))


def is_open_ended(text: str) -> bool:
    """Say whether a text ends without any sign that ends a sentence."""
    return text[-1:] not in ".!?:;。！？…”’»)"


def in_capitals(text: str) -> bool:
    """Say whether a text is written in capitals."""
    return text.upper() == text and text.lower() != text


def count_hashes(text: str) -> int:
    """Return the depth that a Markdown heading shows by its signs, 1 where it shows none."""
    return max(1, len(text) - len(text.lstrip("#")))


def numbering_depth(text: str) -> float:
    """Return how deep the numbering of a title shows it to be: 2 for "3.1", more for unnumbered titles."""
    decimal = _DECIMAL.match(text)
    if decimal:
        return decimal[1].count(".") + 1.0
    return 1.5 if _WIDE_NUMBER.match(text) else 4.0
