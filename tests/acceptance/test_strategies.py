"""The real strategies through the whole run, as the issue of a first comparison table demands."""

import csv
import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import pdfplumber
import pytest

from tests.acceptance.conftest import CORPUS, Run, letters, run_corpus

REGISTER = list(csv.DictReader((CORPUS / "sources.csv").open(encoding="utf-8"))) if CORPUS.is_dir() else []
FILES = {row["id"]: CORPUS / row["file"] for row in REGISTER}


def test_every_document_has_a_coverage_row_and_every_country_its_cells(strategies: Run) -> None:
    coverage = strategies.rows("coverage.csv")
    assert {row["document_id"] for row in coverage} == set(FILES)
    assert Counter(row["status"] for row in coverage)["read"] >= 50
    cells = strategies.rows("cells.csv")
    countries = {row["country"] for row in REGISTER}
    assert {row["country"] for row in cells} == countries
    assert len(cells) == 96 * len(countries)
    targeted = {row["country"] for row in cells if row["status"] == "targeted"}
    assert {"AUS", "DEU", "FRA", "GBR", "JPN", "NLD"} <= targeted


def test_the_run_stays_in_its_bounds(strategies: Run) -> None:
    assert strategies.seconds < 300
    assert strategies.megabytes < 2000


def test_documents_in_other_languages_say_so(strategies: Run) -> None:
    status = {row["document_id"]: row["status"] for row in strategies.rows("coverage.csv")}
    assert status["sgp-2024-digital-enterprise-blueprint-infographic-ms"] == "unsupported_language"
    assert status["sgp-2024-digital-enterprise-blueprint-infographic-ta"] != "read"
    assert status["zaf-2025-medium-term-budget-policy-statement"] == "partly_read"


@cache
def other_text(path: Path, page: int) -> list[str]:
    """Return a page's letters by extractors that had no part in the run (files of text have themselves only)."""
    if path.suffix == ".txt":
        return [letters(path.read_text(encoding="utf-8", errors="replace"))]
    texts = []
    if shutil.which("pdftotext"):
        command = ["pdftotext", "-f", str(page), "-l", str(page), str(path), "-"]
        texts.append(
            letters(subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace"))
        )
    return texts


@cache
def slow_text(path: Path, page: int) -> str:
    """Return a page's letters by pdfplumber, which takes its time."""
    with pdfplumber.open(path, pages=[page]) as document:
        return letters(document.pages[0].extract_text() or "")


def stands(row: dict[str, str]) -> bool:
    """Say whether the quote's letters and digits stand on its page according to another extractor."""
    path, page, quote = FILES[row["document_id"]], int(row["page_number"]), letters(row["quote"])
    if any(quote in text for text in other_text(path, page)):
        return True
    return path.suffix == ".pdf" and quote in slow_text(path, page)


def test_quotes_stand_on_their_pages_according_to_another_extractor(strategies: Run) -> None:
    rows = strategies.rows("evidence.csv")
    lost = [row for row in rows if not stands(row)]
    print(f"{len(rows) - len(lost)} of {len(rows)} quotes found again")
    for row in lost[:20]:
        print(row["document_id"], row["page_number"], row["quote"])
    assert len(rows) > 1000
    assert len(lost) <= 0.005 * len(rows)


def test_no_text_of_garbled_pages_reaches_a_table(strategies: Run) -> None:
    from pipeline.schemas import Page
    from pipeline.storage import read_rows

    pages = read_rows(strategies.out / "pages" / "zaf-2025-medium-term-budget-policy-statement.parquet", Page)
    garbled = {page.page_number for page in pages if page.status == "garbled"}
    assert len(garbled) > 20
    quoted = {
        int(row["page_number"])
        for row in strategies.rows("evidence.csv")
        if row["document_id"] == "zaf-2025-medium-term-budget-policy-statement"
    }
    assert not garbled & quoted


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy a handful of short real documents into a corpus that a test may change."""
    folder = tmp_path_factory.mktemp("few")
    chosen = [row for row in REGISTER if row["file"].endswith(".pdf")][:40]
    chosen = sorted(chosen, key=lambda row: (CORPUS / row["file"]).stat().st_size)[:6]
    for row in chosen:
        (folder / row["file"]).parent.mkdir(exist_ok=True)
        shutil.copy(CORPUS / row["file"], folder / row["file"])
    write_register(folder, chosen)
    return folder


def write_register(folder: Path, rows: list[dict[str, str]]) -> None:
    """Write a register of some rows."""
    with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_one_more_document_reads_one_and_one_less_takes_its_rows(few: Path, tmp_path: Path) -> None:
    rows = list(csv.DictReader((few / "sources.csv").open(encoding="utf-8")))
    write_register(few, rows[1:])
    assert "pages: 5 worked on, 0 unchanged, 0 removed" in run_corpus(few, tmp_path).printed
    write_register(few, rows)
    assert "pages: 1 worked on, 5 unchanged, 0 removed" in run_corpus(few, tmp_path).printed
    assert "pages: 0 worked on, 6 unchanged, 0 removed" in run_corpus(few, tmp_path).printed
    write_register(few, rows[1:])
    less = run_corpus(few, tmp_path)
    assert "pages: 0 worked on, 5 unchanged, 1 removed" in less.printed
    for name in ("evidence.csv", "documents.csv", "coverage.csv"):
        assert rows[0]["id"] not in {row["document_id"] for row in less.rows(name)}
    write_register(few, rows)


def test_one_or_two_workers_give_the_same_bytes(few: Path, tmp_path: Path) -> None:
    one, two = run_corpus(few, tmp_path / "one", workers=1), run_corpus(few, tmp_path / "two", workers=2)
    names = sorted(path.name for path in (one.out / "tables").iterdir())
    assert len(names) >= 8
    for name in names:
        assert (one.out / "tables" / name).read_bytes() == (two.out / "tables" / name).read_bytes(), name
