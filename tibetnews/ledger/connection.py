"""A connection to the ledger that knows when it has failed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any, cast

from tibetnews.ledger.errors import LedgerError, LedgerWriteError, explained, is_of_the_machine

LOCK_SECONDS = 30.0
"""How long a lock of another program on the file is waited for."""


def journal_of(path: Path) -> Path:
    """Return the journal of a ledger's file: what was committed and is not in the file yet."""
    return path.with_name(f"{path.name}-wal")


class LedgerConnection(sqlite3.Connection):
    """A connection whose statements all belong to one open transaction, from ``begin`` on.

    SQLite may roll a transaction back by itself where a statement or a commit fails, as on a full disk. A statement
    after that would be a transaction of its own, durable at once; none is let through. After a failure the rest of the
    run reads and notes in a transaction that is never committed.

    Raises LedgerError where the disk, the file or another program make a statement fail.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the file; it is made if it is missing, unless it shall only be read."""
        name = f"{path.absolute().as_uri()}?mode=ro" if read_only else path
        if read_only and not journal_of(path).exists() and not os.access(path.parent, os.W_OK):
            name = f"{name}&immutable=1"  # else SQLite would make files beside it
        super().__init__(name, timeout=LOCK_SECONDS, isolation_level=None, uri=read_only)
        self.path = path
        self.failure: Exception | None = None
        """The first failure, of the ledger or of a file that it commits."""
        self._has_begun = False

    def begin(self) -> None:
        """Open the transaction; the lock that it takes is kept until its end."""
        self._has_begun = False
        self.execute("BEGIN IMMEDIATE")
        self._has_begun = True

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Execute a statement inside the transaction."""
        cursor: sqlite3.Cursor = self._cursor().execute(sql, parameters)
        return cursor

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        """Execute a statement for each of the parameters inside the transaction."""
        cursor: sqlite3.Cursor = self._cursor().executemany(sql, parameters)
        return cursor

    def fail(self, error: Exception) -> None:
        """Note a failure, roll back, and go on in a transaction that is never committed."""
        if self.failure is None:
            self.failure = error
            self._has_begun = True
            with suppress(sqlite3.Error):
                super().execute("PRAGMA busy_timeout = 0")
                if self.in_transaction:
                    super().execute("ROLLBACK")
                super().execute("BEGIN")

    def explain(self, error: sqlite3.DatabaseError) -> LedgerError:
        """Return what made a statement fail; inside the transaction it is a failure of the run."""
        reason = explained(error, self.path)
        if self._has_begun:
            self.fail(reason)
        return reason

    def end(self) -> None:
        """Roll back and close."""
        with suppress(sqlite3.Error):
            if self.in_transaction:
                super().execute("ROLLBACK")
        self.close()

    def _cursor(self) -> _LedgerCursor:
        if self._has_begun and not self.in_transaction:
            self.fail(LedgerWriteError(f"the ledger cannot be written: {self.path}: SQLite ended the transaction"))
            if not self.in_transaction:
                raise LedgerWriteError(str(self.failure))
        return self.cursor(_LedgerCursor)


def _explaining(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a cursor's method which raises the ledger's errors; a wrong statement remains SQLite's."""

    @wraps(method)
    def call(self: sqlite3.Cursor, *args: Any) -> Any:
        try:
            return method(self, *args)
        except sqlite3.DatabaseError as error:
            if not is_of_the_machine(error):
                raise
            raise cast("LedgerConnection", self.connection).explain(error) from error

    return call


class _LedgerCursor(sqlite3.Cursor):
    """A cursor whose errors are those of the ledger; reading a row may fail as its statement may."""

    execute = _explaining(sqlite3.Cursor.execute)
    executemany = _explaining(sqlite3.Cursor.executemany)
    fetchone = _explaining(sqlite3.Cursor.fetchone)
    fetchall = _explaining(sqlite3.Cursor.fetchall)
    __next__ = _explaining(sqlite3.Cursor.__next__)
