"""The whole run on the sample, as a user would start it: twice, with one worker and with two, the same bytes."""

import csv
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.changes import FILES, mark_of
from pipeline.stages.audit import TABLES as AUDIT
from pipeline.stages.changes import WRITTEN as CHANGES
from pipeline.stages.figures import TABLE as FIGURES
from pipeline.stages.findings import TABLES as FINDINGS
from pipeline.stages.instruments import TABLES as INSTRUMENTS
from pipeline.stages.package import TABLES as PACKAGE
from pipeline.stages.tables import OF_OTHER_STAGES
from pipeline.stages.ties import TABLES as TIES
from pipeline.stages.timeline import TABLES as TIMELINE

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "corpora" / "sample"
WITHOUT = ("--without", "topics")


def pipeline(*arguments: str | Path, exit_code: int = 0) -> str:
    """Run a command in a process of its own; return what it printed."""
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == exit_code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def fingerprints(folder: Path) -> dict[str, str]:
    """Return the hash of every file below a folder."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sample with one worker, topics included, into a folder of its own."""
    out = tmp_path_factory.mktemp("one")
    pipeline("run", SAMPLE, "--out", out, "--workers", 1)
    return out


def test_one_and_two_workers_give_the_same_bytes_everywhere(built: Path, tmp_path: Path) -> None:
    before = fingerprints(SAMPLE)
    pipeline("run", SAMPLE, "--out", tmp_path, "--workers", 2)
    assert fingerprints(tmp_path) == fingerprints(built)
    assert fingerprints(SAMPLE) == before


def test_a_second_run_works_on_nothing(built: Path) -> None:
    before = fingerprints(built)
    printed = pipeline("run", SAMPLE, "--out", built)
    for stage in ("pages", "passages", "mentions", "embeddings"):
        assert f"{stage}: 0 worked on, 12 unchanged, 0 removed" in printed
    assert "topics: nothing changed" in printed
    assert fingerprints(built) == before


def test_a_run_without_topics_writes_the_same_tables_and_nothing_of_topics(built: Path, tmp_path: Path) -> None:
    pipeline("run", SAMPLE, "--out", tmp_path, *WITHOUT)
    alone, whole = fingerprints(tmp_path), fingerprints(built)
    assert alone.items() <= whole.items()
    more = {name.split("/")[0] if "/tables" not in f"/{name}" else name for name in whole.keys() - alone.keys()}
    of_others = {"topic_quality.json", FIGURES, *TIES, *INSTRUMENTS, *TIMELINE, *FINDINGS, *CHANGES, *PACKAGE, *AUDIT}
    of_topics = OF_OTHER_STAGES - of_others
    assert more == {"embeddings", "topics", *(f"tables/{name}" for name in of_topics)}


def test_the_committed_tables_are_what_the_run_writes(built: Path) -> None:
    """The web page differs: it leads to the corpus from where it stands. So may the program that basis.json notes."""
    folders = (SAMPLE / "tables", built / "tables")
    committed, fresh = (
        {name: mark for name, mark in fingerprints(folder).items() if name not in OF_OTHER_STAGES} for folder in folders
    )
    assert committed.keys() == fresh.keys()
    assert {name for name in fresh if fresh[name] != committed[name]} <= {
        "basis.json", "comparison.html", "comparison.xlsx",
    }  # fmt: skip
    assert len({mark_of({name: (folder / name).read_bytes() for name in FILES}) for folder in folders}) == 1


def test_no_table_is_too_large_for_git(built: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in (built / "tables").iterdir()}
    assert sizes["comparison.xlsx"] < 500_000
    assert {name: size for name, size in sizes.items() if size > 800_000} == {}


def test_every_found_cell_opens_to_quotes_that_stand_on_their_page(built: Path) -> None:
    from pipeline.schemas import Page
    from pipeline.storage import read_rows

    cells = rows(built / "tables" / "cells.csv")
    assert len(cells) == 96 * 6
    evidence = rows(built / "tables" / "evidence.csv")
    found = {cell["cell_id"] for cell in cells if cell["status"] in ("targeted", "mentioned")}
    assert {row["cell_id"] for row in evidence} == found
    texts = {
        (page.document_id, page.page_number): page.text
        for path in (built / "pages").iterdir()
        for page in read_rows(path, Page)
    }
    for row in evidence:
        raw = texts[row["document_id"], int(row["page_number"])][int(row["start"]) : int(row["end"])]
        assert letters(raw) == letters(row["quote"])


def letters(text: str) -> str:
    """Reduce a text to letters and digits."""
    return "".join(char for char in text.casefold() if char.isalnum())


def test_the_published_table_is_recovered_from_the_briefs(built: Path) -> None:
    comparison = {row["Country"]: row for row in rows(built / "tables" / "comparison.csv")}
    assert "Additive manufacturing (3D printing)" in comparison["France"]["Additive mfg"]
    assert "Horticulture" in comparison["Netherlands"]["Strategic sectors"]
    assert "Mining and mining services" in comparison["Australia"]["Strategic sectors"]
    assert "Robotics" in comparison["Japan"]["Digital tech (ICT, IoT, M2M)"]


def test_adding_reads_one_document_and_removing_takes_its_rows(tmp_path: Path) -> None:
    corpus = tmp_path / "mine"
    source = SAMPLE / "pdf" / "gbr-2017-brief-en.pdf"
    facts = ["--corpus", corpus, "--country", "GBR", "--year", 2017, "--title", "A brief"]
    assert "added gbr-2017-a-brief (en)" in pipeline("add", source, *facts)
    assert "gbr-2017-a-brief" in pipeline("add", source, *facts, exit_code=1)
    other = SAMPLE / "html" / "nld-2015-brief-nl.html"
    assert "(nl)" in pipeline("add", other, *facts[:2], "--country", "NLD", "--year", 2015, "--title", "Een notitie")
    assert "pages: 2 worked on, 0 unchanged" in pipeline("run", corpus, *WITHOUT)
    register = (corpus / "sources.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (corpus / "sources.csv").write_text("".join(register[:2]), encoding="utf-8")
    assert "pages: 0 worked on, 1 unchanged, 1 removed" in pipeline("run", corpus, *WITHOUT)
    assert {row["country"] for row in rows(corpus / "tables" / "cells.csv")} == {"GBR"}
    assert {row["document_id"] for row in rows(corpus / "tables" / "evidence.csv")} == {"gbr-2017-a-brief"}


def test_a_document_that_is_not_there_is_a_row_and_not_an_error(tmp_path: Path) -> None:
    corpus = tmp_path / "few"
    shutil.copytree(SAMPLE, corpus, ignore=shutil.ignore_patterns("pages", "passages", "mentions", "tables", "source"))
    (corpus / "pdf" / "aus-2016-brief-en.pdf").unlink()
    (corpus / "text" / "aus-2017-review-en.txt").unlink()
    (corpus / "pdf" / "jpn-2016-brief-en.pdf").write_bytes(b"%PDF-1.7 something else")
    pipeline("run", corpus, *WITHOUT)
    coverage = {row["document_id"]: row for row in rows(corpus / "tables" / "coverage.csv")}
    assert coverage["aus-2016-brief-en"]["status"] == "not_fetched"
    assert coverage["jpn-2016-brief-en"]["status"] == "damaged"
    assert "sha256" in coverage["jpn-2016-brief-en"]["reason"]
    statuses = {row["status"] for row in rows(corpus / "tables" / "cells.csv") if row["country"] == "AUS"}
    assert statuses == {"not_read"}
