"""Tests of what is handed on: the catalogue, codes, the data package, annotations, SDMX, LaTeX, Word, Parquet."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pyarrow.parquet as pq
import pytest
import yaml
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.concepts import VocabularyError, load_concepts
from pipeline.concepts.catalogue import load_catalogue
from pipeline.concepts.codes import load_code_systems
from pipeline.exports import (
    COLUMNS,
    Grid,
    Source,
    annotate_evidence,
    code_lists,
    describe_package,
    entry_of,
    grid_latex,
    grids_word,
    list_codes,
    list_concepts,
    list_countries,
    observe_cells,
    read_table,
    stack_columns,
    typed_columns,
    write_dictionary,
)
from pipeline.exports.grids import column_shares
from pipeline.exports.latex import escape_latex
from pipeline.exports.word import printable
from pipeline.schemas import Document
from pipeline.stages.export import FORMATS, export_corpus
from pipeline.stages.package import DESCRIPTOR, TABLES, write_package
from pipeline.stages.places import Places, load_parameters
from pipeline.stages.tables import OF_OTHER_STAGES
from pipeline.tables.countries import country_name

ROOT = Path(__file__).parents[1]
MODELS = ROOT / "models"
SAMPLE = ROOT / "corpora" / "sample"
CATALOGUE = load_catalogue(MODELS / "tables.yaml")
CONCEPTS = load_concepts(MODELS)
STAGES = yaml.safe_load((ROOT / "dvc.yaml").read_text())["stages"]
PARAMETERS = load_parameters(ROOT / "params.yaml")
# The one switch: `make golden` sets it; read the diff of docs/ afterwards.
UPDATE_GOLDEN = os.environ.get("UPDATE_GOLDEN") == "1"


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Return the sample with a copy of its tables, described and exported."""
    out = tmp_path_factory.mktemp("exports")
    shutil.copytree(SAMPLE / "tables", out / "tables")
    places = Places(SAMPLE, out)
    write_package(places, PARAMETERS)
    export_corpus(places, PARAMETERS, list(FORMATS))
    return places


def document(name: str = "fra-2020-plan", **changes: Any) -> Document:
    row = {
        "id": name, "country": "FRA", "year": 2020, "title": "Plan", "issuer": "Ministry", "language": "fr",
        "kind": "industrial-strategy", "file": "pdf/plan 1.pdf", "url": "", "sha256": "", "licence": "",
        "supersedes": "", "notes": "",
    }  # fmt: skip
    return Document(**(row | changes))


# The catalogue of tables


def tables_of_stages() -> dict[str, str]:
    """Return the CSV tables that the stages of dvc.yaml write, with the stage of each."""
    found = {}
    for stage, step in STAGES.items():
        for out in step.get("do", step).get("outs", []):
            path = next(iter(out)) if isinstance(out, dict) else out
            if "/tables/" in path and path.endswith(".csv"):
                found[path.rsplit("/", 1)[1]] = stage
    return found


@pytest.mark.parametrize("name", sorted({*tables_of_stages(), *OF_OTHER_STAGES}))
def test_each_table_that_a_stage_writes_is_in_the_catalogue(name: str) -> None:
    if name.endswith(".csv"):
        assert entry_of(name, CATALOGUE).says


@pytest.mark.parametrize("name", sorted(path.name for path in (SAMPLE / "tables").glob("*.csv")))
def test_each_column_of_the_committed_tables_is_in_the_catalogue(name: str) -> None:
    table = read_table(name, (SAMPLE / "tables" / name).read_bytes(), CATALOGUE)
    assert all(column.says.endswith((".", "…")) for column in table.columns)


def test_the_package_waits_for_every_table_that_it_describes() -> None:
    step = STAGES["package"]["do"]
    deps = {dep.rsplit("/", 1)[1] for dep in step["deps"] if "/tables/" in dep}
    described = {name for name, stage in tables_of_stages().items() if entry_of(name, CATALOGUE).every_build}
    missing = described - deps - set(TABLES)
    assert not missing, f"add {sorted(missing)} to the deps of the stage package in dvc.yaml"
    assert {f"corpora/${{item}}/tables/{name}" for name in TABLES} == {next(iter(out)) for out in step["outs"]}


