"""What a row of a register must be: each fault is a sentence that says what was expected and what was found."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath, PureWindowsPath

import pycountry

from pipeline.schemas import DOCUMENT_KINDS, Document

FIRST_YEAR, LAST_YEAR = 1900, 2100
# File names are ids with an ending, and file systems allow 255 bytes.
LONGEST_ID = 200
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_YEAR = re.compile(r"[0-9]{4}")
# The European Union issues strategies and has no ISO code; EUU is what the World Bank uses.
_BEYOND_ISO = {"EUU"}
# Codes that ISO 3166 leaves to its users, for documents of no country.
_FREE = re.compile(r"AA[A-Z]|Q[M-Z][A-Z]|X[A-Z][A-Z]|ZZ[A-Z]")


class RegisterError(ValueError):
    """All faults of a register, one sentence a line."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Keep the sentences as ``faults`` and show them one a line."""
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


def row_faults(row: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with one row by itself."""
    if not _ID.fullmatch(row["id"]) or len(row["id"]) > LONGEST_ID:
        yield (
            f"id is {row['id']!r}; expected small letters a to z, digits, - and _, beginning with a letter or "
            f"digit, at most {LONGEST_ID} of them"
        )
    if not known_country(row["country"]):
        yield f"country is {row['country']!r}; expected an ISO 3166-1 alpha-3 code such as KOR, or EUU for the EU"
    if not _YEAR.fullmatch(row["year"]) or not FIRST_YEAR <= int(row["year"]) <= LAST_YEAR:
        yield f"year is {row['year']!r}; expected a number from {FIRST_YEAR} to {LAST_YEAR}"
    if row["kind"] not in DOCUMENT_KINDS:
        yield f"kind is {row['kind']!r}; expected one of {', '.join(DOCUMENT_KINDS)}"
    if row["file"] and not stays_inside(row["file"]):
        yield (
            f"file is {row['file']!r}; expected a path inside the corpus folder, with / between its parts, such as "
            "pdf/name.pdf"
        )
    if row["sha256"] and not _SHA256.fullmatch(row["sha256"]):
        yield f"sha256 is {row['sha256']!r}; expected 64 digits 0-9a-f, or nothing"


def known_country(code: str) -> bool:
    """Say whether a code is one of ISO 3166-1 alpha-3, one that ISO leaves to its users (XXX), or EUU."""
    # pycountry looks codes up in any case; a register has them in capitals.
    return (
        code in _BEYOND_ISO
        or _FREE.fullmatch(code) is not None
        or (code.isupper() and pycountry.countries.get(alpha_3=code) is not None)
    )


def stays_inside(file: str) -> bool:
    """Say whether a path as written is relative and climbs nowhere, read as POSIX and as Windows would read it."""
    windows = PureWindowsPath(file)
    climbs = ".." in PurePosixPath(file).parts or ".." in windows.parts
    written_well = file.isprintable() and "\\" not in file and PurePosixPath(file).name != ""
    return written_well and not file.startswith("/") and not windows.drive and not climbs


def register_faults(
    rows: Sequence[tuple[str, Document]], *, known_ids: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong between rows, given as (place, document), as pairs (place, sentence).

    ``known_ids`` are ids of further rows that may be named, such as those that have faults of their own.
    """
    for name, saying in (
        ("id", "ids are unique"),
        ("sha256", "one document has one row"),
        ("file", "each document has its own file"),
    ):
        first: dict[str, str] = {}
        for place, document in rows:
            value = getattr(document, name)
            if value and value in first:
                yield place, f"{name} is {value!r} as in {first[value]}; {saying}, so change or remove one of the two"
            first.setdefault(value, f"{place} ({document.id})")
    replaced = {document.id: document.supersedes for _, document in rows}
    may_be_named = {*replaced, *known_ids}
    rings = _rings(replaced)
    for place, document in rows:
        if document.supersedes == document.id and document.supersedes:
            yield place, f"supersedes is {document.supersedes!r}, the row's own id; name the document it replaces"
        elif document.supersedes and document.supersedes not in may_be_named:
            yield place, f"supersedes is {document.supersedes!r}, an id that no row has; correct it or leave it empty"
        elif ring := rings.get(document.id):
            yield place, f"supersedes goes round in a circle: {' replaces '.join(ring)}; leave one of them empty"


def _rings(replaced: Mapping[str, str]) -> dict[str, list[str]]:
    """Return each circle of ids under its smallest id, beginning and ending with it; each id is walked over once."""
    rings: dict[str, list[str]] = {}
    walked: set[str] = set()
    for start in replaced:
        path: dict[str, int] = {}
        current = start
        while current and current not in walked:
            walked.add(current)
            path[current] = len(path)
            current = replaced.get(current, "")
        if current in path:
            ring = list(path)[path[current] :]
            turn = ring.index(min(ring))
            rings[min(ring)] = [*ring[turn:], *ring[:turn], min(ring)]
    return rings
