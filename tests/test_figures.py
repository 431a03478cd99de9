"""Tests of figures: numbers with units in ten languages, which concept they are of, their kinds, tables, and files."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.amounts import make_quantity_reader
from pipeline.concepts import VocabularyError
from pipeline.concepts.figures import load_figure_words
from pipeline.concepts.money import load_money
from pipeline.figures import Speaker, find_figures, merge_figures, render_figures
from pipeline.figures.finding import plain_decimal
from pipeline.figures.ruled import Cell, Table
from pipeline.figures.tables import _TableReader, candidate_pages
from pipeline.schemas import Document, Figure, Line, Mention, Page, Passage, Quantity
from pipeline.stages.figures import make_speaker

MODELS = Path(__file__).parents[1] / "models"
LANGUAGES = ("de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "zh")
AI, ROBOTS = "artificial-intelligence", "robotics"
DOCUMENT = Document("doc", "DEU", 2020, "T", "I", "en", "industrial-strategy", "", "", "", "", "", "")


@cache
def speaker(language: str) -> Speaker:
    found = make_speaker(MODELS, language)
    assert found is not None
    return found


def quantities(language: str, text: str, country: str = "DEU") -> list[str]:
    """Return the quantities of a sentence in one line each: value, unit, per, direction, baseline and years."""
    return [shown(quantity) for quantity in speaker(language).find(text, country)]


def shown(q: Quantity) -> str:
    value = plain_decimal(q.low) if q.low == q.high else f"{plain_decimal(q.low)}-{plain_decimal(q.high)}"
    parts = [value, q.currency or q.unit]
    parts += [f"per {q.per}"] * bool(q.per) + [q.direction] * bool(q.direction)
    parts += [] if q.baseline is None else [f"from {q.baseline:f}"]
    years = [year for year in (q.first_year, q.last_year) if year is not None]
    return " ".join([*parts, *(str(year) for year in dict.fromkeys(years))])


def sentence(
    text: str,
    *terms: tuple[str, str],
    language: str = "en",
    level: str = "targeted",
    kind: str = "paragraph",
    **more: Any,
) -> tuple[list[Mention], dict[str, Passage], dict[int, Page]]:
    """Return a page of one sentence, its passage, and the mentions of terms in it, each where it first stands."""
    page = Page("doc", 1, "i", "ok", text, 600, 800, ())
    alignment = ((0, 0),)
    passage = Passage("p", "doc", 1, 0, len(text), text, alignment, kind, "body", (), more.get("lead_in", ""), language)
    mentions = [
        Mention(
            f"m{number}", "p", "doc", 1, 0, len(text), text.index(term), text.index(term) + len(term), concept,
            f"{concept}:{term}", term, text, "", "", kind, level, (), language,
        )
        for number, (concept, term) in enumerate(terms)
    ]  # fmt: skip
    return mentions, {"p": passage}, {1: page}


def figures(text: str, *terms: tuple[str, str], **options: Any) -> list[Figure]:
    mentions, passages, pages = sentence(text, *terms, **options)
    language = options.get("language", "en")
    return find_figures(DOCUMENT, mentions, passages, pages, {language: speaker(language)})


def tied(text: str, *terms: tuple[str, str], **options: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for figure in figures(text, *terms, **options):
        found.setdefault(figure.concept, []).append(f"{figure.value} {figure.currency or figure.unit}")
    return found


# Numbers and their units


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "We will train 2,500 AI researchers by 2025.", ["2500 researchers 2025"]),
        ("en", "density rose to 113 robots per 10,000 workers in 2017", ["113 robots per 10000 workers reach 2017"]),
        ("en", "reduce emissions by at least 40% by 2030", ["40 percent reduce_by 2030"]),
        ("en", "from 3 % in 2019 to 5 % in 2025", ["5 percent reach from 3 2025"]),
        ("en", "increase the number of AI firms from 3,000 to 5,000", ["5000 firms reach from 3000"]),
        ("en", "Between 20 and 30 per cent of SMEs", ["20-30 percent"]),
        ("en", "spending of 2.5% of GDP, and £3bn", ["2.5 percent per GDP", "3000000000 GBP"]),
        ("en", "40 GW of electrolysers and a 50-qubit quantum computer", ["40 GW", "50 qubits"]),
        ("de", "Bis 2025 sollen 100 zusätzliche Professuren kommen", ["100 professorships 2025"]),
        ("de", "300 Roboter je 10.000 Beschäftigte", ["300 robots per 10000 workers"]),
        ("fr", "former 3 000 étudiants et passer de 10 % à 25 %", ["3000 students", "25 percent reach from 10"]),
        ("es", "formar a 5.000 profesionales hasta 2025", ["5000 people 2025"]),
        ("it", "150 borse di dottorato e 1,2 milioni di utenti", ["150 doctorates", "1200000 users"]),
        ("pt", "investir R$ 100 milhões e formar 10 mil profissionais", ["100000000 BRL", "10000 people"]),
        ("nl", "minimaal 200 onderzoekers en 30 procent", ["200 researchers at_least", "30 percent"]),
        ("pl", "liczba robotów wzrośnie do 200 na 10 000 pracowników", ["200 count per 10000 workers reach"]),
        ("ja", "2025年までに年間25万人、7割", ["250000 people per year 2025", "70 percent"]),
        ("ja", "従業者1万人当たり300台", ["300 machines per 10000 people"]),
        ("zh", "到2025年，建设50个示范区，超过1万亿元", ["50 demonstrators 2025", "1000000000000 CNY at_least"]),
    ],
)  # fmt: skip
def test_numbers_come_with_unit_denominator_direction_and_year(language: str, text: str, expected: list[str]) -> None:
    country = {"pt": "BRA", "zh": "CHN", "ja": "JPN"}.get(language, "GBR")
    assert quantities(language, text, country) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Industry 4.0, 5G, COVID-19 and ISO 27001",
        "Article 5 firms and Regulation 2016/679",
        "Horizon 2020 projects in 2019",
        "the 100,000 Genomes Project",
        "the Quantum 101 courses",
        "technologies27 people like",
        "1. Projects and 2) firms",
        "4.5 Vehicles for all",
        "the three institutes",
        "call 030 123456",
        "on 31 December 2020",
    ],
)
def test_names_references_and_marks_are_no_numbers(text: str) -> None:
    assert quantities("en", text) == []


def test_tables_give_bare_numbers_their_unit_from_the_header() -> None:
    measure, years = speaker("en").measure, speaker("en").years
    found = measure("445", "Planned funding (in € million)", "FRA")
    assert found is not None
    assert (found.low, found.currency) == (Decimal("445e6"), "EUR")
    rand = measure("1 432 099", "Budget R'000", "ZAF")
    assert rand is not None
    assert rand.low == Decimal("1432099000")
    share = measure("12", "Share in %", "FRA")
    assert share is not None
    assert share.unit == "percent"
    assert measure("12", "Description", "FRA") is None
    assert years("By 2023") == (None, 2023)
    assert years("2019") == (2019, 2019)
    assert years("France 2030 budget") == (None, None)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789.,%€ -–abMmillion per 10,000 firms年人万", max_size=60), st.sampled_from(LANGUAGES))
def test_quantities_stand_where_they_say(text: str, language: str) -> None:
    found = speaker(language).find(text, "DEU")
    assert all(text[q.start : q.end] and q.low <= q.high for q in found)
    assert all(0 <= q.start < q.end <= len(text) for q in found)


# Which concept


def test_a_number_is_of_the_nearest_concept() -> None:
    text = "We spend €10 million on robots, and €20 million on AI."
    assert tied(text, (ROBOTS, "robots"), (AI, "AI")) == {ROBOTS: ["10000000 EUR"], AI: ["20000000 EUR"]}


def test_members_of_an_enumeration_share_a_number() -> None:
    found = tied("We will invest €5 million in AI and robots.", (ROBOTS, "robots"), (AI, "AI"))
    assert found == {ROBOTS: ["5000000 EUR"], AI: ["5000000 EUR"]}


def test_a_label_before_a_colon_has_its_number() -> None:
    found = tied("We fund robots: €48 million, AI: €65 million", (ROBOTS, "robots"), (AI, "AI"))
    assert found == {ROBOTS: ["48000000 EUR"], AI: ["65000000 EUR"]}


@pytest.mark.parametrize(
    "text",
    [
        "We help AI; the budget is €5 million.",
        "AI and 40% in tools grew.",
        "We like AI. Then came €5 million.",
        "AI " + "with many more words in between " * 4 + "has €5 million.",
        "Costs are €400 million and the AI industry is large.",
    ],
)
def test_what_a_stop_or_a_conjunction_parts_is_not_tied(text: str) -> None:
    assert tied(text, (AI, "AI")) == {}


def test_a_number_tied_to_nothing_is_no_figure() -> None:
    assert figures("The sum of €5 million is a lot of money.") == []


# Kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We will train 5,000 AI engineers by 2025.", "target"),
        ("Our goal is that 70% of firms use AI.", "target"),
        ("Training of 5,000 new AI researchers.", "target"),
        ("The Government will invest €5 million in AI.", "commitment"),
        ("Funding for AI of €5 million was announced.", "commitment"),
        ("In 2017 the AI market had revenues of €5 million.", "statistic"),
        ("According to a survey, 35% of firms use AI.", "statistic"),
        ("AI could add 10% to output by 2030.", "statistic"),
        ("In 2015, 30 AI start-ups were founded.", "statistic"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    level = "mentioned" if kind == "statistic" else "targeted"
    assert [figure.kind for figure in figures(text, (AI, "AI"), level=level)] == [kind]


@pytest.mark.parametrize(
    ("language", "text", "term", "kind"),
    [
        ("de", "Bis 2025 wollen wir 70 Prozent der KI elektrifizieren.", "KI", "target"),
        ("de", "Der Bund fördert die KI mit 500 Millionen Euro.", "KI", "commitment"),
        ("fr", "L'objectif est de former 500 étudiants en IA d'ici 2025.", "IA", "target"),
        ("fr", "Selon une étude, 35 % des entreprises utilisent l'IA.", "IA", "statistic"),
        ("ja", "2025年までにAI人材を25万人育成することを目指す。", "AI", "target"),
        ("ja", "AIの市場規模は2015年に約500億円であった。", "AI", "statistic"),
        ("zh", "到2027年，人工智能应用普及率超70%。", "人工智能", "target"),
        ("pl", "Na sztuczną inteligencję przeznaczono 1,5 miliarda euro.", "sztuczną inteligencję", "commitment"),
    ],
)
def test_kinds_in_other_languages(language: str, text: str, term: str, kind: str) -> None:
    level = "mentioned" if kind == "statistic" else "targeted"
    found = figures(text, (AI, term), language=language, level=level)
    assert [figure.kind for figure in found] == [kind]


def test_a_target_takes_the_year_of_its_lead_in() -> None:
    (figure,) = figures("Train 500 AI engineers", (AI, "AI"), kind="list_item", lead_in="By 2030, we will:")
    assert (figure.kind, figure.year) == ("target", 2030)


# Evidence


def test_offsets_lead_through_cleaned_text_to_the_page() -> None:
    raw = "We will invest\n€5 mil-\nlion in AI."
    text = "We will invest €5 million in AI."
    mentions, _, _ = sentence(raw, (AI, "AI"))
    alignment = ((0, 0), (21, 23))
    passage = Passage("p", "doc", 1, 0, len(raw), text, alignment, "paragraph", "body", (), "", "en")
    page = Page("doc", 1, "i", "ok", raw, 600, 800, ())
    (figure,) = find_figures(DOCUMENT, mentions, {"p": passage}, {1: page}, {"en": speaker("en")})
    assert raw[figure.number_start : figure.number_end] == "€5 mil-\nlion"
    assert raw[figure.start : figure.end] == raw
    assert figure.page_label == "i"


def test_a_page_that_does_not_hold_the_number_is_told() -> None:
    mentions, passages, _ = sentence("We will invest €5 million in AI.", (AI, "AI"))
    page = Page("doc", 1, "i", "ok", "We will invest €6 million in AI.", 600, 800, ())
    with pytest.raises(ValueError, match=r"page 1: the number '€5 million' should stand at characters 15 to 25"):
        find_figures(DOCUMENT, mentions, passages, {1: page}, {"en": speaker("en")})


# Tables

ROWS = (("Measure", "By 2023 (€ million)", "Share"), ("AI institutes", "445", "29%"), ("Other things", "12", "3%"))


def table(rows: tuple[tuple[str, ...], ...] = ROWS) -> tuple[Table, list[Mention]]:
    """Return a table of one line a cell, a hundred points wide and ten high, with the mentions of AI in it."""
    text, lines, cells = "", [], []
    for number, row in enumerate(rows):
        for place, words in enumerate(row):
            box = (100.0 * place, 10.0 * number, 100.0 * place + 99, 10.0 * number + 9)
            line = Line(len(text), len(text) + len(words), *box, 10, False, 0, "table_row", number)
            text += words + "\n"
            lines.append(line)
            cells.append(Cell(box, (line,)))
    page = Page("doc", 1, "", "ok", text, 600, 800, tuple(lines))
    start = text.index("AI")
    span = (start, start + 2)
    mention = Mention(
        "m", "p", "doc", 1, *span, *span, AI, "r", "AI", "AI", "", "", "table_row", "targeted", (), "en"
    )  # fmt: skip
    return Table(page, tuple(cells), ()), [mention]


def test_cells_take_concept_from_the_row_and_unit_and_year_from_the_header() -> None:
    own, mentions = table()
    found = list(_TableReader(DOCUMENT, own, mentions, {"en": speaker("en")}, 80).figures())
    assert [(f.concept, f.value, f.currency or f.unit, f.year, f.source) for f in found] == [
        (AI, "445000000", "EUR", 2023, "table"),
        (AI, "29", "percent", None, "table"),
    ]
    assert found[0].quote == "AI institutes 445 29%"
    assert own.page.text[found[0].number_start : found[0].number_end] == "445"


def test_a_number_without_a_unit_in_cell_header_or_caption_is_left_out() -> None:
    own, mentions = table((("Measure", "Code"), ("AI institutes", "445")))
    assert list(_TableReader(DOCUMENT, own, mentions, {"en": speaker("en")}, 80).figures()) == []


def test_only_pages_with_a_term_in_a_row_and_a_digit_are_opened() -> None:
    own, mentions = table()
    assert candidate_pages({1: own.page}, mentions, 60) == [1]
    assert candidate_pages({1: own.page}, [], 60) == []
    assert candidate_pages({1: own.page}, mentions, 0) == []


def test_a_number_that_text_and_table_both_give_is_the_tables() -> None:
    (figure,) = figures("We will invest €5 million in AI.", (AI, "AI"))
    same = replace(figure, source="table", concept=ROBOTS)
    other = replace(same, page_number=2)
    assert merge_figures([figure], []) == [figure]
    assert merge_figures([figure], [same]) == [same]
    assert merge_figures([figure], [other]) == [figure, other]


# Files


def test_csv_has_plain_numbers_and_harmless_texts() -> None:
    (figure,) = figures("=Growth of AI was -3 % in 2019.", (AI, "AI"), level="mentioned")
    (row,) = csv.DictReader(io.StringIO(render_figures([figure]).decode()))
    assert (row["value"], row["unit"], row["year"]) == ("-3", "percent", "2019")
    assert row["quote"].startswith("'=")
    assert row["value_to"] == ""


@pytest.mark.parametrize(
    ("line", "changed", "fault"),
    [
        ("  percent: [per cent", "  percents: [per cent", r"en\.yaml, line \d+: .*'percents'.*did you mean 'percent'"),
        ("head: last", "head: middle", r"line \d+: head is 'middle'; expected last, first or touching"),
        ("language: en", "language: xx", r"line \d+: language is 'xx' in the file en.yaml"),
        ("target: [target,", "target: [target, Target,", r"line \d+: 'Target' stands twice in target"),
        ("reach: [reach,", "reach: [re*ch,", r"line \d+: 're\*ch' in reach: '\*' may only end a word"),
        ("reach: [reach,", "reahc: [reach,", r"line \d+: unknown key 'reahc' in the file"),
    ],
)
def test_faults_in_the_words_are_told_with_file_and_line(tmp_path: Path, line: str, changed: str, fault: str) -> None:
    shutil.copytree(MODELS / "figures", tmp_path / "figures")
    path = tmp_path / "figures" / "en.yaml"
    text = path.read_text()
    assert line in text
    path.write_text(text.replace(line, changed, 1))
    with pytest.raises(VocabularyError, match=fault):
        load_figure_words(tmp_path, LANGUAGES)


def test_a_symbol_leads_to_a_unit(tmp_path: Path) -> None:
    shutil.copytree(MODELS / "figures", tmp_path / "figures")
    path = tmp_path / "figures" / "units.yaml"
    path.write_text(path.read_text().replace("  GW: GW", "  GW: GWW"))
    with pytest.raises(VocabularyError, match=r"units\.yaml, line \d+: the symbol 'GW' names the unit 'GWW'"):
        load_figure_words(tmp_path, LANGUAGES)


def test_every_language_with_words_of_money_has_words_of_figures() -> None:
    money = load_money(MODELS)
    rules = load_figure_words(MODELS, money)
    assert {words.language for words in rules.words} == set(money)
    with pytest.raises(ValueError, match=r"no file en\.yaml"):
        make_quantity_reader(money["en"], type(rules)(rules.counts, rules.symbols, ()))


def test_a_sentence_goes_on_where_a_line_has_other_text_beside_it() -> None:
    text = "AI has grown by\n92 per cent over ten years. Costs fell by 5 per cent."
    mentions, _, pages = sentence(text, (AI, "AI"))
    cut = [replace(mention, end=text.index("\n"), quote="AI has grown by") for mention in mentions]
    clean = Passage(
        "p", "doc", 1, 0, len(text), text, ((0, 0),), "paragraph", "body", (), "", "en", (text.index("\n"),)
    )
    found = find_figures(DOCUMENT, cut, {"p": clean}, pages, {"en": speaker("en")})
    assert [(figure.value, figure.quote) for figure in found] == [("92", "AI has grown by 92 per cent over ten years.")]
    line = Line(0, text.index("\n"), 0, 0, 9, 9, 10, False, 0, "table_row", 0, False)
    ruled = {1: replace(pages[1], lines=(line,))}
    assert find_figures(DOCUMENT, cut, {"p": clean}, ruled, {"en": speaker("en")}) == []


def test_labels_of_charts_and_scraps_are_no_figures() -> None:
    assert figures("AI share by country: 63% 65% 66% 73%", (AI, "AI")) == []
    assert figures("AI £347", (AI, "AI")) == []
