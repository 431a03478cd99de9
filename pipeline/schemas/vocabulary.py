"""Rows of the register of concepts: what ``models/`` says in files, in memory."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.schemas.words import CONCEPT_KINDS, check_choice


@dataclass(frozen=True, slots=True)
class Concept:
    """One line of the concept register: a technology or a sector that the tables speak of."""

    id: str
    label: str
    kind: str
    columns: tuple[str, ...]
    family: str
    scope: str
    codes: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        check_choice(self, "kind", CONCEPT_KINDS)


@dataclass(frozen=True, slots=True)
class Term:
    """One phrase of one language that stands for a concept, or (``never``) that must not be taken for it.

    ``rule_id`` names the phrase in evidence; ``also`` keeps concepts whose terms lie inside this phrase and are
    meant as well ("bio-based chemicals" is plant-based-chemistry and also chemicals).
    """

    concept: str
    language: str
    phrase: str
    rule_id: str
    never: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Language:
    """How words of one language are compared: the head of its file of terms.

    ``writing`` is "spaced", or "unspaced" where terms are matched on characters (Japanese, Chinese). ``compounds``
    allows a term to be part of a longer word (German, Dutch). ``elisions`` are words cut before an apostrophe.
    ``inflections`` are (ending, replacement, letters that must remain) triples, the longest ending first.
    """

    code: str
    name: str
    writing: str = "spaced"
    compounds: bool = False
    elisions: tuple[str, ...] = ()
    inflections: tuple[tuple[str, str, int], ...] = ()

    def alike(self, word: str) -> str:
        """Return ``word`` in small letters with its ending made alike, so that inflected forms compare equal."""
        small = word.lower()
        for ending, becomes, keep in self.inflections:
            if small.endswith(ending) and len(small) - len(ending) >= keep:
                return small[: len(small) - len(ending)] + becomes
        return small


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that shows commitment (priority, action, funding, regulation) or takes it away (``counters``)."""

    language: str
    kind: str
    phrase: str
    counters: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The register of concepts with the terms and cues of every language: what ``models/`` holds."""

    concepts: tuple[Concept, ...]
    languages: tuple[Language, ...]
    terms: tuple[Term, ...]
    cues: tuple[Cue, ...] = ()
