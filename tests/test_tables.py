"""Tests of the tables: from hand-made mentions of three countries to cells, evidence and files."""

from __future__ import annotations

import csv
import io
import os
import re
import time
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.schemas import Concept, Coverage, Document, DocumentConcept, Mention
from pipeline.schemas.delimited import harmless
from pipeline.tables import (
    LayoutError,
    Tables,
    compare_countries,
    judge_documents,
    load_layouts,
    opening_words,
    plain_comparison,
    render_tables,
)
from pipeline.tables.compare import check_tables
from pipeline.tables.counting import Counts, breadth, count_document
from pipeline.tables.evidence import order_quotes
from pipeline.tables.names import names
from pipeline.tables.salience import Weights, level_of, make_weights, score
from pipeline.tables.webpage import file_link, mark_term, page_words

GOLDEN = Path(__file__).parent / "golden" / "tables"
# The one switch: `make golden` sets it; read the diff of tests/golden afterwards.
UPDATE_GOLDEN = os.environ.get("UPDATE_GOLDEN") == "1"

CONCEPTS = (
    Concept("artificial-intelligence", "Artificial intelligence", "technology", ("digital",), "digital", ""),
    Concept("energy-storage", "Energy storage", "technology", ("digital", "nanotech"), "energy-technology", ""),
    Concept("oil-gas", "Oil and gas", "sector", ("sectors",), "energy", ""),
    Concept("tourism", "Tourism", "sector", ("sectors",), "services", ""),
)
LAYOUTS = """
published:
  title: Comparison
  note: As published.
  columns:
    - {label: "Digital tech", columns: [digital]}
    - {label: Nanotech, columns: [nanotech]}
    - {label: Sectors, columns: [sectors]}
extended:
  title: Extended
  columns:
    - {label: Digital, families: [digital]}
    - {label: Energy, families: [energy-technology, energy]}
    - {label: Services, concepts: [tourism]}
"""


def document(name: str, **changes: Any) -> Document:
    country, year = name[:3].upper(), int(name[4:8])
    row = Document(
        id=name, country=country, year=year, title=f"Strategy of {name}", issuer="", language="en",
        kind="industrial-strategy", file=f"pdf/{name}.pdf", url="", sha256="", licence="", supersedes="", notes="",
    )  # fmt: skip
    return replace(row, **changes)


def covered(row: Document, **changes: Any) -> Coverage:
    coverage = Coverage(
        document_id=row.id, country=row.country, year=row.year, title=row.title, language=row.language, kind=row.kind,
        status="read", reason="", superseded_by="", pages=12, pages_read=12, pages_empty=0, pages_no_text=0,
        pages_garbled=0, pages_left_out=0, passages=120, passages_counted=100, passages_unsupported=0,
        languages="en:100", mentions=0,
    )  # fmt: skip
    return replace(coverage, **changes)


def mention(name: str, concept: str, page: int, place: int, quote: str, **changes: Any) -> Mention:
    term = concept.replace("-", " ")
    row = Mention(
        id=f"{name}-{page}-{place}-{concept}", passage_id=f"{name}-{page}-{place}", document_id=name, page_number=page,
        start=place, end=place + len(quote), term_start=place, term_end=place + len(term), concept=concept,
        rule_id=f"{concept}:en:1", term=term, quote=quote, prefix="before ", suffix=" after", kind="paragraph",
        level="mentioned", cues=(), language="en",
    )  # fmt: skip
    return replace(row, **changes)


def unread(row: Document) -> Coverage:
    return covered(row, status="not_fetched", reason="the file is not there", pages=0, pages_read=0, passages_counted=0)


# A corpus of three countries: France with two editions and an audit, Korea with one strategy, Chile not fetched.
FRA_OLD = document("fra-2015-plan")
FRA_NEW = document("fra-2020-plan", supersedes="fra-2015-plan", title="Plan for artificial intelligence")
FRA_AUDIT = document("fra-2022-audit", kind="other")
KOR = document("kor-2021-strategy", file="text/a b.txt")
CHL = document("chl-2021-policy", file="", url="https://example.org/policy")
DOCUMENTS = (FRA_OLD, FRA_NEW, FRA_AUDIT, KOR, CHL)


