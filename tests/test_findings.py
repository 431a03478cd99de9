"""Tests of claims and findings: three-valued logic, the language of claims, verdicts and findings by hand."""

from __future__ import annotations

import csv
import io
import math
import shutil
from collections.abc import Mapping
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.concepts import VocabularyError, load_concepts
from pipeline.concepts.statements import load_claims
from pipeline.findings import Grid, claims_evidence, find_findings, judge_claims, make_grid, render_findings
from pipeline.findings.grouping import expected, split_countries
from pipeline.findings.surprise import binomial_bits, breadths, division_bits, pattern_bits
from pipeline.findings.truth import Truth, above, at_least, every, negated, some
from pipeline.findings.wording import label_in_words, listed_countries
from pipeline.schemas import Cell, Concept, Evidence, PeriodCell
from pipeline.schemas.claims import ClaimEvidence, ClaimVerdict, Finding
from pipeline.stages.findings import TABLES, write_findings
from pipeline.stages.places import Parameters, Places
from pipeline.workers import Limits

ROOT = Path(__file__).parents[1]
CONCEPTS = load_concepts(ROOT / "models")
BY_ID = {concept.id: concept for concept in CONCEPTS}
NAMES = {"AAA": "Aland", "BBB": "Bland", "CCC": "Netherlands", "DDD": "Dland", "EEE": "Eland", "ZZZ": "Zland"}
AI, ROBOTS, NUCLEAR, OIL, BIO = "artificial-intelligence", "robotics", "nuclear", "oil-gas", "biotechnology"
WORDS = {"t": "targeted", "m": "mentioned", "-": "read_none_found", "?": "not_read"}


def name_of(code: str) -> str:
    return NAMES.get(code, code)


def cell(country: str, concept: str, status: str, salience: float = 0.5, passages: int = 3) -> Cell:
    found = status in ("targeted", "mentioned")
    return Cell(
        f"{country}.{concept}", country, concept, BY_ID[concept].label, "|".join(BY_ID[concept].columns), status,
        salience if found else 0.0, int(found), passages if found else 0, 2020 if found else None,
        2020 if found else None, "",
    )  # fmt: skip


def grid(rows: Mapping[str, str], concepts: tuple[str, ...] = (AI, ROBOTS, NUCLEAR, OIL), **changes: object) -> Grid:
    """Return a grid from a line of marks for each country: t(argeted), m(entioned), - (none found), ? (not read)."""
    cells = [
        cell(country, concept, WORDS[mark])
        for country, marks in rows.items()
        for concept, mark in zip(concepts, marks, strict=True)
    ]
    return make_grid(cells, {country: int("?" not in marks) for country, marks in rows.items()}, **changes)  # type: ignore[arg-type]


def claims_file(folder: Path, rule: str, head: str = "") -> Path:
    path = folder / "claims.yaml"
    claim = f"claims:\n  one:\n    statement: Something.\n    source: us\n    holds_if: {rule}\n"
    path.write_text(f"sources: {{us: {{citation: Us}}}}\n{head}{claim}", encoding="utf-8")
    return path


