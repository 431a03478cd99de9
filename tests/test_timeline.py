"""Time: cells by period, first appearances, what new editions changed, and tables as of a year."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from minicorpus import keep_vocabulary, parameters, rows, write_corpus, write_document
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.schemas import Cell, Document, DocumentConcept, Evidence, Page
from pipeline.stages.places import Places, load_parameters, read_periods
from pipeline.stages.tables import write_tables
from pipeline.stages.timeline import write_timeline
from pipeline.storage import read_rows
from pipeline.timeline import Views, compare_editions, list_evidence

PERIODS = {"early": [2000, 2018], "late": [2019, 2030]}
WHO = "reason: So., reviewer: AB, date: 2024-05-01"
ROOT = Path(__file__).parents[1]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return write_corpus(tmp_path)


@pytest.fixture(autouse=True)
def _read_the_vocabulary_once(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_vocabulary(monkeypatch)


def timeline(places: Places, name: str, *columns: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Write the tables of time; return some columns of one by country and concept (and period)."""
    write_timeline(places, parameters(periods=PERIODS))
    found = {}
    for row in rows(places.tables / f"{name}.csv"):
        key = tuple(row[column] for column in ("country", "concept", "period") if column in row)
        found[key] = tuple(row[column] for column in columns)
    return found


# First appearances


def test_the_first_year_is_that_of_the_first_document_and_says_what_was_read_before(places: Places) -> None:
    columns = ("status", "first_mentioned", "first_targeted", "last_targeted", "earlier_read", "earlier_not_read")
    assert timeline(places, "timeline", *columns) == {
        ("DEU", "graphene"): ("targeted", "2019", "2020", "2020", "2", "0"),
        ("DEU", "hydrogen"): ("targeted", "2018", "2018", "2020", "0", "0"),
        ("DEU", "rail"): ("mentioned", "2018", "", "", "0", "0"),
        ("DEU", "robotics"): ("mentioned", "2018", "2018", "2018", "0", "0"),
        ("FRA", "rail"): ("mentioned", "2021", "", "", "0", "0"),
        ("FRA", "robotics"): ("targeted", "2021", "2021", "2021", "0", "0"),
    }


def test_earlier_documents_that_were_not_read_are_counted_apart(places: Places) -> None:
    write_document(places.corpus, "deu-2018-plan", None)
    found = timeline(places, "timeline", "first_targeted", "earlier_read", "earlier_not_read")
    assert found["DEU", "graphene"] == ("2020", "1", "1")
    assert found["DEU", "hydrogen"] == ("2020", "1", "1")


def test_each_row_leads_to_a_quote_that_stands_on_its_page(places: Places) -> None:
    write_timeline(places, parameters(periods=PERIODS))
    quotes = {row["evidence_id"]: row for row in rows(places.tables / "timeline_evidence.csv")}
    cited = [*rows(places.tables / "timeline.csv"), *rows(places.tables / "editions.csv")]
    assert {row["evidence_id"] for row in cited} == set(quotes)
    for row in cited:
        pages = read_rows(places.out / "pages" / f"{row['document_id']}.parquet", Page)
        raw = pages[int(row["page_number"]) - 1].text[int(row["start"]) : int(row["end"])]
        assert raw == quotes[row["evidence_id"]]["quote"]
        assert row["page_label"] == f"p{row['page_number']}"


def test_what_a_person_rejected_was_never_targeted_and_what_one_accepted_was(places: Places) -> None:
    places.decisions.write_text(
        "country,concept,verdict,reason,reviewer,date,expects\n"
        "DEU,hydrogen,reject,so,AB,2024-05-01,targeted\nFRA,rail,accept,so,AB,2024-05-01,mentioned\n"
    )
    found = timeline(places, "timeline", "status", "first_targeted")
    assert found["DEU", "hydrogen"] == ("rejected", "")
    assert found["FRA", "rail"] == ("targeted", "2021")
    cells = timeline(places, "periods", "status")
    assert cells["DEU", "hydrogen", "early"] == cells["DEU", "hydrogen", "late"] == ("rejected",)
    assert cells["FRA", "rail", "late"] == ("targeted",)


