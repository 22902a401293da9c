"""One run at a time on a ledger, and whether one is at work."""

from __future__ import annotations

import errno
import os
from contextlib import closing
from pathlib import Path

import pytest

from tibetnews.ledger import runs
from tibetnews.ledger.database import Ledger
from tibetnews.ledger.errors import LedgerError, LedgerLockedError, LedgerWriteError
from tibetnews.ledger.lock import RunLock, is_locked
from tibetnews.ledger.status import LedgerStatus


def test_a_second_run_is_refused_in_the_same_process_too(tmp_path: Path) -> None:
    lock = RunLock.acquire(tmp_path / "state")
    with pytest.raises(LedgerLockedError, match=rf"another run works on .*/state: started 20.*Z, pid {os.getpid()}$"):
        RunLock.acquire(tmp_path / "state")
    lock.release()
    RunLock.acquire(tmp_path / "state").release()


def test_whether_a_folder_is_locked(tmp_path: Path) -> None:
    assert not is_locked(tmp_path)  # no run ever was there
    lock = RunLock.acquire(tmp_path)
    assert is_locked(tmp_path)
    lock.release()
    assert not is_locked(tmp_path)
    RunLock.acquire(tmp_path).release()  # asking does not hold it


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LedgerError, match="the ledger's folder cannot be used: Not a directory"):
        RunLock.acquire(tmp_path / "file" / "state")


def test_a_run_is_at_work_while_it_holds_the_lock(tmp_path: Path) -> None:
    """Not while its process number lives: another program may have it by now."""
    ledger = Ledger(tmp_path)
    run = runs.begin(ledger.db, "sections", 0.0)
    ledger.db.execute("UPDATE runs SET pid = 1")
    ledger.commit()
    status = LedgerStatus.open(tmp_path)
    assert status
    with closing(status.db):
        assert not status.at_work()
        lock = RunLock.acquire(tmp_path)
        assert status.at_work()
        runs.end(ledger.db, run, "finished", [], {}, 60.0)
        ledger.close()
        assert not status.at_work()
        lock.release()


def test_a_file_system_without_locks_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def flock(handle: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", flock)
    with pytest.raises(LedgerWriteError, match="cannot be locked: No locks available"):
        RunLock.acquire(tmp_path)
