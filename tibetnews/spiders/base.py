"""How a spider gets from a response to a record, and from a page to the documents that belong to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from scrapy import Request, Spider
from scrapy.http import Response

from tibetnews import clock, stats
from tibetnews.errors import UnreadableError
from tibetnews.extensions.ledger import ledger_session
from tibetnews.items import Article, Http
from tibetnews.ledger.articles import PendingFetch
from tibetnews.ledger.session import LedgerSession
from tibetnews.outlet import article, urls
from tibetnews.outlet.encoding import decode
from tibetnews.outlet.page import Page
from tibetnews.outlet.sections import section_key
from tibetnews.spiders.repeated_pages import SamePages

MERGED = 3
"""So many articles' addresses may lead to one other article; more are an outlet that answers with one page for all."""


class ArticleSpider(Spider):
    """Base of the spiders that read articles: ``parse_article`` is the callback of their requests.

    Counts ``revisions/unchanged`` (articles that the server says are as they were) and ``articles/parts`` (documents
    that belong to articles).
    """

    read_arguments: ClassVar[Callable[..., object]]
    """What reads the spider's ``-a`` arguments, and raises InvalidArgumentError for those that cannot be used."""
    remembers: ClassVar[bool] = True
    """Whether its runs are the ledger's business."""
    gives_up: ClassVar[bool] = False
    """Whether a run may end before it has asked for everything, since the next one will."""

    def __init__(self, name: str | None = None, **given: str) -> None:
        super().__init__(name)
        self.given: set[str] = set()  # ids of the records of this run: two addresses can lead to one article
        self.pages = SamePages()
        self.led: dict[str, list[str]] = {}  # which ids were asked for where another article was found, by its id

    @property
    def site(self) -> str | None:
        """The base URL that stands for all hosts of the outlet, or None for the outlet itself."""
        return self.settings.get("OUTLET_SITE") or None

    @property
    def session(self) -> LedgerSession:
        """The crawl's ledger."""
        return ledger_session(self.crawler)

    def wants(self, record: Article) -> bool:
        """Whether a record that was read is to be exported."""
        return True

    def parse_article(self, response: Response) -> Iterator[Article | Request]:
        if response.status == 304:
            self.session.articles.mark_unchanged(response.meta["article"], None, clock.now())
            self.crawler.stats.inc_value(stats.REVISIONS_UNCHANGED)
            return
        page = Page(text_of(response), response.url, self.site)
        self._check_place(page, response)
        yield from self._complete(page, article.needs(page), {}, response)

    def parse_part(
        self, response: Response, page: Page, wanted: list[str], parts: dict[str, str], first: Response
    ) -> Iterator[Article | Request]:
        parts[wanted[len(parts)]] = text_of(response)
        yield from self._complete(page, wanted, parts, first)

    def _complete(
        self, page: Page, wanted: list[str], parts: dict[str, str], first: Response
    ) -> Iterator[Article | Request]:
        """Ask for the next document that the article is not whole without, or give the article."""
        if len(parts) == len(wanted):
            record = _stamped(article.read(page, parts), first)
            asked = first.meta.get("article", record.id)
            if asked != record.id:
                # Known before the other is given up, so that a crash in between loses neither.
                section = section_key(record.edition, record.section)
                self.session.articles.discover(self.session.run, section, [(record.id, first.url)])
                self.led.setdefault(record.id, []).append(asked)
            if record.id in self.given:
                return
            if self.wants(record):
                self.given.add(record.id)
                yield record
            else:
                self.session.articles.mark_failed(asked, "outside the dates that were asked for", clock.now())
            return
        self.crawler.stats.inc_value(stats.ARTICLE_PARTS)
        yield Request(
            urls.at_site(wanted[len(parts)], self.site),
            self.parse_part,
            cb_kwargs={"page": page, "wanted": wanted, "parts": parts, "first": first},
            meta={"part_of": first.url, "article": first.meta.get("article")},
            priority=1,  # an article that is begun is finished first, so that few are held in memory
            dont_filter=True,
        )

    def _check_place(self, page: Page, response: Response) -> None:
        """Raise UnreadableError for what a guard in front of the outlet answers in place of an article.

        That is a page beside the outlet's articles that an article's address leads to, or one page for two articles:
        theirs differ at least in their numbers. The first of the two is asked for again by the next run.
        """
        asked = urls.parse((response.meta.get("redirect_urls") or [response.url])[0], self.site)
        if page.address is None:
            if asked is not None:
                raise UnreadableError("moved", f"the article's address leads to {response.url}, which is no article")
        elif other := self.pages.owner(response.body, page.address.id):
            raise UnreadableError("interstitial", f"this is, byte for byte, the page that {other} was answered with")

    def closed(self, reason: str) -> None:
        """Called by Scrapy at the end: settle what only the whole run can tell."""
        for id_ in self.pages.doubted:
            self.session.articles.schedule_recheck(id_)
        for found, ids in self.led.items():
            for asked in ids:
                if len(ids) <= MERGED:
                    self.session.articles.mark_gone(asked, f"its address leads to {found}")
                else:
                    self.session.articles.mark_failed(
                        asked, f"its address leads to {found}, as others' do", clock.now()
                    )
            if len(ids) > MERGED:
                self.crawler.stats.set_value(f"{stats.ARTICLES_MERGED}{found}", len(ids))

    def article_request(self, due: PendingFetch) -> Request:
        """The request for an article, conditional where it was fetched before.

        Scrapy's filter of addresses is passed by: it would drop a redirect to an address that was asked for
        before, a loop's too, without a word. Spiders ask for an id once.
        """
        meta = {"article": due.id, "validators": (due.etag, due.last_modified), "handle_httpstatus_list": [304]}
        return Request(due.url, self.parse_article, meta=meta, dont_filter=True)


def stamp(record: Article, fetched: str, at: str, http: Http) -> Article:
    """The record with what its fetch tells: the address, the UTC time (to the second), the server's headers."""
    record.fetched_at = f"{at[:19]}Z"
    record.fetched_from = fetched if fetched != record.url else None
    record.http = http
    return record


def _stamped(record: Article, response: Response) -> Article:
    at = response.meta.get("fetched_at") or clock.utc().isoformat()
    http = Http(response.status, _header(response, "ETag"), _header(response, "Last-Modified"))
    return stamp(record, response.url, at, http)


def text_of(response: Response) -> str:
    """The response's body as text, whatever its headers claim; binary content becomes text that no reader knows."""
    return decode(response.body, _header(response, "Content-Type"))


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
