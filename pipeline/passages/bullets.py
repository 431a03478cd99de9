"""The marks that open list items: bullets of every kind, dashes, numbers and letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Private characters up to U+F0FF are the signs of symbol fonts, which stand at the start of a line as bullets only.
_SIGN = re.compile(r"(?:[•‣▪▫◦●○■□◆◇⁃∙➢➣➤►▶▸»›✓✔✗❖❑❒➔→⇒\uf020-\uf0ff]|[・·](?=\s))\s*")
_DASH = re.compile(r"(?:[-–—*+−]|o)\s+(?=\S)")
_NUMBER = re.compile(
    r"(?:\(?(\d{1,2}|[a-z]|[ivx]{1,5})(?:[.)]|\.\))|\(([A-Z])\))\s+(?=\S)|(\d{1,2})[.．、](?=[\u3040-\u9fff])"
)
_CIRCLED = re.compile(r"[①-⑳❶-❿⓵-⓾㈠-㈩]\s*|[（(](?:\d{1,2}|[ア-ン一二三四五六七八九十])[）)]\s*")
_ALONE = re.compile(r"(?:[-·*–o]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)])\Z")


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark that opens an item: its kind (the sign itself, "number", "letter", …) and where its text begins."""

    kind: str
    length: int
    certain: bool
    number: int = 0


def read_mark(text: str) -> Mark | None:
    """Return the mark with which a line begins, or None.

    A mark is certain where the sign is used for nothing else; a dash, a number or a letter may as well be the middle
    of a sentence, so that the caller looks at the line before.
    """
    if match := _SIGN.match(text):
        return Mark(text[0], match.end(), text[0] not in "»›·→")
    if match := _DASH.match(text):
        return Mark(text[0], match.end(), False)
    if match := _NUMBER.match(text):
        name = match[1] or match[2] or match[3]
        if name.isdigit():
            return Mark("number", match.end(), False, int(name))
        return Mark("roman" if set(name) <= set("ivx") else "letter", match.end(), False)
    if match := _CIRCLED.match(text):
        return Mark("bracketed" if text[0] in "（(" else "circled", match.end(), False)
    return Mark(text, len(text), False) if _ALONE.match(text) else None
