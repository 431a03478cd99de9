"""What can be a cause, and what differs between two states that is no rule: documents, parameters, program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.changes.rules import language_sentence
from pipeline.changes.states import Comparison
from pipeline.schemas import CAUSES, Ground

# The modules and libraries whose change shows in a stage's output; those of all stages come last.
_EVERYWHERE = ("schemas", "storage")


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause of a change: its kind (of CAUSES), what it is in words, and the quote that came or went with it.

    ``certainty`` is 0 where the evidence proves it, 1 where it fits best, 2 where it is one of several that may be.
    ``through`` is another concept of the document, where the cause is one of that concept's mentions.
    """

    kind: str
    what: str
    document_id: str | None = None
    ground: Ground | None = None
    effect: str = "unchanged"
    certainty: int = 0
    through: str | None = None

    def at(self, document_id: str, ground: Ground | None, effect: str) -> Cause:
        """Return the cause with the place where it shows."""
        return replace(self, document_id=document_id, ground=ground, effect=effect if ground else "unchanged")

    def less_certain(self, certainty: int) -> Cause:
        """Return the cause as no more certain than that."""
        return replace(self, certainty=max(certainty, self.certainty))


def in_order(causes: Iterable[Cause]) -> list[Cause]:
    """Return each cause once, the most certain first; of one cause the most direct, that names a quote, stands."""
    kept: dict[tuple[str, str], Cause] = {}
    for cause in sorted(causes, key=lambda cause: (cause.through is not None, cause.ground is None, cause.certainty)):
        known = kept.setdefault((cause.kind, cause.what), cause)
        kept[cause.kind, cause.what] = replace(known, certainty=min(cause.certainty, known.certainty))
    return sorted(kept.values(), key=lambda cause: (cause.certainty, CAUSES.index(cause.kind)))


def origin_causes(comparison: Comparison, stage: str) -> list[Cause]:
    """Return what differs in where the files of a stage come from: parameters, modules, libraries."""
    old, new = comparison.old.stage(stage), comparison.new.stage(stage)
    causes = [Cause("parameter changed", what) for what in parameter_changes(comparison, stage)]
    old_code, new_code = old.get("code", {}), new.get("code", {})
    modules = [name for name in sorted(old_code.keys() | new_code.keys()) if old_code.get(name) != new_code.get(name)]
    own = [name for name in modules if name not in _EVERYWHERE]
    causes += [Cause("program changed", f"pipeline/{name}") for name in own or modules]
    for name, before, after in _differences(old.get("libraries", {}), new.get("libraries", {})):
        causes.append(Cause("library changed", f"{name} {before} → {after}"))
    return causes


def parameter_changes(comparison: Comparison, stage: str) -> list[str]:
    """Return each key of a stage's parameters that differs, with its values: "mentions.targeted_from 0.85 → 0.9"."""
    old, new = (state.stage(stage).get("parameters", {}) for state in (comparison.old, comparison.new))
    return [f"{stage}.{key} {before} → {after}" for key, before, after in _differences(_flat(old), _flat(new))]


def _flat(values: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in values.items():
        flat |= _flat(value, f"{before}{key}.") if isinstance(value, Mapping) else {f"{before}{key}": value}
    return flat


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key, "none"), new.get(key, "none")
        if before != after:
            yield key, before, after


def content_causes(comparison: Comparison, document_id: str) -> list[Cause]:
    """Return why a document's passages differ: corrected, another file, read now, or read by other means.

    Empty where they do not differ, and where nothing that they come from does.
    """
    old, new = comparison.old.document(document_id), comparison.new.document(document_id)
    if old is None or new is None or (old["passages"] == new["passages"] and old["pages"] == new["pages"]):
        return []
    return [cause.at(document_id, None, "unchanged") for cause in _content_causes(comparison, document_id, old, new)]


