"""Scores as text that people read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.evaluation.judging import Judgement
from pipeline.evaluation.passages import QUESTIONS
from pipeline.evaluation.reading_order import PageScore

_WORST = 15
_WORST_PAIRS = 10
_PASSAGES_A_CONCEPT = 5
_EXCERPT = 110


def readable_report(
    scores: Mapping[str, Any],
    *,
    mistakes: Sequence[Judgement] = (),
    passages: Sequence[Mapping[str, Any]] = (),
    pages: Sequence[PageScore] = (),
) -> str:
    """Put scores (``passages``, ``documents``, ``reading_order``, each where it was asked for) into plain text.

    With ``mistakes`` (from ``list_mistakes``) and the labelled ``passages``, the concepts with most mistakes are
    followed by the passages in which they were missed or falsely found; with ``pages`` (from ``score_pages``), the
    labelled pages on which something went wrong are listed.
    """
    parts: list[str] = []
    if "passages" in scores:
        parts += _passage_lines(scores["passages"])
        parts += _worst_concepts(scores["passages"], mistakes, {row["id"]: row for row in passages})
        parts += _worst_pairs(scores["passages"]["by_concept_and_language"], mistakes)
    if "documents" in scores:
        parts += _document_lines(scores["documents"])
    if "reading_order" in scores:
        parts += _reading_order_lines(scores["reading_order"], pages)
    return "\n".join(parts).strip() + "\n"


def _figures(name: str, figures: Mapping[str, float], counted: str = "", *, interval: bool = True) -> str:
    bounds = f"({figures['low']:.3f} to {figures['high']:.3f})" if interval else "(one document) "
    shares = f"P {figures['precision']:.3f}  R {figures['recall']:.3f}  F1 {figures['f1']:.3f}"
    return f"  {name:<30} {shares}  {bounds}{counted}"


def _passage_lines(scores: Mapping[str, Any]) -> list[str]:
    lines = [
        f"Passages: {scores['n']} labelled (in brackets: 95 % interval of F1 over resampled documents)",
        _figures("concept", scores["concept"]),
        _figures("targeted", scores["targeted"]),
    ]
    if "non_english" in scores:
        others = scores["non_english"]
        lines += [
            _figures(
                f"{question}, not English", others[question], f"  n {others['n']}", interval=others["documents"] > 1
            )
            for question in QUESTIONS
        ]
    for question in QUESTIONS:
        lines += ["", f"{question.capitalize()} by language"]
        languages = sorted(scores["by_language"].items(), key=lambda item: (-item[1]["n"], item[0]))
        lines += [
            _figures(name, row[question], f"  n {row['n']}", interval=row["documents"] > 1) for name, row in languages
        ]
    return [*lines, ""]


def _worst_concepts(
    scores: Mapping[str, Any], mistakes: Sequence[Judgement], passages: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """List the concepts with most wrong decisions; without ``mistakes``, those with the lowest F1."""
    concepts: Mapping[str, Any] = scores["by_concept"]
    wrong = Counter(mistake.concept for mistake in mistakes if mistake.question == "concept")
    worst = sorted(concepts, key=lambda name: (-wrong[name], concepts[name]["concept"]["f1"], name))
    worst = [name for name in worst[:_WORST] if concepts[name]["concept"]["f1"] < 1]
    lines = ["Worst concepts"] if worst else []
    for name in worst:
        lines.append(_figures(name, concepts[name]["concept"], f"  n {concepts[name]['n']}"))
        for outcome, saying in (("missed", "missed"), ("false", "falsely found")):
            found = [
                mistake
                for mistake in mistakes
                if mistake.question == "concept" and mistake.concept == name and mistake.outcome == outcome
            ]
            lines += [f"    {saying} in {_subject(mistake, passages)}" for mistake in found[:_PASSAGES_A_CONCEPT]]
            if len(found) > _PASSAGES_A_CONCEPT:
                lines.append(f"    {saying} in {len(found) - _PASSAGES_A_CONCEPT} more")
    return [*lines, ""]


def _worst_pairs(pairs: Mapping[str, Any], mistakes: Iterable[Judgement]) -> list[str]:
    """List concepts with most wrong decisions in one language, English left out, for it leads the list of concepts."""
    wrong = Counter(
        (mistake.concept, mistake.language)
        for mistake in mistakes
        if mistake.question == "concept" and mistake.language != "en"
    )
    lines = ["Worst concepts by language, English left out"] if wrong else []
    for concept, language in sorted(wrong, key=lambda pair: (-wrong[pair], pair))[:_WORST_PAIRS]:
        figures = pairs[concept][language]["concept"]
        counted = f"  n {figures['n']}"
        lines.append(_figures(f"{concept}, {language}", figures, counted, interval=figures["documents"] > 1))
    return [*lines, ""]


def _subject(mistake: Judgement, passages: Mapping[str, Mapping[str, Any]]) -> str:
    words = " ".join(str(passages.get(mistake.subject, {}).get("text", "")).split())
    excerpt = words if len(words) <= _EXCERPT else words[:_EXCERPT].rstrip() + " …"
    return f"{mistake.subject} ({mistake.document_id})" + (f": {excerpt}" if excerpt else "")


def _document_lines(scores: Mapping[str, Any]) -> list[str]:
    return [
        f"Documents: {scores['n']} labelled",
        _figures("core", scores["core"]),
        _figures("core or supported", scores["core_or_supported"]),
        "",
    ]


def _reading_order_lines(scores: Mapping[str, Any], pages: Iterable[PageScore]) -> list[str]:
    lines = [
        f"Reading order: {scores['right']:.1%} of {scores['pairs']} ordered pairs right, "
        f"{scores['furniture']:.1%} of the furniture and {scores['headings']:.1%} of the headings marked"
    ]
    for page in pages:
        faults = [f"{page.pairs - page.right} of {page.pairs} pairs wrong"] if page.right < page.pairs else []
        for saying, snippets in (
            ("not in the text", page.lost),
            ("not marked as furniture", page.furniture_missed),
            ("not marked as heading", page.headings_missed),
        ):
            if snippets:
                faults.append(f"{saying}: {'; '.join(repr(snippet[:40]) for snippet in snippets)}")
        if faults:
            lines.append(f"  {page.document_id}, page {page.page_number}: {', '.join(faults)}")
    return lines
