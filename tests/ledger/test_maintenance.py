"""What a person does to a ledger between runs never harms it."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tibetnews.ledger.certificate import FILE_NAME
from tibetnews.ledger.database import Ledger
from tibetnews.ledger.errors import LedgerError
from tibetnews.ledger.maintenance import backup
from tibetnews.ledger.status import LedgerStatus


@pytest.mark.parametrize("name", [FILE_NAME, "link"])
def test_a_backup_never_takes_the_ledgers_own_place(name: str, tmp_path: Path) -> None:
    Ledger(tmp_path).close()
    (tmp_path / "link").symlink_to(tmp_path / FILE_NAME)
    before = (tmp_path / FILE_NAME).stat().st_ino
    with pytest.raises(LedgerError, match="is the ledger itself; name another file"):
        backup(tmp_path, tmp_path / name)
    assert (tmp_path / FILE_NAME).stat().st_ino == before
    assert (tmp_path / "link").is_symlink()


@pytest.mark.parametrize("make", [lambda path: path.write_text('{"id": "cn-1"}\n'), os.mkfifo, os.mkdir])
def test_a_backup_takes_the_place_of_earlier_backups_alone(make: Callable[[Path], object], tmp_path: Path) -> None:
    Ledger(tmp_path).close()
    (tmp_path / "new").touch()
    for _ in range(2):
        backup(tmp_path, tmp_path / "new")
    make(target := tmp_path / "target")
    before = target.stat()
    with pytest.raises(LedgerError, match="target is there and is no backup; name another file"):
        backup(tmp_path, target)
    assert (target.stat().st_ino, target.stat().st_size) == (before.st_ino, before.st_size)
    assert not list(tmp_path.glob("*.part"))


def test_a_backup_that_is_interrupted_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    Ledger(tmp_path).close()
    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        backup(tmp_path, tmp_path / "new")
    assert not list(tmp_path.glob("new*"))


def test_no_backup_takes_the_place_of_what_is_no_file(tmp_path: Path) -> None:
    Ledger(tmp_path).close()
    with (tmp_path / "log").open("ab") as stream:
        for target in (Path(f"/dev/fd/{stream.fileno()}"), Path(), Path(".."), Path("/")):
            with pytest.raises(LedgerError, match="is there and is no backup"):
                backup(tmp_path, target)


def test_two_backups_may_be_made_at_once(tmp_path: Path) -> None:
    Ledger(tmp_path).close()
    with multiprocessing.get_context("spawn").Pool(4) as processes:
        processes.starmap(backup, [(tmp_path, tmp_path / "new")] * 64, chunksize=1)
    assert [path.name for path in tmp_path.glob("new*")] == ["new"]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("CREATE TABLE runs (run)", "is an SQLite file of something else"),
        ("PRAGMA user_version = 99", "was written by a newer version"),
    ],
)
@pytest.mark.parametrize(
    "use", [LedgerStatus.open, Ledger, lambda folder: backup(folder, folder / "copy")], ids=["status", "run", "backup"]
)
def test_files_of_others_are_told(use: Callable[[Path], object], statement: str, told: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as db:
        db.execute(statement)
    with pytest.raises(LedgerError, match=told):
        use(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_an_empty_file_is_no_ledger_yet(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    assert LedgerStatus.open(tmp_path) is None
