"""The concepts themselves, one file for each kind, and which registers of them there are under ``models/``."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pipeline.concepts.checks import Faults, Node, Reader, closest, listed
from pipeline.schemas import Concept

KEYS = ("label", "columns", "family", "scope", "codes")


@dataclass(frozen=True, slots=True)
class Register:
    """A register of concepts: a folder of ``models/`` with a file for each kind and a file of terms for each language.

    ``kinds`` are (file, kind) pairs in the order of the tables. In a register that is shown in ``layouts.yaml`` every
    concept names columns and families of it; else its families are the keys of ``families.yaml`` in its folder.
    ``heads`` is the folder whose files of terms say how each language writes and inflects, where it is another one.
    """

    folder: str
    kinds: tuple[tuple[str, str], ...]
    in_layouts: bool = True
    heads: str = ""


CONCEPTS = Register("concepts", (("technologies.yaml", "technology"), ("sectors.yaml", "sector")))
INSTRUMENTS = Register(
    "instruments", (("instruments.yaml", "instrument"), ("readiness.yaml", "readiness")), False, heads="concepts"
)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")


def read_concepts(folder: Path, register: Register, faults: Faults) -> tuple[Concept, ...]:
    """Return the concepts of a register of ``folder`` (``models/``), kind by kind, in the order written."""
    found: dict[str, Concept] = {}
    places: dict[str, str] = {}
    known = _known_words(folder, register, faults)
    systems: list[tuple[Reader, str, int]] = []
    for name, kind in register.kinds:
        reader = Reader(folder / register.folder / name, faults)
        root = reader.read()
        for concept_id, node in reader.mapping(root, "the file").items():
            line = root.key_lines[concept_id]
            if not _ID.fullmatch(concept_id):
                reader.fault(line, f"the id {concept_id!r} must be lower-case words joined by hyphens.")
            if concept_id in found:
                reader.fault(line, f"the id {concept_id!r} is taken ({places[concept_id]}); give this concept another.")
                continue
            places[concept_id] = f"{reader.path.name}, line {line}"
            found[concept_id] = _concept(reader, concept_id, kind, node, line, known)
            codes = node.value.get("codes") if isinstance(node.value, dict) else None
            systems += [(reader, system, at) for system, at in (codes.key_lines if codes else {}).items()]
    _check_systems(systems)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Known:
    """The keys that a concept may have, the columns and families that it may name, and the file that lists these."""

    keys: tuple[str, ...]
    columns: set[str]
    families: set[str]
    file: str


def _known_words(folder: Path, register: Register, faults: Faults) -> _Known:
    """Return what concepts may name: what some layout shows (without ``layouts.yaml`` anything), or the families."""
    if register.in_layouts:
        shown = _shown_in_layouts(folder / "layouts.yaml")
        return _Known(KEYS, shown["columns"], shown["families"], "layouts.yaml")
    reader = Reader(folder / register.folder / "families.yaml", faults)
    families = set(reader.mapping(reader.read(), "the file"))
    return _Known(tuple(key for key in KEYS if key != "columns"), set(), families, reader.path.name)


def _shown_in_layouts(path: Path) -> dict[str, set[str]]:
    """Return the columns and families that the layouts name; what is wrong with the layouts is told by the tables."""
    shown: dict[str, set[str]] = {"columns": set(), "families": set()}
    if path.exists():
        reader = Reader(path, Faults())
        for layout in reader.mapping(reader.read(), "the file").values():
            for column in reader.items(reader.mapping(layout, "a layout").get("columns"), "columns"):
                entry = reader.mapping(column, "a column")
                for key, names in shown.items():
                    names.update(text for text, _ in reader.texts(entry.get(key), key))
    return shown


def _concept(reader: Reader, concept_id: str, kind: str, node: Node, line: int, known: _Known) -> Concept:
    where = f"the concept {concept_id!r}"
    entry = reader.mapping(node, where, known.keys)
    for key in known.keys:
        if key != "codes" and (key not in entry or not entry[key].value):
            reader.fault(line, f"{where} has no {key}; add '{key}:'.")
    columns = reader.texts(entry.get("columns"), f"columns of {where}")
    for column, column_line in columns:
        _check_known(reader, column, column_line, f"column {column!r} of {where}", known.columns, known.file)
    family = reader.text(entry.get("family"), f"the family of {where}")
    if family:
        what = f"family {family!r} of {where}"
        _check_known(reader, family, entry["family"].line, what, known.families, known.file)
    return Concept(
        id=concept_id,
        label=reader.text(entry.get("label"), f"the label of {where}"),
        kind=kind,
        columns=tuple(column for column, _ in columns),
        family=family,
        scope=reader.text(entry.get("scope"), f"the scope of {where}"),
        codes=_codes(reader, entry.get("codes"), where),
    )


def _check_known(reader: Reader, word: str, line: int, what: str, words: set[str], file: str) -> None:
    if words and word not in words:
        known = sorted(words)
        reader.fault(line, f"unknown {what}; expected {listed(known)}{closest(word, known)}, or add it to {file}.")


def _codes(reader: Reader, node: Node | None, where: str) -> tuple[tuple[str, str], ...]:
    codes = []
    for system, value in reader.mapping(node, f"codes of {where}").items():
        code = reader.text(value, f"the code {system} of {where}")
        if not code:
            reader.fault(value.line, f"the code {system} of {where} is empty; write one or delete the key.")
        codes.append((system, code))
    return tuple(codes)


def _check_systems(uses: list[tuple[Reader, str, int]]) -> None:
    """Tell code systems that are named once only and much like another: anyone may add one, nobody may misspell it."""
    counts = Counter(system for _, system, _ in uses)
    for reader, system, line in uses:
        hint = closest(system, [other for other, count in counts.items() if count > 1]) if counts[system] == 1 else ""
        if hint or not _NAME.fullmatch(system):
            reader.fault(line, f"unknown code system {system!r}{hint}; name it in lower-case letters and digits.")
