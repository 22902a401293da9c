"""Ten situations of an operator: each run's verdict, word for word, names the cause and what to do."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from replica import Replica
from replica.crawling import FAST, ROOT, setting_options
from tests.support.crawling import Crawl, crawl
from tibetnews.extensions.exports import failure_in_one_line
from tibetnews.health.limits import Limits
from tibetnews.health.verdict import Run, judge

SECTIONS = ("sections", "-a", "sections=politics,instant/politics,news/zcdt")
ARTICLES = "/cn/politics/2*"
"""The articles of one of the three sections."""
TABLE = "tibetnews/outlet/sections.toml"
BOTH = "EXPORTS/articles-DAY.jsonl, EXPORTS/rejected-DAY.jsonl"


def verdict(done: Crawl, replica: Replica, folder: Path) -> list[str]:
    """The verdict's lines, without time and level, and with SITE and EXPORTS for this test's own names."""
    lines = [line.partition(" ")[2].partition(" ")[2].partition(" ")[2] for line in done.log.splitlines()]
    told = [line for line in lines if line.startswith(("unhealthy: ", "healthy: ", "written: "))]
    assert lines[-len(told) :] == told  # the last lines of the log
    named = [line.replace(replica.url.removeprefix("http://"), "SITE").replace(str(folder), "EXPORTS") for line in told]
    return [re.sub(r"-\d{8}\.jsonl", "-DAY.jsonl", line) for line in named]


def run(folder: Path, replica: Replica, **settings: Any) -> list[str]:
    done = crawl(folder, *SECTIONS, site=replica.url, **{"RETRY_TIMES": 0, "DUPLICATES": "mark", **settings})
    assert done.status == int("unhealthy: " in done.log), done.log
    return verdict(done, replica, folder)


@pytest.fixture
def site() -> Any:
    with Replica(articles=60, sections=3, seed=3) as replica:
        yield replica


def test_the_first_run_and_one_without_news(tmp_path: Path, site: Replica) -> None:
    assert run(tmp_path / "x", site) == ["healthy: 60 records; see EXPORTS/articles-DAY.jsonl"]
    assert run(tmp_path / "x", site, REVISIT_AFTER_DAYS="") == ["healthy: 0 records"]


@pytest.mark.parametrize(
    ("option", "name"), [("-O", "named.jsonl"), ("-o", "named.jsonl"), ("-o", "named.csv"), ("-O", "%(name)s.xml")]
)
def test_the_verdict_names_the_file_that_was_asked_for(tmp_path: Path, site: Replica, option: str, name: str) -> None:
    done = crawl(tmp_path / "x", *SECTIONS, option, str(tmp_path / name), site=site.url)
    assert verdict(done, site, tmp_path) == [f"healthy: 60 records; see EXPORTS/{name.replace('%(name)s', 'sections')}"]


@pytest.mark.parametrize("environment", [{}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
@pytest.mark.parametrize("coding", ["gbk", "utf-8"])
def test_a_folder_has_a_name_in_any_encoding(
    tmp_path: Path, site: Replica, monkeypatch: pytest.MonkeyPatch, coding: str, environment: dict[str, str]
) -> None:
    base = tmp_path / os.fsdecode("拉萨".encode(coding))
    folders = {"STATE_DIR": base / "state", "ARCHIVE_DIR": base / "archive"}
    site.fault(ARTICLES, "status", status=503)
    command = [sys.executable, "-m", "scrapy", "crawl", *SECTIONS]
    options = setting_options(
        {**FAST, "OUTLET_SITE": site.url, "EXPORT_DIR": base / "out", "RETRY_TIMES": 0, **folders}
    )
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    done = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, timeout=120, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False), done.stderr.decode("utf-8", "replace")
    assert b"unhealthy: " in done.stderr
    (export,) = (base / "out").glob("articles-*.jsonl")
    assert export.read_bytes()
    for name in ("report", "ledger check"):
        again = [sys.executable, "-m", "tibetnews", *name.split(), *options]
        assert subprocess.run(again, cwd=ROOT, capture_output=True, timeout=60, check=False).returncode == 0


def test_an_address_that_is_known_and_unchanged_is_counted(tmp_path: Path, site: Replica) -> None:
    (url, *_) = (record["fetched_from"] for record in crawl(tmp_path / "x", *SECTIONS, site=site.url).records)
    done = crawl(tmp_path / "x", "articles", "-a", f"urls={url}", site=site.url)
    assert verdict(done, site, tmp_path / "x") == ["healthy: 0 records, 1 unchanged"]


def test_a_run_that_ends_early_says_so(tmp_path: Path, site: Replica) -> None:
    done = crawl(tmp_path / "x", *SECTIONS, site=site.url, CLOSESPIDER_ITEMCOUNT=7)
    (line,) = verdict(done, site, tmp_path / "x")
    assert re.fullmatch(
        r"healthy: \d+ records; ended early \(closespider_itemcount\), and the next run continues;"
        r" see EXPORTS/articles-DAY.jsonl",
        line,
    )


def test_the_outlet_is_down(tmp_path: Path, site: Replica) -> None:
    site.fault("*", "closed")
    line, written = run(tmp_path / "x", site)
    assert written == "written: 0 records, 3 rejects; see EXPORTS/rejected-DAY.jsonl"
    start = "unhealthy: robots.txt of SITE could not be fetched ("
    end = (
        "), so nothing else was requested from this host (RFC 9309); look whether the outlet is up; the next run asks"
        " again"
    )
    assert (line[: len(start)], line[-len(end) :]) == (start, end)


def test_a_section_is_gone(tmp_path: Path, site: Replica) -> None:
    site.fault("/cn/politics/", "status", status=404)
    assert run(tmp_path / "x", site) == [
        "unhealthy: cn/politics: listing not found (404 or 410), so the section was renamed or closed; look up its new"
        f" address and correct or delete its line in {TABLE}",
        f"written: 41 records, 1 reject; see {BOTH}",
    ]


def test_a_listing_that_answers_503_once_and_for_three_runs(tmp_path: Path, site: Replica) -> None:
    site.fault("/cn/politics/", "status", status=503)
    told = [run(tmp_path / "x", site, REVISIT_AFTER_DAYS="") for _ in range(3)]
    assert told[0] == [
        "unhealthy: cn/politics: listing could not be read (it answered 503), while 2 others could; nothing to do, the"
        " next run asks again",
        f"written: 41 records, 1 reject; see {BOTH}",
    ]
    assert told[2] == [
        "unhealthy: cn/politics: listing could not be read for the 3rd run in a row (it answered 503), while 2 others"
        f" could; open it in a browser; if the section was renamed or closed, change its line in {TABLE}",
        "written: 0 records, 1 reject; see EXPORTS/rejected-DAY.jsonl",
    ]


def test_pages_answer_503(tmp_path: Path, site: Replica) -> None:
    site.fault(ARTICLES, "status", status=503, times=8)
    assert run(tmp_path / "x", site) == [
        "unhealthy: 8 of 60 pages could not be fetched (limit 5 %): 8 × 503; the next run asks again; see"
        " EXPORTS/rejected-DAY.jsonl",
        f"written: 52 records, 8 rejects; see {BOTH}",
    ]


def test_robots_txt_forbids(tmp_path: Path, site: Replica) -> None:
    site.fault("/robots.txt", "body", body="User-agent: *\nDisallow: /")
    assert run(tmp_path / "x", site) == [
        "unhealthy: cn/instant/politics, cn/news/zcdt, cn/politics: robots.txt forbids the listing; ask the outlet, or"
        f" leave the section out with -a sections=… or by its line in {TABLE}",
        "written: 0 records, 3 rejects; see EXPORTS/rejected-DAY.jsonl",
    ]


def test_a_guard_answers_for_the_outlet(tmp_path: Path, site: Replica) -> None:
    site.fault(ARTICLES, "body", body="<html><body>请稍候<script>check();</script></body></html>")
    assert run(tmp_path / "x", site) == [
        "unhealthy: 19 pages had, byte for byte, the content of another page: something in front of the outlet answers"
        " in its place; open one of the rejects file in a browser, and crawl more slowly",
        f"written: 40 records, 20 rejects; see {BOTH}",
    ]


def test_splash_is_down(tmp_path: Path) -> None:
    with Replica(articles=24, sections=3, scripted=True, seed=3) as site:
        done = crawl(tmp_path / "x", "sections", "-a", "sections=data", site=site.url, SPLASH_URL="http://127.0.0.1:9")
        assert verdict(done, site, tmp_path / "x") == [
            "unhealthy: cn/data: only scripts write it, and Splash at http://127.0.0.1:9 does not answer; start it",
            "written: 0 records, 1 reject; see EXPORTS/rejected-DAY.jsonl",
        ]


TODAY = date(2026, 11, 28)


def test_a_layout_has_changed() -> None:
    counts = {"item_scraped_count": 90, "rejects/count": 10, "rejects/reason/layout": 10}
    assert judge(Run(counts=counts, today=TODAY, rejects_file="exports/rejected-20261128.jsonl"), Limits()) == [
        "10 of 100 pages have an unknown layout (limit 2 %): 10 × layout; open one in a browser: the outlet has"
        " changed its pages, or something else answers in its place; see exports/rejected-20261128.jsonl"
    ]


def test_no_news_for_a_month() -> None:
    days = [TODAY - timedelta(31 + n) for n in range(30, -1, -1)]
    read = frozenset({"cn/politics", "cn/edu"})
    run = Run(counts={"revisions/unchanged": 3}, today=TODAY, read_sections=read, news_days=dict.fromkeys(read, days))
    assert judge(run, Limits()) == [
        "no news from any section that was read for 31 days, since 2026-10-28; the longest pause before was 1 day; open"
        " a listing in a browser: if it has newer articles, its markup has changed"
    ]


def test_a_full_disk() -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "exports/articles-20261128.jsonl")
    assert failure_in_one_line(full) == (
        "the export cannot be written: [Errno 28] No space left on device: 'exports/articles-20261128.jsonl'; mend that"
        " (rights, disk, address, password) and run again"
    )


def test_an_hourly_run_with_two_news_is_a_few_lines_and_its_counts_are_for_debug(tmp_path: Path) -> None:
    with Replica(articles=150, seed=3) as site:
        settings = {"site": site.url, "REVISIT_AFTER_DAYS": ""}
        crawl(tmp_path / "x", "sections", **settings)
        site.publish(2)
        done = crawl(tmp_path / "x", "sections", **settings)
        assert [line.split(" ", 3)[2] for line in done.log.splitlines()] == ["INFO", "INFO"], done.log
        assert verdict(done, site, tmp_path / "x") == ["healthy: 2 records; see EXPORTS/articles-DAY.jsonl"]
        assert (tmp_path / "x-state/last-run.log").read_text("utf-8").count("\n") == 2
        site.publish(1)
        log = crawl(tmp_path / "x", "sections", LOG_LEVEL="DEBUG", **settings).log
    assert "DEBUG Dumping Scrapy stats" in log
    assert "DEBUG Scrapy 2" in log


def test_an_outlet_that_fails_everywhere_is_one_line(tmp_path: Path) -> None:
    with Replica(articles=150, seed=3) as site:
        crawl(tmp_path / "x", "sections", site=site.url)  # many of its articles are due again
        site.fault("*", "status", status=503)
        site.fault("/robots.txt", "body", body="")
        done = crawl(tmp_path / "x", "sections", site=site.url, RETRY_TIMES=0)
        down, _ = verdict(done, site, tmp_path / "x")
        assert " more: listing could not be read (it answered 503), and no other one could; look whether" in down
        assert "; the run ended early: 50 pages in a row could not be" in down
        site.fault("*", "body", body="<html>请稍候</html>")
        done = crawl(tmp_path / "x", "sections", site=site.url)
        guarded, _ = verdict(done, site, tmp_path / "x")
        assert "pages had, byte for byte, the content of another page" in guarded
