"""First step: boilerplate and spam are moved from the text to ``removed``."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from tibetnews import stats
from tibetnews.items import Article
from tibetnews.records import clean_record


class Cleaning:
    """Item pipeline that applies :func:`tibetnews.records.clean_record`.

    Counts ``removed/<kind>``: all pieces in ``removed``, those that the reader of the page put there too.
    """

    def __init__(self, collector: StatsCollector) -> None:
        self.stats = collector

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Create the pipeline of a crawl."""
        return cls(crawler.stats)

    def process_item(self, item: Article) -> Article:
        """Clean the record."""
        clean_record(item)
        for piece in item.removed:
            self.stats.inc_value(f"{stats.REMOVED}{piece.kind}")
        return item
