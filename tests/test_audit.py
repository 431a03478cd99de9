"""Tests of the audit: faults that are put into a good corpus are caught, each with a sentence that names it."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.audit import Audit, Corpus, Quote, audit_corpus, find_quotes, list_quotes, opening, summarise
from pipeline.audit.letters import bare_letters, letters
from pipeline.audit.places import check_zones
from pipeline.audit.quotes import nearest
from pipeline.audit.sources import Source, deciding_ids, read_register
from pipeline.cli import app
from pipeline.stages.audit import read_rules, write_audit
from pipeline.stages.findings import write_findings
from pipeline.stages.mentions import refresh_mentions
from pipeline.stages.package import write_package
from pipeline.stages.pages import refresh_pages
from pipeline.stages.passages import refresh_passages
from pipeline.stages.places import Places, load_parameters
from pipeline.stages.tables import write_tables
from pipeline.stages.ties import write_ties
from pipeline.stages.timeline import write_timeline

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "corpora" / "sample"
PARAMETERS = load_parameters(ROOT / "params.yaml")
BRIEF, REVIEW, WEB = "aus-2016-brief-en", "aus-2017-review-en", "nld-2015-brief-nl"
SHARES = {"least_found": 0.99, "least_of_document": 0.9}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a PDF, a text and a web page of the sample, with the tables that the audit holds against each other."""
    folder = tmp_path_factory.mktemp("audited")
    rows = [row for row in read(SAMPLE / "sources.csv") if row["id"] in (BRIEF, REVIEW, WEB)]
    for row in rows:
        (folder / row["file"]).parent.mkdir(exist_ok=True)
        shutil.copy(SAMPLE / row["file"], folder / row["file"])
    write(folder / "sources.csv", rows)
    places = Places(folder, folder)
    for refresh in (refresh_pages, refresh_passages, refresh_mentions):
        refresh(places, PARAMETERS, workers=1)
    for make in (write_tables, write_ties, write_timeline, write_findings, write_package):
        make(places, PARAMETERS)
    return folder


