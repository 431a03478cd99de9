"""Verdicts and findings as files: CSV for programs, Markdown for reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.findings.wording import listed
from pipeline.schemas import Evidence
from pipeline.schemas.claims import ClaimEvidence, ClaimSource, ClaimVerdict, Finding
from pipeline.schemas.delimited import encode, rows_csv

SHOWN = 40  # findings in the page; the table has all
_CITED = 3  # places named for a finding
_TITLES = {
    "shared": "What is shared",
    "alone": "What one or two target alone",
    "divides": "What groups of countries divide on",
    "rose": "What rose",
    "fell": "What fell",
}
_COUNTED = {"holds": "hold", "holds_in_part": "hold in part", "fails": "fail", "undecided": "undecided"}
_HOW_TO_READ = (
    "Made from cells.csv; the places are those of each cell's best quote (evidence.csv). What was read of a country "
    "decides what it can be seen to target: see coverage.csv before citing a finding. The European Union counts as a "
    "country. The score is how improbable a pattern is (bits), times how salient its cells are."
)


def render_findings(
    verdicts: Sequence[ClaimVerdict],
    evidence: Sequence[ClaimEvidence],
    findings: Sequence[Finding],
    *,
    sources: Sequence[ClaimSource],
    quotes: Mapping[str, Evidence],
    notes: Sequence[str] = (),
    shown: int = SHOWN,
) -> dict[str, bytes]:
    """Turn the rows into files: a mapping of file names to contents, the same bytes on any machine.

    ``quotes`` leads from a cell's id to its best evidence; ``notes`` are sentences on what could not be done.
    """
    page = [*_findings_page(findings[:shown], quotes, notes), *_claims_page(verdicts, sources)]
    return {
        "claims.csv": rows_csv(ClaimVerdict, verdicts),
        "claims_evidence.csv": rows_csv(ClaimEvidence, evidence),
        "findings.csv": rows_csv(Finding, findings),
        "findings.md": encode("\n".join(page) + "\n"),
    }


def _findings_page(findings: Sequence[Finding], quotes: Mapping[str, Evidence], notes: Sequence[str]) -> list[str]:
    lines = ["# Findings", "", _HOW_TO_READ, *(line for note in notes for line in ("", note))]
    for kind, title in _TITLES.items():
        own = [finding for finding in findings if finding.kind == kind]
        if own:
            lines += ["", f"## {title}", ""]
            lines += [f"- {_safe(finding.sentence)} {_places(finding, quotes)}".rstrip() for finding in own]
    return lines


def _places(finding: Finding, quotes: Mapping[str, Evidence]) -> str:
    """Return where the first cells of a finding have their best quotes, in brackets."""
    found = [quotes[cell] for cell in finding.cells.split() if cell in quotes]
    places = [f"{quote.document_id}, page {quote.page_number}" for quote in found[:_CITED]]
    more = f"; and {len(found) - _CITED} more" if len(found) > _CITED else ""
    return f"[{'; '.join(places)}{more}; score {finding.score:.1f}]" if places else f"[score {finding.score:.1f}]"


def _claims_page(verdicts: Sequence[ClaimVerdict], sources: Sequence[ClaimSource]) -> list[str]:
    """Return the claims, each with its verdict and the sentences that explain it, by who makes them."""
    lines = ["", "# Claims"]
    for source in sources:
        own = [verdict for verdict in verdicts if verdict.source == source.id]
        counts = [f"{sum(row.verdict == word for row in own)} {said}" for word, said in _COUNTED.items()]
        lines += ["", f"## {_safe(source.citation)}", "", f"{len(own)} claims: {listed(counts)}.", ""]
        lines += [
            f"- **{row.verdict.replace('_', ' ')}**: {_safe(row.statement)} {_safe(row.explanation)} (`{row.claim_id}`)"
            for row in own
        ]
    return lines


def _safe(text: str) -> str:
    """Return a text without what Markdown would take for tags or tables."""
    return " ".join(text.replace("<", "&lt;").replace("|", "\\|").split())
