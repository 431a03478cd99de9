"""Amounts of money: how they are written in ten languages, what is said of their years, and the files of words."""

from __future__ import annotations

import re
import shutil
import time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.amounts import MoneyRules, find_money
from pipeline.concepts import VocabularyError
from pipeline.concepts.money import load_money
from pipeline.schemas import Money, shown

MODELS = Path(__file__).parents[1] / "models"
RULES = {language: MoneyRules(words) for language, words in load_money(MODELS).items()}

FOUND = {
    "en": [
        ("We put €3 billion into chips by 2025.", "EUR 3,000,000,000 by 2025"),
        ("It costs £400,000.", "GBP 400,000"),
        ("They got US$2.5bn over five years.", "USD 2,500,000,000 over 5 years"),
        ("EUR 5 million and 5 million EUR", "EUR 5,000,000; EUR 5,000,000"),
        ("€3-5 billion between 2021 and 2027", "EUR 3,000,000,000 to 5,000,000,000 2021-2027"),
        ("between $5 and $10 million per year", "USD 5,000,000 to 10,000,000 a year"),
        ("half a billion euros annually until 2030", "EUR 500,000,000 a year by 2030"),
        ("a five-year £500m fund", "GBP 500,000,000 over 5 years"),
        ("Rs 5,000 crore, INR 2 lakh crore and ₹1,00,000", "INR 50,000,000,000; INR 2,000,000,000,000; INR 100,000"),
        ("DKK 20 million (about EUR 2.7 million) in 2019", "DKK 20,000,000 in 2019; EUR 2,700,000 in 2019"),
        ("In 2018 €30 million, and in FY 2019-20 €40 million", "EUR 30,000,000 in 2018; EUR 40,000,000 2019-2020"),
        ("It grew from €3bn to €5bn.", "EUR 3,000,000,000; EUR 5,000,000,000"),
        ("A wage of £33,80029 by 203067", "GBP 33,800 by 2030"),
        ("from 2024, £2 million a year", "GBP 2,000,000 a year from 2024"),
        ("EUR 294,9 billion at RMB 12 billion", "EUR 294,900,000,000; CNY 12,000,000,000"),
        ("a 10-million-euro grant of $100 to $200", "EUR 10,000,000; USD 100 to 200"),
    ],
    "fr": [
        ("7 Md€ d’ici fin 2025", "EUR 7,000,000,000 by 2025"),
        ("de 250 à 420 milliards d’euros", "EUR 250,000,000,000 to 420,000,000,000"),
        ("entre 5 et 8 Md$ par an", "USD 5,000,000,000 to 8,000,000,000 a year"),
        ("500 M€ sur 5 ans", "EUR 500,000,000 over 5 years"),
        ("2\u202f500\u202f000 euros en 2023", "EUR 2,500,000 in 2023"),
        ("un budget annuel de 1,5 million d'euros", "EUR 1,500,000 a year"),
        ("sur la période 2021-2027, 95,5 milliards d'euros", "EUR 95,500,000,000 2021-2027"),
        ("10 millions de dollars canadiens à partir de 2024", "CAD 10,000,000 from 2024"),
        ("deux milliards d’euros, 100 $ US et 3 k€", "EUR 2,000,000,000; USD 100; EUR 3,000"),
    ],
    "de": [
        ("3 Mrd. Euro bis 2025", "EUR 3,000,000,000 by 2025"),
        ("zehn bis zwölf Milliarden Euro", "EUR 10,000,000,000 to 12,000,000,000"),
        ("1,392 Billionen Euro, aber 1.308 Euro", "EUR 1,392,000,000,000; EUR 1,308"),
        ("jährlich 518 Mio. Euro bis Ende 2029", "EUR 518,000,000 a year by 2029"),
        ("zwischen 3 und 5 Mio. € pro Jahr", "EUR 3,000,000 to 5,000,000 a year"),
        ("anderthalb Milliarden Euro in fünf Jahren", "EUR 1,500,000,000 over 5 years"),
        ("ab 2019 50 Millionen Euro", "EUR 50,000,000 from 2019"),
        ("8,50 Euro je Stunde und 1'000'000 Franken", "EUR 8.5 an hour; CHF 1,000,000"),
        ("ein 3-Milliarden-Euro-Programm von 2021 bis 2024", "EUR 3,000,000,000 2021-2024"),
    ],
    "nl": [
        ("€ 3,5 miljard tot en met 2030", "EUR 3,500,000,000 by 2030"),
        ("jaarlijks 25 miljoen euro", "EUR 25,000,000 a year"),
        ("in de periode 2021-2027 1,2 mld. euro", "EUR 1,200,000,000 2021-2027"),
        ("tussen de 5 en 10 miljoen euro", "EUR 5,000,000 to 10,000,000"),
        ("€ 20 mln over vijf jaar", "EUR 20,000,000 over 5 years"),
        ("vanaf 2024 € 40 miljoen per jaar", "EUR 40,000,000 a year from 2024"),
        ("anderhalf miljard euro in 2025", "EUR 1,500,000,000 in 2025"),
        ("€ 500.000 en een half miljard dollar", "EUR 500,000; USD 500,000,000"),
    ],
    "ja": [
        ("1兆2000億円を投じる。", "JPY 1,200,000,000,000"),
        ("2030年までに15兆円", "JPY 15,000,000,000,000 by 2030"),
        ("5年間で約3億５千万円", "JPY 350,000,000 over 5 years"),
        ("年間2億円、2～3万円/人", "JPY 200,000,000 a year; JPY 20,000 to 30,000 a person"),
        ("14兆1,862億円（2016年度）", "JPY 14,186,200,000,000 in 2016"),
        ("令和3年度から5年度まで二千億円", "JPY 200,000,000,000 2021-2023"),
        ("2021年度から2025年度まで総額3兆円", "JPY 3,000,000,000,000 2021-2025"),
        ("2010年の10億ドルから2015年には20億ユーロ", "USD 1,000,000,000 in 2010; EUR 2,000,000,000 in 2015"),
        ("2011年価格で2万5,692円", "JPY 25,692"),
    ],
    "es": [
        ("1.500 millones de euros hasta 2026", "EUR 1,500,000,000 by 2026"),
        ("3 mil millones de pesos chilenos al año", "CLP 3,000,000,000 a year"),
        ("2 mil 500 millones de dólares", "USD 2,500,000,000"),
        ("Entre 2021 y 2027, USD 500 millones", "USD 500,000,000 2021-2027"),
        ("entre 5 y 10 millones de euros anuales", "EUR 5,000,000 to 10,000,000 a year"),
        ("US$ 2,5 billones", "USD 2,500,000,000,000"),
        ("En los próximos cinco años, 800 M€", "EUR 800,000,000 over 5 years"),
        ("medio millón de dólares a partir de 2024", "USD 500,000 from 2024"),
    ],
    "pt": [
        ("R$ 3 bilhões até 2026", "BRL 3,000,000,000 by 2026"),
        ("2 mil milhões de euros por ano", "EUR 2,000,000,000 a year"),
        ("entre 2021 e 2027, 500 milhões de euros", "EUR 500,000,000 2021-2027"),
        ("USD 13.9 bilhões em 201812", "USD 13,900,000,000 in 2018"),
        ("R$ 1.234.567,89", "BRL 1,234,567.89"),
        ("de 5 a 10 milhões de reais", "BRL 5,000,000 to 10,000,000"),
        ("nos próximos cinco anos, US$ 40 mi", "USD 40,000,000 over 5 years"),
        ("224 milhões USD e um bilhão de dólares", "USD 224,000,000; USD 1,000,000,000"),
    ],
    "it": [
        ("2,5 miliardi di euro entro il 2025", "EUR 2,500,000,000 by 2025"),
        ("tra 5 e 10 milioni di euro all’anno", "EUR 5,000,000 to 10,000,000 a year"),
        ("dal 2021 al 2026 500 mln €", "EUR 500,000,000 2021-2026"),
        ("un budget annuo di 30 milioni di euro", "EUR 30,000,000 a year"),
        ("entro la fine del 2025 euro 2,5 milioni", "EUR 2,500,000 by 2025"),
        ("nei prossimi cinque anni 200 mila euro", "EUR 200,000 over 5 years"),
        ("3 mld € nel quinquennio 2021-2025", "EUR 3,000,000,000 2021-2025"),
        ("EUR 1.250.000,50 e mezzo miliardo di dollari", "EUR 1,250,000.5; USD 500,000,000"),
    ],
    "pl": [
        ("2,5 mld zł do 2027 r.", "PLN 2,500,000,000 by 2027"),
        ("rocznie 150 mln złotych", "PLN 150,000,000 a year"),
        ("w latach 2021–2027 ok. 1\u00a0300\u00a0000 euro", "EUR 1,300,000 2021-2027"),
        ("od 5 do 10 mln zł", "PLN 5,000,000 to 10,000,000"),
        ("pół miliarda złotych w ciągu pięciu lat", "PLN 500,000,000 over 5 years"),
        ("do końca 2030 r. 40 mln USD", "USD 40,000,000 by 2030"),
        ("między 3 a 5 mld zł", "PLN 3,000,000,000 to 5,000,000,000"),
        ("1,5 miliarda euro w 2024 roku", "EUR 1,500,000,000 in 2024"),
    ],
    "zh": [
        ("到2030年投入1.5万亿元", "CNY 1,500,000,000,000 by 2030"),
        ("未来五年投入3000亿元", "CNY 300,000,000,000 over 5 years"),
        ("每年2000万元，自2022年起", "CNY 20,000,000 a year from 2022"),
        ("2021—2025年安排人民币50亿元", "CNY 5,000,000,000 2021-2025"),
        ("约500万至800万欧元", "EUR 5,000,000 to 8,000,000"),
        ("三千五百亿日元，¥300亿", "JPY 350,000,000,000; CNY 30,000,000,000"),
        ("２０２４年底前投入１００亿美元", "USD 10,000,000,000 by 2024"),
        ("年均投入20亿元人民币", "CNY 2,000,000,000 a year"),
    ],
}

