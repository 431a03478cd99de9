"""The words of page layout, which are different in every language, as read from ``layout_words.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path

import yaml

_NUMBERING = re.compile(r"\A(?:[\divxlc]{1,5}[.):]?(?:\d{1,3}[.)]?){0,4}|[a-z][.)])\s+")
_EDGES = " \t\n\r\f\v.:;,·…—–-_|<>[]()【】《》〈〉　"


@dataclass(frozen=True, slots=True)
class LayoutWords:
    """Headings, phrases and abbreviations by which pages are laid out, of all languages together, in small letters.

    ``contents`` and ``references`` are whole headings, ``imprint`` and ``citations`` phrases, ``page_words`` stand
    beside page numbers, ``captions`` open captions, ``parts`` open numbered headings ("Chapter 3"), ``joining_words``
    follow a hanging hyphen, and ``abbreviations`` (without their last full stop) do not end a sentence. Without any
    words, layout is judged by form alone.
    """

    contents: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()
    citations: frozenset[str] = frozenset()
    imprint: frozenset[str] = frozenset()
    page_words: frozenset[str] = frozenset()
    captions: frozenset[str] = frozenset()
    joining_words: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()


def load_layout_words(path: Path) -> LayoutWords:
    """Read the words of layout from a YAML file: group, then language, then words; raise ValueError on a fault."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"{path.name} is not valid YAML: {error}. Correct the line that is named.") from error
    groups = [field.name for field in fields(LayoutWords)]
    if not isinstance(found, dict):
        raise ValueError(f"{path.name} holds {type(found).__name__}; expected the groups {', '.join(groups)}")
    unknown = sorted(str(name) for name in found if name not in groups)
    if unknown:
        raise ValueError(f"{path.name} has the group {unknown[0]!r}; expected one of {', '.join(groups)}")
    return LayoutWords(**{name: _words_of(path, name, languages) for name, languages in found.items()})


def _words_of(path: Path, group: str, languages: object) -> frozenset[str]:
    if not isinstance(languages, dict):
        raise ValueError(f"{path.name}: {group} holds {type(languages).__name__}; expected languages, each with words")
    words: set[str] = set()
    for language, listed in languages.items():
        if not isinstance(listed, list) or not all(isinstance(word, str) and word.strip() for word in listed):
            # YAML reads a bare `no` as false: such words must be quoted
            raise ValueError(f"{path.name}: {group}, {language}: expected a list of words, found {listed!r}")
        words.update(word.casefold() for word in listed)
    return frozenset(words)


def heading_key(text: str) -> str:
    """Return a heading without numbering, capitals and outer punctuation, as headings are compared."""
    return _NUMBERING.sub("", " ".join(text.casefold().split())).strip(_EDGES)


def phrase_pattern(phrases: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases as whole words; without phrases it finds nothing."""
    if not phrases:
        return re.compile(r"(?!)")
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    joined = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)|(?:{_unspaced(longest_first)})", re.IGNORECASE)


def _unspaced(phrases: list[str]) -> str:
    """Chinese and Japanese phrases stand inside a run of letters, so that they need no word boundary."""
    wide = [re.escape(phrase) for phrase in phrases if phrase[0] > "\u2fff"]
    return "|".join(wide) or "(?!)"
