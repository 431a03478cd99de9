"""How far two tables agree: precision, recall and Cohen's kappa over the items that both could have listed.

The items of a country and a column are the entries of the other table there (one item each, met by any of its
concepts), and every further concept of the column that its row does not name. Which concepts are "of the column" is the
universe: of the ``register`` (all that this project could put there), or of the ``table`` (only those that the other
table names in this column for some country, and so was looking for). The first is what kappa needs to be a statement on
this project's labels; the second does not count as an error what the other's authors had no word for. A concept that
the row names in another column is left out: where to class it is no question of whether it is targeted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pipeline.comparing.entries import Here, covered
from pipeline.comparing.tables import OtherTable
from pipeline.schemas import Concept
from pipeline.schemas.agreement import UNIVERSES, AgreementSummary


@dataclass(frozen=True, slots=True)
class _Counts:
    """Items that both list, only this table, only the other, neither; and those of countries not read."""

    both: int = 0
    only_here: int = 0
    only_there: int = 0
    neither: int = 0
    left_out: int = 0


def summarise(table: OtherTable, here: Here, concepts: Sequence[Concept]) -> list[AgreementSummary]:
    """Return agreement overall, by column, by country, and by both, for each universe."""
    rows = []
    for universe in UNIVERSES:
        counts = {
            (country, column): _count(table, country, column, here, _universe(universe, table, column, concepts))
            for country in table.countries
            for column in table.columns
        }
        rows.append(_summary(universe, "all", "", "", counts.values()))
        for column in table.columns:
            own = [count for (_, other), count in counts.items() if other == column]
            rows.append(_summary(universe, "column", "", column, own))
        for country in table.countries:
            own = [count for (other, _), count in counts.items() if other == country]
            rows.append(_summary(universe, "country", country, "", own))
        rows += [
            _summary(universe, "country_column", country, column, [count])
            for (country, column), count in counts.items()
        ]
    return rows


def _universe(universe: str, table: OtherTable, column: str, concepts: Sequence[Concept]) -> set[str]:
    if universe == "register":
        return {concept.id for concept in concepts if column in concept.columns}
    return {concept for entry in table.entries if entry.column == column for concept in entry.concepts}


def _count(table: OtherTable, country: str, column: str, here: Here, universe: Collection[str]) -> _Counts:
    entries = [entry for entry in table.entries if (entry.country, entry.column) == (country, column)]
    further = set(universe) - covered(table, country)
    if not here.strategies.get(country, 0):
        return _Counts(left_out=len(entries) + len(further))
    met = sum(any(here.targets(country, concept) for concept in entry.concepts) for entry in entries)
    more = sum(here.targets(country, concept) for concept in further)
    return _Counts(met, more, len(entries) - met, len(further) - more)


def _summary(universe: str, scope: str, country: str, column: str, counts: Iterable[_Counts]) -> AgreementSummary:
    own = list(counts)
    a, b = sum(count.both for count in own), sum(count.only_here for count in own)
    c, d = sum(count.only_there for count in own), sum(count.neither for count in own)
    return AgreementSummary(
        universe=universe,
        scope=scope,
        country=country,
        column=column,
        both=a,
        only_here=b,
        only_there=c,
        neither=d,
        left_out=sum(count.left_out for count in own),
        precision=a / (a + b) if a + b else None,
        recall=a / (a + c) if a + c else None,
        kappa=kappa(a, b, c, d),
    )


def kappa(both: int, only_here: int, only_there: int, neither: int) -> float | None:
    """Return Cohen's kappa of two readers who say yes or no; None where chance alone would make them agree."""
    number = both + only_here + only_there + neither
    if not number:
        return None
    here, there = both + only_here, both + only_there
    chance = (here * there + (number - here) * (number - there)) / number**2
    return ((both + neither) / number - chance) / (1 - chance) if chance < 1 else None
