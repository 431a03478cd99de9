"""Writes mistakes on labelled passages as Markdown or CSV, each with its passage and the words found in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.evaluation.mistakes import KINDS, Mistake
from pipeline.schemas.delimited import lines_csv

_COLUMNS = (
    "times", "concept", "kind", "passage_id", "document_id", "language", "labelled", "found", "terms", "quotes",
    "cues", "found_besides", "text",
)  # fmt: skip
_MARKUP = re.compile(r"[\\`*_\[\]<>#|]")


def mistakes_markdown(mistakes: Sequence[Mistake]) -> str:
    """Write the list as Markdown: how often each concept goes wrong how, then each passage with the words marked."""
    passages = len({mistake.subject for mistake in mistakes})
    kinds = Counter(mistake.kind for mistake in mistakes)
    counts = "; ".join(f"{kinds[kind]} {kind}" for kind in KINDS.values())
    lines = ["# Mistakes on labelled passages", "", f"{len(mistakes)} in {passages} passages: {counts}.", ""]
    lines += ["| concept | kind | times |", "|---|---|---|"]
    groups = [(key, list(own)) for key, own in groupby(mistakes, key=lambda mistake: (mistake.concept, mistake.kind))]
    lines += [f"| {concept} | {kind} | {len(own)} |" for (concept, kind), own in groups]
    for (concept, kind), own in groups:
        lines += ["", f"## {concept}: {kind} ({len(own)})"]
        for mistake in own:
            lines += ["", *_entry(mistake)]
    return "\n".join(lines) + "\n"


def mistakes_csv(mistakes: Sequence[Mistake]) -> str:
    """Write the list as CSV, one line a mistake; a text that a spreadsheet would run gets an apostrophe before it."""
    lines = (
        (
            mistake.times, mistake.concept, mistake.kind, mistake.subject, mistake.document_id, mistake.language,
            mistake.labelled, mistake.found, *(" | ".join(texts) for texts in _findings(mistake)),
            "".join(f"[[{text}]]" if marked else text for text, marked in _pieces(mistake)),
        )
        for mistake in mistakes
    )  # fmt: skip
    return lines_csv(_COLUMNS, lines).decode()


def _findings(mistake: Mistake) -> tuple[list[str], list[str], list[str], list[str]]:
    """Return the terms, quotes and cues of the concept, and what was found besides, each once."""
    terms = [mention.term for mention in mistake.mentions]
    quotes = [mention.quote for mention in mistake.mentions]
    cues = [cue for mention in mistake.mentions for cue in mention.cues]
    besides = [f"{mention.concept} ({mention.term})" for mention in mistake.besides]
    return _once(terms), _once(quotes), _once(cues), _once(besides)


def _once(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _entry(mistake: Mistake) -> Iterator[str]:
    yield f"### {mistake.subject} ({mistake.document_id}, {mistake.language})"
    yield ""
    yield f"Labelled: {mistake.labelled}. Found: {mistake.found}."
    yield ""
    yield from _reasons(mistake)
    if not mistake.mentions:
        yield f"- found instead: {_plain(', '.join(_findings(mistake)[3]) or 'nothing')}"
    yield ""
    yield "> " + "".join(f"**{_plain(text)}**" if marked else _plain(text) for text, marked in _pieces(mistake))


def _reasons(mistake: Mistake) -> Iterator[str]:
    """Yield a line for each quote with the words found in it, their level and the cues that decided it."""
    terms: dict[tuple[str, tuple[str, ...], str], list[str]] = {}
    for mention in mistake.mentions:
        terms.setdefault((mention.level, mention.cues, mention.quote), []).append(mention.term)
    for (level, cues, quote), words in terms.items():
        found = ", ".join(f"“{word}”" for word in _once(words))
        yield _plain(f"- {level} by {found} ({'cues ' + ', '.join(cues) if cues else 'no cue'}): {quote}")


def _pieces(mistake: Mistake) -> Iterator[tuple[str, bool]]:
    """Cut the passage's text where a term of the concept begins and ends; True says that it is the term."""
    done = 0
    for start, end in sorted({(mention.term_start, mention.term_end) for mention in mistake.mentions}):
        if start >= done:
            yield mistake.text[done:start], False
            yield mistake.text[start:end], True
            done = end
    yield mistake.text[done:], False


def _plain(text: str) -> str:
    """Return a text on one line, none of it taken for markup; blanks at its ends stay, for it may be a piece."""
    return _MARKUP.sub(r"\\\g<0>", re.sub(r"\s+", " ", text))
