"""The register: every fault a sentence with file and line, written whole, files that stay inside the corpus."""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents import (
    RegisterError,
    add_document,
    check_file,
    hash_file,
    locate,
    make_id,
    read_register,
    recognise,
    write_register,
)
from pipeline.documents.register import register_text
from pipeline.schemas import Document

HEADER = "id,country,year,title,issuer,language,kind,file,url,sha256,licence,supersedes,notes"
GOOD = "kor-2023-plan,KOR,2023,Plan,,ko,industrial-strategy,pdf/kor-2023-plan.pdf,,,,,"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"
HTML = b"<!DOCTYPE html>\n<html lang='ko'><body><h1>Plan</h1></body></html>"
TEXT = "Das Förderprogramm für Künstliche Intelligenz\n".encode()
STRATEGIES = Path(__file__).parents[1] / "corpora" / "strategies"


def register(folder: Path, *rows: str, header: str = HEADER) -> Path:
    """Write a register as a user would."""
    path = folder / "sources.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def faults_of(path: Path) -> list[str]:
    """Return the sentences that reading a register raises, without the path before them."""
    with pytest.raises(RegisterError) as caught:
        read_register(path)
    assert str(caught.value) == "\n".join(caught.value.faults)
    return [fault.removeprefix(f"{path}:") for fault in caught.value.faults]


def a_document(identifier: str = "kor-2023-plan", **fields: object) -> Document:
    """Make a document."""
    row = Document(identifier, "KOR", 2023, "Plan", "", "ko", "industrial-strategy", "", "", "", "", "", "")
    return replace(row, **fields)


def add(register_path: Path, file: Path, **fields: object) -> Document:
    """Add a file with what is needed, and what is given beside it."""
    given = {"country": "KOR", "year": 2023, "title": "Growth 4.0"} | fields
    return add_document(register_path, file, **given)  # type: ignore[arg-type]


def test_rows_are_read_sorted_with_their_further_columns(tmp_path: Path) -> None:
    header = HEADER.replace("supersedes,", "") + ",found_in"
    second = 'deu-2019-x,DEU,2019,"Ein Titel, ""neu""",BMWi,de,other,text/a.txt,http://x,,CC0,a note,somewhere'
    path = register(tmp_path, GOOD.replace(",,,,,", ",,,,,here"), second, header=header)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    german, korean = read_register(path)
    assert (german.title, german.supersedes, german.extra) == ('Ein Titel, "neu"', "", (("found_in", "somewhere"),))
    assert (korean.id, korean.year, korean.country) == ("kor-2023-plan", 2023, "KOR")


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("id", "KOR_2023", "id is 'KOR_2023'"),
        ("id", "../up", "id is '../up'"),
        ("id", "", "id is ''"),
        ("country", "KR", "country is 'KR'"),
        ("country", "kor", "country is 'kor'"),
        ("country", "EUR", "country is 'EUR'"),
        ("year", "23", "year is '23'"),
        ("year", "2101", "expected a number from 1900 to 2100"),
        ("year", "２０２３", "year is '２０２３'"),
        ("kind", "strategy", "kind is 'strategy'; expected one of industrial-strategy"),
        ("file", "/etc/passwd", "expected a path inside the corpus folder"),
        ("file", "pdf/../../x.pdf", "expected a path inside the corpus folder"),
        ("file", "..\\x.pdf", "expected a path inside the corpus folder"),
        ("file", "C:x.pdf", "expected a path inside the corpus folder"),
        ("file", ".", "expected a path inside the corpus folder"),
        ("sha256", "abc", "sha256 is 'abc'"),
        ("sha256", "A" * 64, "expected 64 digits 0-9a-f"),
        ("supersedes", "unknown", "supersedes is 'unknown', an id that no row has"),
        ("supersedes", "kor-2023-plan", "the row's own id"),
    ],
)
def test_a_fault_is_a_sentence_with_its_line(tmp_path: Path, column: str, value: str, sentence: str) -> None:
    fields = dict(zip(HEADER.split(","), GOOD.split(","), strict=True)) | {column: value}
    other = GOOD.replace("kor-2023-plan", "kor-2023-other")
    faults = faults_of(register(tmp_path, other, ",".join(fields.values())))
    assert len(faults) == 1
    assert faults[0].startswith("3: ")
    assert sentence in faults[0]


@pytest.mark.parametrize("country", ["EUU", "TWN", "KOR", "GBR"])
def test_countries_are_those_of_iso_and_the_union(tmp_path: Path, country: str) -> None:
    assert read_register(register(tmp_path, GOOD.replace("KOR", country)))[0].country == country


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    digest = "a" * 64
    rows = [
        '"x1",KOR,2023,"a title\nover two lines",,ko,other,a.pdf,,' + digest + ",,x2,",
        "x2,KOR,99,Plan,,ko,thing,b.pdf,,,,,",
        "x3,KOR,2023,too few fields",
        "x1,KOR,2023,Plan,,ko,other,a.pdf,," + digest + ",,,",
    ]
    faults = faults_of(register(tmp_path, *rows))
    # x2 has faults of its own, but it is there: x1 may name it.
    assert [(fault.split(":")[0], fault.split()[1]) for fault in faults] == [
        ("4", "kind"),
        ("4", "year"),
        ("5", "4"),
        ("6", "file"),
        ("6", "id"),
        ("6", "sha256"),
    ]
    assert "line 2 (x1)" in faults[3]


