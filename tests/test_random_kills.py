"""A crawl of some hundred articles that is killed again and again, anywhere, loses nothing and repeats little."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from replica import Replica
from replica.crawling import FAST
from tests.support.crawling import killable_crawl, lines

ARTICLES = 320
BATCH = 10
KILLS = 40 if os.environ.get("TORTURE") else 1
"""Kills for each seed: ``make torture`` makes a hundred and more, CI a share."""

SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(articles=ARTICLES, seed=8) as replica:
        yield replica


def run(folder: Path, replica: Replica, when: str) -> subprocess.CompletedProcess[str]:
    """A crawl of the replica that may be killed; its articles are old, so no revisit is due."""
    return killable_crawl(folder, replica.url, when, "sections", COMMIT_ITEMS=BATCH, REVISIT_AFTER_DAYS="")


@pytest.fixture(scope="module")
def undisturbed(replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> tuple[Counter[str], float]:
    """What an undisturbed crawl leaves, and the processor time that it takes, in seconds."""
    folder = tmp_path_factory.mktemp("undisturbed") / "exports"
    done = run(folder, replica, "0")
    assert done.returncode == 0, done.stderr
    found = lines(folder)
    assert len(found) == found.total() >= 300
    assert len(articles(replica)) >= 300
    return found, float(done.stdout.split()[-1])


@pytest.mark.parametrize("seed", SEEDS)
def test_killed_anywhere(replica: Replica, undisturbed: tuple[Counter[str], float], tmp_path: Path, seed: int) -> None:
    expected, seconds = undisturbed
    dice = random.Random(seed)
    kills = crawls = 0
    again: list[int] = []
    while kills < KILLS:
        crawls += 1
        folder = tmp_path / str(crawls)
        asked: list[set[str]] = []
        status = -signal.SIGPROF
        while status == -signal.SIGPROF:
            replica.forget_requests()
            done = run(folder, replica, f"{dice.uniform(seconds / 4, seconds):.6f}s")
            status = done.returncode
            asked.append(articles(replica))
        assert status == 0, done.stderr
        assert lines(folder) == expected, f"crawl {crawls} of seed {seed}, killed {len(asked) - 1} times"
        assert len(set().union(*asked)) >= 300
        kills += len(asked) - 1
        again += [len(now & set().union(*asked[i + 1 :])) for i, now in enumerate(asked[:-1])]
    print(f"\nseed {seed}: {kills} kills of {crawls} crawls, articles fetched again a kill: {sorted(again)}")
    assert max(again) <= int(FAST["CONCURRENT_REQUESTS"]) + BATCH


def articles(replica: Replica) -> set[str]:
    """The first pages of the articles that were asked for; a long article's further pages are no articles."""
    return {request["path"] for request in replica.requests() if ARTICLE.fullmatch(request["path"])}


ARTICLE = re.compile(r".*/t\d{8}_\d+\.html|.*/content_\d+\.shtml|.*/\d{13}\.shtml|.*/\d{6}/\d{2}/.*")
