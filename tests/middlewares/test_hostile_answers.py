"""What a server may send that nobody asked for: unasked 304s, damaged robots.txt, secrets, control codes."""

from __future__ import annotations

import gzip
import logging
import zlib
from pathlib import Path

import brotli
import pytest
from scrapy import Request
from scrapy.http import Response, TextResponse

from tests.support.archives import response as warc_response
from tests.support.archives import write
from tibetnews.archive.captures import Capture, Fault, read_archives
from tibetnews.archive.warc_records import read_records
from tibetnews.errors import UnreadableError
from tibetnews.extensions.log_sanitizer import sanitize_records
from tibetnews.middlewares.archive import exchange_of
from tibetnews.middlewares.conditional import ConditionalRequests
from tibetnews.middlewares.robots import RobotsBody
from tibetnews.outlet.listing import read_listing
from tibetnews.outlet.media_scripts import read_photo_story
from tibetnews.outlet.page import Page
from tibetnews.outlet.pending_article import PendingArticle
from tibetnews.requests import ARTICLE, VALIDATORS, asked_again, is_conditional

RULES = b"User-agent: *\nDisallow: /\n"
URL = "http://www.tibet.cn/cn/news/202302/t20230201_7500009.html"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(RULES * 50, mtime=0)[:-12] + b"zz"),
        ("gzip", gzip.compress(RULES, mtime=0)[:-9]),
        ("br", brotli.compress(RULES)[:-3]),
        ("gzip", gzip.compress(RULES + b"#" * 9_000_000, mtime=0)),
        ("snappy", RULES),
        ("gzip", b"\x1f\x8a" + gzip.compress(RULES, mtime=0)[2:]),
        ("deflate", b"\x79" + zlib.compress(RULES)[1:]),
        ("br", b"\xff" + brotli.compress(RULES)[1:]),
    ],
)
def test_a_robots_txt_that_cannot_be_unpacked_is_a_server_error(encoding: str, body: bytes) -> None:
    assert _robots(encoding, body).status == 502


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("", RULES),
        ("gzip", RULES),
        ("gzip", gzip.compress(RULES, mtime=0)),
        ("br", brotli.compress(RULES)),
        ("", RULES.decode().encode("utf-16")),
        ("", b"\xef\xbb\xbf" + RULES),
    ],
)
def test_a_robots_txt_is_read_however_it_is_sent(encoding: str, body: bytes) -> None:
    answer = _robots(encoding, body)
    assert (answer.status, answer.body, answer.headers.get("Content-Encoding")) == (200, RULES, None)


def test_a_304_that_was_not_asked_for_is_asked_again_once() -> None:
    asked = Request(URL, meta={ARTICLE: "cn-1", "download_latency": 0.1, "retry_times": 1})  # Scrapy warns of its own
    answer = Response(URL, status=304, request=asked)
    assert not is_conditional(answer)
    again = asked_again(answer)
    assert (again.url, again.headers["Cache-Control"]) == (URL, b"no-cache")
    assert again.meta == {ARTICLE: "cn-1"}
    with pytest.raises(UnreadableError, match="http_304"):
        asked_again(Response(URL, status=304, request=again))


def test_an_etag_is_sent_back_byte_for_byte() -> None:
    request = Request(URL, meta={VALIDATORS: ('"\xe9\xff"', None)})
    ConditionalRequests().process_request(request)
    assert request.headers["If-None-Match"] == b'"\xe9\xff"'
    assert is_conditional(Response(URL, request=request))


def test_an_archive_holds_no_password() -> None:
    secret = {
        "Authorization": "Basic c2VjcmV0",
        "Proxy-Authorization": "Basic c2VjcmV0",
        "Cookie": "a=b",
        "Accept": "x",
    }
    exchange = exchange_of(Request(URL, headers=secret), TextResponse(URL), "2024-01-01T00:00:00.000000Z")
    assert exchange.asked == ("GET", (("Accept", "x"),))


def test_no_log_record_holds_control_codes_or_passwords(caplog: pytest.LogCaptureFixture) -> None:
    before = logging.getLogRecordFactory()
    try:
        sanitize_records()
        sanitize_records()
        logging.getLogger("x").warning("from %s: %r\n%s", "ftp://user:pass@host/x", "a", "\x1b[31mred\x07")
    finally:
        logging.setLogRecordFactory(before)
    assert caplog.messages == ["from ftp://host/x: 'a'\n\ufffd[31mred\ufffd"]


def test_a_script_that_is_nested_too_deeply_is_rejected() -> None:
    with pytest.raises(UnreadableError, match="script"):
        read_photo_story("var a = {'contents': " + "[" * 1200 + "]" * 1200 + "};")


@pytest.mark.parametrize("name", ["core.downloader.handlers.http11", "downloadermiddlewares.httpcompression"])
def test_what_each_page_may_bring_is_no_warning(name: str, caplog: pytest.LogCaptureFixture) -> None:
    before = logging.getLogRecordFactory()
    try:
        sanitize_records()
        logging.getLogger(f"scrapy.{name}").warning("cannot decode the response for %s", URL)
    finally:
        logging.setLogRecordFactory(before)
    assert [record.levelname for record in caplog.records] == ["DEBUG"]


@pytest.mark.parametrize("date", ["yesterday", "2024-13-45T99:99:99Z", ""])
def test_a_record_without_a_date_of_the_calendar_has_none(tmp_path: Path, date: str) -> None:
    path = write(tmp_path / "a.warc.gz", warc_response(URL, b"x", date=date))
    with path.open("rb") as file:
        assert [record.date for record in read_records(file, 1000)] == [None]


@pytest.mark.parametrize("length", ["9" * 30, "-5", "ten", "", "１２"])
def test_a_length_that_is_none_hides_no_later_record(tmp_path: Path, length: str) -> None:
    head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {URL}\r\nContent-Length: {length}\r\n\r\n"
    path = write(tmp_path / "a.warc.gz", head.encode() + b"HTTP/1.1 200 OK\r\n\r\nx\r\n\r\n", warc_response(URL, b"x"))
    with path.open("rb") as file:
        first, second = read_records(file, 1000)
    assert first.trouble
    assert first.trouble.reason == "cut_off"
    assert second.body == b"x"
    fault, page = read_archives([path], 1000)
    assert isinstance(fault, Fault)
    assert isinstance(page, Capture)


def test_a_listing_of_a_hundred_thousand_links_is_too_large() -> None:
    links = "".join(f'<li><a href="t20230201_{number}.html">{number}</a></li>' for number in range(100_000))
    with pytest.raises(UnreadableError, match="too_large"):
        read_listing(
            Page(f"<html><body><div class='listnews'>{links}</div></body></html>", "http://www.tibet.cn/cn/politics/")
        )


def test_an_article_whose_parts_are_too_large_together_is_refused() -> None:
    pending = PendingArticle(None, Page("<p>x</p>", URL), [f"{URL}?{number}" for number in range(200)])
    pending.add_part("a" * 4_000_000)
    pending.add_part("b" * 4_000_000)
    with pytest.raises(UnreadableError, match="too_large"):
        pending.add_part("c" * 4_000_000)


def _robots(encoding: str, body: bytes) -> Response:
    request = Request("http://www.tibet.cn/robots.txt", meta={"dont_obey_robotstxt": True})
    headers = {"Content-Encoding": encoding} if encoding else {}
    return RobotsBody(8_000_000).process_response(request, Response(request.url, headers=headers, body=body))
