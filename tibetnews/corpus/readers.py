"""From inputs to entries, without ever holding more than one entry."""

from __future__ import annotations

import codecs
import gzip
import sys
import zlib
from collections.abc import Iterator, Sequence
from typing import IO, cast

from tibetnews.corpus.entries import Entry, Reject
from tibetnews.corpus.inputs import Input, address_of

_SHOWN = 1000  # bytes of a line that is too long
_CHUNK = 64 * 1024
_BLANKS = b" \t\r\n"


class Reader:
    """Reads inputs one after the other.

    longest: bytes of a line or page beyond which it is refused, unread. ``taken`` grows with the bytes of the
    files, as they are on the disk, that were read.
    """

    def __init__(self, inputs: Sequence[Input], longest: int) -> None:
        self.inputs = inputs
        self.longest = longest
        self.taken = 0

    def __iter__(self) -> Iterator[Entry | Reject]:
        for source in self.inputs:
            before = self.taken
            line = 0
            try:
                with _opened(source) as raw, _unpacked(source, raw) as file:
                    for entry in self._lines(source, file) if source.form == "jsonl" else self._page(source, file):
                        line = entry.line or 0
                        if raw.seekable():
                            self.taken = before + raw.tell()
                        yield entry
            except (OSError, EOFError, zlib.error) as error:
                after = f" after line {line}" if line else ""
                yield Reject(source.name, None, "unreadable", f"cannot be read{after}: {error}")

    def _lines(self, source: Input, file: IO[bytes]) -> Iterator[Entry | Reject]:
        """The lines that are not blank."""
        number = 0
        while line := file.readline(self.longest + 1):
            number += 1
            if len(line) > self.longest and not line.endswith(b"\n"):
                detail = f"the line has {len(line) + _skip(file):,} bytes, more than {self.longest:,}"
                yield Reject(source.name, number, "too_long", detail, line[:_SHOWN])
                continue
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if line := line.strip(_BLANKS):
                yield Entry(source.name, number, "jsonl", line)

    def _page(self, source: Input, file: IO[bytes]) -> Iterator[Entry | Reject]:
        data = file.read(self.longest + 1)
        if len(data) > self.longest:
            yield Reject(source.name, None, "too_long", f"the page has more than {self.longest:,} bytes")
        else:
            yield Entry(source.name, None, source.form, data, address_of(source.path) if source.path else "stdin:")


def _opened(source: Input) -> IO[bytes]:
    return source.path.open("rb") if source.path else open(sys.stdin.fileno(), "rb", closefd=False)


def _unpacked(source: Input, raw: IO[bytes]) -> IO[bytes]:
    return cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if source.packed else raw


def _skip(file: IO[bytes]) -> int:
    """Read to the end of the line and give the number of bytes that it took."""
    length = 0
    while part := file.readline(_CHUNK):
        length += len(part)
        if part.endswith(b"\n"):
            return length - 1
    return length