NOT_FOUND = {
    "en": "3 million people; 5 billion devices; page 3 of 5; 20 per cent; a million jobs; the 19 euro area countries; "
    "budgets in EUR millions: 12; £ million 350; let $x = y; constant 2020 US dollars; COP 21; Euro 6; 5 pounds of tin",
    "fr": "3 millions de personnes; 5 % en France; (M€) 12; la zone euro; 2030; des milliards d’euros",
    "de": "3 Millionen Menschen; 5 Milliarden Geräte; Seite 5; (in Mrd. Euro) 12; jeder Euro; Euro 6",
    "nl": "3 miljoen banen; 5 miljard apparaten; 19 eurolanden; iedere euro; in miljoenen euro's: 12",
    "ja": "5億人; 中央一元化; 円滑な移行; 3次元; 数億円; （百万円）; 元請け2万社; 第1四半期",
    "es": "3 millones de personas; tres mil dispositivos; en millones de euros: 12; 5 por ciento; página 7",
    "pt": "3 milhões de pessoas; em bilhões de USD; Lei nº 13.709; 5 por cento; página 7",
    "it": "3 milioni di persone; veicoli Euro 6; in milioni di euro: 12; DM 226/21; 5 per cento",
    "pl": "3 mln osób; 5 mld urządzeń; (w milionach złotych) 12; strona 7; 5 procent",
    "zh": "3亿人; 50亿台设备; 一元化管理; 多元共治; 单位：亿元; 第1个",
}


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [(language, sentence, expected) for language, cases in FOUND.items() for sentence, expected in cases],
)
def test_finds_amounts_and_what_is_said_of_them(language: str, sentence: str, expected: str) -> None:
    found = find_money(sentence, RULES[language])
    assert "; ".join(map(shown, found)) == expected
    assert all(sentence[money.start : money.end] == money.text for money in found)


