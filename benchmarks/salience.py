"""Choose the weights and thresholds of salience on labelled documents, and say how well the choice carries over.

Leave-one-document-out: the weights are chosen on all labelled documents but one and scored on that one, in turn; the
pooled score is what to expect of a new document. The weights printed last are chosen on all of them.

    python benchmarks/salience.py OUT [LABELS]

OUT is a folder that `python -m pipeline run ../shared/corpus --out OUT` wrote.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from pipeline.documents import read_register
from pipeline.schemas import Coverage, Mention
from pipeline.storage import read_rows
from pipeline.tables.salience import Counts, Weights, count_mentions, score

ROOT = Path(__file__).parents[1]
LABELS = ROOT.parent / "shared" / "gold" / "documents.csv"
REGISTER = ROOT.parent / "shared" / "corpus" / "sources.csv"
TRIES = 1500
SCALES = {
    "title": (1, 2, 3, 4, 6),
    "headings": (1, 2, 3, 4),
    "lists": (1, 2, 3),
    "share": (1, 2, 3, 4, 6),
    "targeted": (1, 2, 3, 4, 6),
    "spread": (1, 2, 3),
    "half_headings": (1, 2, 4),
    "half_lists": (2, 3, 6),
    "half_share": (0.01, 0.02, 0.03, 0.05, 0.1),
    "half_targeted": (2, 4, 8, 15),
    "half_spread": (2, 4, 8),
}
Tally = tuple[int, int, int]
Labels = dict[str, dict[str, str]]
Counted = dict[str, dict[str, Counts]]
Result = tuple[Weights, float, dict[str, Tally]]


def read_labels(path: Path) -> Labels:
    """Return level by concept by document."""
    labels: Labels = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            labels[row["document_id"]][row["concept"]] = row["level"]
    return labels


def count_documents(out: Path, wanted: Iterable[str]) -> Counted:
    """Return what salience looks at, by concept by document."""
    documents = {document.id: document for document in read_register(REGISTER)}
    with (out / "tables" / "coverage.csv").open(encoding="utf-8", newline="") as stream:
        passages = {row["document_id"]: row for row in csv.DictReader(stream)}
    counted: Counted = {}
    for name in wanted:
        row = passages[name]
        numbers = {field.name: 0 for field in fields(Coverage)}
        words = {field: row[field] for field in ("document_id", "country", "title", "language", "kind", "status")}
        coverage = Coverage(
            **numbers | words | {"reason": "", "superseded_by": "", "languages": "", "year": int(row["year"])}
            | {"pages": int(row["pages"]), "passages_counted": int(row["passages_counted"])}
        )  # fmt: skip
        by_concept: dict[str, list[Mention]] = defaultdict(list)
        for mention in read_rows(out / "mentions" / f"{name}.parquet", Mention):
            by_concept[mention.concept].append(mention)
        counted[name] = {
            concept: count_mentions(mentions, documents[name], coverage) for concept, mentions in by_concept.items()
        }
    return counted


def tally(scores: dict[str, float], labels: dict[str, str], threshold: float, *, core: bool) -> Tally:
    """Return right, false and missed concepts of one document at a threshold."""
    yes = {"core"} if core else {"core", "supported", "core-or-supported"}
    unscored = {"doubtful", "core-or-supported"} if core else {"doubtful"}
    wanted = {concept for concept, level in labels.items() if level in yes}
    left_out = {concept for concept, level in labels.items() if level in unscored}
    found = {concept for concept, value in scores.items() if value >= threshold} - left_out
    return len(found & wanted), len(found - wanted), len(wanted - found)


def f1(tallies: Iterable[Tally]) -> float:
    """Return the F1 of pooled counts."""
    right, false, missed = (sum(column) for column in zip(*tallies, strict=True))
    return 2 * right / (2 * right + false + missed) if right else 0.0


def main(out: Path, path: Path = LABELS) -> None:
    """Search, cross-validate and print."""
    labels = read_labels(path)
    counted = count_documents(out, labels)
    draw = random.Random(0)
    tried = [Weights()] + [
        replace(Weights(), **{name: float(draw.choice(scale)) for name, scale in SCALES.items()}) for _ in range(TRIES)
    ]
    steps = [number / 100 for number in range(4, 80, 2)]
    best: dict[str, list[Result]] = {"core": [], "core_or_supported": []}
    for weights in tried:
        scores = {
            name: {concept: score(counts, weights) for concept, counts in concepts.items()}
            for name, concepts in counted.items()
        }
        for question, results in best.items():
            for step in steps:
                by_document = {
                    name: tally(scores[name], labels[name], step, core=question == "core") for name in labels
                }
                results.append((weights, step, by_document))
    held_out: dict[str, list[Tally]] = {"core": [], "core_or_supported": []}
    for name in labels:
        chosen = choose(best, [other for other in labels if other != name])
        for question in held_out:
            weights, step = chosen["weights"], chosen[question]
            values = {concept: score(counts, weights) for concept, counts in counted[name].items()}
            held_out[question].append(tally(values, labels[name], step, core=question == "core"))
    for question, tallies in held_out.items():
        right, false, missed = (sum(column) for column in zip(*tallies, strict=True))
        print(f"{question}: cross-validated F1 {f1(tallies):.3f} ({right} right, {false} false, {missed} missed)")
    chosen = choose(best, list(labels))
    print("chosen on all:", chosen)


def choose(best: dict[str, list[Result]], names: Iterable[str]) -> dict[str, Any]:
    """Choose the weights whose two questions, each at its best threshold, are best together."""
    found: dict[Weights, dict[str, tuple[float, float]]] = defaultdict(dict)
    names = list(names)
    for question, results in best.items():
        for weights, step, by_document in results:
            value = f1(by_document[name] for name in names)
            if value > found[weights].get(question, (-1.0, 0.0))[0]:
                found[weights][question] = (value, step)
    weights, scores = max(found.items(), key=lambda item: sum(value for value, _ in item[1].values()))
    return {"weights": weights} | {question: step for question, (_, step) in scores.items()}


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
