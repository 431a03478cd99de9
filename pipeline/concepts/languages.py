"""The head of a file of terms: how its language writes, inflects and joins words."""

from __future__ import annotations

import re

from pipeline.concepts.checks import Node, Reader
from pipeline.schemas import Language

HEAD = ("language", "name", "writing", "compounds", "elisions", "inflections", "joiners", "articles")
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def check_code(reader: Reader, head: dict[str, Node]) -> None:
    """Tell where the head of a file of terms names another language than the file's name, or none."""
    expected, line = _code(reader), _line(head)
    code = reader.text(head.get("language"), "language")
    if code != expected:
        reader.fault(line, f"language is {code!r} in the file {reader.path.name}; write 'language: {expected}'.")
    if not _CODE.fullmatch(expected):
        reader.fault(line, f"{expected!r} is not a language code; name the file by one such as 'ko' or 'pt-BR'.")


def read_language(reader: Reader, head: dict[str, Node]) -> Language:
    """Return the language that the head of a file of terms describes."""
    expected, line = _code(reader), _line(head)
    name = reader.text(head.get("name"), "name")
    if not name:
        reader.fault(line, "the language has no name; add 'name: English' or the like.")
    writing = reader.choice(head.get("writing"), "writing", ("spaced", "unspaced"))
    compounds = reader.choice(head.get("compounds"), "compounds", ("false", "true"))
    elisions = tuple(word.casefold() for word, _ in reader.texts(head.get("elisions"), "elisions"))
    inflections = _inflections(reader, head.get("inflections"))
    joiners = tuple(word for word, _ in reader.texts(head.get("joiners"), "joiners"))
    articles = tuple(word for word, _ in reader.texts(head.get("articles"), "articles"))
    return Language(expected, name, writing, compounds == "true", elisions, inflections, joiners, articles)


def _code(reader: Reader) -> str:
    """Return the code in the name of a file of terms."""
    return reader.path.name.removeprefix("terms.").removesuffix(".yaml")


def _line(head: dict[str, Node]) -> int:
    return head["language"].line if "language" in head else 1


def _inflections(reader: Reader, node: Node | None) -> tuple[tuple[str, str, int], ...]:
    rules = []
    for item in reader.items(node, "inflections"):
        entry = reader.mapping(item, "an inflection", ("ending", "becomes", "keep"))
        ending = reader.text(entry.get("ending"), "ending")
        keep = reader.text(entry.get("keep"), "keep")
        if not ending:
            reader.fault(item.line, "an inflection has no ending; write '{ending: s, becomes: \"\", keep: 3}'.")
        elif not re.fullmatch(r"[0-9]{1,2}", keep):
            reader.fault(item.line, f"keep is {keep!r}; expected the number of letters that remain before {ending!r}.")
        else:
            rules.append((ending.casefold(), reader.text(entry.get("becomes"), "becomes").casefold(), int(keep)))
    return tuple(sorted(rules, key=lambda rule: -len(rule[0])))
