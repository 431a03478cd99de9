"""One document's crash, hang or hunger costs that document and says so."""

import os
import time
from pathlib import Path

import pytest

from pipeline.workers import Limits, each_document, shared_out

LIMITS = Limits(seconds=2, megabytes=600)


def work(target: Path, kind: str) -> None:
    """Do what the kind says, then leave a file."""
    if kind == "hang":
        time.sleep(60)
    if kind == "crash":
        os._exit(3)
    if kind == "eat":
        bytearray(2_000_000_000)
    if kind == "fail":
        raise LookupError("no such thing\nsecond line")
    target.write_text(kind)


def test_faults_stay_with_their_document(tmp_path: Path) -> None:
    kinds = ["good", "hang", "crash", "eat", "fail", "fine"]
    tasks = [(tmp_path / kind, kind) for kind in kinds]
    outcome = {task[1]: sentence for task, sentence in each_document(work, tasks, workers=2, limits=LIMITS)}
    assert outcome["good"] == outcome["fine"] == ""
    assert "more than 2 seconds" in outcome["hang"]
    assert "ended abruptly (exit code 3)" in outcome["crash"]
    assert "more than 600 MB" in outcome["eat"]
    assert outcome["fail"] == "LookupError: no such thing"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fine", "good"]


def test_no_tasks_start_no_process() -> None:
    assert list(each_document(work, [], workers=2, limits=LIMITS)) == []


def prepare() -> None:
    """Leave a mark in the process."""
    os.environ["PREPARED"] = "yes"


def double(number: int, other: int) -> tuple[int, str]:
    """Double a number, and say whether the process was made ready."""
    return 2 * number + other, os.environ.get("PREPARED", "no")


def end(number: int) -> int:
    """End the process as the system does when memory runs out."""
    os._exit(number)


def test_work_is_shared_out_in_order_among_prepared_processes() -> None:
    with shared_out(2, prepare) as each:
        assert list(each(double, range(5), [1] * 5)) == [(number, "yes") for number in (1, 3, 5, 7, 9)]
    with shared_out(1, prepare) as each:
        assert list(each(double, [4], [0])) == [(8, "no")]


def test_an_ended_process_is_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"ended abruptly.*--workers 1"), shared_out(2, prepare) as each:
        list(each(end, [1, 2]))
