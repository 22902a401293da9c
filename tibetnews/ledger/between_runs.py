"""Opens a ledger between runs, and tells whether a run could begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tibetnews.ledger.database import Ledger
from tibetnews.ledger.lock import RunLock
from tibetnews.ledger.recovery import changed_feeds


@contextmanager
def opened_between_runs(folder: Path) -> Iterator[Ledger]:
    """Open a ledger that nobody writes to meanwhile; what is written into it is not committed. Raises LedgerError."""
    lock = RunLock.acquire(folder)
    try:
        ledger = Ledger(folder)
        try:
            yield ledger
        finally:
            ledger.db.end()
    finally:
        lock.release()


def check_ledger(folder: Path, exports: Sequence[Path] = ()) -> None:
    """Raise LedgerLockedError or LedgerError if no run can begin in this folder now, with these exports."""
    with opened_between_runs(folder) as ledger:
        changed_feeds(ledger, exports)
