"""The cues of commitment of one language: ``cues/<language>.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.concepts.checks import Faults, Node, Reader, listed
from pipeline.schemas import COUNTER_KINDS, CUE_KINDS, Cue

_COUNTRY = re.compile(r"[A-Z]{3}")


def read_cues(path: Path, languages: Sequence[str], faults: Faults) -> list[Cue]:
    """Return the cues, counters and names of countries of one file; ``languages`` are those that have terms."""
    reader = Reader(path, faults)
    root = reader.read()
    head = reader.mapping(root, "the file", ("language", "cues", "counters", "countries"))
    if not head:
        return []
    language = reader.text(head.get("language"), "language")
    line = head["language"].line if "language" in head else 1
    if language != path.stem:
        reader.fault(line, f"language is {language!r} in the file {path.name}; write 'language: {path.stem}'.")
    if path.stem not in languages:
        reader.fault(line, f"unknown language {path.stem!r}; expected one with a file of terms: {listed(languages)}.")
    cues: list[Cue] = []
    for section, kinds in (("cues", CUE_KINDS), ("counters", COUNTER_KINDS)):
        entries = reader.mapping(head.get(section), section, kinds)
        cues += [Cue(path.stem, kind, phrase) for kind, phrase in _phrases(reader, section, entries) if kind in kinds]
    countries = reader.mapping(head.get("countries"), "countries")
    for code, node in countries.items():
        if not _COUNTRY.fullmatch(code):
            reader.fault(node.line, f"{code!r} is no country; write its ISO 3166-1 alpha-3 code, or EUU.")
    return [*cues, *(Cue(path.stem, "country", name, code) for code, name in _phrases(reader, "countries", countries))]


def _phrases(reader: Reader, section: str, entries: dict[str, Node]) -> Iterator[tuple[str, str]]:
    """Yield (key, phrase) for each phrase of a section; a phrase that stands twice in it is a fault."""
    lines: dict[str, int] = {}
    for key, node in entries.items():
        for phrase, line in reader.texts(node, f"{section} of the kind {key}"):
            if phrase.lower() in lines:
                first = lines[phrase.lower()]
                reader.fault(line, f"{phrase!r} stands twice among the {section} (line {first}); keep one.")
            lines.setdefault(phrase.lower(), line)
            yield key, phrase
