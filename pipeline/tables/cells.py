"""What the documents of one country together say of one concept: the full grid of countries and concepts.

A cell is targeted when at least one document that decides (a strategy in force that was read) has the concept as core
or supported. It is mentioned when any document that was read mentions it, be it superseded or of the kind "other".
The salience of a cell is 1 - (1 - a)(1 - b)… over the saliences a, b, … of the documents that give the cell its
status: it is at least that of the strongest document, grows with every further one, and stays below one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.schemas import Cell, Concept, DocumentConcept
from pipeline.tables.salience import DECIMALS
from pipeline.tables.standing import INFORMING_KIND, Standing

_DOCUMENTS_NAMED = 3


def cell_name(country: str, concept: str) -> str:
    """Return the id of the cell of a country and a concept: "AUS.oil-gas"."""
    return f"{country}.{concept}"


def make_cells(
    standings: Mapping[str, Standing], rows: Sequence[DocumentConcept], concepts: Sequence[Concept]
) -> list[Cell]:
    """Return one cell for every country of the register and every concept, sorted by both."""
    found: dict[tuple[str, str], list[DocumentConcept]] = {}
    for row in rows:
        country = standings[row.document_id].document.country
        found.setdefault((country, row.concept), []).append(row)
    registered: dict[str, list[Standing]] = {}
    for standing in standings.values():
        registered.setdefault(standing.document.country, []).append(standing)
    return [
        _make_cell(country, concept, registered[country], found.get((country, concept.id), []), standings)
        for country in sorted(registered)
        for concept in sorted(concepts, key=lambda concept: concept.id)
    ]


def _make_cell(
    country: str,
    concept: Concept,
    registered: Sequence[Standing],
    rows: Sequence[DocumentConcept],
    standings: Mapping[str, Standing],
) -> Cell:
    ranked = sorted(rows, key=lambda row: (-row.salience, row.document_id))
    deciding = [row for row in ranked if row.level != "mentioned" and standings[row.document_id].decides]
    years = [standings[row.document_id].document.year for row in ranked]
    if deciding:
        status, reasons = "targeted", _cited(deciding)
    elif ranked:
        status, reasons = "mentioned", _why_only_mentioned(ranked, standings)
    else:
        status, reasons = _why_nothing(registered)
    return Cell(
        cell_id=cell_name(country, concept.id),
        country=country,
        concept=concept.id,
        label=concept.label,
        column="|".join(concept.columns),
        status=status,
        salience=_together(deciding or ranked),
        n_documents=len(ranked),
        n_passages=sum(row.n_passages for row in ranked),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        reasons=reasons,
        machine=status,
    )


def _together(rows: Sequence[DocumentConcept]) -> float:
    """Return the salience of several documents together; they come sorted, so that rounding is always the same."""
    rest = 1.0
    for row in rows:
        rest *= 1.0 - row.salience
    return round(1.0 - rest, DECIMALS)


def _cited(rows: Sequence[DocumentConcept]) -> str:
    named = [f"{row.level} in {row.document_id} ({row.reasons})" for row in rows[:_DOCUMENTS_NAMED]]
    more = len(rows) - len(named)
    return " | ".join(named) + (f" | and in {more} more" if more else "")


def _why_only_mentioned(rows: Sequence[DocumentConcept], standings: Mapping[str, Standing]) -> str:
    """Say why documents that mention a concept do not make it targeted, and cite the strongest of them."""
    why = "no strategy makes much of it"
    strong = [row for row in rows if row.level != "mentioned"]
    if strong:
        kinds = {standings[row.document_id].document.kind for row in strong}
        if kinds == {INFORMING_KIND}:
            why = "supported only by documents of the kind other"
        elif INFORMING_KIND in kinds:
            why = "supported only by superseded documents and documents of the kind other"
        else:
            why = "supported only by superseded documents"
    return f"{why}: {_cited(strong or rows)}"


def _why_nothing(registered: Sequence[Standing]) -> tuple[str, str]:
    """Return the status and the reason of a cell without any mention."""
    read = [standing for standing in registered if standing.read]
    if not read:
        return "not_read", f"no document was read, {len(registered)} in the register"
    passages = sum(standing.coverage.passages_counted for standing in read)
    unread = len(registered) - len(read)
    reason = f"{_documents(len(read))} read, {passages} passages"
    return "read_none_found", reason + (f"; {unread} more not read" if unread else "")


def _documents(count: int) -> str:
    return f"{count} document" if count == 1 else f"{count} documents"