def test_the_dictionary_in_docs_is_what_the_catalogue_says() -> None:
    path = ROOT / "docs" / "tables.md"
    if UPDATE_GOLDEN:
        path.write_bytes(write_dictionary(CATALOGUE))
    assert path.read_bytes() == write_dictionary(CATALOGUE), "run `make golden` and read the difference"


def catalogue_of(folder: Path, text: str) -> Path:
    path = folder / "tables.yaml"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "tables: {a.csv: {title: A, each: a, says: A., rows: CodeLine}}",
            "does not say what its column 'concept' holds",
        ),
        ("tables: {a.csv: {title: A, each: a, says: A., rows: Nothing}}", "no row type 'Nothing'"),
        ("tables: {a.csv: {title: A, each: a, says: A., columns: {b: B.}, key: [c]}}", "no column 'c'"),
        ("tables: {a.csv: {title: A, each: a, says: A., columns: {b: {says: B., type: text}}}}", "is 'text'; expected"),
        (
            "tables: {a.csv: {title: A, each: a, says: A., columns: {b: {says: B., target: c}}}}",
            "expected file and column",
        ),
        ("tables: {a.csv: {title: A, each: a, says: A., columns: {b: {says: B., target: c.csv/d}}}}", "no table has"),
        ("tables: {a.csv: {title: A, each: a, says: A., columns: {b: {says: B., minimum: low}}}}", "expected a number"),
        ("tables: {a.csv: {title: A, each: a, says: A., columns: {b: {says: B., choices: NONE}}}}", "no list 'NONE'"),
        ("tables: {a.csv: {title: A, each: a, columns: {b: B.}}}", "a.csv has no says"),
        ("tables: {a.csv: {title: A, each: a, says: A., columns: {b: {blank: none}}}}", "has no words"),
    ],
)
def test_faults_of_the_catalogue_are_said_with_their_line(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(VocabularyError, match=f"tables.yaml, line 1: .*{re.escape(fault)}"):
        load_catalogue(catalogue_of(tmp_path, text))


def test_a_column_that_may_be_empty_must_say_what_that_means(tmp_path: Path) -> None:
    text = yaml.safe_load((MODELS / "tables.yaml").read_text())
    text["tables"]["cells.csv"]["columns"]["first_year"] = "The year."
    with pytest.raises(VocabularyError, match=r"'first_year' of cells.csv may be empty; say what that means"):
        load_catalogue(catalogue_of(tmp_path, yaml.safe_dump(text, sort_keys=False)))


def test_an_unknown_table_or_column_says_where_to_describe_it() -> None:
    with pytest.raises(ValueError, match=r"models/tables.yaml says nothing of more.csv; add its title"):
        entry_of("more.csv", CATALOGUE)
    with pytest.raises(ValueError, match=r"codes.csv has the columns .*look at note\)"):
        read_table("codes.csv", b"concept,system,code,label,note\n", CATALOGUE)
    with pytest.raises(ValueError, match=r"look at label\)"):
        read_table("codes.csv", b"concept,system,code\n", CATALOGUE)


def test_the_comparison_of_another_layout_needs_no_entry_of_its_own() -> None:
    table = read_table("comparison_mine.csv", "Country,Chips\nFrance,–\n".encode(), CATALOGUE)
    assert [column.name for column in table.columns] == ["Country", "Chips"]
    assert table.entry.file == "comparison_mine.csv"


# Codes of concepts and countries


def test_all_codes_of_concepts_stand_in_the_lists_of_models_codes() -> None:
    systems = {system.system: dict(system.titles) for system in load_code_systems(MODELS)}
    assert {name: len(titles) for name, titles in systems.items()} == {
        "isic4": 88, "nace2": 88, "eu_2023_2113": 10, "us_cet_2024": 18, "ket": 6
    }  # fmt: skip
    assert list(systems["isic4"]) == list(systems["nace2"])
    used = {(system, code) for concept in CONCEPTS for system, codes in concept.codes for code in codes.split("|")}
    assert all(code in systems[system] for system, code in used)
    sectors = [concept for concept in CONCEPTS if concept.kind == "sector" and "isic4" in dict(concept.codes)]
    assert all(dict(concept.codes)["isic4"] == dict(concept.codes)["nace2"] for concept in sectors)


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (
            "concepts/sectors.yaml",
            'isic4: "29"',
            'isic4: "34"',
            r"sectors.yaml, line \d+: automotive has the isic4 code '34'",
        ),
        ("concepts/sectors.yaml", 'isic4: "29"', 'isic5: "29"', r"unknown list of codes 'isic5'"),
        (
            "codes/ket.csv",
            "code,title",
            "code,name",
            r"ket.csv, line 1: expected the header code,title; found code,name",
        ),
        ("codes/isic4.csv", "02,Forestry", "01,Forestry", r"isic4.csv, line 3: '01' stands here a second time"),
        ("codes/isic4.csv", "02,Forestry and logging", "02,", r"isic4.csv, line 3: expected 2 texts"),
    ],
)
def test_wrong_codes_are_said_with_file_and_line(tmp_path: Path, file: str, old: str, new: str, fault: str) -> None:
    shutil.copytree(MODELS, tmp_path / "models", ignore=shutil.ignore_patterns("topics"))
    path = tmp_path / "models" / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(VocabularyError, match=fault):
        load_code_systems(tmp_path / "models")