@pytest.mark.parametrize(
    ("language", "words"), [(language, words) for language, text in NOT_FOUND.items() for words in text.split("; ")]
)
def test_takes_no_number_without_a_currency_for_money(language: str, words: str) -> None:
    assert find_money(words, RULES[language]) == []


def test_every_language_has_eight_cases() -> None:
    assert FOUND.keys() == NOT_FOUND.keys() == RULES.keys()
    assert min(map(len, FOUND.values())) >= 8


@pytest.mark.parametrize(
    ("country", "text", "expected"),
    [
        ("", "$5", "USD"), ("USA", "$5", "USD"), ("EUU", "$5", "USD"), ("AUS", "$5", "AUD"), ("SGP", "$5", "SGD"),
        ("CHL", "$5", "CLP"), ("CHL", "5 dollars", "USD"), ("CAN", "5 dollars", "CAD"), ("CAN", "US$5", "USD"),
        ("AUS", "$5 million USD", "USD"), ("NOR", "kr 5", "NOK"), ("DNK", "5 million kroner", "DKK"),
        ("SWE", "5 crowns", "SEK"), ("GBR", "5 crowns", ""), ("ZAF", "R9,67 billion", "ZAR"), ("GBR", "R9 billion", ""),
        ("JPN", "¥5", "JPY"), ("CHN", "¥5", "CNY"), ("KOR", "5 won", "KRW"), ("GBR", "5 won", ""),
        ("GBR", "5 pounds", "GBP"), ("USA", "5 pounds", ""), ("", "TT$5", ""), ("", "Pi-SAR3", ""),
    ],
)  # fmt: skip
def test_the_country_decides_what_an_ambiguous_currency_means(country: str, text: str, expected: str) -> None:
    assert [money.currency for money in find_money(text, RULES["en"], country)] == ([expected] if expected else [])


