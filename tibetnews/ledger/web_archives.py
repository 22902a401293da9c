"""What indexes of web archives named: captures of articles, how far each query was read, and what gave no record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields

from tibetnews.ledger.timestamps import utc_timestamp

SCHEMA: tuple[str, ...] = (
    """
    CREATE TABLE index_queries (     -- queries of indexes of web archives
        query TEXT PRIMARY KEY,      -- its address
        next TEXT,                   -- the token of the next part of its answer; null once it is read to its end
        ended TEXT                   -- UTC time of that
    ) WITHOUT ROWID""",
    """
    CREATE TABLE index_entries (     -- captures of articles that they named, the newest of each digest
        source TEXT NOT NULL,        -- address of the archive
        id TEXT NOT NULL,            -- of the article
        digest TEXT NOT NULL,
        index_url TEXT NOT NULL,     -- the index that named it
        url TEXT NOT NULL,
        timestamp TEXT NOT NULL,     -- UTC, 14 digits
        filename TEXT,               -- of its WARC file, with place and length of the record
        offset INTEGER NOT NULL,
        length INTEGER NOT NULL,
        day TEXT,                    -- of the publication, as far as it is known
        error TEXT,                  -- why it gives no record
        PRIMARY KEY (source, id, digest)
    ) WITHOUT ROWID""",
)


UNANSWERED: tuple[str, ...] = (
    # how many requests for a capture stayed without an answer
    "ALTER TABLE index_entries ADD COLUMN unanswered INTEGER NOT NULL DEFAULT 0",
)

MAX_UNANSWERED = 3
"""A capture that stayed without an answer so often comes after the older ones of its article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCapture:
    """A capture of an article; the columns of index_entries say more."""

    id: str
    digest: str
    index_url: str
    url: str
    timestamp: str
    filename: str | None
    offset: int
    length: int
    day: str | None


_COLUMNS = tuple(column.name for column in fields(ArticleCapture))


class WebArchive:
    """The ledger's knowledge of one web archive. Everything happens inside the ledger's open transaction."""

    def __init__(self, db: sqlite3.Connection, source: str) -> None:
        self.db = db
        self.source = source

    def next_token(self, query: str, start: str, restart_before: float | None) -> str | None:
        """Return the token of what is to be read next of a query's answer; None where all was read.

        Args:
            query: Its address.
            start: The token of a query that is new.
            restart_before: Seconds since 1970; a query that was read to its end before that begins anew.
        """
        row = self.db.execute("SELECT next, ended FROM index_queries WHERE query = ?", (query,)).fetchone()
        if row is None:
            return start
        token, ended = row
        is_old = restart_before is not None and (ended or "") < utc_timestamp(restart_before)
        return start if token is None and is_old else token

    def advance(self, query: str, token: str | None, now: float) -> None:
        """Note the token of what is to be read next; None says that all was read."""
        row = (query, token, None if token is not None else utc_timestamp(now))
        self.db.execute("INSERT OR REPLACE INTO index_queries VALUES (?, ?, ?)", row)

    def add(self, captures: Iterable[ArticleCapture]) -> None:
        """Note captures; of those with one digest the newest stays."""
        self.db.executemany(
            f"INSERT INTO index_entries (source, {', '.join(_COLUMNS)}) VALUES (?{', ?' * len(_COLUMNS)})"
            " ON CONFLICT DO UPDATE SET index_url = excluded.index_url, url = excluded.url,"
            " timestamp = excluded.timestamp, filename = excluded.filename, offset = excluded.offset,"
            " length = excluded.length, unanswered = 0 WHERE excluded.timestamp > timestamp",
            [(self.source, *astuple(capture)) for capture in captures],
        )

    def names_nothing(self) -> bool:
        """Return whether no index of the archive has ever named a capture of an article."""
        row = self.db.execute("SELECT 1 FROM index_entries WHERE source = ? LIMIT 1", (self.source,)).fetchone()
        return row is None

    def pending(self) -> list[str]:
        """Return the ids of articles that were never exported nor refused, and of which a capture is left to try.

        Those whose captures stayed without an answer come last, as an archive may have lost a whole file of neighbours.
        """
        rows = self.db.execute(
            "SELECT id FROM index_entries LEFT JOIN articles USING (id) WHERE source = ?"
            " AND index_entries.error IS NULL AND coalesce(revision, 0) = 0 AND coalesce(state, '') != 'refused'"
            " GROUP BY id ORDER BY max(unanswered), id",
            (self.source,),
        )
        return [id_ for (id_,) in rows.fetchall()]

    def captures(self, id_: str) -> list[ArticleCapture]:
        """Return the captures of an article that are left to try, the newest first."""
        rows = self.db.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM index_entries WHERE source = ? AND id = ? AND error IS NULL"
            " ORDER BY unanswered >= ?, timestamp DESC, digest",
            (self.source, id_, MAX_UNANSWERED),
        )
        return [ArticleCapture(**dict(zip(_COLUMNS, row, strict=True))) for row in rows.fetchall()]

    def mark_failed(self, capture: ArticleCapture, error: str) -> None:
        """Note why a capture gives no record; it is never fetched again."""
        self._update("error", error, capture)

    def mark_unanswered(self, capture: ArticleCapture) -> None:
        """Note that a request for a capture stayed without an answer."""
        self.db.execute(
            "UPDATE index_entries SET unanswered = unanswered + 1 WHERE source = ? AND id = ? AND digest = ?",
            (self.source, capture.id, capture.digest),
        )

    def set_day(self, capture: ArticleCapture, day: str) -> None:
        """Note the day of publication of an article whose address does not tell it."""
        self._update("day", day, capture)

    def _update(self, column: str, value: str, capture: ArticleCapture) -> None:
        self.db.execute(
            f"UPDATE index_entries SET {column} = ? WHERE source = ? AND id = ? AND digest = ?",
            (value, self.source, capture.id, capture.digest),
        )
