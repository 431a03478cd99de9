"""Tests of ties: windows, enumerations, hybrids, counts by hand, levels, what is new, the network, and the files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.concepts import VocabularyError, load_vocabulary
from pipeline.concepts.fusion import load_fusion
from pipeline.schemas import Concept, FusionTie, Mention, Passage, Period
from pipeline.ties import Judge, Source, Ties, find_ties, make_judge, read_windows, render_ties
from pipeline.ties.network import make_nodes

ROOT = Path(__file__).parents[1]
VOCABULARY = load_vocabulary(ROOT / "models")
LANGUAGES = [language.code for language in VOCABULARY.languages]
FUSION = load_fusion(ROOT / "models" / "fusion.yaml", VOCABULARY.concepts, LANGUAGES)
PERIODS = (Period("early", 2000, 2013), Period("late", 2014, 2030))
SOURCES = {
    "aaa": Source("aaa", "AAA", 2010),
    "bbb": Source("bbb", "BBB", 2020),
    "old": Source("old", "CCC", 2005, superseded=2016),
    "audit": Source("audit", "DDD", 2020, informs=True),
    "aaa-new": Source("aaa-new", "AAA", 2022),
}
AI, ROBOTS, BIO, NANO = "artificial-intelligence", "robotics", "biotechnology", "nanotechnology"


def judge(phrases: dict[str, str] | None = None, **limits: int) -> Judge:
    return make_judge(VOCABULARY.concepts, VOCABULARY.languages, phrases or {}, FUSION, **limits)


def named(sentence: str, *terms: tuple[str, str], name: str = "aaa", place: int = 0, **changes: Any) -> list[Mention]:
    """Return the mentions of terms in a sentence at ``place`` of its passage, each where it first stands."""
    rows = []
    for concept, term in terms:
        start = place + sentence.index(term)
        row = {
            "id": f"{name}-{place}-{concept}-{term}", "passage_id": f"{name}-p", "document_id": name, "page_number": 1,
            "start": place, "end": place + len(sentence), "term_start": start, "term_end": start + len(term),
            "concept": concept, "rule_id": f"{concept}:{term}", "term": term, "quote": sentence, "prefix": "",
            "suffix": "", "kind": "paragraph", "level": "targeted", "cues": (), "language": "en",
        }  # fmt: skip
        rows.append(Mention(**(row | changes)))
    return rows


def passage(text: str, identity: str = "aaa-p", language: str = "en") -> Passage:
    return Passage(identity, identity[:-2], 1, 0, len(text), text, ((0, 0),), "paragraph", "body", (), "", language)


def pairs(
    sentence: str, *terms: tuple[str, str], window: str = "sentence", limits: dict[str, int] | None = None, **more: Any
) -> dict[tuple[str, str], str]:
    """Return the pairs that are tied in a sentence, with their words of fusion."""
    phrases = {f"{concept}:{term}": term for concept, term in terms} | more.pop("phrases", {})
    mentions = named(sentence, *terms, **more)
    text = passage(sentence, language=more.get("language", "en"))
    windows = read_windows(mentions, {"aaa-p": text}, window)
    joints = [joint for own in windows for joint in judge(phrases, **(limits or {})).joints(own)]
    return {(joint.first.concept, joint.second.concept): joint.words for joint in joints}


def ties_of(documents: dict[str, list[str]], *, level: str = "targeted", **options: Any) -> Ties:
    """Return the ties of documents of sentences, one passage each, that name AI, robots, farming or health."""
    words = {AI: "AI", ROBOTS: "robots", "agriculture": "farming", "healthcare": "health", BIO: "biotech"}
    mentions: dict[str, list[Mention]] = {}
    passages: dict[str, Passage] = {}
    for name, sentences in documents.items():
        for number, sentence in enumerate(sentences):
            identity = f"{name}-{number}"
            terms = [(concept, word) for concept, word in words.items() if word in sentence]
            mentions.setdefault(name, []).extend(
                named(sentence, *terms, name=name, passage_id=identity, page_number=number + 1, level=level)
            )
            passages[identity] = passage(sentence, identity)
    window = options.pop("window", "sentence")
    windows = [own for rows in mentions.values() for own in read_windows(rows, passages, window)]
    settings = {"periods": PERIODS, "targeting": {AI: ["AAA", "BBB"]}, "page_labels": {("aaa", 1): "i"}} | options
    return find_ties(windows, SOURCES, VOCABULARY.concepts, judge(), FUSION, window=window, **settings)


def scopes(ties: Ties, first: str, second: str) -> dict[str, Any]:
    return {row.scope: row for row in ties.ecosystem if (row.technology, row.sector) == (first, second)}


# What is tied


def test_members_of_an_enumeration_are_tied_to_what_it_is_said_of_and_not_to_each_other() -> None:
    sentence = "AI will be used in health, farming and telecoms."
    terms = ((AI, "AI"), ("healthcare", "health"), ("agriculture", "farming"), ("telecommunications", "telecoms"))
    assert set(pairs(sentence, *terms)) == {(AI, concept) for concept, _ in terms[1:]}
    sentence = "We fund health, AI, farming and robots."
    terms = (("healthcare", "health"), (AI, "AI"), ("agriculture", "farming"), (ROBOTS, "robots"))
    assert pairs(sentence, *terms) == {}


def test_a_pair_that_is_listed_anywhere_in_a_sentence_is_a_neighbourhood() -> None:
    sentence = "AI is one of our priorities: AI systems, smart farming robots and health."
    first = named(sentence, (AI, "AI"))
    at = sentence.index("AI systems")
    rest = named(sentence, (ROBOTS, "robots"), ("healthcare", "health"))
    again = named(sentence, (AI, "AI systems"), term_start=at, term_end=at + 2)
    windows = read_windows([*first, *again, *rest], {"aaa-p": passage(sentence)}, "sentence")
    assert [joint for window in windows for joint in judge().joints(window)] == []


def test_two_technologies_of_one_enumeration_are_tied_where_the_parameter_says_so() -> None:
    terms = ((AI, "AI"), (ROBOTS, "robots"))
    assert pairs("We fund AI and robots.", *terms) == {}
    assert pairs("We fund AI and robots.", *terms, limits={"most_listed": 2}) == {(AI, ROBOTS): ""}


def test_what_follows_a_technology_after_a_comma_is_said_beside_it() -> None:
    sentence = "We build cold sensors, and receivers for satellites."
    assert pairs(sentence, ("sensors", "sensors"), ("space-technologies", "satellites")) == {}
    sentence = "We build sensors for use on satellites."
    assert pairs(sentence, ("sensors", "sensors"), ("space-technologies", "satellites")) != {}
    # Sectors are what technologies are for, be it after a comma.
    assert pairs("AI, if it is safe, will be used in health.", (AI, "AI"), ("healthcare", "health")) != {}


def test_semicolons_distance_and_crowds_part() -> None:
    terms = ((AI, "AI"), ("agriculture", "farming"))
    assert pairs("AI for schools; machines for farming", *terms) == {}
    assert pairs("AI for schools (b) machines for farming", *terms) == {}
    assert pairs("AI for " + "many " * 30 + "uses in farming", *terms) == {}
    assert pairs("AI for " + "many " * 30 + "uses in farming", *terms, limits={"reach": 200}) != {}
    assert pairs("AI in farming", *terms, limits={"most_groups": 1}) == {}


def test_words_that_share_characters_are_no_tie_unless_a_word_joins_two() -> None:
    assert pairs("e-health for all", ("digital-health", "e-health"), ("healthcare", "health")) == {}
    assert pairs("e-health for all", ("digital-health", "e-health"), ("healthcare", "e-health")) == {}
    joined = pairs(
        "quantum sensing technology", ("quantum-technologies", "quantum sensing"), ("sensors", "sensing technology")
    )
    assert joined == {("quantum-technologies", "sensors"): "quantum sensing technology"}
    assert pairs("the IoT/BD/AI platform", ("internet-of-things", "IoT/BD"), ("big-data", "BD/AI")) == {}
    phrases = {"quantum-technologies:Quantensensorik": "Quanten", "sensors:Quantensensorik": "Sensorik"}
    terms = (("quantum-technologies", "Quantensensorik"), ("sensors", "Quantensensorik"))
    found = pairs("Wir fördern Quantensensorik.", *terms, language="de", phrases=phrases)
    assert found == {("quantum-technologies", "sensors"): "quantensensorik"}


def test_hybrids_join_two_wherever_they_stand() -> None:
    assert pairs("We fund edge AI.", ("cloud-computing", "edge AI"), (AI, "AI")) == {(AI, "cloud-computing"): "edge ai"}
    assert pairs("The nano-bio lab", ("nano-biotechnology", "nano-bio")) == {(BIO, NANO): "nano-bio"}


@pytest.mark.parametrize(
    ("language", "sentence", "first", "second", "words"),
    [
        ("en", "the convergence of AI and biotech", "AI", "biotech", "convergence of"),
        ("en", "biotech combined with modern AI", "AI", "biotech", "combined with"),
        ("en", "AI-driven biotech", "AI", "biotech", "-driven"),
        ("en", "AI and biotech are converging", "AI", "biotech", "converging"),
        ("de", "an der Schnittstelle von KI und Biotechnologie", "KI", "Biotechnologie", "an der schnittstelle"),
        ("fr", "la convergence entre l'IA et les biotechnologies", "IA", "biotechnologies", "convergence entre"),
        ("nl", "op het snijvlak van AI en biotechnologie", "AI", "biotechnologie", "op het snijvlak"),
        ("ja", "AIとバイオの融合を進める", "AI", "バイオ", "の融合"),
        ("zh", "人工智能与生物技术深度融合", "人工智能", "生物技术", "深度融合"),
        ("es", "la convergencia de IA y biotecnología", "IA", "biotecnología", "convergencia de"),
        ("pt", "a integração de IA e biotecnologia", "IA", "biotecnologia", "integração de"),
        ("it", "la convergenza tra IA e biotecnologie", "IA", "biotecnologie", "convergenza tra"),
        ("pl", "na styku AI i biotechnologii", "AI", "biotechnologii", "na styku"),
    ],
)
def test_words_of_fusion_state_a_tie_in_every_language(
    language: str, sentence: str, first: str, second: str, words: str
) -> None:
    assert pairs(sentence, (AI, first), (BIO, second), language=language) == {(AI, BIO): words}


@pytest.mark.parametrize(
    "sentence",
    [
        "We fund AI, biotech and others.",
        "The integration of migrants is a task of many years, and we also fund AI and biotech.",
        "Primary care - AI - biotech",
        "emerging AI and biotech",
    ],
)
def test_mere_neighbours_are_not_stated(sentence: str) -> None:
    assert not any(pairs(sentence, (AI, "AI"), (BIO, "biotech"), limits={"most_listed": 2}).values())


# Windows


def test_windows_are_sentences_items_or_passages() -> None:
    text = "AI helps. Farming grows."
    rows = named("AI helps.", (AI, "AI")) + named("Farming grows.", ("agriculture", "Farming"), place=10)
    for window, kind, number in (("sentence", "list_item", 2), ("item", "paragraph", 2), ("item", "list_item", 1),
                                 ("passage", "paragraph", 1)):  # fmt: skip
        own = [Mention(**{name: getattr(row, name) for name in Mention.__slots__} | {"kind": kind}) for row in rows]
        windows = list(read_windows(own, {"aaa-p": passage(text)}, window))
        assert len(windows) == number
        assert sum(len(list(judge().joints(one))) for one in windows) == (number == 1)
    with pytest.raises(ValueError, match="expected one of sentence, item, passage"):
        list(read_windows(rows, {}, "page"))


def test_a_quote_from_a_wider_window_holds_both_terms_and_its_place() -> None:
    ties = ties_of({"aaa": ["AI helps. Then farming grows."]}, window="passage", min_support=1, min_documents=1)
    assert {(row.start, row.end, row.quote) for row in ties.evidence} == {(0, 29, "AI helps. Then farming grows.")}


def test_contents_pages_are_no_window() -> None:
    rows = named("AI in farming", (AI, "AI"), ("agriculture", "farming"), zone="contents")
    assert list(read_windows(rows, {}, "sentence")) == []


# Counts


COUNTED = {
    "aaa": ["AI for farming.", "AI helps farming.", "AI alone.", "AI again."],
    "bbb": ["AI in farming.", "farming alone.", "health alone.", "robots for health."],
}


def test_counts_and_association_are_those_made_by_hand() -> None:
    rows = scopes(ties_of(COUNTED), AI, "agriculture")
    everywhere = rows["all"]
    assert (everywhere.n_passages, everywhere.n_documents, everywhere.n_countries) == (3, 2, 2)
    # Tied in 3 of 8 windows; AI stands in 5, farming in 4.
    assert everywhere.association == pytest.approx(3 * 8 / (5 * 4))
    assert rows["AAA"].association is None  # two passages of one document
    least = scopes(ties_of(COUNTED, min_support=2, min_documents=1), AI, "agriculture")
    assert least["AAA"].association == pytest.approx(2 * 4 / (4 * 2))
    assert (everywhere.first_year, rows["BBB"].first_year) == (2010, 2020)


def test_families_of_technologies_are_counted_as_wholes() -> None:
    ties = ties_of({"aaa": ["AI for farming.", "robots for AI."]}, min_support=1, min_documents=1)
    rows = {(row.view, row.technology): row for row in ties.ecosystem if row.scope == "all"}
    assert set(rows) == {("concept", AI), ("family", "digital")}
    assert rows["family", "digital"].association == pytest.approx(1 * 2 / (2 * 1))
    families = [(row.first, row.second) for row in ties.fusion if row.view == "family" and row.scope == "all"]
    assert families == [("advanced-manufacturing", "digital")]
    assert not ties_of({"aaa": ["AI on big data."]}).fusion


def test_levels_need_both_targeted_in_one_window_of_a_strategy_in_force() -> None:
    assert scopes(ties_of({"aaa": ["AI for farming."]}), AI, "agriculture")["all"].level == "targeted"
    assert (
        scopes(ties_of({"aaa": ["AI for farming."]}, level="mentioned"), AI, "agriculture")["all"].level == "mentioned"
    )
    assert {row.level for row in ties_of({"audit": ["AI for farming."]}).ecosystem} == {"mentioned"}
    rows = scopes(ties_of({"old": ["AI for farming."]}), AI, "agriculture")
    assert {scope: row.level for scope, row in rows.items()} == {
        "all": "mentioned", "CCC": "mentioned", "early": "targeted",
    }  # fmt: skip
    assert not ties_of({"unread": ["AI for farming."]}).ecosystem


def test_new_is_what_stands_in_a_period_or_a_countrys_last_one_for_the_first_time() -> None:
    ties = ties_of(
        {
            "aaa": ["AI for farming.", "robots fly."],
            "aaa-new": ["AI in health.", "AI in farming."],
            "bbb": ["AI in health."],
        }
    )
    farming, health = scopes(ties, AI, "agriculture"), scopes(ties, AI, "healthcare")
    assert {scope: row.new for scope, row in farming.items()} == {"all": "", "AAA": "no", "early": "", "late": "no"}
    assert {scope: row.new for scope, row in health.items()} == {"all": "", "AAA": "yes", "BBB": "", "late": "yes"}


def test_periods_that_overlap_are_told() -> None:
    with pytest.raises(ValueError, match="'a' and 'b' share years"):
        ties_of(COUNTED, periods=(Period("a", 2000, 2010), Period("b", 2010, 2020)))


# Evidence, network, check, files


def test_documents_take_turns_and_commitment_comes_first() -> None:
    ties = ties_of(
        {"aaa": ["AI for farming one.", "AI for farming two."], "bbb": ["AI for farming three."],
         "audit": ["AI for farming four."]},
        quotes=3,
    )  # fmt: skip
    rows = [row for row in ties.evidence if row.tie_id == f"all.concept.{AI}.agriculture"]
    assert [row.document_id for row in rows] == ["aaa", "bbb", "aaa"]
    assert [row.rank for row in rows] == [1, 2, 3]
    assert rows[0].page_label == "i"


def network_tie(first: str, second: str, association: float | None) -> FusionTie:
    return FusionTie(f"{first}.{second}", "all", "concept", "sentence", first, second, 3, 2, 2, 1, association,
                     "targeted", "", 2010, 1, "")  # fmt: skip


def test_nodes_bridge_and_form_communities() -> None:
    names = ("a", "b", "c", "d", "e", "f", "g")
    concepts = [Concept(name, name.upper(), "technology", (), "digital", "") for name in names]
    edges = [("a", "b", 9.0), ("b", "c", 9.0), ("a", "c", 9.0), ("c", "d", 1.0), ("d", "e", 9.0), ("e", "f", 9.0),
             ("d", "f", 9.0), ("a", "g", None)]  # fmt: skip
    nodes = {
        row.technology: row
        for row in make_nodes([network_tie(*edge) for edge in edges], concepts, {"a": ["FRA"]}, seed=1)
    }
    assert [nodes[name].community for name in names] == [1, 1, 1, 2, 2, 2, None]
    assert nodes["c"].community_label == "A + B + C"
    # Six of the ten pairs of others are joined by ways over c: {a, b} with {d, e, f}.
    assert nodes["c"].betweenness == pytest.approx(6 / 10)
    assert (nodes["a"].n_countries, nodes["a"].countries, nodes["c"].degree, nodes["g"].degree) == (1, "FRA", 3, 0)


def test_a_network_without_edges_has_nodes_without_communities() -> None:
    assert {row.community for row in make_nodes([], VOCABULARY.concepts, {}, seed=1)} == {None}


def test_the_face_check_ranks_what_was_found() -> None:
    fused = ties_of({"aaa": ["AI-driven biotech.", "robots for AI.", "robots use AI.", "health, robots, biotech"]})
    rows = {row.intersection: row for row in fused.check}
    assert len(rows) == len(FUSION.intersections)
    assert rows["data + AI + biotech"].found == "no"
    assert rows["data + quantum"].rank_by_passages is None


def test_the_same_mentions_give_the_same_bytes_in_any_order() -> None:
    forth = ties_of(COUNTED, min_support=1, min_documents=1)
    back = ties_of(dict(reversed(COUNTED.items())), min_support=1, min_documents=1)
    assert render_ties(forth, VOCABULARY.concepts) == render_ties(back, VOCABULARY.concepts)


def test_the_matrix_has_all_families_technologies_and_sectors() -> None:
    content = render_ties(ties_of(COUNTED), VOCABULARY.concepts)["ecosystem_matrix.csv"].decode()
    rows = {(row["view"], row["technology"]): row for row in csv.DictReader(io.StringIO(content))}
    assert rows["concept", AI]["agriculture"] == rows["family", "digital"]["agriculture"] == "2"
    assert rows["concept", ROBOTS]["agriculture"] == "0"
    assert len(rows) == len({c.family for c in VOCABULARY.concepts if c.kind == "technology"}) + sum(
        c.kind == "technology" for c in VOCABULARY.concepts
    )


PIECES = ("AI", "robots", "farming", "health", "biotech", "for", "in", "and", ",", ";", "combined with")
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(SOURCES)), st.lists(WORDS, max_size=4), max_size=4),
       st.sampled_from(["sentence", "item", "passage"]))  # fmt: skip
def test_every_tie_opens_to_quotes_of_its_scope_that_hold_both_terms(
    documents: dict[str, list[Sequence[str]]], window: str
) -> None:
    ties = ties_of({name: [" ".join(words) for words in rows] for name, rows in documents.items()}, window=window)
    evidence: dict[str, list[Any]] = {}
    for row in ties.evidence:
        evidence.setdefault(row.tie_id, []).append(row)
        assert row.first_term in row.quote
        assert row.second_term in row.quote
        assert row.end - row.start == len(row.quote)
    periods = {period.label: period for period in PERIODS}
    for tie in (*ties.ecosystem, *ties.fusion):
        rows = evidence.pop(tie.tie_id)
        assert [row.rank for row in rows] == list(range(1, len(rows) + 1))
        for row in rows:
            year = SOURCES[row.document_id].year
            inside = tie.scope not in periods or periods[tie.scope].first <= year <= periods[tie.scope].last
            assert inside
            assert tie.scope in ("all", row.country, *periods)
    assert evidence == {}


# models/fusion.yaml


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("languages: {xx: {before: [a]}}", "line 1: unknown language 'xx'"),
        ("languages: {en: {befor: [a]}}", "unknown key 'befor' in the language en; expected before"),
        ("languages: {en: {before: [a, A]}}", "'A' stands twice in before of en (first in line 1)"),
        ("languages: {en: {before: ['* of']}}", "'*' may only end a word"),
        ("joined: {nano-biotechnology: [nanotechnology]}", "must join two other concepts"),
        ("joined: {nano-biotec: [nanotechnology, biotechnology]}", "unknown concept 'nano-biotec' (did you mean"),
        ("areas: {data: [bigdata]}", "unknown concept 'bigdata' in data (did you mean 'big-data'?)"),
        ("areas: {data: []}", "data in areas has no concepts"),
        ("areas: {data: [big-data]}\nintersections: [[data]]", "line 2: an intersection has two or three"),
        ("areas: {data: [big-data]}\nintersections: [[data, space]]", "line 2: unknown area 'space'"),
    ],
)
def test_faults_of_the_words_of_fusion_are_sentences(text: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "fusion.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError) as fault:
        load_fusion(path, VOCABULARY.concepts, LANGUAGES)
    assert sentence in str(fault.value)
    assert str(path) in str(fault.value)


def test_the_words_of_fusion_are_there_for_every_language_with_terms() -> None:
    assert sorted(words.language for words in FUSION.words) == sorted(LANGUAGES)
    assert all(words.links for words in FUSION.words)