def test_registers_hold_one_line_for_each_code() -> None:
    lines = {
        (line.concept, line.system, line.code): line.label for line in list_codes(CONCEPTS, load_code_systems(MODELS))
    }
    assert lines["automotive", "isic4", "29"] == "Manufacture of motor vehicles, trailers and semi-trailers"
    assert lines["pharmaceuticals", "isic4", "21"] != lines["pharmaceuticals", "nace2", "21"]
    nuclear = [code for concept, system, code in lines if (concept, system) == ("nuclear", "nace2")]
    assert nuclear == ["20", "24", "25", "35"]
    robots = next(line for line in list_concepts(CONCEPTS) if line.concept == "robotics")
    assert robots.codes.split()[0] == "eu_2023_2113:robotics-autonomous"


def test_countries_have_the_codes_of_iso_and_eurostat() -> None:
    lines = {line.country: line for line in list_countries(["GRC", "GBR", "EUU", "AUS", "GBR", "XXX"], country_name)}
    assert list(lines) == ["AUS", "EUU", "GBR", "GRC", "XXX"]
    assert (lines["AUS"].alpha_2, lines["AUS"].numeric, lines["AUS"].eurostat) == ("AU", "036", "AU")
    assert (lines["GRC"].alpha_2, lines["GRC"].eurostat) == ("GR", "EL")
    assert (lines["GBR"].name, lines["GBR"].eurostat) == ("United Kingdom", "UK")
    assert (lines["EUU"].alpha_2, lines["EUU"].numeric, lines["EUU"].eurostat) == ("EU", "", "EU27_2020")
    assert lines["XXX"].alpha_2 == ""


# The data package


def errors_of(folder: Path) -> list[str]:
    """Return the faults that frictionless finds in a package and in every table of it."""
    report = Package(str(folder / DESCRIPTOR)).validate()
    return [f"{row[0]}: {row[-1]}" for row in report.flatten(["name", "type"])]


def test_frictionless_finds_no_fault_in_the_package(places: Places) -> None:
    assert errors_of(places.out / "tables") == []
    assert errors_of(places.out / "exports" / "package") == []


def test_the_package_has_keys_sources_and_words_for_every_column(places: Places) -> None:
    package = json.loads((places.out / "tables" / DESCRIPTOR).read_text())
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert "licenses" not in package
    assert {source["licence"] for source in package["sources"]} == {"CC0-1.0"}
    resources = {resource["name"]: resource for resource in package["resources"]}
    names = [path.name for path in (places.out / "tables").glob("*.csv")]
    assert {f"{name}.csv" for name in resources} == {name for name in names if entry_of(name, CATALOGUE).every_build}
    links = {(link["fields"][0], link["reference"]["resource"]) for link in resources["cells"]["schema"]["foreignKeys"]}
    assert links == {("country", "countries"), ("concept", "concepts")}
    for resource in resources.values():
        assert all(field["title"] and field["description"] for field in resource["schema"]["fields"])
        assert resource["bytes"] == (places.out / "tables" / resource["path"]).stat().st_size


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("AUS.robotics,AUS,robotics,", "AUS.robotics,AUS,robots,", "foreign-key"),
        ("AUS.robotics,AUS,robotics,", "AUS.robotics,,robotics,", "constraint-error"),
        ("AUS.robotics,AUS,", "AUS.sensors,AUS,", "primary-key"),
        (",read_none_found,", ",nothing,", "constraint-error"),
    ],
)
def test_frictionless_would_find_a_fault(places: Places, tmp_path: Path, old: str, new: str, fault: str) -> None:
    folder = shutil.copytree(places.out / "tables", tmp_path / "tables")
    path = folder / "cells.csv"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    found = errors_of(folder)
    assert any(fault in error for error in found)
    assert any("hash-count" in error for error in found)


