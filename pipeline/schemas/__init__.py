"""The rows that the layers hand to each other: frozen dataclasses that check themselves.

Conventions that hold everywhere:

- ``page_number`` is 1-based and counts the pages of the file; ``page_label`` is what is printed on the page.
- ``start`` and ``end`` are half-open character offsets into ``Page.text``, which is never edited after extraction.
- Lengths are PDF points with the origin at the top left of the page as it is displayed.
- Languages are BCP 47 codes ("en", "ja"); countries are ISO 3166-1 alpha-3, with EUU for the European Union.

This module imports the standard library only.
"""

from pipeline.schemas.figures import (
    DIRECTIONS,
    FIGURE_KINDS,
    FIGURE_SOURCES,
    HEADS,
    MONEY,
    Figure,
    FigureRules,
    FigureWords,
    Quantity,
)
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
    "CELL_STATUSES",
    "CONCEPT_KINDS",
    "COUNTER_KINDS",
    "CUE_KINDS",
    "DIRECTIONS",
    "DOCUMENT_KINDS",
    "DOCUMENT_LEVELS",
    "DOCUMENT_STATUSES",
    "FIGURE_KINDS",
    "FIGURE_SOURCES",
    "HEADS",
    "LEVELS",
    "LINE_ROLES",
    "MONEY",
    "NO_TOPIC",
    "PAGE_STATUSES",
    "PASSAGE_KINDS",
    "THEME_KINDS",
    "VIEWS",
    "WINDOWS",
    "ZONES",
    "Cell",
    "Concept",
    "Context",
    "Coverage",
    "Cue",
    "Document",
    "DocumentConcept",
    "Evidence",
    "Figure",
    "FigureRules",
    "FigureWords",
    "Fusion",
    "FusionCheck",
    "FusionNode",
    "FusionTie",
    "FusionWords",
    "Language",
    "Line",
    "Mention",
    "Money",
    "MoneyWords",
    "Page",
    "Passage",
    "PassageTopic",
    "Quantity",
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
