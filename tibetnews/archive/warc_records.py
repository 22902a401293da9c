"""Reads WARC and ARC files, ours and other programs', record by record."""

from __future__ import annotations

import io
import logging
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import IO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from tibetnews.archive.content_encoding import decode_body
from tibetnews.errors import Rejection, UnreadableError
from tibetnews.outlet.replays import read_replay

logging.getLogger("warcio").addHandler(logging.NullHandler())  # else its warnings would look like damage on stderr

_HTTP = StatusAndHeadersParser([], verify=False)
_DAMAGE = (ArchiveLoadFailed, StatusAndHeadersParserException, zlib.error, EOFError, ValueError)
_CHUNK_BYTES = 64 * 1024
GZIP = b"\x1f\x8b"
STARTS = (b"WARC/", b"filedesc://")
"""How files of WARC and ARC begin that are not packed."""
_MEMBER = re.compile(rb"\x1f\x8b\x08[\0-\x1f]")
_MEMBER_OVERLAP = 3  # bytes of what a member begins with that may end a chunk
_MAX_LENGTH_DIGITS = 18
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_ARC_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcRecord:
    """A record of a WARC file, or of an ARC file with the names of WARC."""

    kind: str
    """WARC-Type."""
    offset: int
    """Byte of the file, as it is on the disk, at which the record begins."""
    end: int
    """Byte at which the next one begins."""
    url: str
    date: str | None
    """UTC time in ISO 8601; None where the record has no valid one. Of a page that another archive replayed, the moment
    of that archive's capture."""
    fields: Mapping[str, str]
    """Headers of the record itself, by name in small letters."""
    status: int = 0
    """HTTP status, 0 where there is none."""
    headers: Mapping[str, str] | None = None
    """HTTP headers by name in small letters, the first of each; None where the record holds no HTTP response."""
    body: bytes = b""
    """Without transfer and content encoding."""
    trouble: Rejection | None = None
    """Why ``body`` is empty: "encoding", "too_large", "http" (no HTTP response) or "cut_off"."""
    is_rendered: bool = False
    """Whether headers and body are those of the page as its scripts left it."""


class BrokenArchiveError(ValueError):
    """Nothing more can be read from a file; the message says where it breaks off and what can be done."""


def read_records(
    file: IO[bytes], max_bytes: int, needs_body: Callable[[WarcRecord], bool] | None = None
) -> Iterator[WarcRecord]:
    """Yield the records of a WARC or ARC file, plain or with a gzip member for each record.

    What is damaged in a packed file is one record with the trouble "cut_off", up to the next member that opens like a
    record.

    Args:
        file: Stands at the beginning of a record.
        max_bytes: Bytes beyond which a body is left out.
        needs_body: Tells from all else in a record whether its body is read; without it all are.

    Raises:
        BrokenArchiveError: Nothing that follows is a record.
        OSError: The file cannot be read.
    """
    packed_size = _packed_size(file)
    archive = _iterator(file)
    offset = archive.offset
    while True:
        offset = max(offset, archive.offset)  # behind several records in one member warcio's is wrong
        if offset > packed_size > 0:
            raise BrokenArchiveError("breaks off in the check sum of its last record")
        record, detail = _next(archive, offset, max_bytes, needs_body)
        if record is None and not detail:
            if offset >= packed_size:
                return
            detail = f"breaks off at byte {offset:,}"  # too little of a member for warcio to see it
        end = max(offset, archive.offset)
        if detail or record is None:
            following = next_member(file, offset + 1) if packed_size else None
            if following is not None:
                end = following
                detail += f"; {end - offset:,} bytes are passed over"
                file.seek(end)
                archive = _iterator(file)
            elif record is None:
                raise BrokenArchiveError(detail)
            elif packed_size:
                end = packed_size
            trouble = Rejection("cut_off", detail)
            record = record or WarcRecord(kind="", offset=offset, end=offset, url="", date=None, fields={})
            record = replace(record, body=b"", trouble=trouble)
        unpacker = archive.reader and archive.reader.decompressor
        if end == packed_size and unpacker and not (detail or unpacker.eof):
            end += 1  # where it would be, had the file its check sum; who goes on there learns that it has not
        yield replace(record, end=end)
        if end == packed_size:
            return
        offset = end


def _iterator(file: IO[bytes]) -> ArchiveIterator:
    return ArchiveIterator(file, no_record_parse=True)  # most records are none of ours, and some have no address


