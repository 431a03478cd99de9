"""Choose the weights and thresholds of salience on labelled documents, and say how well the choice carries over.

Leave-one-document-out: the weights are chosen on all labelled documents but one and scored on that one, in turn; the
pooled score is what to expect of a new document. The weights tried are 1 and 2, each combination once: freer choices
(other weights, any half) scored better on the documents they were chosen on and worse on those left out.
"As shipped" leaves the weights of pipeline/tables/salience.py alone and chooses the two thresholds only.

    PYTHONPATH=. python benchmarks/salience.py OUT [LABELS ...]

OUT is a folder that `python -m pipeline run ../shared/corpus --out OUT` wrote. Without LABELS, the documents that two
readers labelled (shared/gold) and those that one reader labelled for this project (benchmarks/labels) are taken
together, and the former are also scored alone.
"""

from __future__ import annotations

import csv
import itertools
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from pipeline.documents import read_register
from pipeline.schemas import Coverage, Mention
from pipeline.storage import read_columns, read_rows
from pipeline.tables import opening_words
from pipeline.tables.counting import Counts, count_document
from pipeline.tables.salience import Weights, score

ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared" / "gold" / "documents.csv"
LABELS = (GOLD, ROOT / "benchmarks" / "labels" / "documents.csv")
REGISTER = ROOT.parent / "shared" / "corpus" / "sources.csv"
GRID = {part: (1, 2) for part in ("contents", "headings", "priorities", "lists", "openings")}
STEPS = [number / 100 for number in range(5, 91)]
QUESTIONS = {
    "core": (("core",), ("core-or-supported", "doubtful")),
    "core_or_supported": (("core", "supported", "core-or-supported"), ("doubtful",)),
}
Labels = dict[str, dict[str, str]]
Tally = tuple[int, int, int]


def read_labels(paths: Iterable[Path]) -> Labels:
    """Return level by concept by document."""
    labels: Labels = defaultdict(dict)
    for path in paths:
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                labels[row["document_id"]][row["concept"]] = row["level"]
    return labels


def read_coverage(path: Path) -> dict[str, Coverage]:
    """Return the rows of a coverage.csv by document."""
    numbers = {field.name for field in fields(Coverage) if field.type == "int"}
    with path.open(encoding="utf-8", newline="") as stream:
        rows: list[dict[str, Any]] = [
            {name: int(value) if name in numbers else value for name, value in row.items()}
            for row in csv.DictReader(stream)
        ]
    return {row["document_id"]: Coverage(**row) for row in rows}


def count_documents(out: Path, wanted: Iterable[str]) -> dict[str, dict[str, Counts]]:
    """Return what salience looks at, by concept by document."""
    documents = {document.id: document for document in read_register(REGISTER)}
    coverage = read_coverage(out / "tables" / "coverage.csv")
    counted: dict[str, dict[str, Counts]] = {}
    for name in wanted:
        by_concept: dict[str, list[Mention]] = defaultdict(list)
        for mention in read_rows(out / "mentions" / f"{name}.parquet", Mention):
            by_concept[mention.concept].append(mention)
        passages = read_columns(out / "passages" / f"{name}.parquet", "id", "text", "kind")
        openings = {passage: opening_words(text, kind) for passage, text, kind in passages}
        counted[name] = count_document(by_concept, documents[name], coverage[name], openings)
    return counted


@dataclass(frozen=True)
class Trial:
    """One choice of weights: its tallies by question, by threshold (a place in STEPS), by document."""

    weights: Weights
    tallies: dict[str, list[dict[str, Tally]]]

    def best(self, question: str, names: Sequence[str]) -> tuple[float, int]:
        """Return the best F1 over thresholds on some documents, and the threshold's place."""
        return max((f1(step[name] for name in names), place) for place, step in enumerate(self.tallies[question]))


def try_weights(weights: Weights, counted: dict[str, dict[str, Counts]], labels: Labels) -> Trial:
    """Score every labelled document at every threshold."""
    values = {
        name: {concept: score(counts, weights) for concept, counts in concepts.items() if counts.targeted}
        for name, concepts in counted.items()
    }
    tallies = {
        question: [{name: tally(values[name], labels[name], step, question) for name in labels} for step in STEPS]
        for question in QUESTIONS
    }
    return Trial(weights, tallies)


def tally(values: dict[str, float], labels: dict[str, str], threshold: float, question: str) -> Tally:
    """Return right, false and missed concepts of one document at a threshold."""
    yes, unscored = QUESTIONS[question]
    wanted = {concept for concept, level in labels.items() if level in yes}
    left_out = {concept for concept, level in labels.items() if level in unscored}
    found = {concept for concept, value in values.items() if value >= threshold} - left_out
    return len(found & wanted), len(found - wanted), len(wanted - found)


def f1(tallies: Iterable[Tally]) -> float:
    """Return the F1 of pooled counts."""
    right, false, missed = (sum(column) for column in zip(*tallies, strict=True))
    return 2 * right / (2 * right + false + missed) if right else 0.0


def choose(trials: Sequence[Trial], names: Sequence[str]) -> Trial:
    """Return the trial whose two questions, each at its best threshold, are best together; the first of equals."""
    return max(trials, key=lambda trial: sum(trial.best(question, names)[0] for question in QUESTIONS))


def leave_one_out(trials: Sequence[Trial], names: Sequence[str]) -> dict[str, dict[str, Tally]]:
    """Return the tally of each document by question, scored with weights and thresholds chosen without it."""
    held_out: dict[str, dict[str, Tally]] = defaultdict(dict)
    for name in names:
        others = [other for other in names if other != name]
        trial = choose(trials, others)
        for question in QUESTIONS:
            held_out[question][name] = trial.tallies[question][trial.best(question, others)[1]][name]
    return held_out


def main(out: Path, *paths: Path) -> None:
    """Search, cross-validate and print."""
    labels = read_labels(paths or LABELS)
    shared = set(read_labels([GOLD])) if not paths else set(labels)
    counted = count_documents(out, labels)
    names = sorted(labels)
    grid = [replace(Weights(), **dict(zip(GRID, values, strict=True))) for values in itertools.product(*GRID.values())]
    trials = [try_weights(weights, counted, labels) for weights in grid]
    shipped = try_weights(Weights(), counted, labels)
    for what, tried in (("weights and thresholds chosen", trials), ("as shipped, thresholds chosen", [shipped])):
        trial = choose(tried, names)
        print(f"{what}: {', '.join(f'{part} {getattr(trial.weights, part):g}' for part in GRID)}")
        for question, tallies in leave_one_out(tried, names).items():
            inside, place = trial.best(question, names)
            alone = f1(tally for name, tally in tallies.items() if name in shared)
            print(
                f"  {question}: cross-validated F1 {f1(tallies.values()):.3f} on {len(names)} documents, {alone:.3f} "
                f"on the {len(shared)} of shared/gold; on all {inside:.3f} from {STEPS[place]}"
            )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
