"""YAML with line numbers, and the faults found in it, as sentences.

``yaml.safe_load`` forgets where a value stood, keeps the last of two equal keys without a word, and turns the key
``yes`` or the language ``no`` into a truth value. Here a file becomes nodes that hold their text as it is written.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where PyYAML was built with it: ten times faster


class VocabularyError(ValueError):
    """The files under ``models/`` contradict themselves; the message lists every fault, one sentence a line."""


@dataclass
class Faults:
    """The faults found so far, each with where it was found."""

    sentences: list[str] = field(default_factory=list)

    def add(self, path: Path, line: int, sentence: str) -> None:
        """Note one fault: ``sentence`` says what is wrong at ``line`` (1-based) of the file and what to do."""
        self.sentences.append(f"{path}, line {line}: {sentence}")

    def raise_if_any(self) -> None:
        """Raise VocabularyError if a fault was noted."""
        if self.sentences:
            raise VocabularyError("\n".join(self.sentences))


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a YAML file and its line: a text, a list of nodes, or a mapping from texts to nodes.

    ``key_lines`` gives the line of each key of a mapping. A value left out (``null``) is the empty text.
    """

    line: int
    value: str | list[Node] | dict[str, Node]
    key_lines: dict[str, int] = field(default_factory=dict)


class Reader:
    """Reads one YAML file and tells what it cannot use."""

    def __init__(self, path: Path, faults: Faults) -> None:
        """Prepare to read ``path``; every fault goes to ``faults``."""
        self.path = path
        self.faults = faults

    def fault(self, line: int, sentence: str) -> None:
        """Note a fault of this file."""
        self.faults.add(self.path, line, sentence)

    def read(self) -> Node:
        """Return the file as a mapping; an empty one (and a fault) where it is missing, empty or not YAML."""
        empty = Node(1, {})
        try:
            tree = yaml.compose(self.path.read_text(encoding="utf-8"), Loader=_Loader)
        except OSError as error:
            self.fault(1, f"the file cannot be read ({error.strerror or error}); create it.")
            return empty
        except UnicodeDecodeError as error:
            self.fault(1, f"the file is not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8.")
            return empty
        except yaml.YAMLError as error:
            self._tell_syntax(error)
            return empty
        if not isinstance(tree, yaml.MappingNode) or not tree.value:
            self.fault(1, "expected keys with values, as in 'key: value', and found none; fill the file or delete it.")
            return empty
        return self._node(tree, ())

    def _tell_syntax(self, error: yaml.YAMLError) -> None:
        mark, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        line = 1 if mark is None else mark.line + 1
        since = f", in what begins in line {begun.line + 1}" if begun is not None and begun.line + 1 != line else ""
        self.fault(line, f"this is not valid YAML ({problem}{since}); check indentation, colons and quotation marks.")

    def _node(self, node: yaml.Node, above: tuple[int, ...]) -> Node:
        line = node.start_mark.line + 1
        if id(node) in above:
            self.fault(line, "this value contains itself by an alias; write it out.")
            return Node(line, "")
        above = (*above, id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, above)
        if isinstance(node, yaml.SequenceNode):
            return Node(line, [self._node(item, above) for item in node.value])
        return Node(line, "" if node.tag == "tag:yaml.org,2002:null" else str(node.value).strip())

    def _mapping(self, node: yaml.MappingNode, above: tuple[int, ...]) -> Node:
        children: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in children:
                self.fault(line, f"the key {key!r} stands here a second time (first in line {lines[key]}); keep one.")
                continue
            children[key], lines[key] = self._node(value_node, above), line
        return Node(node.start_mark.line + 1, children, lines)

    def mapping(self, node: Node | None, name: str, allowed: Sequence[str] = ()) -> dict[str, Node]:
        """Return the node's keys and values, telling keys not ``allowed`` (if given); nothing where it is none."""
        if node is None or node.value == "":
            return {}
        if not isinstance(node.value, dict):
            self.fault(node.line, f"{name} must be keys with values, as in 'key: value'; found {_kind(node)}.")
            return {}
        for key in node.value if allowed else ():
            if key not in allowed:
                hint = closest(key, allowed)
                self.fault(node.key_lines[key], f"unknown key {key!r} in {name}; expected {listed(allowed)}{hint}.")
        return node.value

    def items(self, node: Node | None, name: str) -> list[Node]:
        """Return the node's items; nothing (and a fault) where it is not a list."""
        if node is None or node.value == "":
            return []
        if not isinstance(node.value, list):
            self.fault(node.line, f"{name} must be a list, as in '- item' or '[item]'; found {_kind(node)}.")
            return []
        return node.value

    def text(self, node: Node | None, name: str) -> str:
        """Return the node's text; an empty one (and a fault) where it is a list or a mapping."""
        if node is None:
            return ""
        if not isinstance(node.value, str):
            self.fault(node.line, f"{name} must be a text; found {_kind(node)}.")
            return ""
        return node.value

    def choice(self, node: Node | None, name: str, allowed: tuple[str, str]) -> str:
        """Return the node's text where it is one of two; the first of them where it is left out."""
        value = self.text(node, name) or allowed[0]
        if value not in allowed and node is not None:
            self.fault(node.line, f"{name} is {value!r}; expected {allowed[0]} or {allowed[1]}.")
        return value

    def texts(self, node: Node | None, name: str) -> list[tuple[str, int]]:
        """Return the texts of a list with their lines, telling the empty ones."""
        found = []
        for item in self.items(node, name):
            text = self.text(item, f"an item of {name}")
            if text:
                found.append((text, item.line))
            elif item.value == "":
                self.fault(item.line, f"an empty item in {name}; write a text or delete the line.")
        return found


def closest(word: str, known: Iterable[str]) -> str:
    """Return a hint naming the known word most like ``word``, or nothing where none is."""
    matches = difflib.get_close_matches(word, list(known), n=1)
    return f" (did you mean {matches[0]!r}?)" if matches else ""


def listed(words: Sequence[str]) -> str:
    """Return the words as they are listed in a sentence."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}" if words else "nothing"


def _kind(node: Node) -> str:
    if isinstance(node.value, dict):
        return "keys with values"
    return "a list" if isinstance(node.value, list) else f"the text {node.value!r}"
