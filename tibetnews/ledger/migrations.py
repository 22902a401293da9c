"""The tables of the ledger, by version. A version is never edited; a change is a further one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tibetnews.ledger import archive_index, certificate, duplicates, pictures, web_archives
from tibetnews.ledger.errors import LedgerError

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE runs (          -- one row a run
            run INTEGER PRIMARY KEY,
            spider TEXT NOT NULL,
            pid INTEGER NOT NULL,
            started TEXT NOT NULL,   -- UTC, as all times here but due
            ended TEXT,              -- null while it runs, and for ever where it was killed
            reason TEXT,             -- why it ended: finished, shutdown, closespider_timeout
            verdict TEXT,            -- what was wrong with it, a line a fault; '' for a healthy run
            counts TEXT              -- JSON: records, rejects, requests and others
        )""",
        """
        CREATE TABLE articles (      -- one row an article, from its discovery on
            id TEXT PRIMARY KEY,
            url TEXT NOT NULL,       -- the address to fetch, as it was linked
            section TEXT NOT NULL,   -- edition/section of the listing that named it first
            found_run INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('new', 'done', 'failed', 'gone', 'refused')),
            attempts INTEGER NOT NULL DEFAULT 0,   -- failures in a row
            due REAL,                -- seconds since 1970: when to ask again; null for never
            error TEXT,              -- reason and detail of the last failure
            etag TEXT,
            last_modified TEXT,
            published TEXT,
            content_hash TEXT,
            revision INTEGER NOT NULL DEFAULT 0    -- lines exported
        ) WITHOUT ROWID""",
        "CREATE INDEX articles_due ON articles (due) WHERE due IS NOT NULL",
        """
        CREATE TABLE links (         -- which listing named which article, and in which run first
            section TEXT NOT NULL,
            id TEXT NOT NULL,
            run INTEGER NOT NULL,
            PRIMARY KEY (section, id)
        ) WITHOUT ROWID""",
        """
        CREATE TABLE listings (      -- validators and links of each listing page as it was last fetched
            url TEXT PRIMARY KEY,
            etag TEXT,
            last_modified TEXT,
            pages INTEGER,
            following INTEGER,       -- number of the next page; null after the last
            ids TEXT NOT NULL        -- JSON list of article ids
        ) WITHOUT ROWID""",
        """
        CREATE TABLE marks (         -- the last run that walked a section to its end
            section TEXT PRIMARY KEY,
            run INTEGER NOT NULL,
            at TEXT NOT NULL
        ) WITHOUT ROWID""",
        """
        CREATE TABLE feeds (         -- how much of each export is committed
            path TEXT PRIMARY KEY,
            offset INTEGER NOT NULL, -- bytes
            open INTEGER NOT NULL    -- 1 while a run writes to it
        ) WITHOUT ROWID""",
        *duplicates.FIRST_SCHEMA,
    ),
    archive_index.SCHEMA,
    (
        # lines: among these bytes; null for an archive. path: since this version as Ledger.name_of gives it
        "ALTER TABLE feeds ADD COLUMN lines INTEGER",
        """
        CREATE TABLE identity (      -- tells this ledger from others that write to the same exports
            ledger TEXT NOT NULL
        )""",
        "INSERT INTO identity VALUES (lower(hex(randomblob(8))))",
        *certificate.SCHEMA,
    ),
    pictures.SCHEMA,
    # UTC time of the newest capture of what was exported; null for what an earlier version exported
    ("ALTER TABLE articles ADD COLUMN captured_at TEXT",),
    web_archives.SCHEMA,
    # digest of what revisions.py compares beside title and text; null where an earlier version exported it
    ("ALTER TABLE articles ADD COLUMN details_hash TEXT",),
    web_archives.UNANSWERED,
    pictures.MISSING_SCHEMA,
    duplicates.MERGED_SCHEMA,
)

VERSION = len(MIGRATIONS)
APPLICATION = 0x74_69_62_6E
"""``PRAGMA application_id`` of a ledger: "tibn"."""


def version_of(db: sqlite3.Connection, path: Path) -> int:
    """Return the version of the ledger's tables, 0 for an empty file. Raises LedgerError if it cannot be ours."""
    application, version = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    tables = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if tables and application != APPLICATION:
        raise LedgerError(f"{path} is an SQLite file of something else; name another STATE_DIR")
    if version > VERSION:
        raise LedgerError(
            f"{path} was written by a newer version of this program (ledger version {version}, this one knows"
            f" {VERSION}); update the program, or name another STATE_DIR"
        )
    return int(version)
