"""What the members of an archive hold, byte by byte."""

from __future__ import annotations

import gzip
import io

import pytest
from warcio.archiveiterator import ArchiveIterator

from tibetnews.archive.writing import Exchange, capture_members, payload_digest


def member(headers: tuple[tuple[str, str], ...], body: bytes = b"<p>!</p>") -> bytes:
    """The packed record of a response."""
    url, at = "http://www.tibet.cn/cn/news/x.html", "2024-01-09T01:02:03.000004Z"
    return capture_members(Exchange(url, at, 200, headers, body), "<urn:uuid:0>", payload_digest(body))


@pytest.mark.parametrize("coding", ["gb18030", "utf-8", "latin-1"])
def test_headers_are_kept_as_they_were_sent(coding: str) -> None:
    sent = "é".encode(coding) if coding == "latin-1" else "拉萨".encode(coding)
    packed = member((("X-Place", sent.decode("latin-1")), ("Content-Disposition", f"a; b={sent.decode('latin-1')}")))
    assert b"X-Place: " + sent + b"\r\nContent-Disposition: a; b=" + sent + b"\r\n" in gzip.decompress(packed)


def test_headers_that_another_program_decoded_are_utf_8() -> None:
    assert "X-Place: 拉萨\r\n".encode() in gzip.decompress(member((("X-Place", "拉萨"),)))


@pytest.mark.parametrize("body", [b"", b"\r\n\r\n", "纳木错".encode() * 50_000])
def test_digests_and_lengths_hold(body: bytes) -> None:
    records = ArchiveIterator(io.BytesIO(member((("X-Place", "\xc0\xad"),), body)), check_digests="raise")
    assert [record.content_stream().read() for record in records] == [body]
