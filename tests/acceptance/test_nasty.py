"""Files that break readers: each costs itself, gets the right status, and nothing hangs."""

from pathlib import Path

import pytest

from tests.acceptance.conftest import Run, run_corpus

EXPECTED = {
    "encrypted-open-password-known": "encrypted",
    "encrypted-open-password-unknown": "encrypted",
    "encrypted-permissions-only": "read",
    "not-a-pdf-44-bytes": "not_a_document",
    "empty-0-bytes": "not_a_document",
    "truncated-one-byte-missing": "read",
    "broken-fonts-cid-south-africa-mtbps-2025": "partly_read",
    "font-no-mapping-truetype": "partly_read",
    "font-no-mapping-type3": "partly_read",
    "mixed-scanned-and-text-6pages": "partly_read",
    "outlined-text-tamil-infographic": "partly_read",
    "scanned-elsalvador-decreto57-es": "partly_read",
    "scanned-french-page": "partly_read",
    "scanned-rotations-4pages": "partly_read",
    "multicolumn-3col-federal-register-15pages": "read",
    "duplicated-glyphs-20pages-fr": "read",
}


@pytest.fixture(scope="module")
def nasty(nasty_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run them once."""
    return run_corpus(nasty_corpus, tmp_path_factory.mktemp("nasty-out"))


def test_every_file_has_a_status_and_a_sentence(nasty: Run, nasty_corpus: Path) -> None:
    coverage = {row["document_id"]: row for row in nasty.rows("coverage.csv")}
    assert len(coverage) == len(list((nasty_corpus / "pdf").iterdir()))
    found = {name: coverage[name]["status"] for name in EXPECTED}
    assert found == EXPECTED
    for row in coverage.values():
        assert row["status"] == "read" or row["reason"], row["document_id"]


def test_it_takes_no_longer_than_it_should(nasty: Run) -> None:
    assert nasty.seconds < 240
    assert nasty.megabytes < 2000


def test_scans_are_pages_without_text_and_nothing_is_quoted_from_them(nasty: Run) -> None:
    coverage = {row["document_id"]: row for row in nasty.rows("coverage.csv")}
    assert coverage["scanned-rotations-4pages"]["pages_no_text"] == "4"
    assert coverage["mixed-scanned-and-text-6pages"]["pages_no_text"] == "5"
    assert int(coverage["broken-fonts-cid-south-africa-mtbps-2025"]["pages_garbled"]) > 20
    quoted = {row["document_id"] for row in nasty.rows("evidence.csv")}
    assert not {name for name in quoted if name.startswith(("scanned", "outlined", "font-no-mapping"))}
