"""How far each section's listing was crawled, and what its pages held.

The stop rule: pagination may stop at a page all of whose links were known at the section's checkpoint, which is the
last run that reached the listing's end. It may also stop at a page whose known links stand in the order of the first
page as it was before this run, and are followed only by known links: news on top have then pushed the rest down. A
run that was cut short leaves links but no checkpoint, so that the next one goes past them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from tibetnews.ledger.timestamps import utc_timestamp


@dataclass(frozen=True, slots=True)
class ListingSnapshot:
    """A listing page as it was last fetched."""

    etag: str | None
    last_modified: str | None
    pages: int | None
    """Pages that the listing says it has."""
    next_page: int | None
    """Number of the page after this one; None for the last."""
    ids: tuple[str, ...]
    """The articles whose order counts for the stop rule."""


class Listings:
    """The ledger's listings. Everything happens inside the ledger's open transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def snapshot(self, url: str) -> ListingSnapshot | None:
        """Return a listing page as it was last fetched; None if it never was."""
        row = self.db.execute(
            "SELECT etag, last_modified, pages, following, ids FROM listings WHERE url = ?", (url,)
        ).fetchone()
        if row is None:
            return None
        etag, last_modified, pages, next_page, ids = row
        return ListingSnapshot(etag, last_modified, pages, next_page, tuple(json.loads(ids)))

    def save_snapshot(self, url: str, snapshot: ListingSnapshot) -> None:
        """Note what a listing page holds."""
        row = (url, snapshot.etag, snapshot.last_modified, snapshot.pages, snapshot.next_page, json.dumps(snapshot.ids))
        self.db.execute("INSERT OR REPLACE INTO listings VALUES (?, ?, ?, ?, ?, ?)", row)

    def reached_known_articles(self, section: str, ids: Sequence[str], first_page_before: Sequence[str]) -> bool:
        """Return whether the stop rule lets pagination stop at a page.

        Args:
            section: edition/section of the listing.
            ids: the articles that the page links to, in its order.
            first_page_before: those of the listing's first page as it was before this run.
        """
        checkpoint = self.checkpoint(section)
        if checkpoint is None:
            return False
        query = "SELECT 1 FROM links WHERE section = ? AND id = ? AND run <= ?"
        known = [id_ for id_ in ids if self.db.execute(query, (section, id_, checkpoint)).fetchone()]
        if len(known) == len(ids):
            return True
        old_positions = {id_: position for position, id_ in enumerate(first_page_before)}
        positions = [old_positions[id_] for id_ in known if id_ in old_positions]
        if not positions or positions != sorted(positions):
            return False
        last_shared = max(i for i, id_ in enumerate(ids) if id_ in old_positions)
        return set(ids[last_shared:]) <= set(known)

    def checkpoint(self, section: str) -> int | None:
        """Return the last run that crawled the section to its end; None if there is none."""
        row = self.db.execute("SELECT run FROM marks WHERE section = ?", (section,)).fetchone()
        return row[0] if row else None

    def reset_checkpoint(self, section: str) -> None:
        """Delete a section's checkpoint, so that the next run goes to the listing's end."""
        self.db.execute("DELETE FROM marks WHERE section = ?", (section,))

    def mark_complete(self, section: str, run: int, now: float) -> None:
        """Make this run the section's checkpoint: it reached the listing's end, or the stop rule let it stop."""
        self.db.execute("INSERT OR REPLACE INTO marks VALUES (?, ?, ?)", (section, run, utc_timestamp(now)))
