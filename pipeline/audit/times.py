"""Counts periods, first years and the changes of editions again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.audit.cells import documents_of_cells, status_of
from pipeline.audit.corpus import Corpus, Row, place_of
from pipeline.audit.faults import Looked, faulty, judged, told
from pipeline.audit.places import row_name
from pipeline.audit.sources import Source, deciding_ids, read_ids


def check_periods(corpus: Corpus) -> Looked:
    """Each cell of a period has the documents and, where no person decided on it, the status of those years alone."""
    by_cell = documents_of_cells(corpus)
    read_of, deciding_of = _by_period(corpus)
    decided = {name for name, cell in corpus.cells.items() if cell["decision"]}
    rows = corpus.table("periods.csv")
    for row in rows:
        name, period = f"{row['country']}.{row['concept']}", row["period"]
        if period not in read_of:
            yield faulty("periods.csv", f"{name} {period}", "params.yaml has no such period")
            continue
        own = [one for one in by_cell.get(name, []) if one["document_id"] in read_of[period]]
        documents = sorted(one["document_id"] for one in own)
        country_read = any(corpus.register[one].country == row["country"] for one in read_of[period])
        status = status_of(own, deciding_of[period], country_read)
        yield from judged(
            "periods.csv",
            f"{name} {period}",
            [
                told(
                    row["documents"].split(";") != (documents or [""]),
                    "its documents are not those of these years that name it",
                ),
                told(
                    row["n_documents"] != str(len(documents)),
                    f"n_documents is {row['n_documents']}; {len(documents)} name it",
                ),
                told(
                    row["status"] != status and name not in decided,
                    f"its status is {row['status']}; its documents make it {status}",
                ),
            ],
        )
    missing = len(corpus.cells) * len(corpus.rules.periods) - len(rows)
    if rows and missing:
        yield faulty("periods.csv", "all", f"{len(rows)} rows; expected one for every cell and period")


def _by_period(corpus: Corpus) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return for each period the documents of its years that were read, and those that decide among these alone."""
    coverage = corpus.table("coverage.csv")
    read, deciding = {}, {}
    for label, (first, last) in corpus.rules.periods.items():
        sources = [source for source in corpus.register.values() if first <= source.year <= last]
        read[label] = read_ids(sources, coverage)
        deciding[label] = deciding_ids(sources, read[label])
    return read, deciding


def check_timeline(corpus: Corpus) -> Looked:
    """First and last years of each cell are those of documents that name it and of strategies that target it."""
    by_cell = documents_of_cells(corpus)
    seen = set()
    for row in corpus.table("timeline.csv"):
        name = f"{row['country']}.{row['concept']}"
        seen.add(name)
        cell, rows = corpus.cells.get(name), by_cell.get(name, [])
        years = sorted(corpus.register[one["document_id"]].year for one in rows)
        yield from judged(
            "timeline.csv",
            name,
            [
                told(cell is None or row["status"] != cell["status"], "its status is not that of cells.csv"),
                told(
                    not years or row["first_mentioned"] != str(years[0]),
                    "first_mentioned is not the year of the oldest document",
                ),
                *_targeting_faults(row, cell, rows, corpus),
                *_earlier_faults(row, corpus),
            ],
            place=place_of(row),
        )
    if corpus.table("timeline.csv"):
        for name in sorted(set(by_cell) - seen):
            yield faulty("timeline.csv", name, "documents.csv has documents that name it, and there is no row")


def _targeting_faults(row: Row, cell: Row | None, rows: Sequence[Row], corpus: Corpus) -> Iterator[str]:
    sources = [corpus.register[one["document_id"]] for one in rows if one["level"] in ("core", "supported")]
    years = sorted(source.year for source in sources if source.kind != "other")
    if cell is None or cell["decision"]:
        return
    expected = (str(years[0]), str(years[-1])) if years else ("", "")
    found = row["first_targeted"], row["last_targeted"]
    yield told(found != expected, f"targeted in {'-'.join(found)}; strategies target it in {'-'.join(expected)}")


def _earlier_faults(row: Row, corpus: Corpus) -> Iterator[str]:
    source = corpus.register.get(row["document_id"])
    if source is None:
        yield f"the register has no document {row['document_id']}"
        return
    read = read_ids(corpus.register.values(), corpus.table("coverage.csv"))
    earlier = [one for one in corpus.register.values() if one.country == row["country"] and one.year < source.year]
    count = sum(one.id in read for one in earlier)
    yield told(row["earlier_read"] != str(count), f"earlier_read is {row['earlier_read']}; {count} were read")
    unread = len(earlier) - count
    yield told(
        row["earlier_not_read"] != str(unread), f"earlier_not_read is {row['earlier_not_read']}; {unread} were not"
    )


def check_editions(corpus: Corpus) -> Looked:
    """Each edition has the years of the register and, where a line compares concepts, the levels of documents.csv."""
    levels = {(row["document_id"], row["concept"]): row["level"] for row in corpus.table("documents.csv")}
    for row in corpus.table("editions.csv"):
        ends = [(row[f"{end}_document"], row[f"{end}_year"]) for end in ("from", "to")]
        found = [(name, corpus.register.get(name)) for name, _ in ends if name]
        yield from judged(
            "editions.csv",
            row_name("editions.csv", row),
            [
                *(told(source is None, f"the register has no document {name}") for name, source in found),
                *(
                    told(bool(name) and not _of_year(corpus.register.get(name), year), f"{name} is not of {year}")
                    for name, year in ends
                ),
                *(
                    told(
                        bool(row["concept"]) and level not in ("", levels.get((name, row["concept"]), "none")),
                        f"{name} has it as {levels.get((name, row['concept']), 'none')}, and not as {level}",
                    )
                    for (name, _), level in zip(ends, (row["level_before"], row["level_after"]), strict=True)
                ),
            ],
        )


def _of_year(source: Source | None, year: str) -> bool:
    return source is not None and str(source.year) == year
