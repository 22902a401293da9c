"""Spiders of a user's own, for SPIDER_MODULES."""

from __future__ import annotations

from collections.abc import AsyncIterator

from scrapy import Request, Spider

from tibetnews.ledger.articles import PendingFetch
from tibetnews.spiders.base import ArticleSpider


class Plain(Spider):
    """A spider of Scrapy's, which knows nothing of articles."""

    name = "plain"


class Mine(ArticleSpider):
    """A spider that reads the one article its argument names."""

    name = "mine"
    url: str

    async def start(self) -> AsyncIterator[Request]:
        yield self.article_request(PendingFetch("mine-1", self.url))
