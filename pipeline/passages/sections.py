"""What stands above a passage: the headings of its section, and the sentence that introduces a list."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

from pipeline.passages.splitting import last_sentence

_DEEPEST = 4
_LONGEST_HEADING = 200
_LONGEST_LEAD_IN = 400


@dataclass(slots=True)
class Section:
    """The headings above the place that has been reached, as (level, text) from the outermost, over all pages."""

    headings: list[tuple[int, str]] = field(default_factory=list)

    def leave(self, level: int) -> None:
        """End the sections that a heading of this level ends: those of its own level and those within."""
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        del self.headings[_DEEPEST - 1 :]

    def enter(self, level: int, text: str) -> None:
        """Go on below a heading; the signs of Markdown are no part of its words."""
        self.headings.append((level, text.strip("#* ")[:_LONGEST_HEADING]))

    def path(self) -> tuple[str, ...]:
        """Return the headings from the outermost."""
        return tuple(text for _, text in self.headings)


@dataclass(slots=True)
class LeadIn:
    """The sentences that introduce the lists which are open, as (mark, left edge, sentence) from the outermost."""

    abbreviations: Set[str]
    before: str = ""
    header: str = ""
    table: int = -1
    lists: list[tuple[str, float, str]] = field(default_factory=list)

    def of_item(self, mark: str, left: float, text: str) -> str:
        """Return the sentence that introduces an item, given its mark and left edge; lists may lie in one another."""
        place = next((n for n, (sign, edge, _) in enumerate(self.lists) if sign == mark and abs(edge - left) < 6), None)
        if place is None and (self.before or not self.lists):
            self.lists.append((mark, left, self.before))
            place = len(self.lists) - 1
        elif place is None:
            # a new sign without a new sentence: the same list, or one inside the item before
            self.lists.append((mark, left, self.lists[-1][2]))
            place = len(self.lists) - 1
        del self.lists[place + 1 :]
        self.before = _introduction(text, self.abbreviations, colon_only=True)
        return self.lists[place][2]

    def of_row(self, table: int, text: str) -> str:
        """Return the text of the first row of a table, for the rows below it."""
        if table != self.table:
            self.table, self.header = table, text
            return ""
        return self.header

    def read_paragraph(self, text: str) -> None:
        """Take a paragraph or heading as what the next list is introduced by."""
        self.lists.clear()
        self.before = _introduction(text, self.abbreviations, colon_only=False)

    def read_heading(self) -> None:
        """Forget the sentences above a heading."""
        self.lists.clear()
        self.before = ""


def _introduction(text: str, abbreviations: Set[str], *, colon_only: bool) -> str:
    """Return the last sentence of a text where it announces something: it ends with a colon or does not end."""
    ending = text[-1:]
    if ending in (":", "：") or (not colon_only and ending not in '.!?。！？;"”'):
        return last_sentence(text, abbreviations)[-_LONGEST_LEAD_IN:]
    return ""
