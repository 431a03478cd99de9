"""Tests of instruments: their register, counts by hand, statuses, ties, quotes, the files, and the stage."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.concepts import (
    CONCEPTS,
    INSTRUMENTS,
    VocabularyError,
    check_apart,
    concepts_without_terms,
    load_vocabulary,
    read_examples,
)
from pipeline.instruments import Instruments, Link, Source, Stretch, find_instruments, render_instruments
from pipeline.mentions import Tagger, tag_text
from pipeline.mentions.examples import rules_without_example
from pipeline.schemas import Concept, InstrumentEvidence, InstrumentTie, InstrumentUse, Mention

ROOT = Path(__file__).parents[1]
MODELS = ROOT / "models"
SHIPPED = load_vocabulary(MODELS, INSTRUMENTS)
TAGGER = Tagger(SHIPPED)
LANGUAGES = [language.code for language in SHIPPED.languages]

CLUSTERS = Concept("clusters", "Clusters", "instrument", (), "collaborative", "")
GRANTS = Concept("grants", "Grants", "instrument", (), "financial", "")
PILOT = Concept("pilot", "Pilot", "readiness", (), "trial-stage", "")
ROBOTS = Concept("robotics", "Robotics", "technology", (), "digital", "")
FARMS = Concept("agriculture", "Agriculture", "sector", (), "food", "")
OWN, OTHERS = (CLUSTERS, GRANTS, PILOT), (ROBOTS, FARMS)
SOURCES = {
    source.id: source
    for source in (
        Source("aaa", "AAA", 2010),
        Source("aaa-new", "AAA", 2020),
        Source("bbb", "BBB", 2015),
        Source("bbb-audit", "BBB", 2016, decides=False),
        Source("ccc", "CCC", 2017, read=False, decides=False),
        Source("ddd-old", "DDD", 2001, decides=False),
    )
}


def mention(concept: str, document: str = "aaa", number: int = 1, **changes: Any) -> Mention:
    """Return a mention in a passage of its own, whose quote says which it is."""
    quote = changes.pop("quote", f"In {document} we use {concept}, number {number}, as we said we would.")
    start = quote.index(concept)
    row: dict[str, Any] = {
        "id": f"{document}-{number}-{concept}", "passage_id": f"{document}-{number}", "document_id": document,
        "page_number": number, "start": 10, "end": 10 + len(quote), "term_start": 10 + start,
        "term_end": 10 + start + len(concept), "concept": concept, "rule_id": f"en/{concept}/{concept}",
        "term": concept, "quote": quote, "prefix": "", "suffix": "", "kind": "paragraph", "level": "targeted",
        "cues": ("intent:will",), "language": "en",
    }  # fmt: skip
    return Mention(**(row | changes))


def link(instrument: Mention, concept: Mention, **changes: Any) -> Link:
    quote = f"{instrument.term} for {concept.term}"
    return Link(instrument, concept, **({"start": 0, "end": len(quote), "quote": quote} | changes))


def stretch(*links: Link, names: tuple[str, ...] = (), document: str = "aaa", number: int = 1) -> Stretch:
    named = {one.concept for own in links for one in (own.instrument, own.concept)}
    return Stretch(document, f"{document}-{number}", frozenset(named | set(names)), links)


def found(
    tags: list[Mention] | None = None,
    stretches: list[Stretch] | None = None,
    committing: dict[str, set[str]] | None = None,
    **options: Any,
) -> Instruments:
    chosen = {"window": "sentence", "page_labels": {("aaa", 1): "i"}} | options
    return find_instruments(tags or [], stretches or [], committing or {}, SOURCES, OWN, OTHERS, **chosen)


def uses(rows: Instruments) -> dict[str, InstrumentUse]:
    return {row.use_id: row for row in rows.uses}


def ties(rows: Instruments) -> dict[str, InstrumentTie]:
    return {row.tie_id: row for row in rows.ties}


def quotes(rows: Instruments, row_id: str) -> list[InstrumentEvidence]:
    return [row for row in rows.evidence if row.row_id == row_id]


# Which country uses what

TAGS = [
    mention("clusters", "aaa", 1),
    mention("clusters", "aaa", 1),
    mention("clusters", "aaa-new", 2),
    mention("grants", "aaa", 3, level="mentioned"),
    mention("clusters", "bbb", 1),
    mention("grants", "bbb-audit", 1),
    mention("grants", "bbb-audit", 2),
    mention("clusters", "ccc", 1),
    mention("pilot", "ddd-old", 1),
    mention("pilot", "aaa", 4, zone="contents", level="mentioned"),
]
COMMITTING = {
    "aaa": {"aaa-1", "aaa-5", "aaa-6"}, "aaa-new": {"aaa-new-2"}, "bbb": {f"bbb-{n}" for n in range(1, 101)},
    "bbb-audit": {"bbb-audit-1"},
}  # fmt: skip


def test_uses_are_counted_by_passage_and_a_status_says_why() -> None:
    rows = uses(found(TAGS, committing=COMMITTING))
    aaa = rows["AAA.clusters"]
    assert (aaa.n_passages, aaa.n_committing, aaa.n_documents, aaa.status) == (2, 2, 2, "targeted")
    assert (aaa.share, aaa.rank, aaa.first_year, aaa.last_year) == (0.5, 1, 2010, 2020)
    assert aaa.reasons == "2 of 4 committing passages of strategies in force"
    assert (rows["AAA.grants"].status, rows["AAA.grants"].rank) == ("mentioned", None)
    assert rows["AAA.grants"].reasons == "named in 1 document; no strategy in force commits to it"
    assert (rows["AAA.pilot"].status, rows["AAA.pilot"].reasons) == ("read_none_found", "2 documents read")
    assert rows["CCC.clusters"].reasons == "no document was read, 1 in the register"
    assert {rows[f"CCC.{name}"].status for name in ("clusters", "grants", "pilot")} == {"not_read"}
    assert rows["CCC.clusters"].share is None


def test_one_passage_targets_only_where_it_is_much_of_what_is_committed_to() -> None:
    few = uses(found(TAGS, committing=COMMITTING))["BBB.clusters"]
    assert few.status == "mentioned"
    assert few.reasons == "1 of 100 committing passages of strategies in force; too few for a country to target it"
    assert uses(found(TAGS, committing=COMMITTING, min_share=0.01))["BBB.clusters"].status == "targeted"
    assert uses(found(TAGS, committing=COMMITTING, min_passages=1))["BBB.clusters"].status == "targeted"


def test_superseded_documents_and_audits_show_and_never_target() -> None:
    rows = uses(found(TAGS, committing=COMMITTING, min_passages=1))
    assert (rows["BBB.grants"].status, rows["BBB.grants"].n_passages, rows["BBB.grants"].n_committing) == (
        "mentioned", 2, 0,
    )  # fmt: skip
    assert (rows["DDD.pilot"].status, rows["DDD.pilot"].share) == ("mentioned", None)


def test_all_countries_together_and_the_emphasis_of_one() -> None:
    rows = uses(found(TAGS, committing=COMMITTING))
    whole = rows["all.clusters"]
    assert (whole.n_countries, whole.n_targeting, whole.n_passages, whole.n_committing) == (2, 1, 3, 3)
    assert whole.share == pytest.approx(3 / 104, abs=1e-6)
    assert whole.emphasis is None
    # Shares of .5 and .01: their mean is .255.
    assert rows["AAA.clusters"].emphasis == pytest.approx(0.5 / 0.255, abs=1e-4)
    assert rows["BBB.clusters"].emphasis == pytest.approx(0.01 / 0.255, abs=1e-4)
    assert rows["AAA.grants"].emphasis == 0.0


def test_stages_are_ranked_among_stages() -> None:
    tags = [mention("clusters"), mention("pilot", number=2)]
    rows = uses(found(tags, committing={"aaa": {"aaa-1", "aaa-2", "aaa-3"}}))
    assert (rows["AAA.clusters"].rank, rows["AAA.pilot"].rank) == (1, 1)


# What is tied to what


def test_association_is_counted_by_hand_and_needs_support() -> None:
    clusters, robots = mention("clusters"), mention("robotics")
    tied = [stretch(link(clusters, robots), number=number) for number in (1, 2)]
    tied.append(stretch(link(mention("clusters", "bbb"), mention("robotics", "bbb")), document="bbb"))
    alone = [stretch(names=("clusters",), number=number) for number in (3, 4, 5)]
    rest = [stretch(names=("agriculture",), number=number) for number in (6, 7)]
    unread = [stretch(link(clusters, robots), document="ccc")]
    rows = ties(found(stretches=[*tied, *alone, *rest, *unread]))
    whole = rows["all.clusters.robotics"]
    # Tied in 3 stretches of 8; clusters stand in 6, robotics in 3.
    assert whole.association == pytest.approx(3 * 8 / (6 * 3))
    assert (whole.n_passages, whole.n_documents, whole.n_countries, whole.n_targeting) == (3, 2, 2, 2)
    assert (whole.instrument_kind, whole.concept_kind, whole.level, whole.first_year) == (
        "instrument", "technology", "targeted", 2010,
    )  # fmt: skip
    assert rows["BBB.clusters.robotics"].association is None
    assert "CCC.clusters.robotics" not in rows


def test_a_tie_is_targeted_where_a_strategy_in_force_commits_to_both() -> None:
    halves = link(mention("grants", "bbb", level="mentioned"), mention("agriculture", "bbb"))
    audit = link(mention("grants", "bbb-audit"), mention("agriculture", "bbb-audit"))
    rows = ties(found(stretches=[stretch(halves, document="bbb"), stretch(audit, document="bbb-audit")]))
    assert (rows["BBB.grants.agriculture"].level, rows["BBB.grants.agriculture"].n_targeting) == ("mentioned", 0)


# Quotes


def test_committing_quotes_with_money_come_first_and_documents_take_turns() -> None:
    tags = [
        mention("grants", "aaa", 1),
        mention("grants", "aaa", 2, money=("EUR 5,000",)),
        mention("grants", "aaa", 3, level="mentioned"),
        mention("grants", "aaa-new", 1),
        mention("grants", "aaa", 4, quote="In aaa we use grants, number 1,  as we said we would."),
    ]
    rows = quotes(found(tags, quotes=9), "AAA.grants")
    assert [(row.document_id, row.page_number, row.rank) for row in rows] == [
        ("aaa", 2, 1), ("aaa-new", 1, 2), ("aaa", 1, 3), ("aaa", 3, 4),
    ]  # fmt: skip
    assert (rows[0].money, rows[0].cues, rows[2].page_label, rows[0].concept_term) == (
        "EUR 5,000", "intent:will", "i", "",
    )  # fmt: skip
    assert len(quotes(found(tags, quotes=2), "AAA.grants")) == 2


def test_quotes_of_ties_prefer_what_stands_together() -> None:
    near = link(mention("grants", "aaa", 1), mention("robotics", "aaa", 1), distance=10)
    far = link(
        mention("grants", "aaa", 2), mention("robotics", "aaa", 2), distance=90, quote="grants … robotics", end=17
    )
    rows = quotes(found(stretches=[stretch(far, number=2), stretch(near)]), "all.grants.robotics")
    assert [(row.page_number, row.concept_term, row.concept_level) for row in rows] == [
        (1, "robotics", "targeted"), (2, "robotics", "targeted"),
    ]  # fmt: skip


@pytest.mark.parametrize("option", ["quotes", "quotes_of_ties"])
def test_a_table_without_quotes_is_refused(option: str) -> None:
    with pytest.raises(ValueError, match=f"{option} is 0; expected at least 1"):
        found(**{option: 0})


ROWS = st.lists(
    st.tuples(st.sampled_from(sorted(SOURCES)), st.integers(1, 3), st.sampled_from(["clusters", "grants", "pilot"]),
              st.sampled_from(["targeted", "mentioned"])),
    max_size=12,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(ROWS)
def test_every_line_that_is_found_opens_to_quotes_of_its_scope_and_no_other_does(
    entries: list[tuple[str, int, str, str]],
) -> None:
    tags = [mention(concept, document, number, level=level) for document, number, concept, level in entries]
    committing = {document: {f"{document}-{number}"} for document, number, _, level in entries if level == "targeted"}
    rows = found(tags, committing=committing)
    for use in rows.uses:
        own = quotes(rows, use.use_id)
        assert bool(own) is (use.status in ("targeted", "mentioned"))
        assert [row.rank for row in own] == list(range(1, len(own) + 1))
        assert all(use.scope in ("all", row.country) and row.term in row.quote for row in own)
    assert {row.row_id for row in rows.evidence} <= {use.use_id for use in rows.uses}


# Files


def test_no_field_of_a_matrix_is_empty_and_each_word_has_one_meaning() -> None:
    rows = found(TAGS, [stretch(link(mention("clusters"), mention("robotics")))], COMMITTING)
    files = render_instruments(rows, OWN, OTHERS)
    by_country = list(csv.DictReader(io.StringIO(files["instruments_matrix.csv"].decode())))
    assert [row["instrument"] for row in by_country] == ["clusters", "grants", "pilot"]
    assert {code: by_country[0][code] for code in ("AAA", "BBB", "CCC", "DDD")} == {
        "AAA": "50.0 %", "BBB": "mentioned", "CCC": "not read", "DDD": "none found",
    }  # fmt: skip
    by_concept = list(csv.DictReader(io.StringIO(files["instruments_by_concept_matrix.csv"].decode())))
    assert [row["concept"] for row in by_concept] == ["robotics", "agriculture", "pilot"]
    assert (by_concept[0]["clusters"], by_concept[1]["clusters"], by_concept[2]["pilot"]) == ("1", "0", "not asked")
    assert all(row.values() and all(row.values()) for row in (*by_country, *by_concept))


def test_the_same_tags_give_the_same_bytes_in_any_order() -> None:
    linked = [
        stretch(link(mention("clusters", name), mention("robotics", name)), document=name) for name in ("bbb", "aaa")
    ]
    forth = render_instruments(found(TAGS, linked, COMMITTING), OWN, OTHERS)
    back = render_instruments(found(TAGS[::-1], linked[::-1], dict(reversed(COMMITTING.items()))), OWN, OTHERS)
    assert forth == back


# The register

TERMS = """\
language: en
shared: []
concepts:
  clusters:
    terms: [cluster]
    examples: {"yes": [Two clusters.], no: [None.]}
