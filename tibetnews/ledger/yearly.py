"""The yearly summary: the figures of the ledger that the report is drawn from. Reads only."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from tibetnews.ledger.status import Failure, LedgerStatus, SectionState
from tibetnews.ledger.timestamps import utc_timestamp

YEAR = 366
"""Days."""
LATEST = 8
"""Runs that are listed one by one."""
FAILURES = 50
"""Failures that are listed."""
PAUSE_RUNS = 50
MIN_PAUSES = 24
"""The longest pause between runs is taken from so many of the last runs, if there are so many pauses."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run. ``ended`` is None while it is at work, and stays None if it was killed."""

    run: int
    spider: str
    started: datetime
    ended: datetime | None
    reason: str | None
    faults: tuple[str, ...]
    counts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class UnhealthyRun:
    """A run that was unhealthy or, without a fault, killed."""

    run: int
    started: datetime
    faults: tuple[str, ...]


@dataclass(slots=True)
class DayTotals:
    """The runs of one day, UTC: how many, how many of them were unhealthy or killed, and their counts, added up."""

    runs: int
    unhealthy: int
    counts: Counter[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlySummary:
    """The figures of the ledger at one moment."""

    taken: datetime
    runs: int
    at_work: bool
    """Whether the last run is still at work."""
    latest: tuple[RunSummary, ...]
    """The last runs, newest first."""
    unhealthy: tuple[UnhealthyRun, ...]
    """The runs of the last year that were unhealthy or killed, newest first."""
    pause: float | None
    """The longest time between the starts of two of the last runs, in seconds; None if they are too few."""
    days: Mapping[str, DayTotals]
    """By YYYY-MM-DD, in rising order: days of the last year with runs."""
    states: Mapping[str, int]
    """How many articles are in each state."""
    published: Mapping[str, Mapping[str, int]]
    """By YYYY-MM-DD of publication, and by section: how many articles."""
    sections: Mapping[str, SectionState]
    failures: tuple[Failure, ...]
    failing: int
    """How many articles failed when they were last asked for."""


def summarize_year(status: LedgerStatus, now: datetime) -> YearlySummary:
    """Return the figures of the ledger; the year ends ``now``."""
    db = status.db
    since = utc_timestamp((now - timedelta(days=YEAR)).timestamp())
    latest = _latest(db)
    at_work = status.at_work()
    running = latest[0].run if at_work else -1
    return YearlySummary(
        taken=now,
        runs=db.execute("SELECT count(*) FROM runs").fetchone()[0],
        at_work=at_work,
        latest=latest,
        unhealthy=_unhealthy(db, since, running),
        pause=_pause(db),
        days=_days(db, since, running),
        states=dict(db.execute("SELECT state, count(*) FROM articles GROUP BY state")),
        published=_published(db),
        sections=status.sections(),
        failures=tuple(status.failures(FAILURES)),
        failing=db.execute("SELECT count(*) FROM articles WHERE attempts > 0").fetchone()[0],
    )


def _latest(db: sqlite3.Connection) -> tuple[RunSummary, ...]:
    query = "SELECT run, spider, started, ended, reason, verdict, counts FROM runs ORDER BY run DESC LIMIT ?"
    return tuple(
        RunSummary(
            *(run, spider, _moment(started), _moment(ended) if ended else None, reason),
            *(tuple((verdict or "").splitlines()), json.loads(counts or "{}")),
        )
        for run, spider, started, ended, reason, verdict, counts in db.execute(query, (LATEST,))
    )


def _unhealthy(db: sqlite3.Connection, since: str, running: int) -> tuple[UnhealthyRun, ...]:
    rows = db.execute(
        "SELECT run, started, verdict FROM runs WHERE started >= ? AND run <> ? AND (verdict IS NULL OR"
        " verdict <> '') ORDER BY run DESC",
        (since, running),
    )
    return tuple(
        UnhealthyRun(run, _moment(started), tuple((verdict or "").splitlines())) for run, started, verdict in rows
    )


def _pause(db: sqlite3.Connection) -> float | None:
    rows = db.execute("SELECT started FROM runs ORDER BY run DESC LIMIT ?", (PAUSE_RUNS,))
    pauses = [(later - earlier).total_seconds() for later, earlier in pairwise(_moment(row[0]) for row in rows)]
    return max(pauses) if len(pauses) >= MIN_PAUSES else None


def _days(db: sqlite3.Connection, since: str, running: int) -> dict[str, DayTotals]:
    days: dict[str, DayTotals] = {}
    rows = db.execute(
        "SELECT substr(started, 1, 10), verdict IS NULL OR verdict <> '', counts FROM runs WHERE started >= ?"
        " AND run <> ? ORDER BY started",
        (since, running),
    )
    for day, unhealthy, counts in rows:
        totals = days.setdefault(day, DayTotals(0, 0, Counter()))
        totals.runs += 1
        totals.unhealthy += unhealthy
        for name, number in json.loads(counts or "{}").items():
            if isinstance(number, int):
                totals.counts[name] += number
    return days


def _published(db: sqlite3.Connection) -> dict[str, dict[str, int]]:
    days: dict[str, dict[str, int]] = {}
    rows = db.execute(
        "SELECT substr(published, 1, 10) AS day, section, count(*) FROM articles WHERE published IS NOT NULL"
        " GROUP BY day, section ORDER BY day"
    )
    for day, section, number in rows:
        days.setdefault(day, {})[section] = number
    return days


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
