"""Claims about what countries target, as set logic over cells; what became of them; and findings made from cells."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.schemas.words import CELL_STATUSES, check_choice, check_span

ALL_READ = "all-read"
QUANTIFIERS = ("all", "some", "none", "only", "especially")
CONNECTIVES = ("and", "or", "not")
MEASURES: tuple[str, str] = ("share", "number")
VERDICTS = ("holds", "holds_in_part", "fails", "undecided")
FINDING_KINDS = ("shared", "alone", "divides", "rose", "fell")


@dataclass(frozen=True, slots=True)
class Selection:
    """Some concepts, as a claim selects them.

    ``concepts`` are ids of the register, sorted; ``column`` narrows them to cells that stand in that column, and is
    empty where any will do. A country meets the selection when it targets ``at_least`` so many. ``text`` is as written.
    """

    concepts: tuple[str, ...]
    column: str = ""
    at_least: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Quantified:
    """A statement on what some countries target (or ``mention``): models/claims.yaml explains the quantifiers.

    ``countries`` are codes, or only ``all-read``; ``among`` are those that "only" and "especially" hold them against.
    ``more_than`` is what each country must target fewer of; ``by`` is what "especially" compares.
    """

    quantifier: str
    countries: tuple[str, ...]
    selection: Selection
    mention: bool = False
    among: tuple[str, ...] = ()
    more_than: Selection | None = None
    by: str = "share"

    def __post_init__(self) -> None:
        check_choice(self, "quantifier", QUANTIFIERS)
        check_choice(self, "by", MEASURES)


@dataclass(frozen=True, slots=True)
class Combined:
    """Statements joined by "and" or "or", or one that "not" turns round."""

    connective: str
    parts: tuple[Expression, ...]

    def __post_init__(self) -> None:
        check_choice(self, "connective", CONNECTIVES)


Expression = Quantified | Combined


@dataclass(frozen=True, slots=True)
class ClaimSource:
    """Who makes claims: a name, how to cite it, and the file of the table it printed (empty where there is none)."""

    id: str
    citation: str
    table: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of ``models/claims.yaml``: in a sentence, and as an expression (``rule`` is the expression as text)."""

    id: str
    statement: str
    source: str
    place: str
    expression: Expression
    rule: str


@dataclass(frozen=True, slots=True)
class Claims:
    """What ``models/claims.yaml`` holds."""

    claims: tuple[Claim, ...]
    sources: tuple[ClaimSource, ...]


@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """What the cells say of one claim: one line of ``claims.csv``.

    Countries are codes joined by spaces: those for which the claim holds, for which it fails, for which nothing that
    could decide was read, and those that are not in this corpus at all.
    """

    claim_id: str
    statement: str
    verdict: str
    holds_for: str
    fails_for: str
    undecided_for: str
    not_in_corpus: str
    explanation: str
    source: str
    place: str
    rule: str

    def __post_init__(self) -> None:
        check_choice(self, "verdict", VERDICTS)


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """One cell that a verdict rests on, with its best quote: one line of ``claims_evidence.csv``.

    ``page_number`` is 1-based and counts the file's pages; ``start`` and ``end`` are offsets into ``Page.text``. They
    are None, and the texts empty, for a cell without quotes: its ``status`` says whether it was read.
    """

    claim_id: str
    cell_id: str
    country: str
    concept: str
    status: str
    document_id: str
    page_number: int | None
    page_label: str
    start: int | None
    end: int | None
    quote: str

    def __post_init__(self) -> None:
        check_choice(self, "status", CELL_STATUSES)
        if self.start is not None and self.end is not None:
            check_span(self, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence made from cells, the most telling first: one line of ``findings.csv``.

    ``score`` is ``bits`` (how improbable the pattern is) times ``strength`` (how salient its cells are, 0 to 1).
    ``countries`` are those that the sentence is about, ``others`` those held against them, ``cells`` the ids of the
    cells that show it; all joined by spaces.
    """

    rank: int
    finding_id: str
    kind: str
    sentence: str
    score: float
    bits: float
    strength: float
    countries: str
    others: str
    concepts: str
    cells: str

    def __post_init__(self) -> None:
        check_choice(self, "kind", FINDING_KINDS)
