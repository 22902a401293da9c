"""Where archived pages go: WARC files of one folder, filled one after the other under the ledger's commit protocol."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from tibetnews.archive import Exchange, Original, capture_members, info_member, payload_digest
from tibetnews.ledger.archive_index import Captures, Payload
from tibetnews.ledger.committed_files import Feed, committed_length
from tibetnews.ledger_session import Memory

SUFFIX = ".warc.gz"


class ArchiveFiles:
    """The archive of one run.

    longest: bytes from which on a file is closed and the next one begun. about: what the warcinfo records say.
    A file of an earlier run is gone on with where the ledger vouches for all its bytes; what a killed run wrote
    and did not commit was cut when the ledger was opened. Behind other bytes, torn ones perhaps, nothing is ever
    written: without a ledger each run begins a file of its own.
    """

    def __init__(self, memory: Memory, folder: Path, longest: int, about: Mapping[str, str]) -> None:
        self.memory = memory
        self.folder = folder
        self.longest = longest
        self.about = about
        self.captures = Captures(memory.ledger.db)
        self.names = {path.name for path in _files(folder)}
        self._feed: Feed | None = None
        self._info = ""

    def make_ready(self, at: str) -> None:
        """Open the file that is to be written to, in place of one that is full; ``at``: the time, as WARC-Date has it.

        This commits, so that it must not come between a record's line and its pages.
        """
        if self._feed is not None and self._feed.tell() >= self.longest:
            self.close()
        if self._feed is None and self.memory.ledger.failure is None:
            try:
                self._feed = self._open(at)
            except OSError as error:
                self.memory.ledger.failure = self.memory.ledger.failure or error
                self.memory.commit()  # which ends the run

    def add(self, exchange: Exchange) -> str:
        """Append one response with its request to the file that is ready; they count with the ledger's next commit.

        A payload that lies in a file of this folder is not kept again but referred to, that of an unchanged page
        (304) too. Gives the type of the record.
        """
        feed = self._feed
        if feed is None or self.memory.ledger.failure:
            return "lost"  # the run is about to end, and its files will be cut
        digest = payload_digest(exchange.body)
        original = self._original(exchange, digest)
        feed.write(capture_members(exchange, self._info, digest, original))
        if exchange.status == 200 and exchange.body:
            if original is None:
                self.captures.add(Payload(digest, feed.path.name, exchange.url, exchange.at))
            self.captures.gave(exchange.url, digest)
        return "revisit" if exchange.status == 304 or original else "response"

    def close(self) -> None:
        """Commit what was written and end the file."""
        if self._feed is not None:
            self.memory.commit()
            self._feed.close()
            self._feed = None

    def _original(self, exchange: Exchange, digest: str) -> Original | None:
        if exchange.status == 304:
            found = self.captures.last(exchange.url)
        elif exchange.status == 200 and exchange.body:
            found = self.captures.payload(digest)
        else:
            return None
        return Original(found.digest, found.url, found.at) if found and found.file in self.names else None

    def _open(self, at: str) -> Feed:
        path = self._unfinished() or self._new(at)
        self.names.add(path.name)
        feed = Feed(self.memory.ledger, path)
        member, self._info = info_member(path.name, at, self.about)
        feed.write(member)
        return feed

    def _unfinished(self) -> Path | None:
        """The newest file, where there is room in it and the ledger vouches for all its bytes."""
        newest = max(_files(self.folder), default=None)
        if newest is None:
            return None
        size = newest.stat().st_size
        return newest if size < self.longest and size == committed_length(self.memory.ledger.db, newest) else None

    def _new(self, at: str) -> Path:
        """A new empty file; nobody else's file is ever taken.

        Names sort in the order of the captures, by a number, since a clock may be set back.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        stamp = "".join(char for char in at[:19] if char.isdigit())
        numbers = (path.name.split("-")[1] for path in _files(self.folder))
        number = max((int(number) for number in numbers if number.isdigit()), default=0)
        while True:
            number += 1
            path = self.folder / f"tibetnews-{number:06}-{stamp}{SUFFIX}"
            with contextlib.suppress(FileExistsError), path.open("xb"):
                return path


def _files(folder: Path) -> list[Path]:
    """Ours among a folder's files."""
    return list(folder.glob(f"tibetnews-*{SUFFIX}"))
