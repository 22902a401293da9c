"""``scrapy crawl`` used wrongly: one clear line, exit status 2, and nothing asked of anybody."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from replica import Replica
from replica.crawling import ROOT
from tests.support.crawling import crawl
from tibetnews.console import ExitStatus
from tibetnews.spiders.arguments import read_crawl_scope

USERS = "tests.support.users_spiders"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["sections", "-a", "sections=nosuch"], "nosuch"),
        (["sections", "-a", "editions=xx"], "cn, tb, eng"),
        (["sections", "-a", "editions=eng"], "sections.toml"),
        (["sections", "-a", "since=tomorrow"], "2023-10-01"),
        (["sections", "-a", "until=-9999999d"], "2023-10-01"),
        (["sections", "-a", "since=2023-02-30"], "2023-02-30"),
        (["sections", "-a", "since=2024-01-02", "-a", "until=2024-01-01"], "until"),
        (["sections", "-a", "pages=0"], "1 or more"),
        (["sections", "-a", "pages=x"], "1 or more"),
        (["sections", "-a", "full=yes"], "full"),
        (["sections", "-a", "colour=red"], "colour"),
        (["sections", "-a", "sections="], "empty"),
        (["sections", "--bogus"], "--bogus"),
        (["sections", "extra"], "one spider"),
        (["nosuch"], "adopt, archive, articles, history, sections"),
        ([], "one spider"),
        (["articles"], "urls"),
        (["sections", "-s", "OUTLET_SITE=http://127.0.0.1:1/base"], "scheme and host"),
        (["sections", "-s", "OUTLET_SITE=127.0.0.1"], "scheme and host"),
        (["articles", "-a", "urls=@/nowhere/at/all"], "/nowhere/at/all"),
        (["articles", "-a", "urls=,"], "no address"),
        (["articles", "-a", "urls=ftp://www.tibet.cn/x"], "ftp://"),
        (["articles", "-a", "urls=www.tibet.cn"], "http://"),
        (["articles", "-a", "urls=file:///nowhere/at/all"], "/nowhere/at/all"),
        (["articles", "-a", "urls=http://[::1"], "http://[::1"),
        (["sections", "-s", "GIVE_UP_AFTER=9"], "the setting GIVE_UP_AFTER is called CIRCUIT_BREAKER_FAILURES now"),
        (["sections", "-s", "ARCHIVE_DIR=/dev/null/archive"], "ARCHIVE_DIR=/dev/null/archive"),
        (["sections", "-s", "OUTLET_SITE=http://[::1"], "scheme and host"),
        (["sections", "-s", "OUTLET_SITE=http://127.0.0.1:99999"], "scheme and host"),
        (["sections", "-s", "CONCURRENT_REQUESTS=many"], "CONCURRENT_REQUESTS=many: it is a whole number"),
        (["sections", "-s", "DOWNLOAD_DELAY=soon"], "DOWNLOAD_DELAY=soon: it is a number"),
        (["sections", "-s", "FEEDS=3"], "-s FEEDS=3: a table is written as JSON"),
        (["sections", "-s", "COMMIT_SECONDS="], "COMMIT_SECONDS=: it is a number"),
        (["sections", "-s", "ROBOTSTXT_OBEY=perhaps"], "ROBOTSTXT_OBEY=perhaps: it is 1 or 0"),
        (["sections", "-s", "REVISIT_AFTER_DAYS=1,week"], "REVISIT_AFTER_DAYS=1,week: it is numbers"),
        (["sections", "-s", "DUPLICATES=perhaps"], "it is mark or drop"),
        (["sections", "-s", "LOG_LEVEL=loud"], "it is DEBUG, INFO"),
        (["sections", "-s", "SPLASH_URL=http://[::1"], "write an address"),
        (["sections", "-a", "pages=1", "-a", "editions"], "-a editions: write NAME=VALUE"),
        (["archive", "-s", "CONTACT"], "-s CONTACT: write NAME=VALUE"),
        (["archive"], "warc"),
        (["archive", "-a", "warc=/nowhere/at/all"], "/nowhere/at/all"),
        (["archive", "-a", "warc=README.md"], "no WARC file"),
        (["archive", "-a", "warc=replica/sample"], ".warc"),
        (["archive", "-a", "warc=/dev/null"], "is no file"),
    ],
)
def test_wrong_use(arguments: list[str], told: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", *arguments, "-s", f"EXPORT_DIR={tmp_path}/exports"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("scrapy crawl: ")
    assert told in line
    assert done.stdout == ""
    assert not (tmp_path / "exports").exists()


@pytest.mark.parametrize(
    "arguments",
    [["-s", f"EXPORT_DIR={'x' * 300}"], ["--pidfile", "/dev/null/pid"], ["-s", "STATE_DIR=/dev/null/state"]],
)
def test_what_cannot_be_opened_is_one_line(arguments: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tibetnews", "crawl", "sections", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (74, 1)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["crawl", "sections", "-s"], "tibetnews crawl: argument -s/--set: expected one argument"),
        (["clean", "a.jsonl", "--format", "pdf"], "tibetnews clean: argument --format: invalid choice: 'pdf'"),
        (["--verison"], "tibetnews: no option '--verison'; `tibetnews` lists the commands\n"),
        (["--version", "-q"], "tibetnews: no option '-q'; `tibetnews` lists the commands\n"),
    ],
)
def test_what_no_option_takes_is_one_line(arguments: list[str], told: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tibetnews", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert done.stderr.startswith(told)


def test_the_help_names_spiders_arguments_and_exit_statuses() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tibetnews", "crawl", "-h"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    for argument in (*inspect.signature(read_crawl_scope).parameters, "urls", "warc"):
        assert [line for line in lines if re.match(rf"    {argument} +\S", line)], argument
    for spider in ("adopt", "archive", "articles", "sections"):
        assert [line for line in lines if re.match(rf"  {spider} +\S", line)], spider
    for status in ExitStatus:
        assert [line for line in lines if re.match(rf"  {status:d} +{status.meaning[:20]}", line)]


@pytest.mark.parametrize(("contact", "is_warned"), [("", True), ("you@example.org", False)])
def test_a_crawl_of_the_outlet_without_a_contact_is_warned(
    contact: str, is_warned: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # nothing leaves this machine
    monkeypatch.delenv("no_proxy", raising=False)
    done = crawl(tmp_path, "sections", "-a", "sections=politics", CONTACT=contact, RETRY_TIMES=0)
    assert ("CONTACT is not set" in done.log) == is_warned


def test_a_bad_line_of_a_list_is_named_with_its_number(tmp_path: Path) -> None:
    (tmp_path / "urls").write_text("http://www.tibet.cn/\nno address\n", "utf-8")
    done = crawl(tmp_path, "articles", "-a", f"urls=@{tmp_path}/urls")
    assert done.status == 2
    assert f"{tmp_path}/urls:2" in done.log


def test_nothing_is_asked_when_an_argument_is_wrong(tmp_path: Path) -> None:
    with Replica(articles=12) as replica:
        assert crawl(tmp_path, "sections", "-a", "since=x", site=replica.url).status == 2
        assert replica.requests() == []


@pytest.mark.parametrize("time", ["1970-01-01T00:00:09+00:00", "2019-12-31T23:59:59+00:00"])
def test_nothing_is_asked_by_a_clock_that_was_never_set(time: str, tmp_path: Path) -> None:
    done = crawl(tmp_path / "x", "sections", site="http://127.0.0.1:1", times=time)
    told = f"the machine's clock says {time[:16].replace('T', ' ')} UTC; set it, and run again\n"
    assert (done.status, done.log.partition(": ")[2]) == (2, told)


def test_an_outlet_that_is_not_there_is_unhealthy(tmp_path: Path) -> None:
    done = crawl(tmp_path, "sections", "-a", "sections=politics", site="http://127.0.0.1:9", RETRY_TIMES=0)
    assert done.status == 1
    assert list(done.reasons().values()) == ["connection"]
    assert "unhealthy" in done.log
    assert "Traceback" not in done.log


def test_an_interstitial_for_every_request_is_unhealthy(tmp_path: Path) -> None:
    with Replica(articles=12) as replica:
        replica.fault("*", "interstitial")
        done = crawl(tmp_path, "sections", "-a", "sections=politics,travel", site=replica.url)
    assert done.status == 1, done.log
    assert done.records == []


def test_a_spider_of_the_users_own_reads_an_article(tmp_path: Path) -> None:
    with Replica(articles=20, seed=3) as replica:
        url = next(url for url in replica.records() if "/cn/politics/" in url)
        served = replica.url + urlsplit(url).path
        done = crawl(tmp_path, "mine", "-a", f"url={served}", site=replica.url, SPIDER_MODULES=USERS)
    assert [record["url"] for record in done.records] == [url]
    assert done.status == 0, done.log


def test_an_address_of_the_outlet_is_asked_of_the_site_in_its_place(tmp_path: Path) -> None:
    with Replica(articles=20, seed=3) as replica:
        urls = list(replica.records())[:3]
        done = crawl(tmp_path, "articles", "-a", f"urls={','.join(urls)}", site=replica.url)
        assert {record["url"] for record in done.records} == set(urls)
        assert len(replica.requests()) > len(urls)


def test_a_cache_that_hides_news_is_told(tmp_path: Path) -> None:
    with Replica(articles=20, seed=3) as replica:
        settings: dict[str, Any] = {"HTTPCACHE_ENABLED": 1, "HTTPCACHE_DIR": tmp_path / "cache"}
        done = crawl(tmp_path / "x", "sections", "-a", "sections=politics", site=replica.url, **settings)
    assert "WARNING HTTPCACHE_ENABLED: news is not seen" in done.log
    assert done.status == 0


def test_a_spider_that_reads_no_articles_is_refused_in_one_line(tmp_path: Path) -> None:
    done = crawl(tmp_path, "plain", SPIDER_MODULES=USERS)
    assert done.status == 2
    assert done.log.splitlines() == [
        "scrapy crawl: the spider 'plain' must be derived from tibetnews.spiders.base.ArticleSpider"
    ]


@pytest.mark.parametrize("url", ["http://user:hunter2@127.0.0.1:8050", "http://user:hunter2@[::1", "user:hunter2@x"])
def test_a_password_in_an_address_is_refused_and_never_shown(url: str, tmp_path: Path) -> None:
    for name in ("SPLASH_URL", "OUTLET_SITE"):
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "crawl", "sections", "-s", f"{name}={url}", "-s", f"STATE_DIR={tmp_path}"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
        assert "hunter2" not in done.stderr
        assert list(tmp_path.iterdir()) == []
