"""What the tables of a corpus rest on, gathered for the files that stand beside them: the tables stage writes these.

``basis.json`` says of every document and rule, in hashes and facts, what the tables were made from; ``grounds.csv``
and ``salience_parts.csv`` say what the rules found. None holds text of a document, so all of them can be in git.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.freshness import blob_ids, origin
from pipeline.schemas import Coverage, Cue, Document, Ground, Mention, Part, Term, Vocabulary
from pipeline.schemas.delimited import plain, rows_csv
from pipeline.stages.places import Places
from pipeline.storage import read_columns, read_notes, read_rows
from pipeline.tables import ground_document, judge_documents, part_document
from pipeline.tables.standing import Standing

STAGES = ("pages", "passages", "mentions")
_MODULES = ("tables", "coverage", "concepts", "documents", "schemas", "storage")
_FORMAT = 1
# What later stages make of pages and passages; a change elsewhere (the box of a line) is none of the tables'.
_TOLD = {
    "pages": ("page_number", "status", "text"),
    "passages": ("id", "kind", "zone", "section", "lead_in", "language", "text"),
    "mentions": ("id", "rule_id", "level", "zone", "cues", "page_number", "start", "end"),
}


def describe_basis(
    places: Places,
    vocabulary: Vocabulary,
    documents: Sequence[Document],
    coverage: Sequence[Coverage],
    openings: Mapping[str, str],
    options: Mapping[str, Any],
) -> dict[str, bytes]:
    """Return the files that say what the tables rest on, by name; ``options`` are the parameters of the tables.

    Documents that were made by different rules or code, or by other rules than models/ holds, are a ValueError.
    """
    standings = judge_documents(documents, coverage)
    stages = {stage: _origin(places, stage, documents) for stage in STAGES}
    _check_rules(places, stages)
    stages["tables"] = origin(options, _MODULES)
    basis = {
        "format": _FORMAT,
        "documents": _documents(places, standings),
        "concepts": {concept.id: concept.kind for concept in vocabulary.concepts},
        "rules": _rules(vocabulary),
        "stages": stages,
        "decisions": _decisions(places.corpus / "decisions.csv"),
    }
    grounds, parts = _grounds(places.out, standings, openings)
    return {
        "basis.json": (json.dumps(basis, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode(),
        "grounds.csv": rows_csv(Ground, grounds),
        "salience_parts.csv": rows_csv(Part, parts),
    }


def _origin(places: Places, stage: str, documents: Sequence[Document]) -> dict[str, Any]:
    """Return what the files of one stage come from: the same for all documents, or they make no comparison."""
    found: dict[str, Any] = {}
    for document in documents:
        noted = dict(read_notes(places.out / stage / f"{document.id}.parquet").get("origin") or {})
        noted.pop("sha256", None)
        if found and noted != found:
            raise ValueError(
                f"{places.out}: the {stage} of {document.id} were made by other rules, parameters or code than those "
                f"of {documents[0].id}; run `python -m pipeline {stage} {places.corpus}` to make them alike"
            )
        found = noted
    return found


def _check_rules(places: Places, stages: Mapping[str, Any]) -> None:
    noted = stages["mentions"].get("rules")
    if noted is not None and noted != blob_ids(places.models, "concepts/*.yaml", "cues/*.yaml"):
        raise ValueError(
            f"{places.out}: the mentions were found with other rules than {places.models} holds now; "
            f"run `python -m pipeline mentions {places.corpus}` first"
        )


def _documents(places: Places, standings: Mapping[str, Standing]) -> dict[str, Any]:
    facts = {}
    for name, standing in standings.items():
        document = standing.document
        notes = read_notes(places.out / "pages" / f"{name}.parquet").get("origin") or {}
        facts[name] = {
            "country": document.country,
            "year": document.year,
            "kind": document.kind,
            "title": document.title,
            "language": document.language,
            "languages": standing.coverage.languages,
            "supersedes": document.supersedes,
            "status": standing.coverage.status,
            "read": standing.read,
            "decides": standing.decides,
            "superseded_by": standing.superseded_by,
            "sha256": notes.get("sha256", ""),
            "corrections": document.corrected,
            **{stage: _content_hash(places.out / stage / f"{name}.parquet", _TOLD[stage]) for stage in STAGES},
        }
    return facts


def _content_hash(path: Path, columns: Sequence[str]) -> str:
    rows = json.dumps(read_columns(path, *columns), ensure_ascii=True)
    return hashlib.sha256(rows.encode()).hexdigest()[:16]


def _rules(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return a hash of what each language has: its head, each concept's terms and each kind of cue."""
    return {
        language.code: {
            "head": _hash(repr(language)),
            "terms": _hashed(term for term in vocabulary.terms if term.language == language.code),
            "cues": _hashed(cue for cue in vocabulary.cues if cue.language == language.code),
        }
        for language in vocabulary.languages
    }


def _hashed(rules: Iterable[Term | Cue]) -> dict[str, str]:
    grouped: dict[str, list[str]] = {}
    for rule in rules:
        grouped.setdefault(rule.concept if isinstance(rule, Term) else rule.kind, []).append(repr(rule))
    return {name: _hash("\n".join(sorted(texts))) for name, texts in sorted(grouped.items())}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def _decisions(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return [{name: plain(value or "") for name, value in row.items() if name} for row in csv.DictReader(lines)]


def _grounds(
    out: Path, standings: Mapping[str, Standing], openings: Mapping[str, str]
) -> tuple[list[Ground], list[Part]]:
    grounds: list[Ground] = []
    parts: list[Part] = []
    for name, standing in standings.items():
        mentions = read_rows(out / "mentions" / f"{name}.parquet", Mention) if standing.read else []
        grounds += ground_document(mentions)
        parts += part_document(mentions, standing.document, standing.coverage, openings)
    return grounds, parts