def corpus_mentions() -> list[Mention]:
    rows = [
        mention(FRA_NEW.id, "artificial-intelligence", page, 100 * place, f"We fund artificial intelligence {page}.",
                level="targeted", kind="list_item" if page == 3 else "paragraph", cues=("funding",))
        for page in range(1, 7)
        for place in range(3)
    ]  # fmt: skip
    rows.append(mention(FRA_NEW.id, "artificial-intelligence", 2, 900, "1. Artificial intelligence", kind="heading"))
    rows.append(mention(FRA_NEW.id, "tourism", 9, 10, "Tourism has grown for years in every region."))
    rows += [
        mention(FRA_OLD.id, "oil-gas", page, 50, f"Priority {page}: oil gas fields", level="targeted", kind="list_item")
        for page in range(1, 9)
    ]
    rows += [
        mention(FRA_AUDIT.id, "energy-storage", page, 50, f"The state supports energy storage, says {page}.",
                level="targeted", kind="list_item")
        for page in range(1, 9)
    ]  # fmt: skip
    rows += [
        mention(KOR.id, "energy-storage", page, 70, f"=SUM(A1) we will build energy storage {page}", level="targeted",
                kind="list_item", cues=("action",))
        for page in range(1, 6)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.document_id, row.page_number, row.start))


COVERAGE = tuple(unread(row) if row is CHL else covered(row) for row in DOCUMENTS)


def built(mentions: Iterable[Mention] | None = None, **parameters: Any) -> Tables:
    return compare_countries(
        DOCUMENTS,
        COVERAGE,
        corpus_mentions() if mentions is None else mentions,
        CONCEPTS,
        page_labels={(KOR.id, 2): "ii"},
        sections={f"{KOR.id}-2-70": ("Part one", "Energy")},
        openings={},
        **parameters,
    )


@pytest.fixture
def layouts_file(tmp_path: Path) -> Path:
    path = tmp_path / "layouts.yaml"
    path.write_text(LAYOUTS, encoding="utf-8")
    return path


def rendered(layouts_file: Path, tables: Tables | None = None) -> dict[str, bytes]:
    return render_tables(tables or built(), load_layouts(layouts_file, CONCEPTS), DOCUMENTS)


def statuses(tables: Tables) -> dict[str, str]:
    return {cell.cell_id: cell.status for cell in tables.cells}


# Golden rows


@pytest.mark.parametrize("name", ["cells.csv", "evidence.csv", "documents.csv", "comparison.csv", "comparison.md"])
def test_the_files_are_those_of_tests_golden(name: str, layouts_file: Path) -> None:
    found = rendered(layouts_file)[name]
    if UPDATE_GOLDEN:
        (GOLDEN / name).write_bytes(found)
    assert found.decode() == (GOLDEN / name).read_text(encoding="utf-8")


def test_golden_files_are_not_being_updated() -> None:
    assert not UPDATE_GOLDEN, "UPDATE_GOLDEN is on: the golden tests compare nothing; unset it"


# Cells


def test_the_grid_is_full_and_a_blank_never_means_two_things() -> None:
    found = statuses(built())
    assert len(found) == 3 * len(CONCEPTS)
    assert found["FRA.artificial-intelligence"] == "targeted"
    assert found["FRA.tourism"] == "mentioned"
    assert found["KOR.tourism"] == "read_none_found"
    assert found["CHL.tourism"] == "not_read"


def test_superseded_documents_and_audits_inform_but_never_alone_make_a_cell() -> None:
    tables = built()
    cells = {cell.cell_id: cell for cell in tables.cells}
    assert cells["FRA.oil-gas"].status == "mentioned"
    assert "superseded" in cells["FRA.oil-gas"].reasons
    assert cells["FRA.energy-storage"].status == "mentioned"
    assert "kind other" in cells["FRA.energy-storage"].reasons
    levels = {(row.document_id, row.concept): row.level for row in tables.documents}
    assert levels[FRA_OLD.id, "oil-gas"] != "mentioned"
    assert levels[FRA_AUDIT.id, "energy-storage"] != "mentioned"


def test_a_document_is_superseded_only_by_one_that_was_read() -> None:
    coverage = [unread(FRA_NEW) if row.document_id == FRA_NEW.id else row for row in COVERAGE]
    mentions = [row for row in corpus_mentions() if row.document_id != FRA_NEW.id]
    tables = compare_countries(DOCUMENTS, coverage, mentions, CONCEPTS, page_labels={}, sections={}, openings={})
    assert statuses(tables)["FRA.oil-gas"] == "targeted"


