"""Topics: from words and vectors to topics that keep their numbers, and what themes say of countries."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import log, sqrt
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from safetensors.numpy import save_file

from pipeline.schemas import NO_TOPIC, Concept, Passage, PassageTopic, Topic, TopicEvent
from pipeline.topics.clustering import find_centres
from pipeline.topics.fitting import Fit, fit_topics
from pipeline.topics.matching import keep_numbers
from pipeline.topics.model import TopicModel, assign_topics, colour_of, load_model, save_model
from pipeline.topics.names import read_names
from pipeline.topics.quality import c_v, diversity, mean_agreement, npmi, share_dominated, share_with_english
from pipeline.topics.sampling import find_repeats, in_fixed_order, sample_passages
from pipeline.topics.space import Space, measure_space, nearest_centres, shared_centres, unit_rows
from pipeline.topics.themes import Themes, describe_themes, themes_matrix
from pipeline.topics.words import phrases, stop_words, without_parts
from tests.test_embeddings import document_of, passage_of

Matrix = NDArray[np.float32]


def matrix_of(*rows: Sequence[float]) -> Matrix:
    """Return rows brought to length 1."""
    return unit_rows(np.array(rows, dtype=np.float32))


# Words.


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Robots and the internet of things", ["robots", "internet", "internet of things", "things"]),
        ("en", "the robots of the", ["robots"]),
        ("en", "robots, drones", ["robots", "drones"]),
        ("en", "robots 2020 drones", ["robots", "drones"]),
        ("en", "robots (drones) – lasers", ["robots", "drones", "lasers"]),
        ("en", "AI chips", ["ai chips", "chips"]),
        ("en", "high-tech robots", ["high-tech", "high-tech robots", "robots"]),
        ("de", "die Zukunft der Arbeit", ["zukunft", "zukunft der arbeit", "arbeit"]),
        ("fr", "l'intelligence artificielle", ["intelligence", "intelligence artificielle", "artificielle"]),
        ("fr", "l’État", ["état"]),
        ("it", "dell'energia solare", ["energia", "energia solare", "solare"]),
        ("qq", "the robots", ["the", "the robots", "robots"]),
        ("ja", "政府は人工知能とロボットを推進", ["政府", "人工知能", "ロボット", "推進"]),
        ("zh", "发展机器人和半导体，稳", ["发展机器人", "半导体"]),
        ("zh", "人工智能与新能源", ["人工智能", "新能源"]),
        ("en", "", []),
    ],
)
def test_phrases_of_a_text(language: str, text: str, found: list[str]) -> None:
    assert phrases(text, language) == found


def test_phrases_are_no_longer_than_asked() -> None:
    assert phrases("new laser labs", "de", longest=1) == ["new", "laser", "labs"]
    assert max(phrase.count(" ") for phrase in phrases("big new laser labs", "de")) == 2


def test_a_hyphen_between_spaces_parts_clauses() -> None:
    assert phrases("research - development", "en") == ["research", "development"]


TOKENS = [
    "The",
    "internet",
    "of",
    "Things",
    "robots,",
    "AI",
    "we",
    "2020",
    "(laser)",
    "– labs",
    "high-tech",
    "Ökonomie:",
]
ELIDED = ["l'énergie", "droit d'auteur", "world’s", "don't"]


@given(st.sampled_from(["en", "de", "fr", "pl", "qq"]), st.lists(st.sampled_from(TOKENS + ELIDED), max_size=10))
def test_each_phrase_stands_in_the_text_and_has_no_stop_word_at_its_ends(language: str, tokens: list[str]) -> None:
    text = " ".join(tokens)
    stops = stop_words(language)
    for phrase in phrases(text, language):
        words = phrase.split()
        assert phrase in text.lower()
        assert 1 <= len(words) <= 3
        assert not {words[0], words[-1]} & stops


def test_phrases_without_those_that_share_a_word_or_a_beginning_with_a_better_one() -> None:
    ranked = ["personal data", "data", "robots", "robotics", "internet of things", "many things", "energy"]
    assert without_parts(ranked, 10) == ["personal data", "robots", "internet of things", "energy"]
    assert without_parts(ranked, 2) == ["personal data", "robots"]
    assert without_parts(["人工知能", "知能", "半導体"], 10) == ["人工知能", "半導体"]


# The sample.


def test_a_text_repeats_another_where_only_digits_signs_and_capitals_differ() -> None:
    texts = ["Robots, 2013.", "Energy", "robots 2014", "ROBOTS", "Robots too"]
    assert find_repeats(texts) == [-1, -1, 0, 0, -1]


def sampled(texts: dict[str, str], **changes: int) -> set[str]:
    """Return the texts that are taken of a corpus given as text: document."""
    names, documents = list(texts), list(texts.values())
    bounds = {"per_document": 3, "at_most": 100} | changes
    return {names[index] for index in sample_passages(names, documents, find_repeats(names), **bounds)}


def corpus_of(sizes: dict[str, int]) -> dict[str, str]:
    """Return made-up texts that differ in letters, by document."""
    return {f"{name} {chr(97 + place)}": name for name, size in sizes.items() for place in range(size)}


def test_no_document_gives_more_than_its_share() -> None:
    texts = corpus_of({"long": 20, "short": 2})
    taken = [texts[text] for text in sampled(texts)]
    assert (taken.count("long"), taken.count("short")) == (3, 2)


def test_together_documents_give_no_more_than_the_most() -> None:
    texts = corpus_of({"one": 9, "two": 9, "three": 9})
    taken = [texts[text] for text in sampled(texts, per_document=9, at_most=7)]
    assert [taken.count(name) for name in ("one", "two", "three")] == [2, 2, 2]
    assert len(sampled(texts, at_most=1)) == 3


def test_repeats_are_never_taken() -> None:
    texts = ["same", "Same!", "SAME", "other"]
    assert sample_passages(texts, ["a", "b", "a", "a"], find_repeats(texts), per_document=9, at_most=9) == [0, 3]


@given(st.integers(1, 15), st.integers(1, 15), st.integers(1, 15), st.randoms(use_true_random=False))
def test_a_further_document_changes_nothing_in_what_is_taken_from_others(
    one: int, two: int, three: int, shuffler: random.Random
) -> None:
    texts = corpus_of({"one": one, "two": two})
    more = texts | corpus_of({"three": three})
    shuffled = list(more.items())
    shuffler.shuffle(shuffled)
    assert {text for text in sampled(dict(shuffled)) if more[text] != "three"} == sampled(texts)


@given(st.permutations(["alpha", "bravo", "charlie", "delta"]))
def test_the_fixed_order_depends_on_the_texts_alone(texts: list[str]) -> None:
    expected = [sorted(texts)[index] for index in in_fixed_order(sorted(texts))]
    assert [texts[index] for index in in_fixed_order(texts)] == expected


# The space.


def two_languages(each: int) -> tuple[Matrix, list[str]]:
    """Return the same vectors twice, those of the second language moved by the same amount."""
    base = np.random.default_rng(0).normal(size=(each, 4)).astype(np.float32)
    moved = base + np.array([5, 0, 0, -2], dtype=np.float32)
    return np.concatenate([base, moved]), ["en"] * each + ["de"] * each


def test_centring_takes_off_what_is_common_to_a_language() -> None:
    matrix, languages = two_languages(50)
    centred = measure_space(matrix, languages).centred(matrix, languages)
    assert np.linalg.norm(centred, axis=1) == pytest.approx(1, abs=1e-5)
    assert centred[:50] == pytest.approx(centred[50:], abs=1e-4)


def test_a_language_with_few_passages_has_the_mean_of_all_taken_off() -> None:
    matrix, languages = two_languages(49)
    space = measure_space(matrix, languages)
    assert space.means == {}
    assert space.centred(matrix, languages) == pytest.approx(unit_rows(matrix - matrix.mean(axis=0)), abs=1e-5)
    assert space.centred(matrix[:0], []).shape == (0, 4)


def test_a_row_of_zeros_stays() -> None:
    assert unit_rows(np.array([[0, 0], [3, 4]], dtype=np.float32)).tolist() == [[0, 0], pytest.approx([0.6, 0.8])]


def test_the_nearest_centre_must_be_near_enough() -> None:
    centres = matrix_of([1, 0], [0, 1])
    places, cosines = nearest_centres(matrix_of([2, 1], [1, 3], [-1, -1], [1, 1]), centres, 0.8)
    assert places.tolist() == [0, 1, NO_TOPIC, NO_TOPIC]
    assert cosines == pytest.approx([2 / sqrt(5), 3 / sqrt(10), -1 / sqrt(2), 1 / sqrt(2)], abs=1e-5)
    assert nearest_centres(centres, centres[:0], 0.8)[0].tolist() == [NO_TOPIC, NO_TOPIC]


def kept_centres(
    passages: Sequence[tuple[Sequence[float], str]], centres: Matrix, in_documents: float = 0
) -> list[int]:
    """Return the centres that are themes, from (vector, document) pairs."""
    matrix = matrix_of(*(vector for vector, _ in passages))
    documents = [name for _, name in passages]
    return shared_centres(matrix, centres, documents, least=0.5, most_of_one=0.7, in_documents=in_documents).tolist()


def test_a_centre_that_is_one_documents_wording_goes() -> None:
    centres = matrix_of([1, 0], [0, 1])
    shared = [((1, 0), name) for name in "aabc"]
    assert kept_centres([*shared, *[((0, 1), "a")] * 7, *[((0, 1), "b")] * 3], centres) == [0, 1]
    assert kept_centres([*shared, *[((0, 1), "a")] * 8, *[((0, 1), "b")] * 3], centres) == [0]
    assert kept_centres(shared, centres) == [0]


def test_a_centre_goes_when_only_its_edge_is_shared() -> None:
    centres = matrix_of([1, 0], [0, 1])
    shared = [((1, 0), name) for name in "aabc"]
    near, edge = [((0, 1), "a")] * 4, [((0.5, 1), name) for name in "bcde"]
    assert kept_centres([*shared, *near, *edge], centres) == [0]
    assert kept_centres([*shared, *near[:2], ((0, 1), "b"), *edge], centres) == [0, 1]


def test_passages_of_a_centre_that_went_are_counted_where_they_go() -> None:
    centres = matrix_of([1, 0], [1, 0.8])
    one, many = [((1, 0), "a")], [((1, 0.8), name) for name in "bcde"]
    assert kept_centres([*one * 8, *many], centres) == [1]
    assert kept_centres([*one * 12, *many], centres) == []


def test_a_centre_that_few_documents_have_goes() -> None:
    centres = matrix_of([1, 0], [0, 1])
    passages = [*(((1, 0), name) for name in "abcdefgh"), ((0, 1), "a"), ((0, 1), "b")]
    assert kept_centres(passages, centres, in_documents=0.25) == [0, 1]
    assert kept_centres(passages, centres, in_documents=0.26) == [0]


def test_the_topics_of_a_single_document_stay() -> None:
    assert kept_centres([((1, 0), "a"), ((0, 1), "a")], matrix_of([1, 0], [0, 1], [-1, 0])) == [0, 1, 2]


# Clusters.

CLUSTERING: dict[str, Any] = {
    "seed": 1, "runs": 2, "neighbours": 15, "dimensions": 3, "min_topic": 20, "min_density": 5, "found_in": 0.6,
    "small_corpus": 300,
}  # fmt: skip


def blobs(groups: int, each: int) -> Matrix:
    """Return groups of vectors around the first axes of sixteen dimensions."""
    noise = np.random.default_rng(0).normal(0, 0.15, (groups * each, 16))
    return matrix_of(*(np.repeat(np.eye(groups, 16), each, axis=0) + noise))


def assert_groups_are_found(groups: int, each: int, **changes: Any) -> str:
    """Look for the groups twice: each is found once, with the same bytes; return how they were found."""
    matrix = blobs(groups, each)
    found, again = (find_centres(matrix, **CLUSTERING | changes) for _ in range(2))
    places, cosines = nearest_centres(matrix, found.matrix, 0)
    own = [set(places[start : start + each].tolist()) for start in range(0, len(matrix), each)]
    assert sorted(own, key=min) == [{number} for number in range(groups)]
    assert cosines.min() > 0.5
    assert found.stability == (1.0,) * groups
    assert 0 <= found.outliers < 0.1
    assert found.matrix.tobytes() == again.matrix.tobytes()
    assert found == replace(again, matrix=found.matrix)
    return found.method


def test_groups_are_found_by_density_with_the_same_bytes_each_time() -> None:
    method = assert_groups_are_found(4, 100, small_corpus=10)
    assert method == "UMAP and HDBSCAN, 2 runs"


def test_groups_of_a_small_corpus_are_found_by_k_means() -> None:
    method = assert_groups_are_found(4, 15)
    assert method == "k-means (60 passages are fewer than 300), 2 runs"


def test_very_few_passages_are_one_topic() -> None:
    found = find_centres(blobs(1, 3), **CLUSTERING)
    assert (found.matrix.shape, found.stability) == ((1, 16), (1.0,))


THREE = blobs(3, 10)
FIRST, SECOND, THIRD = ([place // 10 == number for place in range(30)] for number in range(3))


def runs_that_find(monkeypatch: pytest.MonkeyPatch, *runs: Sequence[Sequence[bool]]) -> None:
    """Let each run of HDBSCAN find the clusters given for it, and all else be noise."""
    waiting = [np.array([next((n for n, own in enumerate(run) if own[row]), -1) for row in range(30)]) for run in runs]

    def search(**_: Any) -> SimpleNamespace:
        return SimpleNamespace(fit=lambda flat: SimpleNamespace(labels_=waiting.pop(0)))

    monkeypatch.setattr("pipeline.topics.clustering._graph", lambda matrix, neighbours: None)
    monkeypatch.setattr("pipeline.topics.clustering._flatten", lambda matrix, graph, dimensions, seed: matrix)
    monkeypatch.setattr("pipeline.topics.clustering.HDBSCAN", search)


@pytest.mark.parametrize(("found_in", "stability"), [(1, (1.0,)), (0.6, (1.0, 2 / 3)), (0.3, (1.0, 2 / 3, 1 / 3))])
def test_a_topic_is_what_enough_runs_find(
    found_in: float, stability: tuple[float, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    runs_that_find(monkeypatch, (FIRST, SECOND, THIRD), (FIRST, THIRD), (THIRD,))
    found = find_centres(THREE, **CLUSTERING | {"runs": 3, "small_corpus": 0, "found_in": found_in})
    assert found.stability == stability
    expected = [THREE[own].mean(axis=0) for own in (THIRD, FIRST, SECOND)][: len(stability)]
    assert found.matrix == pytest.approx(matrix_of(*expected), abs=1e-5)
    assert found.outliers == pytest.approx((0 + 1 / 3 + 2 / 3) / 3)


def test_what_one_run_alone_finds_is_no_topic(monkeypatch: pytest.MonkeyPatch) -> None:
    runs_that_find(monkeypatch, (), (FIRST,), ())
    assert find_centres(THREE, **CLUSTERING | {"runs": 3, "small_corpus": 0}).stability == ()


def test_where_no_run_finds_a_cluster_there_are_no_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    runs_that_find(monkeypatch, (), ())
    found = find_centres(THREE, **CLUSTERING | {"small_corpus": 0})
    assert (found.matrix.shape, found.stability, found.outliers) == ((0, 16), (), 1.0)


# Fitting: three matters in two languages.

SAID = {
    "robots": {
        "en": "industrial robots and the automation of a factory",
        "de": "industrieroboter und die automatisierung einer fabrik",
    },
    "energy": {
        "en": "wind power and more solar panels for the grid",
        "de": "windkraft und mehr solarmodule für das netz",
    },
    "health": {
        "en": "hospital nurses and new medicines for their patients",
        "de": "krankenhaus und neue arzneimittel für ihre patienten",
    },
}
MATTERS = tuple(SAID)
ABOUT = {name: {word for text in own.values() for word in text.split()} for name, own in SAID.items()}
FITTING: dict[str, Any] = CLUSTERING | {
    "per_document": 50, "at_most": 1000, "least_similarity": 0.24, "most_of_one": 0.7, "in_documents": 0.15,
    "min_passages": 20,
    "min_share": 0.06,
}  # fmt: skip
EACH = 10


def encode(texts: Sequence[str]) -> Matrix:
    """Embed by the words of the matters: an axis for each, one for German, one for all else, and a little noise."""
    rows = np.zeros((len(texts), 5), dtype=np.float32)
    for row, text in enumerate(texts):
        words = set(re.findall(r"\w+", text.lower()))
        rows[row, :3] = [len(words & (ABOUT[name] - {"und", "and"})) for name in MATTERS]
        rows[row, 3] = 2 if {"und", "für"} & words else 0
        rows[row, 4] = 1
        rows[row] += np.random.default_rng(crc32(text.encode())).normal(0, 0.1, 5)
    return unit_rows(rows)


def made_up() -> tuple[list[str], list[str], list[str]]:
    """Return texts on the three matters, each with a word of its own, with their languages and documents."""
    texts, languages, documents = [], [], []
    for matter, own in SAID.items():
        for language, text in own.items():
            for number in range(EACH):
                texts.append(f"{text}, {matter[0]}{language}q{'abcdefghij'[number]}")
                languages.append(language)
                documents.append(f"{language}-{number % 3}")
    return texts, languages, documents


TEXTS, LANGUAGES, DOCUMENTS = made_up()


def fitted(order: Sequence[int] = range(len(TEXTS)), **changes: Any) -> Fit:
    """Fit the made-up corpus, its passages in another order where one is given."""
    texts, languages, documents = ([of[index] for index in order] for of in (TEXTS, LANGUAGES, DOCUMENTS))
    return fit_topics(texts, languages, documents, encode(texts), encode, encoder="fake", **FITTING | changes)


@pytest.fixture(scope="module")
def fit() -> Fit:
    """Fit the made-up corpus once."""
    return fitted()


def matter_of(topic: Topic) -> str:
    """Return the matter whose words a topic's words are."""
    (matter,) = [name for name in MATTERS if {part for word in topic.words for part in word.split()} <= ABOUT[name]]
    return matter