def _content_causes(
    comparison: Comparison, document_id: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Cause]:
    if old["corrections"] != new["corrections"]:
        yield Cause("source corrected", f"corrections of {document_id} changed")
        return
    if old["sha256"] != new["sha256"]:
        yield _other_file(document_id, old, new)
        return
    if old["pages"] == new["pages"] and old["language"] != new["language"]:
        yield Cause("register changed", f"{document_id}: language {old['language']} → {new['language']}")
    stage = "pages" if old["pages"] != new["pages"] else "passages"
    for cause in origin_causes(comparison, stage):
        yield Cause("document re-read", f"{document_id}: {cause.what}")
    if stage == "passages" and comparison.old.stage(stage).get("rules") != comparison.new.stage(stage).get("rules"):
        yield Cause("document re-read", f"{document_id}: models/layout_words.yaml changed")


def _other_file(document_id: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Cause:
    if old["read"] and new["read"]:
        return Cause("new file", f"{document_id}: another file (sha256 {old['sha256'][:8]} → {new['sha256'][:8]})")
    statuses = f"{old['status']} → {new['status']}".replace("_", " ")
    return Cause("document read" if new["read"] else "document not read", f"{document_id}: {statuses}")


def standing_causes(comparison: Comparison, document_id: str) -> list[Cause]:
    """Return why a document counts otherwise: it came or went, was read, superseded, or is described otherwise."""
    old, new = comparison.old.document(document_id), comparison.new.document(document_id)
    if old is None or new is None:
        kind, facts = ("new document", new) if old is None else ("removed document", old)
        title = f" ({facts['year']}, {facts['title']})" if facts else ""
        return [Cause(kind, f"{document_id}{title}", document_id)]
    causes = register_causes(comparison, document_id, ("country", "kind"))
    if old["superseded_by"] != new["superseded_by"]:
        causes.append(Cause("document superseded", _superseded(document_id, old, new), document_id))
    if old["read"] != new["read"]:
        causes += content_causes(comparison, document_id) or _language_causes(comparison, document_id, old, new)
    return causes


def register_causes(comparison: Comparison, document_id: str, facts: Sequence[str]) -> list[Cause]:
    """Return which facts of the register differ for a document that both states know."""
    old, new = comparison.old.document(document_id), comparison.new.document(document_id)
    if old is None or new is None:
        return []
    found = list(_differences({name: old[name] for name in facts}, {name: new[name] for name in facts}))
    if found and old["corrections"] != new["corrections"]:
        return [Cause("source corrected", f"corrections of {document_id} changed", document_id)]
    return [
        Cause("register changed", f"{document_id}: {fact} {before or 'none'} → {after or 'none'}", document_id)
        for fact, before, after in found
    ]


def _language_causes(
    comparison: Comparison, document_id: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> list[Cause]:
    """Return the languages that got or lost their terms and that the document is written in."""
    spoken = {part.split(":")[0] for part in f"{old['languages']} {new['languages']}".split()}
    changes = comparison.rules.languages
    return [
        Cause("rule changed", language_sentence(code, changes[code]), document_id)
        for code in sorted(spoken & changes.keys())
    ]


def _superseded(document_id: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    if new["superseded_by"]:
        return f"{document_id} is superseded by {new['superseded_by']}"
    return f"{document_id} is in force again: {old['superseded_by']} no longer supersedes it"


def all_causes(comparison: Comparison) -> list[Cause]:
    """Return everything that differs between the two states and can be a cause, whether a cell shows it or not."""
    causes: list[Cause] = []
    old, new = comparison.old.basis["documents"], comparison.new.basis["documents"]
    for document_id in sorted(old.keys() | new.keys()):
        causes += standing_causes(comparison, document_id) + content_causes(comparison, document_id)
        causes += register_causes(comparison, document_id, ("year", "title", "supersedes"))
    causes += [Cause(kind, what) for kind, what in comparison.rules.sentences()]
    for stage in ("pages", "passages", "mentions", "tables"):
        causes += origin_causes(comparison, stage)
    return in_order(causes)
