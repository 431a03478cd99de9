"""What all commands share: the app, its options, progress, and errors as sentences."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

if TYPE_CHECKING:
    from pipeline.stages.places import Tally

PROJECT = Path(__file__).parents[2]

app = typer.Typer(
    help="Country comparison tables from national industrial strategies, every cell opening to quotes on pages.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"max_content_width": 110},
)
console = Console()
errors = Console(stderr=True)

CorpusFolder = Annotated[Path, typer.Argument(help="A folder with a sources.csv, such as corpora/sample.")]
CorpusName = Annotated[str, typer.Option("--corpus", help="The name of a folder in corpora/, or a path to one.")]
Out = Annotated[Path | None, typer.Option(help="Write here instead of into the corpus folder.")]
Workers = Annotated[int, typer.Option(min=1, help="Processes that work side by side.")]
AsOf = Annotated[
    int | None,
    typer.Option(min=1900, max=2100, help="The comparison as it stood in this year: later documents leave."),
]
Params = Annotated[Path, typer.Option(help="The file of parameters.")]

CORES = os.cpu_count() or 1
PARAMS = PROJECT / "params.yaml"


@contextmanager
def sentences() -> Iterator[None]:
    """Turn what the layers refuse into a sentence and exit code 1; no traceback reaches a user."""
    try:
        yield
    except (ValueError, OSError) as error:
        line(f"Error: {error}", to=errors, style="red")
        raise typer.Exit(1) from error


def line(text: str, to: Console | None = None, style: str = "") -> None:
    """Print a line as it is: unwrapped, and with brackets that are part of a path or a quote, not markup."""
    (to or console).print(Text(text, style=style), soft_wrap=True)


def corpus_folder(name: str) -> Path:
    """Return the folder of a corpus given by name or path."""
    folder = Path(name)
    return folder if (folder / "sources.csv").is_file() or os.sep in name else PROJECT / "corpora" / name


@contextmanager
def shown_progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show how far each stage is; nothing where standard error is not a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        tasks: dict[str, int] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

        yield report


def say(done: Tally | str) -> None:
    """Print what a stage did, and each document that it gave up with the reason."""
    line(str(done))
    for fault in () if isinstance(done, str) else done.faults:
        line(f"given up: {fault}", to=errors, style="yellow")
