"""Reads lines and pages of inputs, holding one of them at a time."""

from __future__ import annotations

import codecs
import gzip
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from typing import IO, NamedTuple, cast

from tibetnews.archive.archive_file import ArchiveFile
from tibetnews.corpus.entries import Entry, Form, Reject
from tibetnews.corpus.inputs import Input

_MAX_SHOWN_BYTES = 1000  # of a line that is too long
_CHUNK_BYTES = 64 * 1024
_BLANKS = b" \t\r\n"
_GZIP = b"\x1f\x8b"
_OTHER_FORMS = {
    b"BZh": "bzip2",
    b"\xfd7zXZ\0": "xz",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"PK\x03\x04": "a zip file",
    b"PAR1": "Parquet",
    b"SQLite format 3": "a database",
    codecs.BOM_UTF16_LE: "UTF-16 or UTF-32",
    codecs.BOM_UTF16_BE: "UTF-16",
    codecs.BOM_UTF32_BE: "UTF-32",
}
"""What no file of JSON lines begins with."""


class InputChangedError(OSError):
    """A file is no longer what it was when the run began; the message is a line for a person."""


class Line(NamedTuple):
    """A line as it was read."""

    data: bytes
    """Its bytes with the line end; the beginning of a line that is too long."""
    length: int
    """All its bytes, without the line end."""
    bytes_read: int
    """All its bytes, with the line end."""

    @property
    def is_whole(self) -> bool:
        """Whether ``data`` has the whole line."""
        return len(self.data) == self.bytes_read


class OpenInput(NamedTuple):
    """An input that is read."""

    raw: IO[bytes]
    """As it is on the disk, which tells how far it was read."""
    file: IO[bytes]
    """Unpacked."""


@contextmanager
def opened(source: Input) -> Iterator[OpenInput]:
    """Open an input. Raises OSError where it cannot be opened, or holds no lines of JSON but another form of data."""
    with opened_raw(source) as raw:
        start = _start(raw)
        if source.kind == "jsonl" and (form := _other_form(start)):
            raise OSError(f"it is {form}; only JSON Lines in UTF-8 are read, plain or packed with gzip")
        if source.packed or start.startswith(_GZIP):
            with cast(IO[bytes], gzip.GzipFile(fileobj=raw)) as file:
                yield OpenInput(raw, file)
        else:
            yield OpenInput(raw, raw)


def opened_raw(source: Input) -> IO[bytes]:
    """Open an input as it is on the disk."""
    if source.path is None:
        return open(sys.stdin.fileno(), "rb", closefd=False)
    return ArchiveFile(source.path, source.inside).open()


def is_plain(source: Input) -> bool:
    """Return whether the bytes of a file are its lines. Raises OSError where it cannot be opened."""
    if source.packed:
        return False
    with opened_raw(source) as raw:
        start = _start(raw)
    return not start.startswith(_GZIP) and _other_form(start) is None


def read_lines(file: IO[bytes], max_bytes: int) -> Iterator[Line]:
    """Yield all lines from where the file stands; of one with more than ``max_bytes`` bytes only the beginning."""
    while data := file.readline(max_bytes + 1):
        end = data.endswith(b"\n")
        if end or len(data) <= max_bytes:
            yield Line(data, len(data) - end, len(data))
            continue
        length = len(data)
        while part := file.readline(_CHUNK_BYTES):
            length += len(part)
            if end := part.endswith(b"\n"):
                break
        yield Line(data[:_MAX_SHOWN_BYTES], length - end, length)


def line_entry(file: str, number: int, line: Line, max_bytes: int) -> Entry | Reject | None:
    """Return the entry or reject of a line, None if it is blank; ``number`` counts from 1."""
    if not line.is_whole:
        return reject_too_long(file, number, line, max_bytes)
    # files that begin with a byte order mark may have been joined
    data = line.data.removeprefix(codecs.BOM_UTF8).strip(_BLANKS)
    return Entry(file, number, "jsonl", data) if data else None


def reject_too_long(file: str, number: int, line: Line, max_bytes: int) -> Reject:
    """Return the rejection of a line that is too long."""
    detail = f"the line has {line.length:,} bytes, more than {max_bytes:,}"
    return Reject(file, number, "too_long", detail, line.data)


def span_lines(source: Input, start: int, stop: int, max_bytes: int) -> Iterator[Line]:
    """Yield the lines that begin at the bytes from ``start`` to before ``stop``; neighbouring spans share none.

    Raises InputChangedError where the file has other bytes than when the run began.
    """
    with opened_raw(source) as file:
        status = os.fstat(file.fileno())
        if (status.st_size, status.st_mtime_ns) != (source.size, source.modified):
            raise InputChangedError(f"{source.name} was changed while it was read")
        at = start
        if start:  # the line that began before is another span's; where one ended just before, nothing is passed over
            file.seek(start - 1)
            at = start - 1 + _pass_line(file, stop - start + 1)
        for line in read_lines(file, max_bytes) if at < stop else ():
            yield line
            at += line.bytes_read
            if at >= stop:
                break


def read_page(source: Input, max_bytes: int) -> Entry | Reject:
    """Return the whole of a page."""
    try:
        with opened(source) as (_, file):
            data = file.read(min(_CHUNK_BYTES, max_bytes + 1))
            if len(data) == _CHUNK_BYTES:  # few pages are as long; to make room for max_bytes takes longer than to read
                data += file.read(max_bytes + 1 - len(data))
    except (OSError, EOFError, zlib.error) as error:
        return Reject(source.name, None, "unreadable", f"cannot be read: {error}")
    if len(data) > max_bytes:
        return Reject(source.name, None, "too_long", f"the page has more than {max_bytes:,} bytes")
    return Entry(source.name, None, cast(Form, source.kind), data, source.address)


def _start(raw: IO[bytes]) -> bytes:
    """Return the first bytes of a file, which stay to be read."""
    return cast("BufferedReader", raw).peek(16)


def _other_form(start: bytes) -> str | None:
    return next((form for mark, form in _OTHER_FORMS.items() if start.startswith(mark)), None)


def _pass_line(file: IO[bytes], limit: int) -> int:
    """Read to the end of the line, but no more than ``limit`` bytes, and give the number of bytes that it took."""
    bytes_read = 0
    while bytes_read < limit and (part := file.readline(min(_CHUNK_BYTES, limit - bytes_read))):
        bytes_read += len(part)
        if part.endswith(b"\n"):
            break
    return bytes_read
