"""The terms of one language: ``terms.<language>.yaml``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.concepts.checks import Faults, Node, Reader, closest
from pipeline.schemas import Language, Term

HEAD = ("language", "name", "writing", "compounds", "elisions", "inflections", "shared", "concepts")
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_JOINERS = re.compile(r"[\s\u2010-\u2015\u2212_-]+")


@dataclass
class TermsFile:
    """What one file of terms holds; ``language`` is None where its head is unusable."""

    language: Language | None = None
    terms: list[Term] = field(default_factory=list)
    examples: list[tuple[str, str, bool]] = field(default_factory=list)


@dataclass(frozen=True)
class _Claim:
    term: Term
    line: int


def read_terms(path: Path, concepts: Sequence[str], faults: Faults) -> TermsFile:
    """Return the language, terms and examples of one file; ``concepts`` are the ids that may stand in it."""
    reader = Reader(path, faults)
    root = reader.read()
    head = reader.mapping(root, "the file", HEAD)
    if not head:
        return TermsFile()
    file = TermsFile(language=_language(reader, head))
    claims: list[_Claim] = []
    section = head.get("concepts")
    for concept, node in reader.mapping(section, "concepts").items():
        if concept not in concepts:
            line = section.key_lines[concept] if section else 1
            hint = closest(concept, concepts)
            reader.fault(line, f"unknown concept {concept!r}; expected one of technologies.yaml or sectors.yaml{hint}.")
        claims += _claims(reader, concept, node, file, concepts)
    shared = reader.texts(head.get("shared"), "shared")
    if file.language is not None:
        _check_claims(reader, claims, shared, file.language)
    file.terms = [claim.term for claim in claims]
    return file


def _language(reader: Reader, head: dict[str, Node]) -> Language | None:
    expected = reader.path.name.removeprefix("terms.").removesuffix(".yaml")
    line = head["language"].line if "language" in head else 1
    code = reader.text(head.get("language"), "language")
    if code != expected:
        reader.fault(line, f"language is {code!r} in the file {reader.path.name}; write 'language: {expected}'.")
    if not _CODE.fullmatch(expected):
        reader.fault(line, f"{expected!r} is not a language code; name the file by one such as 'ko' or 'pt-BR'.")
    name = reader.text(head.get("name"), "name")
    if not name:
        reader.fault(line, "the language has no name; add 'name: English' or the like.")
    writing = _choice(reader, head.get("writing"), "writing", ("spaced", "unspaced"))
    compounds = _choice(reader, head.get("compounds"), "compounds", ("false", "true"))
    elisions = tuple(word.casefold() for word, _ in reader.texts(head.get("elisions"), "elisions"))
    inflections = _inflections(reader, head.get("inflections"))
    return Language(expected, name, writing, compounds == "true", elisions, inflections)


def _choice(reader: Reader, node: Node | None, name: str, allowed: tuple[str, str]) -> str:
    value = reader.text(node, name) or allowed[0]
    if value not in allowed and node is not None:
        reader.fault(node.line, f"{name} is {value!r}; expected {allowed[0]} or {allowed[1]}.")
    return value


def _inflections(reader: Reader, node: Node | None) -> tuple[tuple[str, str, int], ...]:
    rules = []
    for item in reader.items(node, "inflections"):
        entry = reader.mapping(item, "an inflection", ("ending", "becomes", "keep"))
        ending = reader.text(entry.get("ending"), "ending")
        keep = reader.text(entry.get("keep"), "keep")
        if not ending:
            reader.fault(item.line, "an inflection has no ending; write '{ending: s, becomes: \"\", keep: 3}'.")
        elif not re.fullmatch(r"[0-9]{1,2}", keep):
            reader.fault(item.line, f"keep is {keep!r}; expected the number of letters that remain before {ending!r}.")
        else:
            rules.append((ending.casefold(), reader.text(entry.get("becomes"), "becomes").casefold(), int(keep)))
    return tuple(sorted(rules, key=lambda rule: -len(rule[0])))


def _claims(reader: Reader, concept: str, node: Node, file: TermsFile, concepts: Sequence[str]) -> list[_Claim]:
    where = f"the concept {concept!r}"
    entry = reader.mapping(node, where, ("terms", "never", "examples"))
    claims = []
    items = reader.items(entry.get("terms"), f"terms of {where}")
    if not items:
        reader.fault(node.line, f"{where} has no terms; add some, or leave it out until there are.")
    for item in items:
        phrase, also = _phrase(reader, item, where, concepts)
        claims += _claim(reader, concept, file, item.line, phrase, also, never=False)
    for item in reader.items(entry.get("never"), f"never of {where}"):
        phrase = reader.text(item, f"an item of never of {where}")
        claims += _claim(reader, concept, file, item.line, phrase, (), never=True)
    examples = reader.mapping(entry.get("examples"), f"examples of {where}", ("yes", "no"))
    for key, expected in (("yes", True), ("no", False)):
        for sentence, _ in reader.texts(examples.get(key), f"examples of {where}"):
            file.examples.append((concept, sentence, expected))
    return claims


def _phrase(reader: Reader, item: Node, where: str, concepts: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    if isinstance(item.value, str):
        return item.value, ()
    entry = reader.mapping(item, f"a term of {where}", ("phrase", "also"))
    also = reader.texts(entry.get("also"), f"also of {where}")
    for other, line in also:
        if other not in concepts:
            reader.fault(line, f"unknown concept {other!r} under also of {where}{closest(other, concepts)}.")
    return reader.text(entry.get("phrase"), f"a phrase of {where}"), tuple(other for other, _ in also)


def _claim(
    reader: Reader, concept: str, file: TermsFile, line: int, phrase: str, also: tuple[str, ...], *, never: bool
) -> list[_Claim]:
    if not any(character.isalnum() for character in phrase):
        reader.fault(line, f"a term of the concept {concept!r} is empty; write a phrase or delete the line.")
        return []
    code = file.language.code if file.language else ""
    rule_id = f"{code}/{concept}/{'not ' if never else ''}{phrase}"
    return [_Claim(Term(concept, code, phrase, rule_id, never, also), line)]


def _check_claims(reader: Reader, claims: list[_Claim], shared: list[tuple[str, int]], language: Language) -> None:
    allowed = {_key(phrase, language): (phrase, line) for phrase, line in shared}
    first: dict[str, _Claim] = {}
    own: dict[tuple[str, str, bool], _Claim] = {}
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


def _letters(phrase: str) -> str:
    return _JOINERS.sub(" ", unicodedata.normalize("NFKC", phrase)).strip()


def _key(phrase: str, language: Language) -> str:
    """Return what two phrases have in common if the tagger cannot tell them apart."""
    return " ".join(language.alike(word) for word in _letters(phrase).split())
