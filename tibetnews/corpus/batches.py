"""Splits inputs into batches for the workers: byte ranges of plain files, blocks of lines from streams, pages, records.

Lines of a plain file are read by the process that cleans them, so that the one process that hands out work
touches none of their bytes. What can only be read from its beginning (standard input, gzip, WARC) is read here
and handed over as it is.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, NamedTuple

from tibetnews.corpus.entries import Entry, Reject
from tibetnews.corpus.inputs import Input
from tibetnews.corpus.lines import is_plain, opened, opened_raw, read_lines, read_page, reject_too_long

BATCH_BYTES = 512 * 1024
"""Bytes of a batch: so many that handing over costs nothing, so few that all processes have work to the end."""

_SMALL_BYTES = 64 * 1024  # of a file that is opened once and read at once: to look at it first takes as long

_MAX_PIECES = 1000  # of a batch, where they are small


class Position(NamedTuple):
    """Where reading continues."""

    source: int = 0
    """Index of the input."""
    offset: int = 0
    """Bytes of the input that were read; of a gzip file, unpacked."""
    lines: int = 0
    """Lines of the input that were read, if somebody counts them."""


BEGINNING = Position()


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Lines of a file, to be read: those that begin at the bytes from ``start`` to before ``stop``."""

    source: Input
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class LineBlock:
    """Whole lines that were read; start: where they stand in their input, unpacked."""

    source: Input
    start: int
    data: bytes


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page, to be read."""

    source: Input
    start: int = 0


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """An entry that was read, or refused, where it was found; lines: how many lines of the input it took."""

    source: Input
    start: int
    entry: Entry | Reject
    lines: int = 0


Piece = ByteRange | LineBlock | PageFile | ParsedEntry


@dataclass(frozen=True, slots=True)
class Batch:
    """Pieces of neighbouring inputs."""

    pieces: tuple[Piece, ...]
    after: Position
    """Where the next batch begins; its lines are not counted."""
    bytes_read: int
    """Bytes of the inputs, on the disk, up to the end of the batch."""
    skipped: dict[str, int] = field(default_factory=dict)
    """Records that were skipped, by reason."""


class _Step(NamedTuple):
    """One step through an input."""

    piece: Piece | None
    size: int
    """Bytes of the piece."""
    offset: int | None
    """Bytes of the input up to the end of the piece; None if the rest of the input cannot be read."""
    bytes_read: int
    """The same on the disk."""
    skipped: str | None = None


def read_batches(
    inputs: Sequence[Input], max_bytes: int, start: Position = BEGINNING, size: int | None = None
) -> Iterator[Batch]:
    """Yield the batches of inputs from ``start`` on, always the same.

    Args:
        inputs: What is read.
        max_bytes: Bytes of a line or page beyond which it is rejected, unread.
        start: Where reading continues.
        size: Bytes of a batch, about; BATCH_BYTES without it.

    Raises:
        OSError: An input that was readable is no longer.
    """
    size = size or BATCH_BYTES
    pieces: list[Piece] = []
    skipped: Counter[str] = Counter()
    held = 0
    bytes_read = behind = sum(source.size or 0 for source in inputs[: start.source])
    after = start
    for index, source in enumerate(inputs[start.source :], start.source):
        offset, lines = (start.offset, start.lines) if index == start.source else (0, 0)
        for step in _steps(source, offset, lines, max_bytes, size):
            after = Position(index + 1) if step.offset is None else Position(index, step.offset)
            bytes_read, held = behind + step.bytes_read, held + step.size
            if step.piece:
                pieces.append(step.piece)
            if step.skipped:
                skipped[step.skipped] += 1
            if held >= size or len(pieces) >= _MAX_PIECES:
                yield Batch(tuple(pieces), after, bytes_read, dict(skipped))
                pieces, held = [], 0
                skipped.clear()
        behind = bytes_read = behind + source.size if source.size is not None else bytes_read
    if pieces or skipped:
        yield Batch(tuple(pieces), after, bytes_read, dict(skipped))


def _steps(source: Input, offset: int, lines: int, max_bytes: int, size: int) -> Iterator[_Step]:
    if (
        source.kind == "jsonl"
        and source.size is not None
        and source.size > min(size, _SMALL_BYTES)
        and is_plain(source)
    ):
        for start in range(offset, source.size, size):
            stop = min(start + size, source.size)
            yield _Step(ByteRange(source, start, stop), stop - start, stop, stop)
    elif source.kind == "jsonl":
        yield from _streamed(source, offset, lines, max_bytes, size)
    elif source.kind == "warc":
        yield from _archived(source, offset, max_bytes)
    elif not offset and source.size is not None:
        yield _Step(PageFile(source), source.size, 1, source.size)
    elif not offset:  # standard input, which other processes do not have
        entry = read_page(source, max_bytes)
        yield _Step(ParsedEntry(source, 0, entry), len(entry.data) if isinstance(entry, Entry) else 0, 1, 0)


def _streamed(source: Input, offset: int, lines: int, max_bytes: int, size: int) -> Iterator[_Step]:
    """Yield lines of what can only be read from its beginning, in blocks of about ``size`` bytes."""
    held: list[bytes] = []
    begin = at = offset
    number = lines
    try:
        with opened(source) as (raw, file):
            _pass_over(file, offset)
            for line in read_lines(file, max_bytes):
                number += 1
                if line.is_whole:
                    held.append(line.data)
                    at += line.bytes_read
                    if at - begin < size:
                        continue
                if held:
                    yield _Step(LineBlock(source, begin, b"".join(held)), at - begin, at, _bytes_read(raw, at))
                    held, begin = [], at
                if not line.is_whole:
                    refused = reject_too_long(source.name, 1, line, max_bytes)
                    at += line.bytes_read
                    yield _Step(ParsedEntry(source, begin, refused, lines=1), len(line.data), at, _bytes_read(raw, at))
                    begin = at
            if held:
                yield _Step(LineBlock(source, begin, b"".join(held)), at - begin, at, _bytes_read(raw, at))
    except (OSError, EOFError, zlib.error) as error:
        if held:
            yield _Step(LineBlock(source, begin, b"".join(held)), at - begin, at, source.size or at)
        after = f" after line {number}" if number else ""
        refused = Reject(source.name, None, "unreadable", f"cannot be read{after}: {error}")
        yield _Step(ParsedEntry(source, at, refused), 0, None, source.size or at)


def _archived(source: Input, offset: int, max_bytes: int) -> Iterator[_Step]:
    """Yield the pages of a WARC file."""
    # What takes long to load is loaded for archives alone.
    from tibetnews.archive.rendered import read_rendered
    from tibetnews.archive.warc_records import BrokenArchiveError
    from tibetnews.corpus.warc_entries import is_page, page_of, skip_reason

    at = offset
    try:
        with opened_raw(source) as file:
            _begin_archive(file, offset)
            for record in read_rendered(file, max_bytes, is_page):
                entry = page_of(source.name, record)
                piece = ParsedEntry(source, at, entry) if entry else None
                size = max(len(record.body), record.end - at)
                yield _Step(piece, size, record.end, record.end, skip_reason(record))
                at = record.end
    except (OSError, BrokenArchiveError) as error:
        refused = Reject(source.name, None, "unreadable", f"cannot be read from byte {at:,} on: {error}")
        yield _Step(ParsedEntry(source, at, refused), 0, None, source.size or at)


def _begin_archive(file: IO[bytes], offset: int) -> None:
    """Go to a record of a WARC file. Raises BrokenArchiveError where the file is something else."""
    from tibetnews.archive.captures import why_unusable
    from tibetnews.archive.warc_records import BrokenArchiveError

    if file.seekable():
        if not offset and (why := why_unusable(file)):
            raise BrokenArchiveError(f"it {why}")
        file.seek(offset)


def _pass_over(file: IO[bytes], length: int) -> None:
    while length and (part := file.read(min(length, 1 << 20))):
        length -= len(part)


def _bytes_read(raw: IO[bytes], otherwise: int) -> int:
    """Bytes of an input that were read, as it is on the disk."""
    return raw.tell() if raw.seekable() else otherwise
