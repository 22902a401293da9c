"""The project as an egg in a real scrapyd: a scheduled job brings records, and a second one at once is sent away."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from replica import Replica
from replica.crawling import FAST, ROOT

BIN = ROOT / ".scrapyd" / "bin"
pytestmark = pytest.mark.skipif(
    not (BIN / "scrapyd").exists(), reason="no scrapyd in .scrapyd; `make scrapyd` installs it"
)

ARTICLES = 100
ENDED = re.compile(r"Process (?:finished:|died: exitstatus=(\d+) ).*?job='(\w+)'")


class Scrapyd:
    """A server in a folder of its own; it looks for jobs ten times a second and logs to a pipe that this reads."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/"
        config = ["[scrapyd]", f"http_port = {port}", "poll_interval = 0.1", "max_proc = 2"]
        (folder / "scrapyd.conf").write_text("\n".join(config))
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("SCRAPY", "PYTHON"))}
        self._process = subprocess.Popen(
            [BIN / "scrapyd"],
            cwd=folder,
            env={**environment, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._limit = threading.Timer(120, self._process.kill)
        self._limit.start()
        self.read_until(re.compile("Scrapyd .* started"))

    def read_until(self, pattern: re.Pattern[str]) -> re.Match[str]:
        """Read the log up to a line that matches."""
        assert self._process.stdout
        lines = []
        for line in self._process.stdout:
            lines.append(line)
            if match := pattern.search(line):
                return match
        raise AssertionError("".join(lines))

    def ask(self, resource: str, **data: str) -> dict[str, Any]:
        """Post to the API and return its answer."""
        body = urllib.parse.urlencode(data).encode()
        with urllib.request.urlopen(self.url + resource, body, timeout=60) as response:
            answer: dict[str, Any] = json.loads(response.read())
        assert answer["status"] == "ok", answer
        return answer

    def ends(self, count: int) -> dict[str, int]:
        """Return the exit statuses of the next jobs that end, by job."""
        matches = [self.read_until(ENDED) for _ in range(count)]
        return {match[2]: int(match[1] or 0) for match in matches}

    def stop(self) -> None:
        """End the server."""
        self._limit.cancel()
        self._process.terminate()
        self._process.communicate()


@pytest.fixture
def scrapyd(tmp_path: Path) -> Iterator[Scrapyd]:
    (tmp_path / "server").mkdir()
    server = Scrapyd(tmp_path / "server")
    yield server
    server.stop()


def deploy(scrapyd: Scrapyd, checkout: Path) -> None:
    """Send a copy of the project with scrapyd's own client, which builds an egg."""
    shutil.copytree(ROOT / "tibetnews", checkout / "tibetnews", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "requirements.txt", "README.md", "LICENSE", "MANIFEST.in"):
        shutil.copy(ROOT / name, checkout)
    settings, _, rest = (ROOT / "scrapy.cfg").read_text().partition("url = http://localhost:6800/")
    (checkout / "scrapy.cfg").write_text(f"{settings}url = {scrapyd.url}{rest}")
    done = subprocess.run(
        [BIN / "scrapyd-deploy"], cwd=checkout, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["spiders"] == 5


def test_a_scheduled_job_brings_records_and_two_at_once_do_not_share_a_ledger(scrapyd: Scrapyd, tmp_path: Path) -> None:
    (tmp_path / "checkout").mkdir()
    deploy(scrapyd, tmp_path / "checkout")
    with Replica(articles=ARTICLES, seed=2) as replica:
        settings = {**FAST, "OUTLET_SITE": replica.url, "EXPORT_DIR": "out", "STATE_DIR": "state"}
        options = list(settings.items())

        def schedule(**more: str) -> str:
            data = [("project", "tibetnews"), ("spider", "sections"), ("jobid", more.pop("jobid"))]
            data += [("setting", f"{name}={value}") for name, value in [*options, *more.items()]]
            body = urllib.parse.urlencode(data).encode()
            with urllib.request.urlopen(f"{scrapyd.url}schedule.json", body, timeout=60) as response:
                job: str = json.loads(response.read())["jobid"]
            return job

        job = schedule(jobid="first")
        assert scrapyd.ends(1) == {job: 0}
        files = list((tmp_path / "server" / "out").glob("articles-*.jsonl"))
        ids = [json.loads(line)["id"] for file in files for line in file.read_bytes().splitlines()]
        assert sorted(ids) == sorted({record["id"] for record in replica.records().values()})

        replica.publish(5)
        replica.fault("/robots.txt", "slow", seconds=20)
        jobs = [schedule(jobid=name, DOWNLOAD_TIMEOUT="5", RETRY_TIMES="0") for name in ("one", "other")]
        statuses = scrapyd.ends(2)
    assert sorted(statuses) == jobs
    assert sorted(statuses.values())[-1] == 75
    assert list(statuses.values()).count(75) == 1
