"""The runs: one at a time on a ledger, each with its counts and its verdict."""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


class Locked(Exception):
    """Another run holds the ledger; the message is one line for the user."""


class RunLock:
    """A lock that the kernel drops with the process that holds it, so that a dead run is no obstacle."""

    _held: dict[Path, int] = {}  # noqa: RUF012 - handles of this process, by folder

    @classmethod
    def acquire(cls, folder: Path) -> None:
        """Hold the folder's lock until this process ends; at once again where it holds it. Raises Locked."""
        folder = folder.absolute()
        if folder in cls._held:
            return
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            told = os.read(handle, 200).decode("utf-8", "replace").strip()
            os.close(handle)
            raise Locked(f"another run works on {folder}: {told or 'it has just begun'}") from error
        os.ftruncate(handle, 0)
        # for a person to read: nothing is decided by it, so the machine's own clock will do
        os.pwrite(handle, f"started {_text(time.time())}, pid {os.getpid()}\n".encode(), 0)
        cls._held[folder] = handle


def begin(db: sqlite3.Connection, spider: str, now: float) -> int:
    """Note that a run begins now, in seconds since 1970, and give its number."""
    row = (spider, os.getpid(), _text(now))
    run = db.execute("INSERT INTO runs (spider, pid, started) VALUES (?, ?, ?)", row).lastrowid
    assert run is not None
    return run


def end(
    db: sqlite3.Connection, run: int, reason: str, verdict: list[str], counts: Mapping[str, Any], now: float
) -> tuple[str, str]:
    """Note how a run ended, now; gives when it began and when it ended."""
    row = (_text(now), reason, "\n".join(verdict), json.dumps(counts, default=str), run)
    db.execute("UPDATE runs SET ended = ?, reason = ?, verdict = ?, counts = ? WHERE run = ?", row)
    started, ended = db.execute("SELECT started, ended FROM runs WHERE run = ?", (run,)).fetchone()
    return started, ended


def set_back(db: sqlite3.Connection, now: float) -> float:
    """Seconds by which the clock, which says ``now``, is behind the last run's end; 0 where it is not."""
    row = db.execute("SELECT coalesce(ended, started) FROM runs ORDER BY run DESC LIMIT 1").fetchone()
    return max(0.0, datetime.fromisoformat(row[0]).timestamp() - now) if row else 0.0


def _text(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
