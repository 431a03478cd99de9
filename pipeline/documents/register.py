"""Reads and writes the register of a corpus, ``sources.csv``."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pipeline.documents.checks import RegisterError, register_faults, row_faults
from pipeline.documents.corrections import correct_documents
from pipeline.schemas import Document, column_names

COLUMNS = tuple(name for name in column_names(Document) if name not in ("extra", "left_out", "corrected"))
_MAY_BE_ABSENT = {"supersedes"}


def read_register(path: Path) -> list[Document]:
    """Read a register as documents sorted by id; columns beyond the known ones are kept in ``extra``.

    All faults are collected and raised as one RegisterError of sentences with file and line (the line on which a
    row begins). UTF-8 with or without a byte order mark; a ``supersedes`` column may be absent.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise RegisterError([f"{path}: there is no such file; a corpus is a folder with a sources.csv"]) from error
    except UnicodeDecodeError as error:
        raise RegisterError([f"{path}: not UTF-8 ({error}); save it as CSV in UTF-8"]) from error
    found, faults = _rows(text)
    documents: list[tuple[int, Document]] = []
    for line, row in found:
        own = [(line, fault) for fault in row_faults(row)]
        faults += own
        if not own:
            documents.append((line, document_from(row)))
    named = [(f"line {line}", document) for line, document in documents]
    lines = {place: line for (place, _), (line, _) in zip(named, documents, strict=True)}
    between = register_faults(named, known_ids={row["id"] for _, row in found})
    faults += [(lines[place], fault) for place, fault in between]
    if faults:
        raise RegisterError([f"{path}:{line}: {fault}" for line, fault in sorted(faults)])
    return sorted((document for _, document in documents), key=lambda document: document.id)


def read_documents(folder: Path, *, until: int | None = None) -> list[Document]:
    """Read the documents of a corpus folder, sorted by id: ``sources.csv`` as ``corrections.yaml`` corrects it.

    With ``until``, documents of later years are left out; where none remain, that is a RegisterError.
    """
    documents = correct_documents(read_register(folder / "sources.csv"), folder / "corrections.yaml")
    found = [document for document in documents if until is None or document.year <= until]
    if documents and not found:
        first = min(document.year for document in documents)
        raise RegisterError([f"{folder}: no document is of {until} or before; the earliest is of {first}"])
    return found


def write_register(path: Path, documents: Iterable[Document]) -> None:
    """Write a register whole or not at all, sorted by id, extra columns last: the same documents, the same bytes."""
    content = register_text(documents).encode("utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-", suffix=".csv")
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(content)
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)  # mkstemp: for the owner only
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def register_text(documents: Iterable[Document]) -> str:
    """Return a register as CSV with LF line ends; a document that lacks an extra column has it empty."""
    ordered = sorted(documents, key=lambda document: document.id)
    further = list(dict.fromkeys(name for document in ordered for name, _ in document.extra))
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow([*COLUMNS, *further])
    for document in ordered:
        extra = dict(document.extra)
        writer.writerow([*(getattr(document, name) for name in COLUMNS), *(extra.get(name, "") for name in further)])
    return sink.getvalue()


def document_from(row: dict[str, str]) -> Document:
    """Turn a row that has no faults into a document."""
    known: dict[str, Any] = {name: row[name] for name in COLUMNS} | {"year": int(row["year"])}
    return Document(**known, extra=tuple((name, value) for name, value in row.items() if name not in COLUMNS))


def _rows(text: str) -> tuple[list[tuple[int, dict[str, str]]], list[tuple[int, str]]]:
    """Split CSV text into (line, row) and (line, fault); without a usable header there are faults only.

    The line is the one on which the row begins; line breaks inside quotes count.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    faults: list[tuple[int, str]] = []
    header: list[str] = []
    before = 0
    try:
        for fields in reader:
            line, before = before + 1, reader.line_num
            if not header:
                header = [name.strip() for name in fields]
                if faults := [(line, fault) for fault in _header_faults(header)]:
                    return [], faults
            elif len(fields) == len(header):
                row = {name: value for name, value in zip(header, fields, strict=True)}
                known = {name: row.get(name, "").strip() for name in COLUMNS}
                rows.append((line, row | known))
            elif fields:
                faults.append((line, f"{len(fields)} fields; expected {len(header)}, one for each column"))
    except csv.Error as error:
        faults.append((reader.line_num, f"not a CSV file: {error}"))
    if not header and not faults:
        faults.append((1, f"empty; expected a header with the columns {', '.join(COLUMNS)}"))
    return rows, faults


def _header_faults(header: Sequence[str]) -> list[str]:
    """Return what is wrong with the header: a column that is missing or there twice."""
    missing = [name for name in COLUMNS if name not in header and name not in _MAY_BE_ABSENT]
    twice = sorted({name for name in header if header.count(name) > 1})
    faults = [f"no column {name!r}; found {', '.join(header)}" for name in missing]
    return faults + [f"{header.count(name)} columns {name!r}; keep one" for name in twice]
