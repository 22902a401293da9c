"""The HTML pages that a WARC file holds: the one module that knows warcio.

Reads what any tool wrote (WARC 0.18 to 1.1 and ARC, plain or with a gzip member for each record).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass
from itertools import count
from typing import IO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser, StatusAndHeadersParserException

from tibetnews.corpus.entries import Capture, Entry, Reject

_CHUNK = 64 * 1024
_HTML = ("text/html", "application/xhtml+xml")
_HTTP = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/2.0", "HTTP/3"], verify=False)


@dataclass(frozen=True, slots=True)
class Record:
    """What a record is to a cleaning run.

    end: the byte of the file, as it is on the disk, at which the next record begins; found: its page, or why that
    is refused; passed: why it holds no page to read ("status 404", "not HTML", "revisit"), None where it holds one
    or none is to be expected, as in a request.
    """

    end: int
    found: Entry | Reject | None = None
    passed: str | None = None

    @property
    def size(self) -> int:
        """Bytes that it holds in memory."""
        return len(self.found.data) if isinstance(self.found, Entry) else 0


class BrokenArchive(ValueError):
    """What follows in the file cannot be read as records; the message is a line for a person."""


def read_records(name: str, file: IO[bytes], longest: int) -> Iterator[Record]:
    """The records of a WARC file from where ``file`` stands, which must be the beginning of one.

    name: the file's, for places; longest: bytes of a page beyond which it is refused. Raises BrokenArchive,
    OSError and zlib.error.
    """
    archive = ArchiveIterator(file, no_record_parse=True)
    for number in count(1):
        try:
            with redirect_stderr(io.StringIO()):  # warcio prints what it finds strange, bytes and all
                record = next(archive, None)
                if record is None:
                    return
                found = _read(name, record, longest)
                archive.read_to_end()
        except (ArchiveLoadFailed, StatusAndHeadersParserException) as error:
            told = " ".join(str(error).split())
            if "non-chunked" in told:
                told = "it is one gzip member and not one for each record; `warcio recompress` mends that"
            raise BrokenArchive(f"record {number:,} cannot be read: {told}") from None
        end = archive.offset
        yield Record(end, passed=found) if isinstance(found, str) else Record(end, found)


def _read(name: str, record: ArcWarcRecord, longest: int) -> Entry | Reject | str | None:
    """The page of a record, or why there is none."""
    if record.rec_type != "response":
        return "revisit" if record.rec_type == "revisit" else None
    url = record.rec_headers.get_header("WARC-Target-URI") or record.rec_headers.get_header("uri") or ""
    if not url.startswith(("http://", "https://")):
        return "no web address"
    try:
        http = _HTTP.parse(record.raw_stream)
    except (EOFError, StatusAndHeadersParserException):
        return Reject(name, None, "http", "the record holds no HTTP response", record=url)
    status = http.get_statuscode()
    if status != "200":
        return f"status {status[:3]}" if status[:3].isdigit() else "no status"
    content_type = http.get_header("Content-Type") or record.rec_headers.get_header("WARC-Identified-Payload-Type")
    if (content_type or "").partition(";")[0].strip().lower() not in _HTML:
        return "not HTML"
    coding = (http.get_header("Content-Encoding") or "identity").strip().lower()
    if coding != "identity" and coding not in BufferedReader.get_supported_decompressors():
        return Reject(name, None, "coding", f"its Content-Encoding {coding!r} cannot be undone", record=url)
    record.http_headers = http
    data = record.content_stream().read(longest + 1)
    if len(data) > longest:
        return Reject(name, None, "too_long", f"the page has more than {longest:,} bytes", record=url)
    while record.raw_stream.read(_CHUNK):  # what stands behind the last chunk of a chunked body
        pass
    if getattr(record.raw_stream, "limit", 0):  # bytes that the record should have
        return Reject(name, None, "cut_off", "the file ends in the middle of the record", record=url)
    return Entry(name, None, "html", data, url, _capture(record, http, content_type), record=url)


def _capture(record: ArcWarcRecord, http: StatusAndHeaders, content_type: str | None) -> Capture:
    return Capture(
        at=record.rec_headers.get_header("WARC-Date"),
        status=200,
        etag=http.get_header("ETag"),
        last_modified=http.get_header("Last-Modified"),
        content_type=content_type,
    )
