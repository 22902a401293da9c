"""Archives every page as the server sent it, before anything reads it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.statscollectors import StatsCollector

from tibetnews import clock, stats
from tibetnews.archive.files import ArchiveFiles
from tibetnews.archive.writing import Conversion, Exchange
from tibetnews.crawl_session import ledger_session
from tibetnews.items import Article
from tibetnews.ledger.session import LedgerSession
from tibetnews.middlewares.rejects import page_rejected
from tibetnews.middlewares.rendering import page_rendered
from tibetnews.requests import FETCHED_AT, PART_OF, RECORD_ID, RequestRole, header_lines

page_captured = object()
"""Signal: a web archive sent a page, or a part of one: ``exchange``, and its article's address, ``page``."""

_OF_OTHERS = frozenset({RequestRole.RENDERER, RequestRole.INDEX, RequestRole.CAPTURE})
"""Roles of requests whose responses are not the outlet's."""

RECORDED_SETTINGS = (
    "OUTLET_SITE",
    "ROBOTSTXT_OBEY",
    "DOWNLOAD_DELAY",
    "CONCURRENT_REQUESTS",
    "AUTOTHROTTLE_ENABLED",
    "DOWNLOAD_MAXSIZE",
    "REVISIT_AFTER_DAYS",
    "DUPLICATES",
    "SAVE_IMAGES",
    "RENDER",
)
"""Settings that a warcinfo record names: those that decide on the pages and on their records; nothing secret."""


SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie"})
"""Headers of requests that an archive leaves out."""


_OF_ARTICLES = frozenset({RequestRole.ARTICLE, RequestRole.PART, RequestRole.PICTURE})


class Archive:
    """Downloader middleware that archives all HTTP responses, refused and repeated ones too, if ARCHIVE_DIR is set.

    It stands between the redirects and the server, so that it sees bodies as they were sent. An article's page, its
    parts and pictures are held until the record is written or the page is given up, so that a page and its record are
    committed together; otherwise a killed run would leave a page that the next run fetches and archives again. A page
    that is rendered is archived as the outlet sent it and as a conversion record. Notes the moment of the capture in
    the request's meta key ``fetched_at``. Counts ``archive/response``, ``archive/revisit`` and ``archive/conversion``.
    """

    def __init__(self, collector: StatsCollector, files: ArchiveFiles, session: LedgerSession) -> None:
        self.stats = collector
        self.files = files
        self.session = session
        self.pending_exchanges: dict[str, list[Exchange | Conversion]] = {}
        """By the address of the article's page."""
        self.redirect_targets: dict[str, str] = {}
        session.on_record_exported.append(self.flush_article)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Prepare the archive in ARCHIVE_DIR."""
        session = ledger_session(crawler)
        folder, max_bytes = Path(crawler.settings["ARCHIVE_DIR"]), crawler.settings.getint("ARCHIVE_MAX_BYTES")
        middleware = cls(crawler.stats, ArchiveFiles(session, folder, max_bytes, _about(crawler)), session)
        crawler.signals.connect(middleware.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(middleware.item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(middleware.flush_article, signal=page_rejected)
        crawler.signals.connect(middleware.page_rendered, signal=page_rendered)
        crawler.signals.connect(middleware.page_captured, signal=page_captured)
        crawler.signals.connect(middleware.spider_closed, signal=signals.spider_closed)
        return middleware

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive a response, or hold it until its article is complete."""
        if response.url.startswith(("http://", "https://")) and RequestRole.of(request) not in _OF_OTHERS:
            date = request.meta[FETCHED_AT] = _warc_date()
            self.files.make_ready(date)
            exchange = exchange_of(request, response, date)
            request.meta[RECORD_ID] = exchange.record_id
            if exchange.role in _OF_ARTICLES and 200 <= response.status < 300:
                page = request.meta.get(PART_OF) or response.url
                self.pending_exchanges.setdefault(page, []).append(exchange)
                for address in request.meta.get("redirect_urls", [])[:1]:
                    self.redirect_targets[address] = page
            else:
                self._add([exchange])
        return response

    def page_captured(self, exchange: Exchange, page: str) -> None:
        """Hold a page, or a part of ``page``, that a web archive has sent, as if the outlet had."""
        self.files.make_ready(_warc_date())
        self.pending_exchanges.setdefault(page, []).append(exchange)

    def page_rendered(self, request: Request, url: str, html: bytes, has_validators: bool) -> None:
        """Archive a rendered page right after the response that it was made of."""
        conversion = Conversion(
            of=request.meta[RECORD_ID],
            url=url,
            at=_warc_date(),
            html=html,
            role=RequestRole.of(request),
            has_validators=has_validators,
        )
        pending = self.pending_exchanges.get(request.meta.get(PART_OF) or url, [])
        for index, exchange in enumerate(pending):
            if isinstance(exchange, Exchange) and exchange.record_id == conversion.of:
                pending.insert(index + 1, conversion)
                return
        self._add([conversion])

    def item_scraped(self, item: Article) -> None:
        """Archive the pages of a record whose line counts with no commit."""
        if not self.session.has_committed_export:  # no commit waits for its line
            self.flush_article(item.fetch_url)

    def item_dropped(self, item: Article) -> None:
        """Archive the pages of a record that was dropped."""
        self.flush_article(item.fetch_url)

    def flush_article(self, url: str) -> None:
        """Archive the pages of an article of which no more are to come; ``url``: that of its page or its request."""
        self._add(self.pending_exchanges.pop(self.redirect_targets.pop(url, url), []))

    def spider_closed(self) -> None:
        """Archive what is held, and close the archive."""
        for exchanges in self.pending_exchanges.values():
            self._add(exchanges)
        self.files.close()

    def _add(self, exchanges: Sequence[Exchange | Conversion]) -> None:
        for exchange in exchanges:
            self.stats.inc_value(f"{stats.ARCHIVED}{self.files.add(exchange)}")


def exchange_of(request: Request, response: Response, date: str) -> Exchange:
    """Return what the archive keeps of a request and its response; ``date``: of the response, as WARC-Date has it."""
    return Exchange(
        url=response.url,
        at=date,
        status=response.status,
        headers=header_lines(response.headers),
        body=response.body,
        asked=(request.method, header_lines(request.headers, SECRET_HEADERS)),
        asked_body=request.body,
        protocol=response.protocol or "HTTP/1.1",
        ip=str(response.ip_address) if response.ip_address else None,
        role=RequestRole.of(request),
    )


def _about(crawler: Crawler) -> dict[str, str]:
    settings, spider = crawler.settings, crawler.spidercls.name
    about = {
        "software": f"tibetnews/{settings['VERSION']} Scrapy/{version('scrapy')} warcio/{version('warcio')}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": "classic" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
        "http-header-user-agent": settings["USER_AGENT"],
        "operator": settings.get("CONTACT"),
        "run": f"{spider} {_warc_date()}",
        "outlet-site": settings.get("OUTLET_SITE"),
        "settings": json.dumps({name: settings.get(name) for name in RECORDED_SETTINGS}, default=str),
    }
    return {name: str(value) for name, value in about.items() if value}


def _warc_date() -> str:
    return clock.utc().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