def test_a_line_of_editions_is_followed_over_one_that_was_not_read() -> None:
    newest = document("fra-2023-plan", supersedes=FRA_NEW.id)
    coverage = [unread(FRA_NEW) if row.document_id == FRA_NEW.id else row for row in COVERAGE] + [covered(newest)]
    mentions = [row for row in corpus_mentions() if row.document_id != FRA_NEW.id]
    tables = compare_countries(
        [*DOCUMENTS, newest], coverage, mentions, CONCEPTS, page_labels={}, sections={}, openings={}
    )
    assert statuses(tables)["FRA.oil-gas"] == "mentioned"


def test_a_file_without_any_counted_passage_does_not_look_like_one_with_nothing_in_it() -> None:
    coverage = [replace(row, passages_counted=0) if row.document_id == KOR.id else row for row in COVERAGE]
    tables = compare_countries(DOCUMENTS, coverage, [], CONCEPTS, page_labels={}, sections={}, openings={})
    assert statuses(tables)["KOR.tourism"] == "not_read"
    assert statuses(tables)["FRA.tourism"] == "read_none_found"


def test_cells_join_documents_so_that_a_second_one_adds_and_never_takes_away() -> None:
    second = document("kor-2022-plan")
    copies = [replace(row, document_id=second.id) for row in corpus_mentions() if row.document_id == KOR.id]
    alone = {cell.cell_id: cell.salience for cell in built().cells}["KOR.energy-storage"]
    tables = compare_countries(
        [*DOCUMENTS, second], [*COVERAGE, covered(second)], [*corpus_mentions(), *copies], CONCEPTS,
        page_labels={}, sections={}, openings={},
    )  # fmt: skip
    together = {cell.cell_id: cell for cell in tables.cells}["KOR.energy-storage"]
    assert alone < together.salience < 1
    assert (together.n_documents, together.n_passages) == (2, 10)
    assert (together.first_year, together.last_year) == (2021, 2022)


# Evidence


def test_every_found_cell_has_evidence_and_no_other_has() -> None:
    tables = built()
    with_quotes = {row.cell_id for row in tables.evidence}
    assert with_quotes == {cell.cell_id for cell in tables.cells if cell.status in ("targeted", "mentioned")}


def test_the_best_quotes_come_from_different_pages_and_targeted_ones_first() -> None:
    rows = [row for row in built().evidence if row.cell_id == "FRA.artificial-intelligence"]
    assert [row.level for row in rows] == ["targeted"] * 6 + ["mentioned"]
    assert len({row.page_number for row in rows[:6]}) == 6
    assert rows[0].kind == "list_item"


def test_a_sentence_that_stands_twice_is_shown_once() -> None:
    quotes = [row.quote for row in built().evidence if row.cell_id == "FRA.artificial-intelligence"]
    assert len(quotes) == len(set(quotes))


def test_a_whole_sentence_that_commits_stands_before_imprints_and_references() -> None:
    quotes = (
        ("See the report of the Ministry on robotics and on funding.", ("issuer:ministry", "funding:funding")),
        ("© Ministry of Industry and Robotics, all rights reserved.", ("issuer:ministry", "action:reserve")),
        ("robotics for industry, funding, funding again", ("funding:funding", "funding:funding again")),
        ("Robotics may be funded by the Government.", ("issuer:government", "funding:fund", "possibility:may")),
        ("The Government will fund research on robotics.", ("issuer:government", "intent:will", "funding:fund")),
    )
    mentions = [
        mention("kor-2021-strategy", "robotics", 1, 100 * place, quote, cues=cues, level="targeted")
        for place, (quote, cues) in enumerate(quotes)
    ]
    row = DocumentConcept("kor-2021-strategy", "robotics", "core", 0.7, 5, "")
    standing = judge_documents([KOR], [covered(KOR)])[KOR.id]
    ordered = sorted(order_quotes(mentions, row, standing, 5), key=lambda candidate: candidate.key)
    assert [candidate.mention.quote[:12] for candidate in ordered] == [
        "The Governme", "Robotics may", "robotics for", "See the repo", "© Ministry o",
    ]  # fmt: skip


def test_evidence_keeps_labels_and_headings_of_its_page() -> None:
    (row,) = [row for row in built().evidence if row.document_id == KOR.id and row.page_number == 2]
    assert (row.page_label, row.section) == ("ii", "Part one > Energy")


