"""Evidence as W3C Web Annotations (JSON-LD): one annotation page for each document, and the collection of them.

A target selects its quote twice: by its words (TextQuoteSelector) and, where the source has pages, by the page (a
fragment as in RFC 3778) refined by offsets into the page's text as this project extracts it (TextPositionSelector).
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
TERMS = ("cell_id", "rank", "level", "rule_id")  # columns of evidence.csv that annotations carry as they are
FORMATS = {".pdf": "application/pdf", ".html": "text/html", ".htm": "text/html", ".txt": "text/plain"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where annotations lead: ``tables`` is the address of the folder of tables, ``corpus`` of the files.

    Both end without a slash, and are relative to the annotation pages or absolute.
    """

    tables: str
    corpus: str


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
        target = _source(document, source)
        items = [_annotation(row, target, labels, source) for row in own]
        files[names[place]] = _page(names, place, start, items, source)
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


def _page(names: Sequence[str], place: int, start: int, items: list[Any], source: Source) -> dict[str, Any]:
    beside = {"prev": place - 1, "next": place + 1}
    terms: dict[str, Any] = {name: f"{source.tables}/evidence.csv#{name}" for name in TERMS}
    terms["file"] = {"@id": f"{source.corpus}/sources.csv#file", "@type": "@id"}
    return {
        "@context": [CONTEXT, terms],
        "id": names[place],
        "type": "AnnotationPage",
        "partOf": "collection.jsonld",
        "startIndex": start,
        **{name: names[other] for name, other in beside.items() if 0 <= other < len(names)},
        "items": items,
    }


def _annotation(
    row: Mapping[str, str], target: Mapping[str, Any], labels: Mapping[str, str], source: Source
) -> dict[str, Any]:
    concept = row["cell_id"].partition(".")[2]
    return {
        "id": f"{source.tables}/evidence.csv#{quote(row['cell_id'])}.{row['rank']}",
        "type": "Annotation",
        "motivation": "classifying",
        "cell_id": row["cell_id"],
        "rank": int(row["rank"]),
        "level": row["level"],
        "rule_id": row["rule_id"],
        "body": [
            {
                "type": "SpecificResource",
                "purpose": "classifying",
                "source": f"{source.tables}/concepts.csv#{quote(concept)}",
            },
            {"type": "TextualBody", "purpose": "tagging", "value": labels[concept], "language": "en"},
            {"type": "TextualBody", "purpose": "tagging", "value": row["level"], "language": "en"},
        ],
        "target": {
            "type": "SpecificResource",
            "source": {**target, "language": row["language"]},
            "selector": _selectors(row, paged=target.get("format") == FORMATS[".pdf"]),
        },
    }


def _source(document: Document, source: Source) -> dict[str, Any]:
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
        "file": file if same and address else "",
        "via": "" if same else address,
    }
    return {key: value for key, value in found.items() if value}


def _on_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _selectors(row: Mapping[str, str], *, paged: bool) -> list[dict[str, Any]]:
    words = {"type": "TextQuoteSelector", "exact": row["quote"], "prefix": row["prefix"], "suffix": row["suffix"]}
    place = {"type": "TextPositionSelector", "start": int(row["start"]), "end": int(row["end"])}
    if not paged:
        return [words, place]
    page = {"type": "FragmentSelector", "conformsTo": PDF_FRAGMENTS, "value": f"page={row['page_number']}"}
    return [words, {**page, "refinedBy": place}]
