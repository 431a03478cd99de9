"""Tests of comparisons: the other table, its entries one by one, agreement by hand, its faults, and the files."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.comparing import (
    OtherTable,
    cells_of_entries,
    compare_entries,
    find_faults,
    make_here,
    read_published,
    summarise,
    table_of_cells,
)
from pipeline.comparing.agreement import kappa
from pipeline.comparing.entries import Here
from pipeline.concepts import load_concepts
from pipeline.concepts.statements import load_claims
from pipeline.findings import judge_claims, make_grid
from pipeline.schemas import Cell, Coverage, Evidence
from pipeline.schemas.agreement import AgreementSummary, TableFault
from pipeline.stages.compare import read_file, read_other, read_revision, tables_of, write_comparison, write_comparisons
from pipeline.stages.places import Places

ROOT = Path(__file__).parents[1]
PUBLISHED = ROOT / "models" / "published" / "andreoni-chang-2017.csv"
CONCEPTS = load_concepts(ROOT / "models")
BY_ID = {concept.id: concept for concept in CONCEPTS}
AI, ROBOTS, STORAGE = "artificial-intelligence", "robotics", "energy-storage"
HEAD = "country,column,published_label,concepts_any_of\n"
NAMES = {"AAA": "Aland", "BBB": "Bland", "CCC": "Cland"}


def name_of(code: str) -> str:
    return NAMES.get(code, code)


def table(*lines: str) -> OtherTable:
    return read_published(HEAD + "\n".join(lines), "table.csv", CONCEPTS)


def cell(country: str, concept: str, status: str, salience: float = 0.5) -> Cell:
    return Cell(
        f"{country}.{concept}", country, concept, BY_ID[concept].label, "|".join(BY_ID[concept].columns), status,
        salience, 1, 1, 2020, 2020, "core in doc",
    )  # fmt: skip


def quote(cell_id: str) -> Evidence:
    return Evidence(
        cell_id, 1, "doc", 3, "iii", 5, 9, "We fund it.", "", "", "paragraph", "targeted", "r", "en", "it", "", ""
    )


def covered_document(country: str, name: str = "doc", status: str = "read", pages: int = 7) -> Coverage:
    return Coverage(
        name, country, 2020, "T", "en", "industrial-strategy", status, "", "", pages, pages, 0, 0, 0, 0, 9,
        9 if status == "read" else 0, 0, "en:9", 3,
    )  # fmt: skip


def here(*cells: Cell, unread: tuple[str, ...] = ()) -> Here:
    countries = {cell.country for cell in cells} - set(unread)
    coverage = [covered_document(code) for code in sorted(countries)]
    coverage += [covered_document(code, "other", "not_fetched") for code in sorted(countries)]
    quotes = {cell.cell_id: quote(cell.cell_id) for cell in cells if cell.status in ("targeted", "mentioned")}
    return make_here(cells, quotes, coverage, dict.fromkeys(countries, 1))


# The other table


def test_a_table_of_facts_is_read_with_its_columns_in_the_order_of_the_fullest_row() -> None:
    found = table(
        "AAA,sectors,Gas,oil-gas",
        'BBB,digital,"Data, cloud",big-data|cloud-computing',
        "BBB,biotech,Bio,biotechnology",
        "BBB,sectors,Gas,oil-gas",
    )
    assert found.columns == ("digital", "biotech", "sectors")
    assert found.countries == ("AAA", "BBB")
    assert found.entries[1].concepts == ("big-data", "cloud-computing")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("country,column\n", r"table\.csv: no column published_label, concepts_any_of"),
        (HEAD, "no entries"),
        (HEAD + "Aland,digital,AI,artificial-intelligence\n", r"line 2: the country is 'Aland'"),
        (HEAD + "AAA,digits,AI,artificial-intelligence\n", r"the column is 'digits'; expected one of digital"),
        (HEAD + "AAA,digital,,artificial-intelligence\n", "the label is empty"),
        (HEAD + "AAA,digital,AI,\nAAA,digital,AI,ai|robotics\n", r"no concepts(.|\n)*line 3: unknown concepts ai;"),
    ],
)
def test_faults_of_a_table_are_said_with_file_and_line(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_published(text, "table.csv", CONCEPTS)


def test_cells_of_an_earlier_release_are_a_table_of_what_they_target() -> None:
    found = table_of_cells(
        [cell("AAA", STORAGE, "targeted"), cell("BBB", AI, "mentioned"), cell("CCC", AI, "not_read")], CONCEPTS
    )
    assert [(entry.country, entry.column, entry.concepts) for entry in found.entries] == [
        ("AAA", "digital", (STORAGE,)),
        ("AAA", "nanotech", (STORAGE,)),
    ]
    assert found.countries == ("AAA", "BBB")


# Entry by entry


def test_each_entry_is_confirmed_mentioned_not_found_or_not_read_and_the_rest_is_new() -> None:
    other = table(
        "AAA,digital,AI and robots,artificial-intelligence|robotics",
        "AAA,digital,Data,big-data",
        "AAA,digital,Cloud,cloud-computing",
        "AAA,nanotech,Storage,energy-storage",
        "BBB,digital,AI,artificial-intelligence",
        "CCC,digital,AI,artificial-intelligence",
    )
    own = here(
        cell("AAA", ROBOTS, "targeted", 0.9), cell("AAA", AI, "targeted", 0.4), cell("AAA", "big-data", "mentioned"),
        cell("AAA", "cloud-computing", "read_none_found"), cell("AAA", STORAGE, "targeted", 0.3),
        cell("AAA", "sensors", "targeted", 0.8), cell("BBB", AI, "not_read"), unread=("BBB",),
    )  # fmt: skip
    rows = compare_entries(other, own, CONCEPTS)
    assert [(row.country, row.column, row.label, row.outcome) for row in rows] == [
        ("AAA", "digital", "AI and robots", "confirmed"),
        ("AAA", "digital", "Data", "mentioned_only"),
        ("AAA", "digital", "Cloud", "not_found"),
        ("AAA", "digital", "Sensors", "new"),
        ("AAA", "digital", "Energy storage", "other_column"),
        ("AAA", "nanotech", "Storage", "confirmed"),
        ("BBB", "digital", "AI", "not_read"),
        ("CCC", "digital", "AI", "not_read"),
    ]
    assert (rows[0].cell_id, rows[0].found, rows[0].quote, rows[0].page_number) == (
        "AAA.robotics", "robotics|artificial-intelligence", "We fund it.", 3,
    )  # fmt: skip
    assert rows[0].year == 2020
    assert rows[2].explanation == (
        "read: 1 of 2 registered documents, 7 pages, of 2020; strategies in force among them: 1"
    )
    assert (rows[2].quote, rows[2].page_number) == ("", None)
    assert rows[7].explanation == "not in this corpus"


# Agreement


def test_kappa_by_hand() -> None:
    # 20 + 15 of 50 alike; chance: (25 * 30 + 25 * 20) / 2500 = .5
    assert kappa(20, 5, 10, 15) == pytest.approx((0.7 - 0.5) / 0.5)
    assert kappa(5, 0, 0, 5) == 1
    assert kappa(0, 0, 0, 4) is None
    assert kappa(0, 0, 0, 0) is None


def test_agreement_counts_items_of_two_universes_and_leaves_out_what_was_not_read() -> None:
    other = table("AAA,additive,3D,additive-manufacturing", "AAA,biotech,Bio or genes,biotechnology|genomics",
                  "BBB,biotech,Synthetic,synthetic-biology")  # fmt: skip
    own = here(
        cell("AAA", "genomics", "targeted"), cell("AAA", "synthetic-biology", "targeted"),
        cell("AAA", "bioinformatics", "targeted"), cell("BBB", "biotechnology", "not_read"), unread=("BBB",),
    )  # fmt: skip
    rows = {(row.universe, row.scope, row.country, row.column): row for row in summarise(other, own, CONCEPTS)}
    register = rows["register", "country_column", "AAA", "biotech"]
    of_column = sum("biotech" in concept.columns for concept in CONCEPTS)
    assert (register.both, register.only_here, register.only_there) == (1, 2, 0)
    assert register.neither == of_column - 4  # one entry for two concepts, and two that are targeted
    assert (register.precision, register.recall) == (pytest.approx(1 / 3), 1)
    named = rows["table", "country_column", "AAA", "biotech"]
    assert (named.both, named.only_here, named.neither) == (1, 1, 0)  # bioinformatics is named nowhere
    assert rows["table", "country", "BBB", ""].left_out == 1 + 2 + 1
    whole = rows["register", "all", "", ""]
    assert (whole.both, whole.only_there) == (1, 1)
    assert rows["register", "column", "", "additive"].precision is None


def test_a_release_agrees_with_itself() -> None:
    cells = [cell("AAA", AI, "targeted"), cell("AAA", STORAGE, "targeted"), cell("AAA", ROBOTS, "mentioned")]
    other = table_of_cells(cells, CONCEPTS)
    whole = summarise(other, here(*cells), CONCEPTS)[0]
    assert (whole.only_here, whole.only_there, whole.kappa) == (0, 0, 1)
    assert {row.outcome for row in compare_entries(other, here(*cells), CONCEPTS)} == {"confirmed"}


# Faults of the table itself


def test_faults_are_found_by_what_the_table_holds() -> None:
    other = table(
        "AAA,digital,Storage,energy-storage",
        "AAA,nanotech,storage,energy-storage",
        "AAA,biotech,Agri-science,agri-science",
        "AAA,sectors,Agri-tech,agri-science",
        "AAA,nanotech,Quantum tech,quantum-computing|quantum-technologies",
        "AAA,digital,Quantum computing,quantum-computing",
        "BBB,nanotech,Storage,energy-storage",
    )
    faults = find_faults(other, (), name_of)
    found = [(fault.kind, fault.countries, fault.concepts) for fault in faults]
    assert found[:3] == [
        ("listed_twice", "AAA", "energy-storage"),
        ("listed_under_two_labels", "AAA", "agri-science"),
        ("part_of_another_entry", "AAA", "quantum-computing"),
    ]
    assert ("classed_apart", "AAA BBB", "energy-storage") in found
    assert [fault.columns for fault in faults if fault.kind == "left_blank"] == ["digital", "biotech", "sectors"]
    assert faults[0].explanation == "Aland: 'Storage' is listed twice, under digital and under nanotech."
    assert find_faults(table("AAA,digital,AI,artificial-intelligence"), (), name_of) == []


def test_the_published_table_does_what_was_encoded_of_it_and_not_all_that_its_text_says() -> None:
    """Each claim that is said to follow from the table does; the text's claims that do not are the known ones."""
    other = read_published(PUBLISHED.read_text(encoding="utf-8"), "table", CONCEPTS)
    grid = make_grid(cells_of_entries(other, CONCEPTS), dict.fromkeys(other.countries, 1), weighted=False)
    claims = [
        claim
        for claim in load_claims(ROOT / "models" / "claims.yaml", CONCEPTS).claims
        if claim.place != "not recorded"
    ]
    verdicts = judge_claims(claims, grid, name_of)
    assert {row.claim_id: row.verdict for row in verdicts if row.place == "table" and row.verdict != "holds"} == {}
    odd = {row.claim_id: (row.verdict, row.fails_for) for row in verdicts if row.verdict != "holds"}
    assert odd == {
        "data-cloud-things-all-three": ("holds_in_part", "GBR"),
        "quantum-computing-australia-france": ("holds_in_part", "FRA"),
        "additive-especially": ("undecided", ""),
        "healthcare-or-life-sciences-everywhere": ("holds_in_part", "AUS"),
        "oil-gas-and-nuclear": ("holds_in_part", "AUS"),
    }
    kinds = [fault.kind for fault in find_faults(other, verdicts, name_of)]
    assert (kinds.count("listed_twice"), kinds.count("unlike_its_text"), kinds.count("not_decidable")) == (6, 4, 1)


