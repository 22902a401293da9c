"""Reads articles that the user names: addresses of the outlet or of mirrors, and files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request

from tibetnews import stats
from tibetnews.ledger.articles import PendingFetch
from tibetnews.outlet import urls
from tibetnews.spiders.arguments import check, read_named
from tibetnews.spiders.base import ArticleSpider


class ArticlesSpider(ArticleSpider):
    """``scrapy crawl articles -a urls=URL,URL`` or ``-a urls=@FILE`` with an address a line; file:// too.

    Counts ``articles/named``.
    """

    name = "articles"
    read_arguments = staticmethod(read_named)

    def __init__(self, name: str | None = None, **given: Any) -> None:
        super().__init__(name)
        self.named = check(read_named, given)
        self.named_hosts = self.named.hosts
        self.named_files = self.named.files

    async def start(self) -> AsyncIterator[Request]:
        self.crawler.stats.set_value(stats.ARTICLES_NAMED, len(self.named.urls))
        for url in self.named.urls:
            address = urls.parse(url, self.site)
            yield self.article_request(PendingFetch(address.id if address else urls.foreign_id(url), url))
