"""First step: what every page of the outlet carries is moved from the text to ``removed``."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from tibetnews import stats
from tibetnews.items import Article
from tibetnews.records import take_boilerplate


class Boilerplate:
    """Item pipeline that applies :func:`tibetnews.records.take_boilerplate`. Counts ``boilerplate/<kind>``."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Article) -> Article:
        take_boilerplate(item)
        for piece in item.removed:
            self.crawler.stats.inc_value(f"{stats.BOILERPLATE}{piece.kind}")
        return item
