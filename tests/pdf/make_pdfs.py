"""Writes the tiny PDFs beside it that tests/test_pages.py reads: ``python tests/pdf/make_pdfs.py``.

The bytes are written by hand, so that they are the same everywhere and hold what no typesetter would write.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
A4 = (595, 842)


def pdf(pages: list[bytes], size: tuple[int, int] = A4, page_extra: bytes = b"", catalog_extra: bytes = b"") -> bytes:
    """Return a PDF of ``pages``, each the content stream of one page; F1 is Helvetica, F2 its bold, F3 has no map."""
    fonts = 3 + 2 * len(pages)
    kids = b" ".join(b"%d 0 R" % (3 + 2 * index) for index in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog_extra + b">>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
    ]
    for index, content in enumerate(pages):
        resources = b"/Resources<</Font<</F1 %d 0 R/F2 %d 0 R/F3 %d 0 R>>>>" % (fonts, fonts + 1, fonts + 2)
        box = b"/MediaBox[0 0 %d %d]" % size
        objects.append(
            b"<</Type/Page/Parent 2 0 R%s%s/Contents %d 0 R%s>>" % (box, resources, 4 + 2 * index, page_extra)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>")
    objects.append(
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 750 750]/FontMatrix[0.001 0 0 0.001 0 0]/FirstChar 17/LastChar 19"
        b"/Widths[800 800 800]/Encoding<</Type/Encoding/Differences[17/g1/g2/g3]>>/CharProcs<<>>/Resources<<>>>>"
    )
    return _file(objects)


def _file(objects: list[bytes]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail


def text(x: float, top: float, words: str, size: float = 10, font: str = "F1", height: float = A4[1]) -> bytes:
    """Return the drawing of one line whose baseline lies ``top`` points under the upper edge."""
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
    return b"BT /%s %g Tf %g %g Td (%s) Tj ET\n" % (font.encode(), size, x, height - top, escaped)


def lines(x: float, top: float, words: list[str], size: float = 10, font: str = "F1", height: float = A4[1]) -> bytes:
    """Return lines set under each other."""
    return b"".join(text(x, top + 1.2 * size * i, line, size, font, height) for i, line in enumerate(words))


def sideways(x: float, bottom: float, words: str) -> bytes:
    """Return a line that reads upwards."""
    return b"BT /F1 10 Tf 0 1 -1 0 %g %g Tm (%s) Tj ET\n" % (x, bottom, words.encode("cp1252"))


def rectangle(x: float, top: float, width: float, height: float, paint: str = "f", grey: float = 0.8) -> bytes:
    """Return a rectangle: ``paint`` is f for filled, S for outlined."""
    return b"%g g %g %g %g %g re %s 0 g\n" % (grey, x, A4[1] - top - height, width, height, paint.encode())


def column(name: str, count: int) -> list[str]:
    """Return lines of running text that say which column they are from."""
    return [f"{name} line {number} tells of industry and growth" for number in range(1, count + 1)]


def two_columns() -> bytes:
    """A title over two columns, written line by line across both, and a page number below."""
    rows = b"".join(
        text(50, 120 + 12 * i, left) + text(310, 120 + 12 * i, right)
        for i, (left, right) in enumerate(zip(column("left", 12), column("right", 12), strict=True))
    )
    return pdf(
        [
            text(50, 80, "A strategy for everything and for everyone in the country", 18, "F2")
            + rows
            + text(290, 800, "7")
        ]
    )


def boxes() -> bytes:
    """Two boxes over each other, two columns in each, written column by column down the whole page."""
    shades = rectangle(40, 100, 510, 120) + rectangle(40, 240, 510, 120, grey=0.9)
    written = b""
    for x, side in ((50, "left"), (310, "right")):
        for top, box in ((120, "upper"), (260, "lower")):
            written += lines(x, top, column(f"{box} {side}", 7))
    return pdf([shades + written])


def spread() -> bytes:
    """Two pages side by side, each with a heading and a footer."""
    content = b""
    for x, name, number in ((60, "even", 12), (660, "odd", 13)):
        content += (
            text(x, 60, f"Heading {name}", 16, "F2") + lines(x, 100, column(name, 20)) + text(x, 800, str(number))
        )
    return pdf([content], size=(1190, 842))


def ruled_table() -> bytes:
    """A ruled table of three rows and three columns, with wrapped cells, between two paragraphs."""
    rows, columns = (200, 220, 260, 300), (50, 200, 350, 540)
    ruling = b"".join(rectangle(50, y, 490, 0.5, grey=0) for y in rows)
    ruling += b"".join(rectangle(x, 200, 0.5, 100, grey=0) for x in columns)
    cells = b"".join(
        text(x + 4, 214, head, 10, "F2") for x, head in zip(columns, ("Action", "Who", "When"), strict=False)
    )
    for x, cell in (
        (54, ("Build a quantum", "computing centre")),
        (204, ("Ministry of", "Economy")),
        (354, ("by 2030",)),
    ):
        cells += lines(x, 234, list(cell))
    for x, cell in ((54, ("Train engineers",)), (204, ("Universities", "and schools")), (354, ("every year",))):
        cells += lines(x, 274, list(cell))
    return pdf([lines(50, 150, ["Before the table."]) + ruling + cells + lines(50, 340, ["After the table."])])


def labelled_list() -> bytes:
    """Numbered paragraphs whose numbers stand apart in the margin, with one word space set very wide."""
    content = b""
    for number in range(1, 6):
        top = 100 + 40 * number
        content += text(50, top, f"4.{number}") + lines(90, top, [f"paragraph {number} begins here", "and ends here"])
    return pdf([content + text(50, 400, "a line with one") + text(180, 400, "wide space")])


def turned_page() -> bytes:
    """A page written upwards and displayed turned, so that it reads upright; a second one is displayed as written."""
    content = b"".join(sideways(100 + 12 * i, 50, f"turned line {i + 1}") for i in range(5))
    return pdf([content], page_extra=b"/Rotate 90")


def sideways_page() -> bytes:
    """A page written upwards and displayed so."""
    return pdf([b"".join(sideways(100 + 12 * i, 50, f"sideways line {i + 1}") for i in range(5))])


def statuses() -> bytes:
    """Pages with text, with nothing, with outlines only, in a font without a map, and with text beyond the edge."""
    outlines = b"".join(b"%d 100 m %d 120 l %d 140 l f\n" % (x, x + 5, x - 5) for x in range(50, 400, 10))
    broken = b"BT /F3 12 Tf 50 700 Td (" + bytes((17, 18, 19, 17, 18, 19)) * 5 + b") Tj ET"
    return pdf(
        [text(50, 80, "Readable text"), b"", outlines, broken, text(50, 80, "inside") + text(50, -200, "outside")]
    )


def duplicated() -> bytes:
    """A line drawn twice, shifted by a hair, as some programs make bold letters."""
    return pdf(
        [text(50, 80, "Drawn twice only once") + text(50.3, 80, "Drawn twice only once") + text(50, 100, "once once")]
    )


def hyphenated() -> bytes:
    """A word cut by a hyphen at the end of a line."""
    return pdf([lines(50, 80, ["We support the develop-", "ment of industry."])])


def numbered() -> bytes:
    """Seven pages: roman numbers on three, then 1 to 4 in the footer; the file's own labels disagree with them."""
    printed = ["i", "ii", "iii", "1", "2", "3", "4"]
    pages = [
        lines(50, 80, column("body", 5)) + text(290, 810, f"Page {number}" if number.isdigit() else number)
        for number in printed
    ]
    return pdf(pages, catalog_extra=b"/PageLabels<</Nums[0<</S/D/St 1>>]>>")


FILES = {
    "two_columns.pdf": two_columns,
    "boxes.pdf": boxes,
    "spread.pdf": spread,
    "ruled_table.pdf": ruled_table,
    "labelled_list.pdf": labelled_list,
    "turned_page.pdf": turned_page,
    "sideways_page.pdf": sideways_page,
    "statuses.pdf": statuses,
    "duplicated.pdf": duplicated,
    "hyphenated.pdf": hyphenated,
    "numbered.pdf": numbered,
}

if __name__ == "__main__":
    for name, make in FILES.items():
        (FOLDER / name).write_bytes(make())