def test_a_circle_of_replacements_is_told_once(tmp_path: Path) -> None:
    replaces = {"a": "b", "b": "c", "c": "a", "d": "a", "e": ""}
    rows = [f"{one},KOR,2023,Plan,,ko,other,,,,,{other}," for one, other in replaces.items()]
    (fault,) = faults_of(register(tmp_path, *rows))
    assert "a replaces b replaces c replaces a" in fault


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "1: empty; expected a header"),
        (b"id,country\n", "1: no column 'year'; found id, country"),
        (HEADER.encode() + b",notes\n", "1: 2 columns 'notes'; keep one"),
        (HEADER.encode() + b'\n"never closed', "2: not a CSV file"),
        (HEADER.encode("utf-16"), "not UTF-8"),
    ],
)
def test_a_file_that_is_no_register_is_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "sources.csv"
    path.write_bytes(content)
    assert sentence in "\n".join(faults_of(path))


def test_a_register_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="there is no such file"):
        read_register(tmp_path / "sources.csv")


# What a CSV cell can hold; the known columns are read without spaces around them.
cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(title=cells.map(str.strip), notes=cells.map(str.strip), value=cells)
def test_what_is_written_is_read_back(
    title: str, notes: str, value: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("register") / "sources.csv"
    documents = [
        a_document("b", title=title, notes=notes, extra=(("found_in", value),)),
        a_document("c", supersedes="b", extra=(("found_in", ""),)),
    ]
    write_register(path, documents[::-1])
    assert read_register(path) == documents
    assert path.read_bytes() == register_text(documents).encode()


def test_a_register_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = register(tmp_path, GOOD)
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_register(path, [a_document("x")])
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_files_are_found_inside_the_corpus_only(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    (corpus / "pdf").mkdir(parents=True)
    (corpus / "pdf" / "a.pdf").write_bytes(PDF)
    (tmp_path / "secret.pdf").write_bytes(PDF)
    (corpus / "pdf" / "out.pdf").symlink_to(tmp_path / "secret.pdf")
    (corpus / "pdf" / "in.pdf").symlink_to(corpus / "pdf" / "a.pdf")
    found = {name: locate(a_document(file=f"pdf/{name}.pdf"), corpus) for name in ("a", "in", "out", "absent")}
    assert [name for name, path in found.items() if path] == ["a", "in"]
    assert locate(a_document(file=""), corpus) is None
    assert locate(a_document(file="pdf"), corpus) is None


def test_a_file_that_was_not_registered_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(PDF)
    assert check_file(a_document(file="a.pdf", sha256=hash_file(file)), file) == ""
    assert check_file(a_document(file="a.pdf"), file) == ""
    assert "not the file that was registered" in check_file(a_document(file="a.pdf", sha256="0" * 64), file)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (b"junk before\n" + PDF, "pdf"),
        (HTML, "html"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?><!-- x --><HTML>", "html"),
        (HTML.replace(b"Plan", "戦略".encode("shift_jis")), "html"),
        ("<html>".encode("utf-16"), "html"),
        (TEXT, "txt"),
        (("é" * 40000).encode(), "txt"),
        (b"bullets of lost fonts, \x07 now and then, in a long text " * 9, "txt"),
        ("<5G> is no tag".encode("utf-16"), "txt"),
        (b"", ""),
        (b" \n", ""),
        (b"PK\x03\x04\x14\x00\x06\x00", ""),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ""),
        (b"{\\rtf1\\ansi text}", ""),
        ("日本語".encode("euc-jp"), ""),
    ],
)
def test_files_are_recognised_by_content(tmp_path: Path, content: bytes, kind: str) -> None:
    file = tmp_path / "named.pdf"
    file.write_bytes(content)
    assert recognise(file) == kind


@pytest.mark.parametrize(
    ("content", "file"),
    [
        (PDF, "pdf/kor-2023-growth-4-0.pdf"),
        (HTML, "html/kor-2023-growth-4-0.html"),
        (TEXT, "text/kor-2023-growth-4-0.txt"),
    ],
)
def test_adding_copies_the_file_under_its_id_and_appends_its_row(tmp_path: Path, content: bytes, file: str) -> None:
    given = tmp_path / "Download (1).bin"
    given.write_bytes(content)
    path = register(tmp_path, GOOD + ",here", header=HEADER + ",found_in")
    document = add(path, given, issuer="Ministry\nof Trade", language="ko", supersedes="kor-2023-plan")
    assert (document.file, document.issuer, document.supersedes) == (file, "Ministry of Trade", "kor-2023-plan")
    assert (tmp_path / file).read_bytes() == content
    assert check_file(document, tmp_path / file) == ""
    added, before = read_register(path)
    assert added == replace(document, extra=(("found_in", ""),))
    assert before.extra == (("found_in", "here"),)