"""


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """Return a small folder of rules with a register of instruments, without a fault."""
    entry = "{}:\n  label: {}\n  family: {}\n  scope: anything\n"
    files = {
        "concepts/technologies.yaml": entry.format("robotics", "Robotics", "digital") + "  columns: [digital]\n",
        "concepts/sectors.yaml": entry.format("mining", "Mining", "mines") + "  columns: [sectors]\n",
        "concepts/terms.en.yaml": "language: en\nname: English\ninflections:\n  - {ending: s, becomes: '', keep: 2}\n"
        "concepts: {mining: {terms: [mining]}}\n",
        "cues/en.yaml": "language: en\ncues: {action: [we will]}\n",
        "instruments/families.yaml": "collaborative: those who know and those who need\n",
        "instruments/instruments.yaml": entry.format("clusters", "Clusters", "collaborative"),
        "instruments/readiness.yaml": entry.format("pilot", "Pilot", "collaborative"),
        "instruments/terms.en.yaml": TERMS,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_language_writes_as_the_terms_of_technologies_say(models: Path) -> None:
    vocabulary = load_vocabulary(models, INSTRUMENTS)
    assert [(concept.id, concept.kind) for concept in vocabulary.concepts] == [
        ("clusters", "instrument"), ("pilot", "readiness"),
    ]  # fmt: skip
    assert vocabulary.languages[0].name == "English"
    assert [hit.concept for hit in tag_text("Two clusters.", "en", Tagger(vocabulary))] == ["clusters"]
    assert read_examples(models, "en", INSTRUMENTS) == [
        ("clusters", "Two clusters.", True),
        ("clusters", "None.", False),
    ]
    assert concepts_without_terms(vocabulary, "en") == ["pilot"]


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("instruments/instruments.yaml", "collaborative", "collaborativ",
         "unknown family 'collaborativ' of the concept 'clusters'; expected collaborative (did you mean "
         "'collaborative'?), or add it to families.yaml"),
        ("instruments/instruments.yaml", "  scope", "  columns: [a]\n  scope", "unknown key 'columns'"),
        ("instruments/readiness.yaml", "pilot:", "clusters:", "the id 'clusters' is taken (instruments.yaml, line 1)"),
        ("instruments/terms.en.yaml", "language: en", "language: de", "language is 'de' in the file terms.en.yaml"),
        ("instruments/terms.en.yaml", "shared", "name: English\nshared", "unknown key 'name'"),
        ("instruments/terms.en.yaml", "clusters:", "cluster:",
         "unknown concept 'cluster'; expected one of instruments.yaml or readiness.yaml (did you mean 'clusters'?)"),
    ],
)  # fmt: skip
def test_faults_are_sentences_with_file_and_line(models: Path, name: str, old: str, new: str, sentence: str) -> None:
    path = models / name
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(VocabularyError) as fault:
        load_vocabulary(models, INSTRUMENTS)
    assert sentence in str(fault.value)
    assert f"{path}, line " in str(fault.value)


def test_a_language_that_technologies_lack_is_told(models: Path) -> None:
    (models / "instruments" / "terms.ko.yaml").write_text(TERMS.replace("en", "ko", 1))
    with pytest.raises(VocabularyError, match=r"terms\.ko\.yaml is not there, which says how the language writes"):
        load_vocabulary(models, INSTRUMENTS)


def test_two_registers_share_no_id(models: Path) -> None:
    check_apart(load_vocabulary(MODELS), SHIPPED)
    path = models / "instruments" / "readiness.yaml"
    path.write_text(path.read_text().replace("pilot:", "mining:", 1))
    with pytest.raises(VocabularyError, match="two registers have mining; give one of them another id"):
        check_apart(load_vocabulary(models), load_vocabulary(models, INSTRUMENTS))


# What ships


def test_every_language_of_the_technologies_has_terms_for_every_instrument() -> None:
    assert LANGUAGES == [language.code for language in load_vocabulary(MODELS, CONCEPTS).languages]
    assert {code: concepts_without_terms(SHIPPED, code) for code in LANGUAGES} == {code: [] for code in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_hold_and_try_every_never_phrase_and_context(language: str) -> None:
    """``python -m pipeline coverage --language en --rules`` lists the same."""
    examples = read_examples(MODELS, language, INSTRUMENTS)
    wrong = [
        (concept, text)
        for concept, text, expected in examples
        if (concept in {hit.concept for hit in tag_text(text, language, TAGGER)}) is not expected
    ]
    assert wrong == []
    assert [(term.rule_id, lack) for term, lack in rules_without_example(SHIPPED, language, examples)] == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "We will open a pilot line and give tax credits.", {"test-beds", "pilot", "tax-incentives"}),
        ("de", "Wir stärken Spitzencluster und die Projektförderung.", {"clusters", "research-grants"}),
        ("fr", "Un appel à projets financera des démonstrateurs.", {"research-grants", "demonstration"}),
        ("es", "La compra pública y los créditos blandos.", {"public-procurement", "loans"}),
        ("it", "Il credito d'imposta per la ricerca di base.", {"tax-incentives", "basic-research"}),
        ("ja", "実証実験と人材育成を支援する。", {"pilot", "skills-programmes"}),
        ("nl", "De WBSO en de proeftuinen.", {"tax-incentives", "test-beds"}),
        ("pl", "Piaskownice regulacyjne i klastry.", {"regulatory-sandboxes", "clusters"}),
        ("pt", "Encomendas tecnológicas e incubadoras.", {"public-procurement", "start-up-support"}),
        ("zh", "支持政府采购和技术转移。", {"public-procurement", "technology-transfer"}),
        ("en", "The law grants access to the files.", set()),
    ],
)
def test_instruments_are_found_in_every_language(language: str, text: str, expected: set[str]) -> None:
    assert {hit.concept for hit in tag_text(text, language, TAGGER)} == expected


# The stage


STRATEGY = """Our strategy for robotics

