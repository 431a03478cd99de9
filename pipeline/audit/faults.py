"""How checks say what they looked at: one item for each row, a fault or None."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.audit.corpus import Place
from pipeline.schemas.audit import AuditFault

Looked = Iterator[AuditFault | None]


def faulty(
    table: str, row: str, sentence: str, *, place: Place | None = None, check: str = "", severity: str = "fault"
) -> AuditFault:
    """Return a fault of a table's row; who runs a check fills in its name."""
    document, *numbers = place or ("", -1, -1, -1)
    page, start, end = (number if number >= 0 else None for number in numbers)
    return AuditFault(check, severity, table, row, document, page, start, end, f"{table}, {row}: {sentence}")


def judged(table: str, row: str, sentences: Iterable[str], *, place: Place | None = None) -> Looked:
    """Yield a fault for each sentence that is not empty, or None for a row in order."""
    faults: list[AuditFault | None] = [faulty(table, row, sentence, place=place) for sentence in sentences if sentence]
    yield from faults or [None]


def told(wrong: bool, sentence: str) -> str:
    """Return the sentence where something is wrong, else an empty text."""
    return sentence if wrong else ""


def listed(names: Iterable[str], most: int = 5) -> str:
    """Return names in words, sorted: "a, b and 3 more"."""
    ordered = sorted(names)
    return ", ".join(ordered[:most]) + (f" and {len(ordered) - most} more" if len(ordered) > most else "")


def rank_faults(ranks: Sequence[str]) -> str:
    """Say what is wrong with ranks that should count 1, 2, 3… in this order."""
    expected = [str(number) for number in range(1, len(ranks) + 1)]
    return told(list(ranks) != expected, f"its ranks are {', '.join(ranks)}; expected 1 to {len(ranks)}, each once")
