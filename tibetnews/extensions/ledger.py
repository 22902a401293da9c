"""The ledger's clock: what was written is committed every few seconds, even where no further record comes."""

from __future__ import annotations

from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call

from tibetnews.items import Article
from tibetnews.ledger_session import memory_of


class Commits:
    """Extension that commits every COMMIT_SECONDS seconds.

    Where no export is a local file of JSON Lines that is appended to, its articles count as exported when the
    exports were closed; without STATE_DIR, where nothing outlasts the run, at once.
    """

    def __init__(self, crawler: Crawler, seconds: float) -> None:
        self.memory = memory_of(crawler)
        self.seconds = seconds
        self.lasting = bool(crawler.settings.get("STATE_DIR"))
        self.waiting: list[Article] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler, crawler.settings.getfloat("COMMIT_SECONDS"))
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(extension.exports_closed, signal=signals.feed_exporter_closed)
        return extension

    def spider_opened(self) -> None:
        self.clock = create_looping_call(self.memory.commit)
        self.clock.start(self.seconds, now=False)

    def item_scraped(self, item: Article) -> None:
        if not self.lasting:  # nothing is promised, and nothing is kept waiting
            self.memory.exported(item)
        elif not self.memory.has_feed:
            self.waiting.append(item)

    def spider_closed(self) -> None:
        if self.clock.running:
            self.clock.stop()

    def exports_closed(self) -> None:
        for item in self.waiting:
            self.memory.exported(item)
        self.waiting.clear()
