"""Corrections override the register with reasons, and leave out pages; what they expect must still hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from minicorpus import keep_vocabulary, parameters, rows, write_corpus

from pipeline.decisions import read_decisions
from pipeline.documents import RegisterError, read_documents
from pipeline.schemas import Document, Page
from pipeline.stages.fetch import make_folders
from pipeline.stages.pages import refresh_pages
from pipeline.stages.places import Places
from pipeline.stages.tables import write_tables
from pipeline.storage import read_columns, read_notes, read_rows

WHO = "reason: The cover says so., reviewer: AB, date: 2024-05-01"
OF_2018 = "deu-2018-plan"


def corrected(folder: Path, text: str) -> dict[str, Document]:
    write_corpus(folder)
    (folder / "corrections.yaml").write_text(text, encoding="utf-8")
    return {document.id: document for document in read_documents(folder)}


@pytest.mark.parametrize("text", [None, "", "# nothing yet\n"])
def test_without_corrections_the_register_holds(tmp_path: Path, text: str | None) -> None:
    places = write_corpus(tmp_path)
    if text is not None:
        (tmp_path / "corrections.yaml").write_text(text)
    assert [document.id for document in read_documents(places.corpus)] == [
        "chl-2017-policy", OF_2018, "deu-2019-report", "deu-2020-plan", "fra-2021-plan",
    ]  # fmt: skip


def test_a_correction_overrides_what_it_expects_and_says_so(tmp_path: Path) -> None:
    found = corrected(
        tmp_path,
        f"{OF_2018}:\n  year: {{is: 2017, expects: 2018, {WHO}}}\n"
        f"  kind: {{is: other, expects: industrial-strategy, {WHO}}}\n"
        f"  leave_out:\n    - {{pages: [2, 4-5], {WHO}}}\n    - {{pages: 9, {WHO}}}\n"
        f"deu-2020-plan:\n  supersedes: {{is: '', expects: {OF_2018}, {WHO}}}\n",
    )  # fmt: skip
    row = found[OF_2018]
    assert (row.year, row.kind, row.left_out) == (2017, "other", (2, 4, 5, 9))
    assert "corrected: year 2017 instead of 2018, by AB on 2024-05-01: The cover says so." in row.corrected
    assert "pages 2, 4-5 left out" in row.corrected
    assert found["deu-2020-plan"].supersedes == ""
    assert found["fra-2021-plan"].corrected == ""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x: [", ":1: not valid YAML"),
        ("- x", ":1: the file must be keys with values"),
        ("# \ndeu-2018: {}", ":2: 'deu-2018' is the id of no document"),
        (f"{OF_2018}:\n  yaer: 2017", ":2: unknown key 'yaer' in deu-2018-plan; expected year, title"),
        (f"{OF_2018}:\n  year: 2017", ":2: year has no is; write"),
        (f"{OF_2018}:\n  year: {{is: 2017, {WHO}}}", ":2: year has no expects"),
        (
            f"{OF_2018}:\n  year: {{is: 2017, expects: 2019, {WHO}}}",
            ":2: year of the register is '2018', and this corr",
        ),
        (f"{OF_2018}:\n  year: {{is: 2018, expects: 2018, {WHO}}}", ":2: year is corrected to '2018', which it is"),
        (f"{OF_2018}:\n  year: {{is: MMXVII, expects: 2018, {WHO}}}", ":2: year is 'MMXVII'; expected a number"),
        (f"{OF_2018}:\n\n  country: {{is: GER, expects: DEU, {WHO}}}", ":3: country is 'GER'; expected an ISO"),
        (f"{OF_2018}:\n  kind: {{is: law, expects: industrial-strategy, {WHO}}}", ":2: kind is 'law'; expected one of"),
        (
            f"{OF_2018}:\n  supersedes: {{is: nothing, expects: '', {WHO}}}",
            ":1: deu-2018-plan: supersedes is 'nothing'",
        ),
        (f"{OF_2018}:\n  supersedes: {{is: deu-2020-plan, expects: '', {WHO}}}", "goes round in a circle"),
        (f"{OF_2018}:\n  year: {{is: 2017, expects: 2018, reviewer: AB, date: 2024-05-01}}", ":2: no reason"),
        (f"{OF_2018}:\n  year: {{is: 2017, expects: 2018, reason: So., date: 2024-05-01}}", ":2: no reviewer"),
        (f"{OF_2018}:\n  year: {{is: 2017, expects: 2018, reason: So., reviewer: A, date: May}}", ":2: date is 'May'"),
        (f"{OF_2018}:\n  year: &a\n    is: *a", "contains itself"),
        (f"{OF_2018}:\n  year: {{is: 1, is: 2, expects: 2018, {WHO}}}", ":2: 'is' stands here a second time"),
        (f"{OF_2018}:\n  leave_out: 3", ":2: leave_out must be a list"),
        (f"{OF_2018}:\n  leave_out:\n    - {{pages: [0], {WHO}}}", ":3: pages is '0'; expected numbers of pages"),
        (f"{OF_2018}:\n  leave_out:\n    - {{pages: [5-3], {WHO}}}", ":3: pages is '5-3'"),
        (f"{OF_2018}:\n  leave_out:\n    - {{pages: [3]}}", ":3: no reason"),
    ],
)
def test_a_fault_is_a_sentence_with_file_and_line(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(RegisterError, match=re.escape(sentence)) as told:
        corrected(tmp_path, text)
    assert str(told.value).startswith(f"{tmp_path / 'corrections.yaml'}:")


def test_documents_of_later_years_leave_and_none_left_is_a_sentence(tmp_path: Path) -> None:
    write_corpus(tmp_path)
    assert [document.year for document in read_documents(tmp_path, until=2018)] == [2017, 2018]
    with pytest.raises(RegisterError, match="no document is of 1999 or before; the earliest is of 2017"):
        read_documents(tmp_path, until=1999)


# Stages see the same documents.


def test_a_corrected_year_reaches_the_tables_and_their_coverage(tmp_path: Path) -> None:
    corrected(tmp_path, f"fra-2021-plan:\n  year: {{is: 2011, expects: 2021, {WHO}}}\n")
    places = Places(tmp_path, tmp_path)
    write_tables(places, parameters())
    cell = next(row for row in rows(places.tables / "cells.csv") if row["cell_id"] == "FRA.robotics")
    assert (cell["first_year"], cell["last_year"]) == ("2011", "2011")
    line = next(row for row in rows(places.tables / "coverage.csv") if row["document_id"] == "fra-2021-plan")
    assert line["year"] == "2011"
    assert "year 2011 instead of 2021, by AB on 2024-05-01" in line["reason"]


@pytest.fixture(autouse=True)
def _read_the_vocabulary_once(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_vocabulary(monkeypatch)


def read_pages(places: Places) -> str:
    return str(refresh_pages(places, parameters(), workers=1))


def test_a_page_left_out_is_read_again_alone_and_stays_in_its_file(tmp_path: Path) -> None:
    write_corpus(tmp_path)
    register = (tmp_path / "sources.csv").read_text()
    for name in (OF_2018, "fra-2021-plan"):
        (tmp_path / f"{name}.txt").write_text("One page about rail.\fAnother about wind.\n")
        title = f"Text {name},,en,industrial-strategy,"
        register = register.replace(f"{title},", f"{title}{name}.txt,")
    (tmp_path / "sources.csv").write_text(register)
    places = Places(tmp_path, tmp_path / "out")
    assert read_pages(places).startswith("pages: 5 worked on")
    pages = len(read_rows(places.out / "pages" / f"{OF_2018}.parquet", Page))
    fault = f"{OF_2018}:\n  leave_out: [{{pages: [{pages + 1}], {WHO}}}]\n"
    (tmp_path / "corrections.yaml").write_text(fault)
    tally = refresh_pages(places, parameters(), workers=1)
    assert tally.worked == 1
    assert f"leaves out page {pages + 1}; the document has {pages} page" in tally.faults[0]
    entries = f"  year: {{is: 2017, expects: 2018, {WHO}}}\n  leave_out: [{{pages: [{pages}], {WHO}}}]\n"
    (tmp_path / "corrections.yaml").write_text(f"{OF_2018}:\n{entries}")
    assert read_pages(places) == "pages: 1 worked on, 4 unchanged, 0 removed"
    kept = read_columns(places.out / "pages" / f"{OF_2018}.parquet", "status", "text")
    assert kept[-1][0] == "left_out"
    assert kept[-1][1]
    assert read_notes(places.out / "pages" / f"{OF_2018}.parquet")["status"] == "read"
    (tmp_path / "corrections.yaml").write_text(f"{OF_2018}:\n{entries.replace('2017', '2016')}")
    assert read_pages(places) == "pages: 0 worked on, 5 unchanged, 0 removed"


def test_a_new_corpus_has_the_files_that_people_write_and_keeps_what_they_wrote(tmp_path: Path) -> None:
    (tmp_path / "corrections.yaml").write_text("# mine\n")
    make_folders(tmp_path, new=True)
    assert (tmp_path / "corrections.yaml").read_text() == "# mine\n"
    assert read_decisions(tmp_path / "decisions.csv", [], []) == ()
    (tmp_path / "corrections.yaml").unlink()
    make_folders(tmp_path, new=False)
    write_corpus(tmp_path)
    assert all(not document.corrected for document in read_documents(tmp_path))
