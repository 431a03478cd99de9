"""The tables of time as bytes by name."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.schemas import Appearance, EditionChange, PeriodCell, TimelineEvidence
from pipeline.schemas.delimited import rows_csv


def render_timeline(
    periods: Sequence[PeriodCell],
    appearances: Sequence[Appearance],
    editions: Sequence[EditionChange],
    evidence: Sequence[TimelineEvidence],
) -> dict[str, bytes]:
    """Turn the rows of time into files; only timeline_evidence.csv holds words of documents."""
    return {
        "periods.csv": rows_csv(PeriodCell, periods),
        "timeline.csv": rows_csv(Appearance, appearances),
        "editions.csv": rows_csv(EditionChange, editions),
        "timeline_evidence.csv": rows_csv(TimelineEvidence, evidence),
    }
