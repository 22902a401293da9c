"""What the files of a ledger's folder may be: a pipe in the place of one would be waited for for ever."""

from __future__ import annotations

from pathlib import Path

from tibetnews.ledger import write_intents
from tibetnews.ledger.certificate import FILE_NAME, NAME
from tibetnews.ledger.connection import journal_of
from tibetnews.ledger.errors import LedgerError

LEDGER_FILES = (FILE_NAME, journal_of(Path(FILE_NAME)).name, f"{FILE_NAME}-shm", NAME, write_intents.NAME)
"""The ledger and what belongs to it alone."""
LOCK = "lock"


def check_files(folder: Path) -> None:
    """Raise LedgerError if a folder, a device or a pipe is in the place of a file, or a link without a target."""
    for name in (*LEDGER_FILES, LOCK):
        path = folder / name
        if not path.is_file() and (path.exists() or (path.is_symlink() and name != LOCK)):
            raise LedgerError(f"{path} is no file; look what it is, and remove it or put the ledger's own back")
