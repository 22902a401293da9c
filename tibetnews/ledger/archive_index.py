"""The index of the archive: which payloads it holds, so that none is stored twice, and the last one of each address."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

SCHEMA: tuple[str, ...] = (
    """
    CREATE TABLE payloads (          -- one row a payload that lies in an archive
        digest TEXT PRIMARY KEY,     -- sha1:… in base 32, as in its WARC-Payload-Digest
        file TEXT NOT NULL,          -- name of the archive file
        url TEXT NOT NULL,           -- WARC-Target-URI and WARC-Date of its record
        at TEXT NOT NULL
    ) WITHOUT ROWID""",
    """
    CREATE TABLE captures (          -- what each address gave last: the page that a 304 is about
        url TEXT PRIMARY KEY,
        digest TEXT NOT NULL
    ) WITHOUT ROWID""",
)


@dataclass(frozen=True, slots=True)
class Payload:
    """A payload in an archive: its digest, the file's name, and the address and date of its record."""

    digest: str
    file: str
    url: str
    at: str


class ArchiveIndex:
    """The ledger's index of the archive. Everything happens inside the ledger's open transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def payload(self, digest: str) -> Payload | None:
        """Return the record that holds this payload; None if there is none."""
        row = self.db.execute("SELECT digest, file, url, at FROM payloads WHERE digest = ?", (digest,)).fetchone()
        return Payload(*row) if row else None

    def last_payload(self, url: str) -> Payload | None:
        """Return the payload that an address gave last; None if it never gave one."""
        row = self.db.execute("SELECT digest FROM captures WHERE url = ?", (url,)).fetchone()
        return self.payload(row[0]) if row else None

    def add(self, payload: Payload) -> None:
        """Note a record that holds a payload, in place of an earlier one of the same."""
        row = (payload.digest, payload.file, payload.url, payload.at)
        self.db.execute("INSERT OR REPLACE INTO payloads VALUES (?, ?, ?, ?)", row)

    def record_last_payload(self, url: str, digest: str) -> None:
        """Note the payload that an address gave now."""
        self.db.execute("INSERT OR REPLACE INTO captures VALUES (?, ?)", (url, digest))
