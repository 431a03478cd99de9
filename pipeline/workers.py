"""Work on one document at a time in processes of their own, so that a hostile file costs itself and nothing else."""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as TimedOut
from dataclasses import dataclass
from typing import Any

from pebble import ProcessExpired, ProcessPool


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost: seconds of working time and megabytes of memory."""

    seconds: int
    megabytes: int


def each_document(
    work: Callable[..., None], tasks: Sequence[tuple[Any, ...]], *, workers: int, limits: Limits
) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Call ``work(*task)`` for each task in worker processes; yield each task with "" or a sentence of what failed.

    Results come in the order of the tasks. ``work`` writes its own output, so nothing large crosses between
    processes. Processes are spawned, not forked: Arrow's threads do not survive a fork.
    """
    if not tasks:
        return
    context = multiprocessing.get_context("spawn")
    count = max(1, min(workers, len(tasks)))
    with ProcessPool(count, initializer=_limit_memory, initargs=(limits.megabytes,), context=context) as pool:
        futures = [pool.schedule(work, args=list(task), timeout=limits.seconds) for task in tasks]
        for task, future in zip(tasks, futures, strict=True):
            yield task, _failure(future.exception(), limits)


def _failure(error: BaseException | None, limits: Limits) -> str:
    if error is None:
        return ""
    if isinstance(error, KeyboardInterrupt):
        raise error
    if isinstance(error, TimedOut):
        return f"it took more than {limits.seconds} seconds (limits.seconds in params.yaml) and was left"
    if isinstance(error, MemoryError):
        return f"it needed more than {limits.megabytes} MB (limits.megabytes in params.yaml) and was left"
    if isinstance(error, ProcessExpired):
        return f"the process that worked on it ended abruptly (exit code {error.exitcode})"
    return f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no message'}"


def _limit_memory(megabytes: int) -> None:
    """Bound the private memory of this process (where the system can; macOS ignores it)."""
    limit = megabytes * 1024 * 1024
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most != resource.RLIM_INFINITY:
        limit = min(limit, most)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
