"""Stage `audit`: the tables of a corpus against its documents. It reads both by itself; this names the folders."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from pipeline.audit import (
    Audit,
    Corpus,
    Finding,
    Quote,
    Rules,
    audit_corpus,
    find_quotes,
    list_quotes,
    read_layouts,
    summarise,
)
from pipeline.schemas import AuditFault
from pipeline.schemas.delimited import rows_csv
from pipeline.stages.places import Parameters, Places, Progress, no_progress, read_periods
from pipeline.storage import write_bytes, write_json
from pipeline.workers import each_document

TABLES = ("audit.csv", "audit.json")
_PAGES_AT_ONCE = 40  # of one document in one task, so that a long one keeps within the limits without pdftotext, too


def write_audit(places: Places, parameters: Parameters, *, workers: int, progress: Progress = no_progress) -> Audit:
    """Audit a corpus and write audit.csv and audit.json; return what it found, and raise nothing for it."""
    options = parameters.section("audit")
    most_pages = options.pop("most_pages", 10)
    corpus = Corpus(places.corpus, places.out, read_rules(places, parameters))
    with tempfile.TemporaryDirectory() as folder:
        tasks = list(_tasks(corpus, most_pages, Path(folder)))
        findings: dict[str, list[Finding]] = {}
        given_up: dict[str, str] = {}
        done = each_document(_reopen, tasks, workers=workers, limits=parameters.limits)
        for number, ((name, *_, target), failure) in enumerate(done, start=1):
            if failure:
                given_up[name] = failure
            else:
                findings.setdefault(name, []).extend(_read_findings(target))
            progress("audit", number, len(tasks))
    audit = audit_corpus(corpus, findings, given_up, **options)
    write_bytes(places.tables / "audit.csv", rows_csv(AuditFault, audit.faults))
    write_json(places.tables / "audit.json", summarise(audit))
    return audit


def read_rules(places: Places, parameters: Parameters) -> Rules:
    """Return what the tables were made by, from params.yaml and models/layouts.yaml."""
    tables = parameters.section("tables")
    weights = tables.get("weights") or {}
    return Rules(
        core_from=weights.get("core_from", 0.5),
        supported_from=weights.get("supported_from", 0.2),
        max_quotes=tables.get("max_quotes", 25),
        periods={period.label: (period.first, period.last) for period in read_periods(parameters)},
        layouts=read_layouts(places.models / "layouts.yaml"),
    )


def _tasks(corpus: Corpus, most_pages: int, folder: Path) -> Iterator[tuple[str, Path, list[Quote], int, Path]]:
    """Yield the work on each document that has quotes: name, path, quotes, limit, and where to write."""
    for name, quotes in list_quotes(corpus).items():
        source = corpus.register.get(name)
        if source is not None:
            pages = sorted({quote.page_number for quote in quotes})
            share = {page: place // _PAGES_AT_ONCE for place, page in enumerate(pages)}
            for number, part in groupby(quotes, key=lambda quote: share[quote.page_number]):
                yield name, corpus.folder / source.file, list(part), most_pages, folder / f"{name}.{number}.json"


def _reopen(name: str, path: Path, quotes: Sequence[Quote], most_pages: int, target: Path) -> None:
    """Look for the quotes of a document in a process of its own, and write what became of them."""
    findings = [asdict(finding) for finding in find_quotes(path, quotes, most_pages)]
    target.write_text(json.dumps(findings), encoding="utf-8")


def _read_findings(path: Path) -> list[Finding]:
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [Finding(Quote(**row["quote"]), row["found_on"], row["page_there"]) for row in rows]
