"""Takes articles that web archives hold and the ledger does not, without a request to the outlet."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import date, timedelta
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings

from tibetnews import clock, stats
from tibetnews.archive.cdx import START, Index, IndexEntry, read_collections, read_index_page
from tibetnews.archive.page_captures import recorded_page, shown_page
from tibetnews.archive.writing import Exchange
from tibetnews.console import printable
from tibetnews.errors import UnreadableError
from tibetnews.items import Article
from tibetnews.ledger.articles import DAY
from tibetnews.ledger.web_archives import ArticleCapture, WebArchive
from tibetnews.middlewares.archive import page_captured
from tibetnews.middlewares.rejects import page_unreadable
from tibetnews.outlet import urls
from tibetnews.pipelines.dropped import UnchangedRecordError
from tibetnews.requests import FETCHED_AT, ROLE, RequestRole
from tibetnews.spiders.archive_client import ArchiveClient, ArchiveRefusedError, NoAnswerError
from tibetnews.spiders.arguments import parse_arguments
from tibetnews.spiders.history_scope import HistoryScope, Target, read_history_scope
from tibetnews.spiders.one_by_one import OneByOneSpider
from tibetnews.wording import counted, listed

logger = logging.getLogger(__name__)

REPEAT_DAYS = 30
"""A query of an index that grows is asked again after so many days."""

_CONTINUES = "the next run continues"

_ZONE_MARGIN = timedelta(days=1)
"""The outlet's day begins before that of UTC, by which indexes count."""


