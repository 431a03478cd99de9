"""The codes of concepts in lists that others keep: ``models/codes``, and whether the concepts' codes stand there."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.concepts.checks import Faults, Node, Reader, closest, listed
from pipeline.concepts.register import CONCEPTS
from pipeline.schemas import CodeSystem

SYSTEMS = ("system", "title", "publisher", "year", "reference")
CODES = ("code", "title")
JOINED_BY = "|"


def load_code_systems(folder: Path) -> tuple[CodeSystem, ...]:
    """Read the lists of codes under ``folder / "codes"`` and hold every code of the concepts against them.

    Raises VocabularyError listing every fault with file and line.
    """
    faults = Faults()
    systems = tuple(_systems(folder / "codes", faults))
    faults.raise_if_any()
    for name, _ in CONCEPTS.kinds:
        _check_concepts(Reader(folder / CONCEPTS.folder / name, faults), systems)
    faults.raise_if_any()
    return systems


def _systems(folder: Path, faults: Faults) -> Iterator[CodeSystem]:
    for _, (system, title, publisher, year, reference) in _lines(folder / "systems.csv", SYSTEMS, faults):
        codes = _lines(folder / f"{system}.csv", CODES, faults)
        titles = tuple((code, words) for _, (code, words) in codes)
        yield CodeSystem(system, title, publisher, int(year) if year.isdigit() else 0, reference, titles)


def _lines(path: Path, header: Sequence[str], faults: Faults) -> list[tuple[int, list[str]]]:
    """Return the lines of a CSV file below its header with their numbers; what is wrong with them is told."""
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    except OSError as error:
        faults.add(path, 1, f"the file cannot be read ({error.strerror or error}); create it.")
        return []
    if not rows or rows[0] != list(header):
        found_header = ",".join(rows[0]) if rows else "nothing"
        faults.add(path, 1, f"expected the header {','.join(header)}; found {found_header}.")
        return []
    seen: dict[str, int] = {}
    found = []
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(header) or not all(field.strip() for field in row):
            faults.add(path, number, f"expected {len(header)} texts ({', '.join(header)}); found {row}.")
        elif row[0] in seen:
            faults.add(path, number, f"{row[0]!r} stands here a second time (first in line {seen[row[0]]}); keep one.")
        else:
            seen[row[0]] = number
            found.append((number, row))
    return found


def _check_concepts(reader: Reader, systems: Sequence[CodeSystem]) -> None:
    known = {system.system: [code for code, _ in system.titles] for system in systems}
    for concept, node in reader.mapping(reader.read(), "the file").items():
        codes = reader.mapping(node, concept).get("codes")
        for system, value in reader.mapping(codes, f"codes of {concept}").items():
            if system in known:
                _check_codes(reader, concept, system, value, known[system])
                continue
            sentence = f"unknown list of codes {system!r}{closest(system, known)}; expected {listed(sorted(known))}"
            reader.fault(value.line, f"{sentence}, or add it to models/codes/systems.csv with a file of its codes.")


def _check_codes(reader: Reader, concept: str, system: str, value: Node, known: Sequence[str]) -> None:
    for code in reader.text(value, f"{system} of {concept}").split(JOINED_BY):
        if code not in known:
            hint = closest(code, known)
            sentence = f"{concept} has the {system} code {code!r}{hint}, and models/codes/{system}.csv has no such code"
            reader.fault(value.line, f"{sentence}; mend it, or add it there with its title.")
