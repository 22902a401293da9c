"""How far each section was walked, and what its listing pages held.

The stop rule: a walk may stop at a page all of whose links were known when the section was last walked to its end.
It may also stop at a page that joins the listing as it was before this walk: the links that it shares with the old
first page stand in the old order, and all below the last of them were known then. News on top have then pushed the
rest down. A walk that was cut short leaves links behind but no mark, so that the next one walks past them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leaf:
    """A listing page as it was last fetched; ``ids`` are the articles that its order is about."""

    etag: str | None
    last_modified: str | None
    pages: int | None
    following: int | None
    ids: tuple[str, ...]


class Walks:
    """The ledger's walks. Everything happens inside the ledger's open transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def leaf(self, url: str) -> Leaf | None:
        """A listing page as it was last fetched; None where it never was."""
        row = self.db.execute(
            "SELECT etag, last_modified, pages, following, ids FROM listings WHERE url = ?", (url,)
        ).fetchone()
        if row is None:
            return None
        etag, last_modified, pages, following, ids = row
        return Leaf(etag, last_modified, pages, following, tuple(json.loads(ids)))

    def keep(self, url: str, leaf: Leaf) -> None:
        """Note what a listing page held."""
        self.db.execute(
            "INSERT OR REPLACE INTO listings VALUES (?, ?, ?, ?, ?, ?)",
            (url, leaf.etag, leaf.last_modified, leaf.pages, leaf.following, json.dumps(leaf.ids)),
        )

    def may_stop(self, section: str, ids: Sequence[str], before: Sequence[str]) -> bool:
        """True where the stop rule lets a walk stop at a page with these links.

        ``before`` is the listing's first page as it was before this walk.
        """
        mark = self.mark(section)
        if mark is None:
            return False
        query = "SELECT 1 FROM links WHERE section = ? AND id = ? AND run <= ?"
        known = [id_ for id_ in ids if self.db.execute(query, (section, id_, mark)).fetchone()]
        if len(known) == len(ids):
            return True
        old = {id_: place for place, id_ in enumerate(before)}
        places = [old[id_] for id_ in known if id_ in old]
        if not places or places != sorted(places):
            return False
        end = max(i for i, id_ in enumerate(ids) if id_ in old)
        return set(ids[end:]) <= set(known)

    def mark(self, section: str) -> int | None:
        """The last run that walked the section to its end."""
        row = self.db.execute("SELECT run FROM marks WHERE section = ?", (section,)).fetchone()
        return row[0] if row else None

    def forget(self, section: str) -> None:
        """Take a section's mark away, so that the next walk goes to the listing's end."""
        self.db.execute("DELETE FROM marks WHERE section = ?", (section,))

    def walked(self, section: str, run: int, at: str) -> None:
        """Note that this run walked the section to its end, or to where the stop rule lets it stop."""
        self.db.execute("INSERT OR REPLACE INTO marks VALUES (?, ?, ?)", (section, run, at))
