"""What is no file in the place of a ledger's files: told in one line, and never waited for."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tibetnews.ledger.database import Ledger
from tibetnews.ledger.errors import LedgerError
from tibetnews.ledger.lock import RunLock
from tibetnews.ledger.maintenance import backup
from tibetnews.ledger.state_files import LEDGER_FILES, LOCK, check_files
from tibetnews.ledger.status import LedgerStatus


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("/dev/zero")])
@pytest.mark.parametrize("name", [*LEDGER_FILES, LOCK])
@pytest.mark.parametrize("use", [RunLock.acquire, LedgerStatus.open, lambda folder: backup(folder, folder / "new")])
def test_what_is_no_file_is_refused(
    use: Callable[[Path], object], name: str, make: Callable[[Path], object], tmp_path: Path
) -> None:
    Ledger(tmp_path).close()
    (tmp_path / name).unlink(missing_ok=True)
    make(tmp_path / name)
    with pytest.raises(LedgerError, match=f"{name} is no file"):
        use(tmp_path)


def test_a_link_to_the_ledger_is_no_new_ledger_where_its_disk_is_missing(tmp_path: Path) -> None:
    Ledger(tmp_path / "disk").close()
    state = tmp_path / "state"
    state.mkdir()
    for name in LEDGER_FILES:
        (state / name).symlink_to(tmp_path / "disk" / name)
    (state / LOCK).symlink_to(tmp_path / "lock of another place")
    (tmp_path / "disk" / LEDGER_FILES[0]).rename(tmp_path / "elsewhere")
    with pytest.raises(LedgerError, match=f"{LEDGER_FILES[0]} is no file"):
        check_files(state)


def test_a_folder_that_cannot_be_written_is_read_without_a_file_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one of another user, of which a report is made."""
    Ledger(tmp_path).close()
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    status = LedgerStatus.open(tmp_path)
    assert status
    with closing(status.db):
        assert status.sections() == {}
        assert sorted(tmp_path.iterdir()) == before
