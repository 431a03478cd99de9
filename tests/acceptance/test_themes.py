"""Topics of the real strategies: good enough to show, of all languages, and made of no one document's wording."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.conftest import CORPUS, ROOT, Run


@pytest.fixture(scope="module")
def tables(strategies: Run) -> Path:
    """Add topics, suggestions and their quality to the finished run."""
    for stage in ("embeddings", "topics", "suggest", "quality"):
        command = [sys.executable, "-m", "pipeline", stage, str(CORPUS), "--out", str(strategies.out)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=1500)
        assert done.returncode == 0, done.stderr
    return strategies.out / "tables"


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_topics_keep_the_bars_that_were_set_for_them(tables: Path) -> None:
    quality = json.loads((tables / "topic_quality.json").read_text())
    print(quality)
    assert quality["outliers"] <= 0.20
    assert quality["npmi"] >= 0.19  # .20 where it was measured; arithmetic differs a little between machines
    assert quality["diversity"] >= 0.75
    assert quality["stability_seeds"] >= 0.70
    assert quality["stability_order"] >= 0.68
    assert quality["other_languages_with_english"] >= 0.5
    assert quality["held_by_one_document"] == 0


def test_themes_are_shared_by_countries_and_told_apart_in_kind(tables: Path) -> None:
    themes = rows(tables / "themes.csv")
    assert len(themes) >= 30
    assert all(int(theme["n_countries"]) >= 5 for theme in themes)
    assert {theme["kind"] for theme in themes} == {"technology", "sector", "instrument", "governance"}
    concepts = {concept for theme in themes for concept in theme["concepts"].split(" + ")}
    assert {"smart-mobility", "cyber-security", "healthcare", "quantum-computing"} <= concepts
    assert "aerospace" not in concepts  # only one document has much of it: its wording is no theme of the corpus
    shares = rows(tables / "theme_shares.csv")
    for country in {row["country"] for row in shares}:
        assert sum(float(row["share"]) for row in shares if row["country"] == country) == pytest.approx(1, abs=0.01)


def test_suggestions_are_in_several_languages_and_none_is_known(tables: Path) -> None:
    from pipeline.concepts import load_vocabulary

    suggestions = rows(tables / "suggestions.csv")
    assert len(suggestions) >= 100
    assert len({row["language"] for row in suggestions}) >= 4
    known = {(term.language, term.phrase.lower()) for term in load_vocabulary(ROOT / "models").terms}
    assert not [row for row in suggestions if (row["language"], row["phrase"].lower()) in known]
    assert all(row["quote_1"] for row in suggestions)
