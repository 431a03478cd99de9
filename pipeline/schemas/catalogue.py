"""Rows that describe the tables themselves, and the registers that tables are joined by.

``models/tables.yaml`` says in words what each table and column holds; it is read into ``TableEntry`` and ``Column``.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.schemas.words import check_choice

COLUMN_TYPES = ("string", "integer", "number", "boolean")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its name in the file, what it says, and what it may hold.

    ``blank`` says what an empty field means; where it is empty itself, no field may be empty. ``choices`` are all the
    values that the column may have (none: any). ``target`` is the (file, column) that holds what this column refers to.
    """

    name: str
    title: str
    says: str
    type: str
    blank: str = ""
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str = ""
    target: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        check_choice(self, "type", COLUMN_TYPES)


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One table: its file, what one row is, what it says, and its columns in order.

    ``key`` names the columns whose values no two rows share. ``others`` describes the further columns of a table whose
    header depends on the corpus (a matrix); it has no name. ``quotes`` says that the table holds words of third
    parties, ``every_build`` that no option leaves it out.
    """

    file: str
    title: str
    each: str
    says: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    others: Column | None = None
    quotes: bool = False
    every_build: bool = True


@dataclass(frozen=True, slots=True)
class CodeSystem:
    """A list of codes that others keep, such as ISIC Rev. 4: one line of ``models/codes/systems.csv``.

    ``titles`` holds its (code, title) pairs in the list's order.
    """

    system: str
    title: str
    publisher: str
    year: int
    reference: str
    titles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ConceptLine:
    """A technology, sector, instrument or stage of readiness of the registers: one line of ``concepts.csv``.

    ``columns`` joins the columns of the comparison in which it stands by "|"; ``codes`` joins its codes in other lists
    by spaces, each as "list:code" (``codes.csv`` has one line for each).
    """

    concept: str
    label: str
    kind: str
    family: str
    scope: str
    columns: str
    codes: str


@dataclass(frozen=True, slots=True)
class CodeLine:
    """What a concept is called in another list: one line of ``codes.csv``."""

    concept: str
    system: str
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class CountryLine:
    """A country of the register of documents with its codes (ISO 3166-1, Eurostat): one line of ``countries.csv``."""

    country: str
    name: str
    alpha_2: str
    numeric: str
    eurostat: str
