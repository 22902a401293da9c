"""Which story came first: an index of the fingerprints of all articles, exact and near.

A fingerprint is a row of cells of two bytes, of which similar texts share many (MinHash).  Its first cells make
BANDS bands of ROWS cells; texts that share a band are candidates, and only those are compared (A. Z. Broder's
sketches with the banding of J. Leskovec, A. Rajaraman, J. D. Ullman: Mining of Massive Datasets, 3.4).  Two texts
of similarity s share a band with probability 1 - (1 - s^ROWS)^BANDS: 0.88 at 0.46, 0.99 at 0.59, 0.9995 at 0.68.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

BANDS = 20
ROWS = 3
POPULAR = 32
"""Candidates of one band that are looked at, the earliest; a band that more texts share says little."""

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


class Copies:
    """The index, in the transaction of its caller: it never commits.

    ``similarity`` gives the likeness of two fingerprints; from ``same`` on, their texts tell one story.
    """

    def __init__(
        self, connection: sqlite3.Connection, similarity: Callable[[bytes, bytes], float], same: float
    ) -> None:
        self._connection = connection
        self._similarity = similarity
        self._same = same

    def earliest(self, content_hash: str, fingerprint: bytes, but: str) -> tuple[str, float] | None:
        """The id of the first copy of this content and its similarity, 1.0 where the content is equal.

        ``but`` is the article's own id: where it is known, only what was seen before it counts, so that an
        article which changes is no copy of its copies.
        """
        own = self._connection.execute("SELECT seen FROM copies WHERE id = ?", (but,)).fetchone()
        before = own[0] if own else 1 << 62
        for seen in sorted(self._candidates(content_hash, fingerprint, before)):
            id, its_hash, its_fingerprint = self._connection.execute(
                "SELECT id, content_hash, fingerprint FROM copies WHERE seen = ?", (seen,)
            ).fetchone()
            likeness = 1.0 if its_hash == content_hash else self._similarity(fingerprint, its_fingerprint)
            if its_hash == content_hash or likeness >= self._same:
                return id, likeness
        return None

    def add(self, id: str, content_hash: str, fingerprint: bytes) -> None:
        """Make the article known; one that is known keeps its place in the order and gets its new content."""
        known = self._connection.execute("SELECT seen, fingerprint FROM copies WHERE id = ?", (id,)).fetchone()
        if known:
            seen, old = known
            self._connection.execute("UPDATE copies SET content_hash = ? WHERE seen = ?", (content_hash, seen))
            if old == fingerprint:
                return
            self._connection.execute("UPDATE copies SET fingerprint = ? WHERE seen = ?", (fingerprint, seen))
            self._connection.executemany(
                "DELETE FROM copy_bands WHERE band = ? AND seen = ?", [(band, seen) for band in bands(old)]
            )
        else:
            seen = self._connection.execute(
                "INSERT INTO copies (id, content_hash, fingerprint) VALUES (?, ?, ?)", (id, content_hash, fingerprint)
            ).lastrowid
        self._connection.executemany(
            "INSERT INTO copy_bands (band, seen) VALUES (?, ?)", [(band, seen) for band in bands(fingerprint)]
        )

    def _candidates(self, content_hash: str, fingerprint: bytes, before: int) -> set[int]:
        """Places of the first article of equal content, and of the first POPULAR ones that share each band."""
        found = self._connection.execute(
            "SELECT seen FROM copies WHERE content_hash = ? AND seen < ? ORDER BY seen LIMIT 1", (content_hash, before)
        ).fetchall()
        each = [value for band in bands(fingerprint) for value in (band, before)]
        if each:
            found += self._connection.execute(" UNION ALL ".join([_OF_A_BAND] * (len(each) // 2)), each)
        return {seen for (seen,) in found}


_OF_A_BAND = f"SELECT * FROM (SELECT seen FROM copy_bands WHERE band = ? AND seen < ? ORDER BY seen LIMIT {POPULAR})"


def bands(fingerprint: bytes) -> Iterator[int]:
    """The bands of a fingerprint, each as a number of 6 cells' bytes below its own number; blank ones are none."""
    width = 2 * ROWS
    for number in range(BANDS if fingerprint else 0):
        cells = fingerprint[number * width : (number + 1) * width]
        if cells != b"\xff" * width:
            yield number << 8 * width | int.from_bytes(cells, "big")