@pytest.fixture
def verdict(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Return a function that judges one rule over a grid."""

    def judge(rule: str, over: Grid, head: str = "") -> ClaimVerdict:
        claims = load_claims(claims_file(tmp_path, rule, head), CONCEPTS).claims
        return judge_claims(claims, over, name_of)[0]

    return judge


# Logic


def test_kleene_tables() -> None:
    values: tuple[Truth, ...] = (True, False, None)
    rank = {False: 0, None: 1, True: 2}
    for first, second in product(values, values):
        assert every((first, second)) is min(first, second, key=lambda value: rank[value])
        assert some((first, second)) is max(first, second, key=lambda value: rank[value])
        assert negated(every((first, second))) is some((negated(first), negated(second)))
    assert (every(()), some(())) == (True, False)
    assert [at_least(2, (True, None, False)), at_least(1, (True, None)), at_least(2, (None, False))] == [
        None,
        True,
        False,
    ]
    assert [above((2, 2), (1, 1)), above((1, 1), (1, 2)), above((0, 3), (1, 1))] == [True, False, None]


RULES = (
    "{all: [AAA, BBB], target: robotics}",
    "{some: [AAA, BBB], target: [robotics, oil-gas]}",
    "{none: [AAA, BBB], target: {family: energy}}",
    "{only: [AAA], among: [AAA, BBB, CCC], target: robotics}",
    "{all: all-read, target: {every: [nuclear, oil-gas]}}",
    "{all: [AAA], target: {any: [robotics, artificial-intelligence]}, more_than: {family: energy}}",
    "{especially: [AAA], among: [BBB, CCC], target: robotics, by: number}",
    "{and: [{all: [AAA], target: robotics}, {not: {some: [BBB, CCC], target: nuclear}}]}",
    "{or: [{all: [AAA], target: robotics}, {none: [CCC], target: nuclear}]}",
)


@given(rule=st.sampled_from([rule for rule in RULES if "all-read" not in rule]), data=st.data())
def test_what_is_decided_stays_decided_whatever_is_read_later(
    tmp_path_factory: pytest.TempPathFactory, rule: str, data: st.DataObject
) -> None:
    claims = load_claims(claims_file(tmp_path_factory.mktemp("claims"), rule), CONCEPTS).claims
    anything = st.text("tm-", min_size=4, max_size=4)
    rows = {code: data.draw(st.just("????") | anything) for code in ("AAA", "BBB", "CCC")}
    before = judge_claims(claims, grid(rows), name_of)[0].verdict
    later = {code: data.draw(anything) if "?" in marks else marks for code, marks in rows.items()}
    after = judge_claims(claims, grid(later), name_of)[0].verdict
    assert after != "undecided"
    if before == "holds":
        assert after == "holds"
    if before in ("fails", "holds_in_part"):
        assert after in ("fails", "holds_in_part")


# Verdicts


def test_all_some_none_and_only(verdict) -> None:  # type: ignore[no-untyped-def]
    over = grid({"AAA": "tt--", "BBB": "tm--", "CCC": "t---"})
    row = verdict("{all: [AAA, BBB, CCC], target: artificial-intelligence}", over)
    assert (row.verdict, row.holds_for, row.fails_for) == ("holds", "AAA BBB CCC", "")
    row = verdict("{all: [AAA, BBB], target: robotics}", over)
    assert (row.verdict, row.holds_for, row.fails_for) == ("holds_in_part", "AAA", "BBB")
    assert row.explanation == "Robotics: targeted in Aland; only mentioned in Bland (1 strategy read)."
    assert verdict("{all: [AAA, BBB], mention: robotics}", over).verdict == "holds"
    assert verdict("{some: [BBB, AAA], target: robotics}", over).verdict == "holds"
    assert verdict("{all: [BBB, CCC], target: robotics}", over).verdict == "fails"
    assert verdict("{none: [BBB, CCC], target: robotics}", over).verdict == "holds"
    assert verdict("{none: [AAA, CCC], target: robotics}", over).verdict == "holds_in_part"
    assert verdict("{only: [AAA], among: all-read, target: robotics}", over).verdict == "holds"
    row = verdict("{only: [AAA], among: [BBB, CCC], target: artificial-intelligence}", over)
    assert (row.verdict, row.holds_for, row.fails_for) == ("holds_in_part", "AAA", "BBB CCC")
    assert "also in Bland and the Netherlands" in row.explanation


def test_unknown_matters_only_where_it_could_decide(verdict) -> None:  # type: ignore[no-untyped-def]
    over = grid({"AAA": "t---", "BBB": "????", "CCC": "----"})
    row = verdict("{all: [AAA, BBB], target: artificial-intelligence}", over)
    assert (row.verdict, row.holds_for, row.undecided_for) == ("undecided", "AAA", "BBB")
    assert "undecided for Bland: no strategy in force was read" in row.explanation
    row = verdict("{all: [CCC, BBB], target: artificial-intelligence}", over)
    assert (row.verdict, row.fails_for, row.undecided_for) == ("fails", "CCC", "BBB")
    assert verdict("{some: [AAA, BBB], target: artificial-intelligence}", over).verdict == "holds"
    assert verdict("{all: all-read, target: artificial-intelligence}", over).undecided_for == ""
    row = verdict("{all: [AAA, QQQ], target: artificial-intelligence}", over)
    assert (row.verdict, row.not_in_corpus, row.undecided_for) == ("undecided", "QQQ", "")


def test_a_country_whose_strategies_were_not_read_is_unknown_even_where_a_report_mentions_it(verdict) -> None:  # type: ignore[no-untyped-def]
    over = make_grid([cell("AAA", AI, "mentioned"), cell("AAA", ROBOTS, "read_none_found")], {})
    assert verdict("{all: [AAA], target: artificial-intelligence}", over).verdict == "undecided"
    assert verdict("{all: [AAA], mention: artificial-intelligence}", over).verdict == "holds"


def test_nothing_read_decides_nothing(verdict) -> None:  # type: ignore[no-untyped-def]
    assert verdict("{all: all-read, target: robotics}", grid({"AAA": "????"})).verdict == "undecided"


def test_especially_compares_shares_and_needs_weights(verdict) -> None:  # type: ignore[no-untyped-def]
    rule = "{especially: [AAA, BBB], among: all-read, target: robotics}"
    rows = {"AAA": "-t--", "BBB": "tt--", "CCC": "ttt-", "DDD": "----"}
    row = verdict(rule, grid(rows))
    assert row.verdict == "holds"
    shares = "share of all that is targeted: Aland 100.0 % and Bland 50.0 %; most elsewhere: the Netherlands 33.3 %."
    assert row.explanation.endswith(shares)
    row = verdict(rule, grid(rows | {"BBB": "tttt"}))
    assert (row.verdict, row.holds_for, row.fails_for) == ("holds_in_part", "AAA", "BBB")
    row = verdict(rule, grid(rows, weighted=False))
    assert row.verdict == "undecided"
    assert "no weights to compare by" in row.explanation
    assert verdict(rule, grid(rows | {"CCC": "t---"}, weighted=False)).verdict == "holds"
    assert (
        verdict("{especially: [CCC], among: all-read, target: {kind: technology}, by: number}", grid(rows)).verdict
        == "fails"
    )


def test_parts_of_a_conjunction_and_more_than(verdict) -> None:  # type: ignore[no-untyped-def]
    over = grid({"AAA": "---t", "BBB": "--t-"})
    both = "{and: [{all: [AAA, BBB], target: oil-gas}, {all: [AAA, BBB], target: nuclear}]}"
    row = verdict(both, over)
    assert (row.verdict, row.holds_for, row.fails_for) == ("holds_in_part", "", "AAA BBB")
    assert verdict("{or: [{all: [AAA], target: oil-gas}, {all: [BBB], target: oil-gas}]}", over).verdict == "holds"
    assert verdict("{not: {all: [AAA], target: oil-gas}}", over).verdict == "fails"
    row = verdict(
        "{all: [AAA, BBB], target: {family: energy}, more_than: {column: digital}}",
        grid({"AAA": "--tt", "BBB": "ttt-"}),
    )
    assert (row.verdict, row.holds_for) == ("holds_in_part", "AAA")
    assert "Aland 2 to 0 and Bland 1 to 2" in row.explanation
    row = verdict("{all: [AAA], target: {family: energy, but: [nuclear]}}", grid({"AAA": "--t-"}))
    assert row.verdict == "fails"


def test_the_language_names_groups_and_numbers(verdict) -> None:  # type: ignore[no-untyped-def]
    over = grid({"AAA": "tt--", "BBB": "t---"})
    head = "groups: {two: [AAA, BBB]}\n"
    row = verdict("{all: two, target: {column: digital, at_least: 2}}", over, head)
    assert (row.verdict, row.holds_for) == ("holds_in_part", "AAA")
    assert row.rule == "{all: two, target: {column: digital, at_least: 2}}"
    assert "not all that is asked in Bland (artificial intelligence)" in row.explanation


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("{all: [AAA], target: robotic}", r"unknown concept 'robotic' .*did you mean 'robotics'"),
        ("{all: sixe, target: robotics}", "unknown countries 'sixe'"),
        ("{all: [Aland], target: robotics}", "'Aland' .* is no country"),
        ("{each: [AAA], target: robotics}", "unknown key 'each'|needs one of all"),
        ("{all: [AAA], some: [BBB], target: robotics}", "needs one of all"),
        ("{all: [AAA]}", "needs what the countries target or mention"),
        ("{only: [AAA], target: robotics}", "needs the countries to hold against"),
        ("{all: [AAA], target: {column: digitl}}", "unknown column 'digitl' .*did you mean 'digital'"),
        (
            "{all: [AAA], target: {any: [nuclear, oil-gas], at_least: 3}}",
            "at_least .* is '3'; expected a number from 1 to 2",
        ),
        ("{all: [AAA], target: {any: [nuclear], but: [nuclear]}}", "selects no concept"),
        ("{all: [AAA], target: {any: [nuclear], every: [oil-gas]}}", "both any and every"),
        (
            "{especially: [AAA], among: [BBB], target: robotics, by: weight}",
            "by .* is 'weight'; expected share or number",
        ),
        ("{and: []}", "joins nothing"),
        ("{all: [], target: robotics}", "names no country"),
    ],
)
def test_faults_of_claims_are_said_with_file_and_line(tmp_path: Path, rule: str, sentence: str) -> None:
    with pytest.raises(VocabularyError, match=rf"claims\.yaml, line \d+: .*({sentence})"):
        load_claims(claims_file(tmp_path, rule), CONCEPTS)


def test_a_claim_needs_a_statement_and_a_known_source(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text(
        "sources: {us: {citation: Us}}\nclaims:\n  one: {source: uss, holds_if: {all: [AAA], target: nuclear}}\n"
    )
    with pytest.raises(VocabularyError, match=r"no statement(.|\n)*unknown source 'uss' \(did you mean 'us'"):
        load_claims(path, CONCEPTS)


def test_the_claims_of_the_project_load() -> None:
    claims = load_claims(ROOT / "models" / "claims.yaml", CONCEPTS)
    assert len(claims.claims) > 50
    assert all((ROOT / "models" / source.table).is_file() for source in claims.sources if source.table)


def test_evidence_of_a_claim_names_cells_with_their_best_quotes(tmp_path: Path) -> None:
    quote = Evidence(
        "AAA.robotics",
        1,
        "doc",
        3,
        "iii",
        5,
        9,
        "We fund robots.",
        "",
        "",
        "paragraph",
        "targeted",
        "r",
        "en",
        "robots",
        "",
        "",
    )
    rule = "{only: [AAA, BBB], among: [CCC, DDD], target: robotics}"
    claims = load_claims(claims_file(tmp_path, rule), CONCEPTS).claims
    over = grid({"AAA": "-t--", "BBB": "----", "CCC": "-t--", "DDD": "----"})
    rows = claims_evidence(claims, over, {"AAA.robotics": quote})
    assert [(row.cell_id, row.status, row.page_number, row.quote) for row in rows] == [
        ("AAA.robotics", "targeted", 3, "We fund robots."),
        ("BBB.robotics", "read_none_found", None, ""),
        ("CCC.robotics", "targeted", None, ""),
    ]


# Findings


def test_bits_by_hand() -> None:
    chances = {"AAA": 0.5, "BBB": 0.5, "CCC": 0.5}
    assert pattern_bits({"AAA"}, chances) == pytest.approx(3 - math.log2(3))
    assert pattern_bits({"AAA", "BBB", "CCC"}, chances) == pytest.approx(3)
    # Nothing is learnt from a silent country of which little was read.
    assert pattern_bits({"AAA"}, {"AAA": 0.5, "BBB": 0.01}) < pattern_bits({"AAA"}, {"AAA": 0.5, "BBB": 0.5})
    assert binomial_bits(3, 3, 0.5) == pytest.approx(3)
    assert division_bits((3, 3), (0, 3)) == pytest.approx(math.log2(20))
    assert division_bits((0, 3), (3, 3)) == pytest.approx(math.log2(20))
    assert breadths({"AAA": {"x"}}, 2) == {"AAA": 0.5}


def test_the_expected_matrix_has_the_sums_of_the_found_one() -> None:
    import numpy as np

    found = np.array([[1.0, 1, 0, 1], [1, 0, 0, 0], [0, 1, 1, 0]])
    chances = expected(found)
    assert np.allclose(chances.sum(axis=0), found.sum(axis=0))
    assert np.allclose(chances.sum(axis=1), found.sum(axis=1))


def test_countries_part_by_what_they_target_and_not_by_how_much() -> None:
    targets = {"AAA": "abcz", "BBB": "abz", "CCC": "acz", "DDD": "defz", "EEE": "dez", "FFF": "dfz"}
    first = next(iter(split_countries({code: set(own) for code, own in targets.items()})))
    assert first == (("AAA", "BBB", "CCC"), ("DDD", "EEE", "FFF"))
    assert list(split_countries({"AAA": {"a"}, "BBB": {"b"}})) == []
    assert list(split_countries({})) == []


def found_over(rows: Mapping[str, str], concepts: tuple[str, ...], **options: object) -> dict[str, Finding]:
    return {finding.finding_id: finding for finding in find_findings(grid(rows, concepts), name_of, **options)}  # type: ignore[arg-type]


def test_findings_say_what_is_shared_and_what_one_targets_alone() -> None:
    rows = {"AAA": "tt-", "BBB": "tm-", "CCC": "t--", "DDD": "t--", "EEE": "m--", "ZZZ": "???"}
    found = found_over(rows, (AI, ROBOTS, BIO))
    shared, alone = found[f"shared.{AI}"], found[f"alone.{ROBOTS}"]
    assert shared.sentence == "4 of the 5 countries read target artificial intelligence; Eland only mentions it."
    assert (shared.countries, shared.others) == ("AAA BBB CCC DDD", "EEE")
    assert alone.sentence == (
        "Only Aland targets robotics (3 passages in 1 document, 1 strategy read); "
        "of the other 4 countries read, 1 only mentions it."
    )
    assert alone.cells == "AAA.robotics"
    assert alone.score == pytest.approx(alone.bits * 0.5 * 3 / 4)
    assert f"alone.{BIO}" not in found


def test_few_passages_tell_less_than_many_and_ranks_are_by_score() -> None:
    cells = [
        cell(code, concept, "read_none_found") for code in ("BBB", "CCC", "DDD", "EEE") for concept in (AI, ROBOTS)
    ]
    cells += [cell("AAA", AI, "targeted", 0.6, 3), cell("AAA", ROBOTS, "targeted", 0.5, 40)]
    findings = find_findings(make_grid(cells, dict.fromkeys(NAMES, 1)), name_of)
    assert [(finding.rank, finding.concepts) for finding in findings] == [(1, ROBOTS), (2, AI)]
    findings = find_findings(make_grid(cells, dict.fromkeys(NAMES, 1)), name_of, least_passages=4)
    assert [finding.concepts for finding in findings] == [ROBOTS]


def test_groups_divide_on_what_most_of_one_and_few_of_the_other_target() -> None:
    concepts = (AI, ROBOTS, "big-data", BIO, "genomics", "nuclear", "healthcare")
    rows = {"AAA": "ttt---t", "BBB": "ttt---t", "CCC": "tt----t", "DDD": "---tttt", "EEE": "---tttt", "FFF": "---tt-t"}
    found = found_over(rows, concepts)
    (division,) = [finding for finding in found.values() if finding.kind == "divides"]
    assert (division.countries, division.others) == ("AAA BBB CCC", "DDD EEE FFF")
    assert division.sentence.startswith(
        "Aland, Bland and the Netherlands differ from the other 3: more of them target "
    )
    assert "artificial intelligence (3 of 3 against 0 of 3)" in division.sentence
    assert "fewer of them target biotechnology (0 of 3 against 3 of 3)" in division.sentence
    assert "healthcare" not in division.concepts.split()


def test_what_rose_and_fell_counts_only_countries_with_comparable_documents_of_both_periods() -> None:
    marks = {("AAA", "1"): "-", ("AAA", "2"): "t", ("BBB", "1"): "m", ("BBB", "2"): "t", ("CCC", "1"): "?",
             ("CCC", "2"): "t", ("DDD", "1"): "t", ("DDD", "2"): "t", ("EEE", "1"): "-", ("EEE", "2"): "t"}  # fmt: skip
    cells = [
        PeriodCell(code, AI, "Artificial intelligence", period, WORDS[mark], 0.5, 1, 1, "")
        for (code, period), mark in marks.items()
    ]
    cells += [
        PeriodCell(row.country, ROBOTS, "Robotics", {"1": "2", "2": "1"}[row.period], row.status, 0.5, 1, 1, "")
        for row in cells
    ]
    shared = {"AAA", "BBB", "CCC", "DDD"}  # EEE speaks of other matters in the second period
    cells += [
        PeriodCell(country, "energy", "Energy", period, "targeted" if country in shared else status, 0.5, 1, 1, "")
        for country in ("AAA", "BBB", "CCC", "DDD", "EEE")
        for period, status in (("1", "targeted"), ("2", "read_none_found"))
    ]
    findings = find_findings(grid({"AAA": "t"}, (AI,)), name_of, cells)
    sentences = [finding.sentence for finding in findings if finding.kind in ("rose", "fell")]
    assert sentences == [
        "Robotics fell between 1 and 2: of the 3 countries with comparable documents of both, 2 no longer target it in "
        "what was read (Aland and Bland); none went the other way.",
        "Artificial intelligence rose between 1 and 2: of the 3 countries with comparable documents of both, 2 took it "
        "up as a target (Aland and Bland); none went the other way.",
    ]


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Internet of Things", "Internet of Things"),
        ("ICT for electric mobility", "ICT for electric mobility"),
        ("Advanced manufacturing and Industry 4.0", "advanced manufacturing and Industry 4.0"),
        ("Nuclear", "nuclear"),
    ],
)
def test_labels_inside_sentences(label: str, words: str) -> None:
    assert label_in_words(label) == words


def test_countries_are_listed_by_name_with_articles() -> None:
    assert listed_countries(["CCC", "ZZZ", "AAA"], name_of) == "Aland, the Netherlands and Zland"


# Files


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_the_page_cites_places_and_no_quotes() -> None:
    quote = Evidence(
        "AAA.robotics",
        1,
        "doc",
        3,
        "iii",
        5,
        9,
        "Secret words.",
        "",
        "",
        "paragraph",
        "targeted",
        "r",
        "en",
        "robots",
        "",
        "",
    )
    over = grid({"AAA": "-t--", "BBB": "----", "CCC": "----", "DDD": "----", "EEE": "----"})
    findings = find_findings(over, name_of)
    files = render_findings([], [], findings, sources=(), quotes={"AAA.robotics": quote}, notes=["A note."])
    page = files["findings.md"].decode()
    assert "[doc, page 3; score" in page
    assert "A note." in page
    assert "Secret words." not in page
    assert set(files) == set(TABLES)
    assert [row["finding_id"] for row in read(files["findings.csv"])] == ["alone.robotics"]


def test_the_stage_reads_the_tables_and_says_that_there_are_no_periods(tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(ROOT / "corpora" / "sample" / "tables", out / "tables")
    for name in (*TABLES, "periods.csv"):
        (out / "tables" / name).unlink(missing_ok=True)
    places = Places(ROOT / "corpora" / "sample", out)
    said = write_findings(places, Parameters(Limits(60, 1000)))
    assert "No table of periods" in said
    assert "undecided" in said
    verdicts = {row["claim_id"]: row for row in read((out / "tables" / "claims.csv").read_bytes())}
    assert verdicts["digital-everywhere"]["verdict"] == "holds"
    assert verdicts["oil-gas-and-nuclear"]["fails_for"] == "AUS"
    evidence = read((out / "tables" / "claims_evidence.csv").read_bytes())
    assert {row["claim_id"] for row in evidence} == set(verdicts)
    assert all(row["quote"] for row in evidence if row["status"] in ("targeted", "mentioned"))
    before = {name: (out / "tables" / name).read_bytes() for name in TABLES}
    write_findings(places, Parameters(Limits(60, 1000)))
    assert {name: (out / "tables" / name).read_bytes() for name in TABLES} == before


def test_periods_are_read_where_they_were_built(tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(ROOT / "corpora" / "sample" / "tables", out / "tables")
    header = "country,concept,label,period,status,salience,n_documents,n_passages,documents\n"
    lines = [
        f"{code},hydrogen,Hydrogen,{period},{status},0.6000,1,2,a b\n"
        for code in ("AUS", "FRA", "GBR")
        for period, status in (("2010-2013", "read_none_found"), ("2014-2017", "targeted"))
    ]
    lines += [
        line.replace("hydrogen,Hydrogen", "energy,Energy").replace("read_none_found", "targeted") for line in lines
    ]
    (out / "tables" / "periods.csv").write_text(header + "".join(lines))
    said = write_findings(Places(ROOT / "corpora" / "sample", out), Parameters(Limits(60, 1000)))
    assert "No table of periods" not in said
    assert "Hydrogen rose between 2010-2013 and 2014-2017" in (out / "tables" / "findings.csv").read_text()


def test_a_table_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"coverage\.csv is not there; run `python -m pipeline tables` first"):
        write_findings(Places(ROOT / "corpora" / "sample", tmp_path), Parameters(Limits(60, 1000)))


def test_rows_check_themselves() -> None:
    with pytest.raises(ValueError, match=r"ClaimVerdict\.verdict is 'maybe'"):
        ClaimVerdict("a", "", "maybe", "", "", "", "", "", "", "", "")
    with pytest.raises(ValueError, match="offsets 3:1"):
        ClaimEvidence("a", "b", "AAA", AI, "targeted", "d", 1, "", 3, 1, "q")
    assert isinstance(CONCEPTS[0], Concept)