# Editions


def test_an_edition_is_compared_with_the_one_it_replaces(places: Places) -> None:
    columns = ("line", "from_document", "change", "level_before", "level_after", "document_id", "page_number", "status")
    found = timeline(places, "editions", *columns)
    old, new = "deu-2018-plan", "deu-2020-plan"
    assert list(found.items()) == [
        (("DEU", "graphene"), (old, old, "new", "none", "core", new, "3", "targeted")),
        (("DEU", "robotics"), (old, old, "fell", "core", "mentioned", new, "1", "mentioned")),
        (("DEU", "rail"), (old, old, "dropped", "mentioned", "none", old, "3", "mentioned")),
        (("DEU", "hydrogen"), (old, old, "kept", "core", "core", new, "2", "targeted")),
    ]


def test_an_edition_that_was_not_read_is_a_row_and_the_next_is_compared_over_it(places: Places) -> None:
    (places.corpus / "corrections.yaml").write_text(
        f"deu-2019-report:\n  supersedes: {{is: deu-2018-plan, expects: '', {WHO}}}\n"
        f"deu-2020-plan:\n  supersedes: {{is: deu-2019-report, expects: deu-2018-plan, {WHO}}}\n"
    )
    write_document(places.corpus, "deu-2019-report", None)
    said = write_timeline(places, parameters(periods=PERIODS))
    assert "1 editions compared with the one before them, 1 that were not read" in said
    found = rows(places.tables / "editions.csv")
    assert {(row["from_document"], row["to_document"], row["change"] == "not_read") for row in found} == {
        ("deu-2018-plan", "deu-2019-report", True),
        ("deu-2018-plan", "deu-2020-plan", False),
    }
    assert {row["line"] for row in found} == {"deu-2018-plan"}


def document(name: str, supersedes: str = "") -> Document:
    return Document(name, "DEU", int(name[-4:]), name, "", "en", "industrial-strategy", "", "", "", "", supersedes, "")


levels = st.dictionaries(st.sampled_from("abcde"), st.sampled_from(["core", "supported", "mentioned"]))


@given(levels, levels)
def test_every_concept_of_either_edition_has_one_row_with_a_quote_of_one_that_names_it(
    old: dict[str, str], new: dict[str, str]
) -> None:
    said = {"p2018": old, "p2020": new}
    views = Views(
        documents=(document("p2018"), document("p2020", "p2018")),
        read=frozenset(said),
        cells=tuple(
            Cell(f"DEU.{c}", "DEU", c, c, "", "mentioned", 0.0, 1, 1, None, None, "", "mentioned") for c in "abcde"
        ),
        alone={},
        concepts={
            name: {c: DocumentConcept(name, c, level, 0.5, 1, "") for c, level in found.items()}
            for name, found in said.items()
        },
        quotes={
            name: {
                c: Evidence(f"DEU.{c}", 1, name, 1, "", 0, 1, c, "", "", "paragraph", "mentioned", "r",
                            "en", c, "", "", "", f"{name}{c}")
                for c in found
            }
            for name, found in said.items()
        },
    )  # fmt: skip
    found = compare_editions(views)
    assert sorted(row.concept for row in found) == sorted({*old, *new})
    assert all(row.concept in said[row.document_id] for row in found)
    assert all((row.change == "dropped") == (row.document_id == "p2018") for row in found)
    assert len(list_evidence(found, views)) == len(found)


# Periods


def test_the_grid_of_periods_is_full_and_each_is_made_of_its_own_documents(places: Places) -> None:
    found = timeline(places, "periods", "status", "n_documents", "documents")
    assert len(found) == 3 * 96 * 2
    assert found["DEU", "robotics", "early"] == ("targeted", "1", "deu-2018-plan")
    assert found["DEU", "robotics", "late"] == ("mentioned", "1", "deu-2020-plan")
    assert found["DEU", "graphene", "late"] == ("targeted", "2", "deu-2019-report;deu-2020-plan")
    assert found["DEU", "graphene", "early"] == ("read_none_found", "0", "")
    assert found["FRA", "robotics", "early"] == ("not_read", "0", "")
    assert found["CHL", "robotics", "early"] == ("not_read", "0", "")


