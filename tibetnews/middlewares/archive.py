"""Every page as the server sent it goes to the archive, before anything is made of it."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response

from tibetnews import clock
from tibetnews.archive import Exchange
from tibetnews.archive.files import ArchiveFiles
from tibetnews.items import Article
from tibetnews.ledger_session import Memory, memory_of
from tibetnews.middlewares.rejects import page_rejected

TOLD = (
    "OUTLET_SITE",
    "ROBOTSTXT_OBEY",
    "DOWNLOAD_DELAY",
    "CONCURRENT_REQUESTS",
    "AUTOTHROTTLE_ENABLED",
    "DOWNLOAD_MAXSIZE",
    "REVISIT_AFTER_DAYS",
    "DUPLICATES",
    "RENDER",
)
"""Settings that a warcinfo record tells: what decided on the pages and on what became of them; nothing secret."""


class Archive:
    """Downloader middleware that archives all HTTP responses, refused and repeated ones too, where ARCHIVE_DIR is set.

    It stands between the redirects and the server, so that bodies are seen as they were sent. An article's page and
    its parts are held until the record is written, or the page given up: they are archived together and count in
    the same commit as the line, so that a killed run leaves no page behind of which the next one fetches another.
    A page that Splash finishes is archived as the outlet sent it, and nothing that Splash answers is. Notes the moment of the capture in the request's meta key ``fetched_at``. Counts ``archive/response`` and
    ``archive/revisit``.
    """

    def __init__(self, crawler: Crawler, files: ArchiveFiles, memory: Memory) -> None:
        self.crawler = crawler
        self.files = files
        self.memory = memory
        self.held: dict[str, list[Exchange]] = {}
        self.led: dict[str, str] = {}  # where a redirected address led
        memory.settled = self.settle

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        memory = memory_of(crawler)
        folder, longest = Path(crawler.settings["ARCHIVE_DIR"]), crawler.settings.getint("ARCHIVE_MAX_BYTES")
        middleware = cls(crawler, ArchiveFiles(memory, folder, longest, _about(crawler)), memory)
        crawler.signals.connect(middleware.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(middleware.item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(middleware.settle, signal=page_rejected)
        crawler.signals.connect(middleware.spider_closed, signal=signals.spider_closed)
        return middleware

    def process_response(self, request: Request, response: Response) -> Response:
        if response.url.startswith(("http://", "https://")) and "splash" not in request.meta:
            at = request.meta["fetched_at"] = _now()
            self.files.make_ready(at)
            exchange = exchange_of(request, response, at)
            if exchange.role in ("article", "part") and 200 <= response.status < 300:
                page = request.meta.get("part_of") or response.url
                self.held.setdefault(page, []).append(exchange)
                for address in request.meta.get("redirect_urls", [])[:1]:
                    self.led[address] = page
            else:
                self._add([exchange])
        return response

    def item_scraped(self, item: Article) -> None:
        if not self.memory.has_feed:  # its line counts by no commit
            self.settle(item.fetched_from or item.url)

    def item_dropped(self, item: Article) -> None:
        self.settle(item.fetched_from or item.url)

    def settle(self, url: str) -> None:
        """Archive the pages of an article of which nothing more is to come."""
        self._add(self.held.pop(self.led.pop(url, url), []))

    def spider_closed(self) -> None:
        for exchanges in self.held.values():
            self._add(exchanges)
        self.files.close()

    def _add(self, exchanges: list[Exchange]) -> None:
        assert self.crawler.stats
        for exchange in exchanges:
            self.crawler.stats.inc_value(f"archive/{self.files.add(exchange)}")


def exchange_of(request: Request, response: Response, at: str) -> Exchange:
    """What the archive keeps of a request and its response."""
    return Exchange(
        url=response.url,
        at=at,
        status=response.status,
        headers=_lines(response.headers),
        body=response.body,
        asked=(request.method, _lines(request.headers)),
        asked_body=request.body,
        protocol=response.protocol or "HTTP/1.1",
        ip=str(response.ip_address) if response.ip_address else None,
        role=_role(request),
    )


def _role(request: Request) -> str | None:
    """What a page was asked for as; None for robots.txt."""
    if "part_of" in request.meta:
        return "part"
    return next((role for role in ("listing", "article") if request.meta.get(role)), None)


def _lines(headers: Headers) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name in headers for value in headers.getlist(name)
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
        "run": f"{spider} {_now()}",
        "outlet-site": settings.get("OUTLET_SITE"),
        "settings": json.dumps({name: settings.get(name) for name in TOLD}, default=str),
    }
    return {name: str(value) for name, value in about.items() if value}


def _now() -> str:
    return clock.utc().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
