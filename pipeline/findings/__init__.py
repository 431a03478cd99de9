"""From cells to statements: verdicts on claims, and findings that are made from the cells alone."""

from pipeline.findings.claims import claims_evidence, judge_claims
from pipeline.findings.generating import find_findings
from pipeline.findings.grid import Grid, make_grid
from pipeline.findings.rendering import render_findings

__all__ = ["Grid", "claims_evidence", "find_findings", "judge_claims", "make_grid", "render_findings"]
