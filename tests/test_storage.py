"""Rows survive the way to a file and back, and a file is written whole or not at all."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.schemas import Cell, Line, Page, Passage
from pipeline.storage import read_columns, read_notes, read_rows, remove_others, write_bytes, write_rows

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
passages = st.builds(
    Passage,
    id=text,
    document_id=text,
    page_number=st.integers(1, 9),
    start=st.just(0),
    end=st.integers(0, 9),
    text=text,
    alignment=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))).map(tuple),
    kind=st.sampled_from(["heading", "paragraph"]),
    zone=st.just("body"),
    section=st.lists(text, max_size=3).map(tuple),
    lead_in=text,
    language=st.just("en"),
)


@given(rows=st.lists(passages, max_size=5))
def test_rows_come_back_as_they_were(rows: list[Passage], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("rows") / "rows.parquet"
    write_rows(path, rows, Passage)
    assert read_rows(path, Passage) == rows


def test_nested_rows_and_notes_come_back(tmp_path: Path) -> None:
    lines = (Line(0, 4, 1.0, 2.0, 3.0, 4.0, 10.5, True, 0), Line(5, 9, 1.0, 2.0, 3.0, 4.0, 10.5, False, 1, row=2))
    pages = [Page("a", 1, "i", "ok", "some text", 595.0, 842.0, lines), Page("a", 2, "", "empty", "", 1.0, 1.0, ())]
    write_rows(tmp_path / "a.parquet", pages, Page, {"status": "read", "n": 2})
    assert read_rows(tmp_path / "a.parquet", Page) == pages
    assert read_notes(tmp_path / "a.parquet") == {"status": "read", "n": 2}
    assert read_columns(tmp_path / "a.parquet", "status", "page_number") == [("ok", 1), ("empty", 2)]


def test_missing_values_come_back_as_none(tmp_path: Path) -> None:
    cell = Cell(
        "AUS.rail", "AUS", "rail", "Rail", "sectors", "read_none_found", 0.0, 0, 0, None, None, "", "read_none_found"
    )
    write_rows(tmp_path / "a.parquet", [cell], Cell)
    assert read_rows(tmp_path / "a.parquet", Cell) == [cell]


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    page = Page("a", 1, "", "ok", "text", 1.0, 1.0, ())
    for name in ("one", "two"):
        write_rows(tmp_path / name, [page], Page, {"b": 1, "a": 2})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_file_of_another_shape_is_refused_by_name(tmp_path: Path) -> None:
    write_rows(tmp_path / "pages.parquet", [], Page)
    with pytest.raises(ValueError, match=r"pages\.parquet has columns .*expected.*alignment"):
        read_rows(tmp_path / "pages.parquet", Passage)


def test_notes_of_a_missing_or_broken_file_are_empty(tmp_path: Path) -> None:
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 half a file")
    assert read_notes(tmp_path / "broken.parquet") == {}
    assert read_notes(tmp_path / "absent.parquet") == {}


def test_a_row_type_that_parquet_cannot_hold_is_named(tmp_path: Path) -> None:
    @dataclass(frozen=True)
    class Odd:
        value: bytes

    with pytest.raises(TypeError, match="no Parquet type for"):
        write_rows(tmp_path / "odd.parquet", [Odd(b"")], Odd)


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "table.csv"
    write_bytes(path, b"old")

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["table.csv"]


def test_files_of_documents_that_left_are_removed(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.parquet").write_bytes(b"")
    assert remove_others(tmp_path, ["b"]) == ["a", "c"]
    assert [file.name for file in tmp_path.iterdir()] == ["b.parquet"]
