"""Levels: whether a sentence commits its issuer to what it names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.schemas import Cue

HEADED_KINDS = ("heading", "list_item", "table_row")


def decide(
    sentence: Sequence[Cue], lead_in: Sequence[Cue], section: Sequence[Cue], kind: str
) -> tuple[str, tuple[str, ...]]:
    """Return the level of what a sentence names, and the cues that decided it, as "kind:phrase".

    A cue in the sentence or in what introduces its list makes it ``targeted``; for headings, list items and rows so
    does a cue of priority in the headings above. A counter in the sentence takes all of that away.
    """
    counters = [cue for cue in sentence if cue.counters]
    if counters:
        return "mentioned", _named(counters)
    cues = [cue for cue in (*sentence, *lead_in) if not cue.counters]
    if kind in HEADED_KINDS:
        cues += [cue for cue in section if cue.kind == "priority" and not cue.counters]
    return ("targeted", _named(cues)) if cues else ("mentioned", ())


def _named(cues: Iterable[Cue]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{cue.kind}:{cue.phrase}" for cue in cues))
