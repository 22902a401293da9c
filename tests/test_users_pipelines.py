"""Components of a user's own: what they raise is a reject or a fault, and never a loss without a word."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import asdict
from json import dumps
from pathlib import Path
from typing import Any, Self

import pytest
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from replica import Replica
from tests.support.crawling import crawl, run_crawl
from tibetnews.items import Article

SECTIONS = ("sections", "-a", "sections=politics,travel,cn/edu")


class Failing:
    """A pipeline that fails on every second record."""

    def __init__(self) -> None:
        self.seen = 0

    def process_item(self, item: Article) -> Article:
        self.seen += 1
        if self.seen % 2:
            raise KeyError("no such key")
        return item


class Dropping:
    """A pipeline that drops every record."""

    def process_item(self, item: Article) -> Article:
        raise DropItem("not wanted")


class Converting:
    """A pipeline that gives each record as a dict."""

    def process_item(self, item: Article) -> dict[str, Any]:
        return asdict(item)


class Ending:
    """A pipeline that ends the program."""

    def process_item(self, item: Article) -> Article:
        sys.exit(3)


class FailingOnScraped:
    """An extension whose handler of a signal fails."""

    signal = signals.item_scraped

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls()
        crawler.signals.connect(extension.fail, signal=cls.signal)
        return extension

    def fail(self) -> None:
        raise KeyError("no such key")


class FailingOnClosed(FailingOnScraped):
    """The same when the spider closes."""

    signal = signals.spider_closed


class FailingFilter:
    """A filter of an export that fails."""

    def __init__(self, options: dict[str, Any]) -> None:
        pass

    def accepts(self, item: Article) -> bool:
        raise KeyError("no such key")


def test_a_pipeline_that_gives_a_dict_is_a_reject(tmp_path: Path) -> None:
    with Replica(articles=60, seed=4) as replica:
        first = crawl(tmp_path / "x", *SECTIONS, site=replica.url, ITEM_PIPELINES=_with(Converting))
        whole = crawl(tmp_path / "y", *SECTIONS, site=replica.url)
    assert "Traceback" not in first.log
    assert first.status == 1
    assert set(first.reasons().values()) == {"pipeline"}
    assert "must give the Article itself" in first.rejects[0]["detail"]
    assert (len(first.records), len(first.rejects)) == (0, len(whole.records))


def test_a_pipeline_that_raises_is_a_fault_and_loses_nothing(tmp_path: Path) -> None:
    with Replica(articles=60, seed=4) as replica:
        first = crawl(tmp_path / "x", *SECTIONS, site=replica.url, ITEM_PIPELINES=_with(Failing))
        failed = [reject["url"] for reject in first.rejects]
        assert first.status == 1
        assert failed
        assert set(first.reasons().values()) == {"pipeline"}
        assert f"a pipeline failed on {len(failed)} record" in first.log
        whole = crawl(tmp_path / "y", *SECTIONS, site=replica.url)
    ids = {record["id"] for record in whole.records}
    assert len(first.records) + len(failed) == len(ids)


def test_what_a_pipeline_drops_is_dropped_once(tmp_path: Path) -> None:
    with Replica(articles=60, seed=4) as replica:
        first = crawl(tmp_path / "x", *SECTIONS, site=replica.url, ITEM_PIPELINES=_with(Dropping))
        assert not first.records
        assert set(first.reasons().values()) == {"dropped"}
        replica.forget_requests()
        again = crawl(tmp_path / "x", *SECTIONS, site=replica.url, ITEM_PIPELINES=_with(Dropping))
        assert len(again.rejects) == len(first.rejects)
        assert not [request for request in replica.requests() if request["path"].endswith(".html")]


def test_a_pipeline_that_ends_the_program_is_not_waited_for(tmp_path: Path) -> None:
    with Replica(articles=60, seed=4) as replica:
        first = run_crawl(tmp_path / "x", *SECTIONS, site=replica.url, ITEM_PIPELINES=_with(Ending))
        assert (first.returncode, "SystemExit: 3" in first.stdout) == (70, True), first.stdout
        again = crawl(tmp_path / "x", *SECTIONS, site=replica.url)
        whole = crawl(tmp_path / "y", *SECTIONS, site=replica.url)
    assert again.status == 0
    assert Counter(record["id"] for record in again.records) == Counter(record["id"] for record in whole.records)


@pytest.mark.parametrize("component", [FailingOnScraped, FailingOnClosed, FailingFilter])
def test_what_another_component_raises_is_a_fault_and_loses_nothing(component: type, tmp_path: Path) -> None:
    settings: dict[str, Any] = {"EXTENSIONS": _with(component)}
    if component is FailingFilter:
        options = {"format": "jsonlines", "item_filter": f"{component.__module__}.{component.__name__}"}
        settings = {"FEEDS": dumps({str(tmp_path / "x.jsonl"): options})}
    with Replica(articles=60, seed=4) as replica:
        first = crawl(tmp_path / "x", *SECTIONS, site=replica.url, **settings)
        (told,) = (line for line in first.log.splitlines() if "unhealthy: " in line)
        assert "unhealthy: a component failed " in told
        assert first.status == 1
        again = crawl(tmp_path / "x", *SECTIONS, site=replica.url)
        whole = crawl(tmp_path / "y", *SECTIONS, site=replica.url)
    assert again.status == 0
    assert Counter(record["id"] for record in again.records) == Counter(record["id"] for record in whole.records)


def _with(pipeline: type) -> str:
    """One component, as -s takes it; the project's own stay."""
    return dumps({f"{pipeline.__module__}.{pipeline.__name__}": 900})
