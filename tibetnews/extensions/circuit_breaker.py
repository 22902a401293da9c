"""A run against an outlet that answers nothing of use is ended early; the next one finds all that it left."""

from __future__ import annotations

from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from tibetnews.extensions.ledger import end_crawl
from tibetnews.health.outlet import GAVE_UP
from tibetnews.middlewares.rejects import page_rejected
from tibetnews.pipelines.dropped import UnchangedRecordError

_SAYS_LITTLE = frozenset({"http_404", "http_410", "robots", "bounds", "duplicate"})
"""Reasons that are about one page or the user's choice, and not about the outlet's health."""


class GivingUp:
    """Extension that ends the run after GIVE_UP_AFTER refused pages in a row, with none in between that was read.

    Only for spiders whose attribute ``gives_up`` says that the ledger knows what they leave.
    """

    def __init__(self, crawler: Crawler, most: int) -> None:
        self.crawler = crawler
        self.most = most
        self.row = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not (most := crawler.settings.getint("GIVE_UP_AFTER")):
            raise NotConfigured
        extension = cls(crawler, most)
        crawler.signals.connect(extension.rejected, signal=page_rejected)
        crawler.signals.connect(extension.read, signal=signals.item_scraped)
        crawler.signals.connect(extension.dropped, signal=signals.item_dropped)
        crawler.signals.connect(extension.received, signal=signals.response_received)
        return extension

    def rejected(self, reason: str, asked: bool) -> None:
        self.row += asked and reason not in _SAYS_LITTLE
        if self.row == self.most and getattr(self.crawler.spider, "gives_up", False):
            end_crawl(self.crawler, GAVE_UP)

    def read(self) -> None:
        self.row = 0

    def dropped(self, exception: Exception) -> None:
        if isinstance(exception, UnchangedRecordError):
            self.read()

    def received(self, response: Response) -> None:
        if response.status == 304:
            self.read()
