"""The order of the ledger's writes, and what a crash between them leaves."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tibetnews.ledger.articles import Articles
from tibetnews.ledger.committed_files import CommittedFile
from tibetnews.ledger.database import Ledger
from tibetnews.ledger.errors import LedgerDamagedError, LedgerLockedError, LedgerWriteError
from tibetnews.ledger.recovery import RecoveredFile, changed_feeds, recover


def committed_length(folder: Path) -> int:
    """The export's length as another process sees it in the ledger."""
    with closing(sqlite3.connect(folder / "ledger.sqlite3")) as db:
        return int(db.execute("SELECT offset FROM feeds").fetchone()[0])


def test_bytes_are_synced_before_the_ledger_vouches_for_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(tmp_path)
    file = CommittedFile(ledger, tmp_path / "x.jsonl")
    file.write(b"one\n")
    seen: list[tuple[int, int]] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        fsync(handle)
        seen.append((os.fstat(handle).st_size, committed_length(tmp_path)))

    monkeypatch.setattr(os, "fsync", watched)
    ledger.commit()
    assert seen == [(4, 0)]  # the line was on the disk while the ledger still said nothing of it
    assert committed_length(tmp_path) == 4
    file.close()
    ledger.close()


def write_and_die(folder: Path) -> None:
    """Commit one line, write more, and be killed."""
    ledger = Ledger(folder)
    file = CommittedFile(ledger, folder / "x.jsonl")
    file.write(b"{}\n")
    ledger.commit()
    file.write(b"two\nthr")
    os.kill(os.getpid(), signal.SIGKILL)


def test_what_was_not_committed_is_cut(tmp_path: Path) -> None:
    killed = multiprocessing.get_context("spawn").Process(target=write_and_die, args=(tmp_path,))
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    again = Ledger(tmp_path)
    assert recover(again, changed_feeds(again)) == (RecoveredFile(tmp_path / "x.jsonl", 7),)
    assert (tmp_path / "x.jsonl").read_bytes() == b"{}\n"
    assert recover(again, changed_feeds(again)) == ()
    again.close()


def test_a_file_without_a_line_is_deleted(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    CommittedFile(ledger, tmp_path / "x.jsonl").close()
    assert not (tmp_path / "x.jsonl").exists()
    ledger.close()


def test_nothing_is_committed_once_a_write_has_failed(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "state")
    (tmp_path / "full").symlink_to("/dev/full")
    file = CommittedFile(ledger, tmp_path / "full")
    file.write(b"one\n")
    ledger.db.execute("INSERT INTO marks VALUES ('cn/x', 1, 'now')")
    with pytest.raises(OSError, match="No space"):
        ledger.commit()
    file.close()
    ledger.close()
    with closing(sqlite3.connect(tmp_path / "state" / "ledger.sqlite3")) as db:
        assert db.execute("SELECT count(*) FROM marks").fetchone() == (0,)


def test_a_commit_that_sqlite_ended_by_itself_lets_no_statement_through(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.db.execute("INSERT INTO marks VALUES ('cn/x', 1, 'now')")
    sqlite3.Connection.execute(ledger.db, "ROLLBACK")  # as SQLite does where a write to the -wal fails
    ledger.db.execute("INSERT INTO marks VALUES ('cn/y', 1, 'now')")
    assert isinstance(ledger.failure, LedgerWriteError)
    with pytest.raises(LedgerWriteError, match=r"ledger\.sqlite3"):
        ledger.commit()
    ledger.close()
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite3")) as db:
        assert db.execute("SELECT count(*) FROM marks").fetchone() == (0,)


def test_a_lock_of_another_program_is_told_and_not_a_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Ledger(tmp_path).close()
    monkeypatch.setattr("tibetnews.ledger.connection.LOCK_SECONDS", 0.05)
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerLockedError, match="another program works on the ledger"):
            Ledger(tmp_path)
    Ledger(tmp_path).close()


def test_an_unknown_state_is_damage_where_no_digest_tells_it(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    Articles(ledger.db).discover(1, "cn/x", [("cn-1", "http://www.tibet.cn/cn/x/202001/t20200101_1.html")])
    ledger.close()
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite3", isolation_level=None)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute("UPDATE articles SET state = 'naw'")
    with pytest.raises(LedgerDamagedError, match="unknown state"):
        Ledger(tmp_path)
