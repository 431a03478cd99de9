"""Stage `suggest`: passages, mentions and topics of a corpus to the terms and concepts that the register may lack."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.concepts import load_vocabulary
from pipeline.documents import read_documents
from pipeline.embeddings import load_encoder
from pipeline.schemas import Document, Mention, Passage, PassageTopic, Suggestion
from pipeline.schemas.delimited import rows_csv
from pipeline.stages.embeddings import texts_of
from pipeline.stages.places import Parameters, Places
from pipeline.storage import read_rows, read_vectors, write_bytes
from pipeline.topics.suggestions import read_decided, suggest_terms

TABLE = "suggestions.csv"
DECIDED = "suggestions_decided.csv"


def write_suggestions(places: Places, parameters: Parameters) -> str:
    """Write ``tables/suggestions.csv``; return a line that says how many there are and where decisions stand."""
    documents = read_documents(places.corpus)
    decided = read_decided(places.corpus / DECIDED)
    topics = read_rows(_built(places.out / "topics" / "passages.parquet", "topics"), PassageTopic)
    passages, vectors = _aligned(places.out, documents, topics)
    encoder = load_encoder(parameters.section("embeddings")["encoder"], texts_of(passages, places.models))
    suggestions = suggest_terms(
        passages,
        vectors,
        topics,
        [row for document in documents for row in _mentions(places.out, document)],
        load_vocabulary(places.models),
        documents,
        encode=encoder.encode,
        decided=decided,
        **parameters.section("suggest"),
    )
    write_bytes(places.out / "tables" / TABLE, rows_csv(Suggestion, suggestions))
    languages = len({suggestion.language for suggestion in suggestions})
    return f"suggest: {len(suggestions)} phrases in {languages} languages; {len(decided)} were decided on before"


def _aligned(
    out: Path, documents: Sequence[Document], topics: Sequence[PassageTopic]
) -> tuple[list[Passage], NDArray[np.float32]]:
    """Return the passages that have topics and their vectors, both in the order of the topics."""
    passages: dict[str, Passage] = {}
    vectors: dict[str, NDArray[np.float32]] = {}
    for document in documents:
        name = f"{document.id}.parquet"
        passages.update((row.id, row) for row in read_rows(_built(out / "passages" / name, "passages"), Passage))
        embedded = read_vectors(_built(out / "embeddings" / name, "embeddings"))
        vectors.update(zip(embedded.ids, embedded.matrix, strict=True))
    missing = [
        topic.passage_id for topic in topics if topic.passage_id not in passages or topic.passage_id not in vectors
    ]
    if missing:
        raise ValueError(
            f"{out / 'topics'}: expected topics of passages that have vectors, found {len(missing)} others "
            f"({missing[0]} first); run `python -m pipeline topics` again."
        )
    rows = [vectors[topic.passage_id] for topic in topics]
    return [passages[topic.passage_id] for topic in topics], np.array(rows, dtype=np.float32)


def _mentions(out: Path, document: Document) -> list[Mention]:
    return read_rows(_built(out / "mentions" / f"{document.id}.parquet", "mentions"), Mention)


def _built(path: Path, stage: str) -> Path:
    if not path.is_file():
        raise ValueError(f"{path}: there is no such file; run `python -m pipeline {stage}` first")
    return path
