"""Times the stage `pages`: milliseconds a page on one core, as a whole process, and against pdfplumber.

Run it from the project's folder:
``PYTHONPATH=. python benchmarks/pages.py [FOLDER_OF_PDFS] [--every N]``.
Without a folder it reads
the PDFs of the shared corpus beside the project. The first figure is one fresh process that imports the layer and
reads every page, tables and geometry included. The second takes each Nth page of the same files (25 without
``--every``), and lets this project and pdfplumber's ``extract_text`` read the same pages, one after the other.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import pdfplumber
import pypdfium2

from pipeline.pages import read_document

ROOT = Path(__file__).parents[1]
READ_ALL = (
    "import sys; from pathlib import Path; from pipeline.pages import read_document; "
    "print(sum(len(read_document(Path(name), 'd').pages) for name in sys.argv[1:]))"
)


def whole_process(files: list[Path]) -> tuple[int, float, float]:
    """Return the pages of ``files``, and the seconds of processor and of clock that a fresh process took for them."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    command = [sys.executable, "-c", READ_ALL, *map(str, files)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pages = int(subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout)
    clock = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return pages, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock


def sampled(files: Iterable[Path], every: int, folder: Path) -> list[Path]:
    """Write each ``every``-th page of the files to PDFs in ``folder``, and return these."""
    written = []
    count = 0
    for path in files:
        with pypdfium2.PdfDocument(path) as source, pypdfium2.PdfDocument.new() as target:
            wanted = [index for index in range(len(source)) if (count + index) % every == 0]
            count += len(source)
            if wanted:
                target.import_pages(source, wanted)
                target.save(folder / path.name)
                written.append(folder / path.name)
    return written


def against_pdfplumber(files: list[Path]) -> tuple[int, float, float]:
    """Return the pages of ``files`` and the seconds of processor that this project and pdfplumber took for them."""
    read_document(files[0], "warm")
    start = time.process_time()
    pages = sum(len(read_document(path, "d").pages) for path in files)
    ours = time.process_time() - start
    start = time.process_time()
    for path in files:
        with pdfplumber.open(path) as document:
            for page in document.pages:
                page.extract_text()
                page.close()
    return pages, ours, time.process_time() - start


def main() -> None:
    """Print both figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT.parent / "shared" / "corpus" / "pdf")
    parser.add_argument("--every", type=int, default=25, help="page sample for the comparison with pdfplumber")
    chosen = parser.parse_args()
    files = sorted(chosen.folder.glob("*.pdf"))
    if not files:
        sys.exit(f"There are no PDFs in {chosen.folder}.")
    pages, processor, clock = whole_process(files)
    print(f"whole process: {pages} pages of {len(files)} files, {1000 * processor / pages:.1f} ms a page of processor, "
          f"{1000 * clock / pages:.1f} ms of clock")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        same, ours, theirs = against_pdfplumber(sampled(files, chosen.every, Path(folder)))
    ratio = f"{theirs / ours:.1f} times as long"
    print(f"same {same} pages: {1000 * ours / same:.1f} ms a page, pdfplumber {1000 * theirs / same:.0f} ms, {ratio}")


if __name__ == "__main__":
    main()
