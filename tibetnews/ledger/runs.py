"""The runs: one at a time on a ledger, each with its counts and its verdict."""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
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
        os.pwrite(handle, f"started {_now()}, pid {os.getpid()}\n".encode(), 0)
        cls._held[folder] = handle


def begin(db: sqlite3.Connection, spider: str) -> int:
    """Note that a run begins, and give its number."""
    row = (spider, os.getpid(), _now())
    run = db.execute("INSERT INTO runs (spider, pid, started) VALUES (?, ?, ?)", row).lastrowid
    assert run is not None
    return run


def end(
    db: sqlite3.Connection, run: int, reason: str, verdict: list[str], counts: Mapping[str, Any]
) -> tuple[str, str]:
    """Note how a run ended; gives when it began and when it ended."""
    row = (_now(), reason, "\n".join(verdict), json.dumps(counts, default=str), run)
    db.execute("UPDATE runs SET ended = ?, reason = ?, verdict = ?, counts = ? WHERE run = ?", row)
    started, ended = db.execute("SELECT started, ended FROM runs WHERE run = ?", (run,)).fetchone()
    return started, ended


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
