"""Tell text whose fonts map glyphs to the wrong characters from text in any language."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00\x01\x03-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_REPLACED = re.compile("[\ufffd\ufff0-\ufff8]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_UNUSUAL = re.compile("[\ue000-\uf8ff\ufff0-\ufffd\U000f0000-\U0010ffff]")
_SYMBOL = re.compile(r"(?:(?<=\s)|^)[\uf000-\uf0ff](?=\s|$)")
"""A private-use character that stands alone is a bullet or a tick: fonts such as Wingdings have no other codes."""
_CID = re.compile(r"\(cid:\d+\)")
_RARE_LATIN = re.compile("[\u0100-\u024f\u03e2-\u03ef]")
"""Latin Extended, of which no language writes more than a quarter of its letters, and Coptic."""
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_VOWEL = re.compile(
    "[AEIOUYaeiouy\u00c0-\u00c6\u00c8-\u00cf\u00d2-\u00d6\u00d8-\u00dd\u00e0-\u00e6\u00e8-\u00ef"
    "\u00f2-\u00f6\u00f8-\u00ff\u0100-\u0105\u0112-\u011b\u0128-\u0131\u014c-\u0153\u0168-\u0173]"
)
_FILLING = ".\u2026·_-"

_BAD_SHARE = 0.12
_RARE_SHARE = 0.4
_FEWEST_VOWELS = 0.17
_ENOUGH = 80
"""Letters needed before their mix says anything."""


def is_garbled(text: str) -> bool:
    """Tell whether ``text``, as the file gives it, is mostly no text: codes instead of letters, or wrong letters.

    Signs, each enough: control, private-use or replacement characters; Latin letters that are mainly rare ones;
    Latin letters with hardly a vowel; nothing but mixed punctuation.
    """
    visible = len(text) - sum(text.count(character) for character in " \r\n\t\f" + _FILLING)
    if visible <= 0:
        return False
    bad = len(_CONTROL.findall(text))
    if "(cid:" in text:
        bad += sum(len(code) for code in _CID.findall(text))
    if not text.isascii():
        if _UNUSUAL.search(text):
            bad += len(_PRIVATE.findall(text)) - len(_SYMBOL.findall(text)) + len(_REPLACED.findall(text))
        rare = len(_RARE_LATIN.findall(text))
        if rare > 4 and rare > _RARE_SHARE * len(_LATIN.findall(text)):
            return True
    if bad > _BAD_SHARE * visible:
        return True
    plain_vowels = sum(text.count(vowel) for vowel in "aeiouyAEIOUY")
    if plain_vowels > _FEWEST_VOWELS * visible:
        return False  # ordinary text in Latin letters: spare it the counts below
    return _lacks_vowels(text) or _is_noise(text, visible)


def _lacks_vowels(text: str) -> bool:
    latin = len(_LATIN.findall(text))
    return latin >= _ENOUGH and len(_VOWEL.findall(text)) < _FEWEST_VOWELS * latin


def _is_noise(text: str, visible: int) -> bool:
    """Tell whether a page holds next to no letters or digits but several sorts of punctuation."""
    if sum(character.isalnum() for character in text) >= 0.35 * visible:
        return False
    sorts = {character for character in text if not character.isspace() and not character.isalnum()}
    return len(sorts - set(_FILLING)) >= 3
