"""Where a published table is at odds with itself, and with what its own text says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from pipeline.comparing.tables import OtherTable
from pipeline.schemas.agreement import PublishedEntry, TableFault
from pipeline.schemas.claims import ClaimVerdict

Names = Callable[[str], str]


def find_faults(table: OtherTable, verdicts: Iterable[ClaimVerdict], names: Names) -> list[TableFault]:
    """Return the faults of a table, by kind and in its order.

    ``verdicts`` are those on the claims of its source, held against the table itself; ``names`` turns codes into
    countries.
    """
    return [
        *_twice(table, names),
        *_classed_apart(table, names),
        *_left_blank(table, names),
        *_unlike_its_text(verdicts),
    ]


def _twice(table: OtherTable, names: Names) -> Iterator[TableFault]:
    """Yield the pairs of entries of one row that name the same, whatever their columns."""
    for first, second in combinations(table.entries, 2):
        if first.country != second.country or not set(first.concepts) & set(second.concepts):
            continue
        name, columns = names(first.country), _columns(first, second)
        if first.label.casefold() == second.label.casefold():
            yield _pair("listed_twice", first, second, f"{name}: {first.label!r} is listed twice, {columns}.")
        elif set(first.concepts) == set(second.concepts):
            sentence = f"{name}: {first.label!r} and {second.label!r} name the same, {columns}."
            yield _pair("listed_under_two_labels", first, second, sentence)
        else:
            sentence = f"{name}: {first.label!r} and {second.label!r} overlap, {columns}."
            yield _pair("part_of_another_entry", first, second, sentence)


def _columns(first: PublishedEntry, second: PublishedEntry) -> str:
    if first.column == second.column:
        return f"both under {first.column}"
    return f"under {first.column} and under {second.column}"


def _pair(kind: str, first: PublishedEntry, second: PublishedEntry, sentence: str) -> TableFault:
    return TableFault(
        kind=kind,
        country=first.country,
        columns="|".join(dict.fromkeys((first.column, second.column))),
        labels=" | ".join(dict.fromkeys((first.label, second.label))),
        concepts="|".join(sorted(set(first.concepts) & set(second.concepts))),
        claim_id="",
        explanation=sentence,
    )


def _classed_apart(table: OtherTable, names: Names) -> Iterator[TableFault]:
    """Yield the concepts that stand in other columns for one country than for another."""
    places: dict[str, dict[str, list[PublishedEntry]]] = {}
    for entry in table.entries:
        for concept in entry.concepts:
            places.setdefault(concept, {}).setdefault(entry.country, []).append(entry)
    for concept, rows in places.items():
        columns = {country: tuple(sorted({entry.column for entry in own})) for country, own in rows.items()}
        if len(set(columns.values())) < 2:
            continue
        entries = [entry for own in rows.values() for entry in own]
        where = "; ".join(f"{names(country)} under {' and '.join(own)}" for country, own in columns.items())
        yield TableFault(
            kind="classed_apart",
            country=" ".join(columns),
            columns="|".join(sorted({entry.column for entry in entries})),
            labels=" | ".join(dict.fromkeys(entry.label for entry in entries)),
            concepts=concept,
            claim_id="",
            explanation=f"{concept} does not stand in the same columns in all rows: {where}.",
        )


def _left_blank(table: OtherTable, names: Names) -> Iterator[TableFault]:
    """Yield the fields without an entry: nothing there says whether nothing was found or nothing was read."""
    filled = {(entry.country, entry.column) for entry in table.entries}
    for country in table.countries:
        for column in table.columns:
            if (country, column) not in filled:
                sentence = (
                    f"{names(country)} has no entry under {column}: the blank does not say whether nothing was found "
                    "or nothing was read."
                )
                yield TableFault("left_blank", country, column, "", "", "", sentence)


def _unlike_its_text(verdicts: Iterable[ClaimVerdict]) -> Iterator[TableFault]:
    for verdict in verdicts:
        if verdict.verdict == "holds":
            continue
        undecided = verdict.verdict == "undecided"
        words = "the table cannot tell" if undecided else f"by the table this {verdict.verdict.replace('_', ' ')}"
        yield TableFault(
            kind="not_decidable" if undecided else "unlike_its_text",
            country=verdict.undecided_for if undecided else verdict.fails_for,
            columns="",
            labels="",
            concepts="",
            claim_id=verdict.claim_id,
            explanation=f"{verdict.statement} ({verdict.place}): {words}. {verdict.explanation}",
        )
