"""A crawl asks the outlet and nobody else, whichever of Scrapy's settings are switched on."""

from __future__ import annotations

import json
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from replica.crawling import FAST, ROOT, setting_options


class CookieFlood(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if "robots" not in self.path else 404)
        for number in range(50):
            self.send_header("Set-Cookie", f"a{number}=b; Domain=.outlet{number}.co.uk; Path=/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.mark.parametrize("cookies", [0, 1])
@pytest.mark.parametrize("command", [("crawl", "articles"), ("fetch",)])
def test_cookies_ask_nobody_else(command: tuple[str, ...], cookies: int, tmp_path: Path) -> None:
    with HTTPServer(("127.0.0.1", 0), CookieFlood) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        site = f"http://localhost:{server.server_port}"
        arguments = ["-a", f"urls={site}/1.html,{site}/2.html"] if "crawl" in command else [f"{site}/1.html"]
        settings = {**FAST, "COOKIES_ENABLED": cookies, "OUTLET_SITE": site, "STATE_DIR": "", "EXPORT_DIR": tmp_path}
        options = setting_options(settings)
        watched = [sys.executable, "-m", "tests.support.watched_crawl", *command, *arguments, *options]
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            watched, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        server.shutdown()
    assert json.loads(done.stdout.splitlines()[-1]) == ["localhost"], done.stderr
    assert "Traceback" not in done.stderr
