"""Archives as other programs write them, made by hand."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from tests.support.crawling import Crawl, crawl
from tibetnews.archive.captures import Fault, read_archives

URL = "http://mirror.example/1.html"
HTML = "<html><body><p>西藏春来早。</p><p>农牧民忙着备耕，拉萨河谷一片繁忙。</p></body></html>"
AT = "2023-10-13T02:05:00Z"


def crawl_with_archive(folder: Path, site: str) -> Path:
    """Crawl a site into ``exports`` of a folder and archive it in ``archive`` there; return the folder."""
    done = crawl(folder / "exports", "sections", site=site, ARCHIVE_DIR=folder / "archive")
    assert done.status == 0, done.log
    return folder


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


def reread(folder: Path, *arguments: str, **settings: Any) -> tuple[Crawl, Path]:
    """What ``tibetnews crawl archive`` makes of the folder's archive, and the folder of its files."""
    done = crawl(folder / "exports", "archive", "-a", f"warc={folder / 'archive'}", *arguments, **settings)
    (out,) = (folder / "exports").glob("reread-*")
    return done, out


def archived_records(folder: Path) -> Iterator[tuple[str, Any]]:
    """Name of the file and WARC record, in the archive's order."""
    for file in sorted((folder / "archive").glob("*.warc.gz")):
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream):
                yield file.name, record


def assert_valid(folder: Path) -> None:
    """What ``warcio check`` says of all files, and that there are any."""
    files = sorted(map(str, (folder / "archive").iterdir()))
    assert files
    warcio = [sys.executable, "-c", "from warcio.cli import main; main()", "check", "-v", *files]
    done = subprocess.run(warcio, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout
    assert "digest pass" in done.stdout
    assert done.stderr == ""


class Archive:
    """A WARC file in the making, written by hand as any tool may write it."""

    def __init__(self, packed: bool = True) -> None:
        self.packed = packed
        self.data = b""

    def add(
        self,
        kind: str = "response",
        url: str = URL,
        body: bytes = HTML.encode(),
        status: str = "200 OK",
        **headers: str,
    ) -> None:
        fields = {"Content_Type": "text/html"} | headers
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
        first = "GET / HTTP/1.1" if kind == "request" else f"HTTP/1.1 {status}"
        self.put(kind, f"WARC-Target-URI: {url}\r\n", f"{first}\r\n{lines}\r\n".encode() + body)

    def put(self, kind: str, more: str, block: bytes) -> None:
        head = f"WARC/1.1\r\nWARC-Type: {kind}\r\n{more}WARC-Date: {AT}\r\nContent-Length: {len(block)}\r\n\r\n"
        record = head.encode() + block + b"\r\n\r\n"
        self.data += gzip.compress(record) if self.packed else record

    def __bytes__(self) -> bytes:
        return self.data


def pages(archive: Path) -> Counter[str]:
    """How often the archive holds each article's page."""
    found: Counter[str] = Counter()
    for entry in read_archives(sorted(archive.glob("*.warc.gz")), 1 << 24):
        assert not isinstance(entry, Fault), entry
        if getattr(entry, "role", None) == "article":
            found[entry.url] += 1  # type: ignore[union-attr]
    return found
