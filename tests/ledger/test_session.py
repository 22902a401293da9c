"""A run's session on the ledger, without Scrapy: what it finds, what it leaves, and what a kill leaves of it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tibetnews.ledger import certificate
from tibetnews.ledger.articles import DAY, HOUR, ExportedRevision
from tibetnews.ledger.between_runs import check_ledger
from tibetnews.ledger.committed_files import CommittedFile
from tibetnews.ledger.connection import LedgerConnection
from tibetnews.ledger.errors import LedgerLockedError
from tibetnews.ledger.lock import is_locked
from tibetnews.ledger.recovery import RecoveredFile
from tibetnews.ledger.session import LedgerSession

NOW = 1_704_762_000.0  # 2024-01-09T01:00:00Z


@contextmanager
def session(folder: Path | None, now: float = NOW, batch_size: int = 100) -> Iterator[LedgerSession]:
    opened = LedgerSession(folder, "sections", clock=lambda: now, revisit_after=[DAY], batch_size=batch_size)
    yield opened
    opened.close()


def revision(number: int) -> ExportedRevision:
    return ExportedRevision(
        id=f"cn-{number}", url=f"http://x/{number}", content_hash="sha256:", published_at="2024-01-09"
    )


def export(opened: LedgerSession, file: CommittedFile, number: int) -> None:
    """Write a record's line as an exporter does."""
    opened.begin_record(number)
    file.write(b"%d\n" % number)
    opened.record_exported(revision(number))


def exported(folder: Path) -> list[str]:
    """The ids that the ledger says were exported, as another process sees them."""
    with closing(sqlite3.connect(folder / "ledger.sqlite3")) as db:
        return [id_ for (id_,) in db.execute("SELECT id FROM articles WHERE state = 'done' ORDER BY id")]


def run_and_die(folder: Path) -> None:
    """Export five records in batches of two, the first bytes of a sixth, and be killed."""
    opened = LedgerSession(folder / "state", "sections", clock=lambda: NOW, batch_size=2)
    file = CommittedFile(opened.ledger, folder / "x.jsonl")
    for number in range(5):
        export(opened, file, number)
    file.write(b"5")
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_killed_run_is_recovered_and_done_again(tmp_path: Path) -> None:
    killed = multiprocessing.get_context("spawn").Process(target=run_and_die, args=(tmp_path,))
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    assert exported(tmp_path / "state") == [f"cn-{number}" for number in range(4)]
    with session(tmp_path / "state") as opened:
        assert opened.recovered == (RecoveredFile(tmp_path / "x.jsonl", 3),)
        assert (tmp_path / "x.jsonl").read_bytes() == b"0\n1\n2\n3\n"
        with closing(CommittedFile(opened.ledger, tmp_path / "x.jsonl")) as file:
            export(opened, file, 4)
    assert (tmp_path / "x.jsonl").read_bytes() == b"0\n1\n2\n3\n4\n"
    assert exported(tmp_path / "state") == [f"cn-{number}" for number in range(5)]
    with session(tmp_path / "state") as opened:
        assert (opened.recovered, opened.run) == ((), 3)


def test_a_second_session_is_refused_before_it_writes_anything(tmp_path: Path) -> None:
    with session(tmp_path):
        before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        with pytest.raises(LedgerLockedError, match=f"pid {os.getpid()}"):
            LedgerSession(tmp_path, "sections", clock=lambda: NOW)
        with pytest.raises(LedgerLockedError):
            check_ledger(tmp_path)
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    check_ledger(tmp_path)
    assert not is_locked(tmp_path)
    with session(tmp_path) as opened:
        assert opened.run == 2


def test_a_session_that_cannot_begin_keeps_no_lock(tmp_path: Path) -> None:
    def no_clock() -> float:
        raise OverflowError

    with pytest.raises(OverflowError):
        LedgerSession(tmp_path, "sections", clock=no_clock)
    assert not is_locked(tmp_path)
    with session(tmp_path) as opened:
        assert opened.run == 1