def test_each_matter_becomes_a_topic_of_both_languages(fit: Fit) -> None:
    assert sorted(map(matter_of, fit.model.topics)) == sorted(MATTERS)
    found = [matter_of(fit.model.topics[place]) for place in fit.places]
    assert found == [matter for matter in MATTERS for _ in range(2 * EACH)]
    assert fit.model.method == "k-means (60 passages are fewer than 300), 2 runs"
    assert (fit.model.encoder, fit.model.least, fit.model.next_number) == ("fake", 0.24, 3)
    assert fit.repeats == (-1,) * len(TEXTS)


def test_a_topic_is_described_in_english_and_further_in_german(fit: Fit) -> None:
    for topic in fit.model.topics:
        own = SAID[matter_of(topic)]
        assert topic.language == "en"
        assert topic.label == ", ".join(topic.words[:3])
        assert all(word in own["en"] for word in topic.words)
        ((language, words),) = topic.others
        assert language == "de"
        assert words
        assert all(word in own["de"] for word in words)
        for word in (*topic.words, *words):
            assert not {word.split()[0], word.split()[-1]} & (stop_words("en") | stop_words("de"))


def test_english_speaks_for_a_topic_from_a_quarter_of_its_passages_on() -> None:
    from pipeline.topics.describing import main_language

    assert main_language(["en", "de", "de", "de"]) == "en"
    assert main_language(["en", "de", "de", "de", "fr"]) == "de"
    assert main_language(["fr", "de"]) == "de"