def _next(
    archive: ArchiveIterator, offset: int, max_bytes: int, needs_body: Callable[[WarcRecord], bool] | None
) -> tuple[WarcRecord | None, str]:
    """Return the next record, if there is one, and what is wrong with it, if anything is."""
    try:
        with redirect_stderr(io.StringIO()) as remarks:  # warcio prints what it finds strange, bytes and all
            raw = next(archive, None)
            if raw is None:
                return None, ""
            record = _record(raw, offset, max_bytes, needs_body)
            archive.read_to_end()
    except _DAMAGE as error:
        return None, _explanation(error, offset)
    if raw.raw_stream.tell() < raw.length or raw.length == sys.maxsize or remarks.getvalue():
        return record, f"breaks off in the record at byte {offset:,}, or the record's length is wrong"
    return record, ""


def next_member(file: IO[bytes], start: int) -> int | None:
    """Return the byte from ``start`` on at which a gzip member begins that opens like a record; None without one."""
    file.seek(start)
    while len(chunk := file.read(_CHUNK_BYTES)) > _MEMBER_OVERLAP:
        for match in _MEMBER.finditer(chunk):
            file.seek(start + match.start())
            with suppress(zlib.error):
                if zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(file.read(1024), 5) == STARTS[0]:
                    return start + match.start()
        start += len(chunk) - _MEMBER_OVERLAP
        file.seek(start)
    return None


def _packed_size(file: IO[bytes]) -> int:
    """Bytes of a file with gzip members, though the first may be damaged; 0 for any other file."""
    if not file.seekable():
        return 0
    start = file.tell()
    is_plain = file.read(len(STARTS[1])).startswith(STARTS)
    size = file.seek(0, io.SEEK_END)
    file.seek(start)
    return 0 if is_plain else size


def _record(
    raw: ArcWarcRecord, offset: int, max_bytes: int, needs_body: Callable[[WarcRecord], bool] | None
) -> WarcRecord:
    fields = {name.lower(): value for name, value in reversed(raw.rec_headers.headers)}
    length = fields.get("content-length", fields.get("length", ""))
    if not (length.isascii() and length.isdigit() and len(length) <= _MAX_LENGTH_DIGITS):
        # None, or more than any file holds and than io can count: the record ends with its gzip member, or the file.
        raw.length = raw.raw_stream.limit = sys.maxsize
    url = fields.get("warc-target-uri") or fields.get("uri") or ""
    replay = read_replay(url)
    record = WarcRecord(
        kind=raw.rec_type or "",
        offset=offset,
        end=offset,
        url=url,
        date=replay.at if replay else _date(fields.get("warc-date") or fields.get("archive-date") or ""),
        fields=fields,
    )
    if record.kind in ("response", "revisit") and record.url.startswith(("http:", "https:")):
        record = _with_http(record, raw)
    if record.trouble or (needs_body and not needs_body(record)):
        return record
    try:
        return replace(record, body=_body(record.headers or {}, raw, max_bytes))
    except UnreadableError as error:
        return replace(record, trouble=error.rejection)


def _with_http(record: WarcRecord, raw: ArcWarcRecord) -> WarcRecord:
    """Add the status line and the headers, which stand before the body."""
    try:
        http = _HTTP.parse(raw.raw_stream)
    except (EOFError, StatusAndHeadersParserException):
        if record.kind == "revisit":  # it may leave them out
            return record
        return replace(record, trouble=Rejection("http", "the record holds no HTTP response"))
    status = http.get_statuscode()
    return replace(
        record,
        status=int(status) if status.isascii() and status.isdigit() else 0,
        headers={name.lower(): value for name, value in reversed(http.headers)},
    )


def _body(headers: Mapping[str, str], raw: ArcWarcRecord, max_bytes: int) -> bytes:
    is_chunked = headers.get("transfer-encoding", "").strip().lower() == "chunked"
    stream = ChunkedDataReader(raw.raw_stream) if is_chunked else raw.raw_stream
    return decode_body(iter(lambda: stream.read(_CHUNK_BYTES), b""), headers.get("content-encoding", ""), max_bytes)


def _date(value: str) -> str | None:
    """Return a date of the calendar in ISO 8601; None for anything else."""
    if match := _ARC_DATE.fullmatch(value):
        value = "{}-{}-{}T{}:{}:{}Z".format(*match.groups())
    if not _DATE.fullmatch(value):
        return None
    try:
        datetime.fromisoformat(value[:19])
    except ValueError:
        return None
    return value


def _explanation(error: Exception, offset: int) -> str:
    if "non-chunked gzip" in str(error):
        return "is one gzip member and not one for each record; `warcio recompress` mends that"
    return f"breaks off at byte {offset:,}: {' '.join(str(error).split())[:200]}"
