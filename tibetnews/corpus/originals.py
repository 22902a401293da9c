"""Tells which of the merged articles tell the story of an earlier one."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from tibetnews.corpus.json_lines import dumps, read_members
from tibetnews.ledger.duplicates import SCHEMA, DuplicateIndex
from tibetnews.text import content_hash, fingerprint, story_similarity


class MarkedLine(NamedTuple):
    """An article's line after its original was looked for."""

    line: bytes
    is_dangling: bool
    """Whether its ``duplicate_of`` names an article that is not among the merged ones."""


class Originals:
    """Makes ``duplicate_of`` and ``similarity`` anew, since each machine knew its own articles alone.

    Memory stays constant; the index is a file without a name, which is gone with the process.
    """

    def __init__(self, folder: Path | None = None) -> None:
        handle, name = tempfile.mkstemp(prefix="merge-", dir=folder)
        self._path = Path(name)
        with ExitStack() as on_error:
            on_error.callback(self._remove_name)
            os.close(handle)
            self._db = sqlite3.connect(self._path, isolation_level=None)
            on_error.callback(self._db.close)
            self._db.execute("PRAGMA journal_mode = OFF")
            self._db.execute("PRAGMA synchronous = OFF")
            for statement in ("CREATE TABLE merged (id TEXT PRIMARY KEY) WITHOUT ROWID", *SCHEMA):
                self._db.execute(statement)
            on_error.pop_all()
        self._remove_name()
        self._db.execute("BEGIN")
        self._index = DuplicateIndex(self._db, story_similarity)

    def close(self) -> None:
        """Remove the index."""
        self._db.close()
        self._remove_name()

    def _remove_name(self) -> None:
        with suppress(OSError):  # it is tried again in the end
            self._path.unlink(missing_ok=True)

    def expect(self, id_: str) -> None:
        """Note that an article is among those that will be marked."""
        self._db.execute("INSERT INTO merged VALUES (?)", (id_,))

    def mark(self, line: bytes) -> MarkedLine:
        """Return an article's line with its original among the articles that were marked before.

        A line stays as it is, byte for byte, where nothing changes; so does a mark whose original is not among the
        merged articles, unless one of these tells the story too.
        """
        text = line.decode()
        members, _ = read_members(text)
        id_, old, title, story = (members[name].value for name in ("id", "duplicate_of", "title", "text"))
        digest, sketch = content_hash(title, story), fingerprint(story)
        original = self._index.find_original(digest, sketch, id_)
        self._index.add(id_, digest, sketch)
        new = original.id if original else None
        is_dangling = new is None and old is not None and not self._is_merged(old)
        if new == old or is_dangling:
            return MarkedLine(line, is_dangling)
        values = {"duplicate_of": new, "similarity": round(original.similarity, 3) if original else None}
        for name, member in sorted(members.items(), key=lambda item: -item[1].start):
            if name in values:
                text = text[: member.start] + dumps(values[name]) + text[member.end :]
        return MarkedLine(text.encode(), is_dangling=False)

    def _is_merged(self, id_: str) -> bool:
        return self._db.execute("SELECT 1 FROM merged WHERE id = ?", (id_,)).fetchone() is not None
