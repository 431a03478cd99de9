"""The terms of one language: ``terms.<language>.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.concepts.checks import Faults, Node, Reader, closest, listed
from pipeline.concepts.claims import Claim, check_claims
from pipeline.concepts.languages import HEAD, check_code, read_language
from pipeline.schemas import Context, Language, Term

_SECTIONS = ("shared", "concepts")
CONTEXT = ("unless", "with", "list", "within")


@dataclass
class TermsFile:
    """What one file of terms holds; ``language`` is None where its head is unusable."""

    language: Language | None = None
    terms: list[Term] = field(default_factory=list)
    examples: list[tuple[str, str, bool]] = field(default_factory=list)


def read_terms(
    path: Path, concepts: Sequence[str], faults: Faults, *, files: Sequence[str], language: Language | None = None
) -> TermsFile:
    """Return the language, terms and examples of one file.

    ``concepts`` are the ids that may stand in it, ``files`` those that define them. The file's head says how its
    language writes, unless ``language`` is given: then it says no more than which language it is.
    """
    reader = Reader(path, faults)
    root = reader.read()
    head = reader.mapping(root, "the file", ("language", *_SECTIONS) if language else (*HEAD, *_SECTIONS))
    if not head:
        return TermsFile()
    check_code(reader, head)
    language = language or read_language(reader, head)
    claims: list[Claim] = []
    examples: list[tuple[str, str, bool]] = []
    section = head.get("concepts")
    for concept, node in reader.mapping(section, "concepts").items():
        if concept not in concepts:
            line = section.key_lines[concept] if section else 1
            hint = closest(concept, concepts)
            reader.fault(line, f"unknown concept {concept!r}; expected one of {listed(files)}{hint}.")
        entry = _ConceptReader(reader, concept, language.code, concepts)
        entry.read(node)
        claims += entry.claims
        examples += entry.examples
    check_claims(reader, claims, reader.texts(head.get("shared"), "shared"), language)
    return TermsFile(language, [claim.term for claim in claims], examples)


def read_head(path: Path) -> Language:
    """Return the language that a file of terms describes; its faults are told where its terms are read."""
    reader = Reader(path, Faults())
    return read_language(reader, reader.mapping(reader.read(), "the file"))


class _ConceptReader:
    """Reads what one file says of one concept into ``claims`` and ``examples``."""

    def __init__(self, reader: Reader, concept: str, language: str, concepts: Sequence[str]) -> None:
        self._reader, self._concept, self._language, self._concepts = reader, concept, language, concepts
        self._where = f"the concept {concept!r}"
        self.claims: list[Claim] = []
        self.examples: list[tuple[str, str, bool]] = []

    def read(self, node: Node) -> None:
        reader, where = self._reader, self._where
        entry = reader.mapping(node, where, ("terms", "never", "examples"))
        items = reader.items(entry.get("terms"), f"terms of {where}")
        if not items:
            reader.fault(node.line, f"{where} has no terms; add some, or leave it out until there are.")
        for item in items:
            self._read_term(item)
        for item in reader.items(entry.get("never"), f"never of {where}"):
            self._read_never(item)
        examples = reader.mapping(entry.get("examples"), f"examples of {where}", ("yes", "no"))
        for key, expected in (("yes", True), ("no", False)):
            for sentence, _ in reader.texts(examples.get(key), f"examples of {where}"):
                self.examples.append((self._concept, sentence, expected))

    def _read_term(self, item: Node) -> None:
        if isinstance(item.value, str):
            self._claim(item.line, item.value)
            return
        reader, where = self._reader, self._where
        entry = reader.mapping(item, f"a term of {where}", ("phrase", "also", *CONTEXT))
        also = reader.texts(entry.get("also"), f"also of {where}")
        for other, line in also:
            if other not in self._concepts:
                reader.fault(line, f"unknown concept {other!r} under also of {where}{closest(other, self._concepts)}.")
        phrase = reader.text(entry.get("phrase"), f"a phrase of {where}")
        self._claim(item.line, phrase, tuple(other for other, _ in also), self._context(item, entry))

    def _context(self, item: Node, entry: dict[str, Node]) -> Context | None:
        reader, where = self._reader, self._where
        given = {name: tuple(_flat_texts(reader, entry.get(name), f"{name} of {where}")) for name in ("unless", "with")}
        listed = reader.choice(entry.get("list"), f"list of {where}", ("false", "true")) == "true"
        within = reader.text(entry.get("within"), f"within of {where}")
        if within and not re.fullmatch(r"[1-9][0-9]?", within):
            reader.fault(entry["within"].line, f"within is {within!r}; expected a number of words from 1 to 99.")
            within = ""
        if within and not any(given.values()):
            reader.fault(entry["within"].line, "within says how near unless or with must stand; add one of them.")
        for name, phrases in given.items():
            if name in entry and not phrases:
                reader.fault(entry[name].line, f"{name} of {where} is empty; write phrases or delete the key.")
        if not (listed or any(given.values())):
            return None
        return Context(given["unless"], given["with"], int(within or Context().within), listed)

    def _read_never(self, item: Node) -> None:
        if isinstance(item.value, str):
            self._claim(item.line, item.value, never=True)
            return
        reader = self._reader
        entry = reader.mapping(item, f"an item of never of {self._where}", ("phrase", "example"))
        self._claim(item.line, reader.text(entry.get("phrase"), f"a never phrase of {self._where}"), never=True)
        example = reader.text(entry.get("example"), f"an example of {self._where}")
        if example:
            self.examples.append((self._concept, example, False))

    def _claim(
        self,
        line: int,
        phrase: str,
        also: tuple[str, ...] = (),
        context: Context | None = None,
        *,
        never: bool = False,
    ) -> None:
        if not any(character.isalnum() for character in phrase):
            sentence = f"a term of the concept {self._concept!r} is empty; write a phrase or delete the line."
            self._reader.fault(line, sentence)
            return
        rule_id = f"{self._language}/{self._concept}/{'not ' if never else ''}{phrase}"
        self.claims.append(Claim(Term(self._concept, self._language, phrase, rule_id, never, also, context), line))


def _flat_texts(reader: Reader, node: Node | None, name: str) -> Iterator[str]:
    """Yield the texts of a list whose items may be lists, too: ``unless: [*vehicles, harbour]``."""
    for item in reader.items(node, name):
        if isinstance(item.value, list):
            yield from _flat_texts(reader, item, name)
            continue
        text = reader.text(item, f"an item of {name}")
        if text:
            yield text
        elif item.value == "":
            reader.fault(item.line, f"an empty item in {name}; write a text or delete the line.")
