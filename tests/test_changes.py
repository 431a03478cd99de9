"""What changed and why: five builds of a small corpus in git, each with exactly its causes, and faults are said."""

from __future__ import annotations

import csv
import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.changes import Comparison, Report, RuleChanges, State, compare_states, markdown_of
from pipeline.changes.mentions import _shown
from pipeline.cli import app
from pipeline.documents import write_register
from pipeline.schemas import Change, Document, Ground
from pipeline.stages.changes import Told, write_changes
from pipeline.stages.mentions import prepare_tagger, refresh_mentions
from pipeline.stages.pages import refresh_pages
from pipeline.stages.passages import refresh_passages
from pipeline.stages.places import Parameters, Places, load_parameters
from pipeline.stages.tables import write_tables
from pipeline.tables import weigh_parts
from tests.test_concepts import SECTORS, TECHNOLOGIES, change
from tests.test_embeddings import in_this_process
from tests.test_revisions import commit, git

ROOT = Path(__file__).parents[1]
AI, DATA, MINING = "artificial-intelligence", "big-data", "mining"
TERMS = """\
language: en
name: English
writing: spaced
inflections:
  - {ending: s, becomes: "", keep: 3}
shared: []
concepts:
  artificial-intelligence:
    terms:
      - artificial intelligence
      - machine learning
  big-data:
    terms:
      - big data
      - data mining
  mining:
    terms:
      - mining
joiners: [and]
"""
CUES = """\
language: en
cues:
  issuer: [we]
  intent: [will]
  action: [fund]
  priority: [top priority, foremost aim]
countries:
  DEU: [German, Germany]
  FRA: [French, France]
"""
LAYOUTS = """\
published:
  title: "All"
  columns:
    - {label: "Digital", columns: [digital]}
    - {label: "Sectors", columns: [sectors]}
extended:
  title: "Families"
  columns:
    - {label: "All", families: [digital, materials-industry]}
"""
TEXTS = {
    "deu-2015-plan": "We will fund machine learning.\n\nWe will fund big data.\n\nWe will fund big data at school.",
    "deu-2020-plan": "We will fund mining.\n\nWe will fund mining in the north.\n\nPeople speak of big data.",
    "fra-2016-plan": "Mining is a top priority.\n\nThe weather was fine and the harvest good.",
    "fra-2019-plan": "We will fund artificial intelligence.\n\nWe will fund artificial intelligence in hospitals.",
}
DECISION = """\
country,concept,verdict,reason,reviewer,date,expects
FRA,mining,reject,a figure of speech,R. Reader,2026-02-03,targeted
"""
runner = CliRunner(env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"})


class Project:
    """A repository with rules, parameters and one corpus of text files, built in this process."""

    def __init__(self, folder: Path) -> None:
        """Write and commit it, with its tables."""
        self.folder = folder
        models = {"technologies": TECHNOLOGIES, "sectors": SECTORS, "terms.en": TERMS}
        for name, text in {f"concepts/{name}": text for name, text in models.items()}.items() | {
            ("cues/en", CUES), ("layouts", LAYOUTS),
        }:  # fmt: skip
            self.write(f"models/{name}.yaml", text)
        shutil.copy(ROOT / "models" / "layout_words.yaml", folder / "models")
        shutil.copy(ROOT / "params.yaml", folder)
        self.write("corpora/.gitignore", "/*/pages/\n/*/passages/\n/*/mentions/\n")
        self.texts = {name: text for name, text in TEXTS.items() if name != "deu-2020-plan"}
        self.register()

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def register(self, **changes: str) -> None:
        """Write the texts and the register; ``changes`` are those of all documents."""
        rows = []
        for name, text in sorted(self.texts.items()):
            self.write(f"corpora/briefs/text/{name}.txt", text)
            file = self.folder / "corpora" / "briefs" / "text" / f"{name}.txt"
            rows.append(
                Document(
                    id=name, country=name[:3].upper(), year=int(name[4:8]), title="A plan", issuer="", language="en",
                    kind="industrial-strategy", file=f"text/{name}.txt", url="", licence="", supersedes="", notes="",
                    sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
                )
            )  # fmt: skip
        write_register(self.places.register, [replace(row, **changes) for row in rows])

    @property
    def places(self) -> Places:
        corpus = self.folder / "corpora" / "briefs"
        return Places(corpus, corpus, self.folder / "models")

    @property
    def tables(self) -> Path:
        return self.places.out / "tables"

    def parameters(self) -> Parameters:
        return load_parameters(self.folder / "params.yaml")

    def build(self) -> set[tuple[str, str, str, str]]:
        """Build; return (cell, change, cause, explanation) of every row of changes.csv."""
        prepare_tagger.cache_clear()
        for refresh in (refresh_pages, refresh_passages, refresh_mentions):
            assert not refresh(self.places, self.parameters(), workers=1).faults
        write_tables(self.places, self.parameters())
        assert self.changes().fault == ""
        return self.told()

    def told(self) -> set[tuple[str, str, str, str]]:
        return {(row["cell_id"], row["change"], row["cause"], row["explanation"]) for row in self.rows()}

    def rows(self, name: str = "changes.csv") -> list[dict[str, str]]:
        with (self.tables / name).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    def statuses(self) -> dict[str, str]:
        return {row["cell_id"]: row["status"] for row in self.rows("cells.csv") if row["status"] in FOUND}

    def report(self) -> str:
        return (self.tables / "CHANGES.md").read_text(encoding="utf-8")

    def changes(self, since: str = "") -> Told:
        return write_changes(self.places, self.parameters(), since=since)


FOUND = ("targeted", "mentioned")


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Build the corpus once, commit it, and let stages work in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.stages.mapping.each_document", in_this_process)
        project = Project(tmp_path_factory.mktemp("committed"))
        git(project.folder, "init", "--quiet")
        project.build()
        assert "no other tables" in project.report() or "nothing was committed" in project.report()
        assert project.rows() == []
        commit(project.folder, "First tables")
        yield project.folder


@pytest.fixture
def project(committed: Path, tmp_path: Path) -> Project:
    """Return a copy of the built and committed corpus."""
    shutil.copytree(committed, tmp_path / "copy")
    again = object.__new__(Project)
    again.folder = tmp_path / "copy"
    again.texts = {name: text for name, text in TEXTS.items() if name != "deu-2020-plan"}
    return again


def test_the_corpus_stands_as_the_tests_expect(project: Project) -> None:
    assert project.statuses() == {
        f"DEU.{AI}": "targeted", f"DEU.{DATA}": "targeted", f"FRA.{AI}": "targeted", f"FRA.{MINING}": "targeted",
    }  # fmt: skip


# Five builds, each with exactly its causes.


def test_a_term_taken_out(project: Project) -> None:
    change(project.places.models, "concepts/terms.en.yaml", "      - machine learning\n", "")
    told = project.build()
    assert told == {
        (f"DEU.{AI}", "went", "rule changed", f'term "machine learning" (en) of {AI} removed'),
    }
    (row,) = project.rows()
    assert (row["status_before"], row["status_after"]) == ("targeted", "read_none_found")
    assert (row["quote_effect"], row["quote"]) == ("lost", "We will fund machine learning.")
    assert (row["document_id"], row["rule_id"], row["page_number"], row["start"], row["end"]) == (
        "deu-2015-plan", f"en/{AI}/machine learning", "1", "0", "30",
    )  # fmt: skip
    assert "1 of 6 cells changed" in project.report()


def test_a_threshold_moved(project: Project) -> None:
    change(project.folder, "params.yaml", "    core_from: 0.5\n", "    core_from: 0.66\n")
    why = ("parameter changed", "tables.weights.core_from 0.5 → 0.66")
    assert project.build() == {(f"DEU.{AI}", "moved", *why)}
    (row,) = project.rows()
    assert (row["level_before"], row["level_after"], row["quote_effect"]) == ("core", "supported", "unchanged")


def test_a_document_added(project: Project) -> None:
    project.texts = TEXTS
    project.register()
    why = ("new document", "deu-2020-plan (2020, A plan)")
    assert project.build() == {(f"DEU.{MINING}", "appeared", *why), (f"DEU.{DATA}", "moved", *why)}
    by_cell = {row["cell_id"]: row for row in project.rows()}
    assert by_cell[f"DEU.{MINING}"]["quote_effect"] == "gained"
    assert by_cell[f"DEU.{MINING}"]["quote"] == "We will fund mining."


def test_a_document_removed(project: Project) -> None:
    del project.texts["fra-2019-plan"]
    project.register()
    assert project.build() == {(f"FRA.{AI}", "went", "removed document", "fra-2019-plan (2019, A plan)")}
    (row,) = project.rows()
    assert (row["quote_effect"], row["quote"]) == ("lost", "We will fund artificial intelligence.")


def test_a_cell_decided_by_hand(project: Project) -> None:
    project.write("corpora/briefs/decisions.csv", DECISION)
    said = "rejected by R. Reader on 2026-02-03: a figure of speech"
    assert project.build() == {(f"FRA.{MINING}", "went", "human decision", said)}
    (row,) = project.rows()
    assert (row["status_before"], row["status_after"]) == ("targeted", "rejected")
    assert project.build() == project.told()


def test_a_decision_taken_back(project: Project) -> None:
    project.write("corpora/briefs/decisions.csv", DECISION)
    project.build()
    commit(project.folder, "Decide")
    project.write("corpora/briefs/decisions.csv", DECISION.splitlines(keepends=True)[0])
    said = "taken back: rejected by R. Reader on 2026-02-03: a figure of speech"
    assert project.build() == {(f"FRA.{MINING}", "appeared", "human decision", said)}


def test_a_quote_decided_by_hand(project: Project) -> None:
    (quote,) = [row for row in project.rows("evidence.csv") if row["cell_id"] == f"FRA.{MINING}"]
    header, line = DECISION.splitlines()
    project.write("corpora/briefs/decisions.csv", f"{header},evidence\n{line},{quote['evidence_id']}\n")
    said = "rejected by R. Reader on 2026-02-03: a figure of speech"
    assert project.build() == {(f"FRA.{MINING}", "went", "human decision", said)}
    (row,) = project.rows()
    assert (row["status_before"], row["status_after"]) == ("targeted", "read_none_found")


# Other causes.


def test_a_cue_taken_out(project: Project) -> None:
    change(project.places.models, "cues/en.yaml", "[top priority, foremost aim]", "[foremost aim]")
    told = project.build()
    assert told == {(f"FRA.{MINING}", "fell", "cue changed", 'cue "top priority" (en, priority) removed')}
    (row,) = project.rows()
    assert (row["quote_effect"], row["quote"]) == ("lowered", "Mining is a top priority.")


def test_of_two_cues_that_changed_the_one_in_the_quote_is_named(project: Project) -> None:
    change(project.places.models, "cues/en.yaml", "  priority: [top priority, foremost aim]\n", "")
    assert {told[3] for told in project.build()} == {'cue "top priority" (en, priority) removed'}
    assert 'cue "foremost aim" (en, priority) removed' in project.report()


def test_a_weight_of_levels_moved(project: Project) -> None:
    change(project.folder, "params.yaml", "targeted_from: 0.85", "targeted_from: 99")
    why = ("fell", "parameter changed", "mentions.targeted_from 0.85 → 99")
    assert project.build() == {(cell_id, *why) for cell_id in project.statuses()}


def test_a_document_superseded(project: Project) -> None:
    project.texts = TEXTS | {"deu-2020-plan": "We will fund mining.\n\nThe north has hills."}
    project.register()
    text = project.places.register.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(place for place, line in enumerate(text) if line.startswith("deu-2020-plan"))
    text[at] = text[at].removesuffix(",,\n") + ",deu-2015-plan,\n"
    project.places.register.write_text("".join(text), encoding="utf-8")
    gone = ("document superseded", "deu-2015-plan is superseded by deu-2020-plan")
    assert project.build() == {
        (f"DEU.{AI}", "fell", *gone),
        (f"DEU.{DATA}", "fell", *gone),
        (f"DEU.{MINING}", "appeared", "new document", "deu-2020-plan (2020, A plan)"),
    }


def test_another_file_of_the_same_document(project: Project) -> None:
    project.texts["fra-2016-plan"] = "We will fund big data.\n\nThe weather was fine and the harvest good."
    project.register()
    told = project.build()
    assert {(cell_id, how, cause) for cell_id, how, cause, _ in told} == {
        (f"FRA.{MINING}", "went", "new file"), (f"FRA.{DATA}", "appeared", "new file"),
    }  # fmt: skip
    assert all(what.startswith("fra-2016-plan: another file (sha256 ") for *_, what in told)


def test_an_extractor_that_reads_otherwise(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline import freshness
    from pipeline.pages import read_document

    def read_anew(*arguments: Any, **options: Any) -> Any:
        reading = read_document(*arguments, **options)
        pages = tuple(replace(page, text=page.text.replace("Mining", "Weaver")) for page in reading.pages)
        return replace(reading, pages=pages)

    versions = freshness.version
    monkeypatch.setattr(freshness, "version", lambda name: "99" if name == "pypdfium2" else versions(name))
    monkeypatch.setattr("pipeline.stages.pages.read_document", read_anew)
    freshness.code_hash.cache_clear()
    why = f"fra-2016-plan: pypdfium2 {versions('pypdfium2')} → 99"
    assert project.build() == {(f"FRA.{MINING}", "went", "document re-read", why)}
    freshness.code_hash.cache_clear()


def test_rules_that_git_never_had_are_named_by_concept(project: Project) -> None:
    change(project.places.models, "concepts/terms.en.yaml", "      - machine learning\n", "")
    project.build()
    git(project.folder, "add", "corpora")
    git(project.folder, "commit", "--quiet", "--message", "Tables without their rules")
    change(project.places.models, "concepts/terms.en.yaml", "      - big data\n", "")
    ((cell_id, how, cause, what),) = project.build()
    assert (cell_id, how, cause) == (f"DEU.{DATA}", "went", "rule changed")
    assert what.startswith("terms of big-data (en) changed; the earlier file is not in git")


def test_what_differs_without_an_effect_is_said_too(project: Project) -> None:
    change(project.places.models, "concepts/terms.en.yaml", "      - mining\n", "      - mining\n      - quarry\n")
    assert project.build() == set()
    assert "No cell of 6 changed, compared with commit" in project.report()
    assert '- rule changed: term "quarry" (en) of mining added' in project.report()


def test_of_many_changes_each_cell_has_its_own(project: Project) -> None:
    """A document that says nothing of a concept is no cause of its cell, nor is a cue of a sentence without it."""
    del project.texts["fra-2019-plan"]
    project.texts["deu-2021-plan"] = "The harvest was good and the weather fine."
    project.register()
    change(project.places.models, "cues/en.yaml", "[top priority, foremost aim]", "[foremost aim]")
    change(project.places.models, "concepts/terms.en.yaml", "      - machine learning\n", "")
    assert project.build() == {
        (f"DEU.{AI}", "went", "rule changed", f'term "machine learning" (en) of {AI} removed'),
        (f"FRA.{AI}", "went", "removed document", "fra-2019-plan (2019, A plan)"),
        (f"FRA.{MINING}", "fell", "cue changed", 'cue "top priority" (en, priority) removed'),
    }
    assert "- new document: deu-2021-plan (2021, A plan)" in project.report()


def test_of_several_quotes_the_one_that_changed_is_shown() -> None:
    before = Ground("d", "en/c/t", 3, 1, 0, 2, 10, 20, "2x2 7")
    fewer = replace(before, n_targeted=2, n_mentioned=2, targeted_on="2x2")
    assert _shown(before, fewer) == (replace(before, page_number=7, start=-1, end=-1), "lowered")
    assert _shown(fewer, before) == (replace(before, page_number=7, start=-1, end=-1), "raised")
    later = replace(before, n_targeted=1, n_mentioned=1, page_number=7, start=5, end=9, targeted_on="7")
    assert _shown(before, later) == (before, "lost")
    silent = replace(before, n_mentioned=0)
    assert _shown(before, silent) == (replace(before, page_number=-1, start=-1, end=-1), "fewer")
    assert _shown(None, before) == (before, "gained")


# A change without a cause.


def test_a_change_without_a_cause_is_a_fault_that_is_said_when_all_is_written(project: Project) -> None:
    change(project.tables, "cells.csv", f"FRA.{AI},FRA,{AI},Artificial intelligence,digital,targeted",
           f"FRA.{AI},FRA,{AI},Artificial intelligence,digital,mentioned")  # fmt: skip
    result = runner.invoke(app, ["changes", str(project.places.corpus)])
    assert result.exit_code == 1
    assert f"1 changed without a cause: FRA.{AI}." in result.output
    assert {told[:3] for told in project.told()} == {(f"FRA.{AI}", "fell", "no cause")}
    assert f"**1 changed without a cause: FRA.{AI}." in project.report()
    again = runner.invoke(app, ["changes", str(project.places.corpus)])
    assert again.exit_code == 1


# What is compared with, and when a report stays.


def test_a_report_is_the_same_before_and_after_its_tables_are_committed(project: Project) -> None:
    del project.texts["fra-2019-plan"]
    project.register()
    project.build()
    before = project.report()
    commit(project.folder, "Without a plan")
    (project.tables / "CHANGES.md").unlink()
    project.changes()
    assert project.report() == before
    (project.tables / "changes.csv").unlink()
    project.build()
    assert project.report() == before
    assert not status(project.folder)


def status(folder: Path) -> bytes:
    """Return what git finds changed or new in a repository."""
    return subprocess.run(["git", "-C", folder, "status", "--porcelain"], capture_output=True, check=True).stdout


def test_tables_put_back_get_their_report_back(project: Project) -> None:
    before = project.report()
    text = project.texts.pop("fra-2019-plan")
    project.register()
    project.build()
    assert project.report() != before
    project.texts["fra-2019-plan"] = text
    project.register()
    project.build()
    assert project.report() == before
    assert not status(project.folder)


def test_since_compares_with_any_revision_and_its_report_stays_with_the_tables(project: Project) -> None:
    del project.texts["fra-2019-plan"]
    project.register()
    project.build()
    commit(project.folder, "Without a plan")
    change(project.places.models, "concepts/terms.en.yaml", "      - machine learning\n", "")
    assert {told[0] for told in project.build()} == {f"DEU.{AI}"}
    project.changes(since="HEAD~1")
    assert {told[0] for told in project.told()} == {f"DEU.{AI}", f"FRA.{AI}"}
    project.changes()
    assert {told[0] for told in project.told()} == {f"DEU.{AI}", f"FRA.{AI}"}


def test_a_clone_without_history_keeps_the_report(project: Project, tmp_path: Path) -> None:
    del project.texts["fra-2019-plan"]
    project.register()
    project.build()
    commit(project.folder, "Without a plan")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{project.folder}", "shallow")
    shallow = object.__new__(Project)
    shallow.folder, shallow.texts = tmp_path / "shallow", project.texts
    assert {told[0] for told in shallow.build()} == {f"FRA.{AI}"}
    assert not status(shallow.folder)


def test_outside_git_that_is_said_and_the_tables_are_the_first(project: Project, tmp_path: Path) -> None:
    shutil.copytree(project.tables, tmp_path / "out" / "tables")
    (tmp_path / "out" / "tables" / "CHANGES.md").unlink()
    told = write_changes(Places(project.places.corpus, tmp_path / "out"), project.parameters())
    assert told == Told("changes: Nothing to compare these tables with: the tables are in no git repository.")
    assert (tmp_path / "out" / "tables" / "changes.csv").read_text().count("\n") == 1


@pytest.mark.parametrize(
    ("since", "sentence"),
    [
        ("nowhere", "--since nowhere: git knows no such revision"),
        ("--all", "--since --all: git knows no such revision"),
    ],
)
def test_a_revision_that_cannot_be_compared_with_is_a_sentence(project: Project, since: str, sentence: str) -> None:
    with pytest.raises(ValueError, match="--since") as caught:
        project.changes(since=since)
    assert sentence in str(caught.value)


def test_a_revision_before_the_basis_was_kept_is_a_sentence(project: Project) -> None:
    (project.tables / "basis.json").unlink()
    commit(project.folder, "As tables were")
    git(project.folder, "revert", "--no-edit", "HEAD")
    with pytest.raises(ValueError, match=r"do not say what they rest on \(basis.json not there\)"):
        project.changes(since="HEAD~1")


def test_tables_that_were_not_built_are_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"cells\.csv and .* not there; run `python -m pipeline tables`"):
        write_changes(Places(tmp_path, tmp_path), load_parameters(ROOT / "params.yaml"))


def test_mentions_of_other_rules_than_there_are_now_make_no_tables(project: Project) -> None:
    change(project.places.models, "concepts/terms.en.yaml", "      - big data\n", "")
    with pytest.raises(ValueError, match="the mentions were found with other rules"):
        write_tables(project.places, project.parameters())


# Any two states.

LEVELS = ("core", "supported", "mentioned")
cells_of = st.dictionaries(
    st.sampled_from([f"AAA.{AI}", f"AAA.{DATA}", f"BBB.{AI}", f"BBB.{DATA}"]),
    st.tuples(
        st.sampled_from(["targeted", "mentioned", "read_none_found", "not_read", "rejected"]),
        st.sampled_from([0.0, 0.3, 0.35, 0.9]),
        st.sampled_from(LEVELS),
    ),
)


def state_of(cells: dict[str, tuple[str, float, str]], in_force: bool) -> State:
    """Return a state with one document for each country, which says of each found cell's concept what it says."""
    rows, levels = {}, {}
    for cell_id, (status, salience, level) in cells.items():
        country, concept = cell_id.split(".")
        rows[cell_id] = {
            "cell_id": cell_id, "country": country, "concept": concept, "label": concept, "status": status,
            "salience": str(salience),
        }  # fmt: skip
        if status in FOUND:
            levels.setdefault(country.lower(), {})[concept] = (level, salience)
    facts = {
        country: {
            "country": country.upper(), "year": 2020, "title": "", "kind": "other", "language": "en", "languages": "",
            "supersedes": "", "superseded_by": "" if in_force else "x", "read": True, "decides": in_force,
            "corrections": "", "sha256": "", "pages": "", "passages": "", "status": "read",
        }
        for country in ("aaa", "bbb")
    }  # fmt: skip
    basis: dict[str, Any] = {"documents": facts, "rules": {}, "concepts": {}, "stages": {}, "decisions": []}
    return State(rows, levels, {}, {}, basis, {})


@settings(max_examples=200, deadline=None)
@given(cells_of, cells_of, st.booleans(), st.booleans())
def test_every_changed_cell_has_a_row_and_no_other(before: Any, after: Any, was: bool, is_now: bool) -> None:
    comparison = Comparison(state_of(before, was), state_of(after, is_now), RuleChanges(), weigh_parts)
    rows = compare_states(comparison)
    changed = set()
    for cell_id in before.keys() | after.keys():
        old, new = before.get(cell_id), after.get(cell_id)
        if (old and old[0]) != (new and new[0]):
            changed.add(cell_id)
        elif old and new and old[0] in FOUND:
            counts = [level != "mentioned" and force for (_, _, level), force in ((old, was), (new, is_now))]
            if old[2] != new[2] or counts[0] != counts[1] or abs(old[1] - new[1]) >= 0.1:
                changed.add(cell_id)
    assert {row.cell_id for row in rows} == changed
    assert {row.cause for row in rows} <= {"no cause", *(["document superseded"] if was != is_now else [])}
    for cell_id in changed:
        assert [row.rank for row in rows if row.cell_id == cell_id] == [1]
    assert compare_states(Comparison(comparison.old, comparison.old, RuleChanges(), weigh_parts)) == []


def test_a_decision_on_a_quote_reaches_the_other_cells_of_its_country() -> None:
    cells = {f"{country}.{DATA}": ("targeted", 0.6, "core") for country in ("AAA", "BBB")}
    before = state_of(cells, True)
    after = state_of({name: ("targeted", 0.4, "supported") for name in cells}, True)
    decision = {"country": "AAA", "concept": AI, "verdict": "reject", "evidence": "0123456789ab", "reason": "irony"}
    after.basis["decisions"].append(decision | {"reviewer": "R. Reader", "date": "2026-02-03"})
    rows = compare_states(Comparison(before, after, RuleChanges(), weigh_parts))
    assert [(row.country, row.cause, row.through) for row in rows] == [
        ("AAA", "human decision", AI), ("BBB", "no cause", None),
    ]  # fmt: skip


def test_what_a_document_says_cannot_break_the_report() -> None:
    row = Change(
        cell_id="AAA.ai", country="AAA", concept="ai", label="A|I", change="appeared", status_before=None,
        status_after="targeted", salience_before=None, salience_after=0.5, rank=1, cause="new document",
        explanation="<b>a</b> | [x](y)", through=None, document_id="a_b", level_before=None, level_after="core",
        rule_id="en/ai/A|I", quote_effect="gained", page_number=3, start=0, end=4, quote="=1|2\n# no\n",
    )  # fmt: skip
    text = markdown_of(Report("c", "m", 1, (row,), compared="with that", quoted=True), {}).decode()
    (line,) = [line for line in text.splitlines() if line.startswith("| AAA")]
    assert line.replace("\\|", "").count("|") == 7
    assert "<b>" not in text
    assert "\n# no" not in text
