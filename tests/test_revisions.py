"""Labelled passages held against a git revision and against a floor, on small vocabularies."""

import json
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.stages.evaluate import Labels, Requests, evaluate_labels
from pipeline.stages.places import load_parameters
from pipeline.stages.revisions import predict_at_revision
from tests.test_concepts import TERMS, write_models

needs_safe_unpacking = pytest.mark.skipif(
    not hasattr(tarfile, "data_filter"), reason="this Python cannot unpack safely; --against asks for 3.11.4 or newer"
)

ROOT = Path(__file__).parents[1]
AI = "artificial-intelligence"
TEXTS = {
    "known": "We will fund AI.",
    "new": "We will fund thinking engines.",
    "open": "There are thinking engines.",
    "both": "We will fund artificial intelligence.",
}
ROWS = [
    {
        "id": name,
        "document_id": f"document-{name}",
        "language": "en",
        "text": text,
        "labels": [] if name == "open" else [{"concept": AI, "level": "targeted"}],
        "doubtful": [AI] if name == "open" else [],
    }
    for name, text in TEXTS.items()
]


def git(project: Path, *arguments: str) -> None:
    """Run git in a project under a name of its own."""
    named = ["-c", "user.name=A Tester", "-c", "user.email=tester@example.org"]
    subprocess.run(["git", "-C", str(project), *named, *arguments], check=True, capture_output=True)


def commit(project: Path, message: str) -> None:
    """Commit everything."""
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", message)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository: tag `empty` without an evaluation, `broken` with code that fails, then one that works.

    In the working tree the term AI is replaced by another.
    """
    folder = tmp_path_factory.mktemp("project")
    git(folder, "init", "--quiet")
    shutil.copy(ROOT / "params.yaml", folder)
    commit(folder, "parameters only")
    git(folder, "tag", "empty")
    write_models(folder)
    shutil.copytree(ROOT / "pipeline", folder / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    start = folder / "pipeline" / "__init__.py"
    start.write_text('raise RuntimeError("out of order")\n')
    commit(folder, "code that fails")
    git(folder, "tag", "broken")
    shutil.copy(ROOT / "pipeline" / "__init__.py", start)
    commit(folder, "code that works")
    (folder / "models" / "concepts" / "terms.en.yaml").write_text(TERMS.replace("- AI\n", "- thinking engines\n"))
    return folder


@needs_safe_unpacking
def test_what_changed_since_a_revision_is_named(project: Path, tmp_path: Path) -> None:
    labels = tmp_path / "passages.jsonl"
    labels.write_text("\n".join(json.dumps(row) for row in ROWS))
    parameters = load_parameters(project / "params.yaml")
    report = evaluate_labels(Labels(passages=labels), parameters, project, Requests(against="HEAD")).report
    changes = report[report.index("Changed:") :].splitlines()
    assert changes[0] == "Changed: 3 judgements in 3 passages: 1 better, 1 worse, 1 without a label's say"
    assert [line.split() for line in changes[1:4]] == [
        f"worse known (document-known) {AI}: targeted -> not found, label: targeted".split(),
        f"neutral open (document-open) {AI}: not found -> targeted, label: doubtful".split(),
        f"better new (document-new) {AI}: not found -> targeted, label: targeted".split(),
    ]


@needs_safe_unpacking
@pytest.mark.parametrize(
    ("revision", "sentence"),
    [
        ("nowhere", "git knows no such revision"),
        ("--all", "git knows no such revision"),
        ("", "git knows no such revision"),
        ("empty", "has no pipeline/stages/evaluate.py and no models"),
        ("broken", "its own code failed on the passages (RuntimeError: out of order)"),
    ],
)
def test_a_revision_that_cannot_be_compared_is_a_sentence(project: Path, revision: str, sentence: str) -> None:
    with pytest.raises(ValueError, match="--against") as caught:
        predict_at_revision(ROWS, project, revision)
    assert sentence in str(caught.value)


def test_without_a_git_repository_that_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="expected the project to be a git repository"):
        predict_at_revision(ROWS, tmp_path, "HEAD")


def test_a_figure_below_the_floor_ends_with_exit_code_1_and_is_not_written(tmp_path: Path) -> None:
    labels, floor = tmp_path / "passages.jsonl", tmp_path / "metrics.json"
    labels.write_text(json.dumps({**ROWS[0], "text": "Nothing of the kind is named here."}))
    figures = json.dumps({"passages": {"n": 1, "concept": {"f1": 0.9}, "targeted": {"f1": 0.005}}})
    floor.write_text(figures)
    arguments = ["evaluate", "--passages", str(labels), "--floor", str(floor), "--json", str(floor)]
    failed = CliRunner().invoke(app, arguments)
    assert failed.exit_code == 1
    assert "floor 0.9000  now 0.0000" in failed.output
    assert "concept F1 fell from 0.9000 to 0.0000" in failed.output
    assert "targeted F1 fell" not in failed.output
    assert floor.read_text() == figures
    passed = CliRunner().invoke(app, [*arguments, "--tolerance", "0.9", "--errors", str(tmp_path / "errors.md")])
    assert passed.exit_code == 0
    assert f"| {AI} | missed | 1 |" in (tmp_path / "errors.md").read_text()
    assert json.loads(floor.read_text())["passages"]["concept"]["f1"] == 0.0
