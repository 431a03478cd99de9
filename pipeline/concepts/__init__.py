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
from pipeline.concepts.register import read_concepts
from pipeline.concepts.terms import TermsFile, read_terms
from pipeline.schemas import Concept, Vocabulary

__all__ = ["VocabularyError", "concepts_without_terms", "load_vocabulary", "read_examples"]


def load_vocabulary(folder: Path) -> Vocabulary:
    """Read the concepts, terms and cues under ``folder`` (``models/``), and the words of money where it has some.

    Reading and checking 21,000 phrases takes seconds: files of which no byte changed are not read again in one process.
    Raises VocabularyError listing every fault.
    """
    return _load_vocabulary(folder, _state(folder))


def _state(folder: Path) -> str:
    state = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        state.update(f"{path}\0".encode())
        state.update(path.read_bytes())
    return state.hexdigest()


@lru_cache(maxsize=2)
def _load_vocabulary(folder: Path, state: str) -> Vocabulary:
    faults = Faults()
    concepts = read_concepts(folder, faults)
    files = _read_terms_files(folder, concepts, faults)
    languages = tuple(file.language for file in files if file.language is not None)
    known = [path.name.split(".")[1] for path in _terms_paths(folder)]
    cues = [cue for path in sorted((folder / "cues").glob("*.yaml")) for cue in read_cues(path, known, faults)]
    faults.raise_if_any()
    terms = tuple(term for file in files for term in file.terms)
    money = tuple(load_money(folder).values()) if (folder / "money").is_dir() else ()
    return Vocabulary(concepts=concepts, languages=languages, terms=terms, cues=tuple(cues), money=money)


def read_examples(folder: Path, language: str) -> list[tuple[str, str, bool]]:
    """Return (concept, sentence, must it be tagged) for every example in the language's file of terms."""
    faults = Faults()
    concepts = read_concepts(folder, faults)
    file = read_terms(folder / "concepts" / f"terms.{language}.yaml", _ids(concepts), faults)
    faults.raise_if_any()
    return file.examples


def concepts_without_terms(vocabulary: Vocabulary, language: str) -> list[str]:
    """List the ids of the concepts for which ``language`` has no term, in the order of the register."""
    with_terms = {term.concept for term in vocabulary.terms if term.language == language and not term.never}
    return [concept.id for concept in vocabulary.concepts if concept.id not in with_terms]


def _read_terms_files(folder: Path, concepts: Iterable[Concept], faults: Faults) -> list[TermsFile]:
    ids = _ids(concepts)
    return [read_terms(path, ids, faults) for path in _terms_paths(folder)]


def _terms_paths(folder: Path) -> list[Path]:
    return sorted((folder / "concepts").glob("terms.*.yaml"))


def _ids(concepts: Iterable[Concept]) -> list[str]:
    return [concept.id for concept in concepts]