def test_topics_are_numbered_from_the_largest_on() -> None:
    order = [index for index in range(len(TEXTS)) if index < 2 * EACH or index % 3]
    topics = fitted(order).model.topics
    assert [topic.number for topic in topics] == [0, 1, 2]
    assert matter_of(topics[0]) == "robots"


def test_the_order_of_passages_changes_no_topic(fit: Fit) -> None:
    order = list(range(len(TEXTS)))
    random.Random(3).shuffle(order)
    other = fitted(order)
    for index, place in zip(order, other.places, strict=True):
        assert other.model.topics[place].words == fit.model.topics[fit.places[index]].words


def test_fewer_than_twenty_passages_have_no_topics_and_the_method_says_so(tmp_path: Path) -> None:
    few = fitted(range(19))
    assert (few.model.topics, few.bertopic) == ((), None)
    assert few.model.method == "none: 19 passages are fewer than 20"
    assert few.places.tolist() == [NO_TOPIC] * 19
    save_model(tmp_path, few.model, few.bertopic)
    loaded = load_model(tmp_path)
    assert loaded is not None
    assert assign_topics(loaded, encode(TEXTS[:2]), LANGUAGES[:2])[0].tolist() == [NO_TOPIC] * 2


def test_repeats_do_not_make_up_twenty_passages() -> None:
    few = fitted([*range(19), 0, 1, 2])
    assert few.model.method == "none: 19 passages are fewer than 20"
    assert few.repeats[-3:] == (0, 1, 2)


