"""Which cells changed, and the causes of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.changes.causes import Cause, in_order, origin_causes, standing_causes
from pipeline.changes.decisions import cell_decisions, quote_decisions
from pipeline.changes.mentions import NOWHERE
from pipeline.changes.salience import NONE, level_causes
from pipeline.changes.states import Comparison, State
from pipeline.schemas import Change, Ground

_FOUND = ("targeted", "mentioned")
_STRENGTH = {"": -2, "not_read": -1, "read_none_found": 0, "rejected": 0, "mentioned": 1, "targeted": 2}

Contribution = tuple[int, str, float]  # strength as that of a status, level, salience
Cell = Mapping[str, str]
_NO_CELL: Cell = {}


def compare_states(comparison: Comparison) -> list[Change]:
    """Return every changed cell with its causes, sorted by cell; a cell without a change has no row.

    A cell changed if its status did, if what a person decided on it did, or if it is found in both states and rests
    on other documents or levels of them, or on a salience that differs by ``comparison.least`` or more.
    """
    rows: list[Change] = []
    for cell_id in sorted(comparison.old.cells.keys() | comparison.new.cells.keys()):
        old, new = comparison.old.cells.get(cell_id, _NO_CELL), comparison.new.cells.get(cell_id, _NO_CELL)
        change = _change(comparison, old, new)
        if change:
            causes = in_order(_causes(comparison, old, new)) or [Cause("no cause", "nothing that it rests on differs")]
            rows += [_row(comparison, (old, new), change, rank, cause) for rank, cause in enumerate(causes, start=1)]
    return rows


def _change(comparison: Comparison, old: Cell, new: Cell) -> str:
    before, after = old.get("status", ""), new.get("status", "")
    if before != after:
        return _change_of_status(before, after)
    if old.get("decision", "") != new.get("decision", ""):
        return "decided"
    if before not in _FOUND:
        return ""
    moved = abs((_salience(old) or 0.0) - (_salience(new) or 0.0)) >= comparison.least - 1e-9
    return "moved" if moved or _standings(comparison.old, old) != _standings(comparison.new, new) else ""


def _change_of_status(before: str, after: str) -> str:
    """Return the word for a change from one status to another ("" for no such cell)."""
    if (before in _FOUND) != (after in _FOUND):
        return "appeared" if after in _FOUND else "went"
    if before in _FOUND:
        return "rose" if _strength(after) > _strength(before) else "fell"
    if "rejected" in (before, after):
        return "decided"
    if "read_none_found" in (before, after):
        return "read" if after == "read_none_found" else "unread"
    return "listed" if after else "delisted"


def _strength(status: str) -> int:
    return _STRENGTH.get(status, 0)


def _standings(state: State, cell: Cell) -> set[tuple[str, str, int]]:
    """Return the documents that a cell rests on, each with its level and what it gives to the cell."""
    standings = set()
    for document_id in state.basis["documents"]:
        strength, level, _ = _contribution(state, document_id, cell)
        if level != NONE[0] and strength > 0:
            standings.add((document_id, level, strength))
    return standings


def _causes(comparison: Comparison, old: Cell, new: Cell) -> list[Cause]:
    """Return the causes of one changed cell: a person's decision, a concept of the register, documents, the program."""
    cell = new or old
    causes = list(cell_decisions(comparison, old, new))
    before, after = (side.get("machine") or side.get("status", "") for side in (old, new))
    if before == after and old.get("status") != new.get("status"):
        return causes
    how = comparison.rules.concepts.get(cell["concept"])
    if how and not (old and new):
        causes.append(Cause("rule changed", f"concept {cell['concept']} {how}"))
    causes += _document_causes(comparison, old, new)
    causes = causes or list(quote_decisions(comparison, cell["country"]))
    if causes:
        return causes
    return [cause for cause in origin_causes(comparison, "tables") if cause.kind != "parameter changed"]


def _document_causes(comparison: Comparison, old: Cell, new: Cell) -> Iterator[Cause]:
    """Yield the causes of the documents that gave the cell its status and no longer do, or now do and did not before.

    Where the status stays these are the documents whose level differs, or whose salience differs notably.
    """
    cell = new or old
    found = any(side.get("status") in _FOUND or side.get("machine") in _FOUND for side in (old, new))
    differing = []
    for document_id in sorted(comparison.old.basis["documents"].keys() | comparison.new.basis["documents"].keys()):
        before = _contribution(comparison.old, document_id, cell)
        after = _contribution(comparison.new, document_id, cell)
        if before != after and not (found and NONE[0] == before[1] == after[1]):
            differing.append((document_id, before, after))
    for document_id, before, after in _pulling(differing, _machine_strength(old), _machine_strength(new), comparison):
        yield from _causes_of_document(comparison, document_id, cell["concept"], before, after)


