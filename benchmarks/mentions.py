"""Times the stage `mentions`: tokens a second on one core, with the terms of all languages loaded, levels included.

Run it from the project's folder:
``PYTHONPATH=. python benchmarks/mentions.py [FOLDER_OF_TEXT_FILES]``.
Without a folder it reads
the English text files of the shared corpus beside the project. A token is a word or a sign, as the tagger cuts them.
Each file is cut at empty lines into passages; every third one is a list item below a heading, so that lead-ins and
headings are read too. The vocabulary is warm: each file is read once before the clock starts, as a worker that has
read many documents would have met its words; the first, cold pass is reported beside it.
"""

import re
import sys
import time
from pathlib import Path

from pipeline.mentions import find_mentions
from pipeline.schemas import Passage
from pipeline.stages.mentions import prepare_tagger

ROOT = Path(__file__).parents[1]
ENGLISH_COUNTRIES = ("aus", "gbr", "usa", "can", "irl", "nzl", "sgp", "ind", "euu")
TOKEN = re.compile(r"[^\W_]+|[^\w\s]")


def passages_of(path: Path) -> tuple[list[Passage], str]:
    """Return a text file as passages of one page, and that page's text."""
    text = path.read_text(encoding="utf-8", errors="replace")
    passages = []
    for number, match in enumerate(re.finditer(r"\S.*?(?=\n\s*\n|\Z)", text, re.DOTALL)):
        listed = number % 3 == 0
        clean = match.group().replace("\n", " ")
        passages.append(
            Passage(
                id=f"{path.stem}-{number}", document_id=path.stem, page_number=1, start=match.start(), end=match.end(),
                text=clean, alignment=((0, match.start()),), kind="list_item" if listed else "paragraph", zone="body",
                section=("Our priorities", "What we will do"), lead_in="We will invest in:" if listed else "",
                language="en",
            )
        )  # fmt: skip
    return passages, text


def main(folder: Path) -> None:
    """Tag every text file twice and print the speed of both passes."""
    files = [path for path in sorted(folder.glob("*.txt")) if path.name[:3] in ENGLISH_COUNTRIES]
    documents = [passages_of(path) for path in files]
    tokens = sum(len(TOKEN.findall(passage.text)) for passages, _ in documents for passage in passages)
    started = time.perf_counter()
    tagger = prepare_tagger(ROOT / "models")
    print(f"vocabulary read in {time.perf_counter() - started:.2f} s")
    for name in ("cold", "warm"):
        started, processor = time.perf_counter(), time.process_time()
        found = sum(len(find_mentions(passages, {1: text}, tagger)) for passages, text in documents)
        wall, spent = time.perf_counter() - started, time.process_time() - processor
        print(
            f"{name}: {len(files)} files, {tokens} tokens, {found} mentions in {wall:.2f} s: "
            f"{tokens / wall:,.0f} tokens/s, {tokens / spent:,.0f} per second of processor time"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "corpus" / "text")
