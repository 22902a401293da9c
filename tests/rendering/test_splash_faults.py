"""Rendering without a Splash that works: none is set, it is down, slow or talks nonsense. No real one is needed."""

from __future__ import annotations

import asyncio
import importlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import scrapy.utils.url
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response, TextResponse
from scrapy.utils.test import get_crawler

from replica import Replica
from replica.crawling import ROOT
from tests.support.crawling import crawl, rendering_counts
from tibetnews.outlet.page import Page

PAGE = "http://www.tibet.cn/cn/politics/"


def test_a_crawl_without_splash_does_not_import_it(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from scrapy.cmdline import execute\n"
        "try: execute(['scrapy', 'crawl', 'articles', '-a', f'urls={sys.argv[1]}',"
        " '-s', f'EXPORT_DIR={sys.argv[2]}'])\n"
        "finally: print(*sys.modules)\n"
    )
    page = ROOT / "replica" / "sample" / "mirror-page.txt"
    command = [sys.executable, "-c", script, page.as_uri(), str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    modules = done.stdout.split()
    assert "tibetnews.spiders.articles" in modules
    assert "scrapy_splash" not in modules
    assert "tibetnews.rendering.splash" not in modules


def test_the_import_leaves_scrapy_as_it_was() -> None:
    importlib.import_module("tibetnews.rendering.splash")
    assert "scrapy_splash" in sys.modules
    assert not hasattr(scrapy.utils.url, "canonicalize_url")


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica(articles=12, sections=1, scripted=True, seed=3) as replica:
        yield replica


@pytest.fixture
def sham() -> Iterator[Replica]:
    """A server in the place of Splash that empties its memory as one, and answers renders with what a test sets."""
    with Replica(articles=1) as sham:
        sham.fault("/_gc", "body", body='{"status": "ok"}', content_type="application/json")
        yield sham


ANSWERS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("http_400", "status", {"status": 400}),
    ("http_404", "status", {"status": 404}),
    ("http_502", "status", {"status": 502}),
    ("http_503", "status", {"status": 503, "retry_after": 3600}),
    ("timeout", "status", {"status": 504}),
    ("http_302", "redirect", {"location": "/execute"}),
    ("connection", "closed", {}),
    ("garbage", "body", {"body": "<p>Welcome to nginx!</p>"}),
    ("garbage", "body", {"body": '{"html": 1, "url": "http://x/", "missing": 0}'}),
    ("garbage", "body", {"body": "[]"}),
    ("garbage", "body", {"body": '{"html": "", "url": "http://x/", "missing": 0}'}),
    ("moved", "body", {"body": '{"html": "<p>other</p>", "url": "http://www.example.com/", "missing": 0}'}),
)
"""Answers to a render that are no page, each with the reason that is counted."""


def test_a_render_that_fails_leaves_the_plain_page_and_is_counted(tmp_path: Path, sham: Replica) -> None:
    with Replica(articles=24, sections=1, seed=3) as replica:
        politics = ("sections", "-a", "sections=politics")
        plain = crawl(tmp_path / "never", *politics, site=replica.url)
        for _, kind, details in ANSWERS:
            sham.fault("/execute", kind, times=1, **details)
        splash: dict[str, Any] = {"SPLASH_URL": sham.url, "RENDER": "always", "CONCURRENT_REQUESTS": 1}
        done = crawl(tmp_path / "always", *politics, site=replica.url, **splash)
    found = rendering_counts(done)
    reasons = Counter(reason for reason, _, _ in ANSWERS)
    reasons["http_404"] += found["failed"] - len(ANSWERS)  # all of them are used up, and there is no Splash
    assert found == {"failed": found["failed"], **{f"failed/{reason}": count for reason, count in reasons.items()}}
    assert (done.status, len(done.records)) == (0, 24), done.log
    assert {record["content_hash"] for record in done.records} == {record["content_hash"] for record in plain.records}
    assert done.log.count("did not render") == 1
    assert "Traceback" not in done.log


def test_a_listing_that_only_scripts_write_is_unread_where_they_cannot_run(tmp_path: Path, replica: Replica) -> None:
    data = ("sections", "-a", "sections=data")
    for _ in range(2):  # it is asked for anew, since nothing of it is known
        replica.forget_requests()
        done = crawl(tmp_path / "x", *data, site=replica.url, SPLASH_URL="http://127.0.0.1:9", RENDER="auto")
        assert done.status == 1
        told = "unhealthy: cn/data: only scripts write it, and Splash at http://127.0.0.1:9 does not answer; start it\n"
        assert told in done.log
        assert done.log.count("unhealthy: ") == 1
        assert done.reasons() == {f"{replica.url}/cn/data/": "unrendered"}
        assert [r["status"] for r in replica.requests() if r["path"] == "/cn/data/"] == [200]


def test_a_listing_that_is_rendered_without_its_articles_is_unread(tmp_path: Path, sham: Replica) -> None:
    """As where a browser gives a page before its scripts have run."""
    with Replica(articles=12, sections=1, page_size=2, scripted=True, seed=3) as replica:
        url = f"{replica.url}/cn/data/"
        with urlopen(url) as answer:
            html = answer.read().decode()
        body = json.dumps({"html": html, "url": url, "missing": 0})
        sham.fault("/execute", "body", body=body, content_type="application/json")
        data = ("sections", "-a", "sections=data")
        done = crawl(tmp_path, *data, site=replica.url, SPLASH_URL=sham.url, RENDER="auto")
    assert done.reasons() == {url: "unrendered"}
    assert "unhealthy: cn/data: it was rendered and has no article, though it counts several pages; " in done.log
    assert done.log.count("unhealthy: ") == done.status == 1
    assert "sections/walked" not in done.counts


