"""A YAML file that people write, as nodes that know their lines: ``yaml.safe_load`` forgets where a value stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from pipeline.documents.checks import RegisterError

Fault = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the file and its line: a text as it is written, a list of nodes, or a mapping from texts to nodes."""

    line: int
    value: str | list[Node] | dict[str, Node]

    def text(self, key: str) -> str:
        """Return the text under a key of a mapping; empty where there is none."""
        found = self.value.get(key) if isinstance(self.value, dict) else None
        return found.value if found and isinstance(found.value, str) else ""


def read_nodes(path: Path, faults: list[Fault]) -> Node:
    """Return a YAML file as nodes, an empty mapping where it holds comments only; RegisterError where it is no YAML."""
    try:
        tree = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise RegisterError([f"{path}: not UTF-8 ({error}); save it in UTF-8"]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise RegisterError([f"{path}:{line}: not valid YAML ({getattr(error, 'problem', error)})"]) from error
    return Node(1, {}) if tree is None else _node(tree, faults, ())


def _node(node: yaml.Node, faults: list[Fault], above: tuple[int, ...]) -> Node:
    """Turn a node of YAML into texts, lists and mappings, as they are written; a key that stands twice is a fault."""
    line = node.start_mark.line + 1
    if id(node) in above:
        faults.append((line, "this value contains itself by an alias; write it out"))
        return Node(line, "")
    above = (*above, id(node))
    if isinstance(node, yaml.SequenceNode):
        return Node(line, [_node(item, faults, above) for item in node.value])
    if not isinstance(node, yaml.MappingNode):
        return Node(line, "" if node.tag == "tag:yaml.org,2002:null" else str(node.value).strip())
    children: dict[str, Node] = {}
    for key, value in node.value:
        name, place = str(key.value), key.start_mark.line + 1
        if name in children:
            faults.append(
                (place, f"{name!r} stands here a second time (first in line {children[name].line}); keep one")
            )
        else:
            children[name] = replace(_node(value, faults, above), line=place)
    return Node(line, children)


def mapping(node: Node, name: str, allowed: Sequence[str], faults: list[Fault]) -> dict[str, Node]:
    """Return the keys and values of a mapping; what is none, or has a key that is not allowed, is a fault."""
    if not isinstance(node.value, dict):
        faults.append((node.line, f"{name} must be keys with values, as in 'key: value'"))
        return {}
    for key, value in node.value.items() if allowed else ():
        if key not in allowed:
            faults.append((value.line, f"unknown key {key!r} in {name}; expected {', '.join(allowed)}"))
    return node.value
