"""Names of countries and concepts as they stand in an English sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

Names = Callable[[str], str]  # from a country's code to its name
_WITH_ARTICLE = ("Netherlands", "Philippines", "European Union", "Bahamas", "Gambia", "Maldives", "Seychelles")
_SMALL = {"and", "of", "the", "for", "in", "to"}


def country_in_words(name: str) -> str:
    """Return a country's name with its article, if it has one: "the Netherlands"."""
    return f"the {name}" if name.startswith("United ") or name in _WITH_ARTICLE else name


def listed_countries(codes: Iterable[str], names: Names) -> str:
    """Return countries as a sentence lists them, by name."""
    return listed([country_in_words(name) for name in sorted(names(code) for code in codes)])


def listed(words: Sequence[str]) -> str:
    """Return words as a sentence lists them: "a, b and c"."""
    return " and ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])} and {words[-1]}"


def label_in_words(label: str) -> str:
    """Return a label as it stands inside a sentence: a proper name ("Internet of Things") keeps its capital."""
    first, *rest = label.split()
    capital = [word for word in rest if word not in _SMALL]
    if any(letter.isupper() for letter in first[1:]) or (capital and all(word[0].isupper() for word in capital)):
        return label
    return label[0].lower() + label[1:]


def opening(sentence: str) -> str:
    """Return a sentence with a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]


def counted(number: int, word: str, plural: str = "") -> str:
    """Return a number with its noun: "1 country", "3 countries"."""
    return f"{number} {word if number == 1 else plural or word + 's'}"


def percent(share: float) -> str:
    """Return a share as percent with one decimal."""
    return f"{100 * share:.1f} %"