def test_a_repeated_passage_has_the_topic_of_the_passage_it_repeats() -> None:
    texts, languages, documents = [*TEXTS, f"{TEXTS[0]} 2013"], [*LANGUAGES, "en"], [*DOCUMENTS, "en-9"]
    matrix = np.concatenate([encode(TEXTS), encode(TEXTS[-1:])])
    again = fit_topics(texts, languages, documents, matrix, encode, encoder="fake", **FITTING)
    assert again.repeats[-1] == 0
    assert again.places[-1] == again.places[0]


def test_where_no_passage_is_near_a_centre_the_model_has_neither_topics_nor_centres() -> None:
    model = fit_topics(
        TEXTS, LANGUAGES, ["one"] * len(TEXTS), encode(TEXTS), encode, encoder="fake",
        **FITTING | {"least_similarity": 1.1},
    ).model  # fmt: skip
    assert (len(model.topics), len(model.centres)) == (0, 0)


# The model.


def assert_same_model(one: TopicModel, other: TopicModel) -> None:
    """Compare two models, arrays by their bytes."""
    for name in ("topics", "least", "encoder", "method", "outliers", "next_number"):
        assert getattr(one, name) == getattr(other, name)
    assert one.centres.tobytes() == other.centres.tobytes()
    assert one.space.mean.tobytes() == other.space.mean.tobytes()
    assert {key: mean.tobytes() for key, mean in one.space.means.items()} == {
        key: mean.tobytes() for key, mean in other.space.means.items()
    }


def test_a_model_comes_back_as_it_was_and_no_file_is_a_pickle(fit: Fit, tmp_path: Path) -> None:
    model = replace(fit.model, space=Space(fit.model.space.mean, {"en": np.ones(5, dtype=np.float32)}))
    save_model(tmp_path / "model", model, fit.bertopic)
    assert {path.suffix for path in (tmp_path / "model").iterdir()} == {".json", ".safetensors"}
    loaded = load_model(tmp_path / "model")
    assert loaded is not None
    assert_same_model(loaded, model)


def test_the_same_corpus_gives_the_same_bytes(fit: Fit, tmp_path: Path) -> None:
    for name, own in (("one", fit), ("two", fitted())):
        save_model(tmp_path / name, own.model, own.bertopic)
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two


def test_no_model_is_none(tmp_path: Path) -> None:
    assert load_model(tmp_path / "absent") is None


def without(name: str) -> Callable[[Path], None]:
    """Return what takes an entry out of the JSON of a saved model."""

    def take(folder: Path) -> None:
        path = folder / "strategy_topics.json"
        content = json.loads(path.read_text(encoding="utf-8"))
        content.pop(name)
        path.write_text(json.dumps(content), encoding="utf-8")

    return take


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "strategy_topics.json").write_text("{"),
        lambda folder: (folder / "strategy_topics.json").write_bytes(b"\xff"),
        lambda folder: (folder / "strategy_topics.json").write_text("[]"),
        lambda folder: (folder / "space.safetensors").write_bytes(b"half a file"),
        lambda folder: (folder / "space.safetensors").write_bytes(b""),
        lambda folder: save_file({"mean.other": np.zeros(5)}, folder / "space.safetensors"),
        without("topics"),
        without("least"),
    ],
)
def test_a_broken_model_is_a_sentence_that_names_its_folder(
    spoil: Callable[[Path], object], fit: Fit, tmp_path: Path
) -> None:
    save_model(tmp_path, fit.model, None)
    spoil(tmp_path)
    with pytest.raises(ValueError, match=rf"{re.escape(str(tmp_path))}: this is no topic model .*; remove the folder"):
        load_model(tmp_path)


