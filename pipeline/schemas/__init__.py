"""The rows that the layers hand to each other: frozen dataclasses that check themselves.

Conventions that hold everywhere:

- ``page_number`` is 1-based and counts the pages of the file; ``page_label`` is what is printed on the page.
- ``start`` and ``end`` are half-open character offsets into ``Page.text``, which is never edited after extraction.
- Lengths are PDF points with the origin at the top left of the page as it is displayed.
- Languages are BCP 47 codes ("en", "ja"); countries are ISO 3166-1 alpha-3, with EUU for the European Union.

This module imports the standard library only.
"""

from pipeline.schemas.agreement import AgreementSummary, ComparedEntry, TableFault
from pipeline.schemas.catalogue import (
    COLUMN_TYPES,
    CodeLine,
    CodeSystem,
    Column,
    ConceptLine,
    CountryLine,
    TableEntry,
)
from pipeline.schemas.changes import CAUSES, CHANGES, QUOTE_EFFECTS, Change, Ground, Part
from pipeline.schemas.claims import ClaimEvidence, ClaimVerdict, Finding
from pipeline.schemas.decisions import VERDICTS, Decision, DecisionReview
from pipeline.schemas.findings import Cell, Coverage, DocumentConcept, Evidence, Mention
from pipeline.schemas.instruments import INSTRUMENT_KINDS, InstrumentEvidence, InstrumentTie, InstrumentUse
from pipeline.schemas.money import Money, MoneyWords, YearWords, shown
from pipeline.schemas.texts import Document, Line, Page, Passage, Reading
from pipeline.schemas.ties import (
    VIEWS,
    WINDOWS,
    Fusion,
    FusionCheck,
    FusionNode,
    FusionTie,
    FusionWords,
    Tie,
    TieEvidence,
)
from pipeline.schemas.timeline import (
    EDITION_CHANGES,
    NO_LEVEL,
    Appearance,
    EditionChange,
    Period,
    PeriodCell,
    TimelineEvidence,
    check_periods,
)
from pipeline.schemas.topics import (
    NO_TOPIC,
    PassageTopic,
    Suggestion,
    Theme,
    ThemeShare,
    Topic,
    TopicConcept,
    TopicEvent,
)
from pipeline.schemas.vocabulary import Concept, Context, Cue, Language, Term, Vocabulary
from pipeline.schemas.words import (
    CELL_STATUSES,
    CONCEPT_KINDS,
    COUNTER_KINDS,
    CUE_KINDS,
    DOCUMENT_KINDS,
    DOCUMENT_LEVELS,
    DOCUMENT_STATUSES,
    LEVELS,
    LINE_ROLES,
    PAGE_STATUSES,
    PASSAGE_KINDS,
    THEME_KINDS,
    ZONES,
    column_names,
    content_id,
    is_day,
)

__all__ = [
    "CAUSES",
    "CELL_STATUSES",
    "CHANGES",
    "COLUMN_TYPES",
    "CONCEPT_KINDS",
    "COUNTER_KINDS",
    "CUE_KINDS",
    "DOCUMENT_KINDS",
    "DOCUMENT_LEVELS",
    "DOCUMENT_STATUSES",
    "EDITION_CHANGES",
    "INSTRUMENT_KINDS",
    "LEVELS",
    "LINE_ROLES",
    "NO_LEVEL",
    "NO_TOPIC",
    "PAGE_STATUSES",
    "PASSAGE_KINDS",
    "QUOTE_EFFECTS",
    "THEME_KINDS",
    "VERDICTS",
    "VIEWS",
    "WINDOWS",
    "ZONES",
    "AgreementSummary",
    "Appearance",
    "Cell",
    "Change",
    "ClaimEvidence",
    "ClaimVerdict",
    "CodeLine",
    "CodeSystem",
    "Column",
    "ComparedEntry",
    "Concept",
    "ConceptLine",
    "Context",
    "CountryLine",
    "Coverage",
    "Cue",
    "Decision",
    "DecisionReview",
    "Document",
    "DocumentConcept",
    "EditionChange",
    "Evidence",
    "Finding",
    "Fusion",
    "FusionCheck",
    "FusionNode",
    "FusionTie",
    "FusionWords",
    "Ground",
    "InstrumentEvidence",
    "InstrumentTie",
    "InstrumentUse",
    "Language",
    "Line",
    "Mention",
    "Money",
    "MoneyWords",
    "Page",
    "Part",
    "Passage",
    "PassageTopic",
    "Period",
    "PeriodCell",
    "Reading",
    "Suggestion",
    "TableEntry",
    "TableFault",
    "Term",
    "Theme",
    "ThemeShare",
    "Tie",
    "TieEvidence",
    "TimelineEvidence",
    "Topic",
    "TopicConcept",
    "TopicEvent",
    "Vocabulary",
    "YearWords",
    "check_periods",
    "column_names",
    "content_id",
    "is_day",
    "shown",
]
