"""The scoring of passages, documents and reading order, on small labels of which the right figures are known."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation import (
    list_mistakes,
    read_document_labels,
    read_document_table,
    read_passage_labels,
    read_reading_order,
    readable_report,
    score_documents,
    score_pages,
    score_passages,
    score_reading_order,
)
from pipeline.schemas import Passage


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