class HistorySpider(OneByOneSpider):
    """``tibetnews crawl history -a source=commoncrawl|wayback|URL``: articles of the past from a web archive.

    It reads the archive's index first, page by page, and notes in the ledger which captures of articles that names and
    how far it has come. Then it fetches for each article that was never exported its newest capture; an older one
    where that gives no record. All requests are made one after the other. A run that ends early, or is killed, is
    continued by the next. Counts ``history/index_pages``, ``history/articles`` (to fetch) and ``history/captures``
    (fetched).
    """

    name = "history"
    read_arguments = staticmethod(read_history_scope)
    may_stop_early = True
    asks_outlet = False
    # Archives are slower than the outlet, and ask for fewer requests. -s changes these.
    custom_settings = {  # noqa: RUF012 - as Scrapy declares it
        "DOWNLOAD_DELAY": 4.0,
        "DOWNLOAD_TIMEOUT": 120,
        "REQUEST_TIMEOUT_SECONDS": 240.0,
        "SLOW_DOWN_SECONDS": 60.0,
    }

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name)
        self.scope: HistoryScope = parse_arguments(read_history_scope, arguments)
        self.allowed_hosts = frozenset(urlsplit(url).netloc for url in (self.scope.source, self.scope.records) if url)
        self.unanswered: Counter[str] = Counter()  # captures, by why there was no answer
        self._dropped: Exception | None = None

    @classmethod
    def fixed_settings(cls, settings: BaseSettings) -> dict[str, str]:
        """Allow one request at a time, and nothing that asks the outlet."""
        return {"CONCURRENT_REQUESTS": "1", "RENDER": "never", "SAVE_IMAGES": "0"}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider, and see which records are dropped."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.item_dropped, signal=signals.item_dropped)
        return spider

    def item_dropped(self, exception: Exception) -> None:
        """Note that a record was dropped; its capture is not fetched again, unlike one on which a pipeline failed."""
        self._dropped = None if isinstance(exception, UnchangedRecordError) else exception

    async def records(self) -> AsyncIterator[Article]:
        """Read the index, and yield the records of what it names."""
        self.archive = WebArchive(self.session.ledger.db, self.scope.source)
        self.client = ArchiveClient(self.crawler)
        try:
            await self._read_indexes()
            is_for_all = self.scope.sections is None and not self.scope.days.since
            if is_for_all and not self.session.faults and self.archive.names_nothing():
                detail = f"{self.scope.source} names no article of the outlet; look whether -a source=… is right"
                self.session.faults.append(f"{detail}, and ask again with -a full=1")
            wanted = [id_ for id_ in self.archive.pending() if any(map(self._is_wanted, self.archive.captures(id_)))]
            self.crawler.stats.set_value(stats.HISTORY_ARTICLES, len(wanted))
            articles = counted(len(wanted), "article is", "articles are")
            logger.info("%s to be fetched from %s", articles, urlsplit(self.scope.source).netloc)
            for id_ in wanted:
                async for record in self._article(id_):
                    yield record
                if self.is_ending:
                    return
            if self.unanswered:
                captures = counted(self.unanswered.total(), "capture")
                causes = listed([f"{number} × {cause}" for cause, number in self.unanswered.most_common()], 3)
                detail = f"{captures} could not be fetched from the archive: {causes}; the next run asks again"
                self.session.faults.append(detail)
        except ArchiveRefusedError as error:
            self.session.faults.append(f"{error}; the run ended early, and the next one continues")

    # --- The index ----------------------------------------------------------------------------------------------------

    async def _read_indexes(self) -> None:
        """Read what was not read yet of the answers to all queries."""
        for index in await self._indexes():
            for target in self.scope.targets(self.site):
                try:
                    await self._read_query(index, target)
                except (NoAnswerError, UnreadableError) as error:
                    self._add_index_fault(f"{index.endpoint} was not read to its end", error)

    async def _indexes(self) -> list[Index]:
        scope = self.scope
        if not scope.has_collections:
            return [scope.index(scope.source)]
        try:
            collections = read_collections((await self.client.ask(scope.source, RequestRole.INDEX)).text)
        except (NoAnswerError, UnreadableError) as error:
            self._add_index_fault(f"{scope.source} could not be read", error)
            return []
        since = scope.days.since
        wanted = [row for row in collections if not since or row.get("to", since)[:10] >= since]
        return [scope.index(row["cdx-api"]) for row in wanted]

    def _add_index_fault(self, effect: str, error: NoAnswerError | UnreadableError) -> None:
        is_missing = isinstance(error, UnreadableError) and error.reason == "http_404"
        cause = error.detail if isinstance(error, UnreadableError) else error
        self.session.faults.append(f"{effect}: {cause}; {'correct -a source=…' if is_missing else _CONTINUES}")

    async def _read_query(self, index: Index, target: Target) -> None:
        since = self.scope.days.since
        first = (date.fromisoformat(since) - _ZONE_MARGIN).strftime("%Y%m%d") if since else ""
        query = index.query(target.url, target.match, first)
        token = self.archive.next_token(query, START, self._restart_before())
        while token is not None:
            url = index.request_url(query, token)
            try:
                answer = await self.client.ask(url, RequestRole.INDEX, missing_is_empty=True)
            except UnreadableError:  # such as 400 for a page of an index that has become shorter
                self.archive.advance(query, START, clock.now())
                raise
            page = read_index_page(answer.text)
            if page.unreadable_rows:
                rows = counted(page.unreadable_rows, "row")
                logger.warning("left out of an index's answer: %s that cannot be read; %s", rows, url)
            self.crawler.stats.inc_value(stats.HISTORY_INDEX_PAGES)
            self.archive.add(self._captures(index, page.entries))
            token = index.next_token(token, page)
            self.archive.advance(query, token, clock.now())
            self.session.commit()  # a killed run never asks for a page twice that it has read

    def _restart_before(self) -> float | None:
        """Return the time before which a query must have been read to its end to be asked again; None for never."""
        if self.scope.days.full:
            return self.session.started
        return None if self.scope.has_collections else self.session.started - REPEAT_DAYS * DAY

    def _captures(self, index: Index, entries: Any) -> Iterator[ArticleCapture]:
        """Yield the entries that are captures of articles."""
        for entry in entries:
            address = urls.parse(entry.url, self.site)
            if address and address.is_article and "html" in entry.mime:
                yield ArticleCapture(
                    id=address.id,
                    digest=entry.digest,
                    index_url=index.endpoint,
                    url=entry.url,
                    timestamp=entry.timestamp,
                    filename=entry.filename,
                    offset=entry.offset,
                    length=entry.length,
                    day=address.date,
                )

    # --- The captures -------------------------------------------------------------------------------------------------

    def _is_wanted(self, capture: ArticleCapture) -> bool:
        return self.scope.covers(urls.parse(capture.url, self.site), capture.day)

    async def _article(self, id_: str) -> AsyncIterator[Article]:
        """Yield the record of an article; reject it where none of its captures gives one."""
        first: UnreadableError | None = None
        for capture in filter(self._is_wanted, self.archive.captures(id_)):
            try:
                record = await self._record(capture)
            except UnreadableError as error:
                self.archive.mark_failed(capture, str(error))
                first = first or error
                url = capture.url
                continue
            except (NoAnswerError, ArchiveRefusedError) as error:  # the next run asks again
                self.archive.mark_unanswered(capture)
                if isinstance(error, ArchiveRefusedError):
                    raise
                logger.info("%s: %s", printable(capture.url), error)
                self.unanswered[str(error)] += 1
                return
            if record:
                self._dropped = None
                yield record
                if self._dropped:
                    self.archive.mark_failed(capture, str(self._dropped))
            return
        if first:
            rejection = {"url": url, "reason": first.reason, "detail": first.detail}
            self.crawler.signals.send_catch_log(page_unreadable, **rejection)

    async def _record(self, capture: ArticleCapture) -> Article | None:
        """Return the record of a capture; None for one that is out of scope. Raises UnreadableError, NoAnswerError."""
        index = self.scope.index(capture.index_url)
        page = await self._fetch(index, capture, RequestRole.ARTICLE)
        results = list(self.parse_article(page))
        while results and isinstance(request := results[0], Request):
            part = await self._fetch_part(index, capture, request.url, page.url)
            results = list(self.parse_part(part, **request.cb_kwargs))
        record = results[0] if results else None
        return record if isinstance(record, Article) else None

    def wants(self, record: Article) -> bool:
        """Return whether a record's day is in scope: the addresses of photo stories do not tell it."""
        day = (record.published_at or "")[:10] or None
        if self.scope.days.covers(day):
            return True
        for capture in self.archive.captures(record.id):
            self.archive.set_day(capture, day or "")
        return False

    async def _fetch_part(self, index: Index, capture: ArticleCapture, url: str, page_url: str) -> Response:
        """Fetch a document that an article needs, as it was captured next to the page."""
        nearest = IndexEntry(url=url, timestamp=capture.timestamp, digest="", mime="")
        if index.records:
            answer = await self.client.ask(index.lookup(url), RequestRole.INDEX, missing_is_empty=True)
            found = read_index_page(answer.text).entries
            if not found:
                raise UnreadableError("incomplete", f"{url} belongs to the article and is not in the archive")
            nearest = min(found, key=lambda part: abs(int(part.timestamp) - int(capture.timestamp)))
        try:
            return await self._fetch(index, nearest, RequestRole.PART, page_url)
        except UnreadableError as error:
            detail = f"{url} belongs to the article and could not be fetched: {error.detail}"
            raise UnreadableError("incomplete", detail) from error

    async def _fetch(
        self, index: Index, entry: IndexEntry | ArticleCapture, role: RequestRole, page_url: str = ""
    ) -> Response:
        """Fetch a capture, and return it as the outlet's answer."""
        place = index.place_of(entry)
        answer = await self.client.ask(place.url, RequestRole.CAPTURE, byte_range=place.byte_range)
        self.crawler.stats.inc_value(stats.HISTORY_CAPTURES)
        if place.byte_range:
            page = recorded_page(answer.body, self.settings.getint("DOWNLOAD_MAXSIZE"))
        else:
            page = shown_page(answer.url, answer.headers, answer.body, self.settings.getint("DOWNLOAD_MAXSIZE"))
        address = urls.parse(page.url, self.site)
        if isinstance(entry, ArticleCapture) and (address is None or address.id != entry.id):
            raise UnreadableError("moved", f"the capture leads to {page.url}, which is another page")
        url = urls.at_site(page.url, self.site) if address else page.url
        headers = tuple(page.headers.items())
        exchange = Exchange(url=url, at=page.captured_at, status=200, headers=headers, body=page.body, role=role)
        self.crawler.signals.send_catch_log(page_captured, exchange=exchange, page=page_url or url)
        meta = {ROLE: role, FETCHED_AT: page.captured_at}
        return Response(url, headers=dict(headers), body=page.body, request=Request(url, meta=meta))
