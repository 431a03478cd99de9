"""The registers by which tables are joined with those of others: concepts, their codes, and countries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pycountry

from pipeline.schemas import CodeLine, CodeSystem, Concept, ConceptLine, CountryLine

JOINED_BY = "|"
# Eurostat's codes where they are not ISO's; ISO reserves EU for the European Union.
_EUROSTAT = {"GRC": "EL", "GBR": "UK", "EUU": "EU27_2020"}
_RESERVED = {"EUU": "EU"}


def list_concepts(concepts: Sequence[Concept]) -> list[ConceptLine]:
    """Return the lines of concepts.csv, in the order of the register."""
    return [
        ConceptLine(
            concept=concept.id,
            label=concept.label,
            kind=concept.kind,
            family=concept.family,
            scope=concept.scope,
            columns=JOINED_BY.join(concept.columns),
            codes=" ".join(f"{system}:{code}" for system, code in _codes(concept)),
        )
        for concept in concepts
    ]


def list_codes(concepts: Sequence[Concept], systems: Sequence[CodeSystem]) -> list[CodeLine]:
    """Return the lines of codes.csv, with the title that each list gives to the code."""
    titles = {(system.system, code): title for system in systems for code, title in system.titles}
    return [
        CodeLine(concept.id, system, code, titles[system, code])
        for concept in concepts
        for system, code in _codes(concept)
    ]


def _codes(concept: Concept) -> list[tuple[str, str]]:
    return [(system, code) for system, codes in concept.codes for code in codes.split(JOINED_BY)]


def list_countries(codes: Iterable[str], name_of: Callable[[str], str]) -> list[CountryLine]:
    """Return the lines of countries.csv, by code: alpha-3 codes and EUU, each once."""
    return [_country(code, name_of(code)) for code in sorted(set(codes))]


def _country(code: str, name: str) -> CountryLine:
    found = pycountry.countries.get(alpha_3=code)
    alpha_2 = _RESERVED.get(code) or (found.alpha_2 if found else "")
    return CountryLine(
        country=code,
        name=name,
        alpha_2=alpha_2,
        numeric=found.numeric if found else "",
        eurostat=_EUROSTAT.get(code, alpha_2),
    )
