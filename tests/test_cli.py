"""The command line: every command is documented, and whatever goes wrong is a sentence."""

import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pipeline.cli import app

ROOT = Path(__file__).parents[1]
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
runner = CliRunner(env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"})


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does_with_an_example(command: str) -> None:
    text = runner.invoke(app, [command, "--help"]).output
    assert re.search(rf"Example:\s+python -m pipeline {command}", text), text


def test_the_readme_names_the_commands_a_user_needs() -> None:
    readme = (ROOT / "README.md").read_text()
    for command in ("add", "fetch", "run", "show", "coverage", "evaluate"):
        assert f"python -m pipeline {command}" in readme


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["pages", "nowhere"], "nowhere"),
        (["run", "nowhere", "--without", "topics"], "nowhere"),
        (["show", "--corpus", "nowhere"], "build the corpus first"),
        (["evaluate"], "nothing to score"),
        (["evaluate", "--tables", "."], "--documents and --tables go together"),
        (["tables", ".", "--params", "nowhere.yaml"], "nowhere.yaml: there is no such file"),
        (["fetch", "--corpus", "nowhere"], "nowhere"),
    ],
)
def test_what_goes_wrong_is_a_sentence_and_exit_code_1(arguments: list[str], sentence: str) -> None:
    result = runner.invoke(app, arguments)
    assert result.exit_code == 1
    assert sentence in result.output.replace("\n", "")
    assert "Traceback" not in result.output


def test_labels_that_are_not_there_leave_the_figures_alone(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    figures.write_text("{}")
    result = runner.invoke(app, ["evaluate", "--gold", str(tmp_path / "absent"), "--json", str(figures)])
    assert result.exit_code == 0
    assert figures.read_text() == "{}"
