"""System calls that fail, one after the other, over a crawl, a cleaning and a merge: nothing lost, doubled or torn.

A library in C takes the calls' place (LD_PRELOAD). ``make torture`` lets hundreds fail, CI a share.
"""

from __future__ import annotations

import errno
import json
import os
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest

from replica import Replica
from replica.crawling import FAST, setting_options
from tests.support.archives import pages
from tests.support.crawling import lines
from tests.support.failing_calls import Commands, Done

WRONG_USE, IO_ERROR, LOCKED = 2, 74, 75
SECTIONS = "politics,instant/politics,news/zcdt"
FAILURES = 60 if os.environ.get("TORTURE") else 1
"""For each kind of call, as far as there are so many calls."""
KINDS = ("write", "fsync", "ftruncate", "open", "rename", "read", "folder", "lock", "close")
ERRORS = (errno.ENOSPC, errno.EIO, errno.EDQUOT)


@dataclass(frozen=True)
class Failure:
    """Which call of a command fails, and how."""

    kind: str
    nth: int
    error: int
    mode: str


def failures(kind: str, calls: int) -> Iterator[Failure]:
    """Some of the calls, spread over all, with each error and each mode in turn."""
    dice = random.Random(f"{kind} {calls}")
    modes = cycle(("once", "from then on", "short") if kind in ("write", "read") else ("once", "from then on"))
    for nth in sorted(dice.sample(range(1, calls + 1), min(FAILURES, calls))):
        yield Failure(kind, nth, dice.choice(ERRORS), next(modes))


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(articles=30, seed=8, sections=6) as replica:
        yield replica


def crawl(server: Commands, replica: Replica, folder: Path, failure: Failure | None = None) -> Done:
    settings = {
        **FAST,
        "OUTLET_SITE": replica.url,
        "EXPORT_DIR": folder / "exports",
        "STATE_DIR": folder / "state",
        "ARCHIVE_DIR": folder / "archive",
        "COMMIT_ITEMS": 4,
        "LOG_LEVEL": "WARNING",
    }
    options = setting_options(settings)
    return run(server, folder, ["crawl", "sections", "-a", f"sections={SECTIONS}", *options], failure)


def is_honest(done: Done) -> bool:
    """Whether the status says what happened.

    A folder that cannot be made is a wrong setting; a page of the ledger that cannot be read is damage, for SQLite too;
    and a lock that fails looks to it like one that another program holds.
    """
    refused = done.status == WRONG_USE and re.search("folder cannot be made|ledger is damaged", done.log)
    locked = done.status == LOCKED and re.search("locking protocol|database is locked", done.log)
    return bool(refused or locked or done.status in (0, IO_ERROR))


def run(server: Commands, folder: Path, argv: list[str], failure: Failure | None) -> Done:
    fail = (failure.kind, failure.nth, failure.error, failure.mode) if failure else None
    return server.run(*argv, below=folder, fail=fail)


@pytest.mark.parametrize("kind", KINDS)
def test_a_crawl_survives_each_failing_call(server: Commands, replica: Replica, tmp_path: Path, kind: str) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    done = crawl(server, replica, whole, Failure(kind, 0, 0, "once"))
    assert done.status == 0, done.log
    expected = lines(whole / "exports")
    assert expected.total() == len(expected) > 8
    tried = unharmed = 0
    for failure in failures(kind, done.calls):
        folder = tmp_path / str(failure.nth)
        folder.mkdir()
        failed = crawl(server, replica, folder, failure)
        assert "Traceback" not in failed.log, (failure, failed.log)
        assert is_honest(failed), (failure, failed)
        assert failed.status != IO_ERROR or failed.log.count("cannot be") == 1, (failure, failed.log)
        if failed.status == 0:
            assert lines(folder / "exports") == expected, (failure, failed.log)
        if tried % 3 == 2:  # what mends it may fail too
            assert is_honest(crawl(server, replica, folder, failure)), failure
        good = crawl(server, replica, folder)
        assert good.status == 0, (failure, good.log)
        assert lines(folder / "exports") == expected, (failure, failed.log, good.log)
        assert pages(folder / "archive") == pages(whole / "archive"), failure
        tried, unharmed = tried + 1, unharmed + (failed.status == 0)
        shutil.rmtree(folder)
    print(f"\n{kind}: {tried} of {done.calls} calls failed, {unharmed} without harm")


