"""The index of duplicates: exact hashes and fingerprints of all articles, in the order in which they were first seen.

A fingerprint begins with a row of cells of two bytes, of which similar texts share many (MinHash).  Those cells make
BANDS bands of ROWS cells; texts that share a band are candidates, and only those are compared (A. Z. Broder's
sketches with the banding of J. Leskovec, A. Rajaraman, J. D. Ullman: Mining of Massive Datasets, 3.4).  Two texts
of similarity s share a band with probability 1 - (1 - s^ROWS)^BANDS: 0.94 at 0.4, 0.97 at 0.43, 0.996 at 0.5.

The bands of an article lie anywhere in their table: written one by one, each would change a page of its own.  So the
recent ones wait in memory, and go into the table by slices, in its order (a log-structured merge: P. O'Neil and others,
The Log-Structured Merge-Tree, 1996).  Invariant: the table ``merged_bands`` says up to which article each slice is in
the table ``copy_bands``; all later bands follow from the articles' fingerprints.  So a transaction that is lost, or a
killed process, loses nothing more than its articles.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

BANDS = 42
ROWS = 3
MAX_CANDIDATES_PER_BAND = 32
"""Only the earliest are compared; a band that more texts share says little."""

MERGE_EVERY = 64
"""Articles added between the merges of two slices: bands of the last 10,752, at most, wait in some 20 MB of memory."""
SLICES = BANDS << 2
"""Parts of the table of which one is written at a time, four of each place."""
SLICE_BITS = 16 * ROWS - 2
"""Bits of a band below those that number its slice."""

FIRST_SCHEMA: tuple[str, ...] = (
    """
    CREATE TABLE copies (
        seen INTEGER PRIMARY KEY,  -- order of first sight
        id TEXT NOT NULL UNIQUE,
        content_hash TEXT NOT NULL,
        fingerprint BLOB NOT NULL
    )
    """,
    "CREATE INDEX copies_by_content ON copies (content_hash)",
    """
    CREATE TABLE copy_bands (
        band INTEGER NOT NULL,  -- its number and its cells
        seen INTEGER NOT NULL REFERENCES copies,
        PRIMARY KEY (band, seen)
    ) WITHOUT ROWID
    """,
)

MERGED_SCHEMA: tuple[str, ...] = (
    """
    CREATE TABLE merged_bands (
        slice INTEGER PRIMARY KEY,
        seen INTEGER NOT NULL  -- the last article whose bands of this slice are in copy_bands
    )
    """,
    """
    INSERT INTO merged_bands
    WITH RECURSIVE slices (slice) AS (SELECT 0 UNION ALL SELECT slice + 1 FROM slices WHERE slice < 167)
    SELECT slice, (SELECT coalesce(max(seen), 0) FROM copies) FROM slices
    """,
)

SCHEMA = (*FIRST_SCHEMA, *MERGED_SCHEMA)


class Original(NamedTuple):
    """The earliest article with a story."""

    id: str
    similarity: float
    """From 0 to 1; 1 where the content is equal."""


class DuplicateIndex:
    """The ledger's index of duplicates. Everything happens inside the ledger's open transaction.

    There is one at a time. After a rollback it may miss copies: a new one is needed, as for a ledger that is opened.
    """

    def __init__(self, db: sqlite3.Connection, story_similarity: Callable[[bytes, bytes], float | None]) -> None:
        """``story_similarity`` compares two fingerprints; None says that their texts tell two stories."""
        self.db = db
        self.story_similarity = story_similarity

    @cached_property
    def _bands(self) -> _BandTable:
        """Read when a story comes, which many runs have none of; before it is added, since what it holds is read."""
        return _BandTable(self.db)

    def find_original(self, content_hash: str, fingerprint: bytes, own_id: str) -> Original | None:
        """Return the earliest article with this story; None if there is none.

        An article that is in the index already is compared only with what was seen before it, so that an article which
        changes is no copy of its copies. The similarity of equal content is 1.0.
        """
        own = self.db.execute("SELECT seen FROM copies WHERE id = ?", (own_id,)).fetchone()
        before = own[0] if own else 1 << 62
        for seen in sorted(self._candidates(content_hash, fingerprint, before)):
            row = self.db.execute("SELECT id, content_hash, fingerprint FROM copies WHERE seen = ?", (seen,)).fetchone()
            if row is None:  # it was rolled back
                continue
            id_, its_hash, its_fingerprint = row
            likeness = 1.0 if its_hash == content_hash else self.story_similarity(fingerprint, its_fingerprint)
            if likeness is not None:
                return Original(id_, likeness)
        return None

    def add(self, id_: str, content_hash: str, fingerprint: bytes) -> None:
        """Add an article; one that is known keeps its place in the order and gets its new content."""
        table = self._bands
        known = self.db.execute("SELECT seen, fingerprint FROM copies WHERE id = ?", (id_,)).fetchone()
        if known:
            seen, old = known
            self.db.execute("UPDATE copies SET content_hash = ? WHERE seen = ?", (content_hash, seen))
            if old == fingerprint:
                return
            self.db.execute("UPDATE copies SET fingerprint = ? WHERE seen = ?", (fingerprint, seen))
            table.remove(seen, old)
        else:
            seen = self.db.execute(
                "INSERT INTO copies (id, content_hash, fingerprint) VALUES (?, ?, ?)", (id_, content_hash, fingerprint)
            ).lastrowid
        table.add(seen, fingerprint)
        if not known and seen % MERGE_EVERY == 0:
            table.merge(seen // MERGE_EVERY % SLICES, seen)

    def _candidates(self, content_hash: str, fingerprint: bytes, before: int) -> set[int]:
        """Return when the first article of equal content was seen, and the first ones that share a band."""
        equal = self.db.execute(
            "SELECT seen FROM copies WHERE content_hash = ? AND seen < ? ORDER BY seen LIMIT 1", (content_hash, before)
        ).fetchall()
        return {seen for (seen,) in equal} | self._bands.first_sharing(fingerprint, before)


class _BandTable:
    """The bands of all articles: those of the last ones wait in memory, the others are in ``copy_bands``."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self._merged: dict[int, int] = dict(db.execute("SELECT slice, seen FROM merged_bands").fetchall())
        self._recent: list[dict[int, Sequence[int]]] = [{} for _ in range(SLICES)]
        """By slice and band: when the articles were seen whose bands are not in the table yet, in rising order."""
        oldest = min(self._merged.values())
        for seen, fingerprint in db.execute("SELECT seen, fingerprint FROM copies WHERE seen > ?", (oldest,)):
            self._note(seen, fingerprint)

    def add(self, seen: int, fingerprint: bytes) -> None:
        """Add an article's bands, each where its slice says that it belongs."""
        self._insert(self._note(seen, fingerprint))

    def remove(self, seen: int, fingerprint: bytes) -> None:
        """Remove an article's bands."""
        rows = [(band, seen) for band in bands(fingerprint)]
        for band, _ in rows:
            recent = self._recent[band >> SLICE_BITS]
            recent[band] = [other for other in recent.get(band, ()) if other != seen]
        self.db.executemany("DELETE FROM copy_bands WHERE band = ? AND seen = ?", rows)

    def merge(self, number: int, seen: int) -> None:
        """Write the recent bands of a slice into the table, in its order; ``seen`` is the last article."""
        recent, self._recent[number] = self._recent[number], {}
        self._insert(sorted((band, each) for band, those in recent.items() for each in those))
        self._merged[number] = seen
        self.db.execute("UPDATE merged_bands SET seen = ? WHERE slice = ?", (seen, number))

    def first_sharing(self, fingerprint: bytes, before: int) -> set[int]:
        """Return when the first articles were seen that share a band, of each band and before an article."""
        sharing: dict[int, list[int]] = {band: [] for band in bands(fingerprint)}
        if sharing:
            values = [value for band in sharing for value in (band, before)]
            for band, seen in self.db.execute(" UNION ALL ".join([_OF_A_BAND] * len(sharing)), values):
                sharing[band].append(seen)
        first: set[int] = set()
        for band, those in sharing.items():
            if recent := self._recent[band >> SLICE_BITS].get(band):
                those += recent[: min(bisect_left(recent, before), MAX_CANDIDATES_PER_BAND)]
            first.update(those[:MAX_CANDIDATES_PER_BAND])
        return first

    def _note(self, seen: int, fingerprint: bytes) -> list[tuple[int, int]]:
        """Keep an article's bands until their slices are merged; return the rows of those that are due in the table."""
        only = (seen,)  # the same for all of them, for the memory; a band that many share is a list, for the time
        rows = []
        for band in bands(fingerprint):
            if seen <= self._merged[band >> SLICE_BITS]:
                rows.append((band, seen))
            else:
                recent = self._recent[band >> SLICE_BITS]
                those = recent.get(band)
                if isinstance(those, list):
                    insort(those, seen)
                else:
                    recent[band] = sorted((*those, seen)) if those else only
        return rows

    def _insert(self, rows: Iterable[tuple[int, int]]) -> None:
        self.db.executemany("INSERT OR IGNORE INTO copy_bands (band, seen) VALUES (?, ?)", rows)


_OF_A_BAND = (
    "SELECT * FROM (SELECT band, seen FROM copy_bands WHERE band = ? AND seen < ? ORDER BY seen"
    f" LIMIT {MAX_CANDIDATES_PER_BAND})"
)


def bands(fingerprint: bytes) -> Iterator[int]:
    """Yield the bands of a fingerprint, each as one number: its own number above its cells; skip blank ones.

    An article that was added by an earlier version has its first twenty alone, until it is added again.
    """
    width = 2 * ROWS
    for number in range(BANDS if fingerprint else 0):
        cells = fingerprint[number * width : (number + 1) * width]
        if cells != b"\xff" * width:
            yield number << 8 * width | int.from_bytes(cells, "big")
