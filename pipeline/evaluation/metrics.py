"""The file of figures: its text, and that no new figure falls far below the one it holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.evaluation.passages import QUESTIONS

TOLERANCE = 0.01
_ROUNDING = 1e-9  # figures have four decimals; a fall of exactly the tolerance is within it


def metrics_text(scores: Mapping[str, Any]) -> str:
    """Put scores into JSON that can be read and compared by line: the figures of one thing stand on one line."""
    return _indented(scores, 0) + "\n"


def read_floor(path: Path) -> dict[str, Any]:
    """Read from a file of figures those of all passages: ``n``, and F1 by question."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise ValueError(f"{path}: not JSON ({error}); expected what `evaluate --json` writes") from error
    passages = content.get("passages") if isinstance(content, dict) else None
    floor: dict[str, Any] = {"n": passages.get("n") if isinstance(passages, dict) else None}
    for question in QUESTIONS:
        figures = passages.get(question) if isinstance(passages, dict) else None
        value = figures.get("f1") if isinstance(figures, dict) else None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise ValueError(
                f"{path}: `passages.{question}.f1` is {value!r}; expected a figure from 0 to 1, "
                "as in the file that `evaluate --passages … --json FILE` writes"
            )
        floor[question] = float(value)
    return floor


@dataclass(frozen=True, slots=True)
class Held:
    """Both figures in lines for readers, and a sentence for each figure that fell too far."""

    text: str
    shortfalls: tuple[str, ...]


def compare_with_floor(scores: Mapping[str, Any], floor: Mapping[str, Any], *, tolerance: float = TOLERANCE) -> Held:
    """Hold F1 over all passages against the floor, of which it may fall short by ``tolerance``."""
    lines, shortfalls = [f"Floor (F1 may fall by {tolerance:g})"], []
    if floor["n"] != scores["n"]:
        lines.append(f"  not over the same passages: {floor['n']} there, {scores['n']} here")
    for question in QUESTIONS:
        now, was = scores[question]["f1"], floor[question]
        lines.append(f"  {question:<26} floor {was:.4f}  now {now:.4f}  {now - was:+.4f}")
        if was - now > tolerance + _ROUNDING:
            shortfalls.append(
                f"{question} F1 fell from {was:.4f} to {now:.4f}, by more than {tolerance:g}; `evaluate --against` "
                "with an earlier revision names the passages, and if the fall is meant, `evaluate --json` without "
                "--floor writes the new figures"
            )
    return Held("\n".join(lines) + "\n", tuple(shortfalls))


def _indented(value: Any, depth: int) -> str:
    if not isinstance(value, Mapping) or not any(isinstance(part, Mapping) for part in value.values()):
        return json.dumps(value, ensure_ascii=False)
    margin = " " * depth
    parts = [f"{margin} {json.dumps(name)}: {_indented(part, depth + 1)}" for name, part in value.items()]
    return "{\n" + ",\n".join(parts) + f"\n{margin}}}"
