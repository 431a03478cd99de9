"""Where a corpus keeps what, and the parameters of the project."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pipeline.schemas import Period, check_periods
from pipeline.workers import Limits

PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one run: the corpus is only read; ``out`` receives pages/, passages/, mentions/ and tables/.

    With ``as_of``, tables are made of documents of that year and before, in a folder of their own.
    """

    corpus: Path
    out: Path
    models: Path = PROJECT / "models"
    as_of: int | None = None

    @property
    def register(self) -> Path:
        """Return the path of the corpus register."""
        return self.corpus / "sources.csv"

    @property
    def decisions(self) -> Path:
        """Return the path of what people decided on cells and quotes."""
        return self.corpus / "decisions.csv"

    @property
    def tables(self) -> Path:
        """Return the folder of the tables: ``tables``, or ``tables-as-of-2018`` beside it."""
        return self.out / tables_folder(self.as_of)

    @property
    def topic_model(self) -> Path:
        """Return the folder of the fitted topic model: beside the rules where the corpus is the project's own."""
        if self.out.resolve().parent == PROJECT / "corpora":
            return self.models / "topics" / self.out.name
        return self.out / "topics" / "model"


def tables_folder(as_of: int | None) -> str:
    """Return the name of the folder of tables, those of all documents or those as of a year."""
    return "tables" if as_of is None else f"tables-as-of-{as_of}"


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


def read_periods(parameters: Parameters) -> list[Period]:
    """Return the periods of params.yaml: a mapping from labels to first and last years."""
    spans = parameters.section("periods")
    for label, years in spans.items():
        if not (isinstance(years, list) and len(years) == 2 and all(isinstance(year, int) for year in years)):
            raise ValueError(f"params.yaml, periods: {label} is {years!r}; expected two years, as in [2014, 2017]")
    periods = [Period(str(label), *years) for label, years in spans.items()]
    check_periods(periods)
    return periods
