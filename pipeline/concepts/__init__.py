"""The register of concepts: what ``models/`` holds, read and checked as a whole.

Rules are files that people write, so every fault in them is a sentence with the file and the line, and all faults
are told at once: whoever adds a language does not want to find them one run at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from pipeline.concepts.checks import Faults, VocabularyError
from pipeline.concepts.cues import read_cues
from pipeline.concepts.money import load_money
from pipeline.concepts.register import CONCEPTS, INSTRUMENTS, Register, read_concepts
from pipeline.concepts.terms import TermsFile, read_head, read_terms
from pipeline.schemas import Concept, Language, Vocabulary

__all__ = [
    "CONCEPTS",
    "INSTRUMENTS",
    "REGISTERS",
    "Register",
    "VocabularyError",
    "check_apart",
    "concepts_without_terms",
    "load_concepts",
    "load_vocabulary",
    "read_examples",
]

REGISTERS = {register.folder: register for register in (CONCEPTS, INSTRUMENTS)}


def load_vocabulary(folder: Path, register: Register = CONCEPTS) -> Vocabulary:
    """Read a register's concepts and terms under ``folder`` (``models/``), the cues, and the words of money if any.

    Reading and checking 21,000 phrases takes seconds: files of which no byte changed are not read again in one process.
    Raises VocabularyError listing every fault.
    """
    return _load_vocabulary(folder, register, _state(folder))


def _state(folder: Path) -> str:
    state = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        state.update(f"{path}\0".encode())
        state.update(path.read_bytes())
    return state.hexdigest()


@lru_cache(maxsize=4)
def _load_vocabulary(folder: Path, register: Register, state: str) -> Vocabulary:
    faults = Faults()
    concepts = read_concepts(folder, register, faults)
    files = _read_terms_files(folder, register, concepts, faults)
    languages = tuple(file.language for file in files if file.language is not None)
    known = [path.name.split(".")[1] for path in _terms_paths(folder, CONCEPTS)]
    cues = [cue for path in sorted((folder / "cues").glob("*.yaml")) for cue in read_cues(path, known, faults)]
    faults.raise_if_any()
    terms = tuple(term for file in files for term in file.terms)
    money = tuple(load_money(folder).values()) if (folder / "money").is_dir() else ()
    return Vocabulary(concepts=concepts, languages=languages, terms=terms, cues=tuple(cues), money=money)


def load_concepts(folder: Path, register: Register = CONCEPTS) -> tuple[Concept, ...]:
    """Read a register's concepts under ``folder`` alone, without terms. Raises VocabularyError listing every fault."""
    faults = Faults()
    concepts = read_concepts(folder, register, faults)
    faults.raise_if_any()
    return concepts


def check_apart(one: Vocabulary, other: Vocabulary) -> None:
    """Raise a ValueError where concepts of two registers have the same id: tables that join them need one each."""
    both = {concept.id for concept in one.concepts} & {concept.id for concept in other.concepts}
    if both:
        raise VocabularyError(f"models: two registers have {', '.join(sorted(both))}; give one of them another id")


def read_examples(folder: Path, language: str, register: Register = CONCEPTS) -> list[tuple[str, str, bool]]:
    """Return (concept, sentence, must it be tagged) for every example in the language's file of terms."""
    faults = Faults()
    concepts = read_concepts(folder, register, faults)
    file = _read_file(folder / register.folder / f"terms.{language}.yaml", register, concepts, faults)
    faults.raise_if_any()
    return file.examples


def concepts_without_terms(vocabulary: Vocabulary, language: str) -> list[str]:
    """List the ids of the concepts for which ``language`` has no term, in the order of the register."""
    with_terms = {term.concept for term in vocabulary.terms if term.language == language and not term.never}
    return [concept.id for concept in vocabulary.concepts if concept.id not in with_terms]


def _read_terms_files(folder: Path, register: Register, concepts: Iterable[Concept], faults: Faults) -> list[TermsFile]:
    found = tuple(concepts)
    return [_read_file(path, register, found, faults) for path in _terms_paths(folder, register)]


def _read_file(path: Path, register: Register, concepts: Iterable[Concept], faults: Faults) -> TermsFile:
    files = [name for name, _ in register.kinds]
    ids = [concept.id for concept in concepts]
    return read_terms(path, ids, faults, files=files, language=_language(path, register, faults))


def _language(path: Path, register: Register, faults: Faults) -> Language | None:
    """Return how the language of a file of terms writes, where another register's file says it."""
    if not register.heads:
        return None
    head = path.parents[1] / register.heads / path.name
    if head.is_file():
        return read_head(head)
    faults.add(path, 1, f"{head} is not there, which says how the language writes and inflects; add it first.")
    return None


def _terms_paths(folder: Path, register: Register) -> list[Path]:
    return sorted((folder / register.folder).glob("terms.*.yaml"))
