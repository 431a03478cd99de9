"""The cues of commitment of one language: ``cues/<language>.yaml``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.concepts.checks import Faults, Reader, listed
from pipeline.schemas import Cue

CUE_KINDS = ("priority", "action", "funding", "regulation")
COUNTER_KINDS = ("negation", "past", "others")


def read_cues(path: Path, languages: Sequence[str], faults: Faults) -> list[Cue]:
    """Return the cues and counter-cues of one file; ``languages`` are those that have terms."""
    reader = Reader(path, faults)
    root = reader.read()
    head = reader.mapping(root, "the file", ("language", "cues", "counters"))
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
        node = head.get(section)
        lines: dict[str, int] = {}
        for kind, phrases in reader.mapping(node, section, kinds).items():
            for phrase, phrase_line in reader.texts(phrases, f"{section} of the kind {kind}"):
                if phrase.casefold() in lines:
                    first = lines[phrase.casefold()]
                    reader.fault(phrase_line, f"{phrase!r} stands twice among the {section} (line {first}); keep one.")
                lines.setdefault(phrase.casefold(), phrase_line)
                cues.append(Cue(path.stem, kind, phrase, counters=section == "counters"))
    return cues
