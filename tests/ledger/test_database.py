"""The order of the ledger's writes, and what a crash between them leaves."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tibetnews.ledger.committed_files import Feed, recover
from tibetnews.ledger.database import Ledger


def committed(folder: Path) -> int:
    """The export's length as another process sees it in the ledger."""
    with closing(sqlite3.connect(folder / "ledger.sqlite3")) as db:
        return int(db.execute("SELECT offset FROM feeds").fetchone()[0])


def test_bytes_are_synced_before_the_ledger_vouches_for_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger.open(tmp_path)
    feed = Feed(ledger, tmp_path / "x.jsonl")
    feed.write(b"one\n")
    seen: list[tuple[int, int]] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        fsync(handle)
        seen.append((os.fstat(handle).st_size, committed(tmp_path)))

    monkeypatch.setattr(os, "fsync", watched)
    ledger.commit()
    assert seen == [(4, 0)]  # the line was on the disk while the ledger still said nothing of it
    assert committed(tmp_path) == 4


def test_what_was_not_committed_is_cut(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path)
    feed = Feed(ledger, tmp_path / "x.jsonl")
    feed.write(b"one\n")
    ledger.commit()
    feed.write(b"two\nthr")
    ledger.db.execute("ROLLBACK")  # as a kill would
    ledger.db.close()
    feed._file.close()  # as the system does for a killed process
    again = Ledger.open(tmp_path)
    assert recover(again.db) == [(str(tmp_path / "x.jsonl"), 7)]
    assert (tmp_path / "x.jsonl").read_bytes() == b"one\n"
    assert recover(again.db) == []
    again.close()


def test_a_feed_without_a_line_leaves_no_file(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path)
    Feed(ledger, tmp_path / "x.jsonl").close()
    assert not (tmp_path / "x.jsonl").exists()
    ledger.close()


def test_nothing_is_committed_once_a_write_has_failed(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "state")
    (tmp_path / "full").symlink_to("/dev/full")
    feed = Feed(ledger, tmp_path / "full")
    feed.write(b"one\n")
    ledger.db.execute("INSERT INTO marks VALUES ('cn/x', 1, 'now')")
    with pytest.raises(OSError, match="No space"):
        ledger.commit()
    feed.close()
    ledger.close()
    with closing(sqlite3.connect(tmp_path / "state" / "ledger.sqlite3")) as db:
        assert db.execute("SELECT count(*) FROM marks").fetchone() == (0,)