def test_a_loaded_model_gives_passages_the_topics_of_the_fit_and_new_ones_the_nearest(fit: Fit, tmp_path: Path) -> None:
    save_model(tmp_path, fit.model, fit.bertopic)
    model = load_model(tmp_path)
    assert model is not None
    numbers, cosines = assign_topics(model, encode(TEXTS), LANGUAGES)
    assert numbers.tolist() == fit.places.tolist()
    assert cosines == pytest.approx(fit.cosines, abs=1e-6)
    new = ["more robots in a factory", "medicines for patients", "wind power"]
    found, _ = assign_topics(model, encode(new), ["en", "it", "en"])
    assert [matter_of(model.topics[number]) for number in found] == ["robots", "health", "energy"]
    assert assign_topics(replace(model, least=0.99), -encode(new), ["en"] * 3)[0].tolist() == [NO_TOPIC] * 3


def test_bertopic_loads_the_folder_and_agrees(fit: Fit, tmp_path: Path) -> None:
    from bertopic import BERTopic

    save_model(tmp_path, fit.model, fit.bertopic)
    loaded = BERTopic.load(str(tmp_path))
    found, _ = loaded.transform(TEXTS, embeddings=fit.model.space.centred(encode(TEXTS), LANGUAGES))
    assert list(found) == fit.places.tolist()
    assert [word for word, _ in loaded.get_topic(0)] == list(fit.model.topics[0].words)


def test_a_number_has_one_colour_and_neighbours_have_others() -> None:
    colours = [colour_of(number) for number in range(40)]
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)
    assert len(set(colours)) == 40
    assert colour_of(7) == colours[7]


# Numbers that stay.

AXES = np.eye(8, dtype=np.float32)


def model_of(topics: dict[int, str], axes: str, next_number: int = -1, encoder: str = "fake") -> TopicModel:
    """Return a model of topics with one word each, whose centres are the axes given by letter."""
    rows = tuple(Topic(number, word, colour_of(number), "en", (word,), (), 1.0) for number, word in topics.items())
    centres = AXES[["abcdefgh".index(axis) for axis in axes]].reshape(len(axes), 8)
    unused = next_number if next_number >= 0 else len(topics)
    return TopicModel(rows, centres, Space(np.zeros(8, dtype=np.float32), {}), 0.3, encoder, "made up", 0.0, unused)


LAST = model_of({0: "alpha", 1: "bravo", 2: "charlie"}, "abc")


def numbers_of(model: TopicModel) -> dict[str, int]:
    """Return the number of each topic by its label."""
    return {topic.label: topic.number for topic in model.topics}


def test_topics_keep_number_and_colour_whatever_their_order() -> None:
    kept, events = keep_numbers(model_of({0: "charlie", 1: "alpha", 2: "bravo"}, "cab"), LAST, {}, {})
    assert numbers_of(kept) == {"alpha": 0, "bravo": 1, "charlie": 2}
    assert [topic.colour for topic in kept.topics] == [colour_of(2), colour_of(0), colour_of(1)]
    assert (events, kept.next_number) == ((), 3)


def test_a_new_topic_gets_a_number_that_no_topic_ever_had() -> None:
    last = replace(LAST, next_number=7)
    new = model_of({0: "delta", 1: "alpha", 2: "bravo", 3: "charlie"}, "dabc")
    kept, events = keep_numbers(new, last, {}, {})
    assert numbers_of(kept) == {"delta": 7, "alpha": 0, "bravo": 1, "charlie": 2}
    assert kept.next_number == 8
    assert events == (TopicEvent("new", (), (7,), "topic 7 (delta) is new"),)


def test_the_number_of_a_topic_that_is_gone_is_not_given_again() -> None:
    fewer, events = keep_numbers(model_of({0: "alpha", 1: "bravo"}, "ab"), LAST, {}, {})
    assert events == (TopicEvent("gone", (2,), (), "topic 2 (charlie) is gone"),)
    more, events = keep_numbers(model_of({0: "delta", 1: "alpha", 2: "bravo"}, "dab"), fewer, {}, {})
    assert numbers_of(more) == {"delta": 3, "alpha": 0, "bravo": 1}
    assert [event.event for event in events] == ["new"]


def test_a_topic_that_parted_is_a_split() -> None:
    new = model_of({0: "alpha", 1: "delta", 2: "bravo", 3: "charlie"}, "adbc")
    before = {f"p{number}": 0 for number in range(10)}
    places = {f"p{number}": 0 if number < 6 else 1 for number in range(10)}
    kept, events = keep_numbers(new, LAST, places, before)
    assert numbers_of(kept) == {"alpha": 0, "delta": 3, "bravo": 1, "charlie": 2}
    assert events == (TopicEvent("split", (0,), (3,), "topic 3 (delta) split off topic 0 (alpha)"),)


def test_a_topic_that_went_into_another_is_merged() -> None:
    new = model_of({0: "alpha", 1: "charlie"}, "ac")
    before = {f"p{number}": 0 if number < 6 else 1 for number in range(10)}
    kept, events = keep_numbers(new, LAST, dict.fromkeys(before, 0), before)
    assert numbers_of(kept) == {"alpha": 0, "charlie": 2}
    assert events == (TopicEvent("merged", (1,), (0,), "topic 1 (bravo) went into topic 0 (alpha)"),)


def test_a_topic_of_few_passages_that_were_elsewhere_is_new_and_not_split() -> None:
    new = model_of({0: "alpha", 1: "delta", 2: "bravo", 3: "charlie"}, "adbc")
    before = {"p0": 0, "p1": 1, "p2": 2, "p3": NO_TOPIC, "q": 0}
    places = {"p0": 1, "p1": 1, "p2": 1, "p3": 1, "q": 0}
    _, events = keep_numbers(new, LAST, places, before)
    assert [event.sentence for event in events] == ["topic 3 (delta) is new"]


def test_models_of_different_encoders_are_matched_by_their_passages_alone() -> None:
    other = model_of({0: "alpha", 1: "bravo", 2: "charlie"}, "abc", encoder="another")
    before = {f"p{number}": number for number in range(3)}
    kept, events = keep_numbers(other, LAST, {"p0": 1, "p1": 2, "p2": 0}, before)
    assert numbers_of(kept) == {"alpha": 2, "bravo": 0, "charlie": 1}
    assert events == ()
    apart, events = keep_numbers(other, LAST, {}, {})
    assert numbers_of(apart) == {"alpha": 3, "bravo": 4, "charlie": 5}
    assert [event.event for event in events] == ["new"] * 3 + ["gone"] * 3


