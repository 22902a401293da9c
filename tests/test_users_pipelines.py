"""Pipelines of a user's own: what they raise is a reject and never a loss without a word."""

from __future__ import annotations

from dataclasses import asdict
from json import dumps
from pathlib import Path
from typing import Any

from scrapy.exceptions import DropItem

from replica import Replica
from tests.support.crawling import crawl
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


def _with(pipeline: type) -> str:
    """One pipeline, as -s takes it; the project's own stay."""
    return dumps({f"{pipeline.__module__}.{pipeline.__name__}": 900})