def test_documents_take_turns_but_the_one_that_decides_leads() -> None:
    extra = [
        mention(KOR.id, "artificial-intelligence", 1, 20, "We will support artificial intelligence.", level="targeted"),
        *corpus_mentions(),
    ]
    other = document("kor-2022-audit", kind="other")
    audit = [
        mention(other.id, "energy-storage", page, 5, f"Energy storage got money in year {page}.", level="targeted")
        for page in range(1, 5)
    ]
    tables = compare_countries(
        [*DOCUMENTS, other], [*COVERAGE, covered(other)], sorted([*extra, *audit], key=lambda row: row.document_id),
        CONCEPTS, page_labels={}, sections={}, openings={},
    )  # fmt: skip
    rows = [row for row in tables.evidence if row.cell_id == "KOR.energy-storage"]
    assert rows[0].document_id == KOR.id
    assert {row.document_id for row in rows[:4]} == {KOR.id, other.id}


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([FRA_OLD.id, FRA_NEW.id, FRA_AUDIT.id, KOR.id]),
            st.sampled_from([concept.id for concept in CONCEPTS]),
            st.integers(1, 12),
            st.integers(0, 400),
            st.sampled_from(["targeted", "mentioned"]),
            st.sampled_from(["We build it.", "It grows.", "", "=1+1"]),
        ),
        max_size=80,
    ),
    st.integers(1, 4),
)
def test_no_mention_is_lost_whatever_comes(found: list[tuple[Any, ...]], max_quotes: int) -> None:
    rows = [mention(*where, quote, level=level) for *where, level, quote in found]
    tables = built(sorted(rows, key=lambda row: row.document_id), max_quotes=max_quotes)
    mentioned = {(row.document_id[:3].upper(), row.concept) for row in rows}
    shown = {tuple(row.cell_id.split(".")) for row in tables.evidence}
    assert shown == mentioned
    assert all(row.rank <= max_quotes for row in tables.evidence)
    counted = sum(cell.n_passages for cell in tables.cells)
    assert counted == len({(row.passage_id, row.concept) for row in rows})


def test_keeping_only_the_best_candidates_changes_nothing() -> None:
    sources = [document(f"kor-20{number:02d}-plan") for number in range(60)]
    rows = [
        mention(source.id, "tourism", page, 5, f"Tourism of {source.id} on {page}", level="targeted")
        for source in sources
        for page in (1, 2)
    ]
    coverage = [covered(source) for source in sources]
    few = compare_countries(sources, coverage, rows, CONCEPTS, page_labels={}, sections={}, openings={}, max_quotes=3)
    all_of_them = compare_countries(
        sources, coverage, rows, CONCEPTS, page_labels={}, sections={}, openings={}, max_quotes=500
    )
    assert few.evidence == all_of_them.evidence[:3]


# Faults of the input


def test_a_self_check_refuses_a_cell_without_evidence() -> None:
    tables = built()
    with pytest.raises(ValueError, match=r"FRA\.artificial-intelligence is targeted and has no evidence"):
        check_tables(replace(tables, evidence=tuple(row for row in tables.evidence if row.cell_id[:3] != "FRA")))
    with pytest.raises(ValueError, match=r"ranks"):
        check_tables(replace(tables, evidence=tables.evidence[1:]))


def test_faults_of_the_input_are_sentences() -> None:
    stray = mention("xxx-2020-lost", "tourism", 1, 0, "lost")
    with pytest.raises(ValueError, match=r"'xxx-2020-lost', which is not in the register"):
        built([stray])
    with pytest.raises(ValueError, match=r"page 4: a mention of the concept 'flying-carpets'"):
        built([mention(KOR.id, "flying-carpets", 4, 0, "fly")])
    split = [mention(KOR.id, "tourism", 1, 0, "a"), mention(FRA_NEW.id, "tourism", 1, 0, "b")]
    with pytest.raises(ValueError, match=r"do not come together"):
        built([*split, split[0]])
    with pytest.raises(ValueError, match=r"max_quotes is 0"):
        built(max_quotes=0)
    with pytest.raises(ValueError, match=r"differ on chl-2021-policy"):
        compare_countries(DOCUMENTS, COVERAGE[:-1], [], CONCEPTS, page_labels={}, sections={}, openings={})


# Salience