def test_the_country_decides_what_a_sign_before_three_decimals_means() -> None:
    assert find_money("R68,250 billion", RULES["en"], "ZAF")[0].low == Decimal("68.25e9")
    assert find_money("$1,234 billion", RULES["en"], "USA")[0].low == Decimal("1234e9")
    assert find_money("$1.234 millones", RULES["es"], "MEX")[0].low == Decimal("1.234e6")
    assert find_money("$1.234 millones", RULES["es"], "CHL")[0].low == Decimal("1234e6")


def test_a_symbol_belongs_to_the_number_that_it_stands_at() -> None:
    found = find_money("In 2018 €30 and 2,8 Md$111 or 4 M€ 2021-2027, 25 M€ 112", RULES["fr"])
    assert [money.text for money in found] == ["€30", "2,8 Md$", "4 M€", "25 M€"]
    assert [money.text for money in find_money("R9 billion R&D of £2bn R&D", RULES["en"], "ZAF")] == [
        "R9 billion",
        "£2bn",
    ]


def test_amounts_know_their_unit_and_their_range() -> None:
    money = find_money("rund 3 bis 5 Mrd. € pro Jahr", RULES["de"])[0]
    assert money == Money(5, 19, "3 bis 5 Mrd. €", Decimal("3e9"), Decimal("5e9"), "EUR", "Mrd.", "year")
    assert find_money("€1.5bn", RULES["en"])[0].unit == "bn"
    assert find_money("€15", RULES["en"])[0].unit == ""


def test_a_range_has_its_lower_end_first() -> None:
    with pytest.raises(ValueError, match="lower amount first"):
        Money(0, 1, "x", Decimal(2), Decimal(1), "EUR")
    with pytest.raises(ValueError, match="offsets 2:1"):
        Money(2, 1, "x", Decimal(1), Decimal(1), "EUR")


SPACES = (" ", "\u00a0", "\u2009", "\u202f")
# How each language writes: decimals, thousands, units with their powers, currencies behind a unit, and behind a number.
STYLES = {
    "en": (".", ",", {"million": 6, "billion": 9, "bn": 9, "trillion": 12}, {"euros": "EUR", "US dollars": "USD"}),
    "fr": (",", " ", {"millions": 6, "milliards": 9}, {"d'euros": "EUR", "de dollars canadiens": "CAD"}),
    "de": (",", ".", {"Mio.": 6, "Mrd.": 9, "Milliarden": 9, "Billionen": 12}, {"Euro": "EUR", "US-Dollar": "USD"}),
    "nl": (",", ".", {"miljoen": 6, "mld.": 9, "biljoen": 12}, {"euro": "EUR", "Zweedse kronen": "SEK"}),
    "ja": (".", ",", {"万": 4, "億": 8, "兆": 12}, {"円": "JPY", "米ドル": "USD", "ユーロ": "EUR"}),
    "es": (",", ".", {"millones": 6, "mil millones": 9, "billones": 12}, {"de euros": "EUR", "de soles": "PEN"}),
    "pt": (",", ".", {"milhões": 6, "bilhões": 9, "mil milhões": 9}, {"de reais": "BRL", "de euros": "EUR"}),
    "it": (",", ".", {"milioni": 6, "mld": 9, "miliardi": 9}, {"di euro": "EUR", "di dollari": "USD"}),
    "pl": (",", " ", {"mln": 6, "mld": 9, "bilionów": 12}, {"zł": "PLN", "euro": "EUR"}),
    "zh": (".", ",", {"万": 4, "亿": 8, "万亿": 12}, {"元": "CNY", "美元": "USD", "欧元": "EUR"}),
}  # fmt: skip


