"""From what was asked and answered to the members of a WARC file: one gzip member a record."""

from __future__ import annotations

import http.client
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NamedTuple
from uuid import uuid4

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from tibetnews.ledger.archive_index import Payload

ROLE_HEADER = "Tibetnews-Role"
"""A named field of our own: what a page was asked for as (article, part, listing). Other readers pass it over."""

VALIDATORS_HEADER = "Tibetnews-Validators"
"""A named field of our own: "none" where ETag and Last-Modified of the page do not vouch for what was made of it."""

_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_LEVEL = 1
"""zlib's: a page takes some per cent more room than at higher levels, and less time."""
_SMALL = 2048
_HOP_BY_HOP = frozenset({"transfer-encoding", "connection", "content-length"})
"""What told how the body came over the wire; the body stands here as it was sent, whole, with its length."""

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A response, with the request that it answers; ``at``: UTC, as WARC-Date has it, YYYY-MM-DDThh:mm:ss.ffffffZ.

    body: as the server sent it, in its Content-Encoding. asked: method and headers of the request, None where it is not
    known, as of a page that another program fetched. role: see ROLE_HEADER. record_id: of the response's record.
    """

    url: str
    at: str
    status: int
    headers: Headers
    body: bytes
    asked: tuple[str, Headers] | None = None
    asked_body: bytes = b""
    protocol: str = "HTTP/1.1"
    ip: str | None = None
    role: str | None = None
    record_id: str = field(default_factory=lambda: uuid4().urn)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """A page as its scripts left it."""

    of: str
    """Record ID of the response that it was made of."""
    url: str
    at: str
    """UTC, as in :class:`Exchange`."""
    html: bytes
    """In UTF-8."""
    role: str | None
    has_validators: bool
    """Whether the page's ETag and Last-Modified vouch for it too."""


def payload_digest(body: bytes) -> str:
    """Return the WARC-Payload-Digest of a payload."""
    digester = Digester("sha1")
    digester.update(body)
    return str(digester)


class InfoMember(NamedTuple):
    """A warcinfo record, packed, and the id by which the records after it refer to it."""

    data: bytes
    record_id: str


def info_member(name: str, at: str, fields: Mapping[str, str]) -> InfoMember:
    """Return the warcinfo record of the file of this name."""
    writer = _Writer()
    record = writer.create_warcinfo_record(name, fields)
    record.rec_headers.replace_header("WARC-Date", at)
    return InfoMember(writer.member(record), record.rec_headers.get_header("WARC-Record-ID"))


def capture_members(exchange: Exchange, info: str, digest: str, original: Payload | None = None) -> bytes:
    """Return the members of a response and its request.

    info: id of the warcinfo record that describes them; digest: the body's. original: where the payload lies
    already; a 304, or a body of the same digest, becomes a revisit record which refers to that.
    """
    writer = _Writer()
    named = {"WARC-Date": exchange.at, "WARC-Warcinfo-ID": info}
    answer = {
        **named,
        "WARC-Record-ID": f"<{exchange.record_id}>",
        **({"WARC-IP-Address": exchange.ip} if exchange.ip else {}),
        **({ROLE_HEADER: exchange.role} if exchange.role else {}),
    }
    head = _status_and_headers(exchange)
    if exchange.status == 304:
        response = _not_modified(writer, exchange.url, head, answer, original)
    elif original and original.digest == digest:
        response = writer.create_revisit_record(exchange.url, digest, original.url, original.at, head, answer)
    else:
        answer["WARC-Payload-Digest"] = digest
        response = writer.record(exchange.url, "response", exchange.body, answer, http_headers=head)
    if exchange.asked is None:
        return writer.member(response)
    method, headers = exchange.asked
    target = exchange.url.split("/", 3)
    line = f"{method} /{target[3] if len(target) > 3 else ''} HTTP/1.1"
    asked = StatusAndHeaders(line, [("Host", target[2]), *headers], is_http_request=True)
    named["WARC-Concurrent-To"] = response.rec_headers.get_header("WARC-Record-ID")
    request = writer.record(exchange.url, "request", exchange.asked_body, named, http_headers=asked)
    return writer.member(response) + writer.member(request)


def conversion_member(conversion: Conversion, info: str) -> bytes:
    """Return the conversion record of a rendered page; ``info``: as for :func:`capture_members`."""
    writer = _Writer()
    named = {
        "WARC-Date": conversion.at,
        "WARC-Warcinfo-ID": info,
        "WARC-Refers-To": f"<{conversion.of}>",
        **({ROLE_HEADER: conversion.role} if conversion.role else {}),
        **({} if conversion.has_validators else {VALIDATORS_HEADER: "none"}),
    }
    content_type = "text/html; charset=utf-8"
    record = writer.record(conversion.url, "conversion", conversion.html, named, warc_content_type=content_type)
    return writer.member(record)


def _status_and_headers(exchange: Exchange) -> StatusAndHeaders:
    kept = [(name, value) for name, value in exchange.headers if name.lower() not in _HOP_BY_HOP]
    if exchange.status != 304:
        kept.append(("Content-Length", str(len(exchange.body))))
    return StatusAndHeaders(
        f"{exchange.status} {http.client.responses.get(exchange.status, '')}", kept, protocol=exchange.protocol
    )


def _not_modified(
    writer: WARCWriter, url: str, head: StatusAndHeaders, answer: Mapping[str, str], original: Payload | None
) -> ArcWarcRecord:
    """Return the revisit record of a 304; without an original in our archive it refers to none."""
    named = {**answer, "WARC-Profile": _NOT_MODIFIED}
    if original:
        named["WARC-Refers-To-Target-URI"] = original.url
        named["WARC-Refers-To-Date"] = original.at
        named["WARC-Payload-Digest"] = original.digest
    return writer.create_warc_record(url, "revisit", warc_headers_dict=named, http_headers=head)


class _Writer(WARCWriter):  # type: ignore[misc]
    """warcio's, for one record after the other."""

    def __init__(self) -> None:
        self.out: BytesIO
        super().__init__(BytesIO(), gzip=False, warc_version=self.WARC_1_1)

    def record(self, url: str, kind: str, body: bytes, named: Mapping[str, str], **options: Any) -> ArcWarcRecord:
        """Return a record with a body; ``named``: its named fields."""
        block = BytesIO(body)
        return self.create_warc_record(url, kind, block, len(body), warc_headers_dict=named, **options)

    def member(self, record: ArcWarcRecord) -> bytes:
        """Return a record as one gzip member."""
        self.write_record(record)
        block = self.out.getvalue()
        self.out = BytesIO()
        # zlib clears a window of 256 KB for each member, which takes longer than to pack a request
        window, memory = (zlib.MAX_WBITS, 8) if len(block) > _SMALL else (10, 2)
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, window | 16, memory)
        return packer.compress(block) + packer.flush()
