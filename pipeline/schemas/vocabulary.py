"""Rows of the register of concepts: what ``models/`` says in files, in memory."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.schemas.money import MoneyWords
from pipeline.schemas.words import CONCEPT_KINDS, COUNTER_KINDS, CUE_KINDS, check_choice


@dataclass(frozen=True, slots=True)
class Concept:
    """One line of a register of concepts: a technology, a sector, a policy instrument or a stage of readiness."""

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
class Context:
    """What must stand around a misleading phrase for it to count.

    It falls if one of ``unless`` stands in its sentence, at most ``within`` words away. Where ``beside`` or ``listed``
    is given, it counts only with one of ``beside`` as near as that, or as a member of an enumeration of concepts.
    The files say ``with`` for ``beside`` and ``list`` for ``listed``.
    """

    unless: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    within: int = 8
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One phrase of one language that stands for a concept, or (``never``) that must not be taken for it.

    ``rule_id`` names the phrase in evidence; ``also`` keeps concepts whose terms lie inside this phrase and are
    meant as well ("bio-based chemicals" is plant-based-chemistry and also chemicals); ``context`` is None where the
    phrase counts wherever it stands.
    """

    concept: str
    language: str
    phrase: str
    rule_id: str
    never: bool = False
    also: tuple[str, ...] = ()
    context: Context | None = None


@dataclass(frozen=True, slots=True)
class Language:
    """How words of one language are compared: the head of its file of terms.

    ``writing`` is "spaced", or "unspaced" where terms are matched on characters (Japanese, Chinese). ``compounds``
    allows a term to be part of a longer word (German, Dutch). ``elisions`` are words cut before an apostrophe.
    ``inflections`` are (ending, replacement, letters that must remain) triples, the longest ending first.
    ``joiners`` are the words that join the members of an enumeration ("and"), ``articles`` those that may stand
    before a member ("the").
    """

    code: str
    name: str
    writing: str = "spaced"
    compounds: bool = False
    elisions: tuple[str, ...] = ()
    inflections: tuple[tuple[str, str, int], ...] = ()
    joiners: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()

    def alike(self, word: str) -> str:
        """Return ``word`` in small letters with its ending made alike, so that inflected forms compare equal."""
        small = word.lower()
        for ending, becomes, keep in self.inflections:
            if small.endswith(ending) and len(small) - len(ending) >= keep:
                return small[: len(small) - len(ending)] + becomes
        return small


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that tells whether a sentence commits its issuer: of one of ``CUE_KINDS`` for, of others against it.

    Of the kind "country" it names the country ``country`` (ISO 3166-1 alpha-3), its people or its government.
    """

    language: str
    kind: str
    phrase: str
    country: str = ""

    def __post_init__(self) -> None:
        check_choice(self, "kind", (*CUE_KINDS, *COUNTER_KINDS, "country"))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The register of concepts with the terms, cues and words of money of every language: what ``models/`` holds."""

    concepts: tuple[Concept, ...]
    languages: tuple[Language, ...]
    terms: tuple[Term, ...]
    cues: tuple[Cue, ...] = ()
    money: tuple[MoneyWords, ...] = ()
