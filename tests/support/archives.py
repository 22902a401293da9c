"""Archives as other programs write them, made by hand."""

from __future__ import annotations

import gzip
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