def test_each_part_of_the_salience_raises_it() -> None:
    counts = Counts(False, 0, 0, 0, 0, 0, 4, 100, 1, 20, 4.0, 1)
    more = [
        replace(counts, in_title=True),
        replace(counts, contents=1),
        replace(counts, headings=2),
        replace(counts, priorities=1),
        replace(counts, lists=2),
        replace(counts, openings=1),
        replace(counts, targeted=3),
        replace(counts, breadth=9.0),
    ]
    weights = Weights()
    assert all(0 < score(counts, weights) < score(other, weights) < 1 for other in more)


def test_the_salience_is_one_half_at_half_points_and_a_fifth_at_a_quarter_of_them() -> None:
    named = Counts(True, 0, 0, 0, 0, 0, 4, 100, 0, 0, 0.0, 1)
    assert score(named, Weights(title=1.5, half_points=1.5)) == 0.5
    assert score(named, Weights(title=0.375, half_points=1.5)) == 0.2
    assert score(named, Weights(title=0, half_points=1.5)) == 0


def test_an_item_that_opens_with_a_concept_makes_it_core_and_one_that_only_targets_it_supported() -> None:
    """In a long document, where one passage has next to no prominence."""
    within = Counts(False, 0, 0, 0, 1, 0, 1, 900, 1, 400, 16.0, 1)
    weights = Weights()
    levels = [level_of(counts, score(counts, weights), weights) for counts in (within, replace(within, openings=1))]
    assert levels == ["supported", "core"]
    untargeted = replace(within, targeted=0, openings=1)
    assert level_of(untargeted, score(untargeted, weights), weights) == "mentioned"


@pytest.mark.parametrize(
    ("text", "kind", "opening"),
    [
        ("3. Robotics. We will fund five centres.", "paragraph", "Robotics"),
        ("2. Agroalimentare: l’IA può essere sfruttata", "list_item", "Agroalimentare"),
        ("iv) Clean energy – the next ten years", "list_item", "Clean energy"),
        ("20.4.1. photonic and laser technologies; 20.4.2. coatings", "paragraph", "photonic and laser technologies"),
        ("3.加快农业数智化转型升级。加快育种体系创新。", "list_item", "加快农业数智化转型升级"),
        ("（九）强化智能算力统筹。支持人工智能芯片。", "list_item", "强化智能算力统筹"),
        ("• Energy", "list_item", "Energy"),
        ("\uf0b7 energetykę,", "list_item", "energetykę,"),
        ("5G networks: three cities", "list_item", "5G networks"),
        ("V2.0 protocols: three cities", "list_item", "V2.0 protocols"),
        ("UK Nuclear Steam Raising Plant", "paragraph", ""),
        ("Ministry of Defence", "table_row", ""),
        ("Energy.", "paragraph", ""),
        ("Robotics. We will fund", "heading", ""),
        ("Robotics. See the report", "footnote", ""),
        ("We fund robotics in all our regions. More follows.", "paragraph", ""),
        ("我们将支持人工智能和机器人产业的全面发展。更多。", "paragraph", ""),
        ("• ", "list_item", ""),
        ("", "paragraph", ""),
    ],
)
def test_the_opening_words_of_a_passage_are_its_short_name(text: str, kind: str, opening: str) -> None:
    assert opening_words(text, kind) == opening


@given(st.text(alphabet="ab 1.)(:-•一农。", max_size=60))
def test_opening_words_stand_in_the_passage_and_are_few(text: str) -> None:
    opening = opening_words(text, "list_item")
    assert opening in text
    assert len(opening.split()) <= 5


def test_only_passages_that_target_a_concept_count_as_opening_with_it() -> None:
    rows = [
        mention(KOR.id, "tourism", 4, 70, "Tourism. We build", level="targeted"),
        mention(KOR.id, "tourism", 4, 71, "Tourism. It grew"),
        mention(KOR.id, "tourism", 5, 72, "Energy. We build tourism", level="targeted"),
        mention(KOR.id, "oil-gas", 5, 72, "Energy. We build tourism, oil gas", level="targeted"),
        mention(KOR.id, "oil-gas", 6, 73, "We build oil gas fields in the south", level="targeted"),
    ]
    openings = {f"{KOR.id}-4-70": "Tourism", f"{KOR.id}-4-71": "Tourism", f"{KOR.id}-5-72": "Energy"}
    by_concept = {concept: [row for row in rows if row.concept == concept] for concept in ("tourism", "oil-gas")}
    counts = count_document(by_concept, KOR, covered(KOR), openings)
    assert {concept: count.openings for concept, count in counts.items()} == {"oil-gas": 0, "tourism": 1}


