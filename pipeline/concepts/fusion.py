"""How terms stand to each other: ``models/fusion.yaml``, read and checked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from pipeline.concepts.checks import Faults, Node, Reader, closest, listed
from pipeline.schemas import Concept, Fusion, FusionWords

KEYS = ("languages", "joined", "source", "areas", "intersections")
LISTS = ("before", "between", "after", "inside", "hybrids", "like", "links")
FEWEST_AREAS, MOST_AREAS = 2, 3

Named = tuple[tuple[str, tuple[str, ...]], ...]


def load_fusion(path: Path, concepts: Sequence[Concept], languages: Collection[str]) -> Fusion:
    """Read the words of fusion, the concepts that join two others, and the areas that are known to meet.

    ``languages`` are the codes of those that have terms. Raises VocabularyError listing every fault.
    """
    faults = Faults()
    reader = Reader(path, faults)
    head = reader.mapping(reader.read(), "the file", KEYS)
    ids = [concept.id for concept in concepts]
    technologies = [concept.id for concept in concepts if concept.kind == "technology"]
    areas = _concept_sets(reader, head.get("areas"), "areas", technologies)
    fusion = Fusion(
        words=_words(reader, head.get("languages"), sorted(languages)),
        joined=_joined(reader, head.get("joined"), ids),
        areas=areas,
        intersections=_intersections(reader, head.get("intersections"), [name for name, _ in areas]),
        source=reader.text(head.get("source"), "source"),
    )
    faults.raise_if_any()
    return fusion


def _words(reader: Reader, node: Node | None, languages: Sequence[str]) -> tuple[FusionWords, ...]:
    found = []
    for code, entry in reader.mapping(node, "languages").items():
        if code not in languages:
            known = listed(languages)
            reader.fault(entry.line, f"unknown language {code!r}; expected one with a file of terms: {known}.")
        lists = reader.mapping(entry, f"the language {code}", LISTS)
        words = {key: _phrases(reader, lists.get(key), f"{key} of {code}") for key in LISTS}
        found.append(FusionWords(code, **words))
    return tuple(found)


def _phrases(reader: Reader, node: Node | None, name: str) -> tuple[str, ...]:
    lines: dict[str, int] = {}
    for phrase, line in reader.texts(node, name):
        small = phrase.lower()
        if small in lines:
            reader.fault(line, f"{phrase!r} stands twice in {name} (first in line {lines[small]}); keep one.")
        if any(not part or "*" in part for part in (word.removesuffix("*") for word in phrase.split())):
            reader.fault(line, f"{phrase!r} in {name}: '*' may only end a word of at least one letter.")
        lines.setdefault(small, line)
    return tuple(lines)


def _joined(reader: Reader, node: Node | None, ids: Sequence[str]) -> Named:
    found = _concept_sets(reader, node, "joined", ids)
    lines = node.value if node is not None and isinstance(node.value, dict) else {}
    for concept, parts in found:
        line = lines[concept].line
        if concept not in ids:
            reader.fault(
                line, f"unknown concept {concept!r}{closest(concept, ids)}; expected an id of models/concepts."
            )
        if len(set(parts) - {concept}) != 2 or len(parts) != 2:
            reader.fault(line, f"{concept!r} must join two other concepts; found {listed(parts)}.")
    return found


def _concept_sets(reader: Reader, node: Node | None, name: str, ids: Sequence[str]) -> Named:
    found = []
    for key, items in reader.mapping(node, name).items():
        members = reader.texts(items, f"{key} in {name}")
        for member, line in members:
            if member not in ids:
                hint = closest(member, ids)
                reader.fault(line, f"unknown concept {member!r} in {key}{hint}; expected an id of models/concepts.")
        if not members:
            reader.fault(items.line, f"{key} in {name} has no concepts; name some or delete it.")
        found.append((key, tuple(dict.fromkeys(member for member, _ in members))))
    return tuple(found)


def _intersections(reader: Reader, node: Node | None, areas: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    found = []
    for item in reader.items(node, "intersections"):
        members = reader.texts(item, "an intersection")
        for member, line in members:
            if member not in areas:
                reader.fault(line, f"unknown area {member!r}{closest(member, areas)}; expected one of the areas above.")
        names = tuple(dict.fromkeys(member for member, _ in members))
        if not FEWEST_AREAS <= len(names) <= MOST_AREAS:
            reader.fault(item.line, f"an intersection has two or three different areas; found {listed(names)}.")
        found.append(names)
    return tuple(found)
