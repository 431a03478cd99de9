"""Stages work on what changed and on nothing else."""

from pathlib import Path

import pytest

from pipeline.schemas import Page
from pipeline.stages.mapping import Task, refresh_documents
from pipeline.stages.places import load_parameters
from pipeline.storage import read_notes, write_rows
from pipeline.workers import Limits


def work(target: Path, mark: str, text: str) -> None:
    """Write what a stage would, or fail where the text says so."""
    if text == "fail":
        raise ValueError("it would not do")
    write_rows(target, [Page(text, 1, "", "ok", text, 1.0, 1.0, ())], Page, {"fingerprint": mark, "text": text})


def give_up(task: Task, sentence: str) -> None:
    """Leave a file that says why."""
    write_rows(task.target, [], Page, {"fingerprint": task.fingerprint, "fault": sentence})


def refresh(folder: Path, marks: dict[str, str], text: str = "good") -> str:
    """Run a stage over documents with these fingerprints."""
    tasks = [Task(folder / f"{name}.parquet", mark, (text,)) for name, mark in marks.items()]
    tally = refresh_documents(
        "pages", tasks, work, give_up, folder=folder, workers=1, limits=Limits(30, 1000), progress=lambda *_: None
    )
    return f"{tally}; {'; '.join(tally.faults)}"


def test_only_stale_documents_are_worked_on_and_gone_ones_removed(tmp_path: Path) -> None:
    assert refresh(tmp_path, {"a": "1", "b": "1"}).startswith("pages: 2 worked on, 0 unchanged, 0 removed")
    assert refresh(tmp_path, {"a": "1", "b": "2", "c": "1"}).startswith("pages: 2 worked on, 1 unchanged, 0 removed")
    assert refresh(tmp_path, {"b": "2"}).startswith("pages: 0 worked on, 1 unchanged, 2 removed")
    assert [path.name for path in tmp_path.iterdir()] == ["b.parquet"]


def test_a_document_that_fails_leaves_a_file_that_says_so(tmp_path: Path) -> None:
    assert refresh(tmp_path, {"a": "1"}, text="fail").endswith("a: ValueError: it would not do")
    assert read_notes(tmp_path / "a.parquet")["fault"] == "ValueError: it would not do"


def test_a_broken_file_is_made_again(tmp_path: Path) -> None:
    refresh(tmp_path, {"a": "1"})
    (tmp_path / "a.parquet").write_bytes(b"half")
    assert refresh(tmp_path, {"a": "1"}).startswith("pages: 1 worked on")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("limits: [", "not valid YAML"),
        ("pages: {}", "a section `limits`"),
        ("limits: {seconds: 1, megabyte: 2}", r"has \['megabyte', 'seconds'\]"),
    ],
)
def test_faults_of_params_are_sentences(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "params.yaml"
    path.write_text(content)
    with pytest.raises(ValueError, match=sentence):
        load_parameters(path)


def test_sections_of_params_are_read(tmp_path: Path) -> None:
    path = tmp_path / "params.yaml"
    path.write_text("limits: {seconds: 1, megabytes: 2}\npages: {max_pages: 3}\ncorpora: [a]\n")
    parameters = load_parameters(path)
    assert parameters.limits == Limits(1, 2)
    assert parameters.section("pages") == {"max_pages": 3}
    assert parameters.section("absent") == {}
