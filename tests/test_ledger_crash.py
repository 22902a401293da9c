"""Exactly-once lines: a crawl that is killed anywhere and run again leaves the exports of an undisturbed one."""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from replica import Replica
from replica.crawling import FAST
from tests.support.crawling import crawl, killable_crawl, lines

ARTICLES = 30
SHARE = 1 if os.environ.get("TORTURE") else 24
"""All instants are tried by ``make torture``; CI tries every 24th, beginning at another place in each kind."""


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(articles=ARTICLES, seed=8, sections=6) as replica:
        yield replica


SECTIONS = ["sections", "-a", "sections=politics,instant/politics,news/zcdt,culture/ms,review,photo/news"]


def killed(folder: Path, replica: Replica, fatal: int) -> subprocess.CompletedProcess[str]:
    """A crawl of the replica that dies at its n-th write."""
    return killable_crawl(folder, replica.url, str(fatal), *SECTIONS, COMMIT_ITEMS=4)


@pytest.fixture(scope="module")
def undisturbed(replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> tuple[Counter[str], int]:
    folder = tmp_path_factory.mktemp("undisturbed")
    done = killed(folder, replica, 0)
    assert done.returncode == 0, done.stderr
    found = lines(folder)
    assert len(found) == found.total() >= 20
    return found, int(done.stdout.split()[-2])


def test_killed_between_any_two_writes(replica: Replica, undisturbed: tuple[Counter[str], int], tmp_path: Path) -> None:
    expected, writes = undisturbed
    assert writes > 2 * len(expected)
    for fatal in range(1, writes + 1, SHARE):
        folder = tmp_path / str(fatal)
        done = killed(folder, replica, fatal)
        assert done.returncode in (-signal.SIGKILL, 0), done.stderr
        again = killed(folder, replica, 0)
        assert again.returncode == 0, again.stderr
        assert lines(folder) == expected, f"killed at write {fatal} of {writes}"


def test_killed_again_and_again_with_torn_lines(
    replica: Replica, undisturbed: tuple[Counter[str], int], tmp_path: Path
) -> None:
    expected, writes = undisturbed
    dice = random.Random(5)
    folder = tmp_path / "torn"
    for _ in range(40 // SHARE + 4):
        killed(folder, replica, dice.randrange(3, writes))
        for file in folder.glob("articles-*.jsonl"):
            committed = committed_length(folder, file)
            surplus = file.stat().st_size - committed
            if surplus > 1:  # a torn write: some of the bytes that were not synced are not there
                with file.open("r+b") as handle:
                    handle.truncate(committed + dice.randrange(surplus))
    assert killed(folder, replica, 0).returncode == 0
    assert lines(folder) == expected


def committed_length(folder: Path, file: Path) -> int:
    """How much of an export the ledger vouches for."""
    with closing(sqlite3.connect(folder.with_name(folder.name + "-state") / "ledger.sqlite3")) as db:
        row = db.execute("SELECT offset FROM feeds WHERE path = ?", (str(file.relative_to(folder.parent)),)).fetchone()
    return int(row[0]) if row else 0


def test_a_run_after_a_kill_asks_only_for_what_is_missing(
    replica: Replica, undisturbed: tuple[Counter[str], int], tmp_path: Path
) -> None:
    _, writes = undisturbed
    folder = tmp_path / "missing"
    replica.forget_requests()
    killed(folder, replica, writes * 2 // 3)
    killed(folder, replica, 0)
    first_page = re.compile(r".*/t\d{8}_\d+\.html")
    asked: Counter[Any] = Counter(r["path"] for r in replica.requests() if first_page.fullmatch(r["path"]))
    repeated = sum(times - 1 for times in asked.values())
    assert repeated <= int(FAST["CONCURRENT_REQUESTS"]) + 4


def test_what_was_asked_for_was_durable_before(
    replica: Replica, undisturbed: tuple[Counter[str], int], tmp_path: Path
) -> None:
    _, writes = undisturbed
    for fatal in range(9, writes // 3, 5):
        folder = tmp_path / str(fatal)
        replica.forget_requests()
        killed(folder, replica, fatal)
        first_page = re.compile(r".*/t\d{8}_\d+\.html|.*/content_\d+\.shtml")
        asked = {r["path"] for r in replica.requests() if first_page.fullmatch(r["path"])}
        with closing(sqlite3.connect(folder.with_name(folder.name + "-state") / "ledger.sqlite3")) as db:
            known = {urlsplit(url).path for (url,) in db.execute("SELECT url FROM articles")}
        assert asked <= known


def test_a_full_disk_ends_the_run_and_loses_nothing(
    replica: Replica, undisturbed: tuple[Counter[str], int], tmp_path: Path
) -> None:
    expected, _ = undisturbed
    folder = tmp_path / "full"
    folder.mkdir()
    day = "articles-20990101.jsonl"
    (folder / day).symlink_to("/dev/full")
    site = {"site": replica.url}
    full = crawl(tmp_path / "out", *SECTIONS, "-o", str(folder / day), **site)
    assert full.status == 74, full.log
    assert "cannot be written" in full.log
    assert "Traceback" not in full.log
    done = crawl(tmp_path / "out", *SECTIONS, **site)
    assert done.status == 0, done.log
    assert lines(tmp_path / "out") == expected
