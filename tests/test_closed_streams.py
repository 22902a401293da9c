"""Standard streams that are closed, and the bare environment of cron."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from replica import Replica
from replica.crawling import FAST, ROOT, setting_options
from tests.support.crawling import read

BODY = "西藏春来早,农牧民忙着备耕。"


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(articles=20, sections=1, seed=3) as replica:
        yield replica


def run(closed: str, *arguments: str, environment: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = ["sh", "-c", f'exec "$@" {closed}', "sh", *environment, sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("closed", ["2>&-", ">&-", "<&-", "<&- >&- 2>&-"])
def test_a_crawl_needs_no_standard_stream(closed: str, replica: Replica, tmp_path: Path) -> None:
    settings = {**FAST, "OUTLET_SITE": replica.url, "EXPORT_DIR": tmp_path / "x", "STATE_DIR": tmp_path / "state"}
    options = setting_options(settings)
    done = run(closed, "crawl", "sections", "-a", "sections=politics", *options)
    assert done.returncode == 0
    assert len(read(tmp_path / "x", "articles")) == 20


def test_a_crawl_runs_in_the_environment_of_cron(replica: Replica, tmp_path: Path) -> None:
    settings = {**FAST, "OUTLET_SITE": replica.url, "EXPORT_DIR": tmp_path / "x", "STATE_DIR": tmp_path / "state"}
    options = setting_options(settings)
    bare = ("env", "-i", "PATH=/usr/bin:/bin", "SHELL=/bin/sh", f"HOME={tmp_path}", f"PYTHONPATH={ROOT}")
    done = run("", "crawl", "sections", "-a", "sections=politics", *options, environment=bare)
    assert (done.returncode, "healthy: 20 records" in done.stderr) == (0, True), done.stderr


def test_a_cleaning_mixes_no_message_into_its_records(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(f"{json.dumps({'text': BODY})}\nno JSON\n", "utf-8")
    done = run("2>&-", "clean", str(tmp_path / "in.jsonl"), "--rejects", str(tmp_path / "rejects"))
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["text"] == BODY
    assert done.returncode == 1


def test_a_cleaning_without_a_place_for_its_records_is_told(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(f"{json.dumps({'text': BODY})}\n", "utf-8")
    done = run(">&-", "clean", str(tmp_path / "in.jsonl"), "--rejects", str(tmp_path / "rejects"))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "cannot write standard output" in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_what_a_terminal_cannot_show_is_printed_as_escapes(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(BODY, "utf-8")
    for command in (["sections", "-s", f"STATE_DIR={tmp_path}/none"], ["clean", "--diff", str(tmp_path / "page.txt")]):
        done = run("", *command, environment=("env", f"PYTHONIOENCODING={encoding}"))
        assert (done.returncode, done.stderr) == (0, "")