def test_the_same_tables_give_the_same_descriptor(places: Places) -> None:
    path = places.out / "tables" / DESCRIPTOR
    before = path.read_bytes()
    write_package(places, PARAMETERS)
    assert path.read_bytes() == before


def test_tables_with_quotes_are_left_out_unless_all_licences_are_open(places: Places, tmp_path: Path) -> None:
    shutil.copytree(places.out / "tables", tmp_path / "tables")
    closed = Places(SAMPLE, tmp_path)
    sections = {**PARAMETERS.sections, "package": {"open_licences": ["CC-BY"]}}
    assert write_package(closed, replace(PARAMETERS, sections=sections)).endswith("with quotes: no")
    package = json.loads((tmp_path / "tables" / DESCRIPTOR).read_text())
    names = {resource["name"] for resource in package["resources"]}
    assert {"cells", "codes"} <= names
    assert not {"evidence", "ties_evidence"} & names
    assert "left out" in package["description"]


def test_open_licences_are_a_list(places: Places) -> None:
    sections = {**PARAMETERS.sections, "package": {"open_licences": "CC0"}}
    with pytest.raises(ValueError, match=r"package.open_licences is 'CC0'; expected a list"):
        write_package(places, replace(PARAMETERS, sections=sections))


def test_a_source_keeps_its_licence_and_only_addresses_of_the_web() -> None:
    documents = [document(url="javascript:alert(1)"), document("b", url="https://example.org/b.pdf", licence="OGL")]
    licence = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    package = describe_package("My Corpus", [], documents, version="1", title="T", licence=licence)
    assert package["name"] == "strategy-tables-my-corpus"
    assert package["licenses"] == [licence]
    assert [source.get("path") for source in package["sources"]] == [None, "https://example.org/b.pdf"]
    assert [source["licence"] for source in package["sources"]] == ["not stated", "OGL"]


# Annotations

EVIDENCE = {
    "cell_id": "FRA.robotics", "rank": "1", "document_id": "fra-2020-plan", "page_number": "3", "page_label": "1",
    "start": "10", "end": "30", "quote": "We will fund robots.", "prefix": "Before.", "suffix": "After.",
    "kind": "paragraph", "level": "targeted", "rule_id": "en/robotics/robots", "language": "en", "term": "robots",
    "section": "", "cues": "", "money": "",
}  # fmt: skip


def annotation(row: dict[str, str] | None = None, **changes: Any) -> dict[str, Any]:
    files = annotate_evidence(
        [EVIDENCE | (row or {})], [document(**changes)], {"robotics": "Robotics"}, Source("../tables", "..")
    )
    assert list(files) == ["collection.jsonld", "fra-2020-plan.jsonld"]
    (item,) = files["fra-2020-plan.jsonld"]["items"]
    return dict(item)


def test_an_annotation_selects_its_quote_by_words_and_by_page() -> None:
    found = annotation(url="https://example.org/plan.pdf")
    assert found["id"] == "../tables/evidence.csv#FRA.robotics.1"
    assert found["body"][0]["source"] == "../tables/concepts.csv#robotics"
    assert found["body"][1]["source"] == "../tables/cells.csv#FRA.robotics"
    assert [body["value"] for body in found["body"][2:]] == [
        "Robotics", "targeted", "Found by the rule en/robotics/robots"
    ]  # fmt: skip
    source = found["target"]["source"]
    assert (source["id"], source["format"]) == ("https://example.org/plan.pdf", "application/pdf")
    assert found["target"]["state"] == {"type": "TimeState", "cached": "../pdf/plan%201.pdf"}
    words, page = found["target"]["selector"]
    assert words == {"type": "TextQuoteSelector", "exact": EVIDENCE["quote"], "prefix": "Before.", "suffix": "After."}
    assert page["value"] == "page=3"
    assert page["conformsTo"] == "http://tools.ietf.org/rfc/rfc3778"
    assert page["refinedBy"] == {"type": "TextPositionSelector", "start": 10, "end": 30}


