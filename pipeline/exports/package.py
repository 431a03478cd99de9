"""A folder of tables as a Frictionless Data Package (version 2): datapackage.json.

It holds no date and nothing of the machine: the same tables give the same bytes. Every table has its size and hash,
so that a copy can be checked against what was cited.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from pipeline.exports.tables import TableFile
from pipeline.schemas import Column, Document

PROFILES = "https://datapackage.org/profiles/2.0"
_GUARD = "A text that begins like a formula (= + - @) has an apostrophe before it; take it off when reading by program."


def describe_package(
    name: str,
    tables: Sequence[TableFile],
    documents: Sequence[Document],
    *,
    version: str,
    title: str = "What national strategies target",
    contributors: Sequence[Mapping[str, Any]] = (),
    licence: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the descriptor of a package of ``tables``; its sources are the ``documents`` on which they rest.

    ``licence`` (name, path, title) is that of the tables; None says nothing of it. Each source keeps the licence that
    the register states.
    """
    files = {table.entry.file for table in tables}
    package: dict[str, Any] = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": f"strategy-tables-{re.sub(r'[^a-z0-9._-]+', '-', name.lower())}",
        "title": f"{title}: {name}",
        "description": _description(any(table.entry.quotes for table in tables)),
        "version": version,
        "keywords": ["industrial policy", "emerging technologies", "national strategies", "comparison of countries"],
    }
    if contributors:
        package["contributors"] = [dict(contributor) for contributor in contributors]
    if licence:
        package["licenses"] = [dict(licence)]
    package["sources"] = [_source(document) for document in documents]
    package["resources"] = [_resource(table, files) for table in tables]
    return {key: value for key, value in package.items() if value}


def _description(quotes: bool) -> str:
    facts = (
        "Which emerging technologies and sectors national strategies target, country by country, found by rules in the "
        "documents listed as sources. Codes of countries, sectors and technologies are in countries.csv and codes.csv. "
    )
    held = (
        "Quotes are words of the sources and stand under their licences, which the sources state as far as known; "
        if quotes
        else "Tables with quotes are left out, since not every source has a licence that allows to pass them on; "
    )
    return f"{facts}{held}everything else is this project's own finding. {_GUARD}"


def _source(document: Document) -> dict[str, str]:
    """Return a source: what the register says of a document. An address that is none of the web is left out."""
    web = urlsplit(document.url).scheme in ("http", "https") if _is_address(document.url) else False
    source = {
        "title": document.title,
        "path": document.url if web else "",
        "version": str(document.year),
        "document_id": document.id,
        "issuer": document.issuer,
        "country": document.country,
        "licence": document.licence or "not stated",
    }
    return {key: value for key, value in source.items() if value}


def _is_address(text: str) -> bool:
    try:
        return bool(urlsplit(text).netloc)
    except ValueError:
        return False


def _resource(table: TableFile, files: Collection[str]) -> dict[str, Any]:
    entry = table.entry
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": entry.file.removesuffix(".csv"),
        "path": entry.file,
        "type": "table",
        "title": entry.title,
        "description": f"{entry.says} One row per {entry.each}.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(table.content),
        "hash": f"sha256:{hashlib.sha256(table.content).hexdigest()}",
        "schema": describe_schema(table, files),
    }


def describe_schema(table: TableFile, files: Collection[str]) -> dict[str, Any]:
    """Return the Table Schema of a table; it refers to those tables only that are in the same package."""
    schema: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(column, unique=table.entry.key == (column.name,)) for column in table.columns],
        "missingValues": [""],
    }
    if table.entry.key:
        schema["primaryKey"] = list(table.entry.key)
    links = [(column.name, *column.target) for column in table.columns if column.target and column.target[0] in files]
    if links:
        schema["foreignKeys"] = [
            {"fields": [name], "reference": {"resource": file.removesuffix(".csv"), "fields": [column]}}
            for name, file, column in links
        ]
    return schema


def _field(column: Column, unique: bool) -> dict[str, Any]:
    blank = f" Empty where {column.blank}." if column.blank else ""
    whole = column.type == "integer"
    constraints = {
        "required": not column.blank,
        "unique": unique or None,
        "enum": list(column.choices) or None,
        "pattern": column.pattern or None,
        "minimum": _limit(column.minimum, whole),
        "maximum": _limit(column.maximum, whole),
    }
    return {
        "name": column.name,
        "title": column.title,
        "description": column.says + blank,
        "type": column.type,
        "constraints": {key: value for key, value in constraints.items() if value is not None},
    }


def _limit(value: float | None, whole: bool) -> float | int | None:
    return int(value) if value is not None and whole else value
