"""Reads the web pages of archives: a response, or what it refers to, or what a renderer has made of it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

from tibetnews.archive.archive_file import ArchiveFile, archive_files
from tibetnews.archive.rendered import read_rendered
from tibetnews.archive.warc_records import GZIP, STARTS, BrokenArchiveError, WarcRecord, next_member, read_records
from tibetnews.archive.writing import ROLE_HEADER
from tibetnews.errors import Rejection

_DIGEST = "warc-payload-digest"
_ZIP = b"PK\x03\x04"


class ArchivePart(NamedTuple):
    """A part of a file that begins and ends at records."""

    file: ArchiveFile
    start: int = 0
    """Byte."""
    stop: int | None = None
    """Byte; None for the file's end."""
    info: int | None = None
    """Byte at which the warcinfo record lies that describes the part, if that is not in it."""


@dataclass(frozen=True, slots=True)
class Info:
    """What a warcinfo record says; it describes the captures behind it."""

    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Capture:
    """A response as the archive has it.

    at: WARC-Date. headers: by name in small letters, the first of each. body: unpacked, or b"" where ``trouble``
    tells why there is none. role: what our own archives tell of the page's purpose. Where the
    archive has the page as its scripts left it, body and headers are those of that.
    """

    url: str
    at: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    role: str | None = None
    trouble: Rejection | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that could not be read, or not whole; ``detail`` says where it is damaged and what can be done."""

    path: Path
    detail: str


def read_archives(places: Sequence[Path | ArchivePart], max_bytes: int) -> Iterator[Info | Capture | Fault]:
    """Yield all that files or parts of them hold, in their order; bodies over ``max_bytes`` are left out.

    The payload of a revisit record is that of the record which it refers to, if that lies in one of the files that
    were read before it. Anything but HTTP responses is passed over, and what a renderer has made of them.
    """
    payloads = _Payloads(max_bytes)
    parts = (
        place if isinstance(place, ArchivePart) else ArchivePart(file) for place in places for file in _files(place)
    )
    for source, start, stop, info in parts:
        path = Path(source.name)
        try:
            with source.open() as file:
                if why := why_unusable(file):
                    yield Fault(path, why)
                    continue
                if info is not None:
                    file.seek(info)
                    yield from (Info(_info_fields(record.body)) for record in islice(read_records(file, max_bytes), 1))
                file.seek(start)
                for record in read_rendered(file, max_bytes, _needs_body):
                    if stop is not None and record.offset >= stop:
                        break
                    if record.trouble and record.trouble.reason == "cut_off":
                        yield Fault(path, record.trouble.detail)
                        continue  # of packed files a gzip member is a record, so that the next one is whole
                    if record.kind == "warcinfo":
                        yield Info(_info_fields(record.body))
                    elif record.headers is not None or (record.trouble and record.kind != "conversion"):
                        yield _capture(record, source, payloads)
        except OSError as error:
            yield Fault(path, f"cannot be read: {error.strerror or error}")
        except BrokenArchiveError as error:
            yield Fault(path, str(error))


def _files(place: Path | ArchivePart) -> list[ArchiveFile]:
    return [place.file] if isinstance(place, ArchivePart) else archive_files(place)


def why_unusable(file: IO[bytes]) -> str | None:
    """Return what tells against a file's being an archive; None for an empty one, and where only its start is damaged.

    The file stands at its beginning, and somewhere afterwards.
    """
    start, why = file.read(4096), ""
    if start.startswith(GZIP):
        try:
            start = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(start, 64)
        except zlib.error as error:
            why = f"cannot be unpacked: {error}"
    if start.startswith(_ZIP):
        return "is a zip file without WARC files in it, or without its end; the name of a WACZ file ends in .wacz"
    if start and not start.startswith(STARTS) and next_member(file, 1) is None:
        return why or f"is no WARC file; it begins with {start[:16]!r}"
    return None


@dataclass
class _Payloads:
    """Where the payload of each digest lies."""

    max_bytes: int
    places: dict[int, tuple[ArchiveFile, int]] = field(default_factory=dict)

    def note(self, record: WarcRecord, source: ArchiveFile) -> None:
        if digest := record.fields.get(_DIGEST):
            self.places.setdefault(hash(digest), (source, record.offset))

    def find(self, digest: str | None) -> WarcRecord | None:
        """Return the record with the payload of this digest; None where it was not met."""
        if digest is None or (place := self.places.get(hash(digest))) is None:
            return None
        source, offset = place
        with source.open() as file:
            file.seek(offset)
            record = next(read_records(file, self.max_bytes), None)
        return record if record and record.fields.get(_DIGEST) == digest else None


def _needs_body(record: WarcRecord) -> bool:
    return record.kind == "warcinfo" or (record.kind == "response" and record.headers is not None)


def _capture(record: WarcRecord, source: ArchiveFile, payloads: _Payloads) -> Capture:
    body, trouble = record.body, record.trouble
    if record.kind == "response":
        payloads.note(record, source)
    elif not (record.is_rendered or record.fields.get("warc-profile", "").endswith("/server-not-modified")):
        if original := payloads.find(record.fields.get(_DIGEST)):
            body, trouble = original.body, original.trouble
        else:
            trouble = Rejection("revisit", "the record that holds the page lies in none of these files")
    return Capture(
        url=record.url,
        at=record.date or "",
        status=record.status,
        headers=record.headers or {},
        body=body,
        role=record.fields.get(ROLE_HEADER.lower()),
        trouble=trouble,
    )


def _info_fields(block: bytes) -> dict[str, str]:
    """Return the lines of an application/warc-fields block."""
    lines = (line.partition(":") for line in block.decode("utf-8", "replace").splitlines())
    return {name.strip(): value.strip() for name, colon, value in lines if colon}