@pytest.mark.parametrize(
    ("file", "url", "source", "via"),
    [
        ("pdf/a.pdf", "", "../pdf/a.pdf", None),
        ("text/a.txt", "https://example.org/a.pdf", "../text/a.txt", "https://example.org/a.pdf"),
        ("html/a.html", "https://example.org/a", "https://example.org/a", None),
        ("pdf/a.pdf", "javascript:alert(1)", "../pdf/a.pdf", None),
        ("", "", "../tables/coverage.csv#fra-2020-plan", None),
    ],
)
def test_the_target_is_the_address_of_what_was_read(file: str, url: str, source: str, via: str | None) -> None:
    found = annotation(file=file, url=url)["target"]["source"]
    assert found["id"] == source
    assert found.get("via") == via


def test_text_without_pages_is_selected_by_its_offsets_alone() -> None:
    first = annotation({"page_number": "1"}, file="text/a.txt")["target"]["selector"]
    assert [selector["type"] for selector in first] == ["TextQuoteSelector", "TextPositionSelector"]
    later = annotation(file="text/a.txt")  # after a form feed: offsets count from there
    assert [selector["type"] for selector in later["target"]["selector"]] == ["TextQuoteSelector"]


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 3), st.integers(0, 9), st.text(max_size=9)), max_size=9)
)
def test_no_quote_is_lost_or_altered_in_the_annotations(given_rows: list[tuple[str, int, int, str]]) -> None:
    rows = [
        {
            **EVIDENCE,
            "rank": str(rank),
            "document_id": name,
            "page_number": str(page),
            "start": str(start),
            "quote": words,
        }
        for rank, (name, page, start, words) in enumerate(given_rows, start=1)
    ]
    documents = [document("a"), document("b"), document("c")]
    files = annotate_evidence(rows, documents, {"robotics": "Robotics"}, Source("t", "c"))
    pages = [content for name, content in json.loads(json.dumps(files)).items() if name != "collection.jsonld"]
    items = [item for page in pages for item in page["items"]]
    exact = {int(item["id"].rsplit(".", 1)[1]): item["target"]["selector"][0]["exact"] for item in items}
    assert len(items) == len(rows)
    assert exact == {int(row["rank"]): row["quote"] for row in rows}
    assert [page["startIndex"] for page in pages] == [0, len(pages[0]["items"])][: len(pages)] if pages else True
    assert files["collection.jsonld"]["total"] == len(rows)


def test_every_row_of_evidence_is_an_annotation(places: Places) -> None:
    folder = places.out / "exports" / "annotations"
    pages = [json.loads(path.read_text()) for path in folder.glob("*.jsonld") if path.name != "collection.jsonld"]
    with (places.out / "tables" / "evidence.csv").open(newline="") as lines:
        rows = {f"{row['cell_id']}.{row['rank']}": row["quote"].removeprefix("'") for row in csv.DictReader(lines)}
    items = {item["id"].partition("#")[2]: item for page in pages for item in page["items"]}
    assert {key: item["target"]["selector"][0]["exact"].removeprefix("'") for key, item in items.items()} == rows
    way = next(iter(items.values()))["target"]["source"]["id"]
    assert (folder / way).resolve().is_relative_to(SAMPLE)


# SDMX


def test_cells_become_observations_by_hand() -> None:
    cell = {"n_documents": "2", "n_passages": "7", "first_year": "2018", "last_year": "2020", "salience": "0.6000"}
    none = {"n_documents": "0", "n_passages": "0", "first_year": "", "last_year": "", "salience": "0.0000"}
    cells = [
        {"country": "FRA", "concept": "robotics", "status": "targeted", **cell},
        {"country": "CHL", "concept": "robotics", "status": "not_read", **none},
        {"country": "FRA", "concept": "energy", "status": "read_none_found", **none},
    ]
    coverage = [
        {"country": "FRA", "year": "2020", "status": "read"},
        {"country": "FRA", "year": "2024", "status": "not_fetched"},
        {"country": "CHL", "year": "2021", "status": "not_fetched"},
    ]
    lines = observe_cells(cells, coverage, {"robotics": "technology", "energy": "sector"})
    assert [dict(zip(COLUMNS, line, strict=True)) for line in lines] == [
        {"FREQ": "A", "REF_AREA": "CHL", "CONCEPT": "robotics", "CONCEPT_KIND": "technology", "MEASURE": "SALIENCE",
         "TIME_PERIOD": "2021", "OBS_VALUE": "", "OBS_STATUS": "L", "STANDING": "X", "N_DOCUMENTS": "0",
         "N_PASSAGES": "0", "FIRST_YEAR": "", "LAST_YEAR": ""},
        {"FREQ": "A", "REF_AREA": "FRA", "CONCEPT": "energy", "CONCEPT_KIND": "sector", "MEASURE": "SALIENCE",
         "TIME_PERIOD": "2020", "OBS_VALUE": "0.0000", "OBS_STATUS": "A", "STANDING": "N", "N_DOCUMENTS": "0",
         "N_PASSAGES": "0", "FIRST_YEAR": "", "LAST_YEAR": ""},
        {"FREQ": "A", "REF_AREA": "FRA", "CONCEPT": "robotics", "CONCEPT_KIND": "technology", "MEASURE": "SALIENCE",
         "TIME_PERIOD": "2020", "OBS_VALUE": "0.6000", "OBS_STATUS": "A", "STANDING": "T", "N_DOCUMENTS": "2",
         "N_PASSAGES": "7", "FIRST_YEAR": "2018", "LAST_YEAR": "2020"},
    ]  # fmt: skip


