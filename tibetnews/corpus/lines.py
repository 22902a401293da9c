"""Lines and pages of inputs, without ever holding more than one of them."""

from __future__ import annotations

import codecs
import gzip
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, NamedTuple, cast

from tibetnews.corpus.entries import Entry, Reject
from tibetnews.corpus.inputs import Input, address_of

_SHOWN = 1000  # bytes of a line that is too long
_CHUNK = 64 * 1024
_BLANKS = b" \t\r\n"


class InputChanged(OSError):
    """A file is no longer what it was when the run began; the message is a line for a person."""


class Line(NamedTuple):
    """A line as it was read. data: its bytes with its end, or the beginning of one that is too long; length: of all
    its bytes without its end; taken: with its end."""

    data: bytes
    length: int
    taken: int

    @property
    def is_whole(self) -> bool:
        return len(self.data) == self.taken


@contextmanager
def opened(source: Input) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """An input as it is on the disk, which tells how far it was read, and the same unpacked."""
    with opened_raw(source) as raw:
        if source.packed:
            with cast(IO[bytes], gzip.GzipFile(fileobj=raw)) as file:
                yield raw, file
        else:
            yield raw, raw


def opened_raw(source: Input) -> IO[bytes]:
    """An input as it is on the disk."""
    return source.path.open("rb") if source.path else open(sys.stdin.fileno(), "rb", closefd=False)


def read_lines(file: IO[bytes], longest: int) -> Iterator[Line]:
    """All lines from where the file stands; of a line with more than ``longest`` bytes only the beginning is kept."""
    while data := file.readline(longest + 1):
        end = data.endswith(b"\n")
        if end or len(data) <= longest:
            yield Line(data, len(data) - end, len(data))
            continue
        length = len(data)
        while part := file.readline(_CHUNK):
            length += len(part)
            if end := part.endswith(b"\n"):
                break
        yield Line(data[:_SHOWN], length - end, length)


def line_entry(file: str, number: int, line: Line, longest: int) -> Entry | Reject | None:
    """What becomes of a line; None where it is blank. number: counted from 1."""
    if not line.is_whole:
        detail = f"the line has {line.length:,} bytes, more than {longest:,}"
        return Reject(file, number, "too_long", detail, line.data)
    data = line.data.strip(_BLANKS)
    return Entry(file, number, "jsonl", data) if data else None


class LineReader:
    """The lines of inputs, one input after the other; one that cannot be read is a reject, and the next is gone on with.

    longest: bytes of a line beyond which it is refused. ``taken`` grows with the bytes of the files, as they are on the
    disk, that were read.
    """

    def __init__(self, inputs: Sequence[Input], longest: int) -> None:
        self.inputs = inputs
        self.longest = longest
        self.taken = 0

    def __iter__(self) -> Iterator[Entry | Reject]:
        for source in self.inputs:
            before, number = self.taken, 0
            try:
                with opened(source) as (raw, file):
                    for number, line in enumerate(read_lines(file, self.longest), 1):
                        if raw.seekable():
                            self.taken = before + raw.tell()
                        line = line if number > 1 else without_mark(line)
                        if entry := line_entry(source.name, number, line, self.longest):
                            yield entry
            except (OSError, EOFError, zlib.error) as error:
                after = f" after line {number}" if number else ""
                yield Reject(source.name, None, "unreadable", f"cannot be read{after}: {error}")


def span_lines(source: Input, start: int, stop: int, longest: int) -> Iterator[Line]:
    """The lines that begin at the bytes from ``start`` to before ``stop`` of a file; neighbouring spans share none.

    Raises InputChanged where the file has other bytes than when the run began.
    """
    assert source.path
    with source.path.open("rb") as file:
        status = os.fstat(file.fileno())
        if (status.st_size, status.st_mtime_ns) != (source.size, source.modified):
            raise InputChanged(f"{source.name} was changed while it was read")
        at = start
        if start:  # the line that began before is another span's; where one ended just before, nothing is passed over
            file.seek(start - 1)
            at = start - 1 + _pass_line(file, stop - start + 1)
        for line in read_lines(file, longest) if at < stop else ():
            yield line
            at += line.taken
            if at >= stop:
                break


def without_mark(line: Line) -> Line:
    """The first line of a file without the mark of UTF-8 that some editors put before it."""
    data = line.data.removeprefix(codecs.BOM_UTF8)
    return line._replace(data=data, taken=line.taken - len(line.data) + len(data))


def read_page(source: Input, longest: int) -> Entry | Reject:
    """The whole of a page."""
    assert source.kind != "warc"
    try:
        with opened(source) as (_, file):
            data = file.read(longest + 1)
    except (OSError, EOFError, zlib.error) as error:
        return Reject(source.name, None, "unreadable", f"cannot be read: {error}")
    if len(data) > longest:
        return Reject(source.name, None, "too_long", f"the page has more than {longest:,} bytes")
    return Entry(source.name, None, source.kind, data, address_of(source.path) if source.path else "stdin:")


def _pass_line(file: IO[bytes], most: int) -> int:
    """Read to the end of the line, but no more than ``most`` bytes, and give the number of bytes that it took."""
    taken = 0
    while taken < most and (part := file.readline(min(_CHUNK, most - taken))):
        taken += len(part)
        if part.endswith(b"\n"):
            break
    return taken
