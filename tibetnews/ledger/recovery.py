"""Compares the exports with what the ledger has committed, and puts right what a killed run or a person left.

Bytes after the committed length are cut only where they are proved to be those of the run that was killed: by how far
it meant to write, or after a power loss by their lines, which must be of articles that wait for their export. All else
is left alone, and the user is asked.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tibetnews.ledger.certificate import FILE_NAME
from tibetnews.ledger.database import Ledger, path_of
from tibetnews.ledger.errors import LedgerError, LedgerWriteError
from tibetnews.ledger.line_files import count_lines, holds_lines, lines_after, mend_last_line
from tibetnews.ledger.write_intents import last_intents
from tibetnews.ledger.writers import writers
from tibetnews.wording import counted


class UnknownLinesError(LedgerError):
    """An export holds lines that the ledger does not know; the message says which and what to do."""

    def __init__(self, path: Path, offset: int, ids: Sequence[str | None]) -> None:
        self.path, self.offset, self.ids = path, offset, ids
        first = f" (the first of {ids[0]})" if ids and ids[0] else ""
        what = counted(len(ids), "line") if ids else "what stands"
        rebuild = "`tibetnews ledger rebuild` makes them known; " if ids else ""
        super().__init__(
            f"{path}: {what} after byte {offset:,} {'are' if len(ids) > 1 else 'is'} not in the"
            f" ledger{first}: another run or an editor wrote there, or the ledger is older."
            f" {rebuild}`tibetnews ledger cut --yes` cuts {'them' if ids else 'it'} off"
        )


@dataclass(frozen=True, slots=True)
class RecoveredFile:
    """A file that recovery cut, or found other than it was committed."""

    path: Path
    bytes_cut: int
    detail: str = "bytes that a killed run had not committed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A file as the ledger has committed it, and as it is."""

    name: str
    path: Path
    offset: int
    """Bytes that are committed."""
    lines: int | None
    """Lines among them; None for an archive, or where they were not counted."""
    is_open: bool
    """Whether the last run that wrote to it was killed, or failed."""
    size: int | None
    """Bytes that it has; None where there is no such file."""
    is_touched: bool
    """Whether it was written to after the ledger was: its lines may be others, though they are as many bytes."""

    @property
    def is_changed(self) -> bool:
        """Whether somebody else than a killed run may have written to it."""
        return not self.is_open and self.offset > 0 and (self.size != self.offset or self.is_touched)

    @property
    def is_cut_archive(self) -> bool:
        """Whether committed bytes of an archive are gone."""
        return self.lines is None and self.size is not None and self.size < self.offset


def feeds(ledger: Ledger) -> list[Feed]:
    """Return the files that the ledger has committed."""
    found = []
    written = (ledger.folder / FILE_NAME).stat().st_mtime_ns if ledger.folder else 0
    for name, offset, is_open, lines in ledger.db.execute("SELECT path, offset, open, lines FROM feeds").fetchall():
        path = path_of(ledger.folder, name)
        status = path.stat() if path.is_file() else None
        found.append(
            Feed(
                name=name,
                path=path,
                offset=offset,
                lines=lines,
                is_open=bool(is_open),
                size=status.st_size if status else None,
                is_touched=status is not None and status.st_mtime_ns > written,
            )
        )
    return found


def changed_feeds(ledger: Ledger, exports: Sequence[Path] = ()) -> list[Feed]:
    """Return the files that are not as they were committed. Nothing is changed.

    Args:
        ledger: Open.
        exports: Files of lines that the ledger should know.

    Raises:
        UnknownLinesError: A file holds lines that the ledger does not know, so that they would be written again.
        LedgerError: An export is something else now.
    """
    known = feeds(ledger)
    for feed in known:
        if feed.lines is not None and feed.is_changed and feed.path.exists():
            _refuse_other_forms(feed.path)
    for error in unknown_parts(ledger, known, exports):
        raise error
    return [
        feed
        for feed in known
        if feed.is_open or feed.is_changed or feed.size != feed.offset or feed.name != ledger.name_of(feed.path)
    ]


def unknown_parts(ledger: Ledger, known: Sequence[Feed], exports: Sequence[Path]) -> Iterator[UnknownLinesError]:
    """Yield for each file whose end the ledger does not know what a run says of it: it is neither cut nor kept."""
    intents = last_intents(ledger.folder) if ledger.folder else {}
    for feed in known:
        if feed.size is None or feed.size <= feed.offset:
            continue
        if not feed.is_open:
            if unknown := unknown_lines(ledger, feed.path, feed.offset):
                yield UnknownLinesError(feed.path, feed.offset, unknown)
        elif not _is_own(ledger, feed, intents):
            yield UnknownLinesError(feed.path, feed.offset, [line.id for line in lines_after(feed.path, feed.offset)])
    if ledger.db.execute("SELECT EXISTS (SELECT 1 FROM runs)").fetchone()[0]:  # a new ledger knows nothing
        paths = {feed.path for feed in known}
        for path in exports:
            if path.absolute() not in paths and (unknown := unknown_lines(ledger, path, 0)):
                yield UnknownLinesError(path, 0, unknown)


