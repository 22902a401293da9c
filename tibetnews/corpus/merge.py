"""Merges exports of several machines or dates: the newest revision of each article, by time of publication."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, fields
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from tibetnews.corpus.entries import Entry, Reject
from tibetnews.corpus.external_sort import RUN, Sorter
from tibetnews.corpus.json_lines import Member, read_members
from tibetnews.corpus.originals import Originals
from tibetnews.corpus.worker import line_of
from tibetnews.errors import UnreadableError
from tibetnews.items import Article

FOREIGN = 100
"""So many keys of other versions are kept apart."""

_KNOWN = frozenset(each.name for each in fields(Article))
_SHAPES = {
    "id": re.compile(r'"[^"\\]+"'),
    "revision": re.compile(r"[1-9]\d{0,8}"),
    "published_at": re.compile(r'null|"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\+08:00)?"'),
    "fetched_at": re.compile(r'null|"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"'),
    "duplicate_of": re.compile(r'null|"[^"\\]+"'),
    "title": re.compile(r'"(?:.*)"', re.DOTALL),
    "text": re.compile(r'"(?:.*)"', re.DOTALL),
}
"""The JSON of what a record is merged by; for each the schema's own form, so that all sort as their text does."""


class SortKey(NamedTuple):
    """What a record is merged by; missing times are ""."""

    id: str
    revision: int
    fetched_at: str
    published_at: str


@dataclass(slots=True)
class MergeStats:
    """What a merge met.

    read: records; written: those in the output; older: revisions that a newer one replaced; refetched: records of one
    revision of which another was fetched later; remarked: those whose ``duplicate_of`` is another one now; dangling:
    copies in the output whose ``duplicate_of`` names an article that is not; foreign: lines with keys that this
    version's records do not have, by key.
    """

    read: int = 0
    written: int = 0
    older: int = 0
    refetched: int = 0
    remarked: int = 0
    dangling: int = 0
    foreign: Counter[str] = field(default_factory=Counter)


class Merge:
    """A merge: :meth:`add` every entry, then take the :meth:`lines` once. ``stats`` is complete behind the last one.

    Memory stays constant, at some four times ``run`` bytes; the records are kept in files in ``folder`` meanwhile.
    """

    def __init__(self, folder: Path | None = None, run: int = RUN) -> None:
        self.stats = MergeStats()
        self._by_id = Sorter(folder, run)
        self._by_time = Sorter(folder, run)
        self._folder = folder

    def add(self, entry: Entry) -> None:
        """Add a line of an export. Raises UnreadableError where it is no record."""
        line = line_of(entry)
        members = read_members(line, is_strict=True).by_key
        key, foreign = read_key(line, members), members.keys() - _KNOWN
        self.stats.read += 1
        counted = self.stats.foreign
        counted.update(key for key in foreign if key in counted or len(counted) < FOREIGN)
        self._by_id.add(key[:3], (key, entry.data), len(entry.data))

    def lines(self) -> Iterator[bytes]:
        """Yield the newest revision of each article, by time of publication, then by id.

        Articles without a time come last. Of one revision the record that was fetched later wins, of equal times the
        one that came later. A line is byte for byte as it came, but for a ``duplicate_of`` that is made anew.
        Raises OSError where the index of the stories, or a run of the sort, cannot be written.
        """
        try:
            with closing(Originals(self._folder)) as originals:
                yield from self._marked(originals)
        except sqlite3.DatabaseError as error:  # SQLite calls it damage where a page cannot be read
            raise OSError(f"the index of the stories cannot be written: {error}") from error

    def _marked(self, originals: Originals) -> Iterator[bytes]:
        for key, line in self._newest():
            self._by_time.add((not key.published_at, key.published_at, key.id), line, len(line))
            originals.expect(key.id)
        for _, line in self._by_time:
            marked = originals.mark(line)
            self.stats.remarked += marked.line != line
            self.stats.dangling += marked.is_dangling
            self.stats.written += 1
            yield marked.line + b"\n"

    def _newest(self) -> Iterator[tuple[SortKey, bytes]]:
        for _, same in groupby(self._by_id, key=lambda item: item[0][0]):
            records = (record for _, record in same)
            last = next(records)
            for later in records:
                if last[0].revision < later[0].revision:
                    self.stats.older += 1
                else:
                    self.stats.refetched += 1
                last = later
            yield last


def read_key(line: str, members: Mapping[str, Member]) -> SortKey:
    """Return what a line with these members is merged by; raise UnreadableError if it is no record."""
    values: dict[str, Any] = {}
    for name, shape in _SHAPES.items():
        if name not in members:
            raise UnreadableError("record", f"there is no {name!r}: no record of an export, or one of another version")
        written = line[members[name].start : members[name].end]
        if not shape.fullmatch(written):
            raise UnreadableError("record", f"{name!r} is {written[:80]}, which no record of this version has")
        values[name] = members[name].value
    return SortKey(values["id"], int(values["revision"]), values["fetched_at"] or "", values["published_at"] or "")


def add_entries(read: Iterable[Entry | Reject], merge: Merge) -> Iterator[Reject]:
    """Add what was read to a merge; gives what is refused."""
    for entry in read:
        if isinstance(entry, Reject):
            yield entry
            continue
        try:
            merge.add(entry)
        except UnreadableError as error:
            yield Reject(entry.file, entry.line, *error.rejection, entry.data)
