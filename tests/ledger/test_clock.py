"""Due times of the ledger when the machine's clock is wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from tibetnews.ledger import runs
from tibetnews.ledger.articles import DAY, HOUR, Articles, ExportedRevision
from tibetnews.ledger.database import Ledger

NOW = 1_704_762_000.0  # 2024-01-09T01:00:00Z
YEAR = 365 * DAY


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    ledger = Ledger(None)
    yield ledger.db
    ledger.close()


@pytest.fixture
def articles(db: sqlite3.Connection) -> Articles:
    return Articles(db, (DAY, 7 * DAY))


def due(articles: Articles, id_: str) -> float | None:
    row: tuple[float | None] = articles.db.execute("SELECT due FROM articles WHERE id = ?", (id_,)).fetchone()
    return row[0]


def export(articles: Articles, id_: str, published: str, now: float) -> None:
    revision = ExportedRevision(
        id=id_, url=f"http://www.tibet.cn/{id_}", content_hash="sha256:", published_at=published
    )
    articles.mark_exported(revision, 1, now)


def test_a_failure_waits_for_its_pause_by_the_new_clock(articles: Articles) -> None:
    articles.discover(1, "cn/politics", [("cn-1", "u"), ("cn-2", "u"), ("cn-3", "u")])
    articles.mark_failed("cn-1", "timeout", NOW)
    articles.mark_failed("cn-2", "http_503", NOW, pause=5 * HOUR)
    articles.shift_due_times(YEAR, NOW - YEAR)
    assert due(articles, "cn-1") == NOW - YEAR + HOUR
    assert due(articles, "cn-2") == NOW - YEAR + 5 * HOUR  # as long as the server asked for
    assert due(articles, "cn-3") == 0


def test_what_its_pause_explains_keeps_its_time(articles: Articles) -> None:
    articles.discover(1, "cn/politics", [("cn-1", "u")])
    articles.mark_failed("cn-1", "timeout", NOW)
    export(articles, "cn-2", "2024-01-09T09:00:00+08:00", NOW)
    articles.shift_due_times(600, NOW)
    assert (due(articles, "cn-1"), due(articles, "cn-2")) == (NOW + HOUR, NOW + DAY)


def test_a_revisit_comes_no_year_later(articles: Articles) -> None:
    export(articles, "cn-1", "2024-01-09T09:00:00+08:00", NOW)
    articles.shift_due_times(YEAR, NOW - YEAR)
    assert due(articles, "cn-1") == NOW - YEAR + DAY


def test_an_article_of_the_future_counts_from_now(articles: Articles) -> None:
    export(articles, "cn-1", "2024-01-09T09:00:00+08:00", NOW - YEAR)
    assert due(articles, "cn-1") == NOW - YEAR + DAY


def test_no_server_is_given_more_than_a_week(articles: Articles) -> None:
    articles.discover(1, "cn/politics", [("cn-1", "u")])
    articles.mark_failed("cn-1", "http_503", NOW, pause=YEAR)
    assert due(articles, "cn-1") == NOW + 7 * DAY
    for _ in range(100):
        articles.mark_failed("cn-1", "timeout", NOW)
    assert due(articles, "cn-1") == NOW + 7 * DAY


def test_how_far_the_clock_is_behind_the_last_run(db: sqlite3.Connection) -> None:
    assert runs.clock_lag(db, NOW) == 0
    run = runs.begin(db, "sections", NOW)
    assert runs.clock_lag(db, NOW - DAY) == DAY  # a run that was killed has no end
    runs.end(db, run, "finished", [], {}, NOW + 60)
    assert runs.clock_lag(db, NOW) == 60
    assert runs.clock_lag(db, NOW + 60) == runs.clock_lag(db, NOW + DAY) == 0
    runs.begin(db, "sections", NOW - YEAR)
    assert runs.clock_lag(db, NOW - YEAR + 1) == 0  # it was told once
