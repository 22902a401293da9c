"""Another program writes to the ledger's files during a run: the run ends for it, and no line is lost or doubled."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from tibetnews.corpus.rebuild import rebuild_ledger
from tibetnews.ledger.articles import ExportedRevision
from tibetnews.ledger.between_runs import check_ledger
from tibetnews.ledger.committed_files import CommittedFile
from tibetnews.ledger.database import Ledger
from tibetnews.ledger.errors import LedgerDamagedError, LedgerError
from tibetnews.ledger.session import LedgerSession

NOW = 1_704_762_000.0  # 2024-01-09T01:00:00Z
LEDGER = "ledger.sqlite3"


def opened(folder: Path) -> LedgerSession:
    """Begin a run as a crawl does, which looks at the ledger before: a new one has its tables then."""
    check_ledger(folder / "state", [folder / "x.jsonl"])
    return LedgerSession(folder / "state", "sections", clock=lambda: NOW, exports=[folder / "x.jsonl"])


def export(session: LedgerSession, file: CommittedFile, numbers: Iterable[int]) -> None:
    """Write the records that the ledger does not know as exported, and commit."""
    for number in numbers:
        id_, url = f"cn-{number}", f"http://x/{number}"
        if session.articles.last_export(id_):
            continue
        record = {"id": id_, "url": url, "title": "雪", "text": "雪", "edition": "cn", "revision": 1}
        session.begin_record(number)
        file.write(json.dumps(record).encode() + b"\n")
        session.record_exported(
            ExportedRevision(id=id_, url=url, content_hash="sha256:", published_at="2024-01-09", captured_at=None)
        )
    session.commit()


def run(folder: Path, numbers: Iterable[int], spoil: Callable[[Path], object] = lambda _: None) -> str:
    """A run that commits half of the records, meets the damage, and goes on; return what it says."""
    *numbers, last = numbers
    session = opened(folder)
    file = CommittedFile(session.ledger, folder / "x.jsonl")
    export(session, file, numbers)
    spoil(folder / "state")
    export(session, file, [last])
    file.close()
    session.close()
    return str(session.failure or "")


def end_of_all(folder: Path, numbers: Iterable[int]) -> list[str]:
    """What the export holds after a run that a rebuild has made possible, where one was refused."""
    try:
        check_ledger(folder / "state", [folder / "x.jsonl"])
    except LedgerError as error:
        assert "tibetnews ledger rebuild" in str(error)  # noqa: PT017 - not all kinds of damage refuse a run
        rebuild_ledger(folder / "state", [folder / "x.jsonl"], NOW)
    assert run(folder, numbers) == ""
    return [json.loads(line)["id"] for line in (folder / "x.jsonl").read_bytes().splitlines()]


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def overwrite(path: Path) -> None:
    """Write over all bytes; until the clock of the file system has gone on."""
    before = path.stat()
    while path.stat().st_mtime_ns == before.st_mtime_ns:
        with path.open("r+b") as file:
            file.write(b"garbage!" * (before.st_size // 8))
    assert path.stat().st_size == before.st_size


@pytest.mark.parametrize("first", [range(0), range(1, 4)])
@pytest.mark.parametrize("spoil", [cut, empty, overwrite])
@pytest.mark.parametrize("name", [LEDGER, f"{LEDGER}-wal"])
def test_bytes_of_others_in_the_ledger_end_the_run(
    tmp_path: Path, name: str, spoil: Callable[[Path], None], first: range
) -> None:
    if first:
        assert run(tmp_path, first) == ""
    told = run(tmp_path, range(4, 9), lambda state: spoil(state / name))
    assert told.startswith(f"the ledger cannot be written: {tmp_path / 'state' / name}: another program has written to")
    assert sorted(end_of_all(tmp_path, range(1, 12))) == sorted(f"cn-{number}" for number in range(1, 12))


@pytest.mark.parametrize("statement", ["SELECT * FROM runs", "PRAGMA integrity_check"])
def test_a_reader_takes_no_journal_away(tmp_path: Path, statement: str) -> None:
    """SQLite removes the journal with the last connection, and tells that by the locks of the others."""
    assert run(tmp_path, range(1, 4)) == ""
    path = tmp_path / "state" / LEDGER
    os.utime(path)  # so that its bytes are read again, as in a new process
    ledger = Ledger(path.parent)
    code = f"import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute({statement!r}).fetchall(); db.close()"
    subprocess.run([sys.executable, "-c", code, path], check=True)
    ledger.commit()
    ledger.close()


def test_a_journal_that_is_taken_away_ends_the_run(tmp_path: Path) -> None:
    told = run(tmp_path, range(1, 4), lambda state: (state / f"{LEDGER}-wal").unlink())
    assert f"{LEDGER}-wal: another program has moved, removed or replaced it" in told
    assert sorted(end_of_all(tmp_path, range(1, 9))) == sorted(f"cn-{number}" for number in range(1, 9))


@pytest.mark.parametrize("first", [range(0), range(1, 4)])
def test_commits_that_never_came_into_the_ledger_are_told(tmp_path: Path, first: range) -> None:
    """Bytes of others in SQLite's shared memory make it delete its journal unread."""
    if first:
        assert run(tmp_path, first) == ""
    told = run(tmp_path, range(4, 9), lambda state: overwrite(state / f"{LEDGER}-shm"))
    assert "does not hold what this run has committed" in told
    assert sorted(end_of_all(tmp_path, range(1, 12))) == sorted(f"cn-{number}" for number in range(1, 12))


def test_a_ledger_that_was_lost_during_the_first_run_is_no_new_one(tmp_path: Path) -> None:
    session = opened(tmp_path)
    with closing(CommittedFile(session.ledger, tmp_path / "x.jsonl")) as file:
        export(session, file, range(1, 4))
        (tmp_path / "state" / LEDGER).unlink()
    session.close()
    with pytest.raises(LedgerDamagedError, match="it is empty"):
        check_ledger(tmp_path / "state")
