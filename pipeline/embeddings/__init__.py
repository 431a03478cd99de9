"""Embeddings: passages to vectors in which passages on the same matter lie near each other, whatever their language."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.embeddings.choosing import choose_passages
from pipeline.embeddings.encoders import Encoder, depends_on_corpus, encoder_version, load_encoder
from pipeline.embeddings.masking import Masks, compile_masks, masked

__all__ = [
    "Encoder",
    "Masks",
    "choose_passages",
    "compile_masks",
    "depends_on_corpus",
    "embed_texts",
    "encoder_version",
    "load_encoder",
    "masked",
    "text_hash",
]


def text_hash(text: str) -> str:
    """Return the key under which the vector of a text is kept."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def embed_texts(
    texts: Sequence[str], encoder: Encoder, known: Mapping[str, NDArray[np.float32]]
) -> tuple[NDArray[np.float32], int]:
    """Return one row for each text, and how many were encoded: a text whose hash is in ``known`` is not encoded again.

    A text that stands twice is encoded once.
    """
    keys = [text_hash(text) for text in texts]
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    fresh = dict(zip(new, encoder.encode(list(new.values())), strict=True)) if new else {}
    if not keys:
        return np.zeros((0, 0), dtype=np.float32), 0
    rows = [known[key] if key in known else fresh[key] for key in keys]
    return np.array(rows, dtype=np.float32).reshape(len(rows), -1), len(new)
