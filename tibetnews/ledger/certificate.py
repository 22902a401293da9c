"""Tells damage of the ledger's file that SQLite cannot see: a digest, taken when a run closes the ledger.

SQLite sees a broken page, but not a changed letter in a row. A run that ends well leaves a token in the table
``certificate``, and beside the ledger a file with the token and the digest of the ledger's bytes. The next one compares
them. Whoever changes a row with another tool deletes the token by that, through triggers; a run that was killed leaves
none, and an older ledger has another one. Then SQLite's own check must do.
"""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
import zlib
from collections.abc import Mapping
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from tibetnews.durability import write_whole
from tibetnews.ledger import write_intents
from tibetnews.ledger.connection import LedgerConnection, journal_of
from tibetnews.ledger.errors import PRIMARY_CODE, LedgerDamagedError, LedgerWriteError, explained

FILE_NAME = "ledger.sqlite3"
"""The ledger's file."""
NAME = "ledger.digest"
_GUARDED = ("articles", "runs", "feeds", "links", "listings", "marks", "copies", "payloads", "captures")
_STATES = ("new", "done", "failed", "gone", "refused")  # of articles, by the CHECK of their table
_HEADER_BYTES = 100
_COUNTERS = ((18, 20), (24, 28), (92, 100))
"""Bytes of the header that tools change which change nothing else: journal mode and change counters."""
_CHUNK_BYTES = 1 << 20

SCHEMA: tuple[str, ...] = (
    "CREATE TABLE certificate (token TEXT NOT NULL)",
    *(
        f"CREATE TRIGGER {table}_{event.lower()} AFTER {event} ON {table}"
        " WHEN EXISTS (SELECT 1 FROM certificate) BEGIN DELETE FROM certificate; END"
        for table in _GUARDED
        for event in ("INSERT", "UPDATE", "DELETE")
    ),
)


def look(folder: Path) -> dict[str, Any]:
    """Return what the file beside the ledger says, and the digest of its bytes ``now``; nothing where it says nothing.

    No connection to the ledger may be open in this process: who closes a file gives up all locks that the process holds
    on it, SQLite's too, and the next reader that ends would take the journal away from the run.
    """
    stated: dict[str, Any] = {}
    with suppress(OSError, ValueError):
        said = json.loads((folder / NAME).read_bytes())
        if isinstance(said, dict) and {"token", "schema", "digest"} <= said.keys():
            stated = said
    if stated and (path := folder / FILE_NAME).is_file():
        stated["now"] = _digest(path, *_stamps(path))
    return stated


def verify(db: sqlite3.Connection, folder: Path, stated: Mapping[str, Any]) -> None:
    """Raise LedgerDamagedError if the ledger does not hold what was written into it.

    Args:
        db: Open, and not written to.
        folder: That of the ledger.
        stated: What ``look`` has returned before ``db`` was opened.
    """
    path = folder / FILE_NAME
    is_empty = not db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    had_run = (folder / write_intents.NAME).exists()
    if is_empty:
        if stated or had_run:
            raise LedgerDamagedError(path, "it is empty")
        return
    if had_run and not db.execute("SELECT EXISTS (SELECT 1 FROM runs)").fetchone()[0]:
        raise LedgerDamagedError(path, "it knows no run, and there was one")
    schema = db.execute("PRAGMA schema_version").fetchone()[0]
    if stated and (_token(db), schema) == (stated["token"], stated["schema"]):
        if stated.get("now") != stated["digest"]:
            raise LedgerDamagedError(path, "its bytes are not those of the last run")
    elif (answer := _answer_of_check(path, *_stamps(path))) != "ok":
        if (code := re.search(r"error code=(\d+)", answer)) and int(code[1]) & PRIMARY_CODE == sqlite3.SQLITE_IOERR:
            raise LedgerWriteError(f"{path}: the ledger cannot be read: {answer}; look at the disk")
        raise LedgerDamagedError(path, " ".join(answer.split()))


def issue(db: sqlite3.Connection) -> str:
    """Put a new token into the open transaction, which must be the last one, and return it."""
    revoke(db)
    token = secrets.token_hex(8)
    db.execute("INSERT INTO certificate VALUES (?)", (token,))
    return token


def revoke(db: sqlite3.Connection) -> None:
    """Delete the token, since the file is about to change."""
    db.execute("DELETE FROM certificate")


def write(folder: Path, token: str) -> None:
    """Note the digest of a ledger that is closed; where that fails, the next run has no digest to compare with.

    Raises LedgerError if the ledger does not hold the token: what its last run has committed never came into its file.
    """
    path = folder / FILE_NAME
    try:
        with closing(LedgerConnection(path, read_only=True)) as db:
            is_held = _token(db) == token
    except sqlite3.DatabaseError as error:
        raise explained(error, path) from error
    if not is_held:
        raise LedgerWriteError(
            f"{path} does not hold what this run has committed: another program has written to it, or to what belongs"
            " to it; `tibetnews ledger check` says what is missing, and `tibetnews ledger rebuild` makes a new one"
        )
    with suppress(OSError, sqlite3.Error):
        if _holds_commits(journal_of(path)):
            return  # another program reads the ledger, so that not all of it is in the file
        with path.open("rb") as file:
            schema = int.from_bytes(file.read(44)[40:44], "big")
        stated = {"token": token, "schema": schema, "digest": _digest(path, *_stamps(path))}
        write_whole(folder / NAME, json.dumps(stated).encode(), folder / f"{NAME}.new")


def _stamps(path: Path) -> tuple[int, ...]:
    """Return what tells a ledger that nobody has written to since: sizes and times of change."""
    found = [path.stat(), *(journal.stat() for journal in [journal_of(path)] if _holds_commits(journal))]
    return tuple(number for status in found for number in (status.st_size, status.st_mtime_ns))


def _holds_commits(journal: Path) -> bool:
    return journal.exists() and journal.stat().st_size > 0


@lru_cache(maxsize=4)
def _answer_of_check(path: Path, *_stamps: int) -> str:
    """Return "ok", or what SQLite finds wrong. Its own way with CHECK takes longer than all else that it looks at."""
    unknown = f"SELECT EXISTS (SELECT 1 FROM articles WHERE state NOT IN ({', '.join('?' * len(_STATES))}))"
    with closing(LedgerConnection(path, read_only=True)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        answer: str = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if answer == "ok" and db.execute(unknown, _STATES).fetchone()[0]:
            return "an article has an unknown state"
    return answer


def _token(db: sqlite3.Connection) -> str | None:
    try:
        row = db.execute("SELECT token FROM certificate").fetchone()
    except sqlite3.OperationalError:  # a ledger of an older version
        return None
    return row[0] if row else None


@lru_cache(maxsize=4)
def _digest(path: Path, size: int, *_stamps: int) -> str:
    """Return the digest of a file of this size."""
    with path.open("rb") as file:
        header = bytearray(file.read(_HEADER_BYTES))
        for start, end in _COUNTERS:
            header[start:end] = bytes(end - start)
        value = zlib.crc32(header)
        while chunk := file.read(_CHUNK_BYTES):
            value = zlib.crc32(chunk, value)
    return f"{size}:{value:08x}"
