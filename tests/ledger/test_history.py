"""What the ledger tells of earlier runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tibetnews.ledger import history, runs
from tibetnews.ledger.articles import Articles, ExportedRevision
from tibetnews.ledger.database import Ledger

TODAY = date(2026, 11, 25)


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    ledger = Ledger(None)
    for run, started in enumerate(("2026-11-01T18:00:00Z", "2026-11-10T03:00:00Z"), 1):
        assert runs.begin(ledger.db, "sections", 0.0) == run
        ledger.db.execute("UPDATE runs SET started = ? WHERE run = ?", (started, run))
    yield ledger
    ledger.close()


def put(ledger: Ledger, run: int, section: str, **published: str | None) -> None:
    articles = Articles(ledger.db)
    articles.discover(run, section, [(id_, f"http://x/{id_}") for id_ in published])
    for id_, day in published.items():
        if day:
            exported = ExportedRevision(id=id_, url=f"http://x/{id_}", content_hash="h", published_at=day)
            articles.mark_exported(exported, run, 0.0)


def test_news_are_what_came_out_since_the_first_run(ledger: Ledger) -> None:
    put(ledger, 1, "cn/edu", a="2023-10-01", b="2026-11-01T23:59:00+08:00", c="2026-11-02")
    put(ledger, 2, "cn/edu", d="2026-11-09T10:00:00+08:00", e="2026-11-09", f="2099-01-01")
    put(ledger, 2, "cn/law", e="2026-11-09", g=None)
    assert history.news_days(ledger.db, TODAY, ["cn/edu", "cn/law", "cn/x"]) == {
        "cn/edu": [date(2026, 11, 2), date(2026, 11, 9)],  # the first run began on the 2nd by the outlet's clock
        "cn/law": [date(2026, 11, 9), date(2026, 11, 10)],  # one that could not be read counts from its discovery
    }
    assert history.news_days(ledger.db, date(2026, 11, 1), ["cn/edu"]) == {}


def test_sections_that_had_articles_before(ledger: Ledger) -> None:
    put(ledger, 1, "cn/edu", a=None)
    put(ledger, 2, "cn/law", b=None)
    assert history.sections_before(ledger.db, 2, ["cn/edu", "cn/law"]) == {"cn/edu"}
    assert history.sections_before(ledger.db, 1, ["cn/edu", "cn/law"]) == frozenset()


def test_counts_are_those_of_earlier_runs_of_the_same_spider(ledger: Ledger) -> None:
    runs.end(ledger.db, 1, "finished", [], {"n": 1}, 0.0)
    runs.end(ledger.db, 2, "finished", [], {"n": 2}, 0.0)
    runs.end(ledger.db, runs.begin(ledger.db, "articles", 0.0), "finished", [], {"n": 3}, 0.0)
    killed = runs.begin(ledger.db, "sections", 0.0)
    now = runs.begin(ledger.db, "sections", 0.0)
    assert killed < now
    assert history.earlier_counts(ledger.db, now, 9) == [{"n": 2}, {"n": 1}]
    assert history.earlier_counts(ledger.db, now, 1) == [{"n": 2}]
    assert history.earlier_counts(ledger.db, 1, 9) == []
