"""What people decided: read with its faults, laid over cells and quotes, and listed where its ground has moved."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from minicorpus import SAID, evidence_id, keep_vocabulary, parameters, rows, write_corpus, write_document

from pipeline.decisions import decide_cells, decide_mentions, read_decisions, review_decisions
from pipeline.schemas import Cell, Decision, Mention
from pipeline.stages.places import Places
from pipeline.stages.tables import write_tables

HEADER = "country,concept,verdict,reason,reviewer,date,expects,evidence\n"
PATH = Path("decisions.csv")


def cell(status: str, country: str = "DEU", concept: str = "robotics") -> Cell:
    found = int(status in ("targeted", "mentioned"))
    return Cell(
        f"{country}.{concept}", country, concept, concept.title(), "digital", status, 0.5 * found, found, found, None,
        None, "why", status,
    )  # fmt: skip


def decision(verdict: str, evidence: str = "", **changes: str) -> Decision:
    row = Decision("DEU", "robotics", verdict, "it is so", "AB", "2024-05-01", "targeted", evidence, 2)
    return replace(row, **changes)


def decided(one: Cell, *decisions: Decision, **options: object) -> Cell:
    return decide_cells(PATH, [one], {one.cell_id: one.status}, decisions, **options)[0]  # type: ignore[arg-type]


# Reading


def test_decisions_are_read_and_a_missing_file_has_none(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    assert read_decisions(path, ["DEU"], ["robotics"]) == ()
    without = HEADER.replace(",evidence", "")
    path.write_text(f"\ufeff{without}\nDEU,robotics,reject, it is so ,AB,2024-05-01,targeted\n", encoding="utf-8")
    assert read_decisions(path, ["DEU"], ["robotics"]) == (decision("reject", line=3),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("FRA,robotics,reject,so,AB,2024-05-01,targeted,", "country is 'FRA'; expected one of the register: DEU"),
        ("DEU,robots,reject,so,AB,2024-05-01,targeted,", "concept is 'robots'; expected the id"),
        ("DEU,robotics,maybe,so,AB,2024-05-01,targeted,", "verdict is 'maybe'; expected accept or reject"),
        ("DEU,robotics,reject,,AB,2024-05-01,targeted,", "no reason"),
        ("DEU,robotics,reject,so,,2024-05-01,targeted,", "no reviewer"),
        ("DEU,robotics,reject,so,AB,1 May 2024,targeted,", "date is '1 May 2024'; expected the day"),
        ("DEU,robotics,reject,so,AB,2024-02-30,targeted,", "date is '2024-02-30'"),
        ("DEU,robotics,reject,so,AB,2024-05-01,not_read,", "expects is 'not_read'; expected what the machine says now"),
        ("DEU,robotics,reject,so,AB,2024-05-01", "expected 8 fields, found 6"),
    ],
)
def test_a_fault_is_a_sentence_with_file_and_line(tmp_path: Path, line: str, sentence: str) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(f"{HEADER}\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(f"{path}:3: {sentence}")):
        read_decisions(path, ["DEU"], ["robotics"])


def test_two_decisions_on_one_cell_or_quote_are_told_together_and_a_cell_and_its_quote_are_two(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    one = "DEU,robotics,reject,so,AB,2024-05-01,targeted,"
    path.write_text(f"{HEADER}{one}\n{one}q1\n{one}q2\n", encoding="utf-8")
    assert len(read_decisions(path, ["DEU"], ["robotics"])) == 3
    path.write_text(f"{HEADER}{one}\n{one}\n{one}q1\n{one}q1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="already") as told:
        read_decisions(path, ["DEU"], ["robotics"])
    first, second = str(told.value).splitlines()
    assert first.startswith(f"{path}:3: DEU robotics was decided on in line 2 already")
    assert second.startswith(f"{path}:5: quote q1 was decided on in line 4 already")


# Laying them over what was found


def test_a_rejected_cell_is_rejected_and_an_accepted_one_targeted_with_what_the_machine_said() -> None:
    rejected = decided(cell("targeted"), decision("reject"))
    assert (rejected.status, rejected.machine) == ("rejected", "targeted")
    assert rejected.decision == "rejected by AB on 2024-05-01: it is so"
    accepted = decided(cell("mentioned"), decision("accept"))
    assert (accepted.status, accepted.machine, accepted.reasons) == ("targeted", "mentioned", "why")


@pytest.mark.parametrize("status", ["read_none_found", "not_read"])
def test_there_is_no_cell_without_a_quote(status: str) -> None:
    with pytest.raises(
        ValueError, match=r"decisions.csv:2: DEU robotics is accepted and has no quote .*; no cell with"
    ):
        decided(cell(status), decision("accept"))
    assert decided(cell(status), decision("reject")).status == status
    assert decided(cell(status), decision("accept"), accepting=()).status == status


def test_acceptances_hold_where_everything_is_looked_at_and_rejections_everywhere() -> None:
    assert decided(cell("mentioned"), decision("accept"), accepting=["DEU"]).status == "targeted"
    other = decided(cell("mentioned"), decision("accept"), accepting=["FRA"])
    assert (other.status, other.decision) == ("mentioned", "")
    assert decided(cell("mentioned"), decision("reject"), accepting=["FRA"]).status == "rejected"


mentions = st.builds(
    lambda name, level: Mention(
        id=name, passage_id=name, document_id="d", page_number=1, start=0, end=2, term_start=0, term_end=2,
        concept="robotics", rule_id="r", term="ai", quote="ai", prefix="", suffix="", kind="paragraph", level=level,
        cues=(), language="en",
    ),
    st.sampled_from(["a", "b", "c", "d"]),
    st.sampled_from(["targeted", "mentioned"]),
)  # fmt: skip


@given(st.lists(mentions), st.dictionaries(st.sampled_from(["a", "b", "c"]), st.sampled_from(["accept", "reject"])))
def test_no_quote_is_lost_but_the_rejected_ones(found: list[Mention], verdicts: dict[str, str]) -> None:
    left = list(decide_mentions(found, [decision(verdict, name) for name, verdict in verdicts.items()]))
    assert [row.id for row in left] == [row.id for row in found if verdicts.get(row.id) != "reject"]
    assert {row.level for row in left if verdicts.get(row.id) == "accept"} <= {"targeted"}
    untouched = [row for row in found if row.id not in verdicts]
    assert [row for row in left if row.id not in verdicts] == untouched


def test_decisions_whose_ground_has_moved_are_listed_with_the_reason() -> None:
    rows = [decision("reject"), decision("accept", "q1", expects="mentioned"), decision("accept", "q2")]
    assert review_decisions(rows[:2], {("DEU", "robotics"): "targeted"}, {"q1": "mentioned"}) == []
    moved = review_decisions(rows, {("DEU", "robotics"): "read_none_found"}, {"q1": "targeted"})
    assert [row.found for row in moved] == ["read_none_found", "targeted", "gone"]
    assert "is targeted, now it says read none found" in moved[0].why
    assert "no longer found" in moved[2].why


# The tables of a corpus


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return write_corpus(tmp_path)


@pytest.fixture(autouse=True)
def _read_the_vocabulary_once(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_vocabulary(monkeypatch)


def decide(places: Places, *lines: str) -> str:
    places.decisions.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return write_tables(places, parameters())


def cells(places: Places) -> dict[str, dict[str, str]]:
    return {row["cell_id"]: row for row in rows(places.tables / "cells.csv")}


def saliences(places: Places, document: str) -> dict[str, float]:
    found = rows(places.tables / "documents.csv")
    return {row["concept"]: float(row["salience"]) for row in found if row["document_id"] == document}


def test_without_decisions_the_machine_has_the_say(places: Places) -> None:
    assert "decisions" not in write_tables(places, parameters())
    assert all(row["status"] == row["machine"] and not row["decision"] for row in cells(places).values())
    assert cells(places)["DEU.hydrogen"]["status"] == "targeted"
    assert rows(places.tables / "decisions_review.csv") == []


def test_a_decided_cell_is_marked_in_every_table_and_keeps_its_quotes(places: Places) -> None:
    said = decide(
        places,
        'DEU,hydrogen,reject,"only <b>hydrogen</b> | peroxide",AB,2024-05-01,targeted,',
        "DEU,robotics,accept,=the annex funds it,CD,2024-05-02,mentioned,",
    )
    assert said.endswith("; 2 decisions by people")
    found = cells(places)
    assert (found["DEU.hydrogen"]["status"], found["DEU.hydrogen"]["machine"]) == ("rejected", "targeted")
    assert (found["DEU.robotics"]["status"], found["DEU.robotics"]["machine"]) == ("targeted", "mentioned")
    assert any(row["cell_id"] == "DEU.hydrogen" for row in rows(places.tables / "evidence.csv"))
    germany = next(row for row in rows(places.tables / "comparison.csv") if row["Country"] == "Germany")
    labels = "; ".join(germany.values())
    assert "Robotics" in labels
    assert "Hydrogen" not in labels
    written = (places.tables / "comparison.md").read_text(encoding="utf-8")
    assert "Robotics†" in written
    assert r"only \<b\>hydrogen\</b\> \| peroxide" in written
    page = (places.tables / "comparison.html").read_text(encoding="utf-8")
    assert "<summary>Robotics†</summary>" in page
    assert "1 rejected by people" in page
    assert "only &lt;b&gt;hydrogen&lt;/b&gt; | peroxide" in page
    book = openpyxl.load_workbook(places.tables / "comparison.xlsx")
    texts = [str(field.value) for row in book.worksheets[0].iter_rows() for field in row if field.value]
    assert any("Robotics†" in text for text in texts)
    assert any("rejected by AB on 2024-05-01" in text for text in texts)


def test_a_rejected_quote_leaves_before_counting_and_an_accepted_one_counts_as_targeted(places: Places) -> None:
    write_tables(places, parameters())
    before = saliences(places, "deu-2020-plan")
    out, up = evidence_id("deu-2020-plan", 3), evidence_id("deu-2020-plan", 1)
    decide(
        places,
        f"DEU,graphene,reject,a pencil,AB,2024-05-01,targeted,{out}",
        f"DEU,robotics,accept,it is funded,AB,2024-05-01,mentioned,{up}",
    )
    found = cells(places)
    assert (found["DEU.graphene"]["status"], found["DEU.graphene"]["machine"]) == ("mentioned", "targeted")
    assert found["DEU.graphene"]["n_documents"] == "1"
    assert found["DEU.graphene"]["decision"] == f"quote {out} rejected by AB on 2024-05-01: a pencil"
    assert (found["DEU.robotics"]["status"], found["DEU.robotics"]["machine"]) == ("targeted", "mentioned")
    after = saliences(places, "deu-2020-plan")
    assert "graphene" not in after
    assert after["robotics"] > before["robotics"]
    evidence = {row["evidence_id"]: row for row in rows(places.tables / "evidence.csv")}
    assert out not in evidence
    assert evidence[up]["level"] == "targeted"
    assert evidence[up]["decision"].startswith(f"quote {up} accepted by AB")


def test_what_is_decided_on_a_quote_of_another_cell_is_a_fault(places: Places) -> None:
    quote = evidence_id("deu-2020-plan", 3)
    with pytest.raises(ValueError, match=rf"decisions.csv:2: the quote {quote} is of DEU graphene; expected one of"):
        decide(places, f"DEU,robotics,reject,no,AB,2024-05-01,targeted,{quote}")


def test_a_build_says_which_decisions_to_review(places: Places) -> None:
    quote = evidence_id("deu-2020-plan", 3)
    lines = (
        "DEU,hydrogen,reject,no,AB,2024-05-01,targeted,",
        f"DEU,graphene,accept,yes,AB,2024-05-01,targeted,{quote}",
    )
    assert "to review" not in decide(places, *lines)
    write_document(places.corpus, "deu-2020-plan", SAID["deu-2020-plan"][:1])
    said = decide(places, *lines)
    assert f"2 to review because the machine says something else now (DEU hydrogen, DEU graphene {quote})" in said
    listed = rows(places.tables / "decisions_review.csv")
    assert [(row["concept"], row["found"]) for row in listed] == [("hydrogen", "mentioned"), ("graphene", "gone")]
    assert cells(places)["DEU.hydrogen"]["status"] == "rejected"
