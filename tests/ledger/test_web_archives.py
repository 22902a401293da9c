"""What the ledger keeps of web archives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from tibetnews.ledger import runs
from tibetnews.ledger.articles import Articles, ExportedRevision
from tibetnews.ledger.database import Ledger
from tibetnews.ledger.web_archives import ArticleCapture, WebArchive

CAPTURE = ArticleCapture(
    id="cn-1",
    digest="A",
    index_url="http://127.0.0.1/cdx",
    url="http://www.tibet.cn/1.html",
    timestamp="20200102030405",
    filename=None,
    offset=0,
    length=0,
    day="2020-01-02",
)
DAY = 86400.0


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    ledger = Ledger(None)
    with closing(ledger):
        yield ledger


@pytest.fixture
def archive(ledger: Ledger) -> WebArchive:
    return WebArchive(ledger.db, "http://127.0.0.1/cdx")


def other(**changes: Any) -> ArticleCapture:
    return replace(CAPTURE, **changes)


def test_a_query_is_continued_and_begun_anew_when_it_is_old(archive: WebArchive) -> None:
    assert archive.next_token("q", "", None) == ""
    archive.advance("q", "3/7", 10 * DAY)
    assert archive.next_token("q", "", 99 * DAY) == "3/7"
    archive.advance("q", None, 10 * DAY)
    assert archive.next_token("q", "", None) is None
    assert archive.next_token("q", "", 9 * DAY) is None
    assert archive.next_token("q", "", 11 * DAY) == ""


def test_captures_are_tried_from_the_newest_on(archive: WebArchive) -> None:
    archive.add([CAPTURE, other(digest="B", timestamp="20210102030405"), other(digest="C", timestamp="20190102030405")])
    assert [capture.digest for capture in archive.captures("cn-1")] == ["B", "A", "C"]
    archive.mark_failed(other(digest="B"), "text: no text")
    assert [capture.digest for capture in archive.captures("cn-1")] == ["A", "C"]


def test_what_stayed_without_an_answer_comes_last(archive: WebArchive) -> None:
    archive.add([CAPTURE, other(id="cn-2"), other(id="cn-3"), other(digest="B", timestamp="20190102030405")])
    archive.mark_unanswered(CAPTURE)
    assert archive.pending() == ["cn-2", "cn-3", "cn-1"]
    archive.mark_unanswered(CAPTURE)
    assert [capture.digest for capture in archive.captures("cn-1")] == ["A", "B"]
    archive.mark_unanswered(CAPTURE)
    assert [capture.digest for capture in archive.captures("cn-1")] == ["B", "A"]
    archive.add([other(timestamp="20210102030405")])
    assert [capture.digest for capture in archive.captures("cn-1")] == ["A", "B"]


def test_of_equal_captures_the_newest_stays(archive: WebArchive) -> None:
    archive.add([CAPTURE, other(timestamp="20210102030405", filename="b", offset=7)])
    archive.add([other(timestamp="20180102030405")])
    assert archive.captures("cn-1") == [other(timestamp="20210102030405", filename="b", offset=7)]


def test_what_was_exported_or_refused_is_not_pending(ledger: Ledger, archive: WebArchive) -> None:
    articles, run = Articles(ledger.db), runs.begin(ledger.db, "history", 0.0)
    archive.add([other(id=f"cn-{number}") for number in range(6)])
    exported = ExportedRevision(id="cn-0", url="x", content_hash="h", published_at=None)
    articles.mark_exported(exported, run, 0.0)
    articles.discover(run, "cn/edu", [(f"cn-{number}", "x") for number in range(1, 4)])
    articles.mark_refused("cn-1", "duplicate")
    articles.mark_gone("cn-2", "http_404")
    articles.mark_failed("cn-3", "timeout", 0.0)
    archive.mark_failed(other(id="cn-4"), "text: no text")
    assert archive.pending() == ["cn-2", "cn-3", "cn-5"]
    assert WebArchive(ledger.db, "elsewhere").pending() == []
