"""Crawls whose records come from their spider's ``start`` and not from responses: one at a time, and ended in order."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call

from tibetnews.items import Article
from tibetnews.spiders.base import ArticleSpider

_SECONDS = 0.5


class OneByOneSpider(ArticleSpider):
    """Base of the spiders that give each record once the one before it has left the pipelines."""

    def __init__(self, name: str | None = None) -> None:
        super().__init__(name)
        self._is_processed = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider, and wait for its items."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider.item_processed, signal=signal)
        return spider

    def item_processed(self) -> None:
        """Let the next record follow, since one has left the pipelines."""
        self._is_processed.set()

    async def start(self) -> AsyncIterator[Article]:
        """Yield the records."""
        end_once_idle(self.crawler)
        async for record in self.records():
            self._is_processed.clear()
            yield record
            await self._is_processed.wait()

    @abstractmethod
    def records(self) -> AsyncIterator[Article]:
        """Yield the records; it goes on where a record has left the pipelines, and ends where :attr:`is_ending`."""

    @property
    def is_ending(self) -> bool:
        """Whether the crawl is being closed, so that no more records are to be given."""
        slot = self.crawler.engine.scraper.slot
        return slot is None or slot.closing is not None


def end_once_idle(crawler: Crawler) -> None:
    """Look from now on whether a crawl that is being closed has processed its last record.

    Scrapy 2.19 looks only when it is done with a response. A crawl that was ended, by Ctrl-C or a limit, while a record
    of ``start`` was in the pipelines would wait for ever.
    """

    def look() -> None:
        slot = crawler.engine.scraper.slot
        if slot and slot.closing and not slot.closing.called and slot.is_idle() and crawler.spider:
            slot.closing.callback(crawler.spider)

    timer = create_looping_call(look)
    timer.start(_SECONDS, now=False)
    crawler.signals.connect(lambda: timer.stop(), signal=signals.spider_closed, weak=False)