def test_openings_raise_the_salience_of_a_document_and_stand_among_its_reasons() -> None:
    rows = [mention(KOR.id, "tourism", 4, 70, "Tourism: we build", level="targeted", kind="list_item")]
    tables = compare_countries(
        DOCUMENTS, COVERAGE, rows, CONCEPTS,
        page_labels={}, sections={}, openings={f"{KOR.id}-4-70": "Tourism"},
    )  # fmt: skip
    (without,), (row,) = built(rows).documents, tables.documents
    assert row.salience > without.salience
    assert row.reasons == (
        "targeted in 1 list item; in the opening words of 1 passage; 1 % of passages; targeted in 1 of 1 passages; "
        "on 1 page"
    )


def test_breadth_is_the_number_of_concepts_where_all_are_targeted_alike() -> None:
    assert breadth([2, 2, 2, 2]) == pytest.approx(4)
    assert breadth([5, 0, 0]) == pytest.approx(1)
    assert breadth([3, 1]) == pytest.approx(4 / 3**0.75)  # exp(-(3/4 ln 3/4 + 1/4 ln 1/4)), by hand
    assert breadth([0]) == 0


def test_prominence_is_the_share_of_what_is_targeted_times_the_root_of_breadth() -> None:
    counts = Counts(False, 0, 0, 0, 0, 0, 4, 100, 3, 12, 4.0, 1)
    assert counts.prominence == pytest.approx(0.5)
    assert replace(counts, targeted=0, of_targeted=0).prominence == 0


def test_a_table_of_contents_counts_for_salience_and_is_no_evidence() -> None:
    body = [
        mention(KOR.id, concept, page, 70, f"We build {concept} {page}", level="targeted", cues=("priority:key",))
        for page, concept in ((4, "tourism"), (5, "oil-gas"))
    ]
    listed = mention(KOR.id, "tourism", 1, 5, "4 Tourism", zone="contents")
    only_listed = mention(KOR.id, "energy-storage", 1, 40, "9 Energy storage", zone="contents")
    rows = [listed, only_listed, *body]
    by_concept = {concept: [row for row in rows if row.concept == concept] for concept in {row.concept for row in rows}}
    counts = count_document(by_concept, KOR, covered(KOR), {})
    assert {concept: (count.contents, count.priorities) for concept, count in counts.items()} == {
        "oil-gas": (0, 1),
        "tourism": (1, 1),
    }
    tables = built(rows)
    assert {row.quote for row in tables.evidence} == {row.quote for row in body}
    assert {cell.status for cell in tables.cells if cell.cell_id == "KOR.energy-storage"} == {"read_none_found"}


def test_misspelt_or_senseless_weights_are_refused() -> None:
    with pytest.raises(ValueError, match=r"unknown weights of tables: titel"):
        make_weights({"titel": 1})
    with pytest.raises(ValueError, match=r"supported_from <= core_from"):
        make_weights({"core_from": 0.1, "supported_from": 0.2})
    with pytest.raises(ValueError, match=r"half_lists"):
        make_weights({"half_lists": 0})
    with pytest.raises(ValueError, match=r"half_points"):
        make_weights({"half_points": 0})
    assert make_weights({"title": 1}).title == 1.0


@pytest.mark.parametrize(
    ("title", "term", "named"),
    [
        ("National AI Strategy", "AI", True),
        ("Plan for rail", "AI", False),
        ("Said of ai", "AI", False),
        ("Artificial  Intelligence-strategy", "artificial intelligence", True),
        ("The artificial-intelligence plan", "artificial intelligence", True),
        ("Textiles", "textile", False),
        ("人工知能戦略", "人工知能", True),
        ("C++ (plan", "C++ (plan", True),
        ("Anything", "", False),
    ],
)
def test_a_title_names_whole_words(title: str, term: str, named: bool) -> None:
    assert names(title, term) is named


def test_reasons_say_what_the_salience_rests_on() -> None:
    (row,) = [row for row in built().documents if row.concept == "artificial-intelligence"]
    assert row.reasons == (
        "in the title; 1 heading; targeted in 3 list items; 19 % of passages; targeted in 18 of 19 passages; on 6 pages"
    )


def test_a_concept_that_no_passage_targets_is_only_mentioned_however_often_it_is_named() -> None:
    rows = [mention(KOR.id, "tourism", page, 5, f"Tourism grew in {page}.", kind="heading") for page in range(1, 12)]
    (row,) = built(rows).documents
    assert row.salience > Weights().supported_from
    assert row.level == "mentioned"
    assert statuses(built(rows))["KOR.tourism"] == "mentioned"


