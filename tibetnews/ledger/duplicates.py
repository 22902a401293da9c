"""The index of duplicates: exact hashes and fingerprints of all articles, in the order in which they were first seen.

A fingerprint begins with a row of cells of two bytes, of which similar texts share many (MinHash).  Those cells make
BANDS bands of ROWS cells; texts that share a band are candidates, and only those are compared (A. Z. Broder's
sketches with the banding of J. Leskovec, A. Rajaraman, J. D. Ullman: Mining of Massive Datasets, 3.4).  Two texts
of similarity s share a band with probability 1 - (1 - s^ROWS)^BANDS: 0.94 at 0.4, 0.97 at 0.43, 0.996 at 0.5.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import NamedTuple

BANDS = 42
ROWS = 3
MAX_CANDIDATES_PER_BAND = 32
"""Only the earliest are compared; a band that more texts share says little."""

SCHEMA: tuple[str, ...] = (
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


class Original(NamedTuple):
    """The earliest article with a story."""

    id: str
    similarity: float
    """From 0 to 1; 1 where the content is equal."""


class DuplicateIndex:
    """The ledger's index of duplicates. Everything happens inside the ledger's open transaction."""

    def __init__(self, db: sqlite3.Connection, story_similarity: Callable[[bytes, bytes], float | None]) -> None:
        """``story_similarity`` compares two fingerprints; None says that their texts tell two stories."""
        self.db = db
        self.story_similarity = story_similarity

    def find_original(self, content_hash: str, fingerprint: bytes, own_id: str) -> Original | None:
        """Return the earliest article with this story; None if there is none.

        An article that is in the index already is compared only with what was seen before it, so that an article which
        changes is no copy of its copies. The similarity of equal content is 1.0.
        """
        own = self.db.execute("SELECT seen FROM copies WHERE id = ?", (own_id,)).fetchone()
        before = own[0] if own else 1 << 62
        for seen in sorted(self._candidates(content_hash, fingerprint, before)):
            id_, its_hash, its_fingerprint = self.db.execute(
                "SELECT id, content_hash, fingerprint FROM copies WHERE seen = ?", (seen,)
            ).fetchone()
            likeness = 1.0 if its_hash == content_hash else self.story_similarity(fingerprint, its_fingerprint)
            if likeness is not None:
                return Original(id_, likeness)
        return None

    def add(self, id_: str, content_hash: str, fingerprint: bytes) -> None:
        """Add an article; one that is known keeps its place in the order and gets its new content."""
        known = self.db.execute("SELECT seen, fingerprint FROM copies WHERE id = ?", (id_,)).fetchone()
        if known:
            seen, old = known
            self.db.execute("UPDATE copies SET content_hash = ? WHERE seen = ?", (content_hash, seen))
            if old == fingerprint:
                return
            self.db.execute("UPDATE copies SET fingerprint = ? WHERE seen = ?", (fingerprint, seen))
            self.db.executemany(
                "DELETE FROM copy_bands WHERE band = ? AND seen = ?", [(band, seen) for band in bands(old)]
            )
        else:
            seen = self.db.execute(
                "INSERT INTO copies (id, content_hash, fingerprint) VALUES (?, ?, ?)", (id_, content_hash, fingerprint)
            ).lastrowid
        self.db.executemany(
            "INSERT INTO copy_bands (band, seen) VALUES (?, ?)", [(band, seen) for band in bands(fingerprint)]
        )

    def _candidates(self, content_hash: str, fingerprint: bytes, before: int) -> set[int]:
        """Return when the first article of equal content was seen, and the first ones that share a band."""
        rows = self.db.execute(
            "SELECT seen FROM copies WHERE content_hash = ? AND seen < ? ORDER BY seen LIMIT 1", (content_hash, before)
        ).fetchall()
        values = [value for band in bands(fingerprint) for value in (band, before)]
        if values:
            rows += self.db.execute(" UNION ALL ".join([_OF_A_BAND] * (len(values) // 2)), values)
        return {seen for (seen,) in rows}


_OF_A_BAND = (
    "SELECT * FROM (SELECT seen FROM copy_bands WHERE band = ? AND seen < ? ORDER BY seen"
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
