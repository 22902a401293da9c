"""From what was asked and answered to the members of a WARC file: one gzip member a record."""

from __future__ import annotations

import http.client
from base64 import b32encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha1
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from isal import isal_zlib

from tibetnews.ledger.archive_index import Payload

if TYPE_CHECKING:
    from hashlib import _Hash as HASH

ROLE_HEADER = "Tibetnews-Role"
"""A named field of our own: what a page was asked for as (article, part, listing). Other readers pass it over."""

VALIDATORS_HEADER = "Tibetnews-Validators"
"""A named field of our own: "none" where ETag and Last-Modified of the page do not vouch for what was made of it."""

_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_LEVEL = 1
"""Of 0 to 3: a page takes some per cent more room than at higher levels, and less time."""
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
    return _digest(sha1(body, usedforsecurity=False))


class InfoMember(NamedTuple):
    """A warcinfo record, packed, and the id by which the records after it refer to it."""

    data: bytes
    record_id: str


def info_member(name: str, at: str, fields: Mapping[str, str]) -> InfoMember:
    """Return the warcinfo record of the file of this name."""
    record_id = f"<{uuid4().urn}>"
    named = {"WARC-Record-ID": record_id, "WARC-Date": at, "WARC-Filename": name}
    return InfoMember(_member("warcinfo", "application/warc-fields", named, _lines(fields.items()).encode()), record_id)


def capture_members(exchange: Exchange, info: str, digest: str, original: Payload | None = None) -> bytes:
    """Return the members of a response and its request.

    info: id of the warcinfo record that describes them; digest: the body's. original: where the payload lies
    already; a 304, or a body of the same digest, becomes a revisit record which refers to that.
    """
    about = {"WARC-Target-URI": exchange.url, "WARC-Date": exchange.at, "WARC-Warcinfo-ID": info}
    answer = {"WARC-Record-ID": f"<{exchange.record_id}>", **about}
    if exchange.ip:
        answer["WARC-IP-Address"] = exchange.ip
    if exchange.role:
        answer[ROLE_HEADER] = exchange.role
    kind, body = "response", exchange.body
    if exchange.status == 304 or (original and original.digest == digest):
        kind, body = "revisit", b""
        answer["WARC-Profile"] = _NOT_MODIFIED if exchange.status == 304 else _SAME_PAYLOAD
        if original:  # else the 304 refers to none, as our archive has none
            answer["WARC-Refers-To-Target-URI"] = original.url
            answer["WARC-Refers-To-Date"] = original.at
            answer["WARC-Payload-Digest"] = original.digest
    else:
        answer["WARC-Payload-Digest"] = digest
    response = _member(kind, "application/http; msgtype=response", answer, _response_head(exchange), body)
    if exchange.asked is None:
        return response
    method, headers = exchange.asked
    target = exchange.url.split("/", 3)
    line = f"{method} /{target[3] if len(target) > 3 else ''} HTTP/1.1"
    asked = {"WARC-Record-ID": f"<{uuid4().urn}>", **about, "WARC-Concurrent-To": answer["WARC-Record-ID"]}
    head = _http_head(line, [("Host", target[2]), *headers])
    return response + _member("request", "application/http; msgtype=request", asked, head, exchange.asked_body)


def conversion_member(conversion: Conversion, info: str) -> bytes:
    """Return the conversion record of a rendered page; ``info``: as for :func:`capture_members`."""
    named = {
        "WARC-Record-ID": f"<{uuid4().urn}>",
        "WARC-Target-URI": conversion.url,
        "WARC-Date": conversion.at,
        "WARC-Warcinfo-ID": info,
        "WARC-Refers-To": f"<{conversion.of}>",
    }
    if conversion.role:
        named[ROLE_HEADER] = conversion.role
    if not conversion.has_validators:
        named[VALIDATORS_HEADER] = "none"
    return _member("conversion", "text/html; charset=utf-8", named, conversion.html)


def _response_head(exchange: Exchange) -> bytes:
    kept = [(name, value) for name, value in exchange.headers if name.lower() not in _HOP_BY_HOP]
    if exchange.status != 304:
        kept.append(("Content-Length", str(len(exchange.body))))
    reason = http.client.responses.get(exchange.status, "")
    return _http_head(f"{exchange.protocol} {exchange.status} {reason}", kept)


def _http_head(line: str, headers: Iterable[tuple[str, str]]) -> bytes:
    """Return a head with the bytes that came over the wire, of which a character of ``headers`` stands for one."""
    head = f"{line}\r\n{_lines(headers)}\r\n"
    try:
        return head.encode("latin-1")
    except UnicodeEncodeError:  # of a page that another program fetched and decoded
        return head.encode()


def _lines(fields: Iterable[tuple[str, str]]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in fields)


def _member(kind: str, content_type: str, named: Mapping[str, str], *block: bytes) -> bytes:
    """Return a record as one gzip member; ``named``: its named fields; ``block``: the parts of its block."""
    digest, length = sha1(usedforsecurity=False), 0
    for part in block:
        digest.update(part)
        length += len(part)
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\n{_lines(named.items())}WARC-Block-Digest: {_digest(digest)}\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n"
    ).encode()
    return isal_zlib.compress(b"".join((head, *block, b"\r\n\r\n")), _LEVEL, isal_zlib.MAX_WBITS | 16)


def _digest(digest: HASH) -> str:
    return f"sha1:{b32encode(digest.digest()).decode()}"
