"""Crawls the listings of the outlet's sections and reads every article that they link to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from scrapy import Request
from scrapy.http import Response

from tibetnews import clock, stats
from tibetnews.errors import UnreadableError
from tibetnews.items import Article
from tibetnews.ledger.articles import PendingFetch
from tibetnews.ledger.listings import ListingSnapshot
from tibetnews.outlet import urls
from tibetnews.outlet.discovery import Discovery
from tibetnews.outlet.listing import Listing
from tibetnews.outlet.page import Page
from tibetnews.outlet.sections import Section
from tibetnews.outlet.urls import Address
from tibetnews.requests import asked_again, header, is_conditional, listing_request
from tibetnews.spiders.arguments import parse_arguments, read_crawl_scope
from tibetnews.spiders.base import ArticleSpider, response_text
from tibetnews.spiders.repeated_pages import RepeatedBodyDetector
from tibetnews.spiders.unread import answered_section, read_listing_of

MAX_PAGES_WITHOUT_NEW = 3
"""A listing is given up after this many pages in a row without a new link. One is normal: news published during the
crawl push old links down to the next page. Three mean a pager that does not end."""

MAX_UNKNOWN_LINKS = 200
"""So many links that the grammar of addresses does not know are counted in a run."""

FIRST_PAGE_PRIORITY = 1
"""Above that of articles: of one priority, Scrapy takes what a spider starts with after what its pages have named."""

BACKLOG_PRIORITY = -1
"""Below that of listings and of what they bring, so that a run with little time has the news first."""

MAX_UNLISTED_REQUESTS = 60
"""So many listings that the table lacks are asked for in a run."""


@dataclass(kw_only=True)
class PaginationState:
    """How far the run is with the listing of one section."""

    section: Section
    stored_ids: tuple[str, ...]
    """Ids on the listing's first page as the ledger had it before this run."""
    page: int = 0
    seen_ids: set[str] = field(default_factory=set)
    """Ids on all pages before this one."""
    pages_without_new: int = 0
    """How many pages in a row, up to the one before this, had no new id."""


class ReadPage(NamedTuple):
    """What a page of a listing says."""

    listing: Listing | None
    """None where the outlet calls the page unchanged."""
    snapshot: ListingSnapshot


