"""Stage `package`: the registers to join tables by, and datapackage.json, which describes the folder of tables."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.concepts import INSTRUMENTS, load_concepts
from pipeline.concepts.catalogue import load_catalogue
from pipeline.concepts.codes import load_code_systems
from pipeline.documents import read_documents
from pipeline.exports import TableFile, describe_package, list_codes, list_concepts, list_countries, read_table
from pipeline.schemas import CodeLine, ConceptLine, CountryLine, Document, TableEntry
from pipeline.schemas.delimited import rows_csv
from pipeline.stages.places import PROJECT, Parameters, Places
from pipeline.storage import write_bytes, write_json
from pipeline.tables.countries import country_name

DESCRIPTOR = "datapackage.json"
TABLES = ("concepts.csv", "codes.csv", "countries.csv", DESCRIPTOR)


def write_package(places: Places, parameters: Parameters) -> str:
    """Write the registers and the descriptor of what every build has; return a line that says what it describes.

    Tables with quotes are described where every document that was read has a licence that ``open_licences`` allows:
    where git holds no quotes, the package that git holds is whole all the same.
    """
    folder = places.tables
    documents = read_documents(places.corpus, until=places.as_of)
    write_registers(places, documents)
    catalogue = load_catalogue(places.models / "tables.yaml")
    options = parameters.section("package")
    allowed = _licences(options.pop("open_licences", []))
    tables = [table for table in read_tables(folder, catalogue) if table.entry.every_build]
    sources = read_sources(documents, tables)
    shown = all(document.licence.startswith(allowed) for document in sources)
    tables = [table for table in tables if shown or not table.entry.quotes]
    write_json(folder / DESCRIPTOR, describe(places, tables, sources, options))
    return f"package: {len(tables)} tables described in {folder / DESCRIPTOR}, with quotes: {'yes' if shown else 'no'}"


def _licences(given: Any) -> tuple[str, ...]:
    if not (isinstance(given, list) and all(isinstance(name, str) and name for name in given)):
        raise ValueError(f"params.yaml, package.open_licences is {given!r}; expected a list, as in [CC0, CC BY]")
    return tuple(given)


def describe(
    places: Places, tables: Sequence[TableFile], sources: Sequence[Document], options: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the descriptor of some tables of a corpus; its version is that of the project."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return describe_package(places.corpus.resolve().name, tables, sources, version=project["version"], **options)


def write_registers(places: Places, documents: Sequence[Document]) -> None:
    """Write concepts.csv, codes.csv and countries.csv into the folder of tables."""
    concepts = load_concepts(places.models)
    instruments = load_concepts(places.models, INSTRUMENTS)
    codes = list_codes(concepts, load_code_systems(places.models))
    countries = list_countries((document.country for document in documents), country_name)
    files = (
        rows_csv(ConceptLine, list_concepts([*concepts, *instruments])),
        rows_csv(CodeLine, codes),
        rows_csv(CountryLine, countries),
    )
    for name, content in zip(TABLES, files, strict=False):
        write_bytes(places.tables / name, content)


def read_tables(folder: Path, catalogue: Sequence[TableEntry]) -> list[TableFile]:
    """Return the tables of a folder in the order of the catalogue; one that it does not know is a ValueError."""
    if not (folder / "cells.csv").is_file():
        raise ValueError(f"{folder / 'cells.csv'} is not there; build the tables first (`make CORPUS=…`)")
    order = {entry.file: place for place, entry in enumerate(catalogue)}
    tables = [read_table(path.name, path.read_bytes(), catalogue) for path in sorted(folder.glob("*.csv"))]
    return sorted(tables, key=lambda table: (order.get(table.entry.file, 0), table.entry.file))


def read_sources(documents: Sequence[Document], tables: Sequence[TableFile]) -> list[Document]:
    """Return the documents that were read, as coverage.csv has them."""
    read = {
        row["document_id"]
        for table in tables
        if table.entry.file == "coverage.csv"
        for row in table.rows()
        if row["status"] in ("read", "partly_read")
    }
    return [document for document in documents if document.id in read]
