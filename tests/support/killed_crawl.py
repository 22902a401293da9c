"""``tibetnews crawl`` that is killed, as by kill -9: ``python -m tests.support.killed_crawl WHEN ARGUMENTS``.

WHEN is the number of a write: a line written to an export, an fsync, or a commit of the ledger; even numbers kill
before it, odd ones behind it. Or it is a processor time, such as ``1.25s``, which ends the process wherever it is then,
in the middle of a system call too. With 0 nothing is killed; the number of writes and the processor time in seconds
are printed last.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from typing import Any

from scrapy.cmdline import execute

from tibetnews.ledger.committed_files import CommittedFile
from tibetnews.ledger.connection import LedgerConnection

COUNT = 0
WHEN = sys.argv[1]
FATAL = 0 if WHEN.endswith("s") else int(WHEN)


def strike() -> None:
    """One more instant between two writes; the fatal one ends the process without any goodbye."""
    global COUNT
    COUNT += 1
    if COUNT == FATAL:
        os.kill(os.getpid(), signal.SIGKILL)


def struck(write: Callable[..., Any]) -> Callable[..., Any]:
    """The write with an instant before and one behind it."""

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        strike()
        result = write(*args, **kwargs)
        strike()
        return result

    return wrapped


def struck_commits(execute: Callable[..., sqlite3.Cursor]) -> Callable[..., sqlite3.Cursor]:
    """A connection's execute, whose commits are such writes."""
    commit = struck(execute)

    def wrapped(self: LedgerConnection, sql: str, *args: Any) -> sqlite3.Cursor:
        return commit(self, sql) if sql == "COMMIT" else execute(self, sql, *args)

    return wrapped


def main() -> None:
    """Run the crawl."""
    LedgerConnection.execute = struck_commits(LedgerConnection.execute)  # type: ignore[method-assign]
    os.fsync = struck(os.fsync)
    CommittedFile.write = struck(CommittedFile.write)  # type: ignore[method-assign]
    begun = time.process_time()
    if WHEN.endswith("s"):
        # Nobody handles this signal, so the kernel ends the process as SIGKILL would.
        signal.setitimer(signal.ITIMER_PROF, float(WHEN.removesuffix("s")))
    try:
        execute(["scrapy", "crawl", *sys.argv[2:]])
    finally:
        print(COUNT, time.process_time() - begun)


if __name__ == "__main__":
    main()