class SectionsSpider(ArticleSpider):
    """``tibetnews crawl sections``: all pages of all listings, unless its arguments say otherwise.

    Counts ``sections/chosen`` and ``sections/ended`` (listings begun and done with), ``sections/listings`` (pages),
    ``sections/links`` (new articles on them), ``sections/due`` (articles of earlier runs that were due),
    ``sections/walked`` (listings read to their end, or to articles known before) and ``sections/outside_dates``; and
    what somebody has to look at: ``sections/moved/<section>`` (where to), ``sections/endless/<section>`` (last page),
    ``links/unknown/<pattern>`` (links of listings that the grammar of addresses does not know).

    Attributes:
        visited_sections: Keys of the sections whose first page was read.
        empty_sections: Those of them whose first page names no article.
    """

    name = "sections"
    read_arguments = staticmethod(read_crawl_scope)
    may_stop_early = True  # the ledger has what it leaves

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name)
        self.listing_pages = RepeatedBodyDetector()
        self.scope = parse_arguments(read_crawl_scope, arguments)
        self.visited_sections: set[str] = set()
        self.empty_sections: set[str] = set()
        self.unknown_links: set[str] = set()
        self.discovery: Discovery | None = None
        self.unlisted_requests = 0

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the first page of each listing; what is found there comes before the articles that are due."""
        keys = [section.section_key for section in self.scope.sections]
        backlog = list(self.session.articles.pending(clock.now(), keys))  # without what the listings are about to bring
        for section in self.scope.sections:
            state = self._first_state(section)
            yield self._listing_request(state, may_be_missing=False).replace(priority=FIRST_PAGE_PRIORITY)
        for due in backlog:
            address = urls.parse(due.url, self.site)
            if address is None or self.scope.covers(address.date):
                self.crawler.stats.inc_value(stats.ARTICLES_DUE)
                yield self.article_request(due).replace(priority=BACKLOG_PRIORITY)
        if self.scope.discover:
            self.discovery = Discovery(self.scope.discover, self.site)
            self.discovery.asked.update(keys)
            for url in dict.fromkeys([*self.discovery.home_pages(), *self.discovery.host_pages()]):
                yield self._unlisted_request(url, None)

    def parse_unlisted(self, response: Response, asked: Address | None) -> Iterator[Request]:
        """Follow the links of a home page (``asked`` is None), or crawl the section whose listing this is."""
        if response.status != 200 or self.discovery is None:
            return
        found = self.discovery.read(Page(response_text(response), response.url, self.site), asked)
        yield from self._follow_unlisted()
        if found and self.scope.shard.has(found.section.section_key):
            self.crawler.stats.inc_value(stats.SECTIONS_DISCOVERED)
            state = self._first_state(found.section)
            for due in self.session.articles.pending(clock.now(), [found.section.section_key]):
                yield self.article_request(due)
            yield from self.parse_listing(response, state)

    def _follow_unlisted(self) -> Iterator[Request]:
        """Ask for the listings found so far that the table lacks."""
        while self.discovery and self.unlisted_requests < MAX_UNLISTED_REQUESTS:
            address = self.discovery.next_unlisted()
            if address is None:
                return
            self.unlisted_requests += 1
            yield self._unlisted_request(urls.build(address, self.site), address)

    def _unlisted_request(self, url: str, asked: Address | None) -> Request:
        key = asked.section_key if asked else "home pages"
        return listing_request(
            url, self.parse_unlisted, section=key, page=0, validators=None, may_be_missing=True, asked=asked
        )

    def parse_listing(self, response: Response, state: PaginationState) -> Iterator[Request]:
        """Ask for the new articles of a listing page, and for the next page."""
        if response.status == 304 and not is_conditional(response):
            yield asked_again(response)
            return
        self.crawler.stats.inc_value(stats.LISTING_PAGES)
        if response.status == 404:  # no pager had announced this page
            self._mark_complete(state.section)
            return
        listing, snapshot = self._read_page(response, state)
        if state.page == 0:
            self.visited_sections.add(state.section.section_key)
            if not snapshot.ids:
                self.empty_sections.add(state.section.section_key)
                if state.stored_ids:  # the stored snapshot stays, for the day when the listing has links again
                    self.crawler.stats.inc_value(stats.SECTIONS_ENDED)
                    return
        if listing:
            if self.scope.has_all_days:  # else a later 304 would hide the links that this run leaves out
                self.session.listings.save_snapshot(self._listing_url(state.section, state.page), snapshot)
            yield from self._discover(listing, state.section)
        yield from self._follow_unlisted()
        yield from self._paginate(state, snapshot, [link.address.date for link in listing.links] if listing else [])

    def _read_page(self, response: Response, state: PaginationState) -> ReadPage:
        """Return what a page says, or said when it was stored; raise UnreadableError."""
        section = state.section
        answered_key = answered_section(response, self.site)
        if answered_key != section.section_key:
            self.crawler.stats.set_value(stats.SECTION_MOVED + section.section_key, answered_key)
        if response.status == 304:
            stored = self.session.listings.snapshot(self._listing_url(section, state.page))
            if stored is None:
                raise UnreadableError("http_304", "the outlet says that this page is unchanged, but none is stored")
            return ReadPage(None, stored)
        page = Page(response_text(response), response.url, self.site)
        listing = read_listing_of(answered_key, page, response, self.listing_pages)
        for url in listing.unknown:
            if url not in self.unknown_links and len(self.unknown_links) < MAX_UNKNOWN_LINKS:
                self.unknown_links.add(url)
                self.crawler.stats.inc_value(f"{stats.LINKS_UNKNOWN}{urls.pattern_of(url, self.site)}")
        if self.discovery and state.page == 0:
            self.discovery.read(page, urls.listing(section))
        return ReadPage(listing, _snapshot(response, listing, section))

    def _discover(self, listing: Listing, section: Section) -> Iterator[Request]:
        """Record the articles of a listing in the ledger, and ask for the new ones."""
        wanted = {link.address.id: link.url for link in listing.links if self.scope.covers(link.address.date)}
        new = self.session.articles.discover(self.session.run, section.section_key, wanted.items())
        if new:
            self.session.commit()  # a killed run never loses links that it has begun to follow
        for id_ in new:
            self.crawler.stats.inc_value(stats.ARTICLES_FOUND)
            yield self.article_request(PendingFetch(id_, wanted[id_]))

    def _paginate(self, state: PaginationState, snapshot: ListingSnapshot, days: list[str | None]) -> Iterator[Request]:
        """Ask for the next page of a listing, unless this page is the last one that is needed."""
        key = state.section.section_key
        pages_without_new = state.pages_without_new + 1 if state.seen_ids.issuperset(snapshot.ids) else 0
        is_known = not self.scope.full and self.session.listings.reached_known_articles(
            key, snapshot.ids, state.stored_ids
        )
        if snapshot.next_page is None or is_known:
            self._mark_complete(state.section)
        elif pages_without_new >= MAX_PAGES_WITHOUT_NEW:
            self.crawler.stats.set_value(stats.SECTION_ENDLESS + key, state.page)
            self.crawler.stats.inc_value(stats.SECTIONS_ENDED)
        elif state.page + 1 >= self.settings.getint("LISTING_MAX_PAGES"):
            self.crawler.stats.set_value(stats.SECTION_TOO_LONG + key, state.page + 1)
            self.crawler.stats.inc_value(stats.SECTIONS_ENDED)
        elif self.scope.ends_with(state.page, days):
            self.crawler.stats.inc_value(stats.SECTIONS_ENDED)
        else:
            state.seen_ids.update(snapshot.ids)
            following = replace(state, page=state.page + 1, pages_without_new=pages_without_new)
            yield self._listing_request(following, may_be_missing=snapshot.pages is None)

    def _mark_complete(self, section: Section) -> None:
        """Record that a listing was read to its end, or to articles known before."""
        self.crawler.stats.inc_value(stats.SECTIONS_WALKED)
        self.crawler.stats.inc_value(stats.SECTIONS_ENDED)
        if self.scope.has_all_days:
            self.session.listings.mark_complete(section.section_key, self.session.run, clock.now())

    def closed(self, reason: str) -> None:
        """Forget the checkpoints of listings whose page came for another section too; called by Scrapy at the end."""
        super().closed(reason)
        for key in self.listing_pages.suspects:
            self.session.listings.reset_checkpoint(key)

    def wants(self, record: Article) -> bool:
        """Return whether a record's day is in scope: the addresses of photo stories do not tell it."""
        wanted = self.scope.covers((record.published_at or "")[:10] or None)
        if not wanted:
            self.crawler.stats.inc_value(stats.OUTSIDE_DATES)
        return wanted

    def _first_state(self, section: Section) -> PaginationState:
        """Count a section as chosen, and return the state in which its listing is begun."""
        self.crawler.stats.inc_value(stats.SECTIONS_CHOSEN)
        stored = self.session.listings.snapshot(self._listing_url(section, 0))
        return PaginationState(section=section, stored_ids=stored.ids if stored else ())

    def _listing_url(self, section: Section, page: int) -> str:
        return urls.build(urls.listing(section, page), self.site)

    def _listing_request(self, state: PaginationState, *, may_be_missing: bool) -> Request:
        url = self._listing_url(state.section, state.page)
        stored = self.session.listings.snapshot(url)
        return listing_request(
            url,
            self.parse_listing,
            section=state.section.section_key,
            page=state.page,
            validators=(stored.etag, stored.last_modified) if stored else None,
            may_be_missing=may_be_missing,
            state=state,
        )


def _snapshot(response: Response, listing: Listing, section: Section) -> ListingSnapshot:
    """Return what the ledger keeps of a listing page.

    Only links of the section itself are stored, in their order; cross-section links, which stand anywhere, are left
    out unless they are the majority, as on a listing that collects articles of other sections.
    """
    own_ids = tuple(link.address.id for link in listing.links if link.address.edition_path == section.edition_path)
    all_ids = tuple(link.address.id for link in listing.links)
    return ListingSnapshot(
        header(response, "ETag"),
        header(response, "Last-Modified"),
        listing.pages,
        listing.next,
        own_ids if len(own_ids) * 2 > len(all_ids) else all_ids,
    )
