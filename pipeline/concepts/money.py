"""The words of money: ``money/currencies.yaml`` for all languages and ``money/<language>.yaml`` for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pipeline.concepts.checks import Faults, Node, Reader, closest
from pipeline.schemas import MoneyWords, YearWords

CURRENCIES = "currencies.yaml"
SIDES = ("before", "after", "never")
YEAR_KEYS = (
    "by", "by_after", "since", "since_after", "in", "between", "and", "to", "fillers", "suffixes", "never", "fiscal",
    "over", "long", "spans", "eras",
)  # fmt: skip
KEYS = (
    "language", "decimal", "chained", "symbols", "names", "never", "units", "numbers", "of", "to", "between", "from",
    "per", "years",
)  # fmt: skip
_CODE = re.compile(r"[A-Z]{3}")
_POWER = re.compile(r"1e([1-9]|1[0-9])")
_NUMBER = re.compile(r"[0-9]{1,4}(\.[0-9]{1,2})?")

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Currencies:
    """What holds in every language: signs and codes, and the groups of currencies that share a sign or a name."""

    symbols: Pairs
    groups: tuple[tuple[str, Pairs], ...]
    decimals: Pairs


def load_money(folder: Path) -> dict[str, MoneyWords]:
    """Read the words of money under ``folder`` (``models/``) by language; raise VocabularyError listing every fault."""
    faults = Faults()
    currencies = read_currencies(folder / "money" / CURRENCIES, faults)
    paths = [path for path in sorted((folder / "money").glob("*.yaml")) if path.name != CURRENCIES]
    found = {path.stem: read_money(path, currencies, faults) for path in paths}
    faults.raise_if_any()
    return found


def read_currencies(path: Path, faults: Faults) -> Currencies:
    """Return the signs, codes and groups of currencies that all languages share."""
    reader = Reader(path, faults)
    head = reader.mapping(reader.read(), "the file", ("codes", "symbols", "groups", "decimals"))
    codes = []
    for code, line in reader.texts(head.get("codes"), "codes"):
        if not _CODE.fullmatch(code):
            reader.fault(line, f"{code!r} is no currency code; expected three capitals as in ISO 4217.")
        if code in codes:
            reader.fault(line, f"the code {code!r} stands twice among the codes; keep one.")
        codes.append(code)
    groups = [(name, _group(reader, name, node)) for name, node in reader.mapping(head.get("groups"), "groups").items()]
    symbols = _targets(reader, head.get("symbols"), "symbols", [name for name, _ in groups])
    own = dict(symbols)
    decimals = _decimals(reader, head.get("decimals"))
    return Currencies((*((code, code) for code in codes if code not in own), *symbols), tuple(groups), decimals)


def read_money(path: Path, currencies: Currencies, faults: Faults) -> MoneyWords:
    """Return the words of one language, joined with the signs and codes of all languages."""
    reader = Reader(path, faults)
    head = reader.mapping(reader.read(), "the file", KEYS)
    language = reader.text(head.get("language"), "language")
    if head and language != path.stem:
        line = head["language"].line if "language" in head else 1
        reader.fault(line, f"language is {language!r} in the file {path.name}; write 'language: {path.stem}'.")
    groups = [name for name, _ in currencies.groups]
    symbols = dict(currencies.symbols) | dict(_targets(reader, head.get("symbols"), "symbols", groups))
    return MoneyWords(
        language=path.stem,
        decimal=reader.choice(head.get("decimal"), "decimal", (".", ",")),
        decimals=currencies.decimals,
        chained=reader.choice(head.get("chained"), "chained", ("false", "true")) == "true",
        symbols=tuple(symbols.items()),
        names=_targets(reader, head.get("names"), "names", groups),
        groups=currencies.groups,
        never=_words(reader, head, "never"),
        units=_units(reader, head.get("units")),
        numbers=_numbers(reader, head.get("numbers")),
        of=_words(reader, head, "of"),
        to=_words(reader, head, "to"),
        between=_pairs(reader, head.get("between"), "between"),
        from_=_words(reader, head, "from"),
        per=_per(reader, head.get("per")),
        years=_years(reader, head.get("years")),
    )


def _group(reader: Reader, name: str, node: Node) -> Pairs:
    found = []
    for country, value in reader.mapping(node, f"the group {name!r}").items():
        code = reader.text(value, f"the currency of {country} in the group {name!r}")
        if country != "default" and not _CODE.fullmatch(country):
            reader.fault(node.key_lines[country], f"{country!r} is no country; write three capitals, or 'default'.")
        if code and not _CODE.fullmatch(code):
            reader.fault(value.line, f"{code!r} is no currency code; expected three capitals, or nothing for no money.")
        found.append(("" if country == "default" else country, code))
    return tuple(found)


def _decimals(reader: Reader, node: Node | None) -> Pairs:
    found = []
    for country, value in reader.mapping(node, "decimals").items():
        sign = reader.text(value, f"the sign before decimals in {country}")
        if sign not in (".", ","):
            reader.fault(value.line, f"the sign before decimals in {country} is {sign!r}; expected '.' or ','.")
        found.append((country, sign))
    return tuple(found)


def _targets(reader: Reader, node: Node | None, name: str, groups: Sequence[str]) -> Pairs:
    """Return words with the codes or groups they mean."""
    found = []
    for word, value in reader.mapping(node, name).items():
        target = reader.text(value, f"{word!r} in {name}")
        if target not in groups and not _CODE.fullmatch(target):
            hint = closest(target, groups)
            reader.fault(value.line, f"{word!r} leads to {target!r}; expected a code such as EUR, or a group{hint}.")
        found.append((word, target))
    return tuple(found)


def _words(reader: Reader, head: dict[str, Node], key: str) -> tuple[str, ...]:
    return tuple(word for word, _ in reader.texts(head.get(key), key))


def _pairs(reader: Reader, node: Node | None, name: str) -> Pairs:
    return tuple(
        (word, reader.text(value, f"{word!r} in {name}")) for word, value in reader.mapping(node, name).items()
    )


def _units(reader: Reader, node: Node | None) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    lines: dict[str, int] = {}
    for power, items in reader.mapping(node, "units").items():
        match = _POWER.fullmatch(power)
        if match is None:
            reader.fault(items.line, f"the unit {power!r} must be a power of ten such as 1e6.")
        for word, line in reader.texts(items, f"units of {power}"):
            if word in found:
                reader.fault(line, f"the unit {word!r} stands twice (first in line {lines[word]}); keep one.")
            lines.setdefault(word, line)
            found.setdefault(word, 10 ** int(match[1]) if match else 1)
    return tuple(found.items())


def _numbers(reader: Reader, node: Node | None) -> tuple[tuple[str, Decimal], ...]:
    found = []
    for word, value in reader.mapping(node, "numbers").items():
        text = reader.text(value, f"the number {word!r}")
        if not _NUMBER.fullmatch(text):
            reader.fault(value.line, f"the number {word!r} is {text!r}; expected digits, as in 2 or 0.5.")
            continue
        found.append((word, Decimal(text)))
    return tuple(found)


def _per(reader: Reader, node: Node | None) -> tuple[tuple[str, str, str], ...]:
    found = []
    for period, sides in reader.mapping(node, "per").items():
        for side, items in reader.mapping(sides, f"per {period}", SIDES).items():
            found += [(word, period, side) for word, _ in reader.texts(items, f"{side} of per {period}")]
    return tuple(found)


def _years(reader: Reader, node: Node | None) -> YearWords:
    entry = reader.mapping(node, "years", YEAR_KEYS)
    names = {"in": "in_", "and": "and_"}
    lists = {names.get(key, key): _words(reader, entry, key) for key in YEAR_KEYS if key != "eras"}
    eras = []
    for era, value in reader.mapping(entry.get("eras"), "eras").items():
        before = reader.text(value, f"the era {era!r}")
        if not before.isdigit():
            reader.fault(value.line, f"the era {era!r} is {before!r}; expected the year before its first one.")
            continue
        eras.append((era, int(before)))
    return YearWords(**lists, eras=tuple(eras))
