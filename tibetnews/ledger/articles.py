"""Which articles are known, what became of each, and when to ask for it again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

HOUR = 3600.0
DAY = 24 * HOUR
LONGEST_PAUSE = 7 * DAY
"""Pauses after failures grow from one hour, twofold each time, to this; no server is given a longer one."""


@dataclass(frozen=True, slots=True)
class Due:
    """An article to ask for, with the validators of its last fetch where there was one."""

    id: str
    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What was exported of an article last."""

    content_hash: str | None
    revision: int


class Articles:
    """The ledger's articles. Everything happens inside the ledger's open transaction."""

    def __init__(self, db: sqlite3.Connection, revisit_after: Sequence[float] = ()) -> None:
        """``revisit_after``: seconds after publication at which an article is asked for again, in rising order."""
        self.db = db
        self.revisit_after = tuple(revisit_after)

    def discover(self, run: int, section: str, found: Iterable[tuple[str, str]]) -> list[str]:
        """Note that a listing names these (id, url), and give the ids that were not known at all."""
        new = []
        for id_, url in found:
            added = self.db.execute(
                "INSERT INTO articles (id, url, section, found_run, state, due) VALUES (?, ?, ?, ?, 'new', 0)"
                " ON CONFLICT DO NOTHING",
                (id_, url, section, run),
            )
            if added.rowcount:
                new.append(id_)
            self.db.execute("INSERT INTO links VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (section, id_, run))
        return new

    def due(self, now: float, sections: Iterable[str] | None = None) -> Iterator[Due]:
        """Articles to ask for now: those that were found and never fetched first, then failures and revisits."""
        wanted = None if sections is None else set(sections)
        rows = self.db.execute(
            "SELECT id, url, etag, last_modified, section FROM articles WHERE due <= ? ORDER BY due, id", (now,)
        ).fetchall()
        for id_, url, etag, last_modified, section in rows:
            if wanted is None or section in wanted:
                yield Due(id_, url, etag, last_modified)

    def known(self, id_: str) -> Known | None:
        """What was exported of an article; None where nothing was."""
        row = self.db.execute("SELECT content_hash, revision FROM articles WHERE id = ?", (id_,)).fetchone()
        return Known(*row) if row and row[1] else None

    def exported(
        self,
        id_: str,
        url: str,
        content_hash: str | None,
        published: str | None,
        validators: tuple[str | None, str | None],
        revision: int,
        run: int,
        now: float,
        section: str = "",
    ) -> None:
        """Note that a line was written for this revision of an article."""
        self.db.execute(
            "INSERT INTO articles (id, url, section, found_run, state, due) VALUES (?, ?, ?, ?, 'new', 0)"
            " ON CONFLICT DO NOTHING",
            (id_, url, section, run),
        )
        self.db.execute(
            "UPDATE articles SET state = 'done', attempts = 0, error = NULL, etag = ?, last_modified = ?,"
            " published = ?, content_hash = ?, revision = ?, due = ? WHERE id = ?",
            (*validators, published, content_hash, revision, self._next_visit(published, now), id_),
        )

    def unchanged(self, id_: str, validators: tuple[str | None, str | None] | None, now: float) -> None:
        """Note that a revisit found the article as it was; ``validators`` are new ones, None keeps the old."""
        row = self.db.execute("SELECT published FROM articles WHERE id = ?", (id_,)).fetchone()
        due = self._next_visit(row[0] if row else None, now)
        self.db.execute(
            "UPDATE articles SET state = 'done', attempts = 0, error = NULL, due = ? WHERE id = ?", (due, id_)
        )
        if validators is not None:
            self.db.execute("UPDATE articles SET etag = ?, last_modified = ? WHERE id = ?", (*validators, id_))

    def failed(self, id_: str, error: str, now: float, pause: float | None = None) -> None:
        """Note a failure: the article is asked for again after a pause that grows, or the one that was asked for."""
        row = self.db.execute("SELECT attempts FROM articles WHERE id = ?", (id_,)).fetchone()
        attempts = (row[0] if row else 0) + 1
        due = now + min(max(pause or 0.0, HOUR * 2 ** min(attempts - 1, 10)), LONGEST_PAUSE)
        self.db.execute(
            "UPDATE articles SET state = CASE WHEN revision THEN state ELSE 'failed' END, attempts = ?, error = ?,"
            " due = ? WHERE id = ?",
            (attempts, error, due, id_),
        )

    def doubted(self, id_: str) -> None:
        """Note that what was exported of an article may be another page's text: it is asked for again, and whole."""
        self.db.execute("UPDATE articles SET due = 0, etag = NULL, last_modified = NULL WHERE id = ?", (id_,))

    def set_back(self, seconds: float, now: float) -> None:
        """Let what is due come as soon as it would have, had the clock not been set back by these seconds.

        What is no further away than its pause, after that many failures or for a revisit, keeps its time.
        """
        furthest = max(self.revisit_after, default=0.0)
        self.db.execute(
            "UPDATE articles SET due = max(?1, due - ?2) WHERE due > ?1 +"
            f" CASE WHEN attempts > 0 THEN min({HOUR} * (1 << min(attempts - 1, 10)), {LONGEST_PAUSE}) ELSE ?3 END",
            (now, seconds, furthest),
        )

    def gone(self, id_: str, error: str) -> None:
        """Note that the outlet took the article away; it is not asked for again."""
        self.db.execute("UPDATE articles SET state = 'gone', due = NULL, error = ? WHERE id = ?", (error, id_))

    def refused(self, id_: str, error: str) -> None:
        """Note that this project refused the article for good, such as a copy where copies are dropped."""
        self.db.execute("UPDATE articles SET state = 'refused', due = NULL, error = ? WHERE id = ?", (error, id_))

    def _next_visit(self, published: str | None, now: float) -> float | None:
        since = _seconds(published)
        if since is None:
            return None
        since = min(since, now)  # nothing is published later than now: then the clock, or the page, is wrong
        return next((since + after for after in self.revisit_after if since + after > now), None)


def _seconds(published: str | None) -> float | None:
    """A record's time of publication as seconds since 1970; a day counts from its beginning by the outlet's clock."""
    if not published:
        return None
    moment = datetime.fromisoformat(published if "T" in published else f"{published}T00:00:00+08:00")
    return moment.timestamp()
