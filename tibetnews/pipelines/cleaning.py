"""First step: boilerplate and spam are moved from the text to ``removed``."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from tibetnews import clock, stats
from tibetnews.items import Article
from tibetnews.records import clean_record, drop_impossible_time


class Cleaning:
    """Item pipeline that applies :func:`tibetnews.records.clean_record` and drops impossible times of publication.

    Counts ``removed/<kind>``: all pieces in ``removed``, those that the reader of the page put there too. Counts
    ``dates/impossible``: times before the web or later than a day after ``now``, the start of the crawl.
    """

    def __init__(self, collector: StatsCollector, now: datetime) -> None:
        self.stats = collector
        self.now = now

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Create the pipeline of a crawl."""
        return cls(crawler.stats, clock.utc())

    def process_item(self, item: Article) -> Article:
        """Clean the record."""
        clean_record(item)
        if drop_impossible_time(item, self.now):
            self.stats.inc_value(stats.IMPOSSIBLE_DATES)
        for piece in item.removed:
            self.stats.inc_value(f"{stats.REMOVED}{piece.kind}")
        return item
