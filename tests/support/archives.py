"""Archives as other programs write them, made by hand."""

from __future__ import annotations

import gzip
import sys
from importlib import import_module
from pathlib import Path


def record(kind: str, url: str | None, block: bytes, *more: str, date: str = "2024-01-09T01:02:03Z") -> bytes:
    """One WARC record; ``more``: further header lines."""
    lines = ["WARC/1.0", f"WARC-Type: {kind}", f"WARC-Date: {date}", f"WARC-Record-ID: <urn:x:{len(block)}>"]
    lines += [f"WARC-Target-URI: {url}"] if url else []
    lines += [f"Content-Length: {len(block)}", *more]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def response(
    url: str, body: bytes, *headers: str, status: str = "HTTP/1.1 200 OK", date: str = "2024-01-09T01:02:03Z"
) -> bytes:
    """A response record."""
    head = "\r\n".join([status, *(headers or ("Content-Type: text/html",))]).encode()
    return record(
        "response", url, head + b"\r\n\r\n" + body, "Content-Type: application/http; msgtype=response", date=date
    )


def write(path: Path, *records: bytes, packed: bool = True) -> Path:
    """A file of these records, each a gzip member where it is packed."""
    path.write_bytes(b"".join(gzip.compress(record) if packed else record for record in records))
    return path


def chunked(body: bytes, size: int = 1000) -> bytes:
    """A body as Transfer-Encoding: chunked has it on the wire."""
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces) + b"0\r\n\r\n"


def zstd_compress(data: bytes) -> bytes:
    """The data packed by whichever zstd this Python has."""
    zstd = import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
    packed: bytes = zstd.compress(data)
    return packed


def arc(*pages: tuple[str, bytes]) -> list[bytes]:
    """The records of an ARC file, the format before WARC, with these responses by address."""
    spec = b"1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n"
    made = [b"filedesc://x.arc 0.0.0.0 20240109010203 text/plain %d\n" % len(spec) + spec + b"\n"]
    for url, body in pages:
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
        made.append(f"{url} 127.0.0.1 20240109010203 text/html {len(block)}\n".encode() + block + b"\n")
    return made
