"""Walks the listings of the outlet's sections and reads every article that they link to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from tibetnews.items import Article
from tibetnews.outlet import urls
from tibetnews.outlet.listing import Listing, read_listing
from tibetnews.outlet.sections import Section
from tibetnews.spiders.arguments import check, read_walk
from tibetnews.spiders.reading import ArticleSpider, text_of


class SectionsSpider(ArticleSpider):
    """``scrapy crawl sections``: all pages of all listings, unless its arguments say otherwise.

    Counts ``sections/listings`` (pages read), ``sections/links`` (articles that they named),
    ``sections/walked`` (walks that reached their end) and ``sections/outside_dates``.
    """

    name = "sections"
    read_arguments = staticmethod(read_walk)

    def __init__(self, name: str | None = None, **given: Any) -> None:
        super().__init__(name)
        self.walk = check(read_walk, given)
        self.asked: set[str] = set()  # ids of all articles that this run has asked for

    async def start(self) -> AsyncIterator[Request]:
        for section in self.walk.sections:
            yield self._listing_request(section, 0, set())

    def parse_listing(self, response: Response, section: Section, number: int, met: set[str]) -> Iterator[Request]:
        self._count("listings")
        if response.status == 404:  # asked for on the chance that there is one more
            self._count("walked")
            return
        listing = read_listing(text_of(response), response.url, self.site)
        for link in listing.links:
            if link.address.id in self.asked or not self.walk.covers(link.address.date):
                continue
            self.asked.add(link.address.id)
            self._count("links")
            yield self.article_request(link.url)
        if self._goes_on(listing, number, met):
            met.update(link.address.id for link in listing.links)
            yield self._listing_request(section, number + 1, met, certain=listing.pages is not None)
        else:
            self._count("walked")

    def wants(self, record: Article) -> bool:
        """Photo stories tell their day only once they are read."""
        wanted = self.walk.covers((record.published_at or "")[:10] or None)
        if not wanted:
            self._count("outside_dates")
        return wanted

    def _goes_on(self, listing: Listing, number: int, met: set[str]) -> bool:
        """Whether the walk asks for the page behind this one."""
        if listing.next is None or (self.walk.pages is not None and number + 1 >= self.walk.pages):
            return False
        if all(link.address.id in met for link in listing.links):
            return False  # a listing that repeats itself has no end of its own
        days = [link.address.date for link in listing.links]
        return not (days and all(day is not None and day < self.walk.since for day in days))

    def _listing_request(self, section: Section, number: int, met: set[str], certain: bool = True) -> Request:
        return Request(
            urls.build(urls.listing(section, number), self.site),
            self.parse_listing,
            cb_kwargs={"section": section, "number": number, "met": met},
            meta={} if certain else {"handle_httpstatus_list": [404]},
            dont_filter=True,
        )

    def _count(self, name: str) -> None:
        assert self.crawler.stats
        self.crawler.stats.inc_value(f"sections/{name}")
