"""A real pywb over the archive of a crawl: its index and its pages give every archived article once, whatever kills."""

from __future__ import annotations

import os
import random
import re
import shutil
import socket
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from replica import Replica
from replica.crawling import ROOT
from tests.support.archives import archived_records
from tests.support.crawling import crawl, killable_crawl, read

BIN = ROOT / ".pywb" / "bin"
pytestmark = pytest.mark.skipif(not (BIN / "wayback").exists(), reason="no pywb in .pywb; `make pywb` installs it")

ARTICLES = 40
KILLS = 30 if os.environ.get("TORTURE") else 3
_ASKED = re.compile(r'"GET (\S+) HTTP')


class Pywb:
    """A server of one collection, ``outlet``; its log tells what was asked."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        self._process = subprocess.Popen(
            [BIN / "wayback", "-b", "127.0.0.1", "-p", str(port)],
            cwd=folder,
            env={**environment, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._limit = threading.Timer(900, self._process.kill)
        self._limit.start()
        self._lines: list[str] = []
        self._listens = threading.Event()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        assert self._listens.wait(60), self._lines

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._lines.append(line)
            if "Starting Gevent Server" in line:
                self._listens.set()

    def asked(self) -> list[str]:
        """What clients asked for since the last call, but for its own requests to itself."""
        lines, self._lines = self._lines, []
        return [match[1] for line in lines if (match := _ASKED.search(line))]

    def stop(self) -> None:
        """End the server."""
        self._limit.cancel()
        self._process.terminate()
        self._process.wait()
        self._reader.join()
        assert self._process.stdout
        self._process.stdout.close()


@contextmanager
def pywb(folder: Path, archive: Path) -> Iterator[Pywb]:
    for command in (["init", "outlet"], ["add", "outlet", *map(str, archive.glob("*.warc.gz"))]):
        subprocess.run([BIN / "wb-manager", *command], cwd=folder, check=True, capture_output=True, timeout=120)
    server = Pywb(folder)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder / "collections")


def test_history_from_pywb(tmp_path: Path) -> None:
    with Replica(articles=ARTICLES, seed=14) as site:
        whole = tmp_path / "crawled"
        done = crawl(whole, "sections", site=site.url, ARCHIVE_DIR=tmp_path / "archive")
        assert done.status == 0, done.log
        expected = {record["id"]: _comparable(record) for record in done.records}
        roles = Counter(r.rec_headers.get_header("Tibetnews-Role") for _, r in archived_records(tmp_path))
        site.forget_requests()
        (tmp_path / "pywb").mkdir()
        with pywb(tmp_path / "pywb", tmp_path / "archive") as server:
            arguments = ("history", "-a", f"source={server.url}/outlet/cdx")
            done = crawl(tmp_path / "exports", *arguments, site=site.url)
            assert done.status == 0, done.log
            asked = server.asked()
            assert len(done.records) == len(expected)
            assert {record["id"]: _comparable(record) for record in done.records} == expected
            assert len([path for path in asked if "/cdx?" in path]) == 1
            assert len([path for path in asked if "id_/" in path]) == len(expected) + roles["part"]
            again = crawl(tmp_path / "exports", *arguments, site=site.url)
            assert again.status == 0, again.log
            assert server.asked() == []
            _kill_and_resume(tmp_path, site.url, arguments, expected)
        assert site.requests() == []


def _kill_and_resume(
    folder: Path, site: str, arguments: tuple[str, ...], expected: dict[str, dict[str, object]]
) -> None:
    whole = killable_crawl(folder / "undisturbed", site, "0", *arguments, COMMIT_ITEMS=5)
    seconds, dice, kills = float(whole.stdout.split()[-1]), random.Random(6), 0
    while kills < KILLS:
        exports = folder / f"killed-{kills}"
        for _ in range(3):
            when = f"{dice.uniform(seconds / 2, seconds):.6f}s"
            kills += killable_crawl(exports, site, when, *arguments, COMMIT_ITEMS=5).returncode < 0
        assert killable_crawl(exports, site, "0", *arguments, COMMIT_ITEMS=5).returncode == 0
        records = read(exports, "articles")
        assert len(records) == len(expected)
        assert {record["id"]: _comparable(record) for record in records} == expected, f"after {kills} kills"


def _comparable(record: dict[str, object]) -> dict[str, object]:
    """Which of two copies is the first depends on the order of the fetches."""
    return {**record, "duplicate_of": None, "similarity": None}
