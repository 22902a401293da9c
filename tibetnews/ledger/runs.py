"""The runs of a ledger: when each began, how it ended, with its counts and its verdict."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tibetnews.ledger.timestamps import utc_timestamp


def begin(db: sqlite3.Connection, spider: str, now: float) -> int:
    """Note that a run begins now, in seconds since 1970, and return its number."""
    row = (spider, os.getpid(), utc_timestamp(now))
    query = "INSERT INTO runs (spider, pid, started) VALUES (?, ?, ?) RETURNING run"
    run: int = db.execute(query, row).fetchone()[0]
    return run


def end(
    db: sqlite3.Connection, run: int, reason: str, verdict: list[str], counts: Mapping[str, Any], now: float
) -> tuple[str, str]:
    """Note how a run ended, now; return when it began and when it ended."""
    row = (utc_timestamp(now), reason, "\n".join(verdict), json.dumps(counts, default=str), run)
    db.execute("UPDATE runs SET ended = ?, reason = ?, verdict = ?, counts = ? WHERE run = ?", row)
    started, ended = db.execute("SELECT started, ended FROM runs WHERE run = ?", (run,)).fetchone()
    return started, ended


def clock_lag(db: sqlite3.Connection, now: float) -> float:
    """Return the seconds by which the clock, which says ``now``, is behind the last run's end; 0 if it is not."""
    row = db.execute("SELECT coalesce(ended, started) FROM runs ORDER BY run DESC LIMIT 1").fetchone()
    return max(0.0, datetime.fromisoformat(row[0]).timestamp() - now) if row else 0.0
