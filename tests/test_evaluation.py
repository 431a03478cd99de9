"""The scoring of passages, documents and reading order, on small labels of which the right figures are known."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation import (
    compare_predictions,
    compare_with_floor,
    explain_mistakes,
    list_changes,
    list_mistakes,
    metrics_text,
    mistakes_csv,
    mistakes_markdown,
    read_document_labels,
    read_document_table,
    read_floor,
    read_passage_labels,
    read_reading_order,
    readable_comparison,
    readable_report,
    score_documents,
    score_pages,
    score_passages,
    score_reading_order,
)
from pipeline.schemas import Mention, Passage


def passage(
    identifier: str, labels: dict[str, str], *, doubtful: tuple[str, ...] = (), **fields: str
) -> dict[str, Any]:
    """Make a labelled passage."""
    return {
        "id": identifier,
        "document_id": "a",
        "language": "en",
        "text": f"text of {identifier}",
        "labels": [{"concept": concept, "level": level} for concept, level in labels.items()],
        "doubtful": list(doubtful),
        **fields,
    }


def figures(scores: dict[str, float]) -> tuple[float, float, float]:
    return scores["precision"], scores["recall"], scores["f1"]


def test_concepts_are_right_false_and_missed_as_the_guidelines_say() -> None:
    rows = [passage("1", {"robotics": "targeted", "sensors": "mentioned"}, doubtful=("drones",)), passage("2", {})]
    predictions = {
        "1": {"robotics": "targeted", "drones": "targeted", "mining": "mentioned"},
        "2": {"robotics": "mentioned"},
    }
    scores = score_passages(rows, predictions)
    assert scores["n"] == 2
    # Right: robotics in 1. False: mining in 1, robotics in 2. Missed: sensors. Drones are doubtful: neither.
    assert figures(scores["concept"]) == (0.3333, 0.5, 0.4)
    assert scores["by_concept"]["robotics"]["n"] == 1
    assert "drones" not in scores["by_concept"]
    mistakes = [(m.subject, m.concept, m.outcome) for m in list_mistakes(rows, predictions) if m.question == "concept"]
    assert mistakes == [("1", "mining", "false"), ("1", "sensors", "missed"), ("2", "robotics", "false")]


@pytest.mark.parametrize(
    ("label", "predicted", "expected"),
    [
        ("targeted", "targeted", (1.0, 1.0, 1.0)),
        ("targeted", "mentioned", (1.0, 0.5, 0.6667)),
        ("targeted", None, (1.0, 0.5, 0.6667)),
        ("mentioned", "targeted", (0.5, 1.0, 0.6667)),
        ("mentioned", "mentioned", (1.0, 1.0, 1.0)),
        ("either", "targeted", (1.0, 1.0, 1.0)),
        ("either", "mentioned", (1.0, 1.0, 1.0)),
        (None, "targeted", (0.5, 1.0, 0.6667)),
        (None, "mentioned", (1.0, 1.0, 1.0)),
        ("doubtful", "targeted", (1.0, 1.0, 1.0)),
    ],
)
def test_targeted_is_scored_on_labels_of_level_targeted(
    label: str | None, predicted: str | None, expected: tuple[float, float, float]
) -> None:
    """Beside one right prediction: what a second label and prediction do to the figures."""
    labels = {"space": "targeted"} | ({"mining": label} if label in ("targeted", "mentioned", "either") else {})
    row = passage("1", labels, doubtful=("mining",) if label == "doubtful" else ())
    found = {"space": "targeted"} | ({"mining": predicted} if predicted else {})
    assert figures(score_passages([row], {"1": found})["targeted"]) == expected


def test_a_passage_without_predictions_is_one_in_which_nothing_was_found() -> None:
    scores = score_passages([passage("1", {"space": "targeted"})], {})
    assert figures(scores["concept"]) == (0.0, 0.0, 0.0)


def test_concepts_that_the_readers_did_not_know_are_not_scored() -> None:
    rows = [passage("1", {"space": "targeted"})]
    predictions = {"1": {"space": "targeted", "new": "targeted"}}
    assert score_passages(rows, predictions)["concept"]["precision"] == 0.5
    assert score_passages(rows, predictions, scored={"space"})["concept"]["precision"] == 1.0


def test_languages_are_reported_apart_with_their_numbers() -> None:
    rows = [
        passage("1", {"space": "targeted"}),
        passage("2", {"space": "targeted"}, language="fr", document_id="b"),
        passage("3", {"space": "targeted"}, language="fr", document_id="c"),
    ]
    by_language = score_passages(rows, {"1": {"space": "targeted"}, "2": {"space": "mentioned"}})["by_language"]
    assert {language: (row["n"], row["documents"]) for language, row in by_language.items()} == {
        "en": (1, 1),
        "fr": (2, 2),
    }
    assert figures(by_language["fr"]["concept"]) == (1.0, 0.5, 0.6667)
    assert figures(by_language["fr"]["targeted"]) == (0.0, 0.0, 0.0)


def test_each_concept_is_reported_apart_in_each_language() -> None:
    rows = [
        passage("1", {"space": "targeted", "mining": "either"}),
        passage("2", {"space": "targeted"}, language="fr", document_id="b"),
        passage("3", {"space": "mentioned"}, language="fr", document_id="c"),
        passage("4", {}, language="fr", document_id="c", doubtful=("mining",)),
        passage("5", {}, language="ja", document_id="d"),
    ]
    predictions = {"1": {"space": "targeted"}, "2": {"space": "targeted"}, "4": {"mining": "targeted"}}
    scores = score_passages(rows, predictions)
    pairs = scores["by_concept_and_language"]
    assert {concept: list(languages) for concept, languages in pairs.items()} == {
        "mining": ["en"],  # doubtful in French; nothing in Japanese
        "space": ["en", "fr"],
    }
    # French space: right in b, missed in c. Drawing b and c twice: b b has F1 1, b c and c b 2/3, c c 0.
    assert pairs["space"]["fr"]["concept"] == {
        "n": 2, "documents": 2, "precision": 1.0, "recall": 0.5, "f1": 0.6667, "low": 0.0, "high": 1.0,
    }  # fmt: skip
    assert pairs["space"]["fr"]["targeted"]["n"] == 1
    # One document: the interval is the figure. `either` is no question of level, so there is no figure of it.
    assert pairs["mining"]["en"] == {
        "concept": {"n": 1, "documents": 1, "precision": 0.0, "recall": 0.0, "f1": 0.0, "low": 0.0, "high": 0.0}
    }
    assert (scores["non_english"]["n"], scores["non_english"]["documents"]) == (4, 3)
    assert figures(scores["non_english"]["concept"]) == (1.0, 0.5, 0.6667)
    assert "non_english" not in score_passages(rows[:1], {})


def test_predictions_for_unknown_passages_and_levels_are_refused() -> None:
    rows = [passage("1", {})]
    with pytest.raises(ValueError, match="'2' first"):
        score_passages(rows, {"2": {}})
    with pytest.raises(ValueError, match="expected one of targeted, mentioned"):
        score_passages(rows, {"1": {"space": "core"}})


def test_the_interval_resamples_documents_not_passages() -> None:
    """Fifty passages of each of two documents: by passages the interval would be narrow, by documents it spans all."""
    rows = [passage(f"{d}{n}", {"space": "targeted"}, document_id=d) for d in "ab" for n in range(50)]
    predictions = {row["id"]: {"space": "targeted"} for row in rows if row["document_id"] == "a"}
    concept = score_passages(rows, predictions)["concept"]
    assert (concept["low"], concept["f1"], concept["high"]) == (0.0, 0.6667, 1.0)


def test_scores_do_not_depend_on_the_order_of_rows() -> None:
    rows = [passage(str(n), {"space": "targeted"}, document_id=f"d{n % 7}") for n in range(40)]
    predictions = {str(n): {"space": "mentioned"} for n in range(0, 40, 3)}
    assert json.dumps(score_passages(rows, predictions)) == json.dumps(score_passages(rows[::-1], predictions))


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.booleans(), st.sampled_from([None, "targeted", "mentioned"])), min_size=1
    )
)
def test_shares_stay_in_bounds_and_the_interval_holds_the_figure(cases: list[tuple[str, bool, str | None]]) -> None:
    rows = [
        passage(str(n), {"space": "targeted"} if labelled else {}, document_id=document)
        for n, (document, labelled, _) in enumerate(cases)
    ]
    predictions = {str(n): {"space": level} for n, (_, _, level) in enumerate(cases) if level}
    scores = score_passages(rows, predictions, resamples=200)
    for question in ("concept", "targeted"):
        row = scores[question]
        assert all(0 <= value <= 1 for value in row.values())
        assert row["low"] <= row["high"]


def mention(row: dict[str, Any], concept: str, term: str, level: str, *cues: str) -> Mention:
    """Make a mention of a term that stands in a labelled passage."""
    start = row["text"].index(term)
    end = start + len(term)
    return Mention(
        "m", row["id"], row["document_id"], 1, start, end, start, end, concept, "r", term, term, "", "", "paragraph",
        level, cues, row["language"],
    )  # fmt: skip


def test_mistakes_are_listed_with_the_words_that_led_there() -> None:
    rows = [
        passage("1", {"space": "mentioned"}, text="=Rockets rise.\nWe fund rockets."),
        passage("2", {"space": "mentioned", "robotics": "targeted"}, text="They fund *rockets* and drones."),
        passage("3", {}, text="We fund drones.", doubtful=("space",)),
    ]
    mentions = {
        "1": [
            mention(rows[0], "space", "Rockets", "mentioned"),
            mention(rows[0], "space", "rockets", "targeted", "a:do"),
        ],
        "2": [
            mention(rows[1], "space", "rockets", "targeted", "a:do"),
            mention(rows[1], "drones", "drones", "mentioned"),
        ],
        "3": [mention(rows[2], "drones", "drones", "targeted"), mention(rows[2], "space", "drones", "targeted")],
    }
    mistakes = explain_mistakes(rows, mentions)
    assert [(m.times, m.concept, m.kind, m.subject) for m in mistakes] == [
        (2, "drones", "falsely found", "2"),
        (2, "drones", "falsely found", "3"),
        (2, "space", "targeted, labelled mentioned", "1"),
        (2, "space", "targeted, labelled mentioned", "2"),
        (1, "robotics", "missed", "2"),
    ]
    text = mistakes_markdown(mistakes)
    assert "| drones | falsely found | 2 |" in text
    assert "- targeted by “rockets” (cues a:do): rockets" in text
    assert "> =**Rockets** rise. We fund **rockets**.\n" in text
    assert "> They fund \\***rockets**\\* and drones.\n" in text
    assert "Labelled: targeted. Found: not found.\n\n- found instead: space (rockets), drones (drones)\n" in text
    table = list(csv.DictReader(io.StringIO(mistakes_csv(mistakes), newline="")))
    assert [row["passage_id"] for row in table] == ["2", "3", "1", "2", "2"]
    assert table[2]["text"] == "'=[[Rockets]] rise.\nWe fund [[rockets]]."
    assert (table[2]["terms"], table[2]["cues"]) == ("Rockets | rockets", "a:do")


def test_a_change_is_better_worse_or_without_a_labels_say() -> None:
    rows = [
        passage("1", {"space": "targeted", "mining": "mentioned"}, doubtful=("drones",)),
        passage("2", {"space": "either"}, document_id="b"),
    ]
    before = {"1": {"space": "mentioned", "drones": "mentioned", "energy": "mentioned"}, "2": {"space": "mentioned"}}
    after = {"1": {"space": "targeted", "mining": "targeted"}, "2": {"space": "targeted", "energy": "mentioned"}}
    changes = list_changes(rows, before, after)
    assert [(c.verdict, c.subject, c.concept, c.before, c.after, c.label) for c in changes] == [
        ("worse", "2", "energy", "not found", "mentioned", "none"),
        ("mixed", "1", "mining", "not found", "targeted", "mentioned"),  # there, but not targeted
        ("neutral", "1", "drones", "mentioned", "not found", "doubtful"),
        ("neutral", "2", "space", "mentioned", "targeted", "either"),
        ("better", "1", "energy", "mentioned", "not found", "none"),
        ("better", "1", "space", "mentioned", "targeted", "targeted"),
    ]
    report = readable_comparison(compare_predictions(rows, before, after), changes, "HEAD~1")
    assert "6 judgements in 2 passages: 2 better, 1 worse, 2 without a label's say, 1 better on one" in report


def test_the_difference_of_two_versions_is_drawn_in_pairs() -> None:
    """The documents differ much from each other, the versions by the same in each: only drawn in pairs is that seen."""
    rows = [passage(f"{d}{n}", {"space": "targeted"}, document_id=d) for d in "abcdefgh" for n in range(10)]
    found = {row["id"]: ord(row["document_id"]) - ord("a") > int(row["id"][1:]) for row in rows}
    before = {subject: {"space": "mentioned"} for subject, there in found.items() if there}
    assert compare_predictions(rows, before, before)["concept"]["difference"] == {"f1": 0.0, "low": 0.0, "high": 0.0}
    after = {**before, **{f"{d}9": {"space": "mentioned"} for d in "abcdefgh"}}
    concept = compare_predictions(rows, before, after)["concept"]
    # Right of 80 labels: 28 before, 36 after; nothing is falsely found.
    assert (concept["before"]["f1"], concept["after"]["f1"]) == (round(56 / 108, 4), round(72 / 116, 4))
    assert concept["difference"]["f1"] == round(72 / 116 - 56 / 108, 4)
    assert 0 < concept["difference"]["low"] < concept["difference"]["f1"] < concept["difference"]["high"]
    assert concept["before"]["high"] > concept["after"]["low"]


def test_a_figure_may_fall_below_the_floor_by_the_tolerance_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "metrics.json"
    rows = [passage(str(n), {"space": "targeted"}) for n in range(3)]
    scores = score_passages(rows, {"0": {"space": "targeted"}, "1": {"space": "mentioned"}})
    assert (scores["concept"]["f1"], scores["targeted"]["f1"]) == (0.8, 0.5)
    path.write_text(metrics_text({"passages": scores}))
    floor = read_floor(path)
    assert floor == {"n": 3, "concept": 0.8, "targeted": 0.5}
    assert compare_with_floor(scores, floor).shortfalls == ()
    held = compare_with_floor(scores, {"n": 3, "concept": 0.81, "targeted": 0.5101})
    assert [sentence[:39] for sentence in held.shortfalls] == ["targeted F1 fell from 0.5101 to 0.5000,"]
    assert "floor 0.8100  now 0.8000  -0.0100" in held.text
    assert compare_with_floor(scores, {**floor, "targeted": 0.52}, tolerance=0.02).shortfalls == ()
    assert "not over the same passages: 493 there, 3 here" in compare_with_floor(scores, {**floor, "n": 493}).text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "metrics.json: not JSON"),
        ("[]", "`passages.concept.f1` is None"),
        ('{"passages": {"concept": {"f1": 0.9}}}', "`passages.targeted.f1` is None"),
        ('{"passages": {"concept": {"f1": "high"}}}', "`passages.concept.f1` is 'high'"),
    ],
)
def test_a_floor_without_figures_is_a_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "metrics.json"
    path.write_text(content)
    with pytest.raises(ValueError, match=re.escape(sentence)):
        read_floor(path)


def test_figures_are_written_one_thing_a_line() -> None:
    scores = {"passages": {"n": 2, "concept": {"f1": 0.5, "low": 0.1}}, "reading_order": {"pairs": 1}}
    text = metrics_text(scores)
    assert json.loads(text) == scores
    assert '\n  "concept": {"f1": 0.5, "low": 0.1}\n' in text


def document(concept: str, level: str, document_id: str = "a") -> dict[str, str]:
    """Make a label or a row of documents.csv."""
    return {"document_id": document_id, "concept": concept, "level": level}


def test_documents_are_scored_on_two_questions() -> None:
    gold = [
        document("space", "core"),
        document("mining", "supported"),
        document("drones", "core-or-supported"),
        document("textiles", "doubtful"),
        document("space", "core", "b"),
    ]
    table = [
        document("space", "core"),
        document("mining", "core"),
        document("drones", "supported"),
        document("textiles", "core"),
        document("energy", "supported"),
        document("tourism", "mentioned"),
        document("space", "core", "not labelled"),
    ]
    scores = score_documents(gold, table)
    assert scores["n"] == 2
    # core: space right; mining false (the readers: supported); b's space missed; drones and textiles not asked.
    assert figures(scores["core"]) == (0.5, 0.5, 0.5)
    # core or supported: space, mining, drones right; energy false; b's space missed.
    assert figures(scores["core_or_supported"]) == (0.75, 0.75, 0.75)


def page_row(snippets: list[str], **fields: Any) -> dict[str, Any]:
    """Make a labelled page."""
    row = {"document_id": "a", "file": "a.pdf", "page": 1, "pairs_free": [], "furniture": [], "headings": []}
    return {**row, "snippets": snippets, **fields}


def marked(text: str, *, zone: str = "body", kind: str = "paragraph", page: int = 1) -> Passage:
    """Make a passage of page 1 of document a."""
    return Passage("p", "a", page, 0, len(text), text, ((0, 0),), kind, zone, (), "", "en")


def test_snippets_are_found_by_letters_and_digits() -> None:
    text = "• Indus-\ntrial STRATEGY\n\n2 ﬁnal “points”"
    (score,) = score_pages([page_row(["industrial strategy", "final points"])], {("a", 1): text}, [])
    assert (score.pairs, score.right, score.lost) == (1, 1, ())


def test_a_lost_snippet_makes_its_pairs_wrong_and_free_pairs_are_left_out() -> None:
    rows = [page_row(["one", "two", "three", "absent"], pairs_free=[[2, 0]])]
    (score,) = score_pages(rows, {("a", 1): "one three two"}, [])
    # one-two right, two-three wrong, one-three free, three pairs with the absent one wrong.
    assert (score.pairs, score.right, score.lost) == (5, 1, ("absent",))


def test_a_snippet_that_occurs_twice_stands_where_most_of_its_pairs_are_right() -> None:
    rows = [page_row(["one", "again", "two", "three"])]
    scores = score_reading_order(rows, {("a", 1): "again one again two three"}, [])
    assert (scores["pairs"], scores["right"]) == (6, 1.0)


def test_a_page_that_was_not_read_has_lost_everything() -> None:
    rows = [page_row(["one", "two"], furniture=["7"], headings=["One"])]
    assert score_reading_order(rows, {}, []) == {"pairs": 1, "right": 0.0, "furniture": 0.0, "headings": 0.0}


def test_furniture_and_headings_are_found_in_passages_marked_as_such_on_that_page() -> None:
    rows = [page_row(["one"], furniture=["Page title", "7", "8"], headings=["1. Aims and means", "Means"])]
    passages = [
        marked("Page Title", zone="furniture"),
        marked("Strategy 2017", zone="furniture"),
        marked("8", zone="furniture", page=2),
        marked("1 Aims", kind="heading"),
        marked("and means", kind="heading", zone="contents"),
    ]
    (score,) = score_pages(rows, {("a", 1): "one"}, passages)
    # The page number 7 is not found inside the year 2017; the 8 stands on another page.
    assert (score.furniture, score.furniture_missed) == (3, ("7", "8"))
    assert score.headings_missed == ()


@given(st.permutations(["alpha", "beta", "gamma", "delta"]))
def test_the_share_of_right_pairs_is_one_less_inversions(order: list[str]) -> None:
    names = ["alpha", "beta", "gamma", "delta"]
    (score,) = score_pages([page_row(names)], {("a", 1): " ".join(order)}, [])
    inversions = sum(order.index(a) > order.index(b) for i, a in enumerate(names) for b in names[i + 1 :])
    assert score.right == score.pairs - inversions


def test_the_report_shows_figures_and_what_was_missed() -> None:
    rows = [
        passage("1", {"space": "targeted"}, text="Rockets " * 40),
        passage("2", {"space": "targeted"}, language="fr", document_id="b"),
        passage("3", {"space": "targeted"}, document_id="c"),
    ]
    predictions = {"2": {"space": "targeted", "mining": "targeted"}}
    page_rows = [page_row(["one", "two"], furniture=["7"])]
    texts = {("a", 1): "two one"}
    report = readable_report(
        {
            "passages": score_passages(rows, predictions),
            "documents": score_documents([document("space", "core")], [document("space", "core")]),
            "reading_order": score_reading_order(page_rows, texts, []),
        },
        mistakes=list_mistakes(rows, predictions),
        passages=rows,
        pages=score_pages(page_rows, texts, []),
    )
    assert "3 labelled" in report
    assert "missed in 1 (a): Rockets" in report
    assert "falsely found in 2 (b): text of 2" in report
    assert "(one document)" in report
    assert "1 of 1 pairs wrong, not marked as furniture: '7'" in report
    assert max(len(line) for line in report.splitlines()) < 180


def test_labels_are_read_with_faults_as_sentences(tmp_path: Path) -> None:
    path = tmp_path / "passages.jsonl"
    good = passage("1", {"space": "either"}, text="line\u2028separator")
    path.write_text(json.dumps(good, ensure_ascii=False) + "\n\n", encoding="utf-8")
    assert read_passage_labels(path) == [good]
    bad = {**good, "labels": [{"concept": "space", "level": "core"}]}
    path.write_text(json.dumps(good) + "\n" + json.dumps(bad))
    with pytest.raises(ValueError, match=r"passages\.jsonl:2: label .* a level of targeted, mentioned, either"):
        read_passage_labels(path)
    path.write_text(json.dumps(good) + "\n" + json.dumps(good))
    with pytest.raises(ValueError, match="both have the id '1'"):
        read_passage_labels(path)
    path.write_text("{")
    with pytest.raises(ValueError, match=":1: not JSON"):
        read_passage_labels(path)


def test_reading_order_and_documents_are_read_with_faults_as_sentences(tmp_path: Path) -> None:
    pages = tmp_path / "pages.jsonl"
    pages.write_text(json.dumps(page_row(["one", "two"], pairs_free=[[0, 1]])))
    assert len(read_reading_order(pages)) == 1
    pages.write_text(json.dumps(page_row(["one", "two"], pairs_free=[[0, 2]])))
    with pytest.raises(ValueError, match="`pairs_free`"):
        read_reading_order(pages)
    table = tmp_path / "documents.csv"
    table.write_text("document_id,concept,level\na,space,core\n")
    assert read_document_labels(table) == read_document_table(table) == [document("space", "core")]
    table.write_text("document_id,concept,level\na,space,core\na,space,supported\n")
    with pytest.raises(ValueError, match=r"documents\.csv:3: a and space stand on line 2 already"):
        read_document_labels(table)
    table.write_text("document_id,concept\na,space\n")
    with pytest.raises(ValueError, match="no column level"):
        read_document_table(table)