@pytest.mark.parametrize(("encoder", "width"), [("fake", 8), ("fake", 0), ("another", 0)])
def test_a_model_without_topics_comes_before_and_after_one_with_topics(encoder: str, width: int) -> None:
    empty = replace(model_of({}, "", next_number=3, encoder=encoder), centres=np.zeros((0, width), dtype=np.float32))
    kept, events = keep_numbers(LAST, empty, {"p": 0}, {"p": NO_TOPIC})
    assert sorted(numbers_of(kept).values()) == [3, 4, 5]
    assert [event.event for event in events] == ["new"] * 3
    kept, events = keep_numbers(empty, kept, {"p": NO_TOPIC}, {"p": 3})
    assert (kept.topics, kept.next_number) == ((), 6)
    assert [event.event for event in events] == ["gone"] * 3


SOME_AXES = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8)
PLACES = st.lists(st.tuples(st.integers(-1, 7), st.integers(-1, 7)), max_size=30)


@given(old=SOME_AXES, new=SOME_AXES, pairs=PLACES, spare=st.integers(0, 5), same=st.booleans())
def test_each_number_is_given_once_and_none_is_taken_up_again(
    old: list[str], new: list[str], pairs: list[tuple[int, int]], spare: int, same: bool
) -> None:
    last = model_of({number + spare: axis for number, axis in enumerate(old)}, "".join(old), len(old) + 2 * spare)
    model = model_of(dict(enumerate(new)), "".join(new), encoder="fake" if same else "another")
    places = {f"p{row}": min(place, len(new) - 1) for row, (place, _) in enumerate(pairs)}
    before = {f"p{row}": number for row, (_, number) in enumerate(pairs)}
    kept, events = keep_numbers(model, last, places, before)
    numbers = [topic.number for topic in kept.topics]
    known = {topic.number for topic in last.topics}
    assert len(set(numbers)) == len(numbers)
    assert all(number in known or number >= last.next_number for number in numbers)
    assert kept.next_number == last.next_number + len(set(numbers) - known)
    assert {number for event in events if event.event in ("new", "split") for number in event.after} == (
        set(numbers) - known
    )
    assert {number for event in events if event.event in ("gone", "merged") for number in event.before} == (
        known - set(numbers)
    )
    assert [topic.label for topic in kept.topics] == new


# Quality, worked by hand.

FOUR = [frozenset("ab"), frozenset("ab"), frozenset("a"), frozenset("c")]


def test_coherence_of_pairs_as_worked_by_hand() -> None:
    # a stands in 3 of 4 passages, b in 2, both in 2: ln(2/4 / (3/4 * 2/4)) / -ln(2/4) = ln(4/3) / ln 2 = .415
    together = log(4 / 3) / log(2)
    assert together == pytest.approx(0.415, abs=1e-3)
    assert npmi(["a", "b"], FOUR) == pytest.approx(together)
    assert npmi(["a", "c"], FOUR) == -1
    assert npmi(["a", "b", "c"], FOUR) == pytest.approx((together - 1 - 1) / 3)
    assert npmi(["a", "absent"], FOUR) == 0
    assert npmi(["a", "b"], [frozenset("ab")] * 2) == 1
    assert npmi(["a"], FOUR) == npmi([], FOUR) == 0


def test_c_v_as_worked_by_hand() -> None:
    # Rows of NPMI are (1, x) and (x, 1), their sum is (1 + x, 1 + x), the cosine of each to it is that to (1, 1):
    # (1 + x) / (sqrt(1 + x^2) * sqrt 2)
    x = log(4 / 3) / log(2)
    assert c_v(["a", "b"], FOUR) == pytest.approx((1 + x) / sqrt(2 * (1 + x * x)))
    # Never together: (1, -1) and (-1, 1) cancel out.
    assert c_v(["a", "c"], FOUR) == 0
    assert c_v(["a"], FOUR) == pytest.approx(1)
    assert c_v([], FOUR) == 0


def test_diversity_is_the_share_of_different_words() -> None:
    assert diversity([["a", "b"], ["b", "c"]]) == 3 / 4
    assert diversity([]) == 1


def test_agreement_is_1_for_the_same_topics_under_other_numbers() -> None:
    assert mean_agreement([[0, 0, 1, 1, -1], [5, 5, 2, 2, 0]]) == 1
    assert mean_agreement([[0, 1]]) == 1
    # (0 0 1 1) and (0 1 0 1): no pair together in both, 2 * 2 / 6 expected, 2 at most: (0 - 2/3) / (2 - 2/3) = -1/2
    assert mean_agreement([[0, 0, 1, 1], [0, 1, 0, 1]]) == pytest.approx(-1 / 2)
    assert mean_agreement([[0, 0, 1, 1], [1, 1, 0, 0], [0, 1, 0, 1]]) == pytest.approx((1 - 1 / 2 - 1 / 2) / 3)


def test_a_topic_is_dominated_from_the_share_on() -> None:
    topics, owners = [0, 0, 0, 1, 1, NO_TOPIC], ["a", "a", "b", "a", "b", "c"]
    assert share_dominated(topics, owners, 2 / 3) == 1 / 2
    assert share_dominated(topics, owners, 0.7) == 0
    assert share_dominated(topics, owners, 0.5) == 1
    assert share_dominated([NO_TOPIC], ["a"], 0.5) == 0


def test_other_languages_share_topics_with_english_from_five_passages_on() -> None:
    topics = [0] * 5 + [1] * 4 + [0, 0, 1, NO_TOPIC]
    languages = ["en"] * 9 + ["de", "fr", "de", "de"]
    assert share_with_english(topics, languages) == 2 / 4
    assert share_with_english(topics, languages, least=4) == 3 / 4
    assert share_with_english([0], ["en"]) == 1
    assert share_with_english([NO_TOPIC] * 10 + [NO_TOPIC], ["en"] * 10 + ["de"]) == 0


# Themes.

