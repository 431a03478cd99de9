"""Runs the checks and says what they found: rows of audit.csv, and the figures of audit.json."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.audit import cells, citing, comparison, evidence, matrices, places, register, times
from pipeline.audit.corpus import Corpus, Place, Row, place_of
from pipeline.audit.faults import Looked, faulty
from pipeline.audit.places import placed_rows, row_name
from pipeline.audit.quotes import Finding, Quote
from pipeline.schemas.audit import AuditFault

QUOTES = "quotes"
_SEVERAL = 3  # quotes of one document that have to be lost before its own share of them tells something
CHECKS: Mapping[str, Callable[[Corpus], Looked]] = {
    "files": register.check_files,
    "coverage": register.check_coverage,
    "offsets": places.check_offsets,
    "slices": places.check_slices,
    "zones": places.check_zones,
    "languages": places.check_languages,
    "grid": cells.check_grid,
    "statuses": cells.check_statuses,
    "counts": cells.check_counts,
    "levels": cells.check_levels,
    "evidence_of_cells": evidence.check_evidence_of_cells,
    "evidence_rows": evidence.check_evidence_rows,
    "decisions": evidence.check_decisions,
    "comparisons": comparison.check_comparisons,
    "ties": matrices.check_ties,
    "instruments": matrices.check_instruments,
    "matrices": matrices.check_matrices,
    "nodes": matrices.check_nodes,
    "periods": times.check_periods,
    "timeline": times.check_timeline,
    "editions": times.check_editions,
    "cited": citing.check_cited,
    "verdicts": citing.check_verdicts,
    "package": register.check_package,
}


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found: the faults in order, and how many rows each check looked at (0: its tables are not there).

    ``quotes`` counts different quotes, ``found`` those that another extractor finds on their pages.
    """

    faults: tuple[AuditFault, ...]
    looked_at: Mapping[str, int]
    quotes: int
    found: int

    @property
    def failing(self) -> list[AuditFault]:
        """The faults that make the audit fail."""
        return [fault for fault in self.faults if fault.severity == "fault"]


def list_quotes(corpus: Corpus) -> dict[str, list[Quote]]:
    """Return the different quotes of all tables by document, sorted."""
    found: dict[str, set[Quote]] = defaultdict(set)
    for _, row in placed_rows(corpus, quoted=True):
        found[row["document_id"]].add(_quote_of(row))
    return {document: sorted(quotes) for document, quotes in sorted(found.items())}


def audit_corpus(
    corpus: Corpus,
    findings: Mapping[str, Sequence[Finding]],
    given_up: Mapping[str, str],
    *,
    least_found: float,
    least_of_document: float,
) -> Audit:
    """Return what all checks find.

    ``findings`` has for each document what became of its quotes, ``given_up`` a sentence for each that could not be
    opened again. Fewer quotes that are found again than the share ``least_found`` of all, or ``least_of_document`` of
    one document's, are a fault.
    """
    faults: list[AuditFault] = []
    looked_at = {}
    for name, check in CHECKS.items():
        looked = list(check(corpus))
        looked_at[name] = len(looked)
        faults += [replace(fault, check=name) for fault in looked if fault is not None]
    known = {(document, one.quote): one for document, found in findings.items() for one in found}
    quoted = list(placed_rows(corpus, quoted=True))
    looked_at[QUOTES] = len(quoted)
    faults += [replace(fault, check=QUOTES) for fault in _quote_faults(quoted, known, given_up)]
    total = len({(row["document_id"], _quote_of(row)) for _, row in quoted})
    found = sum(map(_is_found, known.values()))
    faults += [replace(fault, check=QUOTES) for fault in _share_faults(findings, least_found, least_of_document)]
    return Audit(tuple(sorted(faults, key=_order)), looked_at, total, found)


def _is_found(finding: Finding) -> bool:
    return finding.found_on == finding.quote.page_number


def _share_faults(
    findings: Mapping[str, Sequence[Finding]], least: float, least_of_document: float
) -> Iterator[AuditFault]:
    """Yield a fault where too few quotes are found: of all, or of a document of which more than a few are not."""
    everything = [one for found in findings.values() for one in found]
    if (found := sum(map(_is_found, everything))) < least * len(everything):
        sentence = f"{found} of {len(everything)} quotes stand on their pages by another extractor"
        yield faulty("evidence.csv", "all quotes", f"{sentence}; expected {least:.2%} (audit.least_found)")
    for document, own in findings.items():
        found = sum(map(_is_found, own))
        if len(own) - found >= _SEVERAL and found < least_of_document * len(own):
            sentence = f"{found} of {len(own)} quotes stand on its pages by another extractor"
            yield faulty(
                "sources.csv", document, f"{sentence}; it may not be the document that the tables were made from"
            )


def _quote_faults(
    quoted: Iterable[tuple[str, Row]], known: Mapping[tuple[str, Quote], Finding], given_up: Mapping[str, str]
) -> Iterator[AuditFault]:
    for table, row in quoted:
        document, place = row["document_id"], place_of(row)
        one = known.get((document, _quote_of(row)))
        if one is None:
            why = given_up.get(document, "the register has no such document")
            yield faulty(table, row_name(table, row), f"{document} could not be opened again: {why}", place=place)
        elif one.found_on != place[1]:
            yield _unfound(table, row, one, place)


def _unfound(table: str, row: Row, one: Finding, place: Place) -> AuditFault:
    document, number = place[:2]
    name = row_name(table, row)
    if not one.page_there:
        return faulty(table, name, f"{document} has no page {row['page_number']}", place=place)
    if one.found_on is not None:
        sentence = f"its quote stands on page {one.found_on} of {document}, and not on page {number}"
        return faulty(table, name, sentence, place=place)
    sentence = f"no other extractor finds its quote on page {number} of {document} or on the pages around it"
    return faulty(table, name, sentence, place=place, severity="noted")


def summarise(audit: Audit) -> dict[str, Any]:
    """Return the figures of audit.json: what was checked and found, in all and by check."""
    by_check = {
        name: {
            "rows": rows,
            "faults": sum(fault.check == name for fault in audit.failing),
        }
        for name, rows in audit.looked_at.items()
    }
    return {
        "checks": sum(rows > 0 for rows in audit.looked_at.values()),
        "rows": sum(audit.looked_at.values()),
        "faults": len(audit.failing),
        "noted": len(audit.faults) - len(audit.failing),
        "quotes": audit.quotes,
        "quotes_found": audit.found,
        "share_found": round(audit.found / audit.quotes, 4) if audit.quotes else None,
        "by_check": by_check,
    }


def _quote_of(row: Row) -> Quote:
    return Quote(place_of(row)[1], row["quote"])


def _order(fault: AuditFault) -> tuple[bool, list[str], str, str, str]:
    return fault.severity != "fault", [fault.table], fault.check, fault.row, fault.sentence
