"""Typeset the demonstration briefs: every source/*.typ becomes a PDF, and the register is given its sha256.

Run it as `python corpora/sample/typeset.py` after changing a source. It needs the typst package from PyPI (the version
below wrote the committed PDFs: another version may break lines elsewhere) and, for the Japanese brief alone, the font
BIZ UDGothic (SIL Open Font License 1.1). The PDFs carry fixed dates: the same sources give the same bytes everywhere.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
TYPST_VERSION = "0.15.2"
JAPANESE_FONTS = {
    "BIZUDGothic-Regular.ttf": "1e190f86ee44b54e999a02c3cd34c4fd4805aa1e9b08849332c3b573c8c869fc",
    "BIZUDGothic-Bold.ttf": "d4ac5302ab946ef8b81c6a11afc6ed553b4b4d4964ead16460fb53168e4724ae",
}
FONT_FOLDERS = (
    Path("/usr/share/fonts/truetype/bizud-gothic"),
    Path.home() / ".local/share/fonts",
    Path.home() / "Library/Fonts",
)
HOW_TO_GET_FONTS = (
    "The Japanese brief needs BIZUDGothic-Regular.ttf and BIZUDGothic-Bold.ttf, version 1.05: install the Debian "
    "package fonts-morisawa-bizud-gothic, or download them from github.com/googlefonts/morisawa-biz-ud-gothic, "
    "and name their folder with --fonts"
)


def digest(content: bytes) -> str:
    """Return the sha256 of some bytes in hexadecimal, as the register writes it."""
    return hashlib.sha256(content).hexdigest()


def find_fonts(folders: Sequence[Path]) -> Path | None:
    """Return the first folder that holds the very font files the Japanese PDF was made with, or None."""
    for folder in folders:
        files = [(folder / name, expected) for name, expected in JAPANESE_FONTS.items()]
        if all(file.is_file() and digest(file.read_bytes()) == expected for file, expected in files):
            return folder
    return None


def needs_fonts(source: Path) -> bool:
    """Tell whether a source names a font that does not come with typst."""
    return "BIZ UD" in source.read_text(encoding="utf-8")


def typeset(source: Path, fonts: Path | None) -> bytes:
    """Return the PDF of one source; a warning of typst, such as a missing font, is an error here."""
    import typst

    pdf, warnings = typst.compile_with_warnings(
        source, root=source.parent, font_paths=[fonts] if fonts else [], ignore_system_fonts=True, format="pdf"
    )
    if warnings:
        raise RuntimeError(f"{source.name}: typst warns: {'; '.join(str(warning) for warning in warnings)}")
    if not isinstance(pdf, bytes):
        raise RuntimeError(f"{source.name}: expected one PDF from typst, got {type(pdf).__name__}")
    return pdf


def register_digests(register: Path) -> str:
    """Return the text of the register with the sha256 of each file as it now is."""
    with register.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        rows = [{**row, "sha256": digest((register.parent / row["file"]).read_bytes())} for row in reader]
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(reader.fieldnames or []), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the PDFs of the named briefs (all by default) and the register; return the exit code."""
    parser = argparse.ArgumentParser(description="Typeset the demonstration briefs.")
    parser.add_argument("briefs", nargs="*", help="document ids, such as aus-2016-brief-en; all when none is named")
    parser.add_argument("--fonts", type=Path, help="folder with BIZUDGothic-Regular.ttf and BIZUDGothic-Bold.ttf")
    options = parser.parse_args(arguments)
    fonts = find_fonts([options.fonts] if options.fonts else FONT_FOLDERS)
    known = {path.stem: path for path in sorted((HERE / "source").glob("*-brief-*.typ"))}
    unknown = [name for name in options.briefs if name not in known]
    if unknown:
        parser.error(f"no source of this name: {', '.join(unknown)}; known: {', '.join(known)}")
    missing = [name for name in options.briefs or known if needs_fonts(known[name]) and fonts is None]
    if missing:
        parser.error(f"{', '.join(missing)} cannot be typeset: {HOW_TO_GET_FONTS}.")
    for name in options.briefs or known:
        pdf = typeset(known[name], fonts)
        (HERE / "pdf" / f"{name}.pdf").write_bytes(pdf)
        sys.stdout.write(f"pdf/{name}.pdf: {len(pdf):,} bytes\n")
    register = HERE / "sources.csv"
    register.write_text(register_digests(register), encoding="utf-8", newline="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
