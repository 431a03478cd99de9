"""What an earlier revision of this project, with its own code, rules and parameters, finds in labelled passages."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.stages.history import GitError, NoGitError, git

SECONDS = 600
_PARTS = ("pipeline", "models", "params.yaml")
_NEEDED = ("pipeline/stages/evaluate.py", "models", "params.yaml")

# Runs in the revision's folder: every import is the revision's own.
_RUNNER = """
import json, sys
from pathlib import Path
from pipeline.concepts import load_vocabulary
from pipeline.mentions import Tagger
from pipeline.stages.evaluate import predict_passages
from pipeline.stages.places import load_parameters

rows = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
tagger = Tagger(load_vocabulary(Path("models")))
predictions = predict_passages(rows, tagger, load_parameters(Path("params.yaml")).section("mentions"))
Path(sys.argv[2]).write_text(json.dumps(predictions), encoding="utf-8")
"""


def predict_at_revision(
    rows: Sequence[Mapping[str, Any]], project: Path, revision: str
) -> tuple[str, dict[str, dict[str, str]]]:
    """Return the short name of a git revision of ``project``, and its predictions for labelled passages.

    The revision's files are taken from git into a temporary folder and run there in a process of their own, so
    neither the working tree nor what this process has imported plays a part. Whatever is in the way is a ValueError.
    """
    name = _resolve(project, revision)
    with tempfile.TemporaryDirectory(prefix="revision-") as place:
        folder = Path(place) / "project"
        _extract(_git(project, "archive", "--format=tar", name, *_PARTS), folder, revision)
        labels, target = Path(place) / "labels.json", Path(place) / "predictions.json"
        labels.write_text(json.dumps(rows), encoding="utf-8")
        _run(folder, [str(labels), str(target)], revision)
        return name, json.loads(target.read_text(encoding="utf-8"))


def _resolve(project: Path, revision: str) -> str:
    """Return the short hash of a revision that exists and can be evaluated."""
    _git(project, "rev-parse", "--git-dir")
    try:
        found = _git(project, "rev-parse", "--verify", "--short", "--end-of-options", f"{revision}^{{commit}}")
    except ValueError as error:
        raise ValueError(
            f"--against {revision}: git knows no such revision in {project}; expected a commit, branch or tag "
            "such as HEAD~1 or main (`git log --oneline` lists the commits)"
        ) from error
    name = found.decode().split()[-1]
    there = _git(project, "ls-tree", "-z", "--name-only", name, *_NEEDED).decode().split("\0")
    missing = [part for part in _NEEDED if part not in there]
    if missing:
        raise ValueError(
            f"--against {revision}: that revision has no {' and no '.join(missing)}, so there is nothing in it that "
            "could be evaluated; choose a later one"
        )
    return name


def _git(project: Path, *arguments: str) -> bytes:
    """Return what git prints; where it fails, its own words are in the ValueError."""
    try:
        return git(project, *arguments)
    except NoGitError as error:
        raise ValueError("--against needs git, which is not installed; install it, or leave --against out") from error
    except GitError as error:
        raise ValueError(
            f"--against: git {arguments[0]} failed in {project}; expected the project to be a git repository that "
            f"has the revision; git says: {error.said}"
        ) from error


def _extract(archive: bytes, folder: Path, revision: str) -> None:
    """Unpack a tar; nothing in it may point out of the folder."""
    if not hasattr(tarfile, "data_filter"):
        raise ValueError("--against needs a Python that unpacks safely: 3.11.4 or newer")
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
    except tarfile.TarError as error:
        raise ValueError(f"--against {revision}: its files cannot be unpacked safely ({error})") from error


def _run(folder: Path, arguments: Sequence[str], revision: str) -> None:
    paths = [str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    command = [sys.executable, "-c", _RUNNER, *arguments]
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ValueError(f"--against {revision}: its code took longer than {SECONDS} s on the passages") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["nothing"]
        raise ValueError(
            f"--against {revision}: its own code failed on the passages ({said[-1].strip()}); expected it to run with "
            "the libraries of this environment; choose a later revision"
        )