def _pulling(
    differing: Sequence[tuple[str, Contribution, Contribution]], low: int, high: int, comparison: Comparison
) -> list[tuple[str, Contribution, Contribution]]:
    """Return the documents that pull a cell from the strength ``low`` to ``high``, or that move it where it stays."""
    rising = [entry for entry in differing if low < high and entry[2][0] > low and entry[2][0] > entry[1][0]]
    falling = [entry for entry in differing if low > high and entry[1][0] > high and entry[2][0] < entry[1][0]]
    moving = [
        entry
        for entry in differing
        if entry[1][:2] != entry[2][:2] or abs(entry[2][2] - entry[1][2]) >= comparison.least
    ]
    most = max((abs(after[2] - before[2]) for _, before, after in differing), default=0.0)
    return rising or falling or moving or [entry for entry in differing if abs(entry[2][2] - entry[1][2]) >= most]


def _machine_strength(cell: Cell) -> int:
    return _strength(cell.get("machine") or cell.get("status", ""))


def _contribution(state: State, document_id: str, cell: Cell) -> Contribution:
    """Return what a document gives to a cell: its strength as that of a status, its level and salience."""
    facts = state.document(document_id)
    if facts is None or facts["country"] != cell["country"]:
        return (-2, *NONE)
    level, salience = state.levels.get(document_id, {}).get(cell["concept"], NONE)
    if level == NONE[0]:
        return (0 if facts["read"] else -1, level, salience)
    return (2 if facts["decides"] and level != "mentioned" else 1, level, salience)


def _causes_of_document(
    comparison: Comparison, document_id: str, concept: str, before: Contribution, after: Contribution
) -> Iterator[Cause]:
    """Yield why a document gives a cell something else: how it counts, or what it says of the concept."""
    if before[0] != after[0]:
        for cause in standing_causes(comparison, document_id):
            yield cause.at(document_id, *_quote_of(comparison, document_id, concept))
            if cause.kind in ("new document", "removed document"):
                return
    if before[1:] != after[1:]:
        yield from level_causes(comparison, document_id, concept)


def _quote_of(comparison: Comparison, document_id: str, concept: str) -> tuple[Ground | None, str]:
    """Return the place of the best quote that a document brought to a cell, took with it, or still has for it."""
    before, after = (
        state.grounds.get((document_id, concept), {}).values() for state in (comparison.old, comparison.new)
    )
    found = sorted(after or before, key=lambda ground: (-ground.n_targeted, -ground.n_mentioned, ground.rule_id))
    effect = "unchanged" if before and after else "gained" if after else "lost"
    return (found[0], effect) if found else (None, "unchanged")


def _row(comparison: Comparison, cells: tuple[Cell, Cell], change: str, rank: int, cause: Cause) -> Change:
    old, new = cells
    cell, ground = new or old, cause.ground
    before, after = (
        state.levels.get(cause.document_id or "", {}).get(cell["concept"], (None, 0.0))[0]
        for state in (comparison.old, comparison.new)
    )
    return Change(
        cell_id=cell["cell_id"],
        country=cell["country"],
        concept=cell["concept"],
        label=cell["label"],
        change=change,
        status_before=old.get("status"),
        status_after=new.get("status"),
        salience_before=_salience(old),
        salience_after=_salience(new),
        rank=rank,
        cause=cause.kind,
        explanation=cause.what,
        through=cause.through,
        document_id=cause.document_id,
        level_before=before,
        level_after=after,
        rule_id=ground.rule_id if ground else None,
        quote_effect=cause.effect,
        page_number=_kept(ground.page_number) if ground else None,
        start=_kept(ground.start) if ground else None,
        end=_kept(ground.end) if ground else None,
        quote=_words(comparison, ground, cause.effect),
    )


def _kept(place: int) -> int | None:
    return None if place == NOWHERE else place


def _salience(cell: Cell) -> float | None:
    return float(cell["salience"]) if cell.get("salience") else None


def _words(comparison: Comparison, ground: Ground | None, effect: str) -> str:
    """Return the words of a quote where the states have them: a lost one from the earlier state."""
    if ground is None or not comparison.quoted:
        return ""
    state = comparison.old if effect == "lost" else comparison.new
    return state.quotes.get((ground.document_id, ground.page_number, ground.start, ground.end), "")
