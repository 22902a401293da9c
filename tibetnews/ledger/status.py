"""The ledger as people see it, read only: whether a run is at work, each section's state, failures, next attempts."""

from __future__ import annotations

import json
import sqlite3
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tibetnews import stats
from tibetnews.ledger import certificate
from tibetnews.ledger.certificate import FILE_NAME
from tibetnews.ledger.connection import LedgerConnection
from tibetnews.ledger.errors import explained
from tibetnews.ledger.lock import is_locked
from tibetnews.ledger.migrations import version_of
from tibetnews.ledger.state_files import check_files

RUN_LOG = "last-run.log"
"""Name of the file beside the ledger with the log of the last run."""
LAST_RUNS = 100
"""Runs whose counts are looked at."""


@dataclass(frozen=True, slots=True)
class SectionState:
    """How far the crawl of a section is."""

    known: int
    failed: int
    newest: str | None
    """Time of publication of its newest article."""
    walked: str | None
    """When a run last reached the end of its listing, UTC."""
    fault: str | None = None
    """What was wrong with its listing when it was last asked for; None if nothing was."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be fetched or read."""

    url: str
    error: str
    attempts: int
    again: str | None
    """Time of the next attempt, UTC; None if there is none."""


class ListingFault(NamedTuple):
    """What was wrong with a section's listing."""

    fault: str
    ended: str
    """End of the run that found it, UTC."""


LISTING_FAULTS = {
    stats.SECTION_GONE: "listing not found",
    stats.SECTION_FORBIDDEN: "robots.txt forbids it",
    stats.SECTION_ENDLESS: "pagination without end",
    stats.SECTION_UNREAD: "listing not read",
}
"""What the counts of a run say of a section."""


class LatestCount(NamedTuple):
    """A count of the last run that had it."""

    number: int
    day: str
    """The day on which that run ended, UTC."""


class LedgerStatus:
    """A ledger opened for reading; a run may be at work on it."""

    def __init__(self, db: sqlite3.Connection, folder: Path) -> None:
        self.db = db
        self.folder = folder

    @classmethod
    def open(cls, folder: Path) -> LedgerStatus | None:
        """Open the ledger in ``folder``; return None if there is none yet. Raises LedgerError."""
        path = folder / FILE_NAME
        check_files(folder)
        if not path.exists():
            return None
        is_at_rest = not is_locked(folder)  # a run at work has changed the file since its digest was taken
        stated = certificate.look(folder) if is_at_rest else {}
        try:
            db = LedgerConnection(path, read_only=True)
        except sqlite3.DatabaseError as error:
            raise explained(error, path) from error
        with ExitStack() as on_error:
            on_error.callback(db.close)
            version = version_of(db, path)
            if is_at_rest:
                certificate.verify(db, folder, stated)
            if not version:  # an empty file, or one of a run that has just begun
                return None
            on_error.pop_all()
        return cls(db, folder)

    def at_work(self) -> bool:
        """Return whether the last run is still at work; a run that was killed has no end either, but no lock."""
        last = self.db.execute("SELECT ended FROM runs ORDER BY run DESC LIMIT 1").fetchone()
        return last is not None and last[0] is None and is_locked(self.folder)

    def sections(self) -> dict[str, SectionState]:
        """Return each section that was crawled, by edition/section."""
        rows = self.db.execute(
            "SELECT section, count(*), sum(state IN ('failed', 'refused') OR attempts > 0), max(published), marks.at"
            " FROM articles LEFT JOIN marks USING (section) GROUP BY section"
        )
        found = {section: SectionState(*state) for section, *state in rows}
        for section, (fault, ended) in self._listing_faults().items():
            state = found.get(section, SectionState(0, 0, None, None))
            if not state.walked or state.walked < ended:
                found[section] = replace(state, fault=fault)
        return found

    def _listing_faults(self) -> dict[str, ListingFault]:
        """Return what was wrong with listings in the last run, and in earlier ones that asked for more sections."""
        query = "SELECT counts, ended FROM runs WHERE spider = 'sections' AND ended IS NOT NULL ORDER BY run DESC"
        found: dict[str, ListingFault] = {}
        widest = 0
        for text, ended in self.db.execute(f"{query} LIMIT {LAST_RUNS}"):
            counts = json.loads(text or "{}")
            if (chosen := counts.get(stats.SECTIONS_CHOSEN, 0)) <= widest:
                continue
            widest = chosen
            for prefix, fault in LISTING_FAULTS.items():
                for section, _ in stats.with_prefix(counts, prefix):
                    found.setdefault(section, ListingFault(fault, ended))
        return found

    def latest_counts(self, prefix: str) -> dict[str, LatestCount]:
        """Return the counts whose names begin with the prefix, by the rest of the name, as the last run had them."""
        query = f"SELECT counts, ended FROM runs WHERE counts LIKE ? ORDER BY run DESC LIMIT {LAST_RUNS}"
        latest: dict[str, LatestCount] = {}
        for counts, ended in self.db.execute(query, (f'%"{prefix}%',)):
            for name, number in stats.with_prefix(json.loads(counts), prefix):
                latest.setdefault(name, LatestCount(number, ended[:10]))
        return latest

    def failures(self, limit: int) -> list[Failure]:
        """Return the failures with the nearest next attempts."""
        rows = self.db.execute(
            "SELECT url, error, attempts, due FROM articles WHERE attempts > 0 ORDER BY due IS NULL, due LIMIT ?",
            (limit,),
        )
        return [
            Failure(url, error or "", attempts, f"{datetime.fromtimestamp(due, UTC):%Y-%m-%d %H:%M}" if due else None)
            for url, error, attempts, due in rows
        ]
