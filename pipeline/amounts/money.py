"""Numbers with a currency: "€3-5 billion", "1,5 Mrd. Euro", "1兆2000億円"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.amounts.numbers import Figure, Figures
from pipeline.amounts.patterns import DASH, LETTER, any_case, before, exactly, key, narrow, small
from pipeline.schemas import MoneyWords

_BARE_YEAR = re.compile(r"(?:19|20)(?!00)[0-9]{2}")
_LEAST_AFTER_NAME = 1000
_CODE = re.compile("[A-Z]{3}")
_THOUSANDS = re.compile(r"['\u2018\u2019\s]000\b")  # "R'000" in the header of a table
_IS_LETTER = re.compile(f"[{LETTER}]")
_REACH_BACK = 24  # the characters before an amount in which "between" or a bare unit may stand
_LONGEST_JOINT = 16


@dataclass(frozen=True, slots=True)
class Amount:
    """A number at ``start:end`` with what is written of its currency before (``lead``) and after it (``tail``)."""

    start: int
    end: int
    figure: Figure
    low: Decimal
    high: Decimal
    currency: str
    lead: str
    tail: str
    bare_year: bool = False
    doubtful: bool = False


class AmountReader:
    """Finds the amounts of money in texts of one language."""

    def __init__(self, words: MoneyWords) -> None:
        """Prepare the patterns of the language."""
        self._figures = Figures(words)
        self._symbols = {key(symbol): target for symbol, target in words.symbols}
        self._names = {small(name): target for name, target in words.names}
        self._groups = {name: dict(codes) for name, codes in words.groups}
        self._chained = words.chained
        self._quick = re.compile(_any_currency((*self._symbols, *self._names))).search
        self._find = re.compile(self._pattern(words)).finditer
        space = r"\s{0,2}" if words.chained else r"\s{1,2}"
        self._joint = re.compile(f"{DASH}|(?P<word>{space}{any_case(words.to)}{space})")
        self._between = [
            (re.compile(rf"{any_case([one])}\s{{1,2}}\Z"), re.compile(rf"\s{{1,2}}{any_case([two])}\s{{1,2}}"))
            for one, two in words.between
        ]
        self._from = re.compile(rf"{any_case(words.from_)}\s{{1,2}}\Z")
        self._header = re.compile(
            rf"(?<![0-9])(?<![0-9]\s)(?P<currency>{exactly(self._symbols)}|{any_case(self._names)})(?!\s?[0-9])"
        ).finditer
        self._any_unit = re.compile(self._figures.units).search
        self._bare_unit = re.compile(rf"(?<![0-9])(?<![0-9][\s-]){self._figures.units}\s{{0,2}}\Z")

    def may_hold(self, text: str) -> bool:
        """Tell whether a text has any currency in it: quickly, and for most texts the last question."""
        return self._quick(f" {narrow(text).lower()}") is not None

    def find(self, text: str, country: str) -> list[Amount]:
        """Return the amounts of money in a text (as ``narrow`` gives it), ranges joined, in order of place."""
        found: list[Amount] = []
        for amount in self._amounts(text, country):
            joined = self._join(text, found[-1], amount) if found else None
            if joined is None:
                found.append(amount)
            else:
                found[-1] = joined
        return [amount for amount in found if amount.currency and not amount.doubtful]

    def currency_in(self, text: str, country: str) -> tuple[str, int]:
        """Return the currency that the header of a table names and the power of ten said with it ("€ million")."""
        plain = narrow(text)
        for match in self._header(plain):
            code = self._currency(match["currency"], "", country)
            if code:
                unit = self._unit(plain[max(0, match.start() - _LONGEST_JOINT) : match.end() + _LONGEST_JOINT])
                return code, unit
        return "", 1

    def _unit(self, text: str) -> int:
        """Return the power of ten that a text names: the first in it; 1 where it names none."""
        if _THOUSANDS.search(text):
            return 1000
        match = self._any_unit(text)
        return self._figures.read(match.group(), "").scale if match else 1

    def _pattern(self, words: MoneyWords) -> str:
        """Return the pattern of a number with or without a currency.

        A symbol is not taken from a number that follows it ("in 2018 €30"), unless that is a year or the symbol hangs
        on a unit (then it is the mark of a footnote, "2,8 Md$111"); nor does a name go with a bare number before
        another number ("nel 2025 euro 5 milioni"). One letter (R) is a symbol before a number only.
        """
        symbols = exactly(self._symbols)
        names = f"(?!{any_case(words.never)}){any_case(self._names)}"
        lead = rf"(?<![{LETTER}])(?P<lead>{symbols if words.chained else f'{symbols}|{names}'})\s{{0,2}}"
        space = r"\s{0,2}" if words.chained else r"(?:\s{0,2}|[\u2010\u2011-])"
        of = r"\s{1,2}" + before(words.of, spaced=True)
        behind = exactly(symbol for symbol in self._symbols if not (len(symbol) == 1 and symbol.isalpha()))
        single = rf"{behind}(?!\s?(?!(?:19|20)[0-9]{{2}}(?![0-9]))[0-9])(?!\s{{0,2}}{self._figures.units})"
        alone = "" if words.chained else r"(?(scaled)|(?!\s[0-9]))"
        tail = f"(?:{space}|{of})(?P<tail>{single}|(?<=[{LETTER}]){behind}|{names}{alone})"
        start = f"(?:{lead}|(?<![{LETTER}0-9])(?<![0-9][.,]))"
        return f"{start}(?P<figure>{self._figures.pattern})(?:{tail})?"

    def _amounts(self, text: str, country: str) -> Iterator[Amount]:
        for match in self._find(text):
            lead, tail, start = match["lead"] or "", match["tail"] or "", match.start()
            figure = self._figures.read(match["figure"], country)
            if lead and self._bare_unit.search(text, max(0, start - _REACH_BACK), start):
                lead, start = "", match.start("figure")  # "EUR millions: 12"
            stop = not tail and match["figure"].endswith(".")  # rather the end of the sentence than of "bn."
            yield Amount(
                start=start,
                end=match.end() - stop,
                figure=figure,
                low=figure.value,
                high=figure.value,
                currency=self._currency(lead, tail, country),
                lead=lead,
                tail=tail,
                bare_year=_BARE_YEAR.fullmatch(match["figure"]) is not None,
                doubtful=self._is_doubtful(match, figure),
            )

    def _is_doubtful(self, match: re.Match[str], figure: Figure) -> bool:
        """Tell whether a bare number makes no sum with its currency.

        It is a year ("in 2020 US dollars", but not €2020), or makes a name together with the name of a currency, or
        with a code without a space ("Euro 6", "SAR3").
        """
        lead = match["lead"]
        if figure.unit:
            return False
        if _BARE_YEAR.fullmatch(match["figure"]) and not self._chained and (not lead or lead[-1].isalpha()):
            return True
        if not lead or figure.value >= _LEAST_AFTER_NAME:
            return False
        glued = match.end("lead") == match.start("figure")
        return key(lead) not in self._symbols or (glued and _CODE.fullmatch(lead) is not None)

    def _currency(self, lead: str, tail: str, country: str) -> str:
        """Return the code of what was written, of the plainer one first: "$5 million AUD" is AUD in every country."""
        targets = [self._symbols.get(key(word)) or self._names[small(word)] for word in (lead, tail) if word]
        for target in sorted(targets, key=lambda target: target in self._groups):
            codes = self._groups.get(target)
            code = target if codes is None else codes.get(country, codes.get("", ""))
            if code:
                return code
        return ""

    def _join(self, text: str, one: Amount, two: Amount) -> Amount | None:
        """Return two amounts as one range; None if they are none."""
        gap = text[one.end : two.start] if two.start - one.end <= _LONGEST_JOINT else ""
        back = (text, max(0, one.start - _REACH_BACK), one.start)
        joint = self._joint.fullmatch(gap)
        grows = joint is not None and joint["word"] and one.currency and two.currency and self._from.search(*back)
        between = any(first.search(*back) and second.fullmatch(gap) for first, second in self._between)
        if grows or not (joint or between) or not _are_ends(one, two):
            return None
        low = one.low
        if two.figure.unit and not one.figure.unit and one.figure.first < two.figure.first:
            low = one.figure.first * two.figure.scale
        if low > two.high:
            return None
        currency = two.currency or one.currency
        return Amount(one.start, two.end, two.figure, low, two.high, currency, one.lead, two.tail)


def _are_ends(one: Amount, two: Amount) -> bool:
    """Tell whether two numbers may be the ends of one range, judged by their currencies and units."""
    if one.low != one.high or two.doubtful:
        return False
    if one.currency and two.currency:
        return one.currency == two.currency
    if one.currency:
        bare = not two.figure.unit and (one.figure.unit or two.bare_year)
        return not bare and not one.tail and not two.lead and not two.tail
    return bool(two.currency) and not one.lead and not one.tail and not two.lead and not one.bare_year


def _any_currency(written: Iterable[str]) -> str:
    """Return the pattern of some currency in a text of small letters that begins with a space.

    A sign is enough, and a name inside another. The pattern begins with what is no letter: so ``re`` runs over words
    without trying a name at each of their letters.
    """
    lowered = sorted({word.lower() for word in written}, key=len)
    signs = {word[0] for word in lowered if not word[0].isalnum()}
    whole: list[str] = []
    for word in lowered:
        if word[0] not in signs and not any(f" {known} " in f" {word} " for known in whole):
            whole.append(word)
    names = [word for word in whole if _IS_LETTER.match(word)]
    unspaced = [word for word in whole if word not in names]
    sign = f"(?<=[{re.escape(''.join(sorted(signs)))}])|" if signs else ""
    return f"[^{LETTER}](?:{sign}{exactly(names)})" + (f"|{exactly(unspaced)}" if unspaced else "")
