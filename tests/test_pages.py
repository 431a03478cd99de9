"""Documents to pages: reading order, tables, statuses, labels, and that nothing on a page is lost."""

import importlib.util
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.pages import read_document
from pipeline.pages.beside import mark_beside
from pipeline.pages.blocks import reading_order
from pipeline.pages.compose import compose, page_text
from pipeline.pages.decoding import decode
from pipeline.pages.drawings import Box
from pipeline.pages.garbled import is_garbled
from pipeline.pages.labels import page_labels
from pipeline.pages.panels import nest
from pipeline.pages.shapes import Grid, Item, Piece, Shape, Word, merged
from pipeline.schemas import Line, Page, Reading

PDF = Path(__file__).parent / "pdf"


def read(name: str) -> Reading:
    """Read one of the tiny PDFs."""
    return read_document(PDF / name, "doc")


def text_of(name: str) -> str:
    """Return the text of the first page of a tiny PDF."""
    return read(name).pages[0].text


def in_order(text: str, *parts: str) -> bool:
    """Tell whether ``parts`` stand in ``text`` one after the other."""
    places = [text.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


def maker() -> ModuleType:
    """Load the script that makes the tiny PDFs."""
    spec = importlib.util.spec_from_file_location("make_pdfs", PDF / "make_pdfs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_pdfs"] = module
    spec.loader.exec_module(module)
    return module


def test_the_tiny_pdfs_are_those_that_their_script_makes() -> None:
    for name, make in maker().FILES.items():
        assert (PDF / name).read_bytes() == make(), f"{name} differs: run python tests/pdf/make_pdfs.py"


@pytest.mark.parametrize("name", sorted(path.name for path in PDF.glob("*.pdf")))
def test_lines_lead_to_the_text_and_lie_on_the_page(name: str) -> None:
    for page in read(name).pages:
        end_before, block_before = 0, 0
        for line in page.lines:
            assert line.start >= end_before
            assert page.text[line.start : line.end] == page.text[line.start : line.end].strip() != ""
            assert page.text[end_before : line.start] == (
                "" if not end_before else "\n" * (1 + line.block - block_before)
            )
            assert -3 <= line.x0 < line.x1 <= page.width + 3
            assert -3 <= line.top < line.bottom <= page.height + 3
            assert (line.x0, line.top) == (round(line.x0, 1), round(line.top, 1))
            end_before, block_before = line.end, line.block


def test_columns_written_line_by_line_are_read_column_by_column() -> None:
    text = text_of("two_columns.pdf")
    assert in_order(text, "A strategy", "left line 1 ", "left line 12", "right line 1 ", "right line 12", "\n\n7")


def test_boxes_are_read_one_after_the_other() -> None:
    text = text_of("boxes.pdf")
    assert in_order(
        text, "upper left line 1 ", "upper left line 7", "upper right line 1 ", "upper right line 7", "lower left"
    )
    assert in_order(text, "lower left line 7", "lower right line 1 ", "lower right line 7")


def test_a_spread_is_read_page_by_page() -> None:
    reading = read("spread.pdf")
    assert in_order(
        reading.pages[0].text, "Heading even", "even line 20", "\n\n12", "Heading odd", "odd line 1 ", "\n\n13"
    )


def test_a_ruled_table_is_laid_out_row_by_row_and_cell_by_cell() -> None:
    page = read("ruled_table.pdf").pages[0]
    rows = [line for line in page.lines if line.role == "table_row"]
    assert len({line.block for line in rows}) == 1
    table: dict[int, list[str]] = {}
    for line in rows:
        table.setdefault(line.row, []).append(page.text[line.start : line.end])
    assert table == {
        0: ["Action", "Who", "When"],
        1: ["Build a quantum", "computing centre", "Ministry of", "Economy", "by 2030"],
        2: ["Train engineers", "Universities", "and schools", "every year"],
    }
    assert page.text.startswith("Before the table.\n\n")
    assert page.text.endswith("\n\nAfter the table.")
    assert {line.row for line in page.lines if line.role == "text"} == {-1}


def test_numbers_in_the_margin_stay_with_their_paragraphs() -> None:
    text = text_of("labelled_list.pdf")
    assert "4.2 paragraph 2 begins here\nand ends here\n\n4.3 paragraph 3" in text
    assert "a line with one wide space" in text


def test_text_is_upright_however_the_page_is_turned() -> None:
    turned = read("turned_page.pdf").pages[0]
    assert (turned.width, turned.height) == (842, 595)
    assert turned.text.splitlines() == [f"turned line {n}" for n in range(1, 6)]
    first = turned.lines[0]
    assert first.x1 - first.x0 > first.bottom - first.top
    sideways = read("sideways_page.pdf").pages[0]
    assert sideways.text.splitlines() == [f"sideways line {n}" for n in range(1, 6)]
    first = sideways.lines[0]
    assert first.bottom - first.top > first.x1 - first.x0, "boxes are those of the page as displayed"


def test_each_page_has_its_status_and_the_document_a_sentence() -> None:
    reading = read("statuses.pdf")
    assert [page.status for page in reading.pages] == ["ok", "empty", "no_text", "garbled", "ok"]
    assert reading.status == "partly_read"
    assert reading.reason == (
        "2 of 5 pages have text: 1 is an image or outlines only, 1 has a broken font map, 1 is empty."
    )
    assert reading.pages[4].text == "inside", "what lies beyond the page's edge is not on the page"


def test_characters_drawn_twice_are_read_once_and_repeated_words_are_kept() -> None:
    assert text_of("duplicated.pdf") == "Drawn twice only once\nonce once"


def test_a_hyphen_at_a_line_end_is_kept() -> None:
    assert text_of("hyphenated.pdf") == "We support the develop-\nment of industry."


def test_labels_are_the_printed_numbers_and_not_the_files_own_where_these_disagree() -> None:
    assert [page.page_label for page in read("numbered.pdf").pages] == ["i", "ii", "iii", "1", "2", "3", "4"]


def test_the_files_own_labels_serve_where_no_number_is_printed() -> None:
    pages = [Page("d", number, "", "ok", "words", 100, 100, ()) for number in (1, 2)]
    assert page_labels(pages, ["A", "  B "]) == ["A", "B"]
    assert page_labels(pages, ["", "far too long for a page label"]) == ["", ""]


def test_limits_are_kept_and_said(tmp_path: Path) -> None:
    few = read_document(PDF / "numbered.pdf", "d", max_pages=2)
    assert len(few.pages) == 2
    assert few.status == "partly_read"
    assert few.reason.startswith("Only the first 2 of 7 pages were read.")
    short = read_document(PDF / "hyphenated.pdf", "d", max_characters_per_page=10)
    assert "first 10 of" in short.reason
    assert short.pages[0].text.startswith("We support"[:10])
    plain = tmp_path / "long.txt"
    plain.write_text("word " * 100, encoding="utf-8")
    assert len(read_document(plain, "d", max_characters_per_page=50).pages[0].text) == 50


@pytest.mark.parametrize(
    ("content", "status", "word"),
    [
        (b"", "not_a_document", "empty"),
        (b"%PDF-1.3\nThis is not a PDF\n%%EOF", "not_a_document", "none of a PDF's objects"),
        (b"PK\x03\x04" + bytes(100), "not_a_document", "ZIP"),
        (bytes(range(256)) * 20, "not_a_document", "binary"),
        (b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\ntrailer<<>>", "damaged", "cannot be opened"),
    ],
)
def test_bad_files_give_a_status_and_a_sentence(tmp_path: Path, content: bytes, status: str, word: str) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(content)
    reading = read_document(path, "d")
    assert (reading.status, reading.pages) == (status, ())
    assert word in reading.reason
    assert reading.reason.endswith(".")


def test_a_file_that_is_not_there_is_not_fetched(tmp_path: Path) -> None:
    assert read_document(tmp_path / "none.pdf", "d").status == "not_fetched"


def test_a_truncated_pdf_is_read_or_damaged_and_never_raises(tmp_path: Path) -> None:
    content = (PDF / "numbered.pdf").read_bytes()
    path = tmp_path / "cut.pdf"
    for length in range(20, len(content), 211):
        path.write_bytes(content[:length])
        assert read_document(path, "d").status in ("read", "partly_read", "damaged", "not_a_document")


# Web pages and plain text


def test_a_web_page_is_blocks_headings_items_and_rows(tmp_path: Path) -> None:
    path = tmp_path / "strategy.bin"
    path.write_text(
        "<!DOCTYPE html><html><head><title>T</title><style>p{}</style></head><body><nav>Home <a>News</a></nav>"
        "<main><h1>Industrial\n  strategy</h1><p>We <b>fund</b> chips.<br>And quantum.</p>"
        "<ul><li>hydrogen<li>batteries</ul><script>no()</script><p hidden>hidden</p>"
        "<table><tr><th>Field<th>Euro</tr><tr><td>space<td>3 &amp; 4</tr></table></main>"
        "<footer>Imprint</footer></body>",
        encoding="utf-8",
    )
    page = read_document(path, "d").pages[0]
    found = [(line.role, line.block, line.row, page.text[line.start : line.end]) for line in page.lines]
    assert found == [
        ("furniture", 0, -1, "Home News"),
        ("heading", 1, -1, "Industrial strategy"),
        ("text", 2, -1, "We fund chips."),
        ("text", 2, -1, "And quantum."),
        ("list_item", 3, -1, "hydrogen"),
        ("list_item", 4, -1, "batteries"),
        ("table_row", 5, 0, "Field"),
        ("table_row", 5, 0, "Euro"),
        ("table_row", 5, 1, "space"),
        ("table_row", 5, 1, "3 & 4"),
        ("furniture", 6, -1, "Imprint"),
    ]
    assert page.lines[1].size > page.lines[2].size


def test_a_web_page_says_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes('<html><head><meta charset="shift_jis"></head><body><p>人工知能の戦略</p>'.encode("shift_jis"))
    assert read_document(path, "d").pages[0].text == "人工知能の戦略"


def test_plain_text_keeps_every_character_and_parts_pages_at_form_feeds(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    written = "# Strategy\r\nfirst line\r\nsecond line\r\n\r\n  indented\n\fnext page\n"
    path.write_bytes(written.encode())
    first, second = read_document(path, "d").pages
    assert first.text + "\f" + second.text == written
    found = [(line.block, line.role, first.text[line.start : line.end]) for line in first.lines]
    assert found == [
        (0, "heading", "# Strategy"),
        (1, "text", "first line"),
        (1, "text", "second line"),
        (2, "text", "indented"),
    ]


def test_a_text_of_one_enormous_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_text("industrial strategy " * 60_000, encoding="utf-8")
    page = read_document(path, "d").pages[0]
    assert page.status == "ok"
    assert len(page.text) == 1_200_000
    assert len(page.lines) == 1


@pytest.mark.parametrize("name", ["utf-8", "utf-16", "utf-32", "utf-8-sig", "cp1252", "utf-16-le"])
def test_encodings_of_latin_text_are_found(name: str) -> None:
    written = "Stratégie industrielle: créer des filières, à l’échelle européenne. " * 20
    assert decode(written.encode(name)) == written


@pytest.mark.parametrize("name", ["cp932", "euc_jp", "gb18030", "big5", "euc_kr"])
def test_encodings_of_east_asian_text_are_found(name: str) -> None:
    written = {
        "gb18030": "这是国家的产业战略，支持人工智能的发展。",
        "big5": "這是國家的產業戰略，支持人工智慧的發展。",
        "euc_kr": "우리는 산업 전략을 세우고 인공지능의 개발을 지원하는 것이다.",
    }.get(name, "これは日本の産業戦略です。人工知能の開発を支援します。")
    assert decode((written * 30).encode(name)) == written * 30


@given(st.binary(max_size=300))
def test_decoding_never_fails_and_never_gives_what_breaks_later_steps(content: bytes) -> None:
    text = decode(content)
    assert "\x00" not in text
    text.encode("utf-8")


# Broken font maps


@pytest.mark.parametrize(
    "text",
    [
        "DĞĚŝƵŵ dĞƌŵ ƵĚŐĞƚ WŽůŝĐǇ ^ƚĂƚĞŵĞŶƚ ϮϬϮϱ ĨƌŽŵ ĚĞƉĂƌƚŵĞŶƚĂů ƐŽƵƌĐĞƐ",
        "\x11\x12\x13\x14 \x15\x16\x17",
        "\ue010\ue011\ue012 \ue013\ue014\ue015",
        "(cid:12)(cid:40)(cid:3)(cid:77)(cid:12)",
        '"7+%-',
        "Wkh lqgxvwuldo vwudwhjb ri wkh frxqwub vxssruwv qhz whfkqrorjlhv dqg wkh judvv ri jurzwk lq doo sduwv ri lw",
    ],
)
def test_broken_font_maps_are_seen(text: str) -> None:
    assert is_garbled(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Strategy 2030",
        "Strategia rozwoju sztucznej inteligencji: łączność, żywność, źródła energii i kształcenie się społeczeństwa",
        "Lietuvos pramonės plėtros strategija: žmonių gerovė, šiuolaikinės įmonės ir ūkio augimas",
        "Chiến lược quốc gia về trí tuệ nhân tạo đến năm 2030 và phát triển nền kinh tế số",
        "人工知能戦略は産業の発展を支援する。",
        "செயற்கை நுண்ணறிவு தேசிய உத்தி",
        "\uf0b7 first point of the list\n\uf0b7 second point of the list",
        "Introduction ........................................ 5",
        "R&D 3.5 4.1 (12%) [7] 2020/21 1.2-1.9 10 11 12 13",
    ],
)
def test_clean_text_in_any_language_is_not_garbled(text: str) -> None:
    assert not is_garbled(text)


# What holds for any page

edge = st.integers(0, 600).map(float)
size = st.sampled_from([6.0, 9.0, 10.0, 14.0])


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    """Return a piece of one word anywhere on the page."""
    x, top, high = draw(edge), draw(edge), draw(size)
    wide = draw(st.sampled_from([5.0, 40.0, 200.0, 500.0]))
    word = Word(x, top, x + wide, top + high, "w", high, False, False, 0)
    return Piece(x, top, x + wide, top + high, [word], high, draw(st.integers(0, 99)))


boxes = st.builds(lambda x, top, wide, high: Box(x, top, x + wide, top + high, (9, 9, 9)), edge, edge, edge, edge)


@given(st.lists(pieces(), max_size=40), st.lists(boxes, max_size=8), st.sampled_from([(600, 800), (1200, 600)]))
def test_every_word_of_a_page_is_read_exactly_once(found: list[Piece], drawn: list[Box], size: tuple[int, int]) -> None:
    for number, piece in enumerate(found):
        piece.words[0].text = f"w{number:02d}"
    items = nest(found, drawn, Shape(0, 0, *size))
    text, lines = page_text(compose(reading_order(items, *size)))
    assert sorted(text.split()) == sorted(piece.words[0].text for piece in found)
    assert sum(line.end - line.start for line in lines) + text.count("\n") == len(text)


def test_boxes_nested_beyond_reason_lose_no_text() -> None:
    word = Word(300, 400, 340, 410, "kept", 10, False)
    nested = [Box(i, i, 640 - i, 800 - i, (9, 9, 9)) for i in range(0, 290, 2)]
    items = nest([Piece(300, 400, 340, 410, [word], 10)], nested, Shape(0, 0, 700, 900))
    assert compose(reading_order(items, 700, 900))[0][0].text == "kept"


def test_a_table_stands_where_it_stands_between_columns() -> None:
    def column(x: float, top: float, name: str) -> list[Piece]:
        words = [Word(x, top + 12 * i, x + 200, top + 12 * i + 10, f"{name}{i}", 10, False) for i in range(4)]
        return [Piece(w.x0, w.top, w.x1, w.bottom, [w], 10, 0) for w in words]

    cell = Word(60, 210, 100, 220, "cell", 10, False)
    grid = Grid(50, 200, 550, 240, [[[cell], [Word(300, 210, 340, 220, "other", 10, False)]]])
    items: list[Item] = [
        *column(50, 100, "a"),
        *column(300, 100, "b"),
        grid,
        *column(50, 300, "c"),
        *column(300, 300, "d"),
    ]
    text, _ = page_text(compose(reading_order(items, 600, 800)))
    assert text.split() == [f"{n}{i}" for n in "ab" for i in range(4)] + ["cell", "other"] + [
        f"{n}{i}" for n in "cd" for i in range(4)
    ]


@given(st.lists(st.tuples(edge, edge).map(lambda pair: (min(pair), max(pair)))))
def test_merged_intervals_are_apart_and_cover_the_same(intervals: list[tuple[float, float]]) -> None:
    union = merged(intervals)
    assert all(a[1] < b[0] for a, b in pairwise(union))
    for low, high in intervals:
        assert any(start <= low and high <= end for start, end in union)


def placed(x0: float, x1: float, top: float) -> Line:
    """Make a line of ten points' height."""
    return Line(0, 0, x0, top, x1, top + 10, 10.0, False, 0)


def test_lines_of_two_columns_do_not_stand_alone_and_a_full_width_line_does() -> None:
    title, left, right, below = placed(50, 500, 20), placed(50, 250, 50), placed(300, 500, 53), placed(50, 250, 80)
    assert [line.alone for line in mark_beside([title, left, right, below])] == [True, False, False, True]


def test_a_raised_mark_over_a_line_stands_in_it_and_not_beside_it() -> None:
    assert all(line.alone for line in mark_beside([placed(50, 250, 50), placed(240, 245, 45)]))


def test_lines_of_a_real_two_column_page_know_their_neighbours() -> None:
    page = read_document(Path(__file__).parent / "pdf" / "two_columns.pdf", "two").pages[0]
    assert sum(not line.alone for line in page.lines) >= 4
