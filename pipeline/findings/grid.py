"""The cells that claims are held against, and what is known of each: a corpus, or a published table made into cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.findings.truth import Truth
from pipeline.schemas import Cell
from pipeline.schemas.claims import ALL_READ, Selection

FOUND = ("targeted", "mentioned")
NAMED = ("mentioned", "rejected")  # named, and by the machine or a person not held to be targeted


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells by country.

    ``strategies`` counts the strategies in force that were read of each country: where there are none, nothing could be
    targeted, and whether something is stays unknown. ``weighted`` says whether saliences mean something: those of a
    published table do not.
    """

    cells: Mapping[str, tuple[Cell, ...]]
    strategies: Mapping[str, int]
    weighted: bool = True

    @property
    def read(self) -> tuple[str, ...]:
        """Return the countries of which a strategy was read, sorted."""
        return tuple(code for code in self.cells if self.strategies.get(code, 0))

    def expand(self, countries: Iterable[str]) -> tuple[str, ...]:
        """Return codes, with ``all-read`` spelt out."""
        return tuple(dict.fromkeys(code for name in countries for code in (self.read if name == ALL_READ else (name,))))

    def select(self, country: str, selection: Selection) -> tuple[Cell, ...]:
        """Return the cells of a country that a selection selects: the targeted ones first, each kind by salience."""
        inside = [
            cell
            for cell in self.cells.get(country, ())
            if cell.concept in selection.concepts
            and (not selection.column or selection.column in cell.column.split("|"))
        ]
        return tuple(sorted(inside, key=_order))

    def truth(self, cell: Cell, mention: bool = False) -> Truth:
        """Say whether a cell's concept is targeted (or at least mentioned) by its country."""
        if cell.status == "not_read":
            return None
        if mention:
            return cell.status in FOUND
        if cell.status == "targeted":
            return True
        return False if self.strategies.get(cell.country, 0) else None

    def share(self, country: str, selection: Selection) -> float:
        """Return the share that a selection has of the salience of all that a country targets."""
        targeted = [cell for cell in self.cells.get(country, ()) if cell.status == "targeted"]
        total = sum(cell.salience for cell in targeted)
        own = sum(cell.salience for cell in self.select(country, selection) if cell.status == "targeted")
        return own / total if total else 0.0


def make_grid(cells: Iterable[Cell], strategies: Mapping[str, int], *, weighted: bool = True) -> Grid:
    """Arrange cells by country, both sorted; ``strategies`` as in ``Grid``."""
    by_country: dict[str, list[Cell]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.country, cell.concept)):
        by_country.setdefault(cell.country, []).append(cell)
    return Grid({code: tuple(own) for code, own in by_country.items()}, strategies, weighted)


def _order(cell: Cell) -> tuple[bool, bool, float, str]:
    return cell.status != "targeted", cell.status != "mentioned", -cell.salience, cell.concept