CONCEPTS = (
    Concept("lasers", "Lasers", "technology", (), "", ""),
    Concept("mining", "Mining", "sector", (), "", ""),
)
FIELDS = [document_of("gbr-a", "GBR", 2014), document_of("fra-a", "FRA", 2017), document_of("deu-a", "DEU", 2011)]
# Topic, document and number of passages: Germany has fewer than twenty and makes no part of the mean.
COUNTS = [(0, "gbr-a", 15), (1, "gbr-a", 5), (0, "fra-a", 5), (1, "fra-a", 15), (0, "deu-a", 4)]
TOPICS = (
    Topic(0, "light, lens, beam", colour_of(0), "en", ("light", "lens", "beam"), (("de", ("licht",)),), 0.8),
    Topic(1, "rocks", colour_of(1), "en", ("rocks",), (), 1.0),
    Topic(2, "nothing", colour_of(2), "en", ("nothing",), (), 0.6),
)


def placed(counts: Sequence[tuple[int, str, int]]) -> tuple[list[Passage], list[PassageTopic]]:
    """Return passages by topic and document, each a little farther from its topic's centre than the one before."""
    passages, places = [], []
    for topic, name, count in counts:
        for number in range(count):
            key, language = f"{name}-{topic}-{number:02}", "de" if name == "deu-a" else "en"
            passages.append(passage_of(key, id=key, document_id=name, page_number=len(passages) + 1, language=language))
            similarity = 0.9 - len(passages) / 1000
            places.append(PassageTopic(key, name, len(passages), 0, len(key), language, topic, similarity))
    return passages, places


def themes_of(
    rows: tuple[list[Passage], list[PassageTopic]] | None = None,
    mentioned: dict[str, frozenset[str]] | None = None,
    **changes: Any,
) -> Themes:
    """Describe the themes of the made-up countries."""
    passages, places = rows or placed(COUNTS)
    given = {"names": {}, "fallback_kinds": {}, "page_labels": {}} | changes
    return describe_themes(TOPICS, passages, places, FIELDS, CONCEPTS, mentioned or {}, **given)


def with_concept(concept: str, topic: int, count: int) -> dict[str, frozenset[str]]:
    """Let the first passages of a topic mention a concept."""
    own = [place.passage_id for place in placed(COUNTS)[1] if place.topic == topic]
    return dict.fromkeys(own[:count], frozenset([concept]))


def test_a_theme_counts_its_passages_documents_countries_and_years() -> None:
    first, second = themes_of().themes
    assert (first.topic, first.name, first.label, first.stability) == (0, "light, lens, beam", "light, lens, beam", 0.8)
    assert (first.words, first.words_by_language) == ("light, lens, beam", "de: licht")
    assert (first.n_passages, first.n_documents, first.n_countries) == (24, 3, 3)
    assert (first.share, second.share) == (24 / 44, 20 / 44)
    assert first.largest_document == 15 / 24
    assert first.languages == "en 20 de 4"
    assert (first.first_year, first.last_year) == (2011, 2017)
    assert (second.first_year, second.last_year) == (2014, 2017)


def test_shares_of_a_country_sum_to_1_and_lift_is_over_the_mean_of_countries() -> None:
    shares = {(row.topic, row.country): row for row in themes_of().shares}
    for country in ("GBR", "FRA", "DEU"):
        assert sum(row.share for (_, own), row in shares.items() if own == country) == pytest.approx(1)
    # Topic 0 has 15/20 of GBR and 5/20 of FRA, 1/2 on average; DEU has too few passages to have a say or a lift.
    assert {key: (row.n_passages, row.share, row.lift) for key, row in shares.items()} == {
        (0, "GBR"): (15, 0.75, 1.5), (0, "FRA"): (5, 0.25, 0.5), (0, "DEU"): (4, 1.0, 0.0),
        (1, "GBR"): (5, 0.25, 0.5), (1, "FRA"): (15, 0.75, 1.5),
    }  # fmt: skip


def test_where_no_country_has_twenty_passages_all_make_the_mean() -> None:
    rows = placed([(0, "gbr-a", 6), (1, "gbr-a", 2), (1, "fra-a", 4)])
    lifts = {(row.topic, row.country): row.lift for row in themes_of(rows).shares}
    assert lifts == {(0, "GBR"): 2.0, (1, "GBR"): pytest.approx(0.4), (1, "FRA"): pytest.approx(1.6)}


def test_countries_lead_from_a_lift_of_a_half_more_and_three_passages_on() -> None:
    assert [theme.leads for theme in themes_of().themes] == ["GBR", "FRA"]
    rows = placed([(0, "gbr-a", 2), (1, "gbr-a", 18), (1, "fra-a", 20)])
    assert {theme.topic: theme.leads for theme in themes_of(rows).themes} == {0: "", 1: ""}


def test_a_theme_has_the_kind_of_the_concepts_that_mark_it() -> None:
    kinds = {"fallback_kinds": {0: "instrument", 1: "instrument"}}
    # Six of twenty passages of topic 1 and none else: a share of .3, over 6/44 of all passages.
    found = themes_of(mentioned=with_concept("mining", 1, 6), **kinds)
    assert {theme.topic: (theme.kind, theme.concepts) for theme in found.themes} == {
        0: ("instrument", ""), 1: ("sector", "mining")
    }  # fmt: skip
    (row,) = found.concepts
    assert (row.topic, row.name, row.rank, row.concept, row.n_passages) == (1, "rocks", 1, "mining", 6)
    assert (row.share, row.lift) == (0.3, pytest.approx(0.3 * 44 / 6))


def test_the_kind_with_the_greater_share_wins() -> None:
    both = dict.fromkeys(with_concept("mining", 1, 9), frozenset(["lasers", "mining"]))
    mentioned = with_concept("lasers", 1, 12) | both
    found = themes_of(mentioned=mentioned)
    theme = next(theme for theme in found.themes if theme.topic == 1)
    assert (theme.kind, theme.concepts) == ("technology", "lasers + mining")


@pytest.mark.parametrize(
    ("topic", "count", "listed", "marks"), [(1, 2, False, False), (1, 3, True, True), (0, 3, True, False)]
)
def test_a_concept_is_listed_from_three_passages_on_and_marks_from_a_share_of_15_percent_on(
    topic: int, count: int, listed: bool, marks: bool
) -> None:
    found = themes_of(mentioned=with_concept("mining", topic, count))
    theme = next(theme for theme in found.themes if theme.topic == topic)
    assert [row.concept for row in found.concepts] == ["mining"] * listed
    assert (theme.kind, theme.concepts) == (("sector", "mining") if marks else ("governance", ""))


