"""Power fails at any instant of a crawl: after the next good one nothing is lost, doubled or torn.

The disk is made from a log of all calls that change files, as it may be with what was not yet synced there or not.
``make torture`` tries a hundred instants and more, CI a share.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest

from replica import Replica
from replica.crawling import FAST, setting_options
from tests.support.archives import pages
from tests.support.crawling import lines, read
from tests.support.failing_calls import Commands, Done
from tests.support.power_loss import Call, Disk, losses, read_log

SHARE = 1 if os.environ.get("TORTURE") else 20
DAMAGED = 2
SECTIONS = "politics,instant/politics,news/zcdt"


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(articles=30, seed=8, sections=6) as replica:
        chosen = [url for url, record in replica.records().items() if record["section"] == "politics"]
        for url in chosen[:2]:
            replica.fault(urlsplit(url).path, "status", status=410)
        yield replica


@dataclass(frozen=True)
class Work:
    """Commands that lose power, in a folder with everything."""

    server: Commands
    replica: Replica

    def crawl(self, folder: Path, log: Path | None = None) -> Done:
        settings = {**FAST, "OUTLET_SITE": self.replica.url, "COMMIT_ITEMS": 4, "ARCHIVE_MAX_BYTES": 60_000}
        settings |= {"HEALTH_MAX_FAILED_SHARE": 1, "HEALTH_MAX_REJECTED_SHARE": 1}
        return self.run(folder, log, "crawl", "sections", "-a", f"sections={SECTIONS}", **settings)

    def rebuild(self, folder: Path, log: Path | None = None) -> Done:
        return self.run(folder, log, "ledger", "rebuild")

    def run(self, folder: Path, log: Path | None, *argv: str, **settings: object) -> Done:
        places = {"EXPORT_DIR": "exports", "STATE_DIR": "state", "ARCHIVE_DIR": "archive"}
        chosen = {**settings, **{name: folder / place for name, place in places.items()}, "LOG_LEVEL": "WARNING"}
        options = setting_options(chosen)
        folder.mkdir(exist_ok=True)
        return self.server.run(*argv, *options, below=folder, log=log)


@dataclass(frozen=True)
class Left:
    """What a crawl has left."""

    exported: Counter[str]
    archived: Counter[str]
    rejected: Counter[tuple[str, str]]

    @classmethod
    def by(cls, folder: Path) -> Left:
        rejected = Counter((reject["url"], reject["reason"]) for reject in read(folder / "exports", "rejected"))
        archived = pages(folder / "archive")
        for url, _ in rejected:
            archived[url] = min(1, archived[url])  # it was asked for again
        return cls(lines(folder / "exports"), archived, rejected)


@pytest.fixture(scope="module")
def work(server: Commands, replica: Replica) -> Work:
    return Work(server, replica)


@dataclass(frozen=True)
class Recording:
    """All calls of a command, and the folder in which it began."""

    base: Path
    calls: list[Call]
    folder: Path
    """As the command left it."""

    @classmethod
    def of(cls, command: Callable[[Path, Path], Done], base: Path) -> Recording:
        folder, log = base.with_name(f"{base.name}-recorded"), base.with_name(f"{base.name}-log")
        shutil.copytree(base, folder)
        done = command(folder, log)
        assert done.status == 0, done.log
        calls = read_log(log, folder)
        assert len(calls) > 20
        return cls(base, calls, folder)


@pytest.fixture(scope="module")
def first(work: Work, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    base = tmp_path_factory.mktemp("first") / "x"
    base.mkdir()
    return Recording.of(work.crawl, base)


@pytest.fixture(scope="module")
def expected(first: Recording) -> Left:
    left = Left.by(first.folder)
    assert left.exported.total() == len(left.exported) > 8
    assert left.rejected.total() >= 2
    return left


def assert_whole_after(
    recording: Recording, expected: Left, count: int, mend: Callable[[Path], Done], folder: Path
) -> None:
    """Lose power at so many instants of a command; what mends it leaves everything."""
    for number, (instant, disk, dice) in enumerate(losses(recording.base, recording.calls, count, "power")):
        lost = folder / f"loss-{number}"
        lost.mkdir()
        disk.lose_power(dice, lost)
        done = mend(lost)
        where = f"loss {number}, at call {instant} of {len(recording.calls)}: {recording.calls[instant - 1]}"
        assert done.status == 0, (where, done.log)
        left = Left.by(lost)
        assert left.exported == expected.exported, (where, done.log)
        assert left.archived == expected.archived, (where, done.log)
        assert left.rejected.keys() >= expected.rejected.keys(), (where, done.log)
        shutil.rmtree(lost)
    print(f"\n{count} losses of power in {len(recording.calls)} calls")


def test_in_a_first_crawl(work: Work, first: Recording, expected: Left, tmp_path: Path) -> None:
    assert_whole_after(first, expected, 60 // SHARE, work.crawl, tmp_path)


def test_in_the_crawl_after_a_loss(work: Work, first: Recording, expected: Left, tmp_path: Path) -> None:
    base = tmp_path / "x"
    base.mkdir()
    disk = Disk(first.base)
    for call in first.calls[: len(first.calls) * 2 // 3]:
        disk.play(call)
    disk.lose_power(Random(4), base)
    again = Recording.of(work.crawl, base)
    assert_whole_after(again, expected, 20 // SHARE, work.crawl, tmp_path)


def test_in_a_rebuild(work: Work, first: Recording, expected: Left, tmp_path: Path) -> None:
    base = Path(shutil.copytree(first.folder, tmp_path / "x"))
    with (base / "state" / "ledger.sqlite3").open("r+b") as file:
        file.seek(4096)
        file.write(bytes(8192))
    assert work.crawl(base).status == DAMAGED

    def mend(folder: Path) -> Done:
        done = work.crawl(folder)
        if done.status == DAMAGED:
            assert work.rebuild(folder).status == 0
            done = work.crawl(folder)
        return done

    undisturbed = Path(shutil.copytree(base, tmp_path / "undisturbed"))
    assert mend(undisturbed).status == 0
    rebuilt = Left.by(undisturbed)  # what is gone is asked for again, since no line tells of it
    assert rebuilt.exported == expected.exported
    assert_whole_after(Recording.of(work.rebuild, base), rebuilt, 20 // SHARE, mend, tmp_path)
