"""From claims and cells to verdicts, each with a sentence and the cells that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.findings.explaining import explain
from pipeline.findings.grid import Grid
from pipeline.findings.judging import Outcome, Reading, judge
from pipeline.findings.truth import Truth
from pipeline.findings.wording import Names
from pipeline.schemas import Cell, Evidence
from pipeline.schemas.claims import Claim, ClaimEvidence, ClaimVerdict, Quantified

CELLS_SHOWN = 3


def judge_claims(claims: Iterable[Claim], grid: Grid, names: Names) -> list[ClaimVerdict]:
    """Return what the cells say of each claim, in the order of the claims; ``names`` turns codes into countries."""
    return [_verdict(claim, judge(claim.expression, grid), grid, names) for claim in claims]


def claims_evidence(
    claims: Iterable[Claim], grid: Grid, quotes: Mapping[str, Evidence], *, cells_shown: int = CELLS_SHOWN
) -> list[ClaimEvidence]:
    """Return the cells that each verdict rests on with their best quotes (``quotes``: by cell id).

    Of one country and statement, the ``cells_shown`` most salient are given, or as many as the statement asks for.
    """
    return [
        _evidence(claim, cell, quotes.get(cell.cell_id))
        for claim in claims
        for cell in _cells(judge(claim.expression, grid), cells_shown)
    ]


def _verdict(claim: Claim, outcome: Outcome, grid: Grid, names: Names) -> ClaimVerdict:
    unknown = _with(None, outcome)
    return ClaimVerdict(
        claim_id=claim.id,
        statement=claim.statement,
        verdict=verdict_of(outcome),
        holds_for=" ".join(_with(True, outcome)),
        fails_for=" ".join(_with(False, outcome)),
        undecided_for=" ".join(code for code in unknown if code in grid.cells),
        not_in_corpus=" ".join(code for code in unknown if code not in grid.cells),
        explanation=explain(outcome, grid, names),
        source=claim.source,
        place=claim.place,
        rule=claim.rule,
    )


def verdict_of(outcome: Outcome) -> str:
    """Return the word for an outcome."""
    if outcome.truth is None:
        return "undecided"
    if outcome.truth:
        return "holds"
    return "holds_in_part" if outcome.part else "fails"


def _with(truth: Truth, outcome: Outcome) -> list[str]:
    return sorted(code for code, own in outcome.countries.items() if own is truth)


def _cells(outcome: Outcome, most: int) -> Iterator[Cell]:
    """Yield the cells that an outcome rests on, each once; of countries held against only those that are found."""
    seen: set[str] = set()
    for statement, readings in outcome.readings:
        for reading in readings:
            for cell in _shown(statement, reading, most):
                if cell.cell_id not in seen:
                    seen.add(cell.cell_id)
                    yield cell


def _shown(statement: Quantified, reading: Reading, most: int) -> Sequence[Cell]:
    if not reading.named and not reading.found:
        return ()
    return reading.cells[: max(most, statement.selection.at_least)]


def _evidence(claim: Claim, cell: Cell, quote: Evidence | None) -> ClaimEvidence:
    return ClaimEvidence(
        claim_id=claim.id,
        cell_id=cell.cell_id,
        country=cell.country,
        concept=cell.concept,
        status=cell.status,
        document_id=quote.document_id if quote else "",
        page_number=quote.page_number if quote else None,
        page_label=quote.page_label if quote else "",
        start=quote.start if quote else None,
        end=quote.end if quote else None,
        quote=quote.quote if quote else "",
    )
