"""The pictures that are saved: where the file of each address lies."""

from __future__ import annotations

import sqlite3

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
