"""The words of figures: ``figures/units.yaml`` for all languages and ``figures/<language>.yaml`` for each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from pathlib import Path

from pipeline.concepts.checks import Faults, Node, Reader, closest, listed
from pipeline.schemas import HEADS, FigureRules, FigureWords

UNITS = "units.yaml"
_HEAD_KEYS = ("language", "head", "capitals", "units", "per")
LISTS = tuple(field.name.rstrip("_") for field in fields(FigureWords) if field.name not in _HEAD_KEYS)

Pairs = tuple[tuple[str, str], ...]


def load_figure_words(folder: Path, languages: Collection[str]) -> FigureRules:
    """Read the words of figures under ``folder`` (``models/``); raise VocabularyError listing every fault.

    ``languages`` are the codes of those that have words of money, without which numbers cannot be read.
    """
    faults = Faults()
    counts, measures, symbols = read_units(folder / "figures" / UNITS, faults)
    paths = [path for path in sorted((folder / "figures").glob("*.yaml")) if path.name != UNITS]
    words = tuple(read_figure_words(path, [*counts, *measures], languages, faults) for path in paths)
    faults.raise_if_any()
    return FigureRules(tuple(counts), symbols, words)


def read_units(path: Path, faults: Faults) -> tuple[list[str], list[str], Pairs]:
    """Return what figures may count, what they may measure, and the signs that lead to either."""
    reader = Reader(path, faults)
    head = reader.mapping(reader.read(), "the file", ("counts", "measures", "symbols"))
    counts: list[str] = []
    measures: list[str] = []
    for name, units in (("counts", counts), ("measures", measures)):
        for unit, line in reader.texts(head.get(name), name):
            if unit in (*counts, *measures):
                reader.fault(line, f"the unit {unit!r} stands twice; keep one.")
            units.append(unit)
    symbols = []
    for symbol, value in reader.mapping(head.get("symbols"), "symbols").items():
        unit = reader.text(value, f"the symbol {symbol!r}")
        _check_unit(reader, unit, value.line, [*counts, *measures], f"the symbol {symbol!r}")
        symbols.append((symbol, unit))
    return counts, measures, tuple(symbols)


def read_figure_words(path: Path, units: Sequence[str], languages: Collection[str], faults: Faults) -> FigureWords:
    """Return the words of one language."""
    reader = Reader(path, faults)
    head = reader.mapping(reader.read(), "the file", (*_HEAD_KEYS, *LISTS))
    language = reader.text(head.get("language"), "language")
    if head and language != path.stem:
        line = head["language"].line if "language" in head else 1
        reader.fault(line, f"language is {language!r} in the file {path.name}; write 'language: {path.stem}'.")
    elif head and language not in languages:
        reader.fault(1, f"{language!r} has no file in models/money, without which no number can be read; add it first.")
    place = reader.text(head.get("head"), "head") or HEADS[0]
    if place not in HEADS:
        reader.fault(head["head"].line, f"head is {place!r}; expected {listed(HEADS)}.")
        place = HEADS[0]
    lists = {key + ("_" if key in ("and", "from") else ""): _phrases(reader, head.get(key), key) for key in LISTS}
    return FigureWords(
        language=path.stem,
        head=place,
        capitals=reader.choice(head.get("capitals"), "capitals", ("false", "true")) == "true",
        units=_named(reader, head.get("units"), "units", units),
        per=_named(reader, head.get("per"), "per", None),
        **lists,
    )


def _named(reader: Reader, node: Node | None, name: str, allowed: Sequence[str] | None) -> Pairs:
    """Return (phrase, id) pairs of a mapping from ids to lists of phrases."""
    found: dict[str, str] = {}
    for unit, items in reader.mapping(node, name).items():
        if allowed is not None:
            _check_unit(reader, unit, items.line, allowed, name)
        for phrase, line in reader.texts(items, f"{unit} in {name}"):
            _check_phrase(reader, phrase, line, name)
            if found.setdefault(phrase.lower(), unit) != unit:
                reader.fault(line, f"{phrase!r} leads to {found[phrase.lower()]!r} and to {unit!r}; keep one.")
    return tuple(found.items())


def _phrases(reader: Reader, node: Node | None, name: str) -> tuple[str, ...]:
    phrases: list[str] = []
    lines: dict[str, int] = {}
    for phrase, line in reader.texts(node, name):
        _check_phrase(reader, phrase, line, name)
        small = phrase.lower()
        if small in lines:
            reader.fault(line, f"{phrase!r} stands twice in {name} (first in line {lines[small]}); keep one.")
        else:
            lines[small] = line
            phrases.append(phrase)
    return tuple(phrases)


def _check_phrase(reader: Reader, phrase: str, line: int, name: str) -> None:
    if any(not part or "*" in part for part in (word.removesuffix("*") for word in phrase.split())):
        reader.fault(line, f"{phrase!r} in {name}: '*' may only end a word of at least one letter.")


def _check_unit(reader: Reader, unit: str, line: int, units: Sequence[str], name: str) -> None:
    if unit not in units:
        reader.fault(line, f"{name} names the unit {unit!r}; expected one of {UNITS}{closest(unit, units)}.")
