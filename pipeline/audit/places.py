"""Holds the place of each row against the pages and passages that were read."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.corpus import Corpus, Row, place_of
from pipeline.audit.faults import Looked, judged, told
from pipeline.audit.letters import letters

_OTHERS = ("_faults.csv", "_summary.csv")
# The columns that tell the rows of a table that has places apart, for the reader of a fault.
KEYS = {
    "evidence.csv": ("cell_id", "rank"),
    "ties_evidence.csv": ("tie_id", "rank"),
    "claims_evidence.csv": ("claim_id", "cell_id"),
    "timeline_evidence.csv": ("evidence_id",),
    "instruments_evidence.csv": ("row_id", "rank"),
    "figures.csv": ("figure_id",),
    "timeline.csv": ("country", "concept"),
    "editions.csv": ("from_document", "to_document", "concept"),
    "grounds.csv": ("document_id", "rule_id"),
}


def is_comparison(table: str) -> bool:
    """Say whether a table compares the cells with a published table; what is compared with a revision may be gone."""
    return table.startswith("compare_") and not table.startswith("compare_at-") and not table.endswith(_OTHERS)


def row_name(table: str, row: Row) -> str:
    """Return the key of a row in words: "AUS.robotics 3"."""
    names = KEYS.get(table) or ("country", "column", "label")
    return " ".join(row[name] for name in names)


def placed_rows(corpus: Corpus, quoted: bool = False) -> Iterator[tuple[str, Row]]:
    """Yield the rows that have a place in a document, with the names of their tables; ``quoted``: those with a quote.

    changes.csv is left out: it may speak of documents that are gone.
    """
    for table in corpus.names:
        if table in KEYS or is_comparison(table):
            for row in corpus.table(table):
                if row["document_id"] and row["start"] and (row.get("quote") or not quoted):
                    yield table, row


def check_offsets(corpus: Corpus) -> Looked:
    """Each place is on a page that was read, within its text, and the page has the label that the row gives it."""
    for table, row in placed_rows(corpus):
        document, number, start, end = place = place_of(row)
        page = corpus.pages.get((document, number))
        if page is None:
            sentence = f"{document} has no page {row['page_number']} among the pages that were read"
            yield from judged(table, row_name(table, row), [sentence], place=place)
            continue
        length, label = len(page["text"]), row.get("page_label")
        out = not 0 <= start < end <= length
        yield from judged(
            table,
            row_name(table, row),
            [
                told(out, f"characters {row['start']} to {row['end']} of page {number}, which has {length}"),
                told(label not in (None, page["page_label"]), f"page {number} is labelled otherwise than {label!r}"),
            ],
            place=place,
        )


def check_slices(corpus: Corpus) -> Looked:
    """The page's text at each quote's offsets has the quote's letters."""
    for table, row in placed_rows(corpus, quoted=True):
        document, number, start, end = place = place_of(row)
        page = corpus.pages.get((document, number))
        text = page["text"][max(0, start) : max(0, end)] if page else ""
        differ = letters(text) != letters(row["quote"]) or not letters(row["quote"])
        sentence = f"characters {row['start']} to {row['end']} of page {number} of {document} are not the quote's words"
        yield from judged(table, row_name(table, row), [told(differ, sentence)], place=place)


def check_zones(corpus: Corpus) -> Looked:
    """No place is in contents, references, running headers or an imprint, or on a page that is not read or left out."""
    for table, row in placed_rows(corpus):
        document, number, start, end = place = place_of(row)
        page = corpus.pages.get((document, number))
        if page is None:
            continue
        inside = [one for one in corpus.passages.get(place[:2], ()) if one["start"] < end and start < one["end"]]
        zones = sorted({one["zone"] for one in inside} - {"body"})
        if row.get("n_contents", "0") != "0" and row["n_targeted"] == row["n_mentioned"] == "0":
            zones = [zone for zone in zones if zone != "contents"]  # grounds.csv tells what contents name, too
        source = corpus.register.get(document)
        left_out = source is not None and number in source.left_out
        yield from judged(
            table,
            row_name(table, row),
            [
                told(page["status"] != "ok", f"page {number} of {document} is {page['status']} and proves nothing"),
                told(left_out, f"corrections.yaml leaves out page {number} of {document}"),
                told(bool(zones), f"it stands among {' and '.join(zones)} on page {number} of {document}"),
                told(not inside, f"no passage of page {number} of {document} holds characters {start} to {end}"),
            ],
            place=place,
        )


def check_languages(corpus: Corpus) -> Looked:
    """The language of each quote is that of a passage that it stands in."""
    for table, row in placed_rows(corpus, quoted=True):
        if "language" not in row:
            continue
        document, number, start, end = place = place_of(row)
        inside = [
            one for one in corpus.passages.get((document, number), ()) if one["start"] < end and start < one["end"]
        ]
        spoken = sorted({one["language"] for one in inside})
        wrong = bool(inside) and row["language"] not in spoken
        sentence = f"its language is {row['language']!r}, and the passage on page {number} is in {', '.join(spoken)}"
        yield from judged(table, row_name(table, row), [told(wrong, sentence)], place=place)
