"""From WARC files, ours and other programs', to the pages in them."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader

from tibetnews.archive.writing import ROLE

_LOADER = ArcWarcRecordLoader(verify_http=False)
_DAMAGE = (ArchiveLoadFailed, zlib.error, EOFError, ValueError)
_ENCODINGS = frozenset({"", "identity", "gzip", "deflate"})
"""What warcio unpacks; its way with Brotli fails with today's brotli, in pywb too."""
_PACKED = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Info:
    """What a warcinfo record says; it describes the captures behind it."""

    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Capture:
    """A response as the archive has it.

    at: WARC-Date. headers: by name in small letters, the first of each. body: unpacked, or b"" where ``trouble``,
    reason and detail, tells why it could not be had. role: what our own archives tell of the page's purpose.
    """

    url: str
    at: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    role: str | None = None
    trouble: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that could not be read, or not to its end; ``detail`` says where it breaks off and what can be done."""

    path: Path
    detail: str


def read_archives(paths: Sequence[Path], longest: int) -> Iterator[Info | Capture | Fault]:
    """All that the files hold, in their order; bodies over ``longest`` bytes are left out.

    The payload of a revisit record is that of the record which it refers to, if that lies in one of the files that
    were read before it. Anything but HTTP responses is passed over.
    """
    payloads = _Payloads(longest)
    for path in paths:
        try:
            with path.open("rb") as file:
                yield from _read(path, file, payloads)
        except OSError as error:
            yield Fault(path, f"cannot be read: {error.strerror or error}")


@dataclass
class _Payloads:
    """Where the payload of each digest lies."""

    longest: int
    places: dict[int, tuple[Path, int]] = field(default_factory=dict)

    def note(self, digest: str | None, path: Path, offset: int) -> None:
        if digest:
            self.places.setdefault(hash(digest), (path, offset))

    def find(self, digest: str | None) -> tuple[bytes, tuple[str, str] | None] | None:
        """The body of this digest and its trouble; None where it was not met."""
        if digest is None or (place := self.places.get(hash(digest))) is None:
            return None
        path, offset = place
        with path.open("rb") as file:
            file.seek(offset)
            record = next(_records(file))
            if record.rec_headers.get_header("WARC-Payload-Digest") != digest or not _parsed(record):
                return None
            return _body(record, self.longest)


def _read(path: Path, file: BinaryIO, payloads: _Payloads) -> Iterator[Info | Capture | Fault]:
    """One file; warcio's own remarks on broken places are left to the Fault."""
    start = file.read(4096)
    if why := unusable(start):
        yield Fault(path, why)
        return
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    records = _records(file)
    offset = end = number = 0
    while True:
        try:
            with redirect_stderr(io.StringIO()) as remarks:
                record = next(records, None)
                offset = records.offset
                if record is None:
                    break
                number += 1
                if not (record.rec_headers.get_header("Content-Length") or "").isdigit():
                    raise ArchiveLoadFailed("the record tells no length")
                found = _taken(record, path, offset, payloads)
                records.read_to_end()
                end = records.offset
            if getattr(record.raw_stream, "limit", 0) or remarks.getvalue():
                yield Fault(path, f"breaks off in record {number}, at byte {offset:,}; the rest of it is not read")
                return
        except _DAMAGE as error:
            yield Fault(path, _explained(error, number, offset))
            return
        if found is not None:
            yield found
    if start.startswith(_PACKED) and end < size:  # too little of a member for warcio to see it
        yield Fault(path, f"breaks off behind record {number}, at byte {end:,}")
    elif records.err_count:
        yield Fault(path, "has records whose length is wrong; `warcio check` lists them")


def _records(file: BinaryIO) -> ArchiveIterator:
    return ArchiveIterator(file, no_record_parse=True)  # most records are none of ours, and some have no address


def _parsed(record: ArcWarcRecord) -> bool:
    """Read the status line and the headers of a record; False where it holds none."""
    url = record.rec_headers.get_header("WARC-Target-URI")
    if url:
        record.http_headers = _LOADER.load_http_headers(record.rec_type, url, record.raw_stream, record.length)
    return record.http_headers is not None


def unusable(start: bytes) -> str | None:
    """What a file's first bytes, some thousands, tell against its being a WARC file; None for an empty one."""
    if start.startswith(_PACKED):
        try:
            start = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(start, 64)
        except zlib.error as error:
            return f"cannot be unpacked: {error}"
    if start and not start.startswith(b"WARC/"):
        return f"is no WARC file; it begins with {start[:16]!r}"
    return None


def _explained(error: Exception, number: int, offset: int) -> str:
    if "non-chunked gzip" in str(error):
        return "is packed as a whole and not record by record; `warcio recompress FILE NEW.warc.gz` mends that"
    return f"breaks off behind record {number}, at byte {offset:,}: {' '.join(str(error).split())[:200]}"


def _taken(record: ArcWarcRecord, path: Path, offset: int, payloads: _Payloads) -> Info | Capture | None:
    kind, head = record.rec_type, record.rec_headers
    if kind == "warcinfo":
        return Info(_fields(record.raw_stream.read()))
    if kind not in ("response", "revisit") or not _parsed(record):
        return None
    digest = head.get_header("WARC-Payload-Digest")
    status = record.http_headers.get_statuscode()
    trouble: tuple[str, str] | None = None
    body = b""
    if kind == "response":
        payloads.note(digest, path, offset)
        body, trouble = _body(record, payloads.longest)
    elif not head.get_header("WARC-Profile", "").endswith("/server-not-modified"):
        found = payloads.find(digest)
        body, trouble = found or (b"", ("revisit", "the record that holds the page lies in none of these files"))
    headers: dict[str, str] = {}
    for name, value in record.http_headers.headers:
        headers.setdefault(name.lower(), value)
    return Capture(
        url=head.get_header("WARC-Target-URI"),
        at=head.get_header("WARC-Date") or "",
        status=int(status) if status.isascii() and status.isdigit() else 0,
        headers=headers,
        body=body,
        role=head.get_header(ROLE),
        trouble=trouble,
    )


def _body(record: ArcWarcRecord, longest: int) -> tuple[bytes, tuple[str, str] | None]:
    """The payload without transfer and content encoding, or why it cannot be had."""
    encoding = (record.http_headers.get_header("Content-Encoding") or "identity").strip().lower()
    if encoding not in _ENCODINGS:
        return b"", ("encoding", f"the body is packed as {encoding}, which this program does not read")
    body = record.content_stream().read(longest + 1)
    if len(body) > longest:
        return b"", ("too_large", f"the page has more than {longest:,} bytes")
    return body, None


def _fields(block: bytes) -> dict[str, str]:
    """The lines of an application/warc-fields block."""
    lines = (line.partition(":") for line in block.decode("utf-8", "replace").splitlines())
    return {name.strip(): value.strip() for name, colon, value in lines if colon}
