"""Walks the listings of the outlet's sections and reads every article that they link to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from scrapy import Request
from scrapy.http import Response

from tibetnews import clock, stats
from tibetnews.errors import UnreadableError
from tibetnews.items import Article
from tibetnews.ledger.articles import PendingFetch
from tibetnews.ledger.listings import ListingSnapshot
from tibetnews.outlet import urls
from tibetnews.outlet.listing import Listing, read_listing
from tibetnews.outlet.sections import Section
from tibetnews.spiders.arguments import check, read_walk
from tibetnews.spiders.base import ArticleSpider, text_of
from tibetnews.spiders.repeated_pages import SamePages


@dataclass(frozen=True)
class Walked:
    """One walk so far.

    before: the first page's ids as they were before it; met: all ids that it has met; stale: how many of the last
    pages named nothing new to it.
    """

    before: tuple[str, ...]
    met: set[str] = field(default_factory=set)
    stale: int = 0


ENDLESS = 3
"""So many pages in a row without a link that is new to the walk have no end. One can come of news during the walk,
which push a page's links to the next one; an empty listing that counts thousands of pages has as many as it says."""


class SectionsSpider(ArticleSpider):
    """``scrapy crawl sections``: all pages of all listings, unless its arguments say otherwise.

    Counts ``sections/chosen`` and ``sections/ended`` (walks begun and over), ``sections/listings`` (pages read),
    ``sections/links`` (new articles that they named), ``sections/due`` (articles of earlier runs that were due),
    ``sections/walked`` (walks that reached their end) and ``sections/outside_dates``; and by section what somebody has
    to look at: ``sections/moved/…`` (where to), ``sections/endless/…`` (given up at which page). ``read`` and ``bare``
    name the sections whose first page it read, and those whose first page names no article.
    """

    name = "sections"
    read_arguments = staticmethod(read_walk)
    gives_up = True  # what it leaves is in the ledger

    def __init__(self, name: str | None = None, **given: Any) -> None:
        super().__init__(name)
        self.listings = SamePages()
        self.walk = check(read_walk, given)
        self.read: set[str] = set()
        self.bare: set[str] = set()

    async def start(self) -> AsyncIterator[Request]:
        keys = [section.section_key for section in self.walk.sections]
        for due in self.session.articles.pending(clock.now(), keys):
            address = urls.parse(due.url, self.site)
            if address is None or self.walk.covers(address.date):
                self._count(stats.ARTICLES_DUE)
                yield self.article_request(due)
        for section in self.walk.sections:
            self._count(stats.SECTIONS_CHOSEN)
            before = self.session.listings.snapshot(urls.build(urls.listing(section), self.site))
            yield self._listing_request(section, 0, Walked(before.ids if before else ()))

    def parse_listing(self, response: Response, section: Section, number: int, walked: Walked) -> Iterator[Request]:
        self._count(stats.LISTING_PAGES)
        if response.status == 404:  # asked for on the chance that there is one more
            self._walked(section)
            return
        url = urls.build(urls.listing(section, number), self.site)
        place = self._place(response, section)
        if response.status == 304:
            leaf = self.session.listings.snapshot(url)
            assert leaf is not None  # its validators came from there
            days: list[str | None] = []
        else:
            if "unrendered" in response.flags:  # it would pass for one without news
                raise UnreadableError("unrendered", "only scripts write this listing, and Splash did not run them")
            if other := self.listings.owner(response.body, place):
                raise UnreadableError(
                    "interstitial", f"this is, byte for byte, the page that {other} was answered with"
                )
            listing = read_listing(text_of(response), response.url, self.site)
            leaf = _leaf(response, listing, section)
            if not leaf.ids and walked.before and not number:
                self.read.add(section.section_key)
                self.bare.add(section.section_key)
                self._count(stats.SECTIONS_ENDED)
                return  # what is remembered of the page stays, for the day when it has links again
            if self.walk.takes_every_day:  # else a later 304 would hide the links that this walk leaves out
                self.session.listings.save_snapshot(url, leaf)
            days = [link.address.date for link in listing.links]
            taken = {link.address.id: link.url for link in listing.links if self.walk.covers(link.address.date)}
            new = self.session.articles.discover(self.session.run, section.section_key, taken.items())
            self.session.commit()  # a killed run never loses links that it has begun to follow
            for id_ in new:
                self._count(stats.ARTICLES_FOUND)
                yield self.article_request(PendingFetch(id_, taken[id_]))
        if number == 0:
            self.read.add(section.section_key)
            if not leaf.ids:
                self.bare.add(section.section_key)
        yield from self._next(section, number, leaf, days, walked)

    def _next(
        self, section: Section, number: int, leaf: ListingSnapshot, days: list[str | None], walked: Walked
    ) -> Iterator[Request]:
        """Ask for the next page of a listing, unless the walk ends here."""
        stale = walked.stale + 1 if walked.met.issuperset(leaf.ids) else 0
        known = not self.walk.full and self.session.listings.reached_known_articles(
            section.section_key, leaf.ids, walked.before
        )
        if leaf.next_page is None or known:
            self._walked(section)
        elif stale >= ENDLESS:
            self._note(stats.SECTION_ENDLESS, section, number)
            self._count(stats.SECTIONS_ENDED)
        elif (self.walk.pages is not None and number + 1 >= self.walk.pages) or (
            days and all(day is not None and day < self.walk.since for day in days)
        ):
            self._count(stats.SECTIONS_ENDED)
        else:
            walked.met.update(leaf.ids)
            further = replace(walked, stale=stale)
            yield self._listing_request(section, number + 1, further, certain=leaf.pages is not None)

    def _place(self, response: Response, section: Section) -> str:
        """The section whose listing was answered with; notes one that has moved.

        Raises UnreadableError where the outlet leads to something else in its place.
        """
        place = urls.parse(response.url, self.site)
        if place is None or place.page_type != "listing":
            raise UnreadableError("moved", f"the listing's address leads to {response.url}, which is no listing")
        if (key := place.section_key) != section.section_key:
            self._note(stats.SECTION_MOVED, section, key)
        return key

    def _note(self, prefix: str, section: Section, told: object) -> None:
        """Count what is wrong with a section, for the verdict on the run."""
        self.crawler.stats.set_value(f"{prefix}{section.section_key}", told)

    def _walked(self, section: Section) -> None:
        self._count(stats.SECTIONS_COMPLETE)
        self._count(stats.SECTIONS_ENDED)
        if self.walk.takes_every_day:
            self.session.listings.mark_complete(section.section_key, self.session.run, clock.now())

    def closed(self, reason: str) -> None:
        super().closed(reason)
        for section in self.listings.doubted:
            self.session.listings.reset_checkpoint(section)

    def wants(self, record: Article) -> bool:
        """Photo stories tell their day only once they are read."""
        wanted = self.walk.covers((record.published_at or "")[:10] or None)
        if not wanted:
            self._count(stats.OUTSIDE_DATES)
        return wanted

    def _listing_request(self, section: Section, number: int, walked: Walked, certain: bool = True) -> Request:
        url = urls.build(urls.listing(section, number), self.site)
        leaf = self.session.listings.snapshot(url)
        return Request(
            url,
            self.parse_listing,
            cb_kwargs={"section": section, "number": number, "walked": walked},
            meta={
                "listing": section.section_key,
                "validators": (leaf.etag, leaf.last_modified) if leaf else None,
                "handle_httpstatus_list": [304] if certain else [304, 404],
            },
            dont_filter=True,
        )

    def _count(self, name: str) -> None:
        self.crawler.stats.inc_value(name)


def _leaf(response: Response, listing: Listing, section: Section) -> ListingSnapshot:
    """What the ledger keeps of a listing page. Its order is that of the section's own articles; guests from other
    sections stand anywhere. A listing of mostly guests gathers other sections, and they are its own."""
    own = tuple(link.address.id for link in listing.links if link.address.edition_path == section.edition_path)
    every = tuple(link.address.id for link in listing.links)
    etag, last_modified = (response.headers.get(name) for name in ("ETag", "Last-Modified"))
    return ListingSnapshot(
        etag.decode("latin-1") if etag else None,
        last_modified.decode("latin-1") if last_modified else None,
        listing.pages,
        listing.next,
        own if len(own) * 2 > len(every) else every,
    )