def test_documents_of_no_period_are_named(places: Places) -> None:
    said = write_timeline(places, parameters(periods={"late": [2019, 2020]}))
    assert said.endswith("; of no period: deu-2018-plan, fra-2021-plan")


@pytest.mark.parametrize(
    ("periods", "sentence"),
    [
        ({"a": 2014}, r"params.yaml, periods: a is 2014; expected two years"),
        ({"a": [2014, 2016], "b": [2016, 2020]}, "'a' and 'b' share years"),
        ({"a": [2016, 2014]}, "needs a label of its own and years in order"),
        ({"all": [2014, 2016]}, "'all' .* needs a label of its own"),
    ],
)
def test_faults_of_periods_are_sentences(periods: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_periods(parameters(periods=periods))


def test_the_periods_of_the_project_are_in_order() -> None:
    periods = read_periods(load_parameters(ROOT / "params.yaml"))
    assert [period.first for period in periods] == sorted(period.first for period in periods)


# As of a year


def test_as_of_a_year_later_documents_leave_and_supersede_nothing(places: Places) -> None:
    write_tables(places, parameters())
    before = {path.name: path.read_bytes() for path in places.tables.iterdir()}
    then = Places(places.corpus, places.out, as_of=2019)
    write_tables(then, parameters())
    write_timeline(then, parameters(periods=PERIODS))
    cells = {row["cell_id"]: row["status"] for row in rows(places.out / "tables-as-of-2019" / "cells.csv")}
    assert cells["DEU.robotics"] == "targeted"
    assert cells["DEU.graphene"] == "mentioned"
    assert {name[:3] for name in cells} == {"CHL", "DEU"}
    listed = rows(then.tables / "coverage.csv")
    assert [row["document_id"] for row in listed if row["superseded_by"]] == []
    assert rows(then.tables / "editions.csv") == []
    assert "as of 2019" in (then.tables / "comparison.html").read_text(encoding="utf-8")
    assert {path.name: path.read_bytes() for path in places.tables.iterdir()} == before


def test_an_acceptance_holds_as_of_a_year_only_where_nothing_later_was_read(places: Places) -> None:
    places.decisions.write_text(
        "country,concept,verdict,reason,reviewer,date,expects\n"
        "DEU,rail,accept,so,AB,2024-05-01,mentioned\nDEU,graphene,reject,so,AB,2024-05-01,targeted\n"
    )
    for year, rail in ((2019, "mentioned"), (2020, "targeted")):
        then = Places(places.corpus, places.out, as_of=year)
        write_tables(then, parameters())
        cells = {row["cell_id"]: row for row in rows(then.tables / "cells.csv")}
        assert cells["DEU.rail"]["status"] == rail
        assert cells["DEU.graphene"]["status"] == "rejected"


def test_the_command_line_makes_and_shows_a_year(places: Places) -> None:
    runner = CliRunner(env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"})
    shown = ["show", "DEU", "--corpus", f"{places.corpus}/", "--as-of", "2018"]
    missing = runner.invoke(app, shown)
    assert missing.exit_code == 1
    assert "tables-as-of-2018 is not there" in missing.output.replace("\n", "")
    for command in ("tables", "timeline"):
        assert runner.invoke(app, [command, str(places.corpus), "--as-of", "2018"]).exit_code == 0
    assert "robotics" in runner.invoke(app, shown).output
    early = runner.invoke(app, ["tables", str(places.corpus), "--as-of", "2000"])
    assert early.exit_code == 1
    assert "no document is of 2000 or before; the earliest is of 2017" in early.output.replace("\n", "")
