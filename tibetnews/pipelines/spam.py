"""Second step: link farms are moved from the text to ``removed``."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from tibetnews import stats
from tibetnews.items import Article
from tibetnews.records import take_spam


class Spam:
    """Item pipeline that applies :func:`tibetnews.records.take_spam`. Counts ``spam/pieces``."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Article) -> Article:
        if pieces := take_spam(item):
            self.crawler.stats.inc_value(stats.SPAM_PIECES, pieces)
        return item
