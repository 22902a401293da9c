"""The pictures that are saved: where the file of each address lies; and the articles whose pictures are asked again."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from tibetnews.ledger.articles import HOUR, Articles

MAX_ATTEMPTS = 5
"""So many times an article's pictures are asked for, until its next revision."""

SCHEMA: tuple[str, ...] = (
    """
    CREATE TABLE pictures (
        url TEXT PRIMARY KEY,        -- as records give it
        path TEXT NOT NULL           -- below IMAGES_DIR
    ) WITHOUT ROWID""",
)


class SavedPictures:
    """The ledger's pictures. Everything happens inside the ledger's open transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def path(self, url: str) -> str | None:
        """Return the path of the file below IMAGES_DIR; None for a picture that was not saved."""
        row = self.db.execute("SELECT path FROM pictures WHERE url = ?", (url,)).fetchone()
        return row[0] if row else None

    def add(self, url: str, path: str) -> None:
        """Note that a picture is saved."""
        self.db.execute("INSERT OR REPLACE INTO pictures VALUES (?, ?)", (url, path))


MISSING_SCHEMA: tuple[str, ...] = (
    """
    CREATE TABLE missing_pictures (
        id TEXT PRIMARY KEY,         -- of an article with pictures that may be had later
        saved INTEGER NOT NULL,      -- pictures that its last exported line has
        attempts INTEGER NOT NULL    -- how often they were asked for
    ) WITHOUT ROWID""",
)


class Missing(NamedTuple):
    """How far an article is with its pictures."""

    saved: int
    """Pictures that its last exported line has."""
    attempts: int
    """How often they were asked for."""


class MissingPictures:
    """The articles whose pictures are asked for again. Everything happens inside the ledger's open transaction.

    Attributes:
        refetched: Ids of those that this run found as they were exported.
    """

    def __init__(self, articles: Articles) -> None:
        self.articles = articles
        self.refetched: set[str] = set()

    def find(self, id_: str) -> Missing | None:
        """Return how far an article is; None where it waits for none."""
        row = self.articles.db.execute("SELECT saved, attempts FROM missing_pictures WHERE id = ?", (id_,)).fetchone()
        return Missing(*row) if row else None

    def ask_again(self, id_: str, missing: Missing, now: float) -> None:
        """Make a later run fetch an article again, after a pause that grows with each attempt."""
        self.articles.db.execute("INSERT OR REPLACE INTO missing_pictures VALUES (?, ?, ?)", (id_, *missing))
        self.articles.schedule_recheck(id_, now + HOUR * 4 ** (missing.attempts - 1))

    def forget(self, id_: str) -> None:
        """Note that an article's pictures are there, or given up."""
        self.articles.db.execute("DELETE FROM missing_pictures WHERE id = ?", (id_,))
