"""The cells as observations in the words of SDMX, and the code lists of their columns.

An observation is the salience of a concept in a country. The columns have SDMX's names (REF_AREA, TIME_PERIOD,
OBS_VALUE, OBS_STATUS with its code list CL_OBS_STATUS), so that the table can stand beside those of the OECD and
Eurostat; it is no registered data structure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.schemas import CONCEPT_KINDS

COLUMNS = (
    "FREQ", "REF_AREA", "CONCEPT", "CONCEPT_KIND", "MEASURE", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "STANDING",
    "N_DOCUMENTS", "N_PASSAGES", "FIRST_YEAR", "LAST_YEAR",
)  # fmt: skip
NORMAL, NOT_COLLECTED = "A", "L"
_STANDINGS = {
    "targeted": ("T", "Targeted: core or supported in a strategy in force"),
    "mentioned": ("M", "Mentioned: named only"),
    "read_none_found": ("N", "None found: documents were read and do not name it"),
    "rejected": ("R", "Rejected: a person found the machine wrong"),
    "not_read": ("X", "Not read: no document of the country was read"),
}


def observe_cells(
    cells: Sequence[Mapping[str, str]], coverage: Sequence[Mapping[str, str]], kinds: Mapping[str, str]
) -> list[list[Any]]:
    """Return one line of COLUMNS for each row of cells.csv, by country and concept.

    TIME_PERIOD is the year of the country's newest document that was read, or of its newest in the register where none
    was; FIRST_YEAR and LAST_YEAR are those of the documents with evidence. ``kinds`` leads from concepts to kinds.
    """
    years = _newest(coverage)
    lines = []
    for cell in cells:
        unread = cell["status"] == "not_read"
        lines.append(
            [
                "A", cell["country"], cell["concept"], kinds[cell["concept"]], "SALIENCE", years[cell["country"]],
                "" if unread else cell["salience"], NOT_COLLECTED if unread else NORMAL, _STANDINGS[cell["status"]][0],
                cell["n_documents"], cell["n_passages"], cell["first_year"], cell["last_year"],
            ]
        )  # fmt: skip
    return sorted(lines, key=lambda line: (line[1], line[2]))


def _newest(coverage: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return the year of each country's newest document that was read; of its newest where none was."""
    years: dict[str, tuple[bool, str]] = {}
    for row in coverage:
        found = (row["status"] in ("read", "partly_read"), row["year"])
        years[row["country"]] = max(found, years.get(row["country"], found))
    return {country: year for country, (_, year) in years.items()}


def code_lists(
    countries: Sequence[Mapping[str, str]], concepts: Sequence[Mapping[str, str]]
) -> list[tuple[str, str, str]]:
    """Return (list, code, label) for every code that the observations use."""
    return [
        ("CL_FREQ", "A", "Annual"),
        *(("CL_AREA", row["country"], row["name"]) for row in countries),
        *(("CL_CONCEPT", row["concept"], row["label"]) for row in concepts),
        *(("CL_CONCEPT_KIND", kind, kind.capitalize()) for kind in CONCEPT_KINDS),
        ("CL_MEASURE", "SALIENCE", "Salience of the concept in the country's documents, from 0 to 1"),
        ("CL_OBS_STATUS", NORMAL, "Normal value"),
        ("CL_OBS_STATUS", NOT_COLLECTED, "Missing value; data exist but were not collected"),
        *(("CL_STANDING", code, label) for code, label in _STANDINGS.values()),
    ]
