"""Claims about what countries target: ``models/claims.yaml``, read and checked. The file explains its language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.concepts.checks import Faults, Node, Reader, closest, listed
from pipeline.concepts.selections import read_selection
from pipeline.schemas import Concept
from pipeline.schemas.claims import (
    ALL_READ,
    CONNECTIVES,
    MEASURES,
    QUANTIFIERS,
    Claim,
    Claims,
    ClaimSource,
    Combined,
    Expression,
    Quantified,
)

KEYS = ("sources", "groups", "claims")
PLACES = ("text", "table")
_CODE = re.compile(r"[A-Z]{3}")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Groups = Mapping[str, tuple[str, ...]]


def load_claims(path: Path, concepts: Sequence[Concept]) -> Claims:
    """Read the claims and who makes them, in the order written. Raises VocabularyError listing every fault."""
    faults = Faults()
    reader = Reader(path, faults)
    head = reader.mapping(reader.read(), "the file", KEYS)
    sources = _sources(reader, head.get("sources"))
    groups = _groups(reader, head.get("groups"))
    parser = _Parser(reader, concepts, groups)
    node = head.get("claims")
    claims = [
        _claim(parser, name, entry, node.key_lines[name] if node else 1, [source.id for source in sources])
        for name, entry in reader.mapping(node, "claims").items()
    ]
    faults.raise_if_any()
    return Claims(tuple(claim for claim in claims if claim), tuple(sources))


def _sources(reader: Reader, node: Node | None) -> list[ClaimSource]:
    found = []
    for name, entry in reader.mapping(node, "sources").items():
        keys = reader.mapping(entry, f"the source {name}", ("citation", "table"))
        citation = reader.text(keys.get("citation"), f"the citation of {name}")
        if not citation:
            reader.fault(entry.line, f"the source {name!r} has no citation; add 'citation:'.")
        found.append(ClaimSource(name, citation, reader.text(keys.get("table"), f"the table of {name}")))
    return found


def _groups(reader: Reader, node: Node | None) -> dict[str, tuple[str, ...]]:
    found = {}
    for name, entry in reader.mapping(node, "groups").items():
        if name == ALL_READ or _CODE.fullmatch(name):
            reader.fault(entry.line, f"the group {name!r} has the name of something else; give it another.")
        found[name] = _codes(reader, entry, f"the group {name!r}")
    return found


def _codes(reader: Reader, node: Node, name: str) -> tuple[str, ...]:
    texts = reader.texts(node, name)
    for code, line in texts:
        if not _CODE.fullmatch(code):
            reader.fault(line, f"{code!r} in {name} is no country; expected a three-letter code such as FRA.")
    return tuple(dict.fromkeys(code for code, _ in texts))


def _claim(parser: _Parser, name: str, node: Node, line: int, sources: Sequence[str]) -> Claim | None:
    reader = parser.reader
    if not _ID.fullmatch(name):
        reader.fault(line, f"the id {name!r} must be lower-case words joined by hyphens.")
    entry = reader.mapping(node, f"the claim {name!r}", ("statement", "source", "place", "page", "holds_if"))
    for key in ("statement", "source", "holds_if"):
        if key not in entry or not entry[key].value:
            reader.fault(line, f"the claim {name!r} has no {key}; add '{key}:'.")
    source = reader.text(entry.get("source"), f"the source of {name!r}")
    if source and source not in sources:
        reader.fault(
            line,
            f"unknown source {source!r}{closest(source, sources)}; expected {listed(sources)}, named under sources.",
        )
    place = reader.choice(entry.get("place"), f"the place of {name!r}", PLACES) if "place" in entry else "not recorded"
    page = reader.text(entry.get("page"), f"the page of {name!r}")
    expression = parser.expression(entry["holds_if"], name) if "holds_if" in entry else None
    if expression is None:
        return None
    statement = reader.text(entry.get("statement"), f"the statement of {name!r}")
    return Claim(
        name, statement, source, place + (f", page {page}" if page else ""), expression, written(entry["holds_if"])
    )


def written(node: Node) -> str:
    """Return a node as one line of YAML."""
    if isinstance(node.value, dict):
        return "{" + ", ".join(f"{key}: {written(value)}" for key, value in node.value.items()) + "}"
    if isinstance(node.value, list):
        return "[" + ", ".join(written(value) for value in node.value) + "]"
    return node.value


class _Parser:
    """Turns nodes into expressions, against a register of concepts and named groups of countries."""

    def __init__(self, reader: Reader, concepts: Sequence[Concept], groups: Groups) -> None:
        self.reader = reader
        self.concepts = concepts
        self.groups = groups

    def expression(self, node: Node, claim: str) -> Expression | None:
        """Return the expression of a node; None (and a fault) where it is none."""
        entry = self.reader.mapping(node, f"an expression of {claim!r}")
        heads = [key for key in entry if key in (*QUANTIFIERS, *CONNECTIVES)]
        if len(heads) != 1:
            expected = listed((*QUANTIFIERS, *CONNECTIVES))
            self.reader.fault(node.line, f"an expression of {claim!r} needs one of {expected}; found {listed(heads)}.")
            return None
        head = heads[0]
        if head in CONNECTIVES:
            self.reader.mapping(node, f"{head!r} of {claim!r}", (head,))
            return self._combined(head, entry[head], claim)
        return self._quantified(head, node, claim)

    def _combined(self, connective: str, node: Node, claim: str) -> Expression | None:
        nodes = [node] if connective == "not" else self.reader.items(node, f"{connective!r} of {claim!r}")
        parts = [part for part in (self.expression(item, claim) for item in nodes) if part is not None]
        if not nodes or len(parts) < len(nodes):
            if not nodes:
                self.reader.fault(node.line, f"{connective!r} of {claim!r} joins nothing; list expressions under it.")
            return None
        return Combined(connective, tuple(parts))

    def _quantified(self, head: str, node: Node, claim: str) -> Expression | None:
        reader, where = self.reader, f"{head!r} of {claim!r}"
        compares = head in ("only", "especially")
        allowed = [head, "target", "mention"]
        allowed += ["among"] if compares else ["more_than"]
        allowed += ["by"] if head == "especially" else []
        entry = reader.mapping(node, where, allowed)
        verbs = [verb for verb in ("target", "mention") if verb in entry]
        if len(verbs) != 1:
            reader.fault(node.line, f"{where} needs what the countries target or mention; found {listed(verbs)}.")
            return None
        if compares and "among" not in entry:
            reader.fault(node.line, f"{where} needs the countries to hold against; add 'among: {ALL_READ}' or a list.")
            return None
        more = entry.get("more_than")
        return Quantified(
            quantifier=head,
            countries=self._countries(entry[head], where),
            selection=read_selection(reader, entry[verbs[0]], f"the {verbs[0]} of {claim!r}", self.concepts),
            mention=verbs == ["mention"],
            among=self._countries(entry["among"], f"among of {claim!r}") if compares else (),
            more_than=read_selection(reader, more, f"more_than of {claim!r}", self.concepts) if more else None,
            by="number" if reader.choice(entry.get("by"), f"by of {claim!r}", MEASURES) == "number" else "share",
        )

    def _countries(self, node: Node, where: str) -> tuple[str, ...]:
        if isinstance(node.value, str):
            if node.value in self.groups:
                return self.groups[node.value]
            if node.value == ALL_READ:
                return (ALL_READ,)
            if _CODE.fullmatch(node.value):
                return (node.value,)
            known = [*self.groups, ALL_READ]
            hint = closest(node.value, known)
            self.reader.fault(
                node.line, f"unknown countries {node.value!r} in {where}{hint}; expected {listed(known)} or codes."
            )
            return ()
        before = len(self.reader.faults.sentences)
        codes = _codes(self.reader, node, where)
        if not codes and len(self.reader.faults.sentences) == before:
            self.reader.fault(node.line, f"{where} names no country; list codes or say {ALL_READ}.")
        return codes
