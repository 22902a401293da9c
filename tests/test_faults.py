"""What can go wrong on the way, and that nothing of it is lost silently or ends in a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from replica import Replica
from tests.support.crawling import crawl


@pytest.fixture(scope="module")
def shared() -> Iterator[Replica]:
    with Replica(articles=60, seed=2) as replica:
        yield replica


@pytest.fixture
def replica(shared: Replica) -> Iterator[Replica]:
    yield shared
    shared.clear_faults()


@pytest.fixture
def article(replica: Replica) -> str:
    """The path of an article with markup."""
    layouts = replica.layouts()
    return next(urlsplit(url).path for url, truth in replica.records().items() if layouts[truth["id"]] == "trs_editor")


@pytest.mark.parametrize(
    ("fault", "details", "reason"),
    [
        ("status", {"status": 404}, "http_404"),
        ("status", {"status": 410}, "http_410"),
        ("status", {"status": 500}, "http_500"),
        ("truncated", {}, "download"),
        ("closed", {}, "download"),
        ("cut", {"after": 0}, "empty"),
        ("cut", {"after": 900}, "truncated"),
        ("body", {}, "empty"),
        ("binary", {}, "binary"),
        ("nested", {}, "truncated"),
        ("bomb", {}, "too_large"),
        ("interstitial", {}, "layout"),
        ("redirect", {"location": "http://evil.example.com/"}, "bounds"),
        ("redirect", {"location": "http://www.tibet.cn/cn/"}, "bounds"),
        ("redirect", {"location": "http://127.0.0.1:1/"}, "bounds"),
        ("redirect", {"location": "http://10.0.0.1/"}, "bounds"),
        ("redirect", {"location": "http://169.254.169.254/latest/"}, "bounds"),
        ("redirect", {"location": "http://[::1]/"}, "bounds"),
        ("redirect", {"location": "file:///etc/passwd"}, "http_302"),
        ("redirect", {"location": "ftp://www.tibet.cn/x"}, "http_302"),
    ],
)
def test_a_fault_is_one_rejected_line(
    replica: Replica, article: str, tmp_path: Path, fault: str, details: dict[str, Any], reason: str
) -> None:
    replica.fault(article, fault, **details)
    done = crawl(tmp_path, "articles", "-a", f"urls={replica.url}{article}", site=replica.url, DOWNLOAD_TIMEOUT=10)
    assert done.reasons() == {replica.url + article: reason}, done.log
    assert done.records == []
    assert done.status == 1
    assert "Traceback" not in done.log
    assert set(done.rejects[0]) == {"url", "reason", "detail", "at"}
    assert done.rejects[0]["detail"]


def test_a_wrong_charset_in_the_header_does_no_harm(replica: Replica, article: str, tmp_path: Path) -> None:
    (truth,) = (truth for url, truth in replica.records().items() if urlsplit(url).path == article)
    for charset in ("iso-8859-1", "gbk", "nonsense"):
        replica.fault(article, "charset", charset=charset)
        done = crawl(tmp_path / charset, "articles", "-a", f"urls={replica.url}{article}", site=replica.url)
        assert [record["text"] for record in done.records] == [truth["text"]]


def test_a_redirect_within_the_outlet_is_followed(replica: Replica, article: str, tmp_path: Path) -> None:
    replica.fault("/cn/old/", "redirect", location=article)
    done = crawl(tmp_path, "articles", "-a", f"urls={replica.url}/cn/old/", site=replica.url)
    assert [urlsplit(record["url"]).path for record in done.records] == [article.replace("/Instant/", "/instant/")]


def test_a_redirect_loop_ends(replica: Replica, article: str, tmp_path: Path) -> None:
    replica.fault(article, "redirect", location=article)
    done = crawl(tmp_path, "articles", "-a", f"urls={replica.url}{article}", site=replica.url)
    assert done.reasons() == {replica.url + article: "guard"}
    assert "COOKIES_ENABLED=1" in done.rejects[0]["detail"]


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_waited_for(replica: Replica, article: str, tmp_path: Path, status: int) -> None:
    replica.fault(article, "status", times=1, status=status, retry_after=1)
    replica.forget_requests()
    done = crawl(tmp_path, "articles", "-a", f"urls={replica.url}{article}", site=replica.url)
    assert " asks to come back in 1 s: waiting" in done.log
    assert len(done.records) == 1
    assert [r["status"] for r in replica.requests() if r["path"] == article] == [status, 200]


def test_a_retry_after_that_is_too_long_is_left_for_another_run(replica: Replica, article: str, tmp_path: Path) -> None:
    replica.fault(article, "status", status=503, retry_after=3600)
    replica.forget_requests()
    done = crawl(tmp_path, "articles", "-a", f"urls={replica.url}{article}", site=replica.url)
    assert done.reasons() == {replica.url + article: "http_503"}
    assert len([r for r in replica.requests() if r["path"] == article]) == 1


def test_robots_txt_is_obeyed(replica: Replica, article: str, tmp_path: Path) -> None:
    replica.fault("/robots.txt", "body", body="User-agent: *\nDisallow: /", content_type="text/plain")
    done = crawl(tmp_path, "articles", "-a", f"urls={replica.url}{article}", site=replica.url)
    assert done.reasons() == {replica.url + article: "robots"}


def test_a_part_that_is_missing_rejects_its_article(replica: Replica, tmp_path: Path) -> None:
    layouts = replica.layouts()
    path = next(urlsplit(u).path for u, t in replica.records().items() if layouts[t["id"]] == "paged")
    replica.fault(path.replace(".html", "_2.html"), "status", status=404)
    done = crawl(tmp_path, "articles", "-a", f"urls={replica.url}{path}", site=replica.url)
    assert done.reasons() == {replica.url + path: "incomplete"}
    assert "_2.html" in done.rejects[0]["detail"]
    assert done.records == []


def test_a_part_that_is_called_unchanged_is_asked_for_again(replica: Replica, tmp_path: Path) -> None:
    layouts = replica.layouts()
    path = next(urlsplit(u).path for u, t in replica.records().items() if layouts[t["id"]] == "paged")
    for part in (path, path.replace(".html", "_2.html")):
        replica.fault(part, "status", status=304, times=1)
    done = crawl(tmp_path, "articles", "-a", f"urls={replica.url}{path}", site=replica.url)
    assert (done.status, len(done.records), done.rejects) == (0, 1, []), done.log
    assert "meta keys" not in done.log


def test_a_listing_that_breaks_off_is_a_reject_and_not_a_gap(replica: Replica, tmp_path: Path) -> None:
    replica.fault("/cn/politics/", "cut", after=3000)
    done = crawl(tmp_path, "sections", "-a", "sections=politics", site=replica.url)
    assert done.reasons() == {f"{replica.url}/cn/politics/": "truncated"}
    assert done.status == 1


def test_files_are_read_only_where_the_user_named_them(replica: Replica, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><a href='file:///etc/passwd'>x</a></body></html>", "utf-8")
    done = crawl(tmp_path / "out", "articles", "-a", f"urls={page.as_uri()}", site=replica.url)
    assert done.reasons() == {page.as_uri(): "layout"}
