"""Why a document makes more or less of a concept: which part of its salience differs, and what that comes from.

The levels of the earlier state are worked out anew with one part at a time as it is now: a part that changes the level
by itself is a reason; where only several together do, all that move the salience are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from pipeline.changes.causes import Cause, content_causes, origin_causes, register_causes
from pipeline.changes.mentions import cue_causes, mention_causes
from pipeline.changes.states import Comparison, State
from pipeline.schemas import Part

_OWN = ("contents", "headings", "priorities", "lists", "openings", "passages", "targeted")
_MOST_OTHERS = 3  # other concepts of a document whose changes are followed
_NOTABLE = 0.2  # of the greatest move of the salience: a part that moves it less is no reason worth naming
_SAME = 0.00015  # salience is rounded to four decimals
NONE = ("none", 0.0)

Score = tuple[str, float]


def level_causes(comparison: Comparison, document_id: str, concept: str) -> list[Cause]:
    """Return why level or salience of a concept differ in a document that both states know."""
    old, new = (_score(state, document_id, concept) for state in (comparison.old, comparison.new))
    if old == new:
        return []
    if NONE in (old, new):
        return mention_causes(comparison, document_id, concept) or _program(comparison, document_id, concept)
    causes: list[Cause] = []
    for part in _reasons(comparison, document_id, concept, old, new):
        causes += _EXPLAINED[part](comparison, document_id, concept)
    return causes


def _score(state: State, document_id: str, concept: str) -> Score:
    return state.levels.get(document_id, {}).get(concept, NONE)


def _reasons(comparison: Comparison, document_id: str, concept: str, old: Score, new: Score) -> list[str]:
    """Return the parts that differ and matter, those that move the salience most first."""
    before = _with_new(comparison, document_id, concept, "")
    moved = []
    for part in _EXPLAINED:
        score = old if part == "program" else _with_new(comparison, document_id, concept, part)
        if abs(score[1] - before[1]) > _SAME or score[0] != before[0]:
            moved.append((score[0] != before[0], abs(score[1] - before[1]), part))
    if old[0] != new[0] and any(flips for flips, _, _ in moved):
        moved = [entry for entry in moved if entry[0]]
    most = max((move for _, move, _ in moved), default=0.0)
    moved = [entry for entry in moved if entry[0] or entry[1] >= _NOTABLE * most]
    return [part for _, _, part in sorted(moved, reverse=True)]


def _with_new(comparison: Comparison, document_id: str, concept: str, part: str) -> Score:
    """Return what this program makes of the earlier parts of a concept, with one of them as it is now.

    Without a part it is what it makes of the earlier state: where that is not what the tables had, the program weighs
    otherwise than the one that made them.
    """
    before = dict(comparison.old.parts.get(document_id, {}))
    after = comparison.new.parts.get(document_id, {})
    weights = comparison.old.weights()
    if concept not in before or concept not in after:
        return NONE
    own, now = before[concept], after[concept]
    if part == "mentions":
        before[concept] = replace(own, **{name: getattr(now, name) for name in _OWN})
    elif part == "title":
        before[concept] = replace(own, in_title=now.in_title)
    elif part == "others":
        before = {**after, concept: own}
    elif part == "weights":
        weights = comparison.new.weights()
    return comparison.weigh(before, weights)[concept]


def _mentions(comparison: Comparison, document_id: str, concept: str) -> list[Cause]:
    causes = mention_causes(comparison, document_id, concept)
    if not causes:  # the same mentions, in passages of another kind or with other cues of priority
        causes = content_causes(comparison, document_id)
        languages = {rule_id.split("/", 1)[0] for rule_id in comparison.new.grounds.get((document_id, concept), {})}
        causes += cue_causes(comparison, languages)
    return causes or origin_causes(comparison, "mentions")


def _title(comparison: Comparison, document_id: str, concept: str) -> list[Cause]:
    return register_causes(comparison, document_id, ("title",)) or mention_causes(comparison, document_id, concept)


def _others(comparison: Comparison, document_id: str, concept: str) -> list[Cause]:
    """Return why the other concepts of the document weigh more or less beside this one."""
    before, after = (state.parts.get(document_id, {}) for state in (comparison.old, comparison.new))
    gaps = {
        other: abs(_targeted(after, other) - _targeted(before, other))
        for other in before.keys() | after.keys()
        if other != concept
    }
    causes: list[Cause] = []
    for other in sorted((name for name in gaps if gaps[name]), key=lambda name: (-gaps[name], name))[:_MOST_OTHERS]:
        for cause in mention_causes(comparison, document_id, other):
            causes.append(replace(cause.at(document_id, None, "unchanged").less_certain(1), through=other))
    return causes


def _targeted(parts: Mapping[str, Part], concept: str) -> int:
    return parts[concept].targeted if concept in parts else 0


def _weights(comparison: Comparison, document_id: str, concept: str) -> list[Cause]:
    """Return the weights and thresholds that matter: those without whose change the level would not have changed."""
    parts, weights = comparison.new.parts[document_id], comparison.new.weights()
    before = comparison.old.weights()
    now = comparison.weigh(parts, weights)[concept]
    found = []
    for key in sorted(weights.keys() | before.keys()):
        if weights.get(key) == before.get(key):
            continue
        without = {name: value for name, value in {**weights, key: before.get(key)}.items() if value is not None}
        score = comparison.weigh(parts, without)[concept]
        what = f"tables.weights.{key} {before.get(key, 'none')} → {weights.get(key, 'none')}"
        found.append((score[0] != now[0], score != now, Cause("parameter changed", what, document_id)))
    flipping = [cause for flips, _, cause in found if flips]
    return flipping or [cause for _, moves, cause in found if moves]


def _program(comparison: Comparison, document_id: str, concept: str) -> list[Cause]:
    """Return what differs in the program that weighs, and not in its parameters."""
    made = [cause for cause in origin_causes(comparison, "tables") if cause.kind != "parameter changed"]
    return [cause.at(document_id, None, "unchanged") for cause in made]


_EXPLAINED: dict[str, Callable[[Comparison, str, str], list[Cause]]] = {
    "mentions": _mentions,
    "title": _title,
    "others": _others,
    "weights": _weights,
    "program": _program,
}
