"""Walks the listings of the outlet's sections and reads every article that they link to."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from scrapy import Request
from scrapy.http import Response

from tibetnews.items import Article
from tibetnews.ledger.articles import Due
from tibetnews.ledger.walks import Leaf
from tibetnews.outlet import urls
from tibetnews.outlet.listing import Listing, read_listing
from tibetnews.outlet.sections import Section
from tibetnews.spiders.arguments import check, read_walk
from tibetnews.spiders.reading import ArticleSpider, text_of


@dataclass(frozen=True)
class Walked:
    """One walk so far. before: the first page's ids as they were before it; met: all ids that it has met."""

    before: tuple[str, ...]
    met: set[str] = field(default_factory=set)


class SectionsSpider(ArticleSpider):
    """``scrapy crawl sections``: all pages of all listings, unless its arguments say otherwise.

    Counts ``sections/chosen`` and ``sections/ended`` (walks begun and over), ``sections/listings`` (pages read),
    ``sections/links`` (new articles that they named), ``sections/due`` (articles of earlier runs that were due),
    ``sections/walked`` (walks that reached their end) and ``sections/outside_dates``. ``read`` and ``bare`` name the
    sections whose first page it read, and those whose first page names no article.
    """

    name = "sections"
    read_arguments = staticmethod(read_walk)

    def __init__(self, name: str | None = None, **given: Any) -> None:
        super().__init__(name)
        self.walk = check(read_walk, given)
        self.read: set[str] = set()
        self.bare: set[str] = set()

    async def start(self) -> AsyncIterator[Request]:
        keys = [_key(section) for section in self.walk.sections]
        for due in self.memory.articles.due(time.time(), keys):
            address = urls.parse(due.url, self.site)
            if address is None or self.walk.covers(address.date):
                self._count("due")
                yield self.article_request(due)
        for section in self.walk.sections:
            self._count("chosen")
            before = self.memory.walks.leaf(urls.build(urls.listing(section), self.site))
            yield self._listing_request(section, 0, Walked(before.ids if before else ()))

    def parse_listing(self, response: Response, section: Section, number: int, walked: Walked) -> Iterator[Request]:
        self._count("listings")
        if response.status == 404:  # asked for on the chance that there is one more
            self._walked(section)
            return
        url = urls.build(urls.listing(section, number), self.site)
        if response.status == 304:
            leaf = self.memory.walks.leaf(url)
            assert leaf is not None  # its validators came from there
            days: list[str | None] = []
        else:
            listing = read_listing(text_of(response), response.url, self.site)
            leaf = _leaf(response, listing, section)
            if self.walk.takes_every_day:  # else a later 304 would hide the links that this walk leaves out
                self.memory.walks.keep(url, leaf)
            days = [link.address.date for link in listing.links]
            taken = {link.address.id: link.url for link in listing.links if self.walk.covers(link.address.date)}
            for id_ in self.memory.articles.discover(self.memory.run, _key(section), taken.items()):
                self._count("links")
                yield self.article_request(Due(id_, taken[id_]))
        if number == 0:
            self.read.add(_key(section))
            if not leaf.ids:
                self.bare.add(_key(section))
        yield from self._next(section, number, leaf, days, walked)

    def _next(
        self, section: Section, number: int, leaf: Leaf, days: list[str | None], walked: Walked
    ) -> Iterator[Request]:
        """Ask for the next page of a listing, unless the walk ends here."""
        repeats = bool(leaf.ids) and walked.met.issuperset(leaf.ids)  # such a listing has no end of its own
        known = not self.walk.full and self.memory.walks.may_stop(_key(section), leaf.ids, walked.before)
        if leaf.following is None or repeats or known:
            self._walked(section)
        elif (self.walk.pages is not None and number + 1 >= self.walk.pages) or (
            days and all(day is not None and day < self.walk.since for day in days)
        ):
            self._count("ended")
        else:
            walked.met.update(leaf.ids)
            yield self._listing_request(section, number + 1, walked, certain=leaf.pages is not None)

    def _walked(self, section: Section) -> None:
        self._count("walked")
        self._count("ended")
        if self.walk.takes_every_day:
            at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            self.memory.walks.walked(_key(section), self.memory.run, at)

    def wants(self, record: Article) -> bool:
        """Photo stories tell their day only once they are read."""
        wanted = self.walk.covers((record.published_at or "")[:10] or None)
        if not wanted:
            self._count("outside_dates")
        return wanted

    def _listing_request(self, section: Section, number: int, walked: Walked, certain: bool = True) -> Request:
        url = urls.build(urls.listing(section, number), self.site)
        leaf = self.memory.walks.leaf(url)
        return Request(
            url,
            self.parse_listing,
            cb_kwargs={"section": section, "number": number, "walked": walked},
            meta={
                "listing": _key(section),
                "validators": (leaf.etag, leaf.last_modified) if leaf else None,
                "handle_httpstatus_list": [304] if certain else [304, 404],
            },
            dont_filter=True,
        )

    def _count(self, name: str) -> None:
        assert self.crawler.stats
        self.crawler.stats.inc_value(f"sections/{name}")


def _key(section: Section) -> str:
    """What the ledger calls a section: its edition and its name there."""
    return f"{section.tree.edition}/{section.key}"


def _leaf(response: Response, listing: Listing, section: Section) -> Leaf:
    """What the ledger keeps of a listing page. Its order is that of the section's own articles; guests from other
    sections stand anywhere. A listing of mostly guests gathers other sections, and they are its own."""
    own = tuple(link.address.id for link in listing.links if link.address.section_key == section.key)
    every = tuple(link.address.id for link in listing.links)
    etag, last_modified = (response.headers.get(name) for name in ("ETag", "Last-Modified"))
    return Leaf(
        etag.decode("latin-1") if etag else None,
        last_modified.decode("latin-1") if last_modified else None,
        listing.pages,
        listing.next,
        own if len(own) * 2 > len(every) else every,
    )
