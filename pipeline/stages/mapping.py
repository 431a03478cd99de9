"""Map a stage over documents: one kept file each, made again only where its fingerprint no longer holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.stages.places import Progress, Tally
from pipeline.storage import read_notes, remove_others
from pipeline.workers import Limits, each_document


@dataclass(frozen=True, slots=True)
class Task:
    """One document's share of a stage: the file to write, the fingerprint to note in it, and what `work` is given."""

    target: Path
    fingerprint: str
    arguments: tuple[Any, ...]

    @property
    def document_id(self) -> str:
        """Return the id, which names the file."""
        return self.target.name.removesuffix(".parquet")

    @property
    def holds(self) -> bool:
        """Say whether the kept file was made from the same input, parameters, code and libraries."""
        return read_notes(self.target).get("fingerprint") == self.fingerprint


def refresh_documents(
    stage: str,
    tasks: Sequence[Task],
    work: Callable[..., None],
    give_up: Callable[[Task, str], None],
    *,
    folder: Path,
    workers: int,
    limits: Limits,
    progress: Progress,
) -> Tally:
    """Run ``work(target, fingerprint, *arguments)`` for each stale task; ``give_up`` writes what failed as a file.

    Files of documents that left the register are removed. Nothing here reads a document whose file still holds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    removed = remove_others(folder, (task.document_id for task in tasks))
    stale = [task for task in tasks if not task.holds]
    by_target = {task.target: task for task in stale}
    arguments = [(task.target, task.fingerprint, *task.arguments) for task in stale]
    faults = []
    progress(stage, 0, len(stale))
    for done, (argument, sentence) in enumerate(
        each_document(work, arguments, workers=workers, limits=limits), start=1
    ):
        if sentence:
            task = by_target[argument[0]]
            faults.append(f"{task.document_id}: {sentence}")
            give_up(task, sentence)
        progress(stage, done, len(stale))
    return Tally(stage, len(stale), len(tasks) - len(stale), len(removed), tuple(faults))
