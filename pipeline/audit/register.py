"""Holds files, coverage and the data package against the register and the tables."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.audit.corpus import Corpus, Row, whole_number
from pipeline.audit.faults import Looked, faulty, judged, told

_KINDS = ("ok", "empty", "no_text", "garbled", "left_out")
_COLUMNS = dict(
    zip(_KINDS, ("pages_read", "pages_empty", "pages_no_text", "pages_garbled", "pages_left_out"), strict=True)
)


def check_files(corpus: Corpus) -> Looked:
    """Each document that was read is there, and is the file whose sha256 the register has."""
    status = {row["document_id"]: row["status"] for row in corpus.table("coverage.csv")}
    for name, source in sorted(corpus.register.items()):
        if status.get(name) in ("read", "partly_read", "unsupported_language"):
            path = corpus.folder / source.file
            there = bool(source.file) and path.is_file()
            found = hashlib.sha256(path.read_bytes()).hexdigest() if there else ""
            changed = there and bool(source.sha256) and found != source.sha256
            yield from judged(
                "sources.csv",
                name,
                [
                    told(not there, f"{source.file or 'its file'} was read and is not there any more"),
                    told(
                        changed,
                        f"{source.file} is another file than the register's: its sha256 begins {found[:12]}, expected "
                        f"{source.sha256[:12]}",
                    ),
                ],
            )


def check_coverage(corpus: Corpus) -> Looked:
    """coverage.csv has one row for each document, and its counts are those of the pages and passages."""
    rows = corpus.table("coverage.csv")
    times = Counter(row["document_id"] for row in rows)
    for name in sorted(set(corpus.register) | set(times)):
        yield from judged(
            "coverage.csv",
            name,
            [
                told(name not in corpus.register, "the register has no such document"),
                told(times[name] != 1, f"{times[name]} rows; expected one"),
            ],
        )
    statuses: dict[str, Counter[str]] = defaultdict(Counter)
    for (document, _), page in corpus.pages.items():
        statuses[document][page["status"]] += 1
    passages: Counter[str] = Counter()
    for (document, _), found in corpus.passages.items():
        passages[document] += len(found)
    for row in rows:
        yield from judged("coverage.csv", row["document_id"], _coverage_faults(row, statuses, passages, corpus))
        if row["status"] in ("read", "partly_read") and row["pages_read"] == "0":
            sentence = f"it is {row['status']} and none of its pages was read; it counts as not read"
            yield faulty("coverage.csv", row["document_id"], sentence, severity="noted")


def _coverage_faults(
    row: Row, statuses: Mapping[str, Counter[str]], passages: Mapping[str, int], corpus: Corpus
) -> Iterator[str]:
    name = row["document_id"]
    counted = statuses.get(name, Counter())
    for status, column in _COLUMNS.items():
        yield told(
            row[column] != str(counted[status]), f"{column} is {row[column]}; {counted[status]} pages are {status}"
        )
    whole = sum(whole_number(row[column]) for column in _COLUMNS.values())
    yield told(row["pages"] != str(whole), f"pages is {row['pages']}; its kinds of pages add up to {whole}")
    yield told(
        row["passages"] != str(passages.get(name, 0)),
        f"passages is {row['passages']}; {passages.get(name, 0)} are there",
    )
    source = corpus.register.get(name)
    if source is not None:
        yield told(row["country"] != source.country, f"country is {row['country']}; the register has {source.country}")
        yield told(row["year"] != str(source.year), f"year is {row['year']}; the register has {source.year}")
        yield told(row["kind"] != source.kind, f"kind is {row['kind']}; the register has {source.kind}")


def check_package(corpus: Corpus) -> Looked:
    """datapackage.json has each table's size and sha256; keys are unique, and what refers to another table is there."""
    path = corpus.out / "tables" / "datapackage.json"
    if not path.is_file():
        return
    resources = json.loads(path.read_text(encoding="utf-8"))["resources"]
    files = {resource["name"]: resource["path"] for resource in resources}
    for resource in resources:
        table = path.parent / resource["path"]
        content = table.read_bytes() if table.is_file() else None
        faults = ["it is described in datapackage.json and is not there"] if content is None else []
        if content is not None:
            found = hashlib.sha256(content).hexdigest()
            faults.append(told(resource["hash"] != f"sha256:{found}", "its sha256 is not that of datapackage.json"))
            faults.append(told(resource["bytes"] != len(content), "its size is not that of datapackage.json"))
            faults += _key_faults(resource["schema"], corpus.table(resource["path"]), files, corpus)
        yield from judged(resource["path"], "the whole table", faults)


def _key_faults(schema: Mapping[str, Any], rows: list[Row], files: Mapping[str, str], corpus: Corpus) -> Iterator[str]:
    keys = Counter(tuple(row[name] for name in schema.get("primaryKey", ())) for row in rows)
    twice = [" ".join(key) for key, times in keys.items() if times > 1]
    yield told(
        bool(schema.get("primaryKey")) and bool(twice),
        f"{len(twice)} keys stand twice, the first {' '.join(twice[:1])}",
    )
    for link in schema.get("foreignKeys", ()):
        reference = link["reference"]
        table = files.get(reference["resource"]) or corpus_name(reference["resource"], corpus)
        known = {tuple(row[name] for name in reference["fields"]) for row in corpus.table(table)}
        lost = sorted({values for row in rows if all(values := tuple(row[name] for name in link["fields"]))} - known)
        yield told(
            bool(lost),
            f"{' '.join(link['fields'])} names {' '.join(lost[0]) if lost else ''}, which {table} does not have",
        )


def corpus_name(resource: str, corpus: Corpus) -> str:
    """Return the file of a resource that the package does not describe."""
    return f"{resource}.csv" if f"{resource}.csv" in corpus.names else ""
