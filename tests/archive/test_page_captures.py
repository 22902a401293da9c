"""Pages as web archives send them."""

from __future__ import annotations

import gzip

import pytest

from tests.support.archives import chunked, record, response
from tibetnews.archive.page_captures import recorded_page, shown_page
from tibetnews.errors import UnreadableError

URL = "http://www.tibet.cn/cn/edu/202001/t20200102_1.html"
BODY = b"<html><body>text</body></html>"
LIMIT = 10_000


def test_a_page_that_an_archive_shows_has_the_outlets_validators_alone() -> None:
    headers = {
        "content-type": "text/html",
        "etag": '"the-archives"',
        "last-modified": "now",
        "x-archive-orig-etag": '"the-outlets"',
    }
    page = shown_page(f"http://127.0.0.1/web/20200103040506id_/{URL}", headers, BODY, LIMIT)
    assert (page.url, page.captured_at, page.body) == (URL, "2020-01-03T04:05:06Z", BODY)
    assert page.headers == {"content-type": "text/html", "etag": '"the-outlets"'}


def test_the_archive_tells_the_moment_of_the_capture_that_it_shows() -> None:
    headers = {"memento-datetime": "Fri, 03 Jan 2020 04:05:07 GMT"}
    assert (
        shown_page(f"http://127.0.0.1/web/20190101000000id_/{URL}", headers, b"", LIMIT).captured_at
        == "2020-01-03T04:05:07Z"
    )


def test_a_shown_page_is_unpacked_whatever_its_headers_say() -> None:
    assert shown_page(f"http://127.0.0.1/web/20200103040506id_/{URL}", {}, gzip.compress(BODY), LIMIT).body == BODY


def test_what_leads_elsewhere_is_no_page() -> None:
    with pytest.raises(UnreadableError, match="which is no capture"):
        shown_page("http://127.0.0.1/login", {}, BODY, LIMIT)


@pytest.mark.parametrize("pack", [gzip.compress, bytes])
def test_a_record_that_was_cut_out_of_a_file(pack: type[bytes]) -> None:
    sent = response(
        URL, chunked(gzip.compress(BODY)), "Transfer-Encoding: chunked", "Content-Encoding: gzip", "ETag: x"
    )
    page = recorded_page(pack(sent), LIMIT)
    assert (page.url, page.captured_at, page.body) == (URL, "2024-01-09T01:02:03Z", BODY)
    assert page.headers == {"etag": "x"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "archive"),
        (b"Slow Down", "archive"),
        (record("warcinfo", None, b"software: x"), "archive"),
        (gzip.compress(response(URL, BODY))[:-40], "archive"),
        (response(URL, BODY, status="HTTP/1.1 404 Not Found"), "http_404"),
        (response(URL, b"x" * (LIMIT + 1)), "too_large"),
        (record("response", URL, b"HTTP/1.1 200 OK\r\n\r\nx", "WARC-Truncated: length"), "truncated"),
        (response(URL, BODY, date="2020-02-31T00:00:00Z"), "archive"),
    ],
)
def test_a_record_of_no_whole_page_is_unreadable(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        recorded_page(data, LIMIT)
    assert caught.value.reason in (reason, "cut_off") if reason == "archive" else caught.value.reason == reason
