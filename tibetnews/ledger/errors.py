"""The errors of the ledger. Each message is one line for the user: what is wrong, where, and what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_UNWRITABLE = {
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN),
    *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_NOLFS),
}
PRIMARY_CODE = 0xFF
"""The bits of an extended result code that hold the primary one."""


class LedgerError(Exception):
    """The ledger cannot be used. Nothing is ever deleted or made anew."""


class LedgerLockedError(LedgerError):
    """Another run, or another program, holds the ledger."""


class LedgerDamagedError(LedgerError):
    """The ledger does not hold what this program wrote into it."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"{path}: the ledger is damaged ({detail}); `tibetnews ledger check` says how far, and `tibetnews ledger"
            " rebuild` makes a new one from the exports"
        )


class LedgerWriteError(LedgerError, OSError):
    """The ledger cannot be written, such as on a full disk."""


def is_of_the_machine(error: sqlite3.DatabaseError) -> bool:
    """Return whether an error comes from the disk, the file or another program, and not from a wrong statement."""
    return _code(error) in _BUSY | _DAMAGED | _UNWRITABLE


def explained(error: sqlite3.DatabaseError, path: Path) -> LedgerError:
    """Return what an error of SQLite means for the ledger."""
    code = _code(error)
    if code in _BUSY:
        return LedgerLockedError(f"{path}: another program works on the ledger: {error}")
    if code == sqlite3.SQLITE_NOTADB:
        return LedgerDamagedError(path, "this file is no ledger, or its beginning is damaged")
    if code in _UNWRITABLE:
        return LedgerWriteError(f"the ledger cannot be written: {path}: {error}; look at its rights and at the disk")
    return LedgerDamagedError(path, str(error))


def _code(error: sqlite3.DatabaseError) -> int:
    return getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE
