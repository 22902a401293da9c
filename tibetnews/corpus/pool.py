"""A function over many items in several processes: results in order, few items under way."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 3
"""Items under way for each process: one at work, one waiting, one finished too early."""

_PATIENCE = 2.0  # seconds; an end takes some hundredths of one


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def ordered(function: Callable[[Item], Result], items: Iterable[Item], jobs: int) -> Generator[Result, None, None]:
    """``function`` of each item, in the items' order, at work on ``jobs`` of them at a time.

    With more than one job, function, items and results go between processes and must be picklable. Items are
    taken as results are: never are more than a few a job under way. Raises BrokenProcessPool where a process
    was killed.
    """
    if jobs == 1:
        yield from map(function, items)
        return
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_end_with_parent)
    waiting: deque[Future[Result]] = deque()
    try:
        for item in items:
            waiting.append(_submit(pool, function, item))
            while waiting and (len(waiting) >= _AHEAD * jobs or waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
        pool.shutdown()
    except BaseException:  # an interruption, a process that was killed, or the consumer's end
        _end(pool)
        raise


def _submit(pool: ProcessPoolExecutor, function: Callable[[Item], Result], item: Item) -> Future[Result]:
    """Submit, with Ctrl-C blocked: a worker starts here and inherits that, so that only this process hears it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(function, item)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _end(pool: ProcessPoolExecutor) -> None:
    """End the workers and their pool, in the middle of what they do.

    Earlier Pythons' pools, 3.11.7's for one, can wait for ever to hand work to a worker that is gone
    (https://github.com/python/cpython/issues/94777), so that the pool's own end is waited for only so long.
    """
    for worker in multiprocessing.active_children():
        worker.terminate()
    closing = threading.Thread(target=pool.shutdown, kwargs={"cancel_futures": True}, daemon=True)
    closing.start()
    closing.join(_PATIENCE)


def _end_with_parent() -> None:
    """Let a worker end when its parent was killed; it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    assert parent

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
