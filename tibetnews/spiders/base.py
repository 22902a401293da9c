"""From a response to a record, and from a page to the documents that belong to it: what all spiders share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.settings import BaseSettings

from tibetnews import clock, stats
from tibetnews.crawl_session import ledger_session
from tibetnews.errors import UnreadableError
from tibetnews.items import Article, Http
from tibetnews.ledger.articles import PendingFetch
from tibetnews.ledger.session import LedgerSession
from tibetnews.outlet import urls
from tibetnews.outlet.encoding import decode
from tibetnews.outlet.page import Page
from tibetnews.outlet.pending_article import PendingArticle
from tibetnews.outlet.replays import read_replay
from tibetnews.outlet.sections import section_key
from tibetnews.requests import ARTICLE, FETCHED_AT, article_request, asked_again, header, is_conditional, part_request
from tibetnews.spiders.repeated_pages import RepeatedBodyDetector
from tibetnews.spiders.unread import check_article, check_scripts

MAX_REDIRECTS_TO_ONE_ARTICLE = 3
"""Up to this many addresses may lead to one other article, as where the outlet merged them; more mean that it answers
all addresses with one page."""


class ArticleSpider(Spider):
    """Base of the spiders that read articles: ``parse_article`` is the callback of their requests.

    Counts ``revisions/unchanged`` (articles that the server says are unchanged) and ``articles/parts`` (documents
    that belong to articles).
    """

    read_arguments: ClassVar[Callable[..., object] | None] = None
    """Reads the spider's ``-a`` arguments, and raises InvalidArgumentError for those that cannot be used; with None
    they become attributes, as in Scrapy."""
    may_stop_early: ClassVar[bool] = False
    """Whether a run may end before it has asked for everything, because the next one will."""
    asks_outlet: ClassVar[bool] = True
    """Whether any request may be made to the outlet itself."""

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name, **arguments)
        self.emitted_ids: set[str] = set()  # two addresses can lead to one article
        self.article_pages = RepeatedBodyDetector()
        self.redirected_ids: dict[str, list[str]] = {}  # ids that were asked for, by the id of the article found there

    @classmethod
    def fixed_settings(cls, settings: BaseSettings) -> dict[str, str]:
        """Return settings that the spider needs whatever the user's are; ``tibetnews crawl`` sets them over ``-s``."""
        return {}

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Set the spider's own settings."""
        super().update_settings(settings)
        settings.setdict(cls.fixed_settings(settings), "spider")

    @property
    def site(self) -> str | None:
        """The base URL that stands for all hosts of the outlet, or None for the outlet itself."""
        return self.settings.get("OUTLET_SITE") or None

    @property
    def session(self) -> LedgerSession:
        """The crawl's ledger."""
        return ledger_session(self.crawler)

    def wants(self, record: Article) -> bool:
        """Return whether a record is to be exported."""
        return True

    def parse_article(self, response: Response) -> Iterator[Article | Request]:
        """Read an article's page: give the record, or ask for the first of its parts."""
        if response.status == 304:
            if not is_conditional(response):
                yield asked_again(response)
                return
            self.session.articles.mark_unchanged(response.meta[ARTICLE], None, clock.now())
            self.crawler.stats.inc_value(stats.REVISIONS_UNCHANGED)
            return
        page = Page(response_text(response), response.url, self.site)
        check_article(page, response, self.article_pages)
        try:
            pending = PendingArticle.begin(response, page)
            if pending.next_part is not None:  # their text would hide that this page has none
                check_scripts(page, response)
            yield from self._continue(pending)
        except UnreadableError:
            check_scripts(page, response)
            raise

    def parse_part(self, response: Response, pending: PendingArticle[Response]) -> Iterator[Article | Request]:
        """Add a part to its article: give the record, or ask for the next part."""
        if response.status == 304:
            yield asked_again(response)
            return
        if (page := Page(response_text(response), response.url, self.site)).address:
            check_scripts(page, response)
        pending.add_part(page.html)
        yield from self._continue(pending)

    def _continue(self, pending: PendingArticle[Response]) -> Iterator[Article | Request]:
        if pending.next_part is None:
            yield from self._emit(_with_fetch_of(pending.source, pending.read()), pending.source)
        else:
            self.crawler.stats.inc_value(stats.ARTICLE_PARTS)
            url = urls.at_site(pending.next_part, self.site)
            yield part_request(url, self.parse_part, pending.source, pending=pending)

    def _emit(self, record: Article, response: Response) -> Iterator[Article]:
        """Give a record, unless the run has given it already or the user does not want it."""
        requested_id = response.meta.get(ARTICLE, record.id)
        if requested_id != record.id:
            # Discovered before the other one is marked as gone, so that a crash in between loses neither.
            section = section_key(record.edition, record.section)
            self.session.articles.discover(self.session.run, section, [(record.id, response.url)])
            self.redirected_ids.setdefault(record.id, []).append(requested_id)
        if record.id in self.emitted_ids:
            return
        if self.wants(record):
            self.emitted_ids.add(record.id)
            yield record
        else:
            self.session.articles.mark_failed(requested_id, "outside the dates that were asked for", clock.now())

    def closed(self, reason: str) -> None:
        """Settle what only the whole run can tell; called by Scrapy at the end."""
        for id_ in self.article_pages.suspects:
            self.session.articles.schedule_recheck(id_)  # its exported text may be that of another page
        for found_id, requested_ids in self.redirected_ids.items():
            are_merged = len(requested_ids) <= MAX_REDIRECTS_TO_ONE_ARTICLE
            for requested_id in requested_ids:
                if are_merged:
                    self.session.articles.mark_gone(requested_id, f"its address leads to {found_id}")
                else:
                    detail = f"its address leads to {found_id}, as others' do"
                    self.session.articles.mark_failed(requested_id, detail, clock.now())
            if not are_merged:
                self.crawler.stats.set_value(stats.ARTICLES_MERGED + found_id, len(requested_ids))

    def article_request(self, due: PendingFetch) -> Request:
        """Return the request for an article, conditional where it was fetched before."""
        url = urls.at_site(due.url, self.site) if self.site and urls.parse(due.url) else due.url
        return article_request(url, self.parse_article, due.id, (due.etag, due.last_modified))


def add_fetch(record: Article, *, url: str, captured_at: str, http: Http | None) -> Article:
    """Add to a record what its fetch tells, and return it.

    ``captured_at`` is UTC as ISO 8601, which is kept to the second; "" where a record of an archive has no time.
    """
    record.fetched_at = f"{captured_at[:19]}Z" if captured_at else None
    record.fetched_from = url if url != record.url else None
    record.http = http
    return record


def _with_fetch_of(response: Response, record: Article) -> Article:
    replay = read_replay(response.url)
    captured_at = (replay and replay.at) or response.meta.get(FETCHED_AT) or clock.utc().isoformat()
    http = Http(response.status, header(response, "ETag"), header(response, "Last-Modified"))
    is_file = response.url.startswith("file:")  # which Scrapy answers as a server would
    return add_fetch(record, url=response.url, captured_at=captured_at, http=None if is_file else http)


def response_text(response: Response) -> str:
    """Return the body as text, whatever the headers claim; binary content becomes text that no reader knows."""
    return decode(response.body, header(response, "Content-Type"))
