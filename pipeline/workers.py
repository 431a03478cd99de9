"""Work in other processes: one document at a time, so that a hostile file costs itself, or parts of one computation."""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as TimedOut
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
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


@contextmanager
def shared_out(workers: int, prepare: Callable[[], None]) -> Iterator[Callable[..., Any]]:
    """Yield what takes the place of ``map``: it begins at once, in ``workers`` processes; for one it is ``map`` itself.

    ``prepare`` is called once in each process before any work, while this process does something else. Results come
    in the order of what was given, and are the same whatever the number of processes.
    """
    if workers < 2:
        yield map
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=prepare)
    try:
        for _ in range(workers):  # a process is started when there is work for it
            pool.submit(int)
        yield pool.map
    except BrokenProcessPool as error:
        raise ValueError(
            "a process ended abruptly, perhaps for want of memory; try again with `--workers 1`"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


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
