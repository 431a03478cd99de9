"""The documents of a corpus as the tables of instruments see them, and the countries whose they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ALL = "all"


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the register. ``decides`` says that it is a strategy in force that was read."""

    id: str
    country: str
    year: int
    read: bool = True
    decides: bool = True


def countries_of(sources: Iterable[Source]) -> dict[str, list[Source]]:
    """Return the documents of each country, countries in order."""
    found: dict[str, list[Source]] = {}
    for source in sorted(sources, key=lambda source: (source.country, source.id)):
        found.setdefault(source.country, []).append(source)
    return found
