"""The first words of an item or a paragraph, where they name what it is about: "3. Robotics. We will …"."""

from __future__ import annotations

import re

from pipeline.tables.names import unspaced

_KINDS = ("list_item", "table_row", "paragraph")
_WORDS = 5  # beyond this the first words are a sentence about something and no longer its name
_CHARACTERS = 15  # the same where writing has no spaces
_LABEL = re.compile(
    r"""(?:
        [\W_]                                        # bullets, dashes, quotation marks, spaces
        | \d{1,3}(?:\.\d{1,3})*(?:[.)）、．]|(?=\s))  # 3.  3.1)  12
        | [A-Za-z][.)] | [ivxIVX]{1,5}[.)]           # a)  B.  iv)
        | [一二三四五六七八九十]{1,3}[)）、．]
    )*""",
    re.VERBOSE,
)
_STOP = re.compile(r"[.:;](?=\s|$)|[。：；]|\s[–—-]\s")


def opening_words(text: str, kind: str) -> str:
    """Return the words of a passage before its first stop, colon or dash, without number or bullet, where they name it.

    More than five words name nothing, and nothing is returned. A list item may be no more than its name; in a paragraph
    or a table row something must follow, for a short line that stands alone is mostly a caption or a piece of a figure.
    """
    if kind not in _KINDS:
        return ""
    label = _LABEL.match(text)
    start = label.end() if label else 0
    stop = _STOP.search(text, start)
    words = text[start : stop.start() if stop else len(text)].strip()
    follows = stop is not None and stop.end() < len(text.rstrip())
    long = len(words) > _CHARACTERS if unspaced(words) else len(words.split()) > _WORDS
    return "" if long or not (follows or kind == "list_item") else words