@pytest.fixture
def corpus(built: Path, tmp_path: Path) -> Path:
    """Return a copy of the built corpus that a test may spoil."""
    return shutil.copytree(built, tmp_path / "corpus")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(path: Path, rows: Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def edit(corpus: Path, table: str, change: Callable[[list[dict[str, str]]], object]) -> None:
    """Change the rows of a table by hand."""
    rows = read(corpus / "tables" / table)
    change(rows)
    write(corpus / "tables" / table, rows)


def audit(folder: Path, *, opened: bool = True) -> Audit:
    """Audit a corpus in this process; unless ``opened`` without a look into its documents."""
    corpus = Corpus(folder, folder, read_rules(Places(folder, folder), PARAMETERS))
    found = {
        name: find_quotes(folder / corpus.register[name].file, quotes, 5)
        for name, quotes in list_quotes(corpus).items()
        if opened and name in corpus.register
    }
    return audit_corpus(corpus, found, {}, **SHARES)


def sentences(folder: Path, check: str, severity: str = "fault") -> list[str]:
    """Return what a check says of a corpus."""
    found = audit(folder, opened=check == "quotes")
    return [fault.sentence for fault in found.faults if (fault.check, fault.severity) == (check, severity)]


def first(rows: list[dict[str, str]], **values: str) -> dict[str, str]:
    """Return the first row with these values."""
    return next(row for row in rows if values.items() <= row.items())


# A corpus in order


def test_nothing_is_wrong_with_a_corpus_as_it_was_built(built: Path) -> None:
    found = audit(built)
    assert found.faults == ()
    assert found.quotes == found.found > 100
    assert {check for check, rows in found.looked_at.items() if not rows} == {"instruments", "decisions", "editions"}


def test_the_figures_are_the_same_without_pdftotext(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = summarise(audit(built))
    monkeypatch.setattr(opening.shutil, "which", lambda name: None)
    assert summarise(audit(built)) == expected


def test_the_command_writes_both_files_and_exits_with_what_it_found(corpus: Path) -> None:
    runner = CliRunner()
    done = runner.invoke(app, ["audit", str(corpus), "--workers", "1"])
    assert done.exit_code == 0, done.output
    assert read(corpus / "tables" / "audit.csv") == []
    figures = json.loads((corpus / "tables" / "audit.json").read_text())
    assert (figures["faults"], figures["share_found"]) == (0, 1.0)
    before = (corpus / "tables" / "audit.json").read_bytes()
    edit(corpus, "cells.csv", lambda rows: first(rows, status="targeted").update(status="mentioned"))
    done = runner.invoke(app, ["audit", str(corpus), "--workers", "1"])
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert "its documents and decisions make it targeted" in done.output
    assert (corpus / "tables" / "audit.json").read_bytes() != before


def test_a_document_that_cannot_be_opened_again_is_a_fault(corpus: Path) -> None:
    (corpus / "pdf" / f"{BRIEF}.pdf").unlink()
    found = write_audit(Places(corpus, corpus), PARAMETERS, workers=1)
    said = [fault.sentence for fault in found.failing]
    assert any(f"pdf/{BRIEF}.pdf was read and is not there any more" in sentence for sentence in said)
    assert any(f"{BRIEF} could not be opened again: FileNotFoundError" in sentence for sentence in said)


def test_tables_that_were_not_built_are_said(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "sources.csv").write_text("id,country,year,kind,file\n")
    with pytest.raises(ValueError, match=r"has no cells.csv, evidence.csv, .*; build the tables first"):
        audit(tmp_path)


# Faults put in


def test_a_moved_quote_is_caught(corpus: Path) -> None:
    edit(corpus, "evidence.csv", lambda rows: first(rows, document_id=BRIEF, page_number="1").update(page_number="2"))
    (sentence,) = sentences(corpus, "quotes")
    assert f"its quote stands on page 1 of {BRIEF}, and not on page 2" in sentence
    assert "of page 2 of" in sentences(corpus, "slices")[0]


def test_a_deleted_row_of_evidence_is_caught_wherever_it_stood(corpus: Path) -> None:
    rows = read(corpus / "tables" / "evidence.csv")
    cell = next(row["cell_id"] for row in rows if row["rank"] == "3")
    write(corpus / "tables" / "evidence.csv", [row for row in rows if (row["cell_id"], row["rank"]) != (cell, "3")])
    (sentence,) = sentences(corpus, "evidence_of_cells")
    assert sentence.startswith(f"cells.csv, {cell}: evidence.csv has ")
    write(corpus / "tables" / "evidence.csv", [row for row in rows if (row["cell_id"], row["rank"]) != (cell, "1")])
    assert f"evidence.csv, {cell}: its ranks are 2, 3" in sentences(corpus, "evidence_rows")[0]
    write(corpus / "tables" / "evidence.csv", [row for row in rows if row["cell_id"] != cell])
    assert any("has no quote for it" in sentence for sentence in sentences(corpus, "evidence_of_cells"))


def test_swapped_pages_of_a_file_are_caught_whatever_its_hash(corpus: Path) -> None:
    path = corpus / "pdf" / f"{BRIEF}.pdf"
    with pypdfium2.PdfDocument(SAMPLE / "pdf" / path.name) as old, pypdfium2.PdfDocument.new() as new:
        new.import_pages(old, [1, 0, 2])
        new.save(path)
    rows = read(corpus / "sources.csv")
    first(rows, id=BRIEF)["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    write(corpus / "sources.csv", rows)
    assert sentences(corpus, "files") == []
    said = sentences(corpus, "quotes")
    assert any(f"stands on page 2 of {BRIEF}, and not on page 1" in sentence for sentence in said)
    assert any(f"stands on page 1 of {BRIEF}, and not on page 2" in sentence for sentence in said)


def test_a_changed_file_is_caught_by_its_hash_and_by_its_text(corpus: Path) -> None:
    path = corpus / "pdf" / f"{BRIEF}.pdf"
    path.write_bytes(path.read_bytes() + b"\n")
    (sentence,) = sentences(corpus, "files")
    assert sentence.startswith(f"sources.csv, {BRIEF}: pdf/{BRIEF}.pdf is another file than the register's")
    assert sentences(corpus, "quotes") == []
    shutil.copy(SAMPLE / "pdf" / "gbr-2013-brief-en.pdf", path)
    said = sentences(corpus, "quotes")
    assert any(sentence.startswith(f"sources.csv, {BRIEF}: 0 of ") for sentence in said)
    assert any("expected 99.00% (audit.least_found)" in sentence for sentence in said)
    assert all("no other extractor finds its quote" in sentence for sentence in sentences(corpus, "quotes", "noted"))


def test_a_status_edited_by_hand_is_caught(corpus: Path) -> None:
    edit(corpus, "cells.csv", lambda rows: first(rows, status="read_none_found").update(status="targeted"))
    (sentence,) = sentences(corpus, "statuses")
    assert "its status is targeted; its documents and decisions make it read_none_found" in sentence
    assert any(
        "it is targeted and evidence.csv has no quote for it" in one for one in sentences(corpus, "evidence_of_cells")
    )


def test_a_label_added_to_a_comparison_by_hand_is_caught(corpus: Path) -> None:
    edit(corpus, "comparison.csv", lambda rows: first(rows, Country="Australia").update(Biotech="Biotechnology; Genes"))
    assert sentences(corpus, "comparisons") == [
        "comparison.csv, Australia, Biotech: it says Genes, and no targeted cell does"
    ]
    edit(corpus, "comparison.csv", lambda rows: first(rows, Country="Australia").update(Biotech="–"))
    assert "it lacks Biotechnology" in sentences(corpus, "comparisons")[0]


def test_a_shifted_offset_is_caught(corpus: Path) -> None:
    def shift(rows: list[dict[str, str]]) -> None:
        row = first(rows, document_id=WEB)
        row["start"] = str(int(row["start"]) + 4)

    edit(corpus, "evidence.csv", shift)
    (sentence,) = sentences(corpus, "slices")
    assert f"of page 1 of {WEB} are not the quote's words" in sentence
    edit(corpus, "evidence.csv", lambda rows: first(rows, document_id=WEB).update(end="99999999"))
    assert "characters" in sentences(corpus, "offsets")[0]


def test_a_changed_word_is_caught(corpus: Path) -> None:
    def change(rows: list[dict[str, str]]) -> None:
        row = next(row for row in rows if " will " in row["quote"])
        row["quote"] = row["quote"].replace(" will ", " may ")

    edit(corpus, "evidence.csv", change)
    assert "are not the quote's words" in sentences(corpus, "slices")[0]
    (sentence,) = sentences(corpus, "quotes", "noted")
    assert "no other extractor finds its quote" in sentence
    assert " may " not in sentence


SPOILED: list[tuple[str, str, dict[str, str], dict[str, str], str]] = [
    ("evidence.csv", "languages", {"document_id": WEB}, {"language": "en"}, "its language is 'en', and the passage"),
    ("evidence.csv", "offsets", {"document_id": BRIEF}, {"page_label": "xii"}, "is labelled otherwise than 'xii'"),
    ("evidence.csv", "evidence_rows", {"document_id": BRIEF}, {"document_id": WEB}, f"{WEB} is of another country"),
    ("evidence.csv", "evidence_rows", {"document_id": BRIEF}, {"document_id": "x"}, "the register has no document x"),
    ("cells.csv", "counts", {"status": "targeted"}, {"n_documents": "9"}, "n_documents is 9; documents.csv gives"),
    (
        "cells.csv",
        "counts",
        {"status": "targeted"},
        {"salience": "0.9999"},
        "salience is 0.9999; its documents together",
    ),
    (
        "cells.csv",
        "decisions",
        {"status": "targeted"},
        {"decision": "by AB"},
        "a decision that decisions.csv does not have",
    ),
    ("cells.csv", "grid", {"concept": "robotics"}, {"cell_id": "AUS.robots"}, "no such country or no such concept"),
    ("documents.csv", "levels", {"level": "core"}, {"level": "supported"}, "level is supported; a salience of"),
    ("documents.csv", "levels", {"level": "core"}, {"n_passages": "77"}, "n_passages is 77; "),
    ("coverage.csv", "coverage", {"document_id": BRIEF}, {"pages_read": "2"}, "pages_read is 2; 3 pages are ok"),
    ("coverage.csv", "coverage", {"document_id": BRIEF}, {"document_id": "y"}, "y: the register has no such document"),
    ("periods.csv", "periods", {"status": "targeted"}, {"status": "mentioned"}, "its documents make it targeted"),
    ("timeline.csv", "timeline", {"status": "targeted"}, {"first_targeted": "1999"}, "targeted in 1999-"),
    ("timeline.csv", "cited", {"status": "targeted"}, {"evidence_id": "0"}, "no quote of its id stands at its place"),
    (
        "ecosystem_matrix.csv",
        "matrices",
        {"technology": "robotics"},
        {"energy": "7"},
        "ecosystem.csv says under energy",
    ),
    ("ties_evidence.csv", "ties", {"rank": "1"}, {"rank": "2"}, "its ranks are 2"),
    ("fusion_nodes.csv", "nodes", {"technology": "robotics"}, {"countries": "AUS JPN"}, "its countries are AUS JPN"),
    ("claims_evidence.csv", "verdicts", {"status": "targeted"}, {"status": "mentioned"}, "cells.csv says otherwise"),
]


@pytest.mark.parametrize(("table", "check", "where", "change", "said"), SPOILED, ids=lambda value: str(value)[:20])
def test_a_field_edited_by_hand_is_caught(
    corpus: Path, table: str, check: str, where: dict[str, str], change: dict[str, str], said: str
) -> None:
    edit(corpus, table, lambda rows: first(rows, **where).update(change))
    assert any(said in sentence for sentence in sentences(corpus, check))


def test_tables_of_instruments_and_editions_are_held_against_their_sources(corpus: Path) -> None:
    for path in (SAMPLE / "tables").glob("instruments*.csv"):
        shutil.copy(path, corpus / "tables")
    assert [sentences(corpus, check) for check in ("instruments", "matrices")] == [[], []]
    edit(corpus, "instruments_matrix.csv", lambda rows: first(rows, instrument="pilot").update(AUS="99.0 %"))
    edit(corpus, "instruments_by_concept_matrix.csv", lambda rows: first(rows, concept="robotics").update(prizes="8"))
    assert sentences(corpus, "matrices") == [
        "instruments_by_concept_matrix.csv, robotics: other than instruments_by_concept.csv says under prizes",
        "instruments_matrix.csv, pilot: other than instruments.csv says under AUS",
    ]
    edit(corpus, "instruments.csv", lambda rows: first(rows, scope="all", instrument="pilot").update(n_targeting="9"))
    assert "all.pilot: n_targeting is 9" in sentences(corpus, "instruments")[0]
    edit(corpus, "instruments_evidence.csv", lambda rows: rows.pop(0))
    assert any("has no quote for it" in one or "its ranks are" in one for one in sentences(corpus, "instruments"))
    level = first(read(corpus / "tables" / "documents.csv"), document_id=BRIEF, concept="robotics")["level"]
    ends = {"from_document": REVIEW, "from_year": "2016", "to_document": BRIEF, "to_year": "2016"}
    row = dict.fromkeys(read(SAMPLE / "tables" / "editions.csv")[0], "") | ends
    write(
        corpus / "tables" / "editions.csv",
        [row | {"concept": "robotics", "level_before": "core", "level_after": level}],
    )
    said = sentences(corpus, "editions")
    assert [sentence.partition(": ")[2] for sentence in said] == [
        f"{REVIEW} has it as none, and not as core",
        f"{REVIEW} is not of 2016",
    ]


def test_a_table_changed_after_it_was_described_is_caught(corpus: Path) -> None:
    edit(corpus, "codes.csv", lambda rows: rows[0].update(label="Another"))
    (sentence, *_) = sentences(corpus, "package")
    assert sentence == "codes.csv, the whole table: its sha256 is not that of datapackage.json"
    edit(corpus, "codes.csv", lambda rows: rows.append(dict(rows[0], concept="unheard-of")))
    assert any(
        "concept names unheard-of, which concepts.csv does not have" in one for one in sentences(corpus, "package")
    )
    edit(corpus, "codes.csv", lambda rows: rows.append(rows[0]))
    assert any("1 keys stand twice" in one for one in sentences(corpus, "package"))


def test_quotes_of_pages_that_people_left_out_are_caught(corpus: Path) -> None:
    entry = "{pages: [7, 1-1], reason: An annex., reviewer: AB, date: 2024-05-01}"
    (corpus / "corrections.yaml").write_text(f"{BRIEF}:\n  leave_out: [{entry}]\n")
    assert any(f"corrections.yaml leaves out page 1 of {BRIEF}" in sentence for sentence in sentences(corpus, "zones"))


def test_quotes_of_contents_references_and_garbled_pages_are_caught(built: Path) -> None:
    corpus = Corpus(built, built, read_rules(Places(built, built), PARAMETERS))
    for passage in corpus.passages[BRIEF, 1]:
        passage["zone"] = "references"
    corpus.pages[WEB, 1]["status"] = "garbled"
    said = [fault.sentence for fault in check_zones(corpus) if fault is not None]
    assert any(f"it stands among references on page 1 of {BRIEF}" in sentence for sentence in said)
    assert any(f"page 1 of {WEB} is garbled and proves nothing" in sentence for sentence in said)
    assert not any(f"page 2 of {BRIEF}" in sentence for sentence in said)


def test_a_decision_that_was_not_applied_is_caught(corpus: Path) -> None:
    cell = first(read(corpus / "tables" / "cells.csv"), status="targeted")
    quote = first(read(corpus / "tables" / "evidence.csv"), document_id=WEB)
    country, concept = quote["cell_id"].split(".")
    header = "country,concept,verdict,reason,reviewer,date,expects,evidence"
    lines = [
        f"{cell['country']},{cell['concept']},reject,No.,AB,2024-05-01,targeted,",
        f"{country},{concept},reject,No.,AB,2024-05-01,targeted,{quote['evidence_id']}",
    ]
    (corpus / "decisions.csv").write_text("\n".join([header, *lines]) + "\n")
    said = sentences(corpus, "decisions")
    assert any("the cell does not say that a person decided on it" in sentence for sentence in said)
    assert any("the quote is rejected and still evidence" in sentence for sentence in said)
    assert any("decisions make it rejected" in sentence for sentence in sentences(corpus, "statuses"))


# What it rests on


def source(name: str, supersedes: str = "", kind: str = "industrial-strategy") -> Source:
    return Source(name, "AAA", 2020, kind, "", "", supersedes, frozenset())


def test_what_something_read_replaces_decides_nothing() -> None:
    """Where c replaces b and b a, and b was not read, c replaces a all the same; a circle ends."""
    line = [source("a"), source("b", "a"), source("c", "b"), source("other", kind="other")]
    assert deciding_ids(line, {"a", "c", "other"}) == {"c"}
    assert deciding_ids(line, {"a", "b"}) == {"b"}
    assert deciding_ids(line, {"a"}) == {"a"}
    assert deciding_ids([source("a", "b"), source("b", "a")], {"a"}) == {"a"}


def test_the_register_is_read_with_its_corrections(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text(
        "id,country,year,kind,file,sha256,supersedes\na,AUS,2016,other,pdf/a.pdf,,b\n"
    )
    plain = read_register(tmp_path)["a"]
    assert plain == Source("a", "AUS", 2016, "other", "pdf/a.pdf", "", "b", frozenset())
    (tmp_path / "corrections.yaml").write_text(
        "a:\n  year: {is: 2015}\n  supersedes: {is: ''}\n  leave_out: [{pages: [3, 12-14]}, {pages: 20}]\n"
    )
    expected = replace(plain, year=2015, supersedes="", left_out=frozenset({3, 12, 13, 14, 20}))
    assert read_register(tmp_path)["a"] == expected


def test_texts_and_web_pages_are_opened_by_the_standard_library(tmp_path: Path) -> None:
    text, web = tmp_path / "a.txt", tmp_path / "a.html"
    text.write_bytes("Un.\fNous développons la robo-\ntique.".encode("cp1252"))
    web.write_text("<head><title>No</title></head><body><script>x</script><p>Al&shy;pha &amp; be<b>ta</b></body>")
    quotes = [Quote(2, "Nous développons la robotique."), Quote(1, "Nous développons la robotique."), Quote(3, "Un.")]
    by_page = {one.quote.page_number: (one.found_on, one.page_there) for one in find_quotes(text, quotes, 5)}
    assert by_page == {1: (2, True), 2: (2, True), 3: (None, False)}
    shown = [Quote(1, "Alpha & beta"), Quote(1, "x"), Quote(1, "No")]
    assert [one.found_on for one in find_quotes(web, shown, 5)] == [1, None, None]


def test_pages_are_looked_at_from_the_nearest_on() -> None:
    assert nearest(2, 5) == [3, 1, 4, 5, 6]


@given(st.text(alphabet="abcéüßﬁ0123жпあガ", min_size=1), st.data())
def test_line_ends_hyphens_and_ligatures_make_no_difference_and_letters_do(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))
    for between in (" ", "-\n", "\u00ad\n", "\u200b", "\u2010", " • "):
        assert bare_letters(text[:cut] + between + text[cut:]) == bare_letters(text)
        assert letters(text[:cut] + between + text[cut:]) == letters(text)
    assert bare_letters(text.replace("ﬁ", "fi")) == bare_letters(text)
    assert letters(text + "x") != letters(text)
    assert bare_letters(text[:cut] + "x" + text[cut:]) != bare_letters(text)
