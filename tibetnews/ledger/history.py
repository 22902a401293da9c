"""What a run is compared with: the counts of earlier runs, the days on which each section had news."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from tibetnews.health.changes import UnwellRun


def earlier_counts(db: sqlite3.Connection, run: int, limit: int) -> list[dict[str, Any]]:
    """Return the counts of the last runs of the same spider before this one that ended, newest first."""
    rows = db.execute(
        "SELECT counts FROM runs WHERE run < :run AND counts IS NOT NULL"
        " AND spider = (SELECT spider FROM runs WHERE run = :run) ORDER BY run DESC LIMIT :limit",
        {"run": run, "limit": limit},
    )
    return [json.loads(counts) for (counts,) in rows]


def unwell_runs(db: sqlite3.Connection, run: int) -> list[UnwellRun]:
    """Return the runs of the same spider since its last healthy one that was before this run, newest first."""
    rows = db.execute(
        "SELECT coalesce(ended, started), verdict FROM runs WHERE run < :run AND spider = :spider AND run >"
        " (SELECT coalesce(max(run), 0) FROM runs WHERE run < :run AND spider = :spider AND verdict = '')"
        " ORDER BY run DESC",
        {"run": run, "spider": db.execute("SELECT spider FROM runs WHERE run = ?", (run,)).fetchone()[0]},
    )
    return [UnwellRun(datetime.fromisoformat(at), tuple((verdict or "").splitlines())) for at, verdict in rows]


def news_days(db: sqlite3.Connection, today: date, sections: Iterable[str]) -> dict[str, list[date]]:
    """Return the days, in rising order and up to today, on which each of the sections had news since the first run.

    A day is that of publication, by the outlet's clock; for articles that could not be read yet, the day of the run
    that found them. What is older than the ledger is no news.
    """
    begun = db.execute("SELECT min(date(started, '+8 hours')) FROM runs").fetchone()[0]
    days: dict[str, list[date]] = {}
    for section in sections:
        rows = db.execute(
            "SELECT DISTINCT coalesce(substr(published, 1, 10), date(started, '+8 hours')) AS day"
            " FROM links JOIN articles USING (id) LEFT JOIN runs ON runs.run = articles.found_run"
            " WHERE links.section = ? AND day BETWEEN ? AND ? ORDER BY day",
            (section, begun, today.isoformat()),
        )
        if dates := [date.fromisoformat(day) for (day,) in rows]:
            days[section] = dates
    return days


def sections_before(db: sqlite3.Connection, run: int, sections: Iterable[str]) -> frozenset[str]:
    """Return those of the sections whose listings named articles before this run."""
    query = "SELECT EXISTS (SELECT 1 FROM links WHERE section = ? AND run < ?)"
    return frozenset(section for section in sections if db.execute(query, (section, run)).fetchone()[0])
