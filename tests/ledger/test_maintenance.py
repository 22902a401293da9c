"""What a person does to a ledger between runs never harms it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tibetnews.ledger.certificate import FILE_NAME
from tibetnews.ledger.database import Ledger
from tibetnews.ledger.errors import LedgerError
from tibetnews.ledger.maintenance import backup


@pytest.mark.parametrize("name", [FILE_NAME, "link"])
def test_a_backup_never_takes_the_ledgers_own_place(name: str, tmp_path: Path) -> None:
    Ledger(tmp_path).close()
    (tmp_path / "link").symlink_to(tmp_path / FILE_NAME)
    before = (tmp_path / FILE_NAME).stat().st_ino
    with pytest.raises(LedgerError, match="is the ledger itself; name another file"):
        backup(tmp_path, tmp_path / name)
    assert (tmp_path / FILE_NAME).stat().st_ino == before
    assert (tmp_path / "link").is_symlink()
