"""The words that columns may hold, and the checks and ids that all rows share."""

from __future__ import annotations

import hashlib
import re
from dataclasses import fields
from datetime import date

DOCUMENT_KINDS = ("industrial-strategy", "technology-strategy", "sector-strategy", "other")
DOCUMENT_STATUSES = (
    "read",
    "partly_read",
    "not_fetched",
    "encrypted",
    "damaged",
    "not_a_document",
    "unsupported_language",
)
PAGE_STATUSES = ("ok", "empty", "no_text", "garbled", "left_out")
LINE_ROLES = ("text", "heading", "list_item", "table_row", "furniture")
PASSAGE_KINDS = ("heading", "paragraph", "list_item", "table_row", "footnote")
ZONES = ("body", "furniture", "contents", "references", "imprint")
LEVELS = ("targeted", "mentioned")
DOCUMENT_LEVELS = ("core", "supported", "mentioned")
CELL_STATUSES = ("targeted", "mentioned", "read_none_found", "not_read", "rejected")
CONCEPT_KINDS = ("technology", "sector", "instrument", "readiness")
THEME_KINDS = ("technology", "sector", "instrument", "governance")
# Cues that a sentence commits its issuer to what it names, and cues that speak against it; models/cues explains them.
CUE_KINDS = ("issuer", "intent", "action", "done", "programme", "priority", "plan", "funding", "regulation")
COUNTER_KINDS = ("possibility", "context", "voice", "others", "negation", "past")


def content_id(*parts: object) -> str:
    """Return a 12-digit hexadecimal id that depends on the parts alone, so that it is the same on any machine."""
    joined = "\x1f".join(map(str, parts))
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def check_choice(row: object, name: str, allowed: tuple[str, ...]) -> None:
    """Raise a ValueError unless the row's field has one of the allowed values."""
    value = getattr(row, name)
    if value not in allowed:
        raise ValueError(f"{type(row).__name__}.{name} is {value!r}; expected one of {', '.join(allowed)}")


def check_span(row: object, start: int, end: int) -> None:
    """Raise a ValueError unless start and end are half-open offsets."""
    if not 0 <= start <= end:
        raise ValueError(f"{type(row).__name__} has offsets {start}:{end}; expected 0 <= start <= end")


def is_day(text: str) -> bool:
    """Say whether a text is a day of the calendar written as 2024-05-01."""
    try:
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def column_names(row_type: type) -> list[str]:
    """Return the names of a row type's columns, in the order in which tables have them."""
    return [field.name for field in fields(row_type)]