def test_adding_begins_a_corpus(tmp_path: Path) -> None:
    given = tmp_path / "a.txt"
    given.write_bytes(TEXT)
    path = tmp_path / "corpora" / "mine" / "sources.csv"
    document = add(path, given, language=lambda copied: "de" if copied.suffix == ".txt" else "")
    assert document.language == "de"
    assert read_register(path) == [document]


@pytest.mark.parametrize(
    ("fields", "content", "sentence"),
    [
        ({}, b"PK\x03\x04\x00\x00", "not a PDF, HTML page or plain text"),
        ({"title": "Another"}, PDF, "has this very file already, as kor-2023-growth-4-0"),
        ({}, PDF + b"x", "has the id kor-2023-growth-4-0 already"),
        ({"title": " "}, TEXT, "title is empty"),
        ({"country": "Korea", "title": "Another"}, TEXT, "country is 'Korea'"),
        ({"country": "../x", "title": "Another"}, TEXT, "country is '../x'"),
        ({"year": 20233, "title": "Another"}, TEXT, "year is '20233'"),
        ({"supersedes": "nothing", "title": "Another"}, TEXT, "supersedes is 'nothing'"),
    ],
)
def test_what_cannot_be_added_leaves_everything_as_it_was(
    tmp_path: Path, fields: dict[str, object], content: bytes, sentence: str
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    given = tmp_path / "given"
    given.write_bytes(PDF)
    path = corpus / "sources.csv"
    add(path, given)
    before = {file: file.read_bytes() for file in corpus.rglob("*") if file.is_file()}
    given.write_bytes(content)
    with pytest.raises(RegisterError, match=re.escape(sentence)):
        add(path, given, **fields)
    assert {file: file.read_bytes() for file in corpus.rglob("*") if file.is_file()} == before


def test_a_fault_after_copying_takes_the_copy_back(tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.write_bytes(PDF)

    def no_language(_: Path) -> str:
        raise ValueError("no language")

    with pytest.raises(ValueError, match="no language"):
        add(tmp_path / "corpus" / "sources.csv", given, language=no_language)
    assert [file for file in (tmp_path / "corpus").rglob("*") if file.is_file()] == []


def test_a_file_left_without_a_row_is_taken_up_if_it_is_the_same_and_kept_if_not(tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.write_bytes(PDF)
    stray = tmp_path / "corpus" / "pdf" / "kor-2023-growth-4-0.pdf"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"%PDF-1.4 another")
    with pytest.raises(RegisterError, match="another file that no row names"):
        add(tmp_path / "corpus" / "sources.csv", given)
    stray.write_bytes(PDF)
    assert add(tmp_path / "corpus" / "sources.csv", given).file == "pdf/kor-2023-growth-4-0.pdf"


def test_nothing_is_copied_through_a_link_out_of_the_corpus(tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.write_bytes(PDF)
    (tmp_path / "outside").mkdir()
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "pdf").symlink_to(tmp_path / "outside")
    with pytest.raises(RegisterError, match="leads out of the corpus folder"):
        add(tmp_path / "corpus" / "sources.csv", given)
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize(
    ("title", "identifier"),
    [
        ("Growth 4.0", "kor-2023-growth-4-0"),
        ("Stratégie d'accélération – “IA”", "kor-2023-strategie-dacceleration-ia"),
        ("Położenie Straße Průmysl", "kor-2023-polozenie-strasse-prumysl"),
        ("word " * 40, "kor-2023-word-word-word-word-word-word-word-word-word-word"),
    ],
)
def test_ids_are_made_of_country_year_and_title(title: str, identifier: str) -> None:
    assert make_id("KOR", 2023, title) == identifier


@given(st.text(min_size=1))
def test_an_id_is_always_of_the_right_form(title: str) -> None:
    identifier = make_id("KOR", 2023, title)
    assert re.fullmatch(r"kor-2023-[a-z0-9]+(-[a-z0-9]+)*", identifier)
    assert len(identifier) <= 70


def test_titles_without_latin_letters_are_told_apart() -> None:
    titles = ["統合イノベーション戦略2022", "経済財政運営と改革の基本方針2022", "반도체 초강대국"]
    assert len({make_id("JPN", 2022, title) for title in titles}) == 3


def test_the_register_of_strategies_is_whole_and_as_it_would_be_written() -> None:
    documents = read_register(STRATEGIES / "sources.csv")
    assert len(documents) == 63 + 116
    assert (STRATEGIES / "sources.csv").read_text(encoding="utf-8") == register_text(documents)
    assert [document.id for document in documents if "#" in document.title or "\n" in document.title] == []
    addresses = [document for document in documents if dict(document.extra)["address_kind"]]
    assert len(addresses) == 116
    assert all(document.url.startswith(("http://", "https://")) and not document.sha256 for document in addresses)
    assert all(document.sha256 and document.file for document in documents if document not in addresses)
