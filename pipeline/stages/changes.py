"""Stage `changes`: the tables of a corpus, held against those that were committed before.

The tables are compared with the newest commit whose tables differ from them: before they are committed that is the
last commit, afterwards the one before it, so that committing tables together with their report changes neither. A
report bears the mark of the tables that it speaks of. While the tables stay, it stays, whatever it was compared with;
so the report that a release was made with survives in any clone, one without history too.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.changes import (
    FILES,
    MARK,
    Comparison,
    Report,
    State,
    all_causes,
    changed_languages,
    compare_states,
    csv_of,
    diff_rules,
    fault_sentence,
    mark_of,
    markdown_of,
    read_state,
)
from pipeline.concepts import VocabularyError, load_vocabulary
from pipeline.freshness import blob_id
from pipeline.schemas import Vocabulary
from pipeline.stages.history import Commit, blob, commit_named, commits_of, files_at, git, is_ignored, why_no_history
from pipeline.stages.places import Parameters, Places
from pipeline.storage import write_bytes
from pipeline.tables import weigh_parts
from pipeline.tables.countries import country_name

WRITTEN = ("changes.csv", "CHANGES.md")
_QUOTES = "evidence.csv"


@dataclass(frozen=True, slots=True)
class Told:
    """What the stage says: what changed in a sentence, and the fault if a change has no cause."""

    sentence: str
    fault: str = ""


def write_changes(places: Places, parameters: Parameters, *, since: str = "") -> Told:
    """Write changes.csv and CHANGES.md, or keep those that are there for these tables.

    ``since`` names the git revision to compare with; the report is then made in any case.
    """
    folder = places.out / "tables"
    files = _files_of(folder)
    if missing := [name for name in FILES if name not in files]:
        raise ValueError(f"{folder}: {' and '.join(missing)} not there; run `python -m pipeline tables` first")
    mark = mark_of(files)
    if not since and _keep_report(folder, mark):
        return _told(folder)
    report = _make_report(places, parameters, files, mark, since)
    codes = {change.country for change in report.changes}
    write_bytes(folder / "changes.csv", csv_of(report))
    write_bytes(folder / "CHANGES.md", markdown_of(report, {code: country_name(code) for code in codes}))
    return _told(folder)


def _told(folder: Path) -> Told:
    """Say what the report says, be it new or kept."""
    lines = (folder / "CHANGES.md").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(io.StringIO((folder / "changes.csv").read_text(encoding="utf-8"), newline=""))
    without = sorted({row["cell_id"] for row in rows if row["cause"] == "no cause"})
    return Told(f"changes: {lines[2]}", fault_sentence(without) if without else "")


def _keep_report(folder: Path, mark: str) -> bool:
    """Say whether the report in the folder speaks of these tables; one that was committed for them is put back."""
    there = all((folder / name).is_file() for name in WRITTEN)
    if there and _speaks_of((folder / "CHANGES.md").read_bytes(), mark):
        return True
    try:
        committed = files_at(folder, "HEAD", WRITTEN)
    except ValueError:
        return False
    if len(committed) < len(WRITTEN) or not _speaks_of(committed["CHANGES.md"], mark):
        return False
    for name, content in committed.items():
        write_bytes(folder / name, content)
    return True


def _speaks_of(report: bytes, mark: str) -> bool:
    return f"{MARK}`{mark}`".encode() in report


def _files_of(folder: Path) -> dict[str, bytes]:
    names = (*FILES, _QUOTES)
    return {name: (folder / name).read_bytes() for name in names if (folder / name).is_file()}


def _make_report(places: Places, parameters: Parameters, files: Mapping[str, bytes], mark: str, since: str) -> Report:
    folder = places.out / "tables"
    new = read_state(files)
    report = Report(places.corpus.resolve().name, mark, len(new.cells))
    try:
        commit, old = _earlier(folder, mark, since)
    except ValueError as error:
        if since:
            raise
        return replace(report, nothing=str(error))
    rules = diff_rules(old.basis, new.basis, *(_words(places, state, old, new) for state in (old, new)))
    quoted = not is_ignored(folder, _QUOTES)
    comparison = Comparison(old, new, rules, weigh_parts, quoted=quoted, **parameters.section("changes"))
    return replace(
        report,
        compared=f"with {commit}",
        changes=tuple(compare_states(comparison)),
        differing=tuple(all_causes(comparison)),
        quoted=quoted,
    )


def _earlier(folder: Path, mark: str, since: str) -> tuple[Commit, State]:
    """Return the state to compare with and its commit; why there is none is a ValueError."""
    if since:
        commit = commit_named(folder, since)
        try:
            return commit, _state_at(folder, commit)
        except ValueError as error:
            raise ValueError(f"--since {since}: {error}") from error
    if why := why_no_history(folder):
        raise ValueError(why)
    for commit in commits_of(folder, FILES):
        files = files_at(folder, commit.name, FILES)
        if files and mark_of(files) != mark:
            return commit, _state_at(folder, commit)
    shallow = git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"
    raise ValueError("the history of this clone is cut short" if shallow else "no other tables were committed before")


def _state_at(folder: Path, commit: Commit) -> State:
    try:
        return read_state(files_at(folder, commit.name, (*FILES, _QUOTES)))
    except ValueError as error:
        raise ValueError(f"the tables of {commit} do not say what they rest on ({error})") from error


def _words(places: Places, state: State, old: State, new: State) -> dict[str, Vocabulary]:
    """Return the terms and cues of each language in which the states differ, as a state had them.

    The files come from models/ or from git by what the basis says of their content; a language of which one is at
    neither place, or cannot be read any more, is left out.
    """
    found = {}
    rules = state.stage("mentions").get("rules", {})
    for code in changed_languages(old.basis, new.basis):
        names = [name for name in rules if _speaks(name, code)]
        contents = {name: _content(places, name, rules[name]) for name in names}
        with tempfile.TemporaryDirectory(prefix="rules-") as place:
            for name, content in contents.items():
                if content is not None:
                    write_bytes(Path(place) / name, content)
            if None not in contents.values():
                try:
                    found[code] = load_vocabulary(Path(place))
                except VocabularyError:
                    continue
    return found


def _speaks(name: str, code: str) -> bool:
    """Say whether a file of rules is of a language, or of all as the concepts' own files are."""
    path = Path(name)
    if path.parent.name == "cues":
        return path.stem == code
    return not path.name.startswith("terms.") or path.name == f"terms.{code}.yaml"


def _content(places: Places, name: str, identity: str) -> bytes | None:
    path = places.models / name
    if path.is_file() and blob_id(path) == identity:
        return path.read_bytes()
    return next((content for home in (places.models, places.out) if (content := blob(home, identity))), None)
