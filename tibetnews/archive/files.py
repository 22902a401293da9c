"""Writes the archive: WARC files of one folder, filled one after the other under the ledger's commit protocol."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from tibetnews.archive.writing import (
    Conversion,
    Exchange,
    capture_members,
    conversion_member,
    info_member,
    payload_digest,
)
from tibetnews.durability import make_folder
from tibetnews.ledger.archive_index import ArchiveIndex, Payload
from tibetnews.ledger.committed_files import CommittedFile, committed_length
from tibetnews.ledger.errors import LedgerError
from tibetnews.ledger.session import LedgerSession

_SUFFIX = ".warc.gz"


class ArchiveFiles:
    """The archive that one run writes.

    The newest file is appended to only if the ledger has committed its full length; otherwise a new file is started,
    so that nothing ever follows a torn write. Without STATE_DIR each run starts a file.
    """

    def __init__(self, session: LedgerSession, folder: Path, max_bytes: int, about: Mapping[str, str]) -> None:
        """Prepare the archive; nothing is written yet.

        A file that has reached ``max_bytes`` is closed and the next one is started. ``about``: the fields of the
        warcinfo records.
        """
        self.session = session
        self.folder = folder
        self.max_bytes = max_bytes
        self.about = about
        self.index = ArchiveIndex(session.ledger.db)
        self.names = {path.name for path in own_files(folder)}
        self._file: CommittedFile | None = None
        self._info = ""

    def make_ready(self, date: str) -> None:
        """Open the file to write to, in place of one that is full; ``date``: the time, as WARC-Date has it.

        This commits, so it must not come between a record's line and its pages.
        """
        if self._file is not None and self._file.tell() >= self.max_bytes:
            self.close()
        if self._file is None and self.session.failure is None:
            try:
                self._file = self._open(date)
            except (OSError, LedgerError) as error:
                self.session.fail(error)  # which ends the run

    def add(self, exchange: Exchange | Conversion) -> str:
        """Append a response with its request, or a rendered page, to the file that is ready.

        They count with the ledger's next commit.

        A payload that a file of this folder holds already is referred to and not stored again; so is that of a page
        which has not changed (304).

        Returns:
            The type of the record, "response", "revisit" or "conversion"; "lost" once a file could not be written.
        """
        file = self._file
        if file is None or self.session.failure:
            return "lost"  # the run is about to end, and its files will be cut
        if isinstance(exchange, Conversion):
            file.write(conversion_member(exchange, self._info))
            return "conversion"
        digest = payload_digest(exchange.body)
        original = self._original(exchange, digest)
        file.write(capture_members(exchange, self._info, digest, original))
        if exchange.status == 200 and exchange.body:
            if original is None:
                self.index.add(Payload(digest, file.path.name, exchange.url, exchange.at))
            self.index.record_last_payload(exchange.url, digest)
        return "revisit" if exchange.status == 304 or original else "response"

    def close(self) -> None:
        """Commit what was written and end the file."""
        if self._file is not None:
            self.session.commit()
            self._file.close()
            self._file = None

    def _original(self, exchange: Exchange, digest: str) -> Payload | None:
        if exchange.status == 304:
            payload = self.index.last_payload(exchange.url)
        elif exchange.status == 200 and exchange.body:
            payload = self.index.payload(digest)
        else:
            return None
        return payload if payload and payload.file in self.names else None

    def _open(self, date: str) -> CommittedFile:
        path = self._unfinished() or self._new(date)
        self.names.add(path.name)
        file = CommittedFile(self.session.ledger, path, holds_lines=False)
        member, self._info = info_member(path.name, date, self.about)
        file.write(member)
        return file

    def _unfinished(self) -> Path | None:
        """Return the newest file, if it is not full and the ledger has committed its full length."""
        newest = max(own_files(self.folder), default=None)
        if newest is None:
            return None
        size = newest.stat().st_size
        return newest if size < self.max_bytes and size == committed_length(self.session.ledger, newest) else None

    def _new(self, date: str) -> Path:
        """Create an empty file; a file that exists is never taken.

        Names sort in the order of the captures by a number, since the clock may be set back.
        """
        make_folder(self.folder)
        stamp = "".join(char for char in date[:19] if char.isdigit())
        numbers = (path.name.split("-")[1] for path in own_files(self.folder))
        number = max((int(number) for number in numbers if number.isdigit()), default=0)
        while True:
            number += 1
            path = self.folder / f"tibetnews-{number:06}-{stamp}{_SUFFIX}"
            with contextlib.suppress(FileExistsError), path.open("xb"):
                return path


def own_files(folder: Path) -> list[Path]:
    """Return the files of a folder that this program has named."""
    return list(folder.glob(f"tibetnews-*{_SUFFIX}"))