# Layouts


@pytest.mark.parametrize(
    ("wrong", "right", "sentence"),
    [
        ("[digital]}\n    - {label: Nano", "[digitl]}\n    - {label: Nano", r"line 6: 'digitl' is not known"),
        ("families: [digital]", "families: [quantum]", r"line 12: 'quantum' is not known among the families"),
        ("concepts: [tourism]", "concepts: [turism]", r"line 14: 'turism' is not known.*expected an id"),
        ("    - {label: Sectors, columns: [sectors]}\n", "", r"line 3: layout 'published' has no column for oil-gas"),
        ("note:", "notes:", r"line 4: layout 'published' has the unknown key 'notes'"),
        ("{label: Nanotech, columns: [nanotech]}", "{columns: [nanotech]}", r"line 7: .* has no 'label'"),
        ("{label: Nanotech, columns: [nanotech]}", "{label: Nanotech}", r"line 7: column 'Nanotech' selects no"),
        ("title: Extended", "title: comparison", r"two layouts have the title"),
        ("extended:", "ext/ended:", r"line 10: layout 'ext/ended': the name becomes a file name"),
        ("extended:", "published:", r"line 9: 'published' stands twice"),
        ("[sectors]}", "[sectors}", r"this is not YAML"),
    ],
)
def test_a_fault_of_a_layout_is_a_sentence_with_its_line(
    wrong: str, right: str, sentence: str, layouts_file: Path
) -> None:
    layouts_file.write_text(LAYOUTS.replace(wrong, right, 1), encoding="utf-8")
    with pytest.raises(LayoutError, match=sentence):
        load_layouts(layouts_file, CONCEPTS)


def test_a_partial_layout_may_leave_concepts_out(layouts_file: Path) -> None:
    text = "few:\n  title: Few\n  partial: true\n  columns:\n    - {label: Digital, columns: [digital]}\n"
    layouts_file.write_text(text, encoding="utf-8")
    (layout,) = load_layouts(layouts_file, CONCEPTS)
    assert layout.columns[0].concepts == ("artificial-intelligence", "energy-storage")


# Files


def test_the_bytes_do_not_depend_on_the_moment_or_on_the_order_of_the_input(layouts_file: Path) -> None:
    first = rendered(layouts_file)
    time.sleep(2.1)  # a zip file's clock ticks every two seconds
    shuffled = compare_countries(
        DOCUMENTS[::-1],
        COVERAGE[::-1],
        sorted(corpus_mentions(), key=lambda row: row.document_id, reverse=True),
        CONCEPTS[::-1],
        page_labels={(KOR.id, 2): "ii"},
        sections={f"{KOR.id}-2-70": ("Part one", "Energy")},
        openings={},
    )
    assert rendered(layouts_file, shuffled) == first


def test_files_have_no_carriage_returns_and_end_with_one_line_break(layouts_file: Path) -> None:
    for name, content in rendered(layouts_file).items():
        if not name.endswith(".xlsx"):
            assert b"\r" not in content
            assert content.endswith(b"\n")
            assert not content.endswith(b"\n\n")


def test_unread_countries_come_last_and_are_one_note_in_the_terminal(layouts_file: Path) -> None:
    rows = list(csv.reader(io.StringIO(rendered(layouts_file)["comparison.csv"].decode())))
    assert rows[0] == ["Country", "Digital tech", "Nanotech", "Sectors"]
    assert [row[0] for row in rows[1:]] == ["France", "South Korea", "Chile"]
    assert rows[1] == ["France", "Artificial intelligence", "–", "–"]
    assert rows[3] == ["Chile", "not read", "not read", "not read"]
    plain = plain_comparison(built().cells, load_layouts(layouts_file, CONCEPTS)[0])
    assert [row[0] for row in plain.rows] == ["France", "South Korea"]
    assert plain.note.endswith("Chile.")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_texts_like_formulas_are_harmless_in_csv(text: str) -> None:
    assert harmless(text) == "'" + text
    assert harmless("a" + text) == "a" + text


def hostile_tables() -> Tables:
    marks = "".join(map(chr, range(32))) + "\ufffe\ud800 \u202e<script>alert(1)</script> & 'quoted' {{ 7 * 7 }}"
    row = mention(KOR.id, "tourism", 1, 0, f"={marks}", term="quoted", level="targeted")
    return built([row], weights={"supported_from": 0})


