"""Passages: nothing of a page is lost, every character leads back, and each stretch is known for what it is."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.passages import LayoutWords, detect_language, load_layout_words, split_passages
from pipeline.passages.bullets import read_mark
from pipeline.passages.cleaning import UNSEEN_CHARACTERS, clean_text
from pipeline.passages.furniture import is_page_number
from pipeline.passages.splitting import cut_long, sentence_ends
from pipeline.schemas import Line, Page, Passage

WORDS = load_layout_words(Path(__file__).parents[1] / "models" / "layout_words.yaml")
LANGUAGES = ("de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "zh")

Spec = tuple[str, dict[str, object]]


def split(pages: list[Page], language: str = "en", **parameters: int) -> list[Passage]:
    """Split with the words of layout that ship with the project."""
    return split_passages(pages, document_language=language, languages=LANGUAGES, layout_words=WORDS, **parameters)


def plain(text: str, number: int = 1) -> Page:
    """Make a page of text without geometry."""
    return Page("doc", number, str(number), "ok", text, 0, 0, ())


def page(number: int, *specs: Spec, width: float = 595, height: float = 842) -> Page:
    """Typeset a page from (text, {top, x0, size, bold, block, role, row}); lines follow each other down the page."""
    text, lines, block, top = "", [], 0, 90.0
    for content, wishes in specs:
        size = float(wishes.get("size", 10))  # type: ignore[arg-type]
        new_block = int(wishes.get("block", block))  # type: ignore[call-overload]
        if text:
            text += "\n" if new_block == block else "\n\n"
        top = float(wishes.get("top", top + 14 + (0 if new_block == block else 12)))  # type: ignore[arg-type]
        block = new_block
        x0 = float(wishes.get("x0", 60))  # type: ignore[arg-type]
        lines.append(
            Line(
                len(text), len(text) + len(content), x0, top, x0 + len(content) * size / 2, top + size, size,
                bool(wishes.get("bold", False)), block, str(wishes.get("role", "text")),
                int(wishes.get("row", -1)),  # type: ignore[call-overload]
            )
        )  # fmt: skip
        text += content
    return Page("doc", number, str(number), "ok", text, width, height, tuple(lines))


def body(block: int, first: str = "The programme supports firms that bring research to the market") -> list[Spec]:
    """Two lines of running text."""
    return [(first, {"block": block}), ("and that train the people who will need to run it there.", {"block": block})]


def texts(passages: list[Passage], zone: str = "body", kind: str | None = None) -> list[str]:
    """Return the texts of the passages of a zone (and kind)."""
    return [passage.text for passage in passages if passage.zone == zone and kind in (None, passage.kind)]


def check_alignment(pages: list[Page], passages: list[Passage]) -> None:
    """Every character leads back, and every visible character lies in one passage."""
    raw = {one.page_number: one.text for one in pages}
    covered = {number: [0] * len(text) for number, text in raw.items()}
    for passage in passages:
        text = raw[passage.page_number]
        assert passage.text
        assert passage.text == passage.text.strip()
        indices = [passage.raw_span(place, place + 1)[0] for place in range(len(passage.text))]
        assert indices == sorted(indices)
        for character, index in zip(passage.text, indices, strict=True):
            assert passage.start <= index < passage.end
            same = character == text[index] or (character == "-" and text[index] in "\u2010\ufffe\x02")
            assert same or (character == " " and not text[index].isalnum())
        for index in range(passage.start, passage.end):
            covered[passage.page_number][index] += 1
    for number, counts in covered.items():
        for character, count in zip(raw[number], counts, strict=True):
            assert count == 1 or (count == 0 and (character.isspace() or character in UNSEEN_CHARACTERS))


ODD_TEXT = st.text(
    st.sampled_from(
        list("abcdeABÄßéł    ..,;:-\n\n\n\u00ad\ufffe\x02\x0c\u2010•–o1234()日本語。、「」\u3000\u00a0\t\u200b")
    ),
    min_size=1,
    max_size=400,
)


@settings(max_examples=120, deadline=None)
@given(ODD_TEXT, st.integers(3, 40))
def test_every_character_leads_back_and_lies_in_one_passage(text: str, max_words: int) -> None:
    pages = [plain(text)]
    check_alignment(pages, split(pages, max_words=max_words, max_characters=2 * max_words))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.sampled_from(list("abc ABC.:-•1\u00ad日本")), min_size=1, max_size=30).filter(str.strip),
            st.sampled_from([6.0, 10.0, 18.0]),
            st.booleans(),
            st.integers(0, 2),
            st.sampled_from(["text", "heading", "list_item", "table_row"]),
        ),
        min_size=1,
        max_size=25,
    )
)
def test_every_character_of_a_typeset_page_lies_in_one_passage(drawn: list[tuple[str, float, bool, int, str]]) -> None:
    block, specs = 0, []
    for content, size, bold, step, role in drawn:
        block += step
        specs.append((content, {"size": size, "bold": bold, "block": block, "role": role}))
    pages = [page(number, *specs) for number in (1, 2, 3)]
    check_alignment(pages, split(pages))


def test_hyphens_at_line_ends_follow_the_document() -> None:
    text = (
        "We invest in artifi-\ncial intelligence for the long-\nterm and in long-term plans. Our AI-\nbased tools and "
        "soft\u00ad\nware and hard\ufffeware, in Forschungs-\nund Entwicklungsarbeit, pós-\n-graduação.\n"
    )
    (passage,) = split([plain(text)])
    assert passage.text == (
        "We invest in artificial intelligence for the long-term and in long-term plans. Our AI-based tools and "
        "software and hardware, in Forschungs- und Entwicklungsarbeit, pós-graduação."
    )
    start = passage.text.index("artificial")
    assert text[slice(*passage.raw_span(start, start + 10))] == "artifi-\ncial"


def test_japanese_lines_are_joined_without_a_space() -> None:
    text, alignment = clean_text("人工知能の研\n究を AI と\n進める", 0, 18, lambda before, after: False)
    assert text == "人工知能の研究を AI と進める"
    assert alignment[0] == (0, 0)


def test_running_headers_footers_and_page_numbers_are_furniture() -> None:
    pages = []
    for number in range(1, 9):
        head = "A Strategy for Industry" if number % 2 else "Ministry of Economic Affairs"
        x0 = 60 if number % 2 else 380
        pages.append(
            page(
                number,
                (head, {"top": 30, "x0": x0, "size": 8}),
                ("Case study", {"top": 90, "size": 16, "bold": True, "block": 1}),
                *body(2, f"In region {number} the programme supports firms that bring research to market"),
                (f"{number + 4}", {"top": 810, "x0": 290, "block": 3}),
            )
        )
    passages = split(pages)
    assert set(texts(passages, "furniture")) == {
        "A Strategy for Industry", "Ministry of Economic Affairs", *(str(number) for number in range(5, 13))
    }  # fmt: skip
    assert texts(passages, kind="heading") == ["Case study"] * 8


@pytest.mark.parametrize("text", ["12", "- 12 -", "Page 3 of 10", "xiv", "6 3", "Seite 4", "| 7"])
def test_page_numbers(text: str) -> None:
    assert is_page_number(text, WORDS.page_words)


@pytest.mark.parametrize("text", ["2020 was good", "Page layout", "", "mild", "12 billion"])
def test_no_page_numbers(text: str) -> None:
    assert not is_page_number(text, WORDS.page_words)


def test_running_titles_of_a_text_file() -> None:
    paragraphs = "\n".join(f"Line {place} of a paragraph that goes on for a while" for place in range(30))
    text = "\n".join(f"{paragraphs}\nNATIONAL PLAN | {number}" for number in range(3, 9))
    assert texts(split([plain(text)]), "furniture") == [f"NATIONAL PLAN | {number}" for number in range(3, 9)]


def test_contents_pages() -> None:
    entries: list[Spec] = [("Contents", {"size": 18, "bold": True})]
    entries += [(f"{place}. A chapter on industry ........ {place * 7}", {"block": 1}) for place in range(1, 12)]
    more: list[Spec] = [(f"Annex {place} {60 + place}", {"block": 1}) for place in range(1, 6)]
    passages = split([page(1, *entries), page(2, *more), page(3, *body(1))])
    assert {passage.zone for passage in passages if passage.page_number < 3} == {"contents"}
    assert [passage.zone for passage in passages if passage.page_number == 3] == ["body"]


def test_references_end_where_the_next_chapter_begins() -> None:
    sources: list[Spec] = [("References", {"size": 16, "bold": True})]
    for place in range(8):
        sources.append(
            (f"Smith, J. and Lee, K. (201{place}) Industry and growth, Policy Review 12(3),", {"block": place + 1})
        )
        sources.append(("pp. 12-30. Available at: https://example.org/paper", {"block": place + 1}))
    annex: list[Spec] = [
        ("Annex: our programmes", {"size": 16, "bold": True, "block": 9}),
        *body(10),
        *body(11),
        *body(12),
    ]
    passages = split([page(1, *body(1)), page(2, *sources, *annex)])
    assert [passage.zone for passage in passages if passage.page_number == 1] == ["body"]
    assert {passage.zone for passage in passages if "Smith" in passage.text} == {"references"}
    assert texts(passages, kind="heading") == ["Annex: our programmes"]


def test_imprint_pages() -> None:
    imprint: list[Spec] = [
        ("Published by the Ministry of Economy, 2021", {}),
        ("ISBN 978-3-16-148410-0. All rights reserved.", {"block": 1}),
        ("Photo credits: the authors. Contact: office@example.org", {"block": 2}),
    ]
    others = [
        page(number, *body(1, f"{name} is the first word of a page")) for number, name in ((1, "A"), (3, "B"), (4, "C"))
    ]
    passages = split([others[0], page(2, *imprint), *others[1:]])
    assert {passage.zone for passage in passages if passage.page_number == 2} == {"imprint"}
    assert {passage.zone for passage in passages if passage.page_number != 2} == {"body"}


def test_list_items_know_their_lead_in() -> None:
    passages = split(
        [
            page(
                1,
                *body(1),
                ("We see great promise. We will invest in:", {"block": 2}),
                ("• artificial intelligence, in particular in the", {"block": 3}),
                ("health service;", {"block": 3, "x0": 72}),
                ("• quantum computing:", {"block": 3}),
                ("– hardware", {"block": 3, "x0": 80}),
                ("– software", {"block": 3, "x0": 80}),
                ("• robotics.", {"block": 3}),
            ),
            page(2, ("• batteries", {}), *body(1)),
        ]
    )
    items = [(passage.text, passage.lead_in) for passage in passages if passage.kind == "list_item"]
    assert items == [
        ("• artificial intelligence, in particular in the health service;", "We will invest in:"),
        ("• quantum computing:", "We will invest in:"),
        ("– hardware", "• quantum computing:"),
        ("– software", "• quantum computing:"),
        ("• robotics.", "We will invest in:"),
        ("• batteries", "We will invest in:"),
    ]


def test_bullets_inside_a_line() -> None:
    passages = split([plain("Money goes to projects in order to: • train people • buy machines. The rest is saved.")])
    assert [(passage.kind, passage.text) for passage in passages] == [
        ("paragraph", "Money goes to projects in order to:"),
        ("list_item", "• train people"),
        ("list_item", "• buy machines."),
        ("paragraph", "The rest is saved."),
    ]
    assert {passage.lead_in for passage in passages if passage.kind == "list_item"} == {
        "Money goes to projects in order to:"
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [("• a", "•"), ("‣ a", "‣"), ("– a", "–"), ("- a", "-"), ("o a", "o"), ("\uf0b7 a", "\uf0b7"), ("1. a", "number"),
     ("(a) b", "letter"), ("iii) b", "roman"), ("12) b", "number"), ("① あ", "circled"), ("（2）あ", "bracketed")],
)  # fmt: skip
def test_marks(text: str, kind: str) -> None:
    mark = read_mark(text)
    assert mark is not None
    assert mark.kind == kind


@pytest.mark.parametrize("text", ["of the", "-verwaltungs", "1.5 million", "2020. The", "A. Smith", "–"[:0] + "a"])
def test_no_marks(text: str) -> None:
    assert read_mark(text) is None


def test_headings_of_several_writings_without_any_style() -> None:
    paragraph = "これは長い段落であり、政府は研究開発を支援し、産業の競争力を高めるために投資を行う。" * 4
    text = f"第1章 人工知能\n{paragraph}\n（1）研究開発\n{paragraph}\n図表1 市場規模\n{paragraph}"
    passages = split([plain(text)], "ja")
    assert texts(passages, kind="heading") == ["第1章 人工知能", "（1）研究開発"]
    assert [passage.section for passage in passages][-1] == ("（1）研究開発",)


def test_bold_words_that_open_a_sentence_are_no_heading() -> None:
    item: list[Spec] = [
        ("Use data to guide decisions: routinely and with", {"bold": True, "block": 2}),
        ("care for the people whom they are about.", {"block": 2}),
    ]
    assert texts(split([page(1, *body(1), *item)]), kind="heading") == []


def test_a_heading_of_two_lines_in_two_blocks_is_one() -> None:
    title: list[Spec] = [
        ("4 Enhancing innovation", {"size": 24, "block": 1, "top": 100}),
        ("capacity using AI", {"size": 24, "block": 2, "top": 130}),
    ]
    assert texts(split([page(1, *title, *body(3))]), kind="heading") == ["4 Enhancing innovation capacity using AI"]


def test_footnotes_and_numbered_headings_at_the_edge_are_no_furniture() -> None:
    pages = [
        page(
            number,
            (f"Objective {number // 3 + 1}.{number * number}", {"top": 60, "size": 10}),
            *body(1, f"Text {chr(64 + number)} of the pages on which objectives are set by the ministry of the"),
            (f"{3 * number} See annex.", {"top": 815, "size": 7, "block": 2}),
        )
        for number in range(1, 7)
    ]
    assert not any("Objective" in text for text in texts(split(pages), "furniture"))


def test_sections_are_carried_over_pages() -> None:
    passages = split(
        [
            page(1, ("A plan", {"size": 24}), ("1 Priorities", {"size": 16, "block": 1}), *body(2)),
            page(2, *body(1), ("1.1 Health", {"size": 12, "bold": True, "block": 2}), *body(3)),
            page(3, ("2 Funding", {"size": 16}), *body(1), ("Run-in heading", {"bold": True, "block": 2}), *body(2)),
        ]
    )
    paragraphs = [(passage.page_number, passage.section) for passage in passages if passage.kind == "paragraph"]
    assert paragraphs == [
        (1, ("A plan", "1 Priorities")),
        (2, ("A plan", "1 Priorities")),
        (2, ("A plan", "1 Priorities", "1.1 Health")),
        (3, ("A plan", "2 Funding")),
        (3, ("A plan", "2 Funding", "Run-in heading")),
    ]


def test_table_rows_carry_the_header() -> None:
    cells: list[Spec] = []
    for row, names in enumerate([("Priority", "Budget"), ("Robotics", "20 million"), ("Quantum", "35 million")]):
        for column, name in enumerate(names):
            cells.append(
                (name, {"block": 1, "role": "table_row", "row": row, "x0": 60 + 200 * column, "top": 300 + 20 * row})
            )
    passages = split([page(1, *body(0), *cells)])
    rows = [(passage.text, passage.lead_in) for passage in passages if passage.kind == "table_row"]
    assert rows == [
        ("Priority Budget", ""),
        ("Robotics 20 million", "Priority Budget"),
        ("Quantum 35 million", "Priority Budget"),
    ]


def test_footnotes() -> None:
    note: list[Spec] = [
        ("1 See the annual report of the innovation agency,", {"size": 7, "top": 760, "block": 5}),
        ("which lists all projects.", {"size": 7, "top": 769, "block": 5}),
    ]
    passages = split([page(1, *body(1), *note), page(2, *body(1))])
    assert texts(passages, kind="footnote") == [
        "1 See the annual report of the innovation agency, which lists all projects."
    ]


def test_a_sentence_is_joined_over_blocks_but_not_over_pages() -> None:
    first: Spec = ("The government will fund research into new", {"block": 1})
    second: Spec = ("materials and into batteries.", {"block": 2, "top": 90, "x0": 320})
    passages = split([page(1, first, second), page(2, ("as well as this.", {}))])
    assert texts(passages) == [
        "The government will fund research into new materials and into batteries.",
        "as well as this.",
    ]


def test_long_text_is_cut_at_sentence_ends_into_equal_parts() -> None:
    text = " ".join(f"Dr. Smith met Prof. J. Lee on 3. Mai for the {place}th time, e.g. here." for place in range(60))
    spans = cut_long(text, 0, len(text), WORDS.abbreviations, 100, 400)
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    assert all(text[:end].rstrip().endswith("here.") for _, end in spans)
    lengths = [len(text[start:end].split()) for start, end in spans]
    assert max(lengths) <= 100
    assert min(lengths) > 60


def test_sentences_end_before_capitals_and_in_japanese_anywhere() -> None:
    text = "It grows by 2.5 percent. (See annex.) and so on! Next?\u3000東京です。大阪です。"
    pieces, start = [], 0
    for end in [*sentence_ends(text, 0, len(text), WORDS.abbreviations), len(text)]:
        pieces.append(text[start:end].strip())
        start = end
    assert pieces == ["It grows by 2.5 percent.", "(See annex.) and so on!", "Next?", "東京です。", "大阪です。"]


@pytest.mark.parametrize(
    "unit", ["word ", "無", "- • ", "a-\n", "1. ", "... ", "\x02", "(((", "A, ", " \u00ad", "• a. "]
)
def test_a_line_of_a_million_characters_takes_little_time(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    began = time.process_time()
    passages = split([plain(text)])
    assert time.process_time() - began < 6
    assert all(len(passage.text) < 4000 for passage in passages)


def test_pages_that_were_not_read_give_no_passages() -> None:
    unread = [
        Page("doc", n, "", status, "some text", 0, 0, ()) for n, status in enumerate(("garbled", "no_text", "empty"), 1)
    ]
    assert split(unread) == []


def test_languages_of_passages() -> None:
    german = (
        "Die Bundesregierung fördert die Entwicklung von Quantencomputern und stärkt damit die Wirtschaft im Lande."
    )
    malay = (
        "Kerajaan akan membantu syarikat tempatan menggunakan teknologi digital untuk meningkatkan produktiviti mereka."
    )
    english = "The federal government supports the development of quantum computers and strengthens the economy."
    text = f"{english}\n\n{german}\n\nQuantum AI 2030\n\n{malay}"
    found = {passage.text[:3]: passage.language for passage in split([plain(text)])}
    assert found == {"The": "en", "Die": "de", "Qua": "en", "Ker": "ms"}
    assert [passage.language for passage in split([plain(malay)], "ms")] == ["ms"]
    assert [passage.language for passage in split([plain(malay)], "")] == ["ms"]
    assert detect_language(german) == "de"
    assert detect_language("12 345") == "und"


def test_the_same_pages_give_the_same_passages() -> None:
    pages = [page(number, ("A plan", {"size": 24}), *body(1)) for number in (1, 2, 3)]
    assert split(pages) == split(pages)
    assert len({passage.id for passage in split(pages)}) == len(split(pages))


def test_faults_in_the_words_of_layout_are_sentences(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    for content, expected in [
        ("contents: [a]", "contents holds list; expected languages"),
        ("headings: {en: [a]}", "has the group 'headings'"),
        ("contents: {en: [no]}", "contents, en: expected a list of words"),
        ("- a", "holds list; expected the groups"),
        ("a: [", "is not valid YAML"),
    ]:
        path.write_text(content, encoding="utf-8")
        with pytest.raises(ValueError, match=expected.replace("[", r"\[")):
            load_layout_words(path)


def test_layout_is_judged_by_form_alone_without_words() -> None:
    passages = split_passages([page(1, *body(1))], document_language="en", languages=["en"], layout_words=LayoutWords())
    assert [passage.kind for passage in passages] == ["paragraph"]
