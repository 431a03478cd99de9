"""Raw text of a page to readable text, with the way back to every character."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Set

# What PDF readers put where a line ends inside a word, with or without the line break itself.
PDF_HYPHENS = "\ufffe\x02"
# Characters that leave no mark on the page: control characters, soft hyphens, joiners and byte order marks.
_CONTROLS = [*range(0x09), *range(0x0E, 0x1C), 0x7F]
UNSEEN_CHARACTERS = "".join(map(chr, _CONTROLS)) + "\u00ad\u200b\u2060\ufeff\ufffe\uffff"
CJK = "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60"

# Each alternative consumes what it looks at, so that the whole is linear in the length of the text.
_ODD = re.compile(
    rf"(?P<hyphen>(?<=\w)(?:[-\u2010\u00ad][^\S\n]*\n\s*|[{PDF_HYPHENS}]\s*))"
    rf"|(?P<space>[^\S ]\s*| \s+)"
    rf"|(?P<unseen>[{re.escape(UNSEEN_CHARACTERS)}]+)"
)
_WORD = re.compile(r"\w+(?:[-\u2010]\w+)*")
_WORD_END = re.compile(r"\w+\Z")
_WORD_START = re.compile(r"\w+")
_WIDE = re.compile(f"[{CJK}]")
_LONGEST_WORD = 60

KeepsHyphen = Callable[[str, str], bool]


class WordCounts:
    """How often each word of a document occurs, counted only once somebody asks."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Keep the texts to be counted on the first question."""
        self._texts = list(texts)
        self._counts: Counter[str] | None = None

    def __call__(self, word: str) -> int:
        """Return how often ``word`` stands in the texts, written exactly so."""
        if self._counts is None:
            self._counts = Counter()
            for text in self._texts:
                self._counts.update(_WORD.findall(text))
        return self._counts[word]


def hyphen_rule(counts: Callable[[str], int], joining_words: Set[str]) -> KeepsHyphen:
    """Return a rule that says whether the hyphen between two halves of a broken word belongs to the word.

    The document itself decides where it can: the form that it uses elsewhere wins. Otherwise capitals and digits
    show a compound ("AI-based", "EU-Russia"), and so do two halves that are both words of the document ("long-term").
    """

    def keeps(before: str, after: str) -> bool:
        if after in joining_words:
            return True
        whole, parted = counts(before + after), counts(f"{before}-{after}")
        if whole != parted:
            return parted > whole
        if before[-1].isdigit() or after[0].isdigit() or after[0].isupper():
            return True
        if len(before) > 1 and before.isupper():
            return True
        return len(before) > 2 and len(after) > 2 and min(counts(before), counts(after)) > 1

    return keeps


def clean_text(
    raw: str, start: int, end: int, keeps_hyphen: KeepsHyphen, joining_words: Set[str] = frozenset()
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the readable text of ``raw[start:end]`` and pairs (index in that text, index in ``raw``).

    Runs of white space become one space (nothing between two Chinese or Japanese characters on either side of a line
    break), hyphens at line ends go unless they belong to the word, and characters that are not seen are left out.
    Each pair holds until the next one.
    """
    parts: list[str] = []
    pairs: list[tuple[int, int]] = []
    length, done = 0, start
    for match in _ODD.finditer(raw, start, end):
        if match.start() > done:
            parts.append(raw[done : match.start()])
            pairs.append((length, done))
            length += match.start() - done
        put = _replacement(raw, match, end, keeps_hyphen, joining_words)
        doubled = put == " " and (not parts or parts[-1][-1] == " ")
        if put and not doubled and match.end() < end:
            parts.append(put)
            pairs.append((length, match.start()))
            length += len(put)
        done = match.end()
    if done < end:
        parts.append(raw[done:end])
        pairs.append((length, done))
    return _trimmed("".join(parts), _merged(pairs))


def _replacement(raw: str, match: re.Match[str], end: int, keeps_hyphen: KeepsHyphen, joining: Set[str]) -> str:
    if match["unseen"]:
        return ""
    before, after = raw[match.start() - 1 : match.start()], raw[match.end() : match.end() + 1]
    if match["space"]:
        wide = "\n" in match["space"] and _WIDE.match(before) and _WIDE.match(after)
        return "" if wide else " "
    left = _WORD_END.search(raw, max(0, match.start() - _LONGEST_WORD), match.start())
    right = _WORD_START.match(raw, match.end(), min(end, match.end() + _LONGEST_WORD))
    if match["hyphen"][0] == "\u00ad":
        return "" if right else " "
    if left is None or right is None:
        # "post-\n-graduate": the second hyphen is the one that is read
        return "" if after in ("-", "\u2010") else "-"
    if right.group() in joining:
        return "- "
    return "-" if keeps_hyphen(left.group(), right.group()) else ""


def _merged(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out pairs that say what the pair before them already says."""
    kept: list[tuple[int, int]] = []
    for clean, raw in pairs:
        if not kept or raw - clean != kept[-1][1] - kept[-1][0]:
            kept.append((clean, raw))
    return kept


def _trimmed(text: str, pairs: list[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Take spaces off both ends of the text, keeping the pairs right."""
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    if lead:
        first = [pair for pair in pairs if pair[0] <= lead][-1]
        moved = [(0, first[1] + lead - first[0])]
        pairs = moved + [(clean - lead, raw) for clean, raw in pairs if clean > lead]
    return text, tuple(pair for pair in pairs if pair[0] < len(text))