@st.composite
def renderings(draw: st.DrawFn) -> tuple[str, str, Decimal, str]:
    """Return a language, an amount as it is written there, its value and its currency."""
    language = draw(st.sampled_from(sorted(STYLES)))
    decimal, thousands, units, names = STYLES[language]
    chained = language in ("ja", "zh")
    space = draw(st.sampled_from(SPACES))
    unit = draw(st.sampled_from([*units, ""]))
    if unit:
        value = Decimal(draw(st.integers(1, 99_999))).scaleb(-draw(st.integers(0, 2)))
        number = f"{value:f}".replace(".", decimal)
        value *= 10 ** units[unit]
    else:
        value = Decimal(draw(st.integers(1, 10**10)))
        number = f"{value:,f}".replace(",", space if thousands == " " else thousands)
    gap = draw(st.sampled_from(("", *SPACES)))
    if draw(st.booleans()):
        mark, currency = draw(st.sampled_from((("€", "EUR"), ("£", "GBP"), ("CHF ", "CHF"), ("US$", "USD"))))
        return language, mark + gap + number + (gap + unit if unit else ""), value, currency
    name = draw(st.sampled_from(sorted(names)))
    before_name = "" if chained else space
    short = name.removeprefix("d'").removeprefix("de ").removeprefix("di ")
    currency = names[name]
    return language, number + ((gap + unit + before_name + name) if unit else before_name + short), value, currency


@given(renderings(), st.sampled_from(("", "(", "約", "~ ")), st.sampled_from(("", ")", ".", ", ")))
@settings(max_examples=400)
def test_an_amount_has_one_value_whatever_the_spaces(
    rendering: tuple[str, str, Decimal, str], before: str, after: str
) -> None:
    language, written, value, currency = rendering
    text = before + written + after
    found = find_money(text, RULES[language])
    assert [(money.low, money.high, money.currency, money.text) for money in found] == [
        (value, value, currency, written.removesuffix("."))
    ]


