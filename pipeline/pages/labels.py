"""Page labels: the numbers printed in headers and footers, where they agree over pages, else the file's own labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.schemas import Line, Page

_NUMBER = re.compile(r"(?<![\w.,/])(\d{1,6}|[ivxl]{1,7})(?![\w.,/]|\s?%)")
_MARGIN = 0.12
"""Share of the page's height, above and below, in which numbers are looked for."""
_FEWEST, _LEAST_SHARE = 3, 0.2
"""A way of counting is trusted on this many pages, and this share of those with numbers."""
_LONGEST = 12
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}

Vote = tuple[str, int]
"""Kind of number ("roman", "page", or "spread" of two numbered pages on one) and page number less printed number."""


def page_labels(pages: Sequence[Page], own: Sequence[str]) -> list[str]:
    """Return a label for each page: what is printed on it if its neighbours confirm it, else ``own`` (may be "")."""
    printed = [_printed(page) for page in pages]
    agreed = Counter(vote for votes in printed for vote in votes)
    numbered = sum(bool(votes) for votes in printed)
    labels: list[str] = []
    for votes in printed:
        trusted = [vote for vote in votes if agreed[vote] >= _FEWEST and agreed[vote] >= _LEAST_SHARE * numbered]
        labels.append(votes[max(trusted, key=lambda vote: (agreed[vote], vote))] if trusted else "")
    own = [_sensible(label) for label in own]
    both = [(label, mark) for label, mark in zip(labels, own, strict=True) if label and mark]
    if sum(label.lstrip("0") == mark.lstrip("0") for label, mark in both) < 0.8 * len(both):
        return labels  # the file's own labels are not those printed: two pages would have the same one
    return [label or mark for label, mark in zip(labels, own, strict=True)]


def _sensible(label: str) -> str:
    label = " ".join(label.split())
    return label if len(label) <= _LONGEST and label.isprintable() else ""


def _printed(page: Page) -> dict[Vote, str]:
    """Return the numbers in the margins of a page as votes, each with its printed form."""
    votes: dict[Vote, str] = {}
    numbers: list[tuple[int, str]] = []
    for line in page.lines:
        if _is_marginal(line, page) and line.end - line.start < 200:
            numbers.extend(_at_ends(page.text[line.start : line.end]))
    for value, form in numbers:
        kind = "page" if form.isdigit() else "roman"
        votes.setdefault((kind, page.page_number - value), form)
    values = {value for value, form in numbers if form.isdigit()}
    for value in values:
        if value + 1 in values:
            votes.setdefault(("spread", 2 * page.page_number - value), f"{value}–{value + 1}")
    return votes


def _is_marginal(line: Line, page: Page) -> bool:
    return line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height


def _at_ends(text: str) -> list[tuple[int, str]]:
    """Return the numbers that begin or end a line, or make up all of it."""
    found: list[tuple[int, str]] = []
    for match in _NUMBER.finditer(text):
        before, after = text[: match.start()].strip(" |–—-•·[]()"), text[match.end() :].strip(" |–—-•·[]()")
        if not before or not after or before.lower() in ("page", "p", "seite", "pág", "pagina", "página", "strona"):
            form = match.group()
            found.append((int(form) if form.isdigit() else _roman(form), form))
    return found


def _roman(form: str) -> int:
    values = [_ROMAN[letter] for letter in form]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
