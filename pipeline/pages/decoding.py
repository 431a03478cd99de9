"""Bytes of unknown encoding to characters."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EAST_ASIAN = ("cp932", "euc_jp", "gb18030", "euc_kr", "big5")
_USUAL = re.compile("[、。\u3041-\u30fe的一是不在和有国國中為이의는을를에다고하한]")
"""Kana, and the most frequent characters of Chinese and Korean: wrong encodings give rare ones."""
_EAST = re.compile("[\u3000-\u9fff\uac00-\ud7a3\uff00-\uffef]")
_SAMPLE = 200_000
_UNWANTED = re.compile("[\x00\ud800-\udfff]")


def decode(content: bytes, declared: str = "") -> str:
    """Return the characters of ``content``: by its byte order mark, as UTF-8, as ``declared``, or as the best guess.

    NUL and lone surrogates become spaces, so that offsets stay and no later step meets them.
    """
    return _UNWANTED.sub(" ", _decoded(content, declared))


def _decoded(content: bytes, declared: str) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    if _looks_wide(content):
        return content.decode("utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = content.decode("utf-8", "replace")
    if text.count("\ufffd") <= len(text) // 500:
        return text
    return content.decode(declared if _is_known(declared) else _guess(content), "replace")


def _looks_wide(content: bytes) -> bool:
    """Tell whether every second byte is NUL, as in UTF-16 of a Latin text."""
    sample = content[:2000]
    halves = sample[::2].count(0), sample[1::2].count(0)
    return len(sample) >= 4 and max(halves) > 0.2 * len(sample) and min(halves) < 0.05 * len(sample)


def _is_known(name: str) -> bool:
    try:
        return bool(name) and codecs.lookup(name).name not in ("utf-8", "base64", "hex", "zlib", "bz2", "rot13")
    except LookupError:
        return False


def _guess(content: bytes) -> str:
    """Return the East Asian encoding in which the bytes make usual text, else Windows-1252."""
    best, most = "cp1252", 0.0
    for name in _EAST_ASIAN:
        text = content[:_SAMPLE].decode(name, "replace")
        east = len(_EAST.findall(text))
        if text.count("\ufffd") > len(text) // 200 or east < 0.1 * len(text):
            continue
        usual = len(_USUAL.findall(text)) / max(east, 1)
        if usual > max(most, 0.05):
            best, most = name, usual
    return best
