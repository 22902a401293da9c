"""``scrapy report``: where it writes, how long it takes, and that its figures are the crawl's."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from replica import Replica
from replica import ledger_year as year
from replica.crawling import ROOT
from tests.support.crawling import crawl
from tests.support.ledgers import summary_of
from tests.support.timing import takes_at_most
from tibetnews.report.figures import minimum_requests, requests_made, summed


def report(state: Path | str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", "report", *arguments, "-s", f"STATE_DIR={state}"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_a_year_of_hourly_runs_takes_less_than_two_seconds(tmp_path: Path) -> None:
    year.make(tmp_path)
    with takes_at_most(2):
        done = report(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{tmp_path}/report.html\n", "")
    assert 20_000 < (tmp_path / "report.html").stat().st_size < 200_000


def test_a_named_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    year.make(tmp_path)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        done = report(tmp_path, "-o", str(pipe))
        assert reader.communicate(timeout=60)[0].endswith(b"</html>\n")
        assert done.returncode == 0
    assert pipe.is_fifo()


def test_its_figures_are_those_of_the_crawl(tmp_path: Path) -> None:
    with Replica(articles=100, seed=6) as replica:
        done = crawl(tmp_path / "x", "sections", site=replica.url)
        path = next(p for p in (u.split(".cn", 1)[1] for u in replica.records()) if p.startswith("/cn/politics/2"))
        requests = len(replica.requests())
        seen = summary_of(tmp_path / "x-state")
        counts = summed(seen.days.values()).counts
        assert requests_made(counts) == minimum_requests(counts) == requests > 100
        assert counts["coverage/records"] == len(done.records)
        kinds = Counter(piece["kind"] for record in done.records for piece in record["removed"])
        assert {n.removeprefix("removed/"): k for n, k in counts.items() if n.startswith("removed/")} == kinds
        repairs = [record["repairs"] for record in done.records if record["repairs"]]
        assert counts["repairs/records"] == len(repairs)
        assert counts["repairs/readings"] == sum(of["readings"] for of in repairs)
        replica.fault(path, "status", status=500, times=2)
        replica.forget_requests()
        crawl(tmp_path / "x", "articles", "-a", f"urls={replica.url}{path}", site=replica.url)
        again = summed(summary_of(tmp_path / "x-state").days.values()).counts - counts
        assert requests_made(again) == len(replica.requests()) == 4
        assert minimum_requests(again) == 2  # robots.txt and the article; two were repetitions
    written = report(tmp_path / "x-state", "-o", "-")
    assert written.stdout.startswith("<!doctype html>")
    assert "100" in written.stdout


def test_where_it_goes(tmp_path: Path) -> None:
    year.make(tmp_path / "state", runs=30, articles=20)
    assert report(tmp_path / "state", "-o", f"{tmp_path}/mine.html").stdout == f"{tmp_path}/mine.html\n"
    assert (tmp_path / "mine.html").read_text("utf-8").endswith("</html>\n")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine.html", "state"]


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["--bogus"], 2, "unknown argument --bogus"),
        (["-o", "/proc/no/such/file"], 74, "/proc/no/such/file cannot be written"),
    ],
)
def test_wrong_use_is_one_line(tmp_path: Path, arguments: list[str], status: int, told: str) -> None:
    year.make(tmp_path, runs=2, articles=2)
    done = report(tmp_path, *arguments)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (status, "", 1)
    assert told in done.stderr


def test_without_a_ledger_it_says_what_to_do(tmp_path: Path) -> None:
    for state, told in ((tmp_path, "scrapy crawl sections makes one"), ("", "STATE_DIR is empty")):
        done = report(state)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
        assert told in done.stderr
    (tmp_path / "ledger.sqlite3").write_text("no ledger", "utf-8")
    assert "the ledger is damaged" in report(tmp_path).stderr


@pytest.mark.parametrize(
    ("name", "status", "told"),
    [("lock", 2, "lock is no file"), ("report.html", 2, "report.html is no file"), ("last-run.log", 0, "")],
)
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(name: str, status: int, told: str, tmp_path: Path) -> None:
    year.make(tmp_path, runs=2, articles=2)
    (tmp_path / name).unlink(missing_ok=True)
    os.mkfifo(tmp_path / name)
    done = report(tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (status, bool(told))
    assert told in done.stderr
