"""The articles that are known (the crawl's frontier): what became of each, and when to fetch it again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

HOUR = 3600.0
DAY = 24 * HOUR
MAX_MISSING = 5
"""Failures in a row, the last two 404, after which an article that was never read is gone: 15 hours or more."""
LONGEST_PAUSE = 7 * DAY
"""Seconds. Pauses after failures grow from one hour, twofold each time, to this; a server cannot ask for more."""


@dataclass(frozen=True, slots=True)
class PendingFetch:
    """An article to fetch, with the HTTP validators of its last fetch, if there was one."""

    id: str
    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class LastExport:
    """What was exported of an article last."""

    content_hash: str | None
    revision: int
    captured_at: str | None
    """When the newest capture of it was made, as ExportedRevision has it; None where that is not known."""
    details_hash: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedRevision:
    """What the ledger keeps of a line that was written to an export."""

    id: str
    url: str
    """The address that it was fetched from."""
    section: str = ""
    """edition/section, for an article that no listing named."""
    content_hash: str | None
    published_at: str | None
    """ISO 8601: a day, or a time with its offset."""
    etag: str | None = None
    last_modified: str | None = None
    revision: int = 1
    captured_at: str | None = None
    """When the page was fetched, or captured by the archive that it comes from: UTC, YYYY-MM-DDThh:mm:ssZ."""
    details_hash: str | None = None
    """Of what is not in content_hash; None where it is not known."""


class Articles:
    """The ledger's articles. Everything happens inside the ledger's open transaction."""

    def __init__(self, db: sqlite3.Connection, revisit_after: Sequence[float] = ()) -> None:
        """``revisit_after``: seconds after publication at which an article is fetched again, in rising order."""
        self.db = db
        self.revisit_after = tuple(revisit_after)

    def discover(self, run: int, section: str, links: Iterable[tuple[str, str]]) -> list[str]:
        """Note the (id, url) links of a section's listing, and return the ids that were not known at all."""
        new = []
        for id_, url in links:
            if self._add(id_, url, section, run):
                new.append(id_)
            self.db.execute("INSERT INTO links VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (section, id_, run))
        return new

    def pending(self, now: float, sections: Iterable[str] | None = None) -> Iterator[PendingFetch]:
        """Yield what is due now: first articles that were never fetched, the newest first, then failures and revisits.

        Args:
            now: seconds since 1970.
            sections: edition/section of those that are wanted; None for all.
        """
        wanted = None if sections is None else set(sections)
        rows = self.db.execute(
            "SELECT id, url, etag, last_modified, section FROM articles WHERE due <= ?"
            " ORDER BY due, length(id) DESC, id DESC",
            (now,),
        ).fetchall()
        for id_, url, etag, last_modified, section in rows:
            if wanted is None or section in wanted:
                yield PendingFetch(id_, url, etag, last_modified)

    def last_export(self, id_: str) -> LastExport | None:
        """Return what was exported of an article last; None if nothing was."""
        row = self.db.execute(
            "SELECT content_hash, revision, captured_at, details_hash FROM articles WHERE id = ?", (id_,)
        ).fetchone()
        return LastExport(*row) if row and row[1] else None

    def mark_exported(self, exported: ExportedRevision, run: int, now: float) -> None:
        """Note that a line was written for this revision of an article."""
        self._add(exported.id, exported.url, exported.section, run)
        self.db.execute(
            "UPDATE articles SET state = 'done', attempts = 0, error = NULL, due = :due, etag = :etag,"
            " last_modified = :last_modified, published = :published_at, content_hash = :content_hash,"
            " revision = :revision, captured_at = :captured_at, details_hash = :details_hash WHERE id = :id",
            {**asdict(exported), "due": self._next_visit(exported.published_at, now)},
        )

    def mark_unchanged(
        self,
        id_: str,
        validators: tuple[str | None, str | None] | None,
        now: float,
        captured_at: str | None = None,
        details_hash: str | None = None,
    ) -> None:
        """Note that a revisit found the article as it was.

        Args:
            id_: the article.
            validators: new ones; None keeps the old.
            now: seconds since 1970.
            captured_at: as in ExportedRevision; None keeps the old.
            details_hash: likewise.
        """
        row = self.db.execute("SELECT published FROM articles WHERE id = ?", (id_,)).fetchone()
        due = self._next_visit(row[0] if row else None, now)
        self.db.execute(
            "UPDATE articles SET state = 'done', attempts = 0, error = NULL, due = ?,"
            " captured_at = coalesce(?, captured_at), details_hash = coalesce(?, details_hash) WHERE id = ?",
            (due, captured_at, details_hash, id_),
        )
        if validators is not None:
            self.db.execute("UPDATE articles SET etag = ?, last_modified = ? WHERE id = ?", (*validators, id_))

    def mark_failed(self, id_: str, error: str, now: float, pause: float | None = None) -> None:
        """Note a failure; the next attempt comes after a pause that grows with each failure.

        Args:
            id_: the article.
            error: reason and detail.
            now: seconds since 1970.
            pause: seconds that the server asked for; the longer of the two pauses counts, up to LONGEST_PAUSE.
        """
        row = self.db.execute("SELECT attempts FROM articles WHERE id = ?", (id_,)).fetchone()
        attempts = (row[0] if row else 0) + 1
        due = now + min(max(pause or 0.0, HOUR * 2 ** min(attempts - 1, 10)), LONGEST_PAUSE)
        self.db.execute(
            "UPDATE articles SET state = CASE WHEN revision THEN state ELSE 'failed' END, attempts = ?, error = ?,"
            " due = ? WHERE id = ?",
            (attempts, error, due, id_),
        )

    def schedule_recheck(self, id_: str, due: float = 0) -> None:
        """Make a run fetch an article again, whole, from ``due`` on if not before; without it the next run."""
        self.db.execute(
            "UPDATE articles SET due = min(coalesce(due, ?1), ?1), etag = NULL, last_modified = NULL WHERE id = ?2",
            (due, id_),
        )

    def shift_due_times(self, seconds: float, now: float) -> None:
        """Correct due times after the clock was set back by these seconds to ``now``.

        An article that is due within its pause, after that many failures or for a revisit, keeps its time.
        """
        longest_revisit = max(self.revisit_after, default=0.0)
        self.db.execute(
            "UPDATE articles SET due = max(:now, due - :seconds) WHERE due > :now +"
            f" CASE WHEN attempts > 0 THEN min({HOUR} * (1 << min(attempts - 1, 10)), {LONGEST_PAUSE})"
            " ELSE :longest_revisit END",
            {"now": now, "seconds": seconds, "longest_revisit": longest_revisit},
        )

    def mark_missing(self, id_: str, error: str, now: float) -> None:
        """Note that the outlet has no page at the article's address (404).

        One that was never read is gone after MAX_MISSING failures only: a listing may name an article before its page
        is there, and a server that is being mended may answer so for all.
        """
        row = self.db.execute("SELECT revision, attempts, error FROM articles WHERE id = ?", (id_,)).fetchone()
        revision, attempts, last = row or (0, 0, None)
        was_missing = (last or "").partition(":")[0] == error.partition(":")[0]
        if revision or (was_missing and attempts + 1 >= MAX_MISSING):
            self.mark_gone(id_, error)
        else:
            self.mark_failed(id_, error, now)

    def mark_gone(self, id_: str, error: str) -> None:
        """Note that the outlet removed the article; it is never fetched again."""
        self.db.execute("UPDATE articles SET state = 'gone', due = NULL, error = ? WHERE id = ?", (error, id_))

    def mark_refused(self, id_: str, error: str) -> None:
        """Note that this project refused the article for good, such as a copy if copies are dropped."""
        self.db.execute("UPDATE articles SET state = 'refused', due = NULL, error = ? WHERE id = ?", (error, id_))

    def _add(self, id_: str, url: str, section: str, run: int) -> bool:
        """Add an article that is due at once; return False if it was known."""
        added = self.db.execute(
            "INSERT INTO articles (id, url, section, found_run, state, due) VALUES (?, ?, ?, ?, 'new', 0)"
            " ON CONFLICT DO NOTHING",
            (id_, url, section, run),
        )
        return bool(added.rowcount)

    def _next_visit(self, published: str | None, now: float) -> float | None:
        since = _seconds(published)
        if since is None:
            return None
        since = min(since, now)  # nothing is published later than now: then the clock, or the page, is wrong
        return next((since + after for after in self.revisit_after if since + after > now), None)


def _seconds(published: str | None) -> float | None:
    """Return a record's time of publication as seconds since 1970; a day begins at midnight by the outlet's clock."""
    if not published:
        return None
    is_day = len(published) <= len("YYYY-MM-DD")
    moment = datetime.fromisoformat(f"{published}T00:00:00+08:00" if is_day else published)
    return moment.timestamp()
