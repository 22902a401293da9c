"""A run's session on the ledger: opened and recovered in one place, committed in batches, closed at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from tibetnews.ledger import certificate, runs
from tibetnews.ledger.articles import Articles, ExportedRevision
from tibetnews.ledger.database import Ledger
from tibetnews.ledger.errors import LedgerError
from tibetnews.ledger.listings import Listings
from tibetnews.ledger.lock import RunLock
from tibetnews.ledger.pictures import MissingPictures
from tibetnews.ledger.recovery import changed_feeds, recover


class LedgerSession:
    """The ledger of one run, from its beginning to its end."""

    def __init__(
        self,
        folder: Path | None,
        spider_name: str,
        *,
        clock: Callable[[], float],
        revisit_after: Sequence[float] = (),
        batch_size: int = 100,
        exports: Sequence[Path] = (),
    ) -> None:
        """Begin a run: lock, open and migrate the database, recover, correct due times, enter the run.

        Args:
            folder: the folder of the ledger, which is made if it is missing; None for a ledger in memory.
            spider_name: for the history of runs.
            clock: returns seconds since 1970.
            revisit_after: seconds after publication at which an article is fetched again, in rising order.
            batch_size: so many records are written before their lines are committed.
            exports: files of lines that the ledger should know.

        Raises:
            LedgerLockedError: another run works on the folder; nothing was written.
            LedgerWriteError: the ledger cannot be written, or an export cannot be cut back.
            LedgerError: the ledger cannot be used.
        """
        self.clock, self.batch_size = clock, batch_size
        with ExitStack() as undo:
            self.lock = RunLock.acquire(folder) if folder else None
            if self.lock:
                undo.callback(self.lock.release)
            self.ledger = Ledger(folder)
            undo.callback(self.ledger.db.close)
            self.recovered = recover(self.ledger, changed_feeds(self.ledger, exports))
            """Files that were not as the last run committed them, and what was done."""
            self.articles, self.listings = Articles(self.ledger.db, revisit_after), Listings(self.ledger.db)
            self.missing_pictures = MissingPictures(self.articles)
            self.started = clock()
            self.clock_lag = runs.clock_lag(self.ledger.db, self.started)
            """Seconds by which the clock was behind the last run at ``started``."""
            if self.clock_lag:
                self.articles.shift_due_times(self.clock_lag, self.started)
            self.run = runs.begin(self.ledger.db, spider_name, self.started)
            """The number of the run."""
            certificate.revoke(self.ledger.db)
            self.ledger.commit()
            self.ledger.begin_writing()
            undo.pop_all()
        self.has_committed_export = False
        """Whether the run has an export whose lines count only once the ledger has committed them."""
        self.faults: list[str] = []
        """What is wrong with the run, for its exit status."""
        self.on_record_exported: list[Callable[[str], None]] = []
        """Called with a record's fetch URL inside the transaction that commits its line."""
        self.on_failure: list[Callable[[Exception], None]] = []
        """Called with the error at each commit that cannot be made since the ledger or a file could not be written."""
        self.is_open = True
        """Whether the run has not come to its end; a forced stop leaves it so."""
        self._pending = 0
        self._record: object = None

    @property
    def failure(self) -> Exception | None:
        """Why the ledger, an export or an archive could not be written; from then on nothing is committed."""
        return self.ledger.failure

    def fail(self, error: Exception) -> None:
        """Note that a file could not be written."""
        self.ledger.fail(error)
        self.commit()

    def begin_record(self, record: object) -> None:
        """Commit a full batch before a line of this record is written, but never between two exports of one record."""
        if record is not self._record:
            if self._pending >= self.batch_size:
                self.commit()
            self._record = record
            self._pending += 1

    def record_exported(self, exported: ExportedRevision) -> None:
        """Note that a record's line was written; it counts with the next commit."""
        self.articles.mark_exported(exported, self.run, self.clock())
        for callback in self.on_record_exported:
            callback(exported.url)

    def commit(self) -> None:
        """Make everything so far durable, or report the failure that forbids it."""
        self._pending = 0
        with suppress(OSError, LedgerError):  # the ledger keeps it
            self.ledger.commit()
        self._report_failure()

    def clock_set_back(self) -> float:
        """Return the seconds by which the clock was set back since the last run, or during this one."""
        return max(self.clock_lag, self.started - self.clock())

    def close(self) -> None:
        """Commit, close the ledger and let the next run in; after a failure, without a commit."""
        now = self.clock()
        if now < self.started:  # due times of before were made by a clock that is ahead now
            with suppress(LedgerError):  # the ledger keeps it
                self.articles.shift_due_times(self.started - now, now)
        self.ledger.close()
        self.is_open = False
        self._report_failure()
        if self.lock:
            self.lock.release()
        self.on_failure.clear()
        self.on_record_exported.clear()

    def _report_failure(self) -> None:
        if self.failure is not None:
            for callback in self.on_failure:
                callback(self.failure)
