"""Archives after kill -9: whole at once, gone on with by the next run, and equal to the exports ever after."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from warcio.archiveiterator import ArchiveIterator

from replica import Replica
from replica.crawling import FAST, ROOT, setting_options
from tests.support.archives import archived_records, assert_valid, reread
from tests.support.crawling import read

INSTANTS = 30
TRIED = INSTANTS if os.environ.get("TORTURE") else 3
"""All instants are tried by ``make torture``; CI tries the first few."""


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(articles=30, seed=8, sections=6) as replica:
        yield replica


def killed(folder: Path, replica: Replica, fatal: int) -> subprocess.CompletedProcess[str]:
    """A crawl with an archive of small files that dies at its n-th write."""
    settings = {
        **FAST,
        "OUTLET_SITE": replica.url,
        "EXPORT_DIR": folder / "exports",
        "STATE_DIR": folder / "exports-state",
        "ARCHIVE_DIR": folder / "archive",
        "ARCHIVE_MAX_BYTES": 50_000,
        "COMMIT_ITEMS": 4,
        "LOG_LEVEL": "ERROR",
    }
    options = setting_options(settings)
    sections = ["sections", "-a", "sections=politics,instant/politics,news/zcdt,culture/ms,review,photo/news"]
    command = [sys.executable, "-m", "tests.support.killed_crawl", str(fatal), *sections, *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def writes(replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> int:
    """The instants of a crawl that nobody disturbs."""
    folder = tmp_path_factory.mktemp("undisturbed")
    done = killed(folder, replica, 0)
    assert done.returncode == 0, done.stderr
    assert len(list((folder / "archive").iterdir())) > 2
    assert len(read(folder / "exports", "articles")) >= 20
    return int(done.stdout.split()[-2])  # the instants, and the seconds


def vouched_for(folder: Path) -> dict[str, int]:
    """How much of each archive file the ledger vouches for."""
    path = folder / "exports-state" / "ledger.sqlite3"
    if not path.exists():
        return {}
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("SELECT path, offset FROM feeds WHERE path LIKE '%.warc.gz'").fetchall()
    return {Path(name).name: offset for name, offset in rows}


def stories(folder: Path) -> list[str]:
    """The lines of an export, but for which of two copies is the copy: a killed run's ledger may have seen the other
    first without having exported it."""
    free = {"duplicate_of": None, "similarity": None}
    return sorted(json.dumps({**record, **free}) for record in read(folder, "articles"))


def assert_whole(folder: Path) -> None:
    """warcio reads each file to its last byte, and one member begins where the ledger's word ends."""
    committed = vouched_for(folder)
    for file in (folder / "archive").glob("*"):
        ends = {0}
        with file.open("rb") as stream:
            archive = ArchiveIterator(stream, check_digests=True)
            for record in archive:
                record.content_stream().read()
                ends.add(archive.get_record_offset() + archive.get_record_length())
                assert record.digest_checker.passed is not False
        assert max(ends) == file.stat().st_size
        assert committed.get(file.name, 0) in ends


def test_killed_at_random_instants(replica: Replica, writes: int, tmp_path: Path) -> None:
    dice = random.Random(7)
    instants = dice.sample(range(1, writes + 1), INSTANTS)
    for fatal in instants[:TRIED]:
        folder = tmp_path / str(fatal)
        done = killed(folder, replica, fatal)
        assert done.returncode in (-signal.SIGKILL, 0), done.stderr
        assert_whole(folder)
        before = {name: (folder / "archive" / name).read_bytes()[:size] for name, size in vouched_for(folder).items()}
        assert killed(folder, replica, 0).returncode == 0
        for name, committed in before.items():
            if committed:
                assert (folder / "archive" / name).read_bytes().startswith(committed)
        assert_whole(folder)
        assert_valid(folder)
        again, out = reread(folder)
        assert again.status == 0, again.log
        assert stories(out) == stories(folder / "exports"), f"killed at write {fatal} of {writes}"


def test_torn_members_are_cut_before_the_next_run_writes(replica: Replica, writes: int, tmp_path: Path) -> None:
    """Power fails: of what was not synced some bytes are there."""
    dice = random.Random(9)
    for _ in range(TRIED):
        killed(tmp_path, replica, dice.randrange(8, writes))
        for name, size in vouched_for(tmp_path).items():
            file = tmp_path / "archive" / name
            surplus = file.stat().st_size - size if file.exists() else 0
            if surplus > 1:
                with file.open("r+b") as handle:
                    handle.truncate(size + dice.randrange(1, surplus))
    assert killed(tmp_path, replica, 0).returncode == 0
    assert_whole(tmp_path)
    assert_valid(tmp_path)
    _, out = reread(tmp_path)
    assert stories(out) == stories(tmp_path / "exports")


def test_each_record_that_counts_has_its_page_in_the_archive(replica: Replica, writes: int, tmp_path: Path) -> None:
    """The order of the writes: whatever instant, no committed line is without its committed page."""
    dice = random.Random(3)
    for fatal in dice.sample(range(writes // 3, writes + 1), TRIED):
        folder = tmp_path / str(fatal)
        killed(folder, replica, fatal)
        for name, size in vouched_for(folder).items():
            if (folder / "archive" / name).exists():
                os.truncate(folder / "archive" / name, size)
        held = {urlsplit(r.rec_headers.get_header("WARC-Target-URI") or "").path for _, r in archived_records(folder)}
        with closing(sqlite3.connect(folder / "exports-state" / "ledger.sqlite3")) as db:
            done = [urlsplit(url).path for (url,) in db.execute("SELECT url FROM articles WHERE state = 'done'")]
        assert set(done) <= held
