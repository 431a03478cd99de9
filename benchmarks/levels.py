"""Choose the weights of the signs of commitment on labelled passages, and say how well the choice carries over.

A logistic regression on the signs of each mention (``pipeline/mentions/signs.py``), where a passage's concept counts by
the mention that speaks most for it. The documents are cut into folds, so that no document is in training and in test;
``targeted`` F1 is pooled over the folds. Concepts that the tagger finds and no reader labelled count as false, those
that it misses as missed. The weights in params.yaml are those fitted on all labels, rounded; signs with small weights
were left out.

    PYTHONPATH=. python benchmarks/levels.py OUT [PASSAGES]

OUT is a folder that `python -m pipeline run ../shared/corpus --out OUT` wrote; PASSAGES defaults to shared/gold. Labels
of this project's own reader are in benchmarks/labels/passages.csv (offsets only: the documents are not ours to copy).
It needs scikit-learn (`python -m pip install scikit-learn`), which nothing else here does.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.concepts import load_vocabulary
from pipeline.documents import read_register
from pipeline.mentions import Tagger
from pipeline.mentions.finding import read_document_signs
from pipeline.mentions.signs import SIGNS
from pipeline.schemas import Passage
from pipeline.storage import read_rows

ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared" / "gold" / "passages.jsonl"
OWN = ROOT / "benchmarks" / "labels" / "passages.csv"
FOLDS, SEEDS, PENALTY = 8, (0, 1, 2), 0.2
Vectors = list[np.ndarray]


@dataclass
class Labelled:
    """A concept found in a labelled text: its label ("none" without one) and the signs of each of its mentions."""

    source: str
    document_id: str
    level: str
    signs: np.ndarray


def read_gold(path: Path, tagger: Tagger) -> tuple[list[Labelled], int]:
    """Return what is found in the texts that two readers labelled, and how many targeted labels are not found."""
    found: list[Labelled] = []
    missed = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        passage = Passage(
            row["id"], row["document_id"], 1, 0, len(row["text"]), row["text"], ((0, 0),), "paragraph", "body", (), "",
            row["language"],
        )  # fmt: skip
        labels = {label["concept"]: label["level"] for label in row["labels"]}
        signs = _by_concept([passage], tagger, row["country"])
        for concept, vectors in signs.items():
            if concept not in row["doubtful"]:
                level = labels.get(concept, "none")
                found.append(Labelled("gold", row["document_id"], level, vectors))
        missed += sum(level == "targeted" and concept not in signs for concept, level in labels.items())
    return found, missed


def read_own(path: Path, out: Path, tagger: Tagger) -> tuple[list[Labelled], int]:
    """Return the same for the stretches of pages that this project's reader labelled."""
    countries = {document.id: document.country for document in read_register(ROOT / "corpora/strategies/sources.csv")}
    stretches: dict[tuple[str, int, int, int], dict[str, str]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            place = (row["document_id"], int(row["page_number"]), int(row["start"]), int(row["end"]))
            stretches[place][row["concept"]] = row["level"]
    found: list[Labelled] = []
    missed = 0
    for (document, page, start, end), labels in stretches.items():
        passages = [row for row in _passages(out, document) if row.page_number == page]
        inside = {row.id for row in passages if start <= row.start and row.end <= end}
        signs = _by_concept(passages, tagger, countries[document], inside)
        for concept, vectors in signs.items():
            level = labels.get(concept, "none").replace("wrong", "none")
            found.append(Labelled("own", document, level, vectors))
        missed += sum(level == "targeted" and concept not in signs for concept, level in labels.items())
    return found, missed


_read: dict[str, list[Passage]] = {}


def _passages(out: Path, document: str) -> list[Passage]:
    if document not in _read:
        _read[document] = read_rows(out / "passages" / f"{document}.parquet", Passage)
    return _read[document]


def _by_concept(
    passages: Sequence[Passage], tagger: Tagger, country: str, wanted: set[str] | None = None
) -> dict[str, np.ndarray]:
    vectors: dict[str, Vectors] = defaultdict(list)
    for passage_id, concept, signs in read_document_signs(passages, tagger, country):
        if wanted is None or passage_id in wanted:
            vectors[concept].append(np.array([signs.get(sign, 0.0) for sign in SIGNS]))
    return {concept: np.array(rows) for concept, rows in vectors.items()}


def fit(rows: Sequence[Labelled]) -> LogisticRegression:
    """Fit the weights; from the second round on each concept counts by its mention that speaks most for it."""
    levels = [row.level == "targeted" for row in rows]
    chosen = np.array([row.signs.max(axis=0) for row in rows])
    for _ in range(3):
        model = LogisticRegression(C=PENALTY, max_iter=1000).fit(chosen, levels)
        chosen = np.array([row.signs[np.argmax(model.decision_function(row.signs))] for row in rows])
    return model


def score(rows: Sequence[Labelled], targeted: Sequence[bool], missed: int) -> float:
    """Return the F1 of ``targeted``; a label "either" counts neither way."""
    right = sum(said and row.level == "targeted" for row, said in zip(rows, targeted, strict=True))
    false = sum(said and row.level in ("mentioned", "none") for row, said in zip(rows, targeted, strict=True))
    lost = sum(not said and row.level == "targeted" for row, said in zip(rows, targeted, strict=True)) + missed
    return 2 * right / (2 * right + false + lost)


def cross_validate(rows: list[Labelled]) -> np.ndarray:
    """Return for each seed whether each row comes out as targeted when its document took no part in the fit."""
    documents = sorted({row.document_id for row in rows})
    answers = np.zeros((len(SEEDS), len(rows)), dtype=bool)
    for seed in SEEDS:
        order = np.random.RandomState(seed).permutation(documents)
        fold = {document: place % FOLDS for place, document in enumerate(order)}
        for number in range(FOLDS):
            held_out = [place for place, row in enumerate(rows) if fold[row.document_id] == number]
            taught = [row for row in rows if fold[row.document_id] != number and row.level in ("targeted", "mentioned")]
            model = fit(taught)
            answers[seed, held_out] = [model.decision_function(rows[place].signs).max() >= 0 for place in held_out]
    return answers


def main(out: Path, gold: Path = GOLD) -> None:
    """Cross-validate and print the scores, then the weights fitted on all labels."""
    tagger = Tagger(load_vocabulary(ROOT / "models"))
    read = {"gold": read_gold(gold, tagger), "own": read_own(OWN, out, tagger)}
    rows = [row for found, _ in read.values() for row in found]
    sources = np.array([row.source for row in rows])
    answers = cross_validate(rows)
    for source, (found, missed) in read.items():
        values = [score(found, answer[sources == source].tolist(), missed) for answer in answers]
        print(f"cross-validated targeted F1 {np.mean(values):.3f} ({min(values):.3f} to {max(values):.3f}) on {source}")
    model = fit([row for row in rows if row.level in ("targeted", "mentioned")])
    print(f"targeted_from: {-model.intercept_[0]:.2f}")
    for weight, sign in sorted(zip(model.coef_[0], SIGNS, strict=True), key=lambda pair: -abs(pair[0])):
        print(f"  {sign}: {weight:.1f}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
