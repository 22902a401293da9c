"""The ledger's file: one SQLite database, and the one place where its transactions end.

Invariant: a row that says that an article's line was exported is never durable before the line is.

Order of the writes: (1) a line is written to its file and the article's row is changed inside the open transaction;
(2) ``commit`` fsyncs every committed file; (3) it writes the files' lengths into the same transaction; (4) it commits
the transaction, which SQLite makes durable (journal in WAL mode, ``synchronous = FULL``).

Proof, by the instant of a crash. Before (4) is durable, the transaction is lost whole: articles are as they were, the
files' recorded lengths are those of the commit before, and recovery cuts the files back to them, a line cut in its
middle too; nothing is lost but work, which is done again. After (4), every line that an article's row vouches for lies
below the recorded length, and by (2) its bytes were on the disk before. So each exported article has exactly one whole
line for each of its revisions. An archive is such a file: an article's pages are written to it between (1) and (2).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from tibetnews.durability import check_untouched, make_folder
from tibetnews.ledger import certificate
from tibetnews.ledger.certificate import FILE_NAME
from tibetnews.ledger.connection import LedgerConnection, journal_of
from tibetnews.ledger.errors import LedgerError, LedgerWriteError, explained
from tibetnews.ledger.migrations import APPLICATION, MIGRATIONS, VERSION, version_of
from tibetnews.ledger.write_intents import WriteIntents

PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "cache_spill = OFF",  # between two commits a full disk stops nothing
    "cache_size = -32000",  # KiB: a hundred articles change 7 MB of a large index of copies
    "wal_autocheckpoint = 16000",  # pages: what nine such commits change is written to the database once
    "temp_store = MEMORY",
)


class Ledger:
    """An open ledger. Whoever writes through ``db`` writes into the open transaction; only ``commit`` ends it."""

    def __init__(self, folder: Path | None) -> None:
        """Open the ledger in ``folder``, or create one; bring an older one up to date. Raises LedgerError.

        It is looked at for damage first. Nothing that is done then says that the exports were looked at too.

        None opens one in memory.
        """
        path = folder / FILE_NAME if folder else Path(":memory:")
        try:
            if folder:
                make_folder(folder)
        except OSError as error:
            raise LedgerWriteError(f"{folder}: the ledger's folder cannot be made: {error.strerror}") from error
        try:
            with ExitStack() as on_error:
                stated = certificate.look(folder) if folder else {}
                self.db = on_error.enter_context(closing(LedgerConnection(path)))
                version = version_of(self.db, path)  # before anything is written to it
                if folder:
                    certificate.verify(self.db, folder, stated)
                for pragma in PRAGMAS:
                    self.db.execute(f"PRAGMA {pragma}")
                _migrate(self.db, version)
                self.db.begin()
                on_error.pop_all()
        except sqlite3.DatabaseError as error:
            raise explained(error, path) from error
        self.folder = folder
        self._left = self._files_now()
        self.identity: str = self.db.execute("SELECT ledger FROM identity").fetchone()[0]
        self.before_commit: list[Callable[[], None]] = []
        """Called before each commit, all at once in threads of their own: files make their bytes durable here."""
        self.at_commit: list[Callable[[], None]] = []
        """Called in order after those, inside the transaction: files note their lengths here."""
        self._threads: ThreadPoolExecutor | None = None
        self._intents: WriteIntents | None = None

    def name_of(self, path: Path) -> str:
        """Return what the ledger calls a file."""
        return name_of(self.folder, path)

    def begin_writing(self) -> None:
        """Forget how far the last run has written its files, once they are recovered. Raises LedgerWriteError."""
        if self.folder:
            try:
                self._intents = WriteIntents(self.folder)
            except OSError as error:
                raise LedgerWriteError(f"the ledger cannot be written: {error}") from error

    def intend(self, name: str, length: int) -> None:
        """Note that a file of this name is about to become so many bytes long. Raises OSError."""
        if self._intents:
            self._intents.note(name, length)

    @property
    def failure(self) -> Exception | None:
        """What made the ledger or a committed file unwritable; from then on nothing is written or committed."""
        return self.db.failure

    def fail(self, error: Exception) -> None:
        """Note that something cannot be written; the first failure counts."""
        self.db.fail(error)

    def commit(self) -> None:
        """Make everything since the last commit durable, in the order of the proof above.

        Raises the error that made something unwritable.
        """
        if self.failure is None:
            try:
                self._make_durable()
                for note in self.at_commit:
                    note()
                self.db.execute("COMMIT")
                self.db.begin()
                self._left = self._files_now()
            except (OSError, LedgerError) as error:
                self.fail(error)
        if self.failure:
            raise self.failure

    def _make_durable(self) -> None:
        """Sync all files at once: a disk takes them in little more than the time of one."""
        self._check_untouched()
        if len(self.before_commit) > 1:
            self._threads = self._threads or ThreadPoolExecutor(max_workers=4)
            for done in [self._threads.submit(sync) for sync in self.before_commit]:
                done.result()
        else:
            for sync in self.before_commit:
                sync()

    def _files_now(self) -> dict[Path, os.stat_result]:
        """Return what is told of the ledger's file and its journal; SQLite writes to them at commits alone."""
        paths = (self.db.path, journal_of(self.db.path)) if self.folder else ()
        return {path: path.stat() for path in paths if path.exists()}

    def _check_untouched(self) -> None:
        """Raise LedgerWriteError if another program has changed a file of the ledger since the last commit."""
        try:
            for path, left in self._left.items():
                check_untouched(path, left)
        except OSError as error:
            raise LedgerWriteError(
                f"the ledger cannot be written: {error}; put it back, or `tibetnews ledger rebuild`"
            ) from error

    def close(self) -> None:
        """Commit and close; after a failure close without a commit, so that what is not durable is done again."""
        token = None
        with suppress(OSError, LedgerError):  # the failure is kept
            token = certificate.issue(self.db)
            self.commit()
        if self._threads:
            self._threads.shutdown()
        if self._intents:
            self._intents.close()
        self.db.end()
        if token and self.folder and self.failure is None:
            try:
                certificate.write(self.folder, token)
            except LedgerError as error:
                self.fail(error)


def name_of(folder: Path | None, path: Path) -> str:
    """Return what the ledger in a folder calls a file: its path from the folder above on, so that both may be moved.

    It is the same in every locale. Bytes that are no UTF-8, as in names in GBK, are characters of a private area.
    """
    path = path.absolute()
    above = folder.absolute().parent if folder else None
    name = os.fsencode(path.relative_to(above) if above and path.is_relative_to(above) else path)
    return name.decode("utf-8", "surrogateescape").translate(_BYTES)


def path_of(folder: Path | None, name: str) -> Path:
    """Return the file that the ledger in a folder calls so."""
    path = os.fsdecode(name.translate(_CHARACTERS).encode("utf-8", "surrogateescape"))
    return folder.absolute().parent / path if folder else Path(path)


_BYTES = {0xDC00 + byte: 0xF700 + byte for byte in range(0x80, 0x100)}
"""Of the bytes that ``surrogateescape`` makes; SQLite takes none of these."""
_CHARACTERS = {character: byte for byte, character in _BYTES.items()}


def _migrate(db: sqlite3.Connection, version: int) -> None:
    """Bring the tables up to date; all steps or none."""
    if version == VERSION:
        return
    db.execute("BEGIN IMMEDIATE")
    for statements in MIGRATIONS[version:]:
        for statement in statements:
            db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION}")
    db.execute(f"PRAGMA user_version = {VERSION}")
    db.execute("COMMIT")
