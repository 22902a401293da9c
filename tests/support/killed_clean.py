"""``tibetnews clean`` killed at a chosen instant: ``python -m tests.support.killed_clean WHERE COUNT ARGUMENT...``

WHERE: "sync", before the process that writes syncs a file; "batch", before a process cleans a batch; each for the
COUNT-th time, 0 for never. With them goes the whole process group, as when a machine stops. "worker" kills only the
process that is about to clean its COUNT-th batch; "ctrl-c" is Ctrl-C at a sync, "fault" a fault of the program at the
COUNT-th entry of a process. Batches are small here, and a checkpoint follows every second.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from scrapy.cmdline import execute

from tibetnews.corpus import batches, checkpoints, run, worker


def killed(function: Callable[..., Any], count: int, kill: Callable[[], None]) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:
        nonlocal count
        count -= 1
        if not count:
            kill()
        return function(*arguments, **named)

    return call


def kill_all() -> None:
    os.killpg(0, signal.SIGKILL)


def kill_one() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def interrupt() -> None:
    os.killpg(0, signal.SIGINT)


def fail() -> None:
    raise ZeroDivisionError("a fault of the program")


if __name__ == "__main__":
    where, count = sys.argv[1], int(sys.argv[2])
    batches.BATCH_BYTES = 8000
    checkpoints.EVERY = 2
    if where in ("sync", "ctrl-c"):
        os.fsync = killed(os.fsync, count, kill_all if where == "sync" else interrupt)
    elif where == "fault":
        worker.clean_entry = killed(worker.clean_entry, count, fail)
    else:
        setattr(run, "clean_batch", killed(worker.clean_batch, count, kill_one if where == "worker" else kill_all))  # noqa: B010
    execute(["scrapy", "clean", *sys.argv[3:]])