# Files


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    shutil.copytree(ROOT / "corpora" / "sample" / "tables", tmp_path / "out" / "tables")
    return Places(ROOT / "corpora" / "sample", tmp_path / "out")


def test_the_stage_writes_entries_summary_and_faults(places: Places) -> None:
    (said,) = write_comparisons(places)
    assert "of 119 entries of andreoni-chang-2017 confirmed" in said
    assert said.endswith("read here: documents of 2013 to 2017")
    entries, summary, faults = (read(places.out / "tables" / name) for name in tables_of("andreoni-chang-2017"))
    assert sum(row["outcome"] not in ("new", "other_column") for row in entries) == 119
    assert all(row["quote"] for row in entries if row["outcome"] == "confirmed")
    assert summary[0]["scope"] == "all"
    assert "FRA" in {row["countries"] for row in faults if row["claim_id"] == "quantum-computing-australia-france"}


def test_cells_of_a_file_or_a_revision_can_be_compared_with(places: Places, tmp_path: Path) -> None:
    older = tmp_path / "older.csv"
    lines = (places.out / "tables" / "cells.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    older.write_text("".join(line for line in lines if not line.startswith("FRA.robotics")), encoding="utf-8")
    assert "1 targets that it does not list" in write_comparison(places, read_file(older))
    assert not (places.out / "tables" / "compare_older_faults.csv").exists()
    repository = tmp_path / "project"
    repository.mkdir()
    shutil.copy(older, repository / "cells.csv")
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "An older release"]):
        named = ["-c", "user.name=A Tester", "-c", "user.email=tester@example.org"]
        subprocess.run(["git", "-C", str(repository), *named, *arguments], check=True, capture_output=True)
    other = read_other("HEAD:cells.csv", repository)
    assert other.name.startswith("at-")
    assert other.text == older.read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="HEAD: git cannot give this table"):
        read_revision(repository, "HEAD", "nowhere.csv")


def test_cells_of_a_release_that_kept_less_can_be_compared_with(places: Places, tmp_path: Path) -> None:
    rows = csv.DictReader((places.out / "tables" / "cells.csv").open(encoding="utf-8", newline=""))
    older = [name for name in rows.fieldnames or () if name not in ("machine", "decision")]
    with (tmp_path / "cells.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, older, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    assert "entries of cells confirmed, 0 targets" in write_comparison(places, read_file(tmp_path / "cells.csv"))


def test_what_cannot_be_compared_with_is_a_sentence(places: Places, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no such file; expected a table, or REV:PATH"):
        read_other("nowhere.csv", tmp_path)
    (tmp_path / "broken.csv").write_text("cell_id,country\nAAA.x,AAA\n")
    with pytest.raises(ValueError, match=r"broken\.csv: no column concept"):
        write_comparison(places, read_file(tmp_path / "broken.csv"))


def test_rows_check_themselves() -> None:
    with pytest.raises(ValueError, match=r"TableFault\.kind is 'odd'"):
        TableFault("odd", "", "", "", "", "", "")
    with pytest.raises(ValueError, match=r"AgreementSummary\.universe is 'all'"):
        AgreementSummary("all", "all", "", "", 0, 0, 0, 0, 0, None, None, None)