def test_hostile_text_reaches_the_workbook_as_text_only(layouts_file: Path) -> None:
    content = rendered(layouts_file, hostile_tables())["comparison.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(content))
    values = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in values if cell.data_type == "f"]
    (quote,) = [cell for cell in values if isinstance(cell.value, str) and cell.value.startswith("=")]
    assert quote.data_type == "s"
    assert quote.quotePrefix
    assert "<script>" in quote.value
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", quote.value)


def test_hostile_text_reaches_the_page_as_text_only(layouts_file: Path) -> None:
    page = rendered(layouts_file, hostile_tables())["comparison.html"].decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "{{ 7 * 7 }}" in page


def test_the_workbook_leads_from_each_cell_to_its_first_quote(layouts_file: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(rendered(layouts_file)["comparison.xlsx"]))
    assert book.sheetnames == ["Comparison", "Extended", "Cells", "Evidence", "Coverage", "About"]
    evidence = book["Evidence"]
    header = [cell.value for cell in evidence[1]]
    for sheet, rows in ((book["Comparison"], 3), (book["Extended"], 3)):
        assert sheet.freeze_panes == "B2"
        for row in sheet.iter_rows(min_row=2, max_row=1 + rows, min_col=2):
            for cell in row:
                if cell.value in ("–", "not read"):
                    assert cell.hyperlink is None
                    continue
                target = int(cell.hyperlink.location.split("!A")[1])
                quote = dict(zip(header, (place.value for place in evidence[target]), strict=True))
                assert quote["label"] == cell.value.split("; ")[0]
                assert quote["country"] == sheet.cell(cell.row, 1).value
                assert quote["rank"] == 1


def test_the_workbook_lists_what_was_found_and_its_best_quotes(layouts_file: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(rendered(layouts_file)["comparison.xlsx"]))
    rows = list(book["Cells"].iter_rows(values_only=True))
    place = rows[0].index("status")
    assert {row[place] for row in rows[1:]} <= {"targeted", "mentioned"}
    assert len(rows) - 1 == sum(cell.status in ("targeted", "mentioned") for cell in built().cells)
    ranks = [row[3] for row in book["Evidence"].iter_rows(min_row=2, values_only=True)]
    assert 1 in ranks
    assert max(ranks) <= 4


def test_the_workbook_is_stored_without_the_machine_it_was_made_on(layouts_file: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(rendered(layouts_file)["comparison.xlsx"])) as archive:
        records = archive.infolist()
    assert {record.compress_type for record in records} == {zipfile.ZIP_STORED}
    assert {record.create_system for record in records} == {3}
    assert {record.date_time for record in records} == {(1980, 1, 1, 0, 0, 0)}


def test_the_page_links_quotes_to_their_pages_and_fetches_nothing(layouts_file: Path) -> None:
    page = rendered(layouts_file)["comparison.html"].decode()
    assert 'href="../pdf/fra-2020-plan.pdf#page=3"' in page
    assert 'href="../text/a%20b.txt"' in page
    assert 'href="https://example.org/policy"' in page
    assert "<mark>artificial intelligence</mark>" in page
    assert not re.search(r"<(script|link|img|iframe)|\bsrc=|url\(", page)


def test_a_link_never_leads_to_anything_but_the_corpus_or_the_web() -> None:
    assert file_link(replace(CHL, url="javascript:alert(1)"), "..") == ""
    assert file_link(replace(CHL, url="http://[bad"), "..") == ""
    assert file_link(replace(KOR, file="javascript:alert(1)"), "..") == "../javascript%3Aalert%281%29"


def test_the_term_is_marked_and_a_long_quote_is_cut_around_it() -> None:
    assert mark_term("Big Data and big-data", "big data") == (("Big Data", True), (" and ", False), ("big-data", True))
    assert mark_term("nothing here", "absent") == (("nothing here", False),)
    assert mark_term("text", "") == (("text", False),)
    pieces = mark_term("a " * 5000 + "photonics" + " b" * 5000, "photonics")
    assert ("photonics", True) in pieces
    assert sum(len(text) for text, _ in pieces) < 720


def test_a_page_is_called_by_its_printed_label_too() -> None:
    assert page_words(4, "") == page_words(4, "4") == "page 4"
    assert page_words(4, "ii") == "page ii (page 4 of the file)"
