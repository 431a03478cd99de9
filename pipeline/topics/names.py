"""Names that reviewers give to topics: ``topic_names.csv`` of a corpus."""

from __future__ import annotations

import csv
import io
from pathlib import Path

COLUMNS = ("topic", "name", "reviewer", "date")


def read_names(path: Path) -> dict[int, str]:
    """Return the reviewers' names by number of topic; none where the file is absent.

    The file has the columns topic, name, reviewer and date; further ones are not read. Raises ValueError with file and
    line where a number is none, stands twice, or has no name.
    """
    if not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 ({error}); save it as CSV in UTF-8") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise ValueError(f"{path}:1: expected the columns {', '.join(COLUMNS)}; {', '.join(missing)} is not there")
    names: dict[int, str] = {}
    for row in reader:
        number, name = (row["topic"] or "").strip(), " ".join((row["name"] or "").split())
        if not number.isdecimal():
            raise ValueError(f"{path}:{reader.line_num}: topic is {number!r}; expected a number of themes.csv")
        if not name:
            raise ValueError(f"{path}:{reader.line_num}: topic {number} has no name; write one or remove the line")
        if int(number) in names:
            raise ValueError(f"{path}:{reader.line_num}: topic {number} is named twice; keep one line")
        names[int(number)] = name
    return names
