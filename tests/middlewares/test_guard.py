"""What a guard in front of the outlet answers, and what is the outlet's own error."""

from __future__ import annotations

import pytest
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse
from scrapy.statscollectors import StatsCollector

from tibetnews import stats
from tibetnews.middlewares.guard import guard_of, guard_of_redirects
from tibetnews.middlewares.host_pauses import HostPauses
from tibetnews.middlewares.robots import Robots

URL = "http://www.tibet.cn/cn/news/202302/t20230201_7500009.html"
SETS_COOKIE = "<script>document.cookie='__x=' + eval('1+2') + ';path=/';location.href=location.pathname</script>"
ONLY_SCRIPT = "<!doctype html><html><head><title></title></head><body><SCRIPT src='/a.js'></SCRIPT></body></html>"
WAIT = "<html><body><p>请稍候……</p><script src='/check.js'></script></body></html>"


@pytest.mark.parametrize("status", [521, 412, 403, 503, 418, 567])
@pytest.mark.parametrize("body", [SETS_COOKIE, ONLY_SCRIPT, WAIT])
def test_an_error_that_only_a_script_can_pass_is_a_guards(status: int, body: str) -> None:
    found = guard_of(HtmlResponse(URL, status=status, body=body, encoding="utf-8"))
    assert found
    assert found.reason == "guard"
    assert str(status) in found.detail
    assert "ask the outlet" in found.detail


def test_a_cookie_of_status_521_and_any_412_are_a_guards() -> None:
    assert guard_of(HtmlResponse(URL, status=521, headers={"Set-Cookie": "__x=1"}))
    assert guard_of(HtmlResponse(URL, status=412))


def test_a_guard_in_front_of_robots_txt_is_named() -> None:
    request = Request("http://www.tibet.cn/robots.txt", meta={"dont_obey_robotstxt": True})
    crawler = Crawler(Spider)
    collector = StatsCollector(crawler)
    answer = HtmlResponse(request.url, status=521, body=SETS_COOKIE, encoding="utf-8")
    Robots(collector, "x", HostPauses(crawler, 60)).process_response(request, answer)
    said = "something in front of the outlet answers 521 and waits for a browser"
    assert collector.get_value(f"{stats.ROBOTS_UNREACHABLE}www.tibet.cn") == said


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (521, "<html><body><h1>Web server is down</h1></body></html>"),
        (503, "<html><body><p>系统维护中,请明天再来。</p><script src='/count.js'></script></body></html>"),
        (404, SETS_COOKIE),
        (410, ONLY_SCRIPT),
        (500, ""),
        (500, "<html><body></body></html>"),
    ],
)
def test_the_outlets_own_error_is_none(status: int, body: str) -> None:
    assert guard_of(HtmlResponse(URL, status=status, body=body, encoding="utf-8")) is None


def test_only_a_redirect_to_itself_waits_for_a_cookie() -> None:
    assert guard_of_redirects([URL] * 6)
    assert guard_of_redirects([URL, URL.replace("http:", "https:")] * 3) is None
    assert guard_of_redirects([f"{URL}?{number}" for number in range(6)]) is None
