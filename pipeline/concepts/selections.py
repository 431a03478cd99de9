"""Which concepts a rule selects: by id, family, kind or column, with exceptions and a least number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.concepts.checks import Node, Reader, closest, listed
from pipeline.schemas import CONCEPT_KINDS, Concept
from pipeline.schemas.claims import Selection

_WORDS = {"any": "any of", "every": "all of"}
KEYS = ("any", "every", "column", "family", "kind", "but", "at_least")


def read_selection(reader: Reader, node: Node, where: str, concepts: Sequence[Concept]) -> Selection:
    """Return what a node selects: an id, a list of ids (any of them), or keys that narrow each other down.

    Faults go to ``reader``; a faulty selection selects nothing.
    """
    labels = {concept.id: concept.label for concept in concepts}
    if not isinstance(node.value, dict):
        ids = [(node.value, node.line)] if isinstance(node.value, str) else reader.texts(node, where)
        names = _known(reader, ids, where, [concept.id for concept in concepts])
        text = "; ".join(labels[name] for name in names)
        return Selection(tuple(sorted(names)), text=text if len(names) == 1 else f"Any of {text}")
    entry = reader.mapping(node, where, KEYS)
    before = len(reader.faults.sentences)
    by_id = {concept.id: concept for concept in concepts}
    named: list[str] = [key for key in ("any", "every") if key in entry]
    if len(named) == 2:
        reader.fault(node.line, f"{where} has both any and every; keep one, or join two expressions by 'and'.")
    chosen = set(by_id)
    for key in named:
        chosen &= set(_known(reader, reader.texts(entry[key], f"{key} of {where}"), where, list(by_id)))
    for key in ("column", "family", "kind"):
        narrowed = _of(reader, entry[key], key, where, concepts) if key in entry else chosen
        if key != "column" or not named:  # a table may have a named concept in a column that the register does not
            chosen &= narrowed
    if "but" in entry:
        chosen -= set(_known(reader, reader.texts(entry["but"], f"but of {where}"), where, list(by_id)))
    if not chosen and len(reader.faults.sentences) == before:
        reader.fault(node.line, f"{where} selects no concept of the register; widen it.")
    at_least = _number(reader, entry.get("at_least"), where, len(chosen))
    column = reader.text(entry.get("column"), f"column of {where}")
    return Selection(tuple(sorted(chosen)), column, len(chosen) if "every" in entry else at_least, _text(entry, labels))


def _known(reader: Reader, ids: Sequence[tuple[str, int]], where: str, known: Sequence[str]) -> list[str]:
    for name, line in ids:
        if name not in known:
            reader.fault(
                line, f"unknown concept {name!r} in {where}{closest(name, known)}; expected an id of models/concepts."
            )
    return [name for name, _ in ids if name in known]


def _of(reader: Reader, node: Node, key: str, where: str, concepts: Sequence[Concept]) -> set[str]:
    value = reader.text(node, f"{key} of {where}")
    values = {concept.id: concept.columns if key == "column" else (getattr(concept, key),) for concept in concepts}
    known = sorted({word for words in values.values() for word in words}) if key != "kind" else list(CONCEPT_KINDS)
    if value not in known:
        reader.fault(node.line, f"unknown {key} {value!r} in {where}{closest(value, known)}; expected {listed(known)}.")
    return {name for name, words in values.items() if value in words}


def _number(reader: Reader, node: Node | None, where: str, most: int) -> int:
    if node is None:
        return 1
    text = reader.text(node, f"at_least of {where}")
    if not text.isdecimal() or not 1 <= int(text) <= max(most, 1):
        reader.fault(
            node.line, f"at_least of {where} is {text!r}; expected a number from 1 to {most}, the concepts it selects."
        )
        return 1
    return int(text)


def _text(entry: Mapping[str, Node], labels: Mapping[str, str]) -> str:
    """Return a selection in words: "2 of the column digital, without Robotics; Quantum computing"."""
    words = []
    for key in KEYS[:5]:
        if key in entry:
            value = entry[key].value
            words.append(_labelled(_WORDS[key], value, labels) if isinstance(value, list) else f"the {key} {value}")
    text = ", ".join(words)
    if "at_least" in entry:
        text = f"{entry['at_least'].value} of {text}"
    exceptions = entry["but"].value if "but" in entry else ""
    if isinstance(exceptions, list):
        text += ", " + _labelled("without", exceptions, labels)
    return text[0].upper() + text[1:] if text else ""


def _labelled(word: str, nodes: Sequence[Node], labels: Mapping[str, str]) -> str:
    """Return labels behind a word, which a single label of "any" or "every" does not need."""
    shown = "; ".join(labels.get(str(node.value), str(node.value)) for node in nodes)
    return shown if len(nodes) == 1 and word != "without" else f"{word} {shown}"
