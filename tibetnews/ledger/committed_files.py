"""Files whose bytes count once the ledger has committed them: exports and archives, cut back after a crash."""

from __future__ import annotations

import io
import os
import sqlite3
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from tibetnews.durability import fsync_folder
from tibetnews.ledger.database import Ledger
from tibetnews.ledger.errors import LedgerError, LedgerWriteError


@dataclass(frozen=True, slots=True)
class RecoveredFile:
    """A file from which recovery cut bytes that a killed run had not committed."""

    path: Path
    bytes_cut: int


class CommittedFile(io.RawIOBase):
    """An append-only file whose committed length the ledger knows.

    A file that the ledger does not know counts as committed as it is. A write that fails is noted in the ledger; then
    nothing more is written or committed, and the writer need not care, since its bytes do not count.
    """

    def __init__(self, ledger: Ledger, path: Path) -> None:
        super().__init__()
        self.ledger = ledger
        self.path = path.absolute()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.path.open("ab", buffering=0)  # lines are written whole, so a buffer would gain nothing
        with ExitStack() as on_error:
            on_error.callback(self._file.close)
            fsync_folder(self.path.parent)
            size = self._file.seek(0, io.SEEK_END)
            # The length before the first byte is what a crash falls back to, so it is committed first.
            ledger.db.execute("INSERT OR REPLACE INTO feeds VALUES (?, ?, 1)", (str(self.path), size))
            ledger.commit()
            on_error.pop_all()
        ledger.before_commit.append(self._sync)
        ledger.at_commit.append(self._record_length)

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Write all bytes; a failure is noted in the ledger."""
        remainder = memoryview(data)
        try:
            while remainder and self.ledger.failure is None:  # the system may take a part at a time
                remainder = remainder[self._file.write(remainder) :]
        except OSError as error:
            self.ledger.fail(_naming(self.path, error))
        return len(data)

    def writable(self) -> bool:
        """Return True, as io.RawIOBase asks."""
        return True

    def tell(self) -> int:
        """Return the length of the file in bytes."""
        return self._file.tell()

    def close(self) -> None:
        """Commit the rest and close; delete a file that stayed empty."""
        if self.closed:
            return
        super().close()
        try:
            self.ledger.commit()  # or else it stays open in the ledger, so that the next run cuts it
            if self._file.tell():
                self.ledger.db.execute("UPDATE feeds SET open = 0 WHERE path = ?", (str(self.path),))
            else:
                self.path.unlink()
                self.ledger.db.execute("DELETE FROM feeds WHERE path = ?", (str(self.path),))
        except (OSError, LedgerError) as error:
            self.ledger.fail(error)
        self.ledger.before_commit.remove(self._sync)
        self.ledger.at_commit.remove(self._record_length)
        with suppress(OSError):  # what is not synced does not count
            self._file.close()
        with suppress(OSError, LedgerError):  # the ledger keeps it
            self.ledger.commit()

    def _sync(self) -> None:
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            raise _naming(self.path, error) from error

    def _record_length(self) -> None:
        self.ledger.db.execute("UPDATE feeds SET offset = ? WHERE path = ?", (self._file.tell(), str(self.path)))


def committed_length(db: sqlite3.Connection, path: Path) -> int | None:
    """Return the bytes of a file that the ledger has committed; None for a file that it does not know."""
    row = db.execute("SELECT offset FROM feeds WHERE path = ?", (str(path.absolute()),)).fetchone()
    return row[0] if row else None


def recover(db: sqlite3.Connection) -> tuple[RecoveredFile, ...]:
    """Cut the files that a killed run left open back to their committed length; return those that were longer.

    Raises LedgerWriteError for a file that cannot be cut.
    """
    recovered: list[RecoveredFile] = []
    for name, offset in db.execute("SELECT path, offset FROM feeds WHERE open = 1").fetchall():
        path = Path(name)
        try:
            if path.exists() and (surplus := path.stat().st_size - offset) > 0:
                with path.open("r+b") as file:
                    file.truncate(offset)
                    os.fsync(file.fileno())
                recovered.append(RecoveredFile(path, surplus))
            if path.exists() and not path.stat().st_size:
                path.unlink()
        except OSError as error:
            detail = f"{path} cannot be cut back to what the last run committed: {error.strerror}"
            raise LedgerWriteError(detail) from error
    db.execute("UPDATE feeds SET open = 0 WHERE open = 1")
    return tuple(recovered)


def _naming(path: Path, error: OSError) -> OSError:
    """Return the error with the file's name in its message."""
    return OSError(error.errno, error.strerror, str(path))
