"""Suggestions: what is counted, what falls away, what is near, and that what was decided does not come back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipeline.schemas import (
    Concept,
    Cue,
    Document,
    Language,
    Mention,
    Passage,
    PassageTopic,
    Suggestion,
    Term,
    Vocabulary,
)
from pipeline.topics.suggestions import read_decided, suggest_terms
from pipeline.topics.suggestions.candidates import c_values
from pipeline.topics.suggestions.known import know
from pipeline.topics.suggestions.pieces import find_pieces, key_of, shapes
from pipeline.topics.suggestions.quotes import cut

ENGLISH = Language(
    "en", "English", inflections=(("ies", "y", 2), ("s", "", 2)), joiners=("and",), articles=("the", "a")
)
GERMAN = Language("de", "Deutsch", compounds=True, joiners=("und",), articles=("der", "die", "das"))
JAPANESE = Language("ja", "日本語", writing="unspaced", joiners=("や",))
VOCABULARY = Vocabulary(
    concepts=(
        Concept("photonics", "Photonics", "technology", (), "", ""),
        Concept("mining", "Mining", "sector", (), "", ""),
    ),
    languages=(ENGLISH, GERMAN, JAPANESE),
    terms=(
        Term("photonics", "en", "photonics", "en/photonics/photonics"),
        Term("photonics", "en", "integrated laser", "en/photonics/integrated laser"),
        Term("mining", "en", "mining", "en/mining/mining"),
        Term("mining", "ja", "鉱業", "ja/mining/鉱業"),
    ),
    cues=(
        *(Cue("en", "programme", phrase) for phrase in ("programme", "project", "committee")),
        Cue("en", "action", "support"),
        Cue("en", "country", "Denmark", "DNK"),
    ),
)
# The space of the fake encoder: light, rock, and what is neither.
LIGHT = ("photonic", "laser", "cryogenic", "vacuum", "optic", "lens", "鏡")
ROCK = ("mining", "quarr", "drill", "tunnel", "鉱")
WORDY = ("meeting", "wishes", "matter", "programme", "project", "committee", "support", "plans")
FILLING = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliett", "kilo", "lima")


def encode(phrases: Sequence[str]) -> NDArray[np.float32]:
    """Embed by the beginnings of words: light, rock, policy and the rest stand at right angles."""
    rows = np.zeros((len(phrases), 4), dtype=np.float32)
    for row, phrase in enumerate(phrases):
        small = phrase.lower()
        for column, beginnings in enumerate((LIGHT, ROCK, WORDY)):
            rows[row, column] = sum(small.count(word) for word in beginnings)
        if not rows[row].any():
            rows[row, 3] = 1
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def passage_of(number: int, text: str, document: str, language: str = "en") -> Passage:
    """Return a passage that is a page of its own."""
    return Passage(
        f"p{number:03}", document, number + 1, 0, len(text), text, ((0, 0),), "paragraph", "body", (), "", language
    )


def document_of(name: str, country: str) -> Document:
    """Return a document of a country."""
    return Document(name, country, 2020, name, "", "en", "industrial-strategy", "", "", "", "", "", "")


def mention_of(passage: Passage, term: str, concept: str) -> Mention:
    """Return a mention that targets a concept by a term of the passage."""
    start = passage.text.lower().index(term)
    return Mention(
        f"m{passage.id}{term}", passage.id, passage.document_id, passage.page_number, 0, len(passage.text), start,
        start + len(term), concept, "", term, passage.text, "", "", "paragraph", "targeted", (), passage.language,
    )  # fmt: skip


def suggest(
    texts: Sequence[tuple[str, str]],
    decided: Sequence[tuple[str, str]] = (),
    repeats: Sequence[int] = (),
    language: str = "en",
    most: int = 50,
    near: float = 0.58,
) -> list[Suggestion]:
    """Suggest from (document, text) pairs among passages of other things, so that no word is everyday by chance."""
    filling = [(f"d{number % 3}", f"Then {word} was quiet, {number} times.") for number, word in enumerate(FILLING * 3)]
    passages = [passage_of(number, text, name, language) for number, (name, text) in enumerate([*texts, *filling])]
    topics = [
        PassageTopic(row.id, row.document_id, row.page_number, 0, row.end, language, place % 2, 0.5,
                     "p000" if place in repeats else "")
        for place, row in enumerate(passages)
    ]  # fmt: skip
    mentions = [
        mention_of(passage, term, concept)
        for passage in passages
        for term, concept in (("photonics", "photonics"), ("mining", "mining"), ("鉱業", "mining"))
        if term in passage.text.lower()
    ]
    documents = [document_of("d0", "DNK"), document_of("d1", "FRA"), document_of("d2", "FRA")]
    return suggest_terms(
        passages, encode([row.text for row in passages]), topics, mentions, VOCABULARY, documents,
        encode=encode, decided=decided, most=most, near=near, min_likeness=0.1,
    )  # fmt: skip


def phrases(suggestions: Sequence[Suggestion]) -> list[str]:
    """Return what is suggested, the best first."""
    return [suggestion.phrase for suggestion in suggestions]


CRYOGENICS = [
    ("d0", "We will fund photonics, cryogenics and mining."),
    ("d1", "It needs cryogenics. Other sentences stand beside it."),
    ("d2", "They lead in cryogenics, as in photonics."),
    ("d0", "The role of cryogenics is large."),
]


def test_counts_countries_and_quotes_are_those_of_the_passages() -> None:
    (found,) = suggest(CRYOGENICS)
    assert (found.rank, found.language, found.phrase) == (1, "en", "cryogenics")
    assert (found.n_passages, found.n_documents, found.countries) == (4, 3, "DNK FRA")
    assert found.quote_1 == "We will fund photonics, cryogenics and mining. (d0, p. 1)"
    assert re.search(r"cryogenics.* \(d[12], p\. [23]\)$", found.quote_2)
    assert "listed beside known terms in 1 and" in found.reason


def test_a_near_phrase_is_a_term_and_one_far_from_all_a_concept() -> None:
    (term,) = suggest(CRYOGENICS)
    (concept,) = suggest(CRYOGENICS, near=1.01)
    assert (term.kind, term.concept) == ("term", "photonics")
    assert (concept.kind, concept.concept) == ("concept", "")


def test_a_passage_that_repeats_another_counts_nowhere() -> None:
    (found,) = suggest(CRYOGENICS, repeats=[3])
    assert (found.n_passages, found.n_documents) == (3, 3)


@pytest.mark.parametrize(
    "written", ["integrated lasers", "Integrated Laser", "integrated-laser", "integrated", "lasers"]
)
def test_a_known_term_or_a_part_of_one_is_never_suggested(written: str) -> None:
    texts = [(f"d{number % 3}", f"We will fund the {written}, and that is all.") for number in range(5)]
    assert phrases(suggest(texts)) == []


def test_what_holds_a_known_term_or_a_word_of_policy_or_a_country_is_not_suggested() -> None:
    for phrase in ("integrated laser lenses", "cryogenics committee", "cryogenic support lenses", "denmark lenses"):
        texts = [(f"d{number % 3}", f"We will fund the {phrase}.") for number in range(5)]
        assert not any(word in found for found in phrases(suggest(texts)) for word in phrase.split()[:-1])


def test_what_was_decided_does_not_come_back_in_any_inflection() -> None:
    assert phrases(suggest(CRYOGENICS, decided=[("en", "Cryogenic")])) == []
    assert phrases(suggest(CRYOGENICS, decided=[("de", "cryogenics")])) == ["cryogenics"]


def test_a_fragment_gives_way_to_the_phrase_that_it_always_stands_in() -> None:
    texts = [(f"d{number % 3}", "Firms need cryogenic vacuum lenses.") for number in range(5)]
    assert phrases(suggest(texts)) == ["cryogenic vacuum lenses"]


def test_c_value_counts_what_stands_alone() -> None:
    place = (0, 0, 1)
    values = c_values({("b",): [place] * 10, ("a", "b"): [place] * 4, ("c",): [place] * 4, ("c", "d"): [place] * 4})
    assert values[("b",)] == pytest.approx(6.0)
    assert values[("c",)] == 0
    assert values[("a", "b")] > 4


@pytest.mark.parametrize(
    "text", ["They met at Cryogenics Lenses.", "They read CRYOLENS here.", "Says Cryogenic himself."]
)
def test_names_are_not_suggested(text: str) -> None:
    assert phrases(suggest([(f"d{number % 3}", text) for number in range(5)])) == []


@pytest.mark.parametrize("text", ["We want to cryogenic.", "We see cryogenic waters there."])
def test_verbs_and_adjectives_are_not_suggested_alone(text: str) -> None:
    assert "cryogenic" not in phrases(suggest([(f"d{number % 3}", text) for number in range(5)]))


def test_a_phrase_of_one_document_or_of_few_passages_is_not_enough() -> None:
    others = [(f"e{number}", f"Other quiet words, {number}.") for number in range(12)]
    assert phrases(suggest([*[("d0", "It needs cryogenics.")] * 5, *others])) == []
    assert phrases(suggest(CRYOGENICS[:2])) == []


def test_what_reads_like_policy_is_not_suggested() -> None:
    assert phrases(suggest([(f"d{number % 3}", "We hold meetings.") for number in range(5)])) == []


def test_the_same_passages_give_the_same_rows_in_the_same_order() -> None:
    texts = [
        (f"d{number % 3}", f"There are the {word}.") for number in range(4) for word in ("vacuums", "lenses", "optics")
    ]
    first = suggest(texts)
    assert first == suggest(texts)
    assert sorted(phrases(first)) == phrases(first) == ["lenses", "optics", "vacuums"]
    assert [row.rank for row in first] == [1, 2, 3]
    assert suggest(texts, most=2) == first[:2]


def test_japanese_runs_of_kanji_and_katakana_are_one_phrase() -> None:
    texts = [(f"d{number % 3}", "鉱業やスマート鏡を推進する。") for number in range(4)]
    found = suggest(texts, language="ja")[0]
    assert found.phrase == "スマート鏡"
    assert found.quote_1.startswith("鉱業やスマート鏡を推進する。 (d")


def test_pieces_leave_out_gaps_and_trim_affixes() -> None:
    text = "各スマート農業等の自動運転と鉱業"
    found = [text[piece.start : piece.end] for piece in find_pieces(text, JAPANESE, [(14, 16)], shapes(JAPANESE))]
    assert found == ["スマート農業", "自動運転"]
    english = "optical photonics lenses, low-light lenses"
    keys = {piece.key for piece in find_pieces(english, ENGLISH, [(8, 17)], shapes(ENGLISH))}
    assert ("low", "light", "lense") in keys
    assert not any("photonic" in key or ("optical" in key and len(key) > 1) for key in keys)


def test_german_nouns_are_kept_and_adjectives_are_not() -> None:
    texts = [(f"d{number % 3}", "Wir setzen auf vacuumoptik, und auf Vacuumlenses, immer.") for number in range(4)]
    assert phrases(suggest(texts, language="de")) == ["Vacuumlenses"]


def test_a_part_of_a_known_german_compound_is_known() -> None:
    known = know(replace(VOCABULARY, terms=(Term("mining", "de", "Werkstoffe", "de/mining/Werkstoffe"),)), ())["de"]
    assert known.covers(("werk",))
    assert known.covers(("stoffe",))
    assert not known.covers(("kstof",))


def test_nothing_comes_of_nothing() -> None:
    assert suggest([]) == []
    with pytest.raises(ValueError, match="1 passages, 0 vectors and 0 topics; expected one of each"):
        suggest_terms(
            [passage_of(0, "Text", "d0")], np.zeros((0, 4), dtype=np.float32), [], [], VOCABULARY, [],
            encode=encode, decided=(),
        )  # fmt: skip


def test_a_quote_is_the_sentence_or_a_window_of_it() -> None:
    text = "One. Two has a lens in it. Three."
    start = text.index("lens")
    assert cut(text, start, start + 4) == "Two has a lens in it."
    long = "word " * 100 + "lens " + "word " * 100
    window = cut(long, 500, 504, longest=60)
    assert window.startswith("… word")
    assert window.endswith("word …")
    assert "lens" in window
    assert len(window) <= 64


WORDS = st.sampled_from(
    [*LIGHT[:6], "cryogenics", "integrated", "photonics", "Lasers", "drills", "and", "the", "of", ","]
)


@settings(max_examples=40)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=8), min_size=3, max_size=8))
def test_no_suggestion_is_known_and_each_quote_holds_its_phrase(sentences: list[list[str]]) -> None:
    texts = [(f"d{number % 3}", f"It needs {' '.join(words)}.") for number, words in enumerate(sentences * 2)]
    known = know(VOCABULARY, ())["en"]
    for found in suggest(texts):
        key = key_of(found.phrase, ENGLISH)
        assert key not in known.terms
        assert not known.covers(key)
        for quote in (found.quote_1, found.quote_2):
            assert not quote or found.phrase.casefold() in quote.casefold()


HEADER = "language,phrase,verdict,concept,reviewer,date,reason\n"


def test_decisions_are_read_and_a_missing_file_has_none(tmp_path: Path) -> None:
    path = tmp_path / "suggestions_decided.csv"
    assert read_decided(path) == set()
    path.write_text(f'{HEADER}en,cryogenics,accepted,photonics,ab,2024-05-01,\nja,無線設備,rejected,,ab,,"a, b"\n\n')
    assert read_decided(path) == {("en", "cryogenics"), ("ja", "無線設備")}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", r":1: expected the columns language, .*, found none; add language"),
        ("language,phrase\n", r":1: expected the columns .*, found language, phrase; add verdict"),
        (f"{HEADER}en,x\n", r":2: expected 7 fields, found 2; put a text that holds a comma in quotation marks"),
        (f"{HEADER}en,x,maybe,,,,\n", r":2: expected the verdict accepted or rejected, found 'maybe'; write one"),
        (f"{HEADER}en,x,,,,,\n", r":2: expected the verdict accepted or rejected, found an empty field"),
        (f"{HEADER}en,x,accepted,,,,\n", r":2: expected the concept .*, found an empty field; name its id"),
        (f"{HEADER},x,rejected,,,,\n", r":2: expected a language, found an empty field; fill it in"),
        (
            f'{HEADER}en,x,rejected,,,,"a\nb"\nen,x,rejected,,,,\n',
            r":4: expected each phrase once, found 'x' \(en\) again",
        ),
        (f'{HEADER}en,"x"y,rejected,,,,\n', r":2: expected CSV, found .*; mend the quotation marks"),
    ],
)
def test_a_fault_in_the_decisions_is_a_sentence_with_its_place(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "suggestions_decided.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(str(path)) + sentence):
        read_decided(path)


def test_decisions_in_other_bytes_than_utf_8_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "suggestions_decided.csv"
    path.write_bytes(HEADER.encode() + b"de,\xfcber,rejected,,,,\n")
    with pytest.raises(ValueError, match="expected UTF-8, found other bytes"):
        read_decided(path)
