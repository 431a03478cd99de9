"""The topic model: fitted on a sample, applied to any passage, kept as safetensors and JSON."""

from __future__ import annotations

import colorsys
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from pipeline.schemas import Topic
from pipeline.topics.space import Matrix, Space, nearest_centres

if TYPE_CHECKING:
    from bertopic import BERTopic

_GOLDEN_ANGLE = 0.381966  # of the circle of hues: neighbours in number are far apart in colour
_OWN_FILES = ("strategy_topics.json", "space.safetensors")
_OUTSIDE = "other"  # the name under which the mean of all languages is kept


@dataclass(frozen=True, slots=True)
class TopicModel:
    """Topics, and what it takes to find them in a new passage.

    ``centres`` has one row of length 1 for each of ``topics``, in their order, in the space of ``encoder``; a passage
    belongs to the nearest, if its cosine is at least ``least``. ``outliers`` is the share of passages of the sample
    that clustering left out before they were given the nearest topic. ``next_number`` was never given to a topic.
    """

    topics: tuple[Topic, ...]
    centres: Matrix
    space: Space
    least: float
    encoder: str
    method: str
    outliers: float
    next_number: int


def assign_topics(model: TopicModel, matrix: Matrix, languages: Sequence[str]) -> tuple[NDArray[np.int64], Matrix]:
    """Return for each passage the number of its topic (-1: none is near enough) and its cosine: BERTopic's transform.

    ``matrix`` holds the vectors of the model's own encoder as they come from it.
    """
    places, cosines = nearest_centres(model.space.centred(matrix, languages), model.centres, model.least)
    numbers = np.array([topic.number for topic in model.topics] + [-1], dtype=np.int64)
    return numbers[places], cosines


def colour_of(number: int) -> str:
    """Return the colour of a topic as #rrggbb: by its number alone, so that it keeps it."""
    red, green, blue = colorsys.hls_to_rgb((number * _GOLDEN_ANGLE) % 1, 0.42, 0.55)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


def renumbered(model: TopicModel, numbers: Sequence[int], next_number: int) -> TopicModel:
    """Return the model with other numbers for its topics, in their order, and the colours of those numbers."""
    topics = tuple(
        replace(topic, number=number, colour=colour_of(number))
        for topic, number in zip(model.topics, numbers, strict=True)
    )
    return replace(model, topics=topics, next_number=next_number)


def save_model(folder: Path, model: TopicModel, bertopic: BERTopic | None) -> None:
    """Write BERTopic's own files (safetensors and JSON), and beside them what ``load_model`` reads."""
    folder.mkdir(parents=True, exist_ok=True)
    if bertopic is not None:
        logging.getLogger("BERTopic").setLevel(logging.ERROR)  # it warns that the encoder is not saved, as intended
        bertopic.save(str(folder), serialization="safetensors", save_ctfidf=False, save_embedding_model=False)
    described = {
        "encoder": model.encoder, "method": model.method, "least": model.least, "outliers": model.outliers,
        "next_number": model.next_number, "topics": [asdict(topic) for topic in model.topics],
    }  # fmt: skip
    text = json.dumps(described, indent=1, ensure_ascii=False)
    (folder / _OWN_FILES[0]).write_text(text + "\n", encoding="utf-8")
    tensors = {f"mean.{language}": mean for language, mean in sorted(model.space.means.items())}
    tensors |= {f"mean.{_OUTSIDE}": model.space.mean, "centres": model.centres}
    save_file({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}, folder / _OWN_FILES[1])


def load_model(folder: Path) -> TopicModel | None:
    """Read what ``save_model`` wrote; None where nothing was saved. A broken file is a ValueError that names it."""
    paths = [folder / name for name in _OWN_FILES]
    if not all(path.is_file() for path in paths):
        return None
    try:
        described = json.loads(paths[0].read_text(encoding="utf-8"))
        tensors = load_file(paths[1])
        topics = tuple(_read_topic(row) for row in described.pop("topics"))
        means = {name.removeprefix("mean."): value for name, value in tensors.items() if name.startswith("mean.")}
        return TopicModel(
            topics=topics, centres=tensors["centres"], space=Space(means.pop(_OUTSIDE), means), **described
        )
    except (KeyError, TypeError, ValueError, OSError, SafetensorError) as error:
        raise ValueError(f"{folder}: this is no topic model of this version ({error}); remove the folder") from error


def _read_topic(row: Mapping[str, Any]) -> Topic:
    others = tuple((language, tuple(words)) for language, words in row["others"])
    return Topic(**{**row, "words": tuple(row["words"]), "others": others})