def recover(ledger: Ledger, found: Sequence[Feed]) -> tuple[RecoveredFile, ...]:
    """Cut what killed runs had not committed, mend torn lines, and note how long the files are now.

    Args:
        ledger: Open; its transaction takes the changes up.
        found: What ``changed_feeds`` has returned.

    Returns:
        What was found, in words for the user.

    Raises:
        LedgerWriteError: A file cannot be cut.
    """
    recovered: list[RecoveredFile] = []
    for feed in found:
        try:
            recovered += _recovered(feed)
            _note(ledger, feed)
        except OSError as error:
            if isinstance(error, LedgerError):
                raise
            detail = f"{feed.path} cannot be cut back to what the last run committed: {error.strerror}"
            raise LedgerWriteError(detail) from error
    return tuple(recovered)


def cut(path: Path, offset: int) -> int:
    """Cut a file back, durably; return how many bytes it has lost. Raises OSError."""
    with path.open("r+b") as file:
        surplus = file.seek(0, os.SEEK_END) - offset
        file.truncate(offset)
        os.fsync(file.fileno())
    return surplus


def _recovered(feed: Feed) -> list[RecoveredFile]:
    """Put one file right; return what was done."""
    if feed.size is None:
        lines = f" with its {counted(feed.lines, 'line')}" if feed.lines else ""
        remedy = _REMEDY if feed.lines else _OF_ARCHIVES
        return [RecoveredFile(feed.path, 0, f"the file is gone{lines}; {remedy}")] if feed.offset else []
    recovered = []
    if feed.size > feed.offset and feed.is_open:
        recovered.append(RecoveredFile(feed.path, cut(feed.path, feed.offset)))
    elif feed.is_cut_archive:
        detail = (
            f"{feed.offset - feed.size:,} of its {feed.offset:,} bytes are gone; what they held is not fetched again"
        )
        recovered.append(RecoveredFile(feed.path, 0, f"{detail} for it"))
    elif feed.lines is not None and (feed.size != feed.offset or feed.is_changed):
        mended = mend_last_line(feed.path)
        gone = feed.lines - sum(1 for _ in lines_after(feed.path, 0))
        if gone > 0:
            torn, verb = f" ({mended})" if mended else "", "is" if gone == 1 else "are"
            recovered.append(
                RecoveredFile(
                    feed.path, 0, f"{gone:,} of its {counted(feed.lines, 'line')} {verb} gone{torn}; {_REMEDY}"
                )
            )
        elif mended:
            recovered.append(RecoveredFile(feed.path, 0, mended))
    if feed.path.is_file() and not feed.path.stat().st_size:
        feed.path.unlink()
    return recovered


_OF_ARCHIVES = "what it held is not fetched again for it"
_REMEDY = "they are not fetched again, unless `tibetnews ledger rebuild` makes a ledger from what is there"


def _note(ledger: Ledger, feed: Feed) -> None:
    """Note what is committed now: the file as it is."""
    ledger.db.execute("DELETE FROM feeds WHERE path = ?", (feed.name,))
    if feed.is_cut_archive:  # it is neither continued, behind a torn record, nor referred to
        ledger.db.execute("DELETE FROM payloads WHERE file = ?", (feed.path.name,))
    elif feed.path.is_file():
        size = feed.path.stat().st_size
        lines = feed.lines if size == feed.offset or feed.lines is None else count_lines(feed.path)
        offset = size if feed.lines is not None else min(size, feed.offset)  # an archive is not continued past it
        row = (ledger.name_of(feed.path), offset, lines)
        ledger.db.execute("INSERT OR REPLACE INTO feeds (path, offset, lines, open) VALUES (?, ?, ?, 0)", row)


def _is_own(ledger: Ledger, feed: Feed, intents: dict[str, int]) -> bool:
    """Return whether what follows the committed bytes was written by the run that was killed, and by nobody else."""
    if feed.name in intents:
        return (feed.size or 0) <= intents[feed.name]
    if feed.lines is None:
        return True
    seen: set[str] = set()
    for line in lines_after(feed.path, feed.offset):
        exported = _exported_revision(ledger, line.id)
        if line.id is None or line.id in seen or exported is None or exported >= line.revision:
            return False
        seen.add(line.id)
    return True


def unknown_lines(ledger: Ledger, path: Path, offset: int) -> list[str]:
    """Return the ids of a file's lines after a byte that are not in the ledger; none if another ledger writes there."""
    if writers(path) - {ledger.identity}:
        return []  # each of them knows its own
    return [
        line.id
        for line in lines_after(path, offset)
        if line.id is not None and (_exported_revision(ledger, line.id) or 0) < line.revision
    ]


def _refuse_other_forms(path: Path) -> None:
    """Raise LedgerError if a file was made something else than an export, which would be cut and appended to."""
    try:
        if path.is_file() and holds_lines(path):
            return
    except OSError as error:
        raise LedgerWriteError(f"{path} cannot be read: {error.strerror}") from error
    raise LedgerError(f"{path} holds no lines of JSON any more, or is packed; give it another name, or restore it")


def _exported_revision(ledger: Ledger, id_: str | None) -> int | None:
    """Return the revision that the ledger says was exported, 0 for none; None for an article that it does not know."""
    row = ledger.db.execute("SELECT revision FROM articles WHERE id = ?", (id_,)).fetchone()
    return row[0] if row else None
