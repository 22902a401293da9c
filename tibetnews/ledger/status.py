"""What the ledger says to a person: each section's state, and the failures with their next attempt. Reads only."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SectionState:
    """How a section stands: articles known, those that failed, its newest article, and its last whole walk."""

    known: int
    failed: int
    newest: str | None
    walked: str | None


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be had: why, after how many attempts, and when it is asked for again (UTC)."""

    url: str
    error: str
    attempts: int
    again: str | None


class Overview:
    """A ledger opened for reading; a run may be at work on it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    @classmethod
    def open(cls, folder: Path) -> Overview | None:
        """The ledger in ``folder``; None where there is none yet."""
        path = folder / "ledger.sqlite3"
        return cls(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) if path.exists() else None

    def sections(self) -> dict[str, SectionState]:
        """Each section that was met, by edition/section."""
        rows = self.db.execute(
            "SELECT section, count(*), sum(state IN ('failed', 'refused') OR attempts > 0), max(published), marks.at"
            " FROM articles LEFT JOIN marks USING (section) GROUP BY section"
        )
        return {section: SectionState(known, failed, newest, walked) for section, known, failed, newest, walked in rows}

    def failures(self, most: int) -> list[Failure]:
        """The failures with the nearest next attempts."""
        rows = self.db.execute(
            "SELECT url, error, attempts, due FROM articles WHERE attempts > 0 ORDER BY due IS NULL, due LIMIT ?",
            (most,),
        )
        return [Failure(url, error or "", attempts, _time(due)) for url, error, attempts, due in rows]


def _time(due: float | None) -> str | None:
    return datetime.fromtimestamp(due, UTC).strftime("%Y-%m-%d %H:%M") if due else None
