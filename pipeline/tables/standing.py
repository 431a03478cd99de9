"""What each document of a register can decide: read or not, in force or superseded, strategy or other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.schemas import Coverage, Document

# Audits, laws and reports of committees: they inform a cell, but a strategy has to make it.
INFORMING_KIND = "other"


@dataclass(frozen=True, slots=True)
class Standing:
    """One document with its coverage: whether it can be evidence, and the document that was read in its place."""

    document: Document
    coverage: Coverage
    read: bool
    superseded_by: str

    @property
    def informs(self) -> bool:
        """Say whether the document is no strategy: an audit, a law, a report."""
        return self.document.kind == INFORMING_KIND

    @property
    def decides(self) -> bool:
        """Say whether the document can make a cell targeted: a strategy in force that was read."""
        return self.read and not self.superseded_by and not self.informs


def judge_documents(documents: Sequence[Document], coverage: Sequence[Coverage]) -> dict[str, Standing]:
    """Return each document's standing by id, sorted; a register row without coverage is a fault.

    A document counts as read when at least one of its passages was counted: a file that gave no text, or none in
    a language with terms, must not look like one in which nothing was found. A document is superseded only by one
    that was read, directly or along a line of editions.
    """
    covered = {row.document_id: row for row in coverage}
    missing = sorted({document.id for document in documents} ^ set(covered))
    if missing:
        raise ValueError(
            f"register and coverage differ on {', '.join(missing)}; expected one row of coverage for each document"
        )
    read = {name for name, row in covered.items() if _was_read(row)}
    earlier = {document.id: document.supersedes for document in documents}
    superseded: dict[str, str] = {}
    for newer in sorted(read, key=lambda name: (covered[name].year, name)):
        older = earlier[newer]
        while older and older != newer and superseded.get(older) != newer:
            superseded[older] = newer
            older = earlier.get(older, "")
    return {
        document.id: Standing(document, covered[document.id], document.id in read, superseded.get(document.id, ""))
        for document in sorted(documents, key=lambda document: document.id)
    }


def _was_read(coverage: Coverage) -> bool:
    return coverage.status in ("read", "partly_read") and coverage.passages_counted > 0
