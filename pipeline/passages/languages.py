"""The language of a document and of each of its passages, by lingua.

Its low accuracy mode looks at runs of three letters only. From sixty letters on it errs in 1 of 50 passages, from a
hundred on hardly ever, and the other mode loads models of 0.9 GB in 12 seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

_CODES = {language.iso_code_639_1.name.lower(): language for language in Language.all()}
# Norwegian is registered as "no", and lingua knows its two written forms.
_CODES["no"] = Language.BOKMAL
_SAMPLE = 180
_FEWEST_WORDS = 6
_FEWEST_CHARACTERS = 40
_SURE_LETTERS = 90
_UNLIKELY = 0.05


@lru_cache(maxsize=1)
def _every_language() -> LanguageDetector:
    return LanguageDetectorBuilder.from_all_languages().with_low_accuracy_mode().build()


@lru_cache(maxsize=8)
def _detector(codes: tuple[str, ...]) -> LanguageDetector | None:
    known = {_CODES[code] for code in codes if code in _CODES}
    if len(known) < 2:
        return None
    listed = sorted(known, key=lambda language: language.name)
    return LanguageDetectorBuilder.from_languages(*listed).with_low_accuracy_mode().build()


def _code(language: Language | None, otherwise: str) -> str:
    if language is None:
        return otherwise
    code = language.iso_code_639_1.name.lower()
    return "no" if code in ("nb", "nn") else code


def detect_language(text: str) -> str:
    """Return the BCP 47 code of the language in which most of a text is written, of all languages that lingua knows.

    Three samples from the text's quarters are asked, for a foreword or a title page may be in another language;
    a text without any words gives "und", the code for an undetermined language.
    """
    flat = " ".join(text[:2_000_000].split())
    places = [len(flat) * quarter // 4 for quarter in (1, 2, 3)] if len(flat) > 3000 else [0]
    votes = [_code(_every_language().detect_language_of(flat[place : place + 1000]), "und") for place in places]
    return max(votes, key=lambda code: (votes.count(code), code != "und", -votes.index(code)))


def passage_languages(document_language: str, languages: Iterable[str]) -> Callable[[str], str]:
    """Return a function from the text of a passage to its language code, to be asked in reading order.

    Passages are told apart among ``languages`` and the document's own, known to have terms or not. A passage of few
    letters takes the document's language, unless it looks like the foreign passage before it: among headings and
    items of some forty letters, more look foreign by chance ("Efficiency of Public Administration") than are.
    """
    own = document_language.split("-")[0].lower()
    codes = sorted({own, *(code.split("-")[0].lower() for code in languages)})
    detector = _detector(tuple(codes)) if own in _CODES else None
    recent = own

    def language_of(text: str) -> str:
        nonlocal recent
        if detector is None or len(text) < _FEWEST_CHARACTERS or _is_short(text):
            return document_language
        sample = text[:_SAMPLE]
        found = _code(detector.detect_language_of(sample), own)
        if found == own == recent:
            return document_language
        sure = _letters(sample) >= _SURE_LETTERS
        if found not in (own, recent) and not sure:
            return document_language
        if found != own and sure and detector.compute_language_confidence(sample, _CODES[own]) < _UNLIKELY:
            # it may be in a language that is not among those told apart here, which must not pass for one of them
            found = _code(_every_language().detect_language_of(sample), own)
        elif found != own and found != recent:
            return document_language
        if sure:
            recent = found
        return document_language if found == own else found

    return language_of


def _letters(text: str) -> int:
    """Count letters, Chinese and Japanese ones thrice, for they say as much."""
    return sum(3 if character > "\u2e7f" else 1 for character in text if character.isalpha())


def _is_short(text: str) -> bool:
    spaced = max(text[:_FEWEST_CHARACTERS]) < "\u2e80"  # before the signs of Chinese and Japanese
    return spaced and text.count(" ", 0, 200) < _FEWEST_WORDS - 1
