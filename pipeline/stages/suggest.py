"""Stage `suggest`: passages, mentions and topics of a corpus to the terms and concepts that the register may lack."""

from __future__ import annotations

from pathlib import Path

from pipeline.concepts import load_vocabulary
from pipeline.documents import read_documents
from pipeline.embeddings import load_encoder
from pipeline.schemas import Document, Mention, Suggestion
from pipeline.schemas.delimited import rows_csv
from pipeline.stages.embeddings import texts_of
from pipeline.stages.places import Parameters, Places
from pipeline.stages.topics import read_topics
from pipeline.storage import read_rows, write_bytes
from pipeline.topics.suggestions import read_decided, suggest_terms

TABLE = "suggestions.csv"
DECIDED = "suggestions_decided.csv"


def write_suggestions(places: Places, parameters: Parameters) -> str:
    """Write ``tables/suggestions.csv``; return a line that says how many there are and where decisions stand."""
    documents = read_documents(places.corpus)
    decided = read_decided(places.corpus / DECIDED)
    embedded, topics = read_topics(places, documents)
    encoder = load_encoder(parameters.section("embeddings")["encoder"], texts_of(embedded.passages, places.models))
    suggestions = suggest_terms(
        embedded.passages,
        embedded.matrix,
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


def _mentions(out: Path, document: Document) -> list[Mention]:
    path = out / "mentions" / f"{document.id}.parquet"
    if not path.is_file():
        raise ValueError(f"{path}: there is no such file; run `python -m pipeline mentions` first")
    return read_rows(path, Mention)
