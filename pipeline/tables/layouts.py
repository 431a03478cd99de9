"""Layouts: which concepts stand in which column of a comparison table, read from models/layouts.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from pipeline.schemas import Concept

SELECTORS = ("columns", "families", "concepts")


class LayoutError(ValueError):
    """A fault of a layouts file, as a sentence that names the file and the line."""


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """One column of a comparison table: its heading, and the ids of the concepts that stand in it, sorted."""

    label: str
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One comparison table: its name (part of file names), its title (a sheet's name), a note and its columns."""

    name: str
    title: str
    note: str
    columns: tuple[LayoutColumn, ...]


def load_layouts(path: Path, concepts: Sequence[Concept]) -> tuple[Layout, ...]:
    """Read the layouts of a YAML file, the main one first, and check them against the register of concepts.

    Raises LayoutError with file, line, what was expected and what was found.
    """
    reader = _Reader(path, concepts)
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise LayoutError(f"{path}, line {line}: this is not YAML ({fault.problem}); mend the line") from fault
    if root is None:
        raise LayoutError(f"{path}, line 1: the file is empty; expected at least one layout")
    layouts = tuple(reader.layout(name, node) for name, node in reader.mapping(root, "the file").items())
    if not layouts:
        raise LayoutError(f"{path}, line 1: no layout; expected at least one")
    titles = [layout.title.casefold() for layout in layouts]
    for layout in layouts:
        if titles.count(layout.title.casefold()) > 1:
            raise LayoutError(f"{path}: two layouts have the title {layout.title!r}; give each its own")
    return layouts


class _Reader:
    """The YAML nodes of one file, read with their line numbers: what yaml.safe_load would have thrown away."""

    def __init__(self, path: Path, concepts: Sequence[Concept]) -> None:
        self.path = path
        self.concepts = concepts

    def fault(self, node: yaml.Node, sentence: str) -> LayoutError:
        return LayoutError(f"{self.path}, line {node.start_mark.line + 1}: {sentence}")

    def mapping(self, node: yaml.Node, what: str) -> dict[str, yaml.Node]:
        """Return a mapping's values by key; a key that stands twice is a fault, which YAML itself would not say."""
        if not isinstance(node, yaml.MappingNode):
            raise self.fault(node, f"{what} should be a mapping (name: value)")
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if key.value in found:
                raise self.fault(key, f"{key.value!r} stands twice; keep one")
            found[key.value] = value
        return found

    def text(self, node: yaml.Node, what: str) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise self.fault(node, f"{what} should be a text and is empty or a list")
        return str(node.value).strip()

    def texts(self, node: yaml.Node, what: str) -> list[tuple[str, yaml.Node]]:
        if not isinstance(node, yaml.SequenceNode):
            raise self.fault(node, f"{what} should be a list such as [digital]")
        return [(self.text(item, f"an item of {what}"), item) for item in node.value]

    def keys(self, node: yaml.Node, what: str, needed: Sequence[str], allowed: Sequence[str]) -> dict[str, yaml.Node]:
        """Return a mapping's values after checking that it has the needed keys and no key that is not allowed."""
        values = self.mapping(node, what)
        for key, value in values.items():
            if key not in allowed:
                raise self.fault(value, f"{what} has the unknown key {key!r}; expected {', '.join(allowed)}")
        for key in needed:
            if key not in values:
                raise self.fault(node, f"{what} has no {key!r}; add it")
        return values

    def layout(self, name: str, node: yaml.Node) -> Layout:
        what = f"layout {name!r}"
        if not name.replace("-", "").isalnum() or not name.isascii():
            raise self.fault(node, f"{what}: the name becomes a file name; use letters, digits and hyphens only")
        values = self.keys(node, what, ("title", "columns"), ("title", "note", "columns", "partial"))
        title = self.text(values["title"], f"the title of {what}")
        if len(title) > 31 or any(mark in title for mark in "[]:*?/\\'"):
            raise self.fault(values["title"], f"{what}: the title names a sheet; at most 31 letters, none of []:*?/\\'")
        if not isinstance(values["columns"], yaml.SequenceNode) or not values["columns"].value:
            raise self.fault(values["columns"], f"the columns of {what} should be a list of at least one column")
        columns = tuple(self.column(item, what) for item in values["columns"].value)
        if "partial" not in values or self.text(values["partial"], f"`partial` of {what}") != "true":
            placed = {concept for column in columns for concept in column.concepts}
            missing = sorted(concept.id for concept in self.concepts if concept.id not in placed)
            if missing:
                raise self.fault(
                    node, f"{what} has no column for {', '.join(missing)}; add one, or say `partial: true`"
                )
        note = self.text(values["note"], f"the note of {what}") if "note" in values else ""
        return Layout(name, title, note, columns)

    def column(self, node: yaml.Node, layout: str) -> LayoutColumn:
        values = self.keys(node, f"a column of {layout}", ("label",), ("label", *SELECTORS))
        label = self.text(values["label"], f"the label of a column of {layout}")
        chosen: set[str] = set()
        for selector in SELECTORS:
            for value, item in self.texts(values[selector], f"{selector!r} of {label!r}") if selector in values else ():
                chosen |= self.selected(selector, value, item)
        if not chosen:
            raise self.fault(node, f"column {label!r} selects no concept; give it {', '.join(SELECTORS)} or remove it")
        return LayoutColumn(label, tuple(sorted(chosen)))

    def selected(self, selector: str, value: str, node: yaml.Node) -> set[str]:
        """Return the concepts that one selector chooses; one that no concept answers to is a misspelling."""
        known: dict[str, set[str]] = {}
        for concept in self.concepts:
            names = {"columns": concept.columns, "families": (concept.family,), "concepts": (concept.id,)}[selector]
            for name in names:
                known.setdefault(name, set()).add(concept.id)
        if value not in known:
            expected = "an id of models/concepts" if selector == "concepts" else f"one of {', '.join(sorted(known))}"
            raise self.fault(node, f"{value!r} is not known among the {selector}; expected {expected}")
        return known[value]
