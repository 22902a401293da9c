"""Full disks under ledger, exports and rejects: status 74, one line, and the next good run makes it whole."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from replica import Replica
from tests.support.crawling import crawl, lines, run_crawl

IO_ERROR = 74
SECTIONS = ("sections", "-a", "sections=politics,instant/politics,news/zcdt,culture/ms,review,photo/news")


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(articles=80, seed=8, sections=6) as replica:
        yield replica


@pytest.fixture(scope="module")
def everything(replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    """The lines of an undisturbed crawl."""
    folder = tmp_path_factory.mktemp("whole") / "x"
    done = crawl(folder, *SECTIONS, site=replica.url, COMMIT_ITEMS=5)
    assert done.status == 0, done.log
    return lines(folder)


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[None]:
    """A file system of its own in the folder; skips the test where none may be mounted."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("kilobytes", [160, 256, 400] if os.environ.get("TORTURE") else [256])
@pytest.mark.parametrize("small", ["state", "exports", "both"])
def test_a_disk_that_fills_loses_and_doubles_nothing(
    replica: Replica, everything: Counter[str], tmp_path: Path, small: str, kilobytes: int
) -> None:
    disk = tmp_path / "disk"
    with small_disk(disk, kilobytes):
        state = (disk if small != "exports" else tmp_path) / "state"
        exports = (disk if small != "state" else tmp_path) / "exports"
        settings: dict[str, Any] = {"STATE_DIR": state, "COMMIT_ITEMS": 5}
        full = run_crawl(exports, *SECTIONS, site=replica.url, **settings)
        assert full.returncode == IO_ERROR, full.stdout
        assert "Traceback" not in full.stdout
        assert sum("cannot be written" in line for line in full.stdout.splitlines()) == 1, full.stdout
        again = run_crawl(exports, *SECTIONS, site=replica.url, **settings)
        assert again.returncode == IO_ERROR, again.stdout
        subprocess.run(["mount", "-o", "remount,size=50M", str(disk)], check=True)
        good = crawl(exports, *SECTIONS, site=replica.url, **settings)
        assert good.status == 0, good.log
        assert lines(exports) == everything


def test_rejects_on_a_full_disk_end_the_run(replica: Replica, everything: Counter[str], tmp_path: Path) -> None:
    """The disk is full for the rejects alone: their file is a link to a device that has no room."""
    exports = tmp_path / "exports"
    exports.mkdir()
    clock = "2026-11-27T02:00:00+00:00"
    (exports / "rejected-20261127.jsonl").symlink_to("/dev/full")
    full = run_crawl(
        exports, "articles", "-a", f"urls={replica.url}/cn/no/t20240101_1.html", site=replica.url, times=clock
    )
    assert full.returncode == IO_ERROR, full.stdout
    assert "rejected-20261127.jsonl" in full.stdout
    assert "Traceback" not in full.stdout


def read_only(exports: Path) -> None:
    """Mount the folder of the exports so that nothing can be written to it."""
    mount = ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(exports)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")


def folder_of_rejects(exports: Path) -> None:
    for day in ("20261127", "20261128"):
        (exports / f"rejected-{day}.jsonl").mkdir()


def folder_of_records(exports: Path) -> None:
    (exports / "articles-20261127.jsonl").mkdir()


@pytest.mark.parametrize("spoil", [read_only, folder_of_rejects, folder_of_records])
def test_exports_that_cannot_be_written_are_told_before_the_first_request(
    replica: Replica, tmp_path: Path, spoil: object
) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    assert callable(spoil)
    spoil(exports)
    replica.forget_requests()
    try:
        done = run_crawl(exports, *SECTIONS, site=replica.url, times="2026-11-27T02:00:00+00:00", LOG_LEVEL="WARNING")
    finally:
        subprocess.run(["umount", str(exports)], capture_output=True, check=False)
    assert done.returncode == IO_ERROR, done.stdout
    assert replica.requests() == []
    (line,) = done.stdout.splitlines()
    assert "the export cannot be written" in line
    assert re.search(rf"'{exports}(/(articles|rejected)-20261127\.jsonl)?'", line), line
