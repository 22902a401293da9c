"""A year of the ledger in figures: what the report of the runs is drawn from. Reads only."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from tibetnews.ledger.status import Failure, Overview, SectionState

YEAR = 366
LATEST = 8
FAILURES = 50

_SUMMED = frozenset(
    {
        "item_scraped_count",
        "revisions/changed",
        "revisions/unchanged",
        "duplicates/exact",
        "duplicates/near",
        "rejects/count",
        "downloader/request_count",
        "robotstxt/request_count",
        "sections/listings",
        "sections/links",
        "sections/due",
        "articles/named",
        "articles/parts",
        "spam/pieces",
    }
)
_SUMMED_PREFIXES = ("boilerplate/", "coverage/", "repairs/", "sections/unread/", "sections/gone/", "splash/")


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run. ended is None while it is at work, and for ever where it was broken off."""

    run: int
    spider: str
    started: datetime
    ended: datetime | None
    reason: str | None
    faults: tuple[str, ...]
    counts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class IllRun:
    """A run that was unhealthy, or, without a fault, broken off."""

    run: int
    started: datetime
    faults: tuple[str, ...]


@dataclass(slots=True)
class Day:
    """The runs of one day, UTC: how many, how many of them were unhealthy or never ended, their counts summed."""

    runs: int
    unhealthy: int
    counts: Counter[str]


@dataclass(frozen=True, slots=True)
class Digest:
    """What the ledger knows, at one moment."""

    taken: datetime
    runs: int
    at_work: bool
    """Whether the last run is still at work."""

    latest: tuple[RunLine, ...]
    """The last runs, newest first."""

    ill: tuple[IllRun, ...]
    """The runs of the last year that were unhealthy or broken off, newest first."""

    pause: float | None
    """The longest time between the starts of two of the last runs, in seconds; None where they are few."""

    days: Mapping[str, Day]
    """By YYYY-MM-DD, in rising order: days of the last year with runs."""

    states: Mapping[str, int]
    """How many articles are in each state."""

    published: Mapping[str, Mapping[str, int]]
    """By YYYY-MM-DD of publication, and by section: how many articles."""

    sections: Mapping[str, SectionState]
    failures: tuple[Failure, ...]
    failing: int
    """How many articles failed when they were last asked for."""


def digest(overview: Overview, now: datetime) -> Digest:
    """The ledger's digest; ``now`` is the moment that its last year ends with."""
    db = overview.db
    since = (now - timedelta(days=YEAR)).strftime("%Y-%m-%dT%H:%M:%SZ")
    latest = _lines(db, LATEST)
    at_work = _at_work(db)
    working = latest[0].run if at_work else -1
    return Digest(
        taken=now,
        runs=db.execute("SELECT count(*) FROM runs").fetchone()[0],
        at_work=at_work,
        latest=latest,
        ill=_ill(db, since, working),
        pause=_pause(db),
        days=_days(db, since, working),
        states=dict(db.execute("SELECT state, count(*) FROM articles GROUP BY state")),
        published=_published(db),
        sections=overview.sections(),
        failures=tuple(overview.failures(FAILURES)),
        failing=db.execute("SELECT count(*) FROM articles WHERE attempts > 0").fetchone()[0],
    )


def _lines(db: sqlite3.Connection, most: int) -> tuple[RunLine, ...]:
    rows = db.execute(
        "SELECT run, spider, started, ended, reason, verdict, counts FROM runs ORDER BY run DESC LIMIT ?", (most,)
    )
    return tuple(
        RunLine(
            run,
            spider,
            _moment(started),
            _moment(ended) if ended else None,
            reason,
            tuple((verdict or "").splitlines()),
            json.loads(counts or "{}"),
        )
        for run, spider, started, ended, reason, verdict, counts in rows
    )


def _ill(db: sqlite3.Connection, since: str, working: int) -> tuple[IllRun, ...]:
    rows = db.execute(
        "SELECT run, started, verdict FROM runs WHERE started >= ? AND run <> ? AND (verdict IS NULL OR"
        " verdict <> '') ORDER BY run DESC",
        (since, working),
    )
    return tuple(IllRun(run, _moment(started), tuple((verdict or "").splitlines())) for run, started, verdict in rows)


def _at_work(db: sqlite3.Connection) -> bool:
    row = db.execute("SELECT ended, pid FROM runs ORDER BY run DESC LIMIT 1").fetchone()
    if row is None or row[0] is not None:
        return False
    try:
        os.kill(row[1], 0)  # which only asks whether there is such a process
    except (ProcessLookupError, PermissionError) as error:
        return isinstance(error, PermissionError)  # another user's
    return True


def _pause(db: sqlite3.Connection, of: int = 50, fewest: int = 24) -> float | None:
    starts = [_moment(row[0]) for row in db.execute("SELECT started FROM runs ORDER BY run DESC LIMIT ?", (of,))]
    gaps = [(a - b).total_seconds() for a, b in pairwise(starts)]
    return max(gaps) if len(gaps) >= fewest else None


def _days(db: sqlite3.Connection, since: str, working: int) -> dict[str, Day]:
    days: dict[str, Day] = {}
    rows = db.execute(
        "SELECT substr(started, 1, 10), verdict IS NULL OR verdict <> '', counts FROM runs WHERE started >= ?"
        " AND run <> ? ORDER BY started",
        (since, working),
    )
    for day, unhealthy, counts in rows:
        into = days.setdefault(day, Day(0, 0, Counter()))
        into.runs += 1
        into.unhealthy += unhealthy
        for name, number in json.loads(counts or "{}").items():
            if name in _SUMMED or name.startswith(_SUMMED_PREFIXES):
                into.counts[name] += number
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