def test_the_code_lists_hold_every_code_of_the_observations(places: Places) -> None:
    folder = places.out / "exports"
    with (folder / "sdmx.csv").open(newline="") as lines:
        observations = list(csv.DictReader(lines))
    with (folder / "sdmx_codes.csv").open(newline="") as lines:
        codes = {(row["CODELIST"], row["CODE"]) for row in csv.DictReader(lines)}
    lists = {"FREQ": "CL_FREQ", "REF_AREA": "CL_AREA", "CONCEPT": "CL_CONCEPT", "MEASURE": "CL_MEASURE",
             "OBS_STATUS": "CL_OBS_STATUS", "STANDING": "CL_STANDING", "CONCEPT_KIND": "CL_CONCEPT_KIND"}  # fmt: skip
    assert {(lists[name], row[name]) for row in observations for name in lists} <= codes
    assert len(code_lists([], [])) < len(codes)


# LaTeX and Word

GRID = Grid(
    "A & B", ("Country", "Chips_50%"), (("Côte d'Ivoire", "–"), ("[x]", '"a" \\input{/etc/passwd} $x^2$')), "Note."
)
_HARMLESS = re.compile(
    r"\\(?:textbackslash|textasciitilde|textasciicircum|textless|textgreater|textbar|textasciigrave|textendash"
    r"|textemdash|ldots)\{\}|\\[{}$&#_%]|\{[\[\]*]\}|-\{\}|``|~"
)


@given(st.text(st.characters(codec=None)))
def test_no_text_is_a_command_in_latex(text: str) -> None:
    rest = _HARMLESS.sub("", escape_latex(text))
    assert not re.search(r'[\\{}$&#_%^<>|\[\]*`"\x00-\x1f\x7f]|--', rest)


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("R&D 50% #1", r"R\&D 50\% \#1"),
        ("\\end{document}", r"\textbackslash{}end\{document\}"),
        ("* a [b]", "{*} a {[}b{]}"),
        ('the "smart" --- city', r"the ``smart'' -{}-{}- city"),
        ("a\u202eb\x00c\nd", "ab c d"),
        ("Æthelstan, 人工知能", "Æthelstan, 人工知能"),
    ],
)
def test_texts_in_latex_by_hand(text: str, latex: str) -> None:
    assert escape_latex(text) == latex


def test_a_table_in_latex_has_rules_rows_and_a_note() -> None:
    text = grid_latex(GRID, "mine").decode()
    assert r"\caption{A \& B}\label{tab:mine}" in text
    assert r"\textbf{Country} & \textbf{Chips\_50\%} \\" in text
    assert "Côte d'Ivoire & \\textendash{} \\\\\n\\addlinespace\n" in text
    assert text.count(r"\toprule") == 2
    assert r"\footnotesize Note.\par" in text


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no LaTeX on this machine; the escaping is tested above")
def test_latex_takes_the_tables(places: Places, tmp_path: Path) -> None:
    (tmp_path / "hostile.tex").write_bytes(grid_latex(GRID, "mine"))
    tables = [*(places.out / "exports").glob("*.tex"), tmp_path / "hostile.tex"]
    inputs = "".join(rf"\input{{{path}}}" for path in tables)
    packages = r"\usepackage[T1]{fontenc}\usepackage{booktabs,longtable,array}"
    paper = tmp_path / "paper.tex"
    paper.write_text(rf"\documentclass[landscape]{{article}}{packages}\begin{{document}}{inputs}\end{{document}}")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", paper.name]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, done.stdout[-2000:]


