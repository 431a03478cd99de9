"""Names that reviewers give to topics: ``topic_names.csv`` of a corpus."""

from __future__ import annotations

from pathlib import Path

from pipeline.schemas.delimited import read_written

COLUMNS = ("topic", "name", "reviewer", "date")


def read_names(path: Path) -> dict[int, str]:
    """Return the reviewers' names by number of topic; none where the file is absent.

    The file has the columns topic, name, reviewer and date; further ones are not read. Raises ValueError with file and
    line where a number is none, stands twice, or has no name.
    """
    names: dict[int, str] = {}
    for line, row in read_written(path, COLUMNS, fill=True):
        number, name = row["topic"], " ".join(row["name"].split())
        if not number.isdecimal():
            raise ValueError(f"{path}:{line}: topic is {number!r}; expected a number of themes.csv")
        if not name:
            raise ValueError(f"{path}:{line}: topic {number} has no name; write one or remove the line")
        if int(number) in names:
            raise ValueError(f"{path}:{line}: topic {number} is named twice; keep one line")
        names[int(number)] = name
    return names
