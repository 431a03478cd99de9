"""Which phrases the concepts of one language claim, held against each other."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pipeline.concepts.checks import Reader
from pipeline.schemas import Language, Term

_JOINERS = re.compile(r"[\s\u2010-\u2015\u2212_-]+")


@dataclass(frozen=True)
class Claim:
    """A term and the line of the file that claims it."""

    term: Term
    line: int


def check_claims(reader: Reader, claims: list[Claim], shared: list[tuple[str, int]], language: Language) -> None:
    """Tell what two concepts or two rules of a concept claim alike; ``shared`` may be claimed by several."""
    allowed = {_key(phrase, language): (phrase, line) for phrase, line in shared}
    first: dict[str, Claim] = {}
    own: dict[tuple[str, str, bool], Claim] = {}
    used: set[str] = set()
    for claim in claims:
        term, key = claim.term, _key(claim.term.phrase, language)
        twin = own.setdefault((term.concept, key, term.never), claim)
        if twin is not claim and _letters(twin.term.phrase) == _letters(term.phrase):
            reader.fault(claim.line, f"{term.phrase!r} stands twice in {term.concept!r} (line {twin.line}); keep one.")
        if term.never:
            continue
        other = first.setdefault(key, claim)
        if other.term.concept != term.concept:
            used.add(key)
            if key not in allowed:
                reader.fault(
                    claim.line,
                    f"the term {term.phrase!r} of {term.concept!r} is claimed by {other.term.concept!r} too "
                    f"({other.term.phrase!r}, line {other.line}); drop one, or list it under shared.",
                )
    for (concept, key, never), claim in own.items():
        positive = own.get((concept, key, False)) if never else None
        if positive:
            sentence = f"{claim.term.phrase!r} is a never and (line {positive.line}) a term of {concept!r}."
            reader.fault(claim.line, sentence)
    for key in allowed.keys() - used:
        phrase, line = allowed[key]
        reader.fault(line, f"shared lists {phrase!r}, which no two concepts claim; delete it.")
    _check_contexts(reader, claims, language)


def _check_contexts(reader: Reader, claims: list[Claim], language: Language) -> None:
    """Tell the contexts that can never decide anything."""
    for claim in claims:
        term, context = claim.term, claim.term.context
        if context is None:
            continue
        keys = {_key(phrase, language): phrase for phrase in context.unless}
        for phrase in context.beside:
            if _key(phrase, language) in keys:
                reader.fault(claim.line, f"{term.phrase!r} has {phrase!r} under both unless and with; keep one.")
        if _key(term.phrase, language) in {_key(phrase, language) for phrase in (*context.unless, *context.beside)}:
            reader.fault(claim.line, f"{term.phrase!r} is given as its own context; delete it there.")
        if context.listed and not language.joiners:
            reader.fault(claim.line, f"{term.phrase!r} counts in lists; add 'joiners: [and, or]' to the file's head.")


def _letters(phrase: str) -> str:
    return _JOINERS.sub(" ", unicodedata.normalize("NFKC", phrase)).strip()


def _key(phrase: str, language: Language) -> str:
    """Return what two phrases have in common if the tagger cannot tell them apart."""
    return " ".join(language.alike(word) for word in _letters(phrase).split())
