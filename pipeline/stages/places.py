"""Where a corpus keeps what, and the parameters of the project."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pipeline.workers import Limits

PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one run: the corpus is only read; ``out`` receives pages/, passages/, mentions/ and tables/."""

    corpus: Path
    out: Path
    models: Path = PROJECT / "models"

    @property
    def register(self) -> Path:
        """Return the path of the corpus register."""
        return self.corpus / "sources.csv"

    @property
    def topic_model(self) -> Path:
        """Return the folder of the fitted topic model: beside the rules where the corpus is the project's own."""
        if self.out.resolve().parent == PROJECT / "corpora":
            return self.models / "topics" / self.out.name
        return self.out / "topics" / "model"


@dataclass(frozen=True, slots=True)
class Parameters:
    """The sections of params.yaml; a section's keys are the keyword arguments of the layer's functions."""

    limits: Limits
    sections: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def section(self, name: str) -> dict[str, Any]:
        """Return one section, empty where params.yaml has none."""
        return dict(self.sections.get(name) or {})


@dataclass(frozen=True, slots=True)
class Tally:
    """What a stage did: how many documents it worked on, kept as they were, and removed; and what failed."""

    stage: str
    worked: int
    kept: int
    removed: int
    faults: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.stage}: {self.worked} worked on, {self.kept} unchanged, {self.removed} removed"


Progress = Callable[[str, int, int], None]


def no_progress(stage: str, done: int, total: int) -> None:
    """Show nothing: what stages do unless told otherwise."""


def load_parameters(path: Path) -> Parameters:
    """Read params.yaml; a missing file or a wrong shape is a ValueError sentence."""
    if not path.is_file():
        raise ValueError(f"{path}: there is no such file; give the project's params.yaml with --params")
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"{path}: not valid YAML: {error}") from error
    if not isinstance(content, dict) or not isinstance(content.get("limits"), dict):
        raise ValueError(f"{path}: expected sections with a section `limits` (seconds, megabytes)")
    limits = content["limits"]
    if set(limits) != {"seconds", "megabytes"}:
        raise ValueError(f"{path}: section limits has {sorted(limits)}; expected exactly seconds and megabytes")
    sections = {name: section for name, section in content.items() if isinstance(section, dict)}
    return Parameters(limits=Limits(**limits), sections=sections)
