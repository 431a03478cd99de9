"""Real documents for the acceptance tests: they lie beside the repository and are never part of it."""

import csv
import hashlib
import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
CORPUS = SHARED / "corpus"
GOLD = SHARED / "gold"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip all of these tests, with the reason, where the documents are not there."""
    if not CORPUS.is_dir() or not GOLD.is_dir():
        absent = pytest.mark.skip(reason=f"the real documents and labels are not beside the repository ({SHARED})")
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(absent)


@dataclass(frozen=True)
class Run:
    """A finished run: the folder it wrote, what it printed, its seconds, and the largest process's megabytes."""

    out: Path
    printed: str
    seconds: float
    megabytes: float

    def rows(self, name: str) -> list[dict[str, str]]:
        """Return the rows of one of its tables."""
        with (self.out / "tables" / name).open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))


def run_corpus(corpus: Path, out: Path, workers: int = 2) -> Run:
    """Build a corpus as a user would; fail unless it exits with 0 and without a traceback."""
    command = [sys.executable, "-m", "pipeline", "run", str(corpus), "--out", str(out), "--workers", str(workers)]
    started = time.monotonic()
    done = subprocess.run(
        [*command, "--without", "topics"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=1500
    )
    seconds = time.monotonic() - started
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Run(out, done.stdout, seconds, peak)


@pytest.fixture(scope="session")
def strategies(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the real documents once for all tests."""
    return run_corpus(CORPUS, tmp_path_factory.mktemp("strategies"))


@pytest.fixture(scope="session")
def nasty_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a corpus of the files that break readers: a register beside links to them."""
    folder = tmp_path_factory.mktemp("nasty")
    (folder / "pdf").mkdir()
    with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as stream:
        names = "id,country,year,title,issuer,language,kind,file,url,sha256,licence,supersedes,notes".split(",")
        writer = csv.DictWriter(stream, names, restval="", lineterminator="\n")
        writer.writeheader()
        for path in sorted((CORPUS / "nasty").glob("*.pdf")):
            content = path.read_bytes()
            (folder / "pdf" / path.name).write_bytes(content)
            known = {"fr": "_fr", "es": "_es"}
            language = next((code for code, mark in known.items() if mark in path.stem), "en")
            writer.writerow(
                {
                    "id": path.stem.replace("_", "-"),
                    "country": "USA",
                    "year": 2020,
                    "title": path.stem,
                    "language": language,
                    "kind": "other",
                    "file": f"pdf/{path.name}",
                    "sha256": hashlib.sha256(content).hexdigest(),
                }
            )
    return folder


def labelled(name: str) -> list[dict]:
    """Return the rows of a file of labels."""
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def letters(text: str) -> str:
    """Reduce a text to what every extractor must agree on: letters and digits, composed and case-folded."""
    import unicodedata

    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
