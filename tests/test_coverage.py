"""Coverage says what was read of a document and what was not."""

import pytest

from pipeline.coverage import cover_document
from pipeline.schemas import Coverage, Document

DOCUMENT = Document(
    "aus-2015-plan", "AUS", 2015, "Plan", "", "en", "industrial-strategy", "pdf/a.pdf", "", "", "", "", ""
)


def covered(**changes: object) -> Coverage:
    """Cover a document of two pages and three passages, save for the changes."""
    given = {
        "status": "read",
        "reason": "",
        "page_statuses": ["ok", "empty"],
        "passages": [("body", "en"), ("body", "fr"), ("references", "en")],
        "mentions": 4,
        "languages": ["en", "fr"],
    }
    return cover_document(DOCUMENT, **(given | changes))  # type: ignore[arg-type]


def test_pages_passages_and_languages_are_counted() -> None:
    row = covered()
    assert (row.pages, row.pages_read, row.pages_empty, row.pages_no_text, row.pages_garbled) == (2, 1, 1, 0, 0)
    assert (row.passages, row.passages_counted, row.passages_unsupported) == (3, 2, 0)
    assert (row.languages, row.mentions, row.status) == ("en:1 fr:1", 4, "read")


def test_passages_without_terms_count_as_unsupported() -> None:
    row = covered(languages=["en"])
    assert (row.passages_counted, row.passages_unsupported, row.status) == (1, 1, "read")


@pytest.mark.parametrize("status", ["read", "partly_read"])
def test_a_document_in_a_language_without_terms_says_which(status: str) -> None:
    row = covered(status=status, reason="3 of 4 pages have text", languages=["de"])
    assert row.status == "unsupported_language"
    assert "terms.en.yaml" in row.reason
    assert row.reason.startswith("3 of 4 pages have text; ")


def test_an_unread_document_keeps_its_status() -> None:
    row = covered(status="not_fetched", reason="not there", page_statuses=[], passages=[], mentions=0)
    assert (row.status, row.reason, row.pages) == ("not_fetched", "not there", 0)
