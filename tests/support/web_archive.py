"""A web archive on loopback, made of a crawl's WARC files: indexes of both dialects, pages as shown, byte ranges."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote_plus, unquote_plus, urlsplit

from warcio.archiveiterator import ArchiveIterator

PAGE_ROWS = 15
"""Rows of an index page."""


@dataclass(kw_only=True)
class Shown:
    """A capture as the archive has it."""

    row: dict[str, str]
    headers: list[tuple[str, str]]
    body: bytes


@dataclass
class WebArchive:
    """What the server knows and did; ``faults``: statuses and headers that the next requests below a path get."""

    folder: Path
    captures: list[Shown] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    faults: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)
    fault_body: bytes = b"Slow Down"
    knows_ranges: bool = True
    redirects: int = 0
    """Of parts to their nearest captures."""
    url: str = ""

    def asked(self, part: str) -> list[str]:
        """The requests with this part in their address."""
        return [path for path in self.requests if part in path]

    def add(self, file: Path) -> None:
        """Index a WARC file: captures by HTTP, as an indexer of an archive does it."""
        with file.open("rb") as stream:
            archive = ArchiveIterator(stream)
            for record in archive:
                if record.rec_type != "response":
                    continue
                head, http = record.rec_headers, record.http_headers
                row = {
                    "url": head.get_header("WARC-Target-URI"),
                    "timestamp": re.sub(r"\D", "", head.get_header("WARC-Date"))[:14],
                    "mime": (http.get_header("Content-Type") or "").partition(";")[0],
                    "status": http.get_statuscode(),
                    "digest": (head.get_header("WARC-Payload-Digest") or "sha1:").partition(":")[2],
                    "filename": file.name,
                }
                if head.get_header("WARC-Truncated"):
                    row["truncated"] = head.get_header("WARC-Truncated")
                body = record.content_stream().read()
                row["offset"] = str(archive.get_record_offset())  # which reads the record to its end
                row["length"] = str(archive.get_record_length())
                self.captures.append(Shown(row=row, headers=http.headers, body=body))

    def answer(self, target: str, byte_range: str | None) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body."""
        self.requests.append(f"{target} {byte_range}" if byte_range else target)
        for part, answers in self.faults.items():
            if part in self.requests[-1] and answers:
                status, headers = answers.pop(0)
                return status, headers, self.fault_body
        parts = urlsplit(target)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/collinfo.json":
            rows = [{"id": f"CC-{n}", "cdx-api": f"{self.url}/CC-{n}-index", "to": f"{2023 + n}-12-01"} for n in (2, 1)]
            return 200, {}, json.dumps(rows).encode()
        if match := re.fullmatch(r"/CC-(\d)-index", parts.path):  # the parts of articles lie in both
            is_here = [
                asked["matchType"] == "exact" or half_of(shown.row) == int(match[1]) for shown in self._found(asked)
            ]
            return self._pywb([s.row for s, here in zip(self._found(asked), is_here, strict=True) if here], asked)
        if parts.path == "/cdx/search/cdx":
            return self._wayback([shown.row for shown in self._found(asked)], asked)
        if match := re.fullmatch(r"/web/(\d{14})id_/(.*)", target):
            return self._show(match[1], match[2])
        if parts.path.startswith("/records/"):
            return self._cut((self.folder / parts.path.rpartition("/")[2]).read_bytes(), byte_range)
        return 404, {}, b""

    def _found(self, asked: dict[str, str]) -> list[Shown]:
        url = asked["url"]
        html, exact = "html" in asked.get("filter", ""), asked["matchType"] == "exact"
        found = [s for s in self.captures if (s.row["url"] == url if exact else s.row["url"].startswith(url))]
        found = [s for s in found if not html or "html" in s.row["mime"]]
        found = [s for s in found if s.row["status"] == "200" and s.row["timestamp"] >= asked.get("from", "")]
        return sorted(found, key=lambda shown: (shown.row["url"], shown.row["timestamp"]))

    def _pywb(self, rows: list[dict[str, str]], asked: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if not rows:
            return 404, {}, json.dumps({"message": "No Captures found"}).encode()
        if "showNumPages" in asked:
            return 200, {}, json.dumps({"pages": -(-len(rows) // PAGE_ROWS), "pageSize": 5, "blocks": 1}).encode()
        start = int(asked["page"]) * PAGE_ROWS
        if start >= len(rows):
            return 400, {}, b"{}"
        return 200, {}, "".join(json.dumps(row) + "\n" for row in rows[start : start + PAGE_ROWS]).encode()

    def _wayback(self, rows: list[dict[str, str]], asked: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        """As the real server: its resume key is made of the fields that it writes, and is encoded for an address."""
        names = {"original": "url", "statuscode": "status", "mimetype": "mime", "urlkey": "url"}
        fields = asked["fl"].split(",")
        start = unquote_plus(asked.get("resumeKey", ""))
        rest = [row for row in rows if f"{row['url']} {row['timestamp']}" >= start]
        shown = [[row[names.get(name, name)] for name in fields] for row in rest[:PAGE_ROWS]]
        more: list[Any] = []
        if shown and len(shown) == PAGE_ROWS:
            last = dict(zip(fields, shown[-1], strict=True))
            more = [[], [quote_plus(f"{last.get('urlkey', '-')} {last['timestamp']}!")]]
        return 200, {}, json.dumps([fields, *shown, *more] if shown else []).encode()

    def _show(self, timestamp: str, url: str) -> tuple[int, dict[str, str], bytes]:
        near = [shown for shown in self.captures if shown.row["url"] == url and shown.row["status"] == "200"]
        if not near:
            return 404, {}, b""
        best = min(near, key=lambda shown: abs(int(shown.row["timestamp"]) - int(timestamp)))
        if best.row["timestamp"] != timestamp:
            self.redirects += 1
            return 302, {"Location": f"{self.url}/web/{best.row['timestamp']}id_/{url}"}, b""
        headers = {f"x-archive-orig-{name}": value for name, value in best.headers}
        kind = next((value for name, value in best.headers if name.lower() == "content-type"), "text/plain")
        return 200, {**headers, "Content-Type": kind, "ETag": '"the-archives-own"'}, best.body

    def _cut(self, data: bytes, byte_range: str | None) -> tuple[int, dict[str, str], bytes]:
        match = re.fullmatch(r"bytes=(\d+)-(\d+)", byte_range or "")
        if not match or not self.knows_ranges:
            return 200, {}, data
        first, last = int(match[1]), int(match[2])
        return 206, {"Content-Range": f"bytes {first}-{last}/{len(data)}"}, data[first : last + 1]


def half_of(row: dict[str, str]) -> int:
    """Which of the two collections holds a page."""
    return int(row["offset"]) % 2 + 1


@contextmanager
def serve(folder: Path) -> Iterator[WebArchive]:
    """An archive of the WARC files in a folder."""
    archive = WebArchive(folder)
    for file in sorted(folder.glob("*.warc.gz")):
        archive.add(file)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = archive.answer(self.path, self.headers.get("Range"))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    archive.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield archive
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
