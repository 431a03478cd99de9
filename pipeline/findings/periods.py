"""What rose or fell between periods: concepts that countries took up as targets, or dropped."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.findings.surprise import binomial_bits
from pipeline.findings.wording import Names, counted, label_in_words, listed_countries, opening
from pipeline.schemas import Finding, PeriodCell

_Cells = Mapping[tuple[str, str], PeriodCell]


@dataclass(frozen=True, slots=True)
class _Change:
    """What became of one concept between two periods, in the countries of which documents of both were read."""

    concept: str
    label: str
    periods: tuple[str, str]
    compared: tuple[str, ...]
    taken_up: tuple[str, ...]
    dropped: tuple[str, ...]
    salience: float


def find_changes(cells: Sequence[PeriodCell], names: Names, least: int, alike_from: float) -> Iterator[Finding]:
    """Yield for each concept the two periods between which it rose most, and those between which it fell most.

    Only countries of which documents on comparable matters were read in both periods count: what they target must
    overlap by ``alike_from`` (Jaccard's index), or a quantum strategy read after an AI strategy would look like a
    country that drops AI. The bits say how improbable it is that so many of those in
    which something changed took the concept up (or dropped it), given how often anything was taken up between the two.
    """
    changes = list(_changes(cells, alike_from))
    rates = _rates(changes)
    best: dict[tuple[str, str], Finding] = {}
    for change in changes:
        for kind, own, other in (
            ("rose", change.taken_up, change.dropped),
            ("fell", change.dropped, change.taken_up),
        ):
            if len(own) < least or len(own) <= len(other):
                continue
            rate = rates[change.periods] if kind == "rose" else 1 - rates[change.periods]
            finding = _finding(change, kind, binomial_bits(len(own), len(own) + len(other), rate), names)
            known = best.get((kind, change.concept))
            if known is None or finding.score > known.score:
                best[(kind, change.concept)] = finding
    yield from best.values()


def _changes(cells: Sequence[PeriodCell], alike_from: float) -> Iterator[_Change]:
    by_period: dict[str, dict[tuple[str, str], PeriodCell]] = {}
    for cell in cells:
        by_period.setdefault(cell.period, {})[(cell.country, cell.concept)] = cell
    labels = {cell.concept: cell.label for cell in cells}
    for earlier, later in combinations(sorted(by_period), 2):
        before, after = by_period[earlier], by_period[later]
        both = _comparable(before, after, alike_from)
        for concept in sorted(labels):
            change = _change(concept, labels[concept], (earlier, later), both, before, after)
            if change.compared:
                yield change


def _comparable(before: _Cells, after: _Cells, alike_from: float) -> list[str]:
    """Return the countries that target enough of the same in both periods."""
    countries = {country for country, _ in before} & {country for country, _ in after}
    targets = [
        {country: {concept for (code, concept), cell in cells.items() if code == country and cell.status == "targeted"}
         for country in countries}
        for cells in (before, after)
    ]  # fmt: skip
    alike = {
        country: len(targets[0][country] & targets[1][country]) / max(1, len(targets[0][country] | targets[1][country]))
        for country in countries
    }
    return sorted(country for country, share in alike.items() if share >= alike_from)


def _change(
    concept: str, label: str, periods: tuple[str, str], countries: Sequence[str], before: _Cells, after: _Cells
) -> _Change:
    both = [
        country
        for country in countries
        if _read(before.get((country, concept))) and _read(after.get((country, concept)))
    ]
    had = {country for country in both if before[(country, concept)].status == "targeted"}
    has = {country for country in both if after[(country, concept)].status == "targeted"}
    changed = [after[(country, concept)] for country in sorted(has - had)]
    changed += [before[(country, concept)] for country in sorted(had - has)]
    salience = statistics.fmean(cell.salience for cell in changed) if changed else 0.0
    return _Change(concept, label, periods, tuple(both), tuple(sorted(has - had)), tuple(sorted(had - has)), salience)


def _read(cell: PeriodCell | None) -> bool:
    return cell is not None and cell.status != "not_read"


def _rates(changes: Iterable[_Change]) -> dict[tuple[str, str], float]:
    """Return for each two periods which share of all changes were concepts taken up (with Jeffreys' prior)."""
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    for change in changes:
        up, down = counts.get(change.periods, (0, 0))
        counts[change.periods] = (up + len(change.taken_up), down + len(change.dropped))
    return {periods: (up + 0.5) / (up + down + 1) for periods, (up, down) in counts.items()}


def _finding(change: _Change, kind: str, bits: float, names: Names) -> Finding:
    own, other = (change.taken_up, change.dropped) if kind == "rose" else (change.dropped, change.taken_up)
    did, undid = "took it up as a target", "no longer target it in what was read"
    if kind == "fell":
        did, undid = undid, "took it up"
    sentence = (
        f"{opening(label_in_words(change.label))} {kind} between {change.periods[0]} and {change.periods[1]}: of the "
        f"{counted(len(change.compared), 'country', 'countries')} with comparable documents of both, {len(own)} {did} "
        f"({listed_countries(own, names)})"
        + (f", {len(other)} {undid} ({listed_countries(other, names)})." if other else "; none went the other way.")
    )
    return Finding(
        rank=0,
        finding_id=f"{kind}.{change.concept}.{change.periods[0]}.{change.periods[1]}",
        kind=kind,
        sentence=sentence,
        score=bits * change.salience,
        bits=bits,
        strength=change.salience,
        countries=" ".join(own),
        others=" ".join(other),
        concepts=change.concept,
        cells=" ".join(f"{country}.{change.concept}" for country in own),
    )