We will set up a test bed for robotics in agriculture. The Government will fund test beds for robotics with EUR 5
million.

We will introduce a tax credit for companies that invest in robotics.
"""


def one_by_one(work: Any, arguments: Any, **_: Any) -> Iterator[tuple[Any, str]]:
    """Do here what workers do in processes of their own, which take seconds to start."""
    for argument in arguments:
        work(*argument)
        yield argument, ""


def test_the_stage_tags_documents_and_ties_them_to_technologies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.stages.instruments import TABLES, refresh_instruments, write_instruments
    from pipeline.stages.mentions import refresh_mentions
    from pipeline.stages.pages import refresh_pages
    from pipeline.stages.passages import refresh_passages
    from pipeline.stages.places import Places, load_parameters

    monkeypatch.setattr("pipeline.stages.mapping.each_document", one_by_one)
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "fra.txt").write_text(STRATEGY)
    (tmp_path / "sources.csv").write_text(
        "id,country,year,title,issuer,language,kind,file,url,sha256,licence,supersedes,notes\n"
        "fra-2020,FRA,2020,Robots,Test,en,technology-strategy,text/fra.txt,,,,,\n"
        "deu-2020,DEU,2020,Robots,Test,de,technology-strategy,text/deu.txt,,,,,\n"
    )
    places, parameters = Places(tmp_path, tmp_path), load_parameters(ROOT / "params.yaml")
    for refresh in (refresh_pages, refresh_passages, refresh_mentions, refresh_instruments):
        refresh(places, parameters, workers=1)
    assert str(refresh_instruments(places, parameters, workers=1)) == "instruments: 0 worked on, 2 unchanged, 0 removed"
    said = write_instruments(places, parameters)
    assert said.startswith("instruments: 2 targeted by a country")
    tables = {
        name: list(csv.DictReader((tmp_path / "tables" / name).open(encoding="utf-8", newline=""))) for name in TABLES
    }
    rows = {row["use_id"]: row for row in tables["instruments.csv"]}
    assert (rows["FRA.test-beds"]["status"], rows["DEU.test-beds"]["status"]) == ("targeted", "not_read")
    tied = {row["tie_id"]: row for row in tables["instruments_by_concept.csv"]}
    assert tied["FRA.test-beds.robotics"]["level"] == "targeted"
    text = (tmp_path / "text" / "fra.txt").read_text()
    for row in tables["instruments_evidence.csv"]:
        assert text[int(row["start"]) : int(row["end"])].split() == row["quote"].split()
        assert row["term"] in row["quote"]
        assert row["concept_term"] in row["quote"]
