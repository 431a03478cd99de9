"""The rows and files of instruments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.instruments.sources import ALL
from pipeline.schemas import Concept, InstrumentEvidence, InstrumentTie, InstrumentUse
from pipeline.schemas.delimited import lines_csv, rows_csv

_WORDS = {"mentioned": "mentioned", "read_none_found": "none found", "not_read": "not read"}


@dataclass(frozen=True, slots=True)
class Instruments:
    """The rows of all tables of instruments, each sorted."""

    uses: tuple[InstrumentUse, ...]
    ties: tuple[InstrumentTie, ...]
    evidence: tuple[InstrumentEvidence, ...]


def render_instruments(
    found: Instruments, instruments: Sequence[Concept], concepts: Sequence[Concept]
) -> dict[str, bytes]:
    """Turn the rows into files: a mapping of file names to contents, the same bytes on any machine."""
    return {
        "instruments.csv": rows_csv(InstrumentUse, found.uses),
        "instruments_matrix.csv": lines_csv(*_by_country(found.uses)),
        "instruments_by_concept.csv": rows_csv(InstrumentTie, found.ties),
        "instruments_by_concept_matrix.csv": lines_csv(*_by_concept(found.ties, instruments, concepts)),
        "instruments_evidence.csv": rows_csv(InstrumentEvidence, found.evidence),
    }


def _by_country(uses: Sequence[InstrumentUse]) -> tuple[list[str], list[list[str]]]:
    """Return header and lines of the matrix of instruments and countries.

    A field holds the share of the country's committing passages where it targets the instrument, else the status in
    words. Countries of which nothing was read stand in it, too: a column that says so is no gap.
    """
    countries = list(dict.fromkeys(use.scope for use in uses if use.scope != ALL))
    lines: dict[str, dict[str, InstrumentUse]] = {}
    for use in uses:
        lines.setdefault(use.instrument, {})[use.scope] = use
    header = ["kind", "family", "instrument", "label", "countries targeting", *countries]
    return header, [
        [whole.kind, whole.family, name, whole.label, str(whole.n_targeting), *(_shown(row[one]) for one in countries)]
        for name, row in lines.items()
        if (whole := row[ALL])
    ]


def _shown(use: InstrumentUse) -> str:
    return f"{100 * (use.share or 0):.1f} %" if use.status == "targeted" else _WORDS[use.status]


def _by_concept(
    ties: Iterable[InstrumentTie], instruments: Sequence[Concept], concepts: Sequence[Concept]
) -> tuple[list[str], list[list[str]]]:
    """Return header and lines of the matrix of concepts and instruments: how many countries target the two together.

    Technologies come first, then sectors, then stages of readiness; 0 stands where no country does, "not asked" where
    both are stages.
    """
    everywhere = {(tie.instrument, tie.concept): tie.n_targeting for tie in ties if tie.scope == ALL}
    stages = [concept for concept in instruments if concept.kind == "readiness"]
    header = ["kind", "concept", "label", *(instrument.id for instrument in instruments)]
    return header, [
        [concept.kind, concept.id, concept.label, *(_together(everywhere, column, concept) for column in instruments)]
        for concept in (*concepts, *stages)
    ]


def _together(everywhere: dict[tuple[str, str], int], column: Concept, concept: Concept) -> str:
    if column.kind == concept.kind:
        return "not asked"
    return str(everywhere.get((column.id, concept.id), 0))
