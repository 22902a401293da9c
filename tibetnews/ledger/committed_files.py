"""Files whose bytes count once the ledger has committed them: exports and archives, cut back after a crash."""

from __future__ import annotations

import fcntl
import io
import logging
import os
from contextlib import ExitStack, suppress
from pathlib import Path

from tibetnews.durability import check_in_place, fsync_folder, make_folder, naming
from tibetnews.ledger.database import Ledger
from tibetnews.ledger.errors import LedgerError, LedgerLockedError
from tibetnews.ledger.line_files import count_lines, mend_last_line
from tibetnews.ledger.writers import add_writer

logger = logging.getLogger(__name__)


class CommittedFile(io.RawIOBase):
    """An append-only file whose committed length the ledger knows.

    A file that the ledger does not know counts as committed as it is. A write that fails is noted in the ledger; then
    nothing more is written or committed, and the writer need not care, since its bytes do not count.
    """

    def __init__(self, ledger: Ledger, path: Path, *, holds_lines: bool = True) -> None:
        """Open the file and commit the length that it has; ``holds_lines``: False for archives."""
        super().__init__()
        self.ledger = ledger
        self.path = path.absolute()
        self.name = ledger.name_of(self.path)
        with ExitStack() as on_error:
            on_error.callback(super().close)  # so that nothing is committed for it when it is collected
            make_folder(self.path.parent)
            self._file = self.path.open("ab", buffering=0)  # lines are written whole, so a buffer would gain nothing
            on_error.callback(self._file.close)
            lock_export(self._file.fileno(), self.path)
            if holds_lines and self.path.is_file() and (mended := mend_last_line(self.path)):
                logger.warning("%s: %s", self.path, mended)
            fsync_folder(self.path.parent)
            self._opened = os.fstat(self._file.fileno())
            self._length = self._opened.st_size
            self._lines = count_lines(self.path) if holds_lines and self._length else 0 if holds_lines else None
            ledger.intend(self.name, self._length)
            # The length before the first byte is what a crash falls back to, so it is committed first.
            row = (self.name, self._length, self._lines)
            ledger.db.execute("INSERT OR REPLACE INTO feeds (path, offset, lines, open) VALUES (?, ?, ?, 1)", row)
            ledger.commit()
            add_writer(self.path, ledger.identity)
            on_error.pop_all()
        ledger.before_commit.append(self._sync)
        ledger.at_commit.append(self._record_length)

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Write all bytes; a failure is noted in the ledger."""
        remainder = memoryview(data)
        try:
            if self.ledger.failure is None:
                self._check_alone()
                self.ledger.intend(self.name, self._length + len(data))
            while remainder and self.ledger.failure is None:  # the system may take a part at a time
                written = self._file.write(remainder)
                remainder = remainder[written:]
                self._length += written
        except OSError as error:
            self.ledger.fail(naming(error, self.path))
        if self._lines is not None:
            self._lines += data.count(b"\n")
        return len(data)

    def writable(self) -> bool:
        """Return True, as io.RawIOBase asks."""
        return True

    def tell(self) -> int:
        """Return the length of the file in bytes."""
        return self._length

    def close(self) -> None:
        """Commit the rest and close; delete a file that stayed empty."""
        if self.closed:
            return
        super().close()
        try:
            self.ledger.commit()  # or else it stays open in the ledger, so that the next run cuts it
            if self._length:
                self.ledger.db.execute("UPDATE feeds SET open = 0 WHERE path = ?", (self.name,))
            else:
                self.path.unlink()
                self.ledger.db.execute("DELETE FROM feeds WHERE path = ?", (self.name,))
        except (OSError, LedgerError) as error:
            self.ledger.fail(error)
        self.ledger.before_commit.remove(self._sync)
        self.ledger.at_commit.remove(self._record_length)
        with suppress(OSError):  # what is not synced does not count
            self._file.close()
        with suppress(OSError, LedgerError):  # the ledger keeps it
            self.ledger.commit()

    def _check_alone(self) -> None:
        """Raise OSError if the file is not as this run left it: what is written there would be lost, or mixed."""
        if check_in_place(self.path, self._opened).st_size != self._length:
            raise OSError(f"{self.path}: another program writes to it")

    def _sync(self) -> None:
        try:
            os.fsync(self._file.fileno())
            self._check_alone()
        except OSError as error:
            raise naming(error, self.path) from error

    def _record_length(self) -> None:
        row = (self._length, self._lines, self.name)
        self.ledger.db.execute("UPDATE feeds SET offset = ?, lines = ? WHERE path = ?", row)


def committed_length(ledger: Ledger, path: Path) -> int | None:
    """Return the bytes of a file that the ledger has committed; None for a file that it does not know."""
    row = ledger.db.execute("SELECT offset FROM feeds WHERE path = ?", (ledger.name_of(path),)).fetchone()
    return row[0] if row else None


def lock_export(handle: int, path: Path) -> None:
    """Keep other runs from the file until it is closed. Raises LedgerLockedError where another run writes it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LedgerLockedError(f"{path}: another run writes to this export") from None
