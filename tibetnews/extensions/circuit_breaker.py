"""Circuit breaker: ends a run early when the outlet answers nothing of use; the next run fetches what is left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from tibetnews.extensions.ledger import end_crawl
from tibetnews.health.outlet import TOO_MANY_FAILURES
from tibetnews.middlewares.rejects import page_rejected
from tibetnews.pipelines.dropped import UnchangedRecordError

_NOT_COUNTED = frozenset({"http_404", "http_410", "robots", "bounds", "duplicate"})
"""Reasons of rejects that are about one page, or the user's choice, and not about the outlet's health."""


class CircuitBreaker:
    """Extension that ends the run after CIRCUIT_BREAKER_FAILURES rejected pages in a row, with no good one in between.

    Only for spiders whose attribute ``may_stop_early`` says that the ledger knows what they leave.
    """

    def __init__(self, max_failures: int, end_crawl: Callable[[], None]) -> None:
        self.max_failures = max_failures
        self.end_crawl = end_crawl
        self.failures = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the limit from the settings; not configured where it is 0, or where the spider may not stop early."""
        max_failures = crawler.settings.getint("CIRCUIT_BREAKER_FAILURES")
        if not max_failures or not getattr(crawler.spider, "may_stop_early", False):
            raise NotConfigured
        extension = cls(max_failures, partial(end_crawl, crawler, TOO_MANY_FAILURES))
        crawler.signals.connect(extension.page_rejected, signal=page_rejected)
        crawler.signals.connect(extension.page_read, signal=signals.item_scraped)
        crawler.signals.connect(extension.item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(extension.response_received, signal=signals.response_received)
        return extension

    def page_rejected(self, reason: str, asked: bool) -> None:
        """Count a failure; end the crawl at the limit."""
        self.failures += asked and reason not in _NOT_COUNTED
        if self.failures == self.max_failures:
            self.end_crawl()

    def page_read(self) -> None:
        """Begin to count anew."""
        self.failures = 0

    def item_dropped(self, exception: Exception) -> None:
        """Take an unchanged record for a page that was read."""
        if isinstance(exception, UnchangedRecordError):
            self.page_read()

    def response_received(self, response: Response) -> None:
        """Take an unchanged page (304) for one that was read."""
        if response.status == 304:
            self.page_read()
