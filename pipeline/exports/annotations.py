"""Evidence as W3C Web Annotations (JSON-LD): one annotation page for each document, and the collection of them.

A target selects its quote twice: by its words (TextQuoteSelector) and, where the source has pages, by the page (a
fragment as in RFC 3778) refined by offsets into the page's text as this project extracts it (TextPositionSelector).
Bodies lead to the concept and to the cell, and say label, level and rule in words. Only terms of the standard are used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, urlsplit

from pipeline.schemas import Document

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PDF_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3778"
FORMATS = {".pdf": "application/pdf", ".html": "text/html", ".htm": "text/html", ".txt": "text/plain"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where annotations lead: ``tables`` is the address of the folder of tables, ``corpus`` of the files.

    Both end without a slash, and are relative to the annotation pages or absolute.
    """

    tables: str
    corpus: str


@dataclass(frozen=True, slots=True)
class _Target:
    """A document as a Web resource, and the file that was read where that is a copy of it."""

    source: Mapping[str, Any]
    copy: str


def annotate_evidence(
    rows: Sequence[Mapping[str, str]], documents: Sequence[Document], labels: Mapping[str, str], source: Source
) -> dict[str, Any]:
    """Turn the rows of evidence.csv into annotation pages by file name, with collection.jsonld.

    ``labels`` leads from concepts to their names. Pages stand in the order of ``documents``, annotations in reading
    order; a document without evidence has no page.
    """
    by_document: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        by_document.setdefault(row["document_id"], []).append(row)
    quoted = [document for document in documents if document.id in by_document]
    names = [f"{document.id}.jsonld" for document in quoted]
    files: dict[str, Any] = {"collection.jsonld": _collection(names, len(rows))}
    start = 0
    for place, document in enumerate(quoted):
        own = sorted(by_document[document.id], key=_reading_order)
        target = _target(document, source)
        items = [_annotation(row, target, labels, source) for row in own]
        files[names[place]] = _page(names, place, start, items)
        start += len(items)
    return files


def _reading_order(row: Mapping[str, str]) -> tuple[int, int, int, str]:
    return (int(row["page_number"]), int(row["start"]), int(row["end"]), row["cell_id"])


def _collection(names: Sequence[str], total: int) -> dict[str, Any]:
    ends = {"first": names[0], "last": names[-1]} if names else {}
    return {
        "@context": CONTEXT,
        "id": "collection.jsonld",
        "type": "AnnotationCollection",
        "label": "Quotes of national strategies that justify the cells of the tables",
        "total": total,
        **ends,
    }


def _page(names: Sequence[str], place: int, start: int, items: list[Any]) -> dict[str, Any]:
    beside = {"prev": place - 1, "next": place + 1}
    return {
        "@context": CONTEXT,
        "id": names[place],
        "type": "AnnotationPage",
        "partOf": "collection.jsonld",
        "startIndex": start,
        **{name: names[other] for name, other in beside.items() if 0 <= other < len(names)},
        "items": items,
    }


def _annotation(row: Mapping[str, str], target: _Target, labels: Mapping[str, str], source: Source) -> dict[str, Any]:
    concept = row["cell_id"].partition(".")[2]
    return {
        "id": f"{source.tables}/evidence.csv#{quote(row['cell_id'])}.{row['rank']}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            _resource("classifying", f"{source.tables}/concepts.csv#{quote(concept)}"),
            _resource("linking", f"{source.tables}/cells.csv#{quote(row['cell_id'])}"),
            _words("tagging", labels[concept]),
            _words("tagging", row["level"]),
            _words("describing", f"Found by the rule {row['rule_id']}"),
        ],
        "target": {
            "type": "SpecificResource",
            "source": {**target.source, "language": row["language"]},
            **({"state": {"type": "TimeState", "cached": target.copy}} if target.copy else {}),
            "selector": _selectors(row, paged=target.source.get("format") == FORMATS[".pdf"]),
        },
    }


def _resource(purpose: str, address: str) -> dict[str, str]:
    return {"type": "SpecificResource", "purpose": purpose, "source": address}


def _words(purpose: str, words: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "value": words, "language": "en"}


def _target(document: Document, source: Source) -> _Target:
    """Return the document as a Web resource: its address where that leads to the file that was read, else the file.

    A text made of a PDF is another resource than the PDF: then the address is only where it comes from (``via``).
    """
    file = f"{source.corpus}/{quote(document.file)}" if document.file else ""
    address = document.url if _on_web(document.url) else ""
    kind = FORMATS.get(PurePosixPath(document.file).suffix.lower(), "")
    same = kind == FORMATS[".html"] or kind == FORMATS.get(PurePosixPath(urlsplit(address).path).suffix.lower())
    found = {
        "id": (address if same else file) or file or f"{source.tables}/coverage.csv#{quote(document.id)}",
        "type": "Text",
        "format": kind,
        "via": "" if same else address,
    }
    return _Target({key: value for key, value in found.items() if value}, file if same and address else "")


def _on_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _selectors(row: Mapping[str, str], *, paged: bool) -> list[dict[str, Any]]:
    words = {"type": "TextQuoteSelector", "exact": row["quote"], "prefix": row["prefix"], "suffix": row["suffix"]}
    place = {"type": "TextPositionSelector", "start": int(row["start"]), "end": int(row["end"])}
    if not paged:  # a text may have pages by form feeds, to which no fragment leads
        return [words, place] if row["page_number"] == "1" else [words]
    page = {"type": "FragmentSelector", "conformsTo": PDF_FRAGMENTS, "value": f"page={row['page_number']}"}
    return [words, {**page, "refinedBy": place}]
