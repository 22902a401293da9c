"""Headers of a response that do not end."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.crawling import crawl

BLOCKS = 300
BLOCK_BYTES = 100_000
FLOODS = {
    "headers": b"X-Header: " + b"a" * 88 + b"\r\n",
    "cookies": b"Set-Cookie: " + b"a=" + b"b" * 84 + b"\r\n",
    "a header that goes on": b" " + b"a" * 97 + b"\r\n",
}


class Flood(socketserver.ThreadingTCPServer):
    daemon_threads = True
    line = b""
    sent = 0


class _Answer(socketserver.BaseRequestHandler):
    server: Flood

    def handle(self) -> None:
        if b"robots.txt" in self.request.recv(65536):
            self.request.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        self.request.sendall(b"HTTP/1.1 200 OK\r\nX: a\r\n")
        try:
            for _ in range(BLOCKS):
                self.request.sendall(self.server.line * (BLOCK_BYTES // len(self.server.line)))
                self.server.sent += BLOCK_BYTES
        except OSError:  # the crawler has closed the connection
            return


@contextmanager
def flood(line: bytes) -> Iterator[Flood]:
    with Flood(("127.0.0.1", 0), _Answer) as server:
        server.line = line
        threading.Thread(target=server.serve_forever).start()
        try:
            yield server
        finally:
            server.shutdown()


@pytest.mark.parametrize("line", FLOODS.values(), ids=FLOODS)
def test_headers_without_an_end_are_cut_off(line: bytes, tmp_path: Path) -> None:
    with flood(line) as server:
        url = f"http://127.0.0.1:{server.server_address[1]}/page.html"
        done = crawl(tmp_path / "x", "articles", "-a", f"urls={url}", RETRY_TIMES=0)
        assert server.sent < BLOCKS * BLOCK_BYTES / 2
    (reject,) = done.rejects
    assert (reject["url"], reject["reason"]) == (url, "download")
    assert "headers" in reject["detail"]
    assert done.status == 1
