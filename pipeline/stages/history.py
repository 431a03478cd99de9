"""What git keeps of a folder: the states of its files in earlier commits. All that is asked of git is asked here."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_LOOKED_BACK = 50  # commits


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that touched the files: its hash and its date (year, month, day)."""

    name: str
    date: str

    def __str__(self) -> str:
        """Say which it is."""
        return f"commit {self.name[:10]} of {self.date}"


class NoGitError(ValueError):
    """Git is not installed."""


class GitError(ValueError):
    """Git failed; ``said`` are its own words."""

    def __init__(self, sentence: str, said: str) -> None:
        super().__init__(sentence)
        self.said = said


def git(folder: Path, *arguments: str, accepted: Sequence[int] = (0,)) -> bytes:
    """Return what git prints; raises NoGitError where it is not there and GitError where it fails, both ValueErrors."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError as error:
        raise NoGitError("git is not installed") from error
    if done.returncode not in accepted:
        said = " ".join(done.stderr.decode(errors="replace").split()) or "nothing"
        raise GitError(f"git {arguments[0]} failed in {folder}; git says: {said}", said)
    return done.stdout


def why_no_history(folder: Path) -> str:
    """Say why git has no commit to look at for a folder; empty where it has."""
    try:
        git(folder, "rev-parse", "--git-dir")
    except NoGitError as error:
        return str(error)
    except GitError:
        return "the tables are in no git repository"
    try:
        git(folder, "rev-parse", "--verify", "--quiet", "HEAD")
    except ValueError:
        return "nothing was committed before"
    return ""


def commits_of(folder: Path, names: Iterable[str]) -> Iterator[Commit]:
    """Yield the commits that touched files of a folder, the newest first."""
    found = git(folder, "log", f"--max-count={_LOOKED_BACK}", "--format=%H %cs", "--", *names).decode()
    for line in found.splitlines():
        yield Commit(*line.split())


def commit_named(folder: Path, revision: str) -> Commit:
    """Return the commit that a revision names; one that git does not know is a ValueError that says what to do."""
    git(folder, "rev-parse", "--git-dir")
    try:
        found = git(folder, "log", "-1", "--format=%H %cs", "--end-of-options", revision, "--").decode().split()
    except ValueError as error:
        raise ValueError(
            f"--since {revision}: git knows no such revision in {folder}; expected a commit, branch or tag such as "
            "HEAD~1 or v1.0 (`git log --oneline` lists the commits)"
        ) from error
    return Commit(*found)


def files_at(folder: Path, commit: str, names: Iterable[str]) -> dict[str, bytes]:
    """Return the contents of those files of a folder that a commit has, by name."""
    listed = git(folder, "ls-tree", "-z", "--name-only", commit, *(f"./{name}" for name in names)).decode()
    return {name: git(folder, "show", f"{commit}:./{name}") for name in listed.split("\0") if name}


def blob(folder: Path, name: str) -> bytes | None:
    """Return the content that git keeps under an id; None where it has none."""
    try:
        return git(folder, "cat-file", "blob", name)
    except ValueError:
        return None


def is_ignored(folder: Path, name: str) -> bool:
    """Say whether git is told to leave a file alone."""
    return bool(git(folder, "check-ignore", name, accepted=(0, 1)).strip())