@pytest.mark.parametrize("kind", KINDS)
def test_a_reading_of_an_archive_survives_each_failing_call(
    server: Commands, replica: Replica, tmp_path: Path, kind: str
) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    assert crawl(server, replica, whole).status == 0
    archive = whole / "archive"

    def reread(folder: Path, failure: Failure | None) -> Done:
        shutil.copytree(archive, folder / "archive", dirs_exist_ok=True)
        settings = [
            "-s",
            f"EXPORT_DIR={folder / 'out'}",
            "-s",
            f"STATE_DIR={folder / 'state'}",
            "-s",
            "LOG_LEVEL=WARNING",
        ]
        return run(server, folder, ["crawl", "archive", "-a", f"warc={folder / 'archive'}", *settings], failure)

    done = reread(tmp_path / "reread", Failure(kind, 0, 0, "once"))
    assert done.status == 0, done.log
    expected = [lines(folder) for folder in (tmp_path / "reread" / "out").glob("reread-*")]
    assert len(expected) == 1
    assert expected[0].total() == lines(whole / "exports").total()
    tried = 0
    for failure in failures(kind, done.calls):
        folder = tmp_path / str(failure.nth)
        failed = reread(folder, failure)
        assert "Traceback" not in failed.log, (failure, failed.log)
        assert is_honest(failed) or failed.status == 1, (failure, failed)
        if failed.status == 0:
            assert [lines(out) for out in (folder / "out").glob("reread-*")] == expected, failure
        shutil.rmtree(folder / "out", ignore_errors=True)
        good = reread(folder, None)
        assert good.status == 0, (failure, good.log)
        assert [lines(out) for out in (folder / "out").glob("reread-*")] == expected, failure
        tried += 1
        shutil.rmtree(folder)
    print(f"\narchive, {kind}: {tried} of {done.calls} calls failed")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("command", ["clean", "merge"])
def test_a_cleaning_and_a_merge_survive_each_failing_call(
    server: Commands, tmp_path: Path, command: str, kind: str
) -> None:
    empty = {"published_at": None, "fetched_at": None, "duplicate_of": None, "title": ""}
    records = [
        {
            "id": f"cn-{n % 300}",
            "revision": 1 + n // 300,
            "url": "http://x",
            "text": f"第{n}天，雪下得正好。" * 40,
            **empty,
        }
        for n in range(400)
    ]
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    jobs = ["--jobs", "1"] if command == "clean" else []

    def work(folder: Path, failure: Failure | None) -> Done:
        folder.mkdir(exist_ok=True)
        (folder / "in.jsonl").write_text(text, "utf-8")
        return run(server, folder, [command, *jobs, "-O", str(folder / "out.jsonl"), str(folder / "in.jsonl")], failure)

    whole = work(tmp_path / "whole", Failure(kind, 0, 0, "once"))
    assert whole.status == 0, whole.log
    assert (tmp_path / "whole" / "out.jsonl").stat().st_size > len(text)
    tried = 0
    for failure in failures(kind, whole.calls):
        folder = tmp_path / str(failure.nth)
        failed = work(folder, failure)
        assert "Traceback" not in failed.log, (failure, failed.log)
        assert failed.status in (whole.status, IO_ERROR, 2), (failure, failed)
        good = work(folder, None)
        assert good.status == whole.status, (failure, good.log)
        for path in (tmp_path / "whole").iterdir():
            assert (folder / path.name).read_bytes() == path.read_bytes(), (failure, path)
        assert len(list(folder.iterdir())) == len(list((tmp_path / "whole").iterdir()))
        tried += 1
    print(f"\n{command}, {kind}: {tried} of {whole.calls} calls failed")