PIECES = st.sampled_from(
    [*"€$£¥元円億万兆年()-–/.,;:0123456789'", " ", "\u00a0", "\u2009", "１", "￥", "2025", "2021-27", "1 000", "bn",
     "m", "kr", "EUR", "R", "million", " million ", "Mrd. ", "euro", " euros", " by ", " in ", " to ", " and ",
     "between ", "from ", "five years", " over 5 years", "a year", "年間", "までに", "令和", "d'", "\ud800",
     "\u200b", "½", "²", "euroſ", "mıllıon", "MİLLİON", "\u212a"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(sorted(RULES)))
@settings(max_examples=400)
def test_whatever_stands_there_the_amounts_are_what_the_text_says(text: str, language: str) -> None:
    found = find_money(text, RULES[language], "SWE")
    for money in found:
        assert text[money.start : money.end] == money.text
        assert re.search(r"\d|[一二三四五六七八九]", money.text) or money.unit
        assert shown(money).startswith(f"{money.currency} ")
    assert all(one.end <= two.start for one, two in pairwise(found))


@pytest.mark.parametrize(
    ("language", "piece"),
    [("en", piece) for piece in ("1", " ", "1.", "€", "€1-", "by 2025 ", "million ")]
    + [("fr", "1 "), ("fr", "1 €"), ("ja", "1兆"), ("ja", "2021-")],
)
def test_the_time_grows_with_the_length_only(language: str, piece: str) -> None:
    text = piece * (200_000 // len(piece)) + " €"
    started = time.perf_counter()
    find_money(text, RULES[language])
    assert time.perf_counter() - started < 60  # seconds at most on a slow machine; the square of it would be hours


@pytest.mark.parametrize(
    ("money", "expected"),
    [
        (Money(0, 0, "", Decimal("3e9"), Decimal("3e9"), "EUR", last_year=2025), "EUR 3,000,000,000 by 2025"),
        (Money(0, 0, "", Decimal("3e9"), Decimal("5e9"), "EUR", first_year=2021, last_year=2027),
         "EUR 3,000,000,000 to 5,000,000,000 2021-2027"),
        (Money(0, 0, "", Decimal("1.2e12"), Decimal("1.2e12"), "JPY", per="year"), "JPY 1,200,000,000,000 a year"),
        (Money(0, 0, "", Decimal("8.50"), Decimal("8.50"), "EUR", per="hour", first_year=2015, last_year=2015),
         "EUR 8.5 an hour in 2015"),
        (Money(0, 0, "", Decimal(7), Decimal(7), "EUR", first_year=2024, duration=1), "EUR 7 from 2024 over 1 year"),
    ],
)  # fmt: skip
def test_shown_is_one_line(money: Money, expected: str) -> None:
    assert shown(money) == expected


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """Return a copy of the currencies and of two languages."""
    folder = tmp_path / "money"
    folder.mkdir()
    for name in ("currencies.yaml", "nl.yaml", "ja.yaml"):
        shutil.copy(MODELS / "money" / name, folder / name)
    return tmp_path


FAULTS = {
    "language of another name": ("nl.yaml", "language: nl", "language: be", "language is 'be' in the file nl.yaml"),
    "unknown key": ("nl.yaml", "never: [euro", "nevr: [euro", "unknown key 'nevr' in the file"),
    "sign of decimals": ("nl.yaml", 'decimal: ","', 'decimal: "-"', "decimal is '-'; expected . or ,."),
    "unknown target": ("nl.yaml", "dollar: dollar", "dollar: dolar", "leads to 'dolar'; expected a code"),
    "power of ten": ("nl.yaml", "1e6: [", "6: [", "the unit '6' must be a power of ten"),
    "unit twice": ("nl.yaml", "[biljoen]", "[miljard]", "the unit 'miljard' stands twice (first in line"),
    "number": ("nl.yaml", "twee: 2", "twee: two", "the number 'twee' is 'two'; expected digits"),
    "side of a period": ("nl.yaml", "    before: [maandelijks", "    befor: [maandelijks", "unknown key 'befor'"),
    "era": ("ja.yaml", "令和: 2018", "令和: now", "the era '令和' is 'now'; expected the year"),
    "chained": ("ja.yaml", "chained: true", "chained: yes", "chained is 'yes'; expected false or true"),
    "code": ("currencies.yaml", "  - AED", "  - aed", "'aed' is no currency code"),
    "code twice": ("currencies.yaml", "  - AED", "  - ARS", "the code 'ARS' stands twice"),
    "country": (
        "currencies.yaml",
        "    AUS: AUD\n    CAN: CAD\n    CHL",
        "    Aus: AUD\n    CHL",
        "'Aus' is no country",
    ),
    "code of a group": ("currencies.yaml", "MYS: MYR", "MYS: RM", "'RM' is no currency code"),
    "sign of a country": ("currencies.yaml", 'ZAF: ","', "ZAF: comma", "decimals in ZAF is 'comma'; expected"),
}


@pytest.mark.parametrize(("name", "old", "new", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_with_file_and_line(models: Path, name: str, old: str, new: str, expected: str) -> None:
    path = models / "money" / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        load_money(models)
    told = str(caught.value).splitlines()
    assert any(re.match(rf"{re.escape(str(path))}, line \d+: ", line) and expected in line for line in told), told


def test_all_faults_are_told_at_once_and_a_missing_file_too(models: Path) -> None:
    (models / "money" / "currencies.yaml").unlink()
    (models / "money" / "nl.yaml").write_text("language: nl\nunits: {1x: [a]}\n", encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        load_money(models)
    assert "cannot be read" in str(caught.value)
    assert "'1x' must be a power of ten" in str(caught.value)


def test_a_language_is_added_by_adding_a_file(models: Path) -> None:
    words = 'language: sv\ndecimal: ","\nnames: {kronor: SEK}\nunits: {1e9: [miljarder]}\nyears: {by: [senast]}\n'
    (models / "money" / "sv.yaml").write_text(words, encoding="utf-8")
    found = find_money("2,5 miljarder kronor senast 2030", MoneyRules(load_money(models)["sv"]))
    assert [shown(money) for money in found] == ["SEK 2,500,000,000 by 2030"]
