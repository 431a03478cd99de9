"""Pages of real documents: reading order against the labelled pages, and clean text not taken for broken."""

import json
from pathlib import Path

import pytest

from pipeline.pages import read_document
from pipeline.schemas import Reading

SHARED = Path(__file__).parents[2].parent / "shared"
CORPUS = SHARED / "corpus"
LANGUAGES = ("can-2017-pan-canadian-ai-strategy-webpage", "chn-2025-ai-plus-action-opinions",
             "ltu-2014-smart-specialisation-programme-resolution-411", "sgp-2020-rie2025-plan-press-release",
             "sgp-2024-digital-enterprise-blueprint-infographic-ms")  # fmt: skip


def letters(text: str) -> str:
    """Return the letters and digits of ``text``, by which labelled snippets are found."""
    return "".join(character for character in text.lower() if character.isalnum())


def test_labelled_pages_are_read_in_order() -> None:
    readings: dict[str, Reading] = {}
    pairs = right = 0
    for row in map(json.loads, (SHARED / "gold" / "reading_order.jsonl").read_text(encoding="utf-8").splitlines()):
        name = row["file"]
        if name not in readings:
            path = CORPUS / "pdf" / name if (CORPUS / "pdf" / name).exists() else CORPUS / "nasty" / name
            readings[name] = read_document(path, row["document_id"])
        text = letters(readings[name].pages[row["page"] - 1].text)
        places = [text.find(letters(snippet)) for snippet in row["snippets"]]
        free = {tuple(pair) for pair in row["pairs_free"]}
        for second in range(len(places)):
            for first in range(second):
                if (first, second) not in free and (second, first) not in free:
                    pairs += 1
                    right += 0 <= places[first] < places[second]
    assert pairs == 1344
    assert right >= 0.98 * pairs


@pytest.mark.parametrize("name", LANGUAGES)
def test_clean_documents_are_read_whole(name: str) -> None:
    reading = read_document(CORPUS / "pdf" / f"{name}.pdf", name)
    assert reading.status == "read"
    assert {page.status for page in reading.pages} == {"ok"}


def test_broken_fonts_cost_their_pages_and_no_others() -> None:
    path = CORPUS / "pdf" / "zaf-2025-medium-term-budget-policy-statement.pdf"
    statuses = [page.status for page in read_document(path, "zaf").pages]
    assert statuses[0] == statuses[7] == statuses[8] == "ok"
    assert statuses[1] == statuses[29] == statuses[39] == "garbled"
