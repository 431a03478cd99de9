"""The rows that the layers hand to each other: frozen dataclasses that check themselves.

Conventions that hold everywhere:

- ``page_number`` is 1-based and counts the pages of the file; ``page_label`` is what is printed on the page.
- ``start`` and ``end`` are half-open character offsets into ``Page.text``, which is never edited after extraction.
- Lengths are PDF points with the origin at the top left of the page as it is displayed.
- Languages are BCP 47 codes ("en", "ja"); countries are ISO 3166-1 alpha-3, with EUU for the European Union.

This module imports the standard library only.
"""

from pipeline.schemas.changes import CAUSES, CHANGES, QUOTE_EFFECTS, Change, Ground, Part
from pipeline.schemas.findings import Cell, Coverage, DocumentConcept, Evidence, Mention
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
)

__all__ = [
    "CAUSES",
    "CELL_STATUSES",
    "CHANGES",
    "CONCEPT_KINDS",
    "COUNTER_KINDS",
    "CUE_KINDS",
    "DOCUMENT_KINDS",
    "DOCUMENT_LEVELS",
    "DOCUMENT_STATUSES",
    "LEVELS",
    "LINE_ROLES",
    "NO_TOPIC",
    "PAGE_STATUSES",
    "PASSAGE_KINDS",
    "QUOTE_EFFECTS",
    "THEME_KINDS",
    "VIEWS",
    "WINDOWS",
    "ZONES",
    "Cell",
    "Change",
    "Concept",
    "Context",
    "Coverage",
    "Cue",
    "Document",
    "DocumentConcept",
    "Evidence",
    "Fusion",
    "FusionCheck",
    "FusionNode",
    "FusionTie",
    "FusionWords",
    "Ground",
    "Language",
    "Line",
    "Mention",
    "Money",
    "MoneyWords",
    "Page",
    "Part",
    "Passage",
    "PassageTopic",
    "Reading",
    "Suggestion",
    "Term",
    "Theme",
    "ThemeShare",
    "Tie",
    "TieEvidence",
    "Topic",
    "TopicConcept",
    "TopicEvent",
    "Vocabulary",
    "YearWords",
    "column_names",
    "content_id",
    "shown",
]
