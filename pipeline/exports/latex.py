"""A table as LaTeX: booktabs rules, a longtable that breaks over pages, every text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

from pipeline.exports.grids import Grid, column_shares

# Brackets and stars are braced, since LaTeX takes them for options of the line break before them.
_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", "[": "{[}", "]": "{]}", "*": "{*}", "`": r"\textasciigrave{}", '"': "''", "–": r"\textendash{}",
    "—": r"\textemdash{}", "“": "``", "”": "''", "\u00a0": "~", "\u2011": "-", "…": r"\ldots{}",
}  # fmt: skip
_BREAKS = ("Cc", "Zl", "Zp")
_INVISIBLE = ("Cf", "Cs", "Co", "Cn")  # marks that turn writing round, half signs, signs that nobody assigned


def escape_latex(text: str) -> str:
    """Return a text that LaTeX prints as it is: no command, no group, no comment, no control character."""
    text = re.sub(r'(?<![^\s(])"', "“", text)
    marks = (" " if category(mark) in _BREAKS else mark for mark in text if category(mark) not in _INVISIBLE)
    escaped = "".join(_ESCAPES.get(mark, mark) for mark in marks)
    return re.sub(r"-(?=-)", "-{}", escaped)  # two hyphens would become a dash


def grid_latex(grid: Grid, label: str) -> bytes:
    """Write a table that a document takes in by the command input; its first line says what that needs."""
    gap = 1 - 0.012 * len(grid.header)  # the rest is the space between columns
    widths = [share * gap for share in column_shares(grid)]
    columns = "".join(rf">{{\raggedright\arraybackslash}}p{{{width:.3f}\linewidth}}" for width in widths)
    header = " & ".join(rf"\textbf{{{escape_latex(name)}}}" for name in grid.header)
    head = [r"\toprule", rf"{header} \\", r"\midrule"]
    lines = [
        r"% \usepackage{booktabs,longtable,array} and, with pdfLaTeX, \usepackage[T1]{fontenc}; best in landscape.",
        r"\begingroup\small\setlength{\tabcolsep}{4pt}",
        rf"\begin{{longtable}}{{@{{}}{columns}@{{}}}}",
        rf"\caption{{{escape_latex(grid.title)}}}\label{{tab:{label}}}\\",
        *head, r"\endfirsthead",
        *head, r"\endhead",
        r"\bottomrule", r"\endlastfoot",
        *_rows(grid),
        r"\end{longtable}",
        *([rf"\noindent\footnotesize {escape_latex(grid.note)}\par"] if grid.note else []),
        r"\endgroup",
    ]  # fmt: skip
    return ("\n".join(lines) + "\n").encode()


def _rows(grid: Grid) -> Iterator[str]:
    """Yield the rows, with some space where the first column changes."""
    before = grid.rows[0][0] if grid.rows else ""
    for row in grid.rows:
        if row[0] != before:
            yield r"\addlinespace"
        before = row[0]
        yield rf"{' & '.join(escape_latex(text) for text in row)} \\"