def test_a_page_cannot_lead_to_splash(tmp_path: Path, replica: Replica, sham: Replica) -> None:
    replica.fault("/mirror/page.html", "redirect", location=f"{sham.url}/execute?lua_source=x")
    named = f"urls={replica.url}/mirror/page.html"
    done = crawl(tmp_path, "articles", "-a", named, site=replica.url, SPLASH_URL=sham.url, RENDER="always")
    assert [reject["reason"] for reject in done.rejects] == ["bounds"]
    assert sham.requests() == []


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"RENDER": "sometimes"}, "auto, always or never"),
        ({"RENDERER": "firefox"}, "chromium or splash"),
        ({"RENDERER": "splash"}, "SPLASH_URL"),
        ({"RENDER": "always"}, "RENDER=always: no Chromium is found; install chromium-headless-shell or chromium"),
        ({"RENDERER": "chromium"}, "RENDERER=chromium: no Chromium is found; install"),
        ({"CHROMIUM": "/nowhere/chromium"}, "CHROMIUM=/nowhere/chromium: there is no such program"),
        ({"CHROMIUM": sys.executable, "SPLASH_URL": "http://127.0.0.1:8050"}, "choose one with RENDERER"),
        ({"SPLASH_URL": "localhost:8050"}, "http://127.0.0.1:8050"),
    ],
)
def test_settings_that_cannot_be_used_are_one_line(
    tmp_path: Path, settings: dict[str, str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = crawl(tmp_path, "sections", site="http://127.0.0.1:9", **settings)
    assert done.status == 2
    assert told in done.log
    assert len(done.log.splitlines()) == 1


class Downloader:
    def get_slot_key(self, request: Request) -> str:
        return request.url.split("/")[2]


class Engine:
    """Sends what it is given through scrapy-splash's middleware, and answers as it is told."""

    downloader = Downloader()

    def __init__(self, crawler: Crawler, answers: list[Response | Exception]) -> None:
        self.crawler = crawler
        self.answers = answers
        self.sent: list[Request] = []

    async def download_async(self, request: Request) -> Response:
        from tibetnews.rendering.splash_compat import SplashMiddleware

        middleware = SplashMiddleware.from_crawler(self.crawler)
        middleware.spider_opened(self.crawler.spider)
        sent = middleware.process_request(request)
        self.sent.append(sent)
        answer = self.answers[min(len(self.sent), len(self.answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return answer


def crawler_with(answers: list[Response | Exception]) -> tuple[Crawler, Engine]:
    crawler = get_crawler(
        settings_dict={"SPLASH_URL": "http://127.0.0.1:8050", "RENDER_TIMEOUT_SECONDS": 20, "RENDER_IDLE_SECONDS": 0.2}
    )
    crawler.spider = Spider.from_crawler(crawler, "test")
    engine = Engine(crawler, answers)
    crawler.engine = engine  # type: ignore[assignment]
    return crawler, engine


def test_a_render_waits_its_turn_in_the_outlets_slot_and_empties_splash_once() -> None:
    from tibetnews.rendering.splash import SplashClient

    answer = TextResponse(
        "http://127.0.0.1:8050/execute", body=json.dumps({"html": "<p>b", "url": PAGE, "missing": 0}).encode()
    )
    crawler, engine = crawler_with([answer])
    splash = SplashClient.from_crawler(crawler)

    async def both() -> list[str]:
        return [page.html for page in await asyncio.gather(*(splash.render(Page("<p>a", PAGE), "x") for _ in range(2)))]

    assert asyncio.run(both()) == ["<p>b", "<p>b"]
    assert [request.url.rpartition("/")[2] for request in engine.sent] == ["_gc", "execute", "execute"]
    assert [request.meta["download_slot"] for request in engine.sent] == ["__splash__", "www.tibet.cn", "www.tibet.cn"]
    body = json.loads(engine.sent[1].body)
    assert (body["url"], body["page"], body["user_agent"]) == (PAGE, "<p>a", "x")
    assert "http://www.tibet.cn/" in body["allowed_prefixes"]
    assert not any("127.0.0.1" in prefix for prefix in body["allowed_prefixes"])


def test_a_splash_that_does_not_answer_is_left_alone_for_a_while() -> None:
    from tibetnews.rendering.renderer import COOLDOWN_SECONDS, MAX_FAILURES, RenderError
    from tibetnews.rendering.splash import SplashClient

    crawler, engine = crawler_with([DownloadTimeoutError("25 s")])
    now = 1000.0
    splash = SplashClient.from_crawler(crawler, clock=lambda: now)

    def reason() -> str:
        with pytest.raises(RenderError) as caught:
            asyncio.run(splash.render(Page("<p>a", PAGE), "x"))
        return caught.value.reason

    assert [reason() for _ in range(MAX_FAILURES + 2)] == ["timeout"] * MAX_FAILURES + ["paused"] * 2
    assert len(engine.sent) == MAX_FAILURES
    now += COOLDOWN_SECONDS
    assert (reason(), reason()) == ("timeout", "paused")
