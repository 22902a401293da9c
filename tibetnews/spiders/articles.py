"""Reads articles that the user lists: addresses of the outlet or of mirrors, and files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request

from tibetnews import stats
from tibetnews.ledger.articles import PendingFetch
from tibetnews.outlet import urls
from tibetnews.spiders.arguments import parse_arguments
from tibetnews.spiders.base import ArticleSpider
from tibetnews.spiders.named_inputs import UrlList, read_url_list


class ArticlesSpider(ArticleSpider):
    """``tibetnews crawl articles -a urls=URL,URL`` or ``-a urls=@FILE`` with an address a line; file:// too.

    Counts ``articles/named``.
    """

    name = "articles"
    read_arguments = staticmethod(read_url_list)

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name)
        # Scrapy's tools, such as `scrapy parse --spider=articles`, give no arguments
        self.url_list = parse_arguments(read_url_list, arguments) if arguments else UrlList(())
        self.allowed_hosts = self.url_list.hosts
        self.allowed_files = self.url_list.files

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the listed articles."""
        if not self.url_list.urls:
            read_url_list()  # which says that they are missing
        self.crawler.stats.set_value(stats.ARTICLES_NAMED, len(self.url_list.urls))
        for url in self.url_list.urls:
            address = urls.parse(url, self.site)
            yield self.article_request(PendingFetch(address.id if address else urls.foreign_id(url), url))
