"""Sentences: the stretch of a passage in which words are read together."""

from __future__ import annotations

import re
from typing import NamedTuple

_STOP = r".!?\u2026"
_WIDE_STOP = r"\u3002\uff01\uff1f"
_BULLET = r"\u2022\u25cf\u25aa\u25e6\u2023\u25a0\u25ba\u27a2\u2713\u2714\uf0b7"
# Where a sentence may end: signs with what closes after them, or a list's bullet. A run of stops is read once and
# from its first sign only (so "......" costs its length, not its square). The pattern begins with the set of all
# signs and looks back at which it was: so ``re`` runs over the letters between them without trying each kind.
_END = re.compile(
    rf"[{_STOP}{_WIDE_STOP}{_BULLET}](?:"
    rf"(?<=[{_STOP}])(?<![{_STOP}].)(?P<more>[{_STOP}]*+)[\"')\]\u2019\u201d\u00bb]{{0,3}}(?:\[?\d{{1,3}}\]?)?(?=\s)"
    rf"|(?<=[{_WIDE_STOP}])[{_WIDE_STOP}]*[\u300d\u300f\uff09\u201d]{{0,3}}"
    rf"|(?P<bullet>(?<=[{_BULLET}])))"
)
_BEFORE_LAST_WORD = re.compile(r".*[\s(\[\"'\u201c\u201e]", re.DOTALL)
_LONGEST_WORD = 24
# After these a full stop ends nothing; after the second kind it ends nothing if a number follows.
_ABBREVIATIONS = frozenset(
    "approx bspw bzw ca cf chr co corp d.h dipl dr drs e.g env esp evtl excl fr ggf i.e incl ing inkl jr "
    "m.b.t mia mio mld mln mme mr mrd mrs ms mx np p.ex prof resp rev sen sog sr st tsd tys tzv tzw u.a usw "
    "vgl vs z.b zgn zob".split()
)
_BEFORE_NUMBERS = frozenset(
    "abs art arts bd ch chap eq fig figs kap n no nos nr nrs nums p para pp s sec sect tab vol".split()
)
_INITIALS = re.compile(r"(?:\w\.)*\w")


class Sentence(NamedTuple):
    """The sentence ``text[start:end]``; ``lead`` is the number of the sentence that introduces a list item, or -1."""

    start: int
    end: int
    lead: int


def split_sentences(text: str) -> list[Sentence]:
    """Return the sentences of ``text`` in order, without the white space around them; bullets begin one, too."""
    sentences: list[Sentence] = []
    start, lead, is_item = 0, -1, False
    for match in _END.finditer(text):
        bullet = match["bullet"] is not None
        if match["more"] is not None and not _ends_here(text, start, match):
            continue
        end = match.start() if bullet else match.end()
        found = _trimmed(text, start, end, lead if is_item else -1)
        if bullet and not is_item and found:
            lead = len(sentences)
        elif bullet and not is_item:
            lead = len(sentences) - 1
        if found:
            sentences.append(found)
        start, is_item = match.end(), bullet
    rest = _trimmed(text, start, len(text), lead if is_item else -1)
    return [*sentences, rest] if rest else sentences


def _ends_here(text: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether the stop found ends the sentence that begins at ``start``."""
    following = text[match.end() : match.end() + 3].lstrip()[:1]
    if match["more"] or text[match.start()] != ".":
        return not following.islower()
    if following.islower() or following in (",", ";"):
        return False
    nearest = max(start, match.start() - _LONGEST_WORD)
    ahead = _BEFORE_LAST_WORD.match(text, nearest, match.start())
    last = text[ahead.end() if ahead else nearest : match.start()].lower()
    if last in _ABBREVIATIONS or (last.isdigit() and len(last) < 3):
        return False
    if last in _BEFORE_NUMBERS and following.isdigit():
        return False
    return not _INITIALS.fullmatch(last)


def _trimmed(text: str, start: int, end: int, lead: int) -> Sentence | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Sentence(start, end, lead) if start < end else None