def test_a_wide_table_is_printed_with_a_row_for_each_filled_field() -> None:
    wide = Grid("Wide", ("Country", "A", "B"), (("France", "x", "–"), ("Chile", "–", "y")))
    assert stack_columns(wide, most=3) is wide
    stacked = stack_columns(wide, most=2)
    assert stacked.rows == (("France", "A", "x"), ("Chile", "B", "y"))
    assert "nothing was found" in stacked.note


def test_columns_share_the_line_by_their_text() -> None:
    shares = column_shares(Grid("", ("A", "B"), (("x", "y" * 99), ("x", "y" * 99))))
    assert sum(shares) == pytest.approx(1)
    assert shares[1] > 3 * shares[0] > 0.27


def test_a_word_document_holds_the_tables_and_no_moment() -> None:
    content = grids_word([GRID, stack_columns(GRID, most=1)], "Title")
    assert content == grids_word([GRID, stack_columns(GRID, most=1)], "Title")
    document = docx.Document(io.BytesIO(content))
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        list(GRID.header),
        *map(list, GRID.rows),
    ]
    assert document.core_properties.created.year == 2000
    assert document.core_properties.author == ""
    assert "tblHeader" in document.tables[0].rows[0]._tr.xml


EMPTY = docx.Document()
EMPTY.add_paragraph()


@given(st.text(st.characters(codec=None)))
def test_any_text_can_stand_in_a_word_document(text: str) -> None:
    EMPTY.paragraphs[0].text = printable(text)
    assert EMPTY.paragraphs[0].text == printable(text)


# Parquet, and the command


def test_every_table_is_in_parquet_with_its_types(places: Places) -> None:
    folder = places.out / "exports" / "parquet"
    assert {path.stem for path in folder.iterdir()} == {path.stem for path in (places.out / "tables").glob("*.csv")}
    cells = pq.read_table(folder / "cells.parquet")
    assert {"salience": "double", "n_passages": "int64", "first_year": "int64", "label": "string"}.items() <= {
        field.name: str(field.type) for field in cells.schema
    }.items()
    assert cells.schema.field("status").metadata[b"says"].startswith(b"Targeted:")
    with (places.out / "tables" / "cells.csv").open(newline="") as lines:
        years = [int(row["first_year"]) if row["first_year"] else None for row in csv.DictReader(lines)]
    assert cells.column("first_year").to_pylist() == years
    assert None in years


def test_a_field_of_another_type_is_said_with_its_line() -> None:
    header = ",".join(column.name for column in entry_of("documents.csv", CATALOGUE).columns)
    table = read_table("documents.csv", f"{header}\na,b,core,0.5,3,x\na,c,core,much,3,x\n".encode(), CATALOGUE)
    with pytest.raises(ValueError, match=r"documents.csv, line 3: salience is 'much'; expected number"):
        typed_columns(table)


def test_formulas_are_texts_again_outside_spreadsheets() -> None:
    table = read_table("codes.csv", b"concept,system,code,label\na,ket,c,'=1+1\n", CATALOGUE)
    assert table.rows()[0]["label"] == "=1+1"


def run(*arguments: str | Path) -> Iterator[Any]:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    yield done.exit_code
    yield " ".join(done.output.split())


def test_the_command_makes_the_forms_that_are_asked_for(places: Places, tmp_path: Path) -> None:
    shutil.copytree(places.out / "tables", tmp_path / "tables")
    code, printed = run("export", SAMPLE, "--out", tmp_path, "--format", "sdmx", "--format", "latex")
    assert (code, printed.split(" ")[0]) == (0, "sdmx:")
    assert {path.name for path in (tmp_path / "exports").iterdir()} == {
        "sdmx.csv", "sdmx_codes.csv", "comparison.tex", "comparison_extended.tex"
    }  # fmt: skip


@pytest.mark.parametrize("command", ["export", "package"])
def test_without_tables_there_is_a_sentence(tmp_path: Path, command: str) -> None:
    code, printed = run(command, SAMPLE, "--out", tmp_path)
    assert code == 1
    assert "build the tables first" in printed
