"""A corpus of five documents as the stages keep it, made of hand-written mentions, for tests of stages.

Germany has a plan of 2018, replaced in 2020, and a report of 2019; France a plan of 2021; Chile's policy was not read.
"""

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

from pipeline.concepts import load_vocabulary
from pipeline.schemas import Mention, Page, Passage
from pipeline.stages.places import Parameters, Places
from pipeline.storage import write_rows
from pipeline.workers import Limits

HEADER = "id,country,year,title,issuer,language,kind,file,url,sha256,licence,supersedes,notes".split(",")
SOURCES = (
    ("deu-2018-plan", "DEU", "industrial-strategy", ""),
    ("deu-2019-report", "DEU", "other", ""),
    ("deu-2020-plan", "DEU", "industrial-strategy", "deu-2018-plan"),
    ("fra-2021-plan", "FRA", "industrial-strategy", ""),
    ("chl-2017-policy", "CHL", "industrial-strategy", ""),
)
# What each document says: (concept, level), one passage and one page for each.
SAID: Mapping[str, Sequence[tuple[str, str]]] = {
    "deu-2018-plan": [("robotics", "targeted"), ("hydrogen", "targeted"), ("rail", "mentioned")],
    "deu-2019-report": [("graphene", "targeted")],
    "deu-2020-plan": [("robotics", "mentioned"), ("hydrogen", "targeted"), ("graphene", "targeted")],
    "fra-2021-plan": [("robotics", "targeted"), ("rail", "mentioned")],
}


def evidence_id(document: str, place: int) -> str:
    """Return the id of the mention on a page of a document."""
    return f"{document}-{place}"


def write_corpus(folder: Path, said: Mapping[str, Sequence[tuple[str, str]]] = SAID) -> Places:
    """Write the register and what pages, passages and mentions would keep."""
    with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for name, country, kind, supersedes in SOURCES:
            writer.writerow([name, country, name[4:8], f"Text {name}", "", "en", kind, "", "", "", "", supersedes, ""])
    for name, *_ in SOURCES:
        write_document(folder, name, said.get(name))
    return Places(folder, folder)


def write_document(folder: Path, name: str, said: Sequence[tuple[str, str]] | None) -> None:
    """Write one document's Parquet files; one that says nothing was not fetched."""
    status = "read" if said else "not_fetched"
    pages, passages, mentions = [], [], []
    for number, (concept, level) in enumerate(said or (), start=1):
        text = f"We name {concept} on page {number}."
        pages.append(Page(name, number, f"p{number}", "ok", text, 1.0, 1.0, ()))
        passage = f"{name}/{number}"
        passages.append(
            Passage(passage, name, number, 0, len(text), text, ((0, 0),), "paragraph", "body", (), "", "en")
        )
        mentions.append(
            Mention(
                id=evidence_id(name, number), passage_id=passage, document_id=name, page_number=number, start=0,
                end=len(text), term_start=8, term_end=8 + len(concept), concept=concept, rule_id=f"{concept}:en:1",
                term=concept, quote=text, prefix="", suffix="", kind="paragraph", level=level, cues=(), language="en",
            )
        )  # fmt: skip
    notes = {"fingerprint": "1", "status": status, "reason": ""}
    write_rows(folder / "pages" / f"{name}.parquet", pages, Page, notes)
    write_rows(folder / "passages" / f"{name}.parquet", passages, Passage, {"fingerprint": "1"})
    write_rows(folder / "mentions" / f"{name}.parquet", mentions, Mention, {"fingerprint": "1"})


_vocabulary = cache(load_vocabulary)


def keep_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the stages of a test share one reading of the project's vocabulary, which takes seconds."""
    for stage in ("tables", "timeline"):
        monkeypatch.setattr(f"pipeline.stages.{stage}.load_vocabulary", _vocabulary)


def parameters(**sections: Mapping[str, object]) -> Parameters:
    """Return parameters with these sections and no others."""
    return Parameters(Limits(10, 1000), sections)


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
