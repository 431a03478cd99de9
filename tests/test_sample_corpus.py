"""The sample corpus: the register and the files agree, each brief says what it is, typesetting repeats."""

from __future__ import annotations

import csv
import importlib.metadata
import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pypdfium2
import pytest

CORPUS = Path(__file__).parents[1] / "corpora" / "sample"
COLUMNS = "id,country,year,title,issuer,language,kind,file,url,sha256,licence,supersedes,notes".split(",")
SAYS_DEMONSTRATION = {
    "de": "Dies ist ein Demonstrationspapier.",
    "en": "This is a demonstration brief.",
    "fr": "Ceci est une note de démonstration.",
    "ja": "これは実演用の文書です。",
    "nl": "Dit is een demonstratienota.",
}
SAYS_NOT_OFFICIAL = {
    "de": "Kein Dokument der Bundesregierung.",
    "en": "Not a document of the",
    "fr": "Ce n’est pas un document du gouvernement français.",
    "ja": "日本政府の文書ではありません。",
    "nl": "Geen document van het Nederlandse kabinet.",
}


def read_rows() -> list[dict[str, str]]:
    """Return the lines of the register."""
    with (CORPUS / "sources.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def load_typesetting() -> ModuleType:
    """Return the typesetting script as a module: it stands beside the briefs, outside any package."""
    specification = importlib.util.spec_from_file_location("typeset", CORPUS / "typeset.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


ROWS = read_rows()
PDF_ROWS = [row for row in ROWS if row["file"].endswith(".pdf")]
TYPESETTING = load_typesetting()


def page_texts(row: dict[str, str]) -> list[str]:
    """Return the text of each page of a PDF of the corpus."""
    with pypdfium2.PdfDocument(CORPUS / row["file"]) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def test_register_has_the_agreed_columns_and_sorted_unique_ids() -> None:
    ids = [row["id"] for row in ROWS]
    assert list(ROWS[0]) == COLUMNS
    assert ids == sorted(set(ids))
    assert all(row["licence"] == "CC0-1.0" and not row["url"] for row in ROWS)


def test_register_and_files_agree() -> None:
    registered = {CORPUS / row["file"]: row["sha256"] for row in ROWS}
    present = {path for folder in ("pdf", "html", "text") for path in (CORPUS / folder).iterdir()}
    assert present == set(registered)
    assert {path: TYPESETTING.digest(path.read_bytes()) for path in present} == registered
    assert all(path.stat().st_size < 200_000 for path in present)


def test_every_country_has_english_and_the_language_of_its_government() -> None:
    briefs = Counter((row["country"], row["language"]) for row in ROWS if row["kind"] == "industrial-strategy")
    assert {language for country, language in briefs if country == "JPN"} == {"en", "ja"}
    assert {country for country, language in briefs if language == "en"} == {"AUS", "DEU", "FRA", "GBR", "JPN", "NLD"}
    assert {language for _, language in briefs} == {"de", "en", "fr", "ja", "nl"}


def test_superseded_document_is_registered_and_older() -> None:
    years = {row["id"]: int(row["year"]) for row in ROWS}
    pairs = [(row["id"], row["supersedes"]) for row in ROWS if row["supersedes"]]
    assert pairs == [("gbr-2017-brief-en", "gbr-2013-brief-en")]
    assert all(years[new] > years[old] for new, old in pairs)


@pytest.mark.parametrize("row", PDF_ROWS, ids=lambda row: row["id"])
def test_pdf_says_that_it_is_a_demonstration_brief(row: dict[str, str]) -> None:
    pages = page_texts(row)
    assert 3 <= len(pages) <= 6
    assert SAYS_DEMONSTRATION[row["language"]] in pages[0]
    has_cover = len(pages[0]) < 800
    assert all(SAYS_NOT_OFFICIAL[row["language"]] in text for text in pages[1 if has_cover else 0 :])


@pytest.mark.parametrize("row", PDF_ROWS, ids=lambda row: row["id"])
def test_pdf_text_has_no_unmapped_or_split_letters(row: dict[str, str]) -> None:
    text = "".join(page_texts(row))
    assert not set(text) & set("\ufffd\ufb00\ufb01\ufb02\ufb03\ufb04\x00")
    assert len(text) > 3_000


def test_web_page_and_plain_text_say_what_they_are() -> None:
    page = (CORPUS / "html" / "nld-2015-brief-nl.html").read_text(encoding="utf-8")
    review = (CORPUS / "text" / "aus-2017-review-en.txt").read_text(encoding="utf-8")
    assert SAYS_DEMONSTRATION["nl"] in page
    assert SAYS_NOT_OFFICIAL["nl"] in page
    assert "demonstration review" in review[:200]


@pytest.mark.parametrize("row", PDF_ROWS, ids=lambda row: row["id"])
def test_typesetting_again_gives_the_same_bytes(row: dict[str, str]) -> None:
    pytest.importorskip("typst", reason="typesetting needs the typst package")
    version = importlib.metadata.version("typst")
    if version != TYPESETTING.TYPST_VERSION:
        pytest.skip(f"the PDFs were made with typst {TYPESETTING.TYPST_VERSION}, here is {version}")
    source = CORPUS / "source" / f"{row['id']}.typ"
    fonts = TYPESETTING.find_fonts(TYPESETTING.FONT_FOLDERS)
    if TYPESETTING.needs_fonts(source) and fonts is None:
        pytest.skip(TYPESETTING.HOW_TO_GET_FONTS)
    assert TYPESETTING.typeset(source, fonts) == (CORPUS / row["file"]).read_bytes()


def test_fonts_with_other_bytes_are_not_taken(tmp_path: Path) -> None:
    for name in TYPESETTING.JAPANESE_FONTS:
        (tmp_path / name).write_bytes(b"another version")
    assert TYPESETTING.find_fonts([tmp_path, tmp_path / "absent"]) is None