@pytest.mark.parametrize("before", [["http_404: Not Found"] * 4, [*["timeout: 30 s"] * 4, "http_404: Not Found"]])
def test_an_article_that_was_never_read_is_gone_after_five_failures(before: list[str], tmp_path: Path) -> None:
    with session(tmp_path) as opened:
        articles, now = opened.articles, NOW
        articles.discover(opened.run, "cn/edu", [("cn-1", "u")])
        for error in [*before, "http_404: Not Found"]:
            assert [article.id for article in articles.pending(now)] == ["cn-1"]
            (articles.mark_missing if "404" in error else articles.mark_failed)("cn-1", error, now)
            now += 7 * DAY
        assert list(articles.pending(now)) == []


def test_an_exported_article_that_is_missing_is_gone(tmp_path: Path) -> None:
    with session(tmp_path) as opened:
        opened.articles.discover(opened.run, "cn/edu", [("cn-1", "u")])
        opened.articles.mark_exported(
            ExportedRevision(id="cn-1", url="u", content_hash="sha256:1", published_at=None), opened.run, NOW
        )
        opened.articles.mark_missing("cn-1", "http_404: Not Found", NOW)
        assert list(opened.articles.pending(NOW + 1000 * DAY)) == []


def test_due_times_follow_a_clock_that_was_set_back(tmp_path: Path) -> None:
    with session(tmp_path) as first:
        first.articles.discover(first.run, "cn/edu", [("cn-1", "u")])
        first.articles.mark_failed("cn-1", "timeout", NOW)
    earlier = NOW - 30 * DAY
    with session(tmp_path, earlier) as second:
        assert second.clock_lag == second.clock_set_back() == 30 * DAY
        assert [article.id for article in second.articles.pending(earlier + HOUR)] == ["cn-1"]


def test_a_full_batch_is_committed_but_never_between_two_lines_of_one_record(tmp_path: Path) -> None:
    with (
        session(tmp_path / "state", batch_size=1) as opened,
        closing(CommittedFile(opened.ledger, tmp_path / "a")) as one,
        closing(CommittedFile(opened.ledger, tmp_path / "b")) as other,
    ):
        first, second = object(), object()
        for file in (one, other):
            opened.begin_record(first)
            file.write(b"1\n")
            opened.record_exported(revision(1))
            assert exported(tmp_path / "state") == []
        opened.begin_record(second)
        assert exported(tmp_path / "state") == ["cn-1"]


def test_who_listens_is_told_inside_the_transaction_of_the_line(tmp_path: Path) -> None:
    with session(tmp_path) as opened:
        seen: list[tuple[str, list[str]]] = []
        opened.on_record_exported.append(lambda url: seen.append((url, exported(tmp_path))))
        opened.record_exported(revision(1))
        assert seen == [("http://x/1", [])]


def test_a_ledger_without_a_digest_is_looked_through_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crawl opens it twice: to see whether it can begin, and to begin."""
    with session(tmp_path):
        pass
    (tmp_path / certificate.NAME).unlink()
    asked: list[str] = []
    execute = LedgerConnection.execute

    def noted(db: LedgerConnection, sql: str, *row: Any) -> sqlite3.Cursor:
        asked.append(sql)
        return execute(db, sql, *row)

    monkeypatch.setattr(LedgerConnection, "execute", noted)
    check_ledger(tmp_path)
    with session(tmp_path):
        assert sum("quick_check" in sql for sql in asked) == 1


def test_after_a_failed_write_nothing_is_committed_and_the_next_run_may_begin(tmp_path: Path) -> None:
    (tmp_path / "full").symlink_to("/dev/full")
    failures: list[Exception] = []
    with session(tmp_path / "state") as opened:
        opened.on_failure.append(failures.append)
        file = CommittedFile(opened.ledger, tmp_path / "full")
        export(opened, file, 1)
        opened.commit()
        opened.commit()
        assert [str(failure) for failure in failures] == [str(opened.failure)] * 2
        assert "No space left" in str(opened.failure)
        file.close()
    assert exported(tmp_path / "state") == []
    assert not is_locked(tmp_path / "state")


def test_without_a_folder_nothing_outlasts_the_session() -> None:
    for _ in range(2):
        with session(None) as opened:
            assert (opened.run, opened.lock) == (1, None)
            opened.record_exported(revision(1))