def test_a_concept_that_is_everywhere_marks_nothing() -> None:
    found = themes_of(mentioned={passage.id: frozenset(["lasers"]) for passage in placed(COUNTS)[0]})
    assert found.concepts == ()
    assert {theme.kind for theme in found.themes} == {"governance"}


def test_typical_passages_are_the_nearest_of_different_documents_with_their_page() -> None:
    labels = {("gbr-a", 1): "iv", ("fra-a", 21): "21"}
    first = themes_of(page_labels=labels).themes[0]
    assert first.typical_1 == "gbr-a-0-00 (gbr-a, p. 1, printed iv)"
    assert first.typical_2 == "fra-a-0-00 (fra-a, p. 21)"
    assert first.typical_3 == "deu-a-0-00 (deu-a, p. 41)"


def test_where_documents_are_few_a_second_passage_is_typical() -> None:
    found = themes_of(placed([(0, "gbr-a", 2)])).themes
    assert [(theme.typical_1, theme.typical_2, theme.typical_3) for theme in found] == [
        ("gbr-a-0-00 (gbr-a, p. 1)", "gbr-a-0-01 (gbr-a, p. 2)", "")
    ]


def test_a_long_passage_is_cut_at_a_word() -> None:
    passages, places = placed([(0, "gbr-a", 1)])
    (theme,) = themes_of(([replace(passages[0], text="laser " * 100)], places)).themes
    quote, _, place = theme.typical_1.rpartition(" (")
    assert place == "gbr-a, p. 1)"
    assert quote.endswith("laser …")
    assert len(quote) <= 402


def test_repeats_and_passages_without_a_topic_count_nowhere() -> None:
    passages, places = placed(COUNTS)
    outside = [replace(places[0], topic=NO_TOPIC), replace(places[-1], repeats=passages[0].id, similarity=1.0)]
    mentioned = with_concept("mining", 1, 6)
    more = ([*passages, passages[0], passages[-1]], [*places, *outside])
    assert themes_of(more, mentioned) == themes_of((passages, places), mentioned)


def test_a_topic_whose_passages_are_all_repeats_is_no_theme() -> None:
    passages, places = placed(COUNTS)
    repeated = [replace(place, repeats="x") if place.topic == 0 else place for place in places]
    found = themes_of((passages, repeated))
    assert [theme.topic for theme in found.themes] == [1]
    assert found.themes[0].share == 1


def test_a_reviewers_name_stands_in_place_of_the_label() -> None:
    found = themes_of(mentioned=with_concept("mining", 1, 6), names={1: "Mines", 9: "Unknown"})
    assert [(theme.name, theme.label) for theme in found.themes] == [
        ("light, lens, beam", "light, lens, beam"), ("Mines", "rocks")
    ]  # fmt: skip
    assert {row.name for row in found.shares if row.topic == 1} == {"Mines"}
    assert {row.name for row in found.concepts} == {"Mines"}


def test_the_matrix_has_a_line_for_each_theme_and_a_column_for_each_country() -> None:
    header, lines = themes_matrix(themes_of(names={1: "Mines"}), ["DEU", "FRA", "GBR"])
    assert header == ["topic", "name", "kind", "DEU", "FRA", "GBR"]
    assert lines == [
        [0, "light, lens, beam", "governance", 1.0, 0.25, 0.75],
        [1, "Mines", "governance", 0.0, 0.75, 0.25],
    ]


def test_no_passages_make_no_themes() -> None:
    assert themes_of(([], [])) == Themes((), (), ())


# Reviewers' names.

HEADER = "topic,name,reviewer,date\n"


def test_names_are_read_and_an_absent_file_has_none(tmp_path: Path) -> None:
    path = tmp_path / "topic_names.csv"
    assert read_names(path) == {}
    path.write_text(f"\ufeff{HEADER}3,  Wind  and sun ,ab,2024-05-01\n\n12,Care,,\n", encoding="utf-8")
    assert read_names(path) == {3: "Wind and sun", 12: "Care"}
    path.write_text("note,name,topic,date,reviewer\nx,Care,0,,ab\n", encoding="utf-8")
    assert read_names(path) == {0: "Care"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", r":1: expected the columns topic, name, reviewer, date, found none; add topic, name, reviewer, date"),
        ("topic,name\n", r":1: expected the columns .*, found topic, name; add reviewer, date"),
        (f"{HEADER}one,Care,ab,\n", r":2: topic is 'one'; expected a number of themes\.csv"),
        (f"{HEADER}-1,Care,ab,\n", r":2: topic is '-1'"),
        (f"{HEADER},Care,ab,\n", r":2: topic is ''"),
        (f"{HEADER}1, ,ab,\n", r":2: topic 1 has no name; write one or remove the line"),
        (f"{HEADER}1\n", r":2: topic 1 has no name"),
        (f"{HEADER}1,Care,ab,\n2,Wind,ab,\n1,Sun,ab,\n", r":4: topic 1 is named twice; keep one line"),
    ],
)
def test_a_fault_in_the_names_is_a_sentence_with_file_and_line(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "topic_names.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(str(path)) + sentence):
        read_names(path)


def test_names_in_other_bytes_than_utf_8_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "topic_names.csv"
    path.write_bytes(HEADER.encode() + b"1,\xfcber,ab,\n")
    with pytest.raises(ValueError, match=r"topic_names\.csv: expected UTF-8, found .*; save it as CSV in UTF-8"):
        read_names(path)


def test_passages_that_are_all_alike_are_one_topic() -> None:
    found = find_centres(np.repeat(blobs(1, 1), 40, axis=0), **CLUSTERING)
    assert len(found.matrix) == 1


def test_a_topic_without_phrases_is_called_by_its_number() -> None:
    vectors = blobs(2, 12)
    texts = [f"the {chr(97 + n)}" for n in range(24)]
    fit = fit_topics(
        texts, ["en"] * 24, [f"d{n % 4}" for n in range(24)], vectors, lambda words: vectors[: len(words)],
        encoder="fake", per_document=50, at_most=100, least_similarity=0.1, most_of_one=0.9, in_documents=0,
        min_passages=2,
        min_share=0.5, **CLUSTERING,
    )  # fmt: skip
    assert fit.model.topics
    assert [topic.label for topic in fit.model.topics] == [f"topic {topic.number}" for topic in fit.model.topics]
