"""Base of the spiders that look at some pages of the outlet, one after the other, and how a command runs them."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from tibetnews import stats
from tibetnews.console import printable, signals_held
from tibetnews.errors import Rejection
from tibetnews.middlewares.rejects import rejection_of
from tibetnews.outlet.page import Page
from tibetnews.requests import ROLE, RequestRole
from tibetnews.spiders.base import response_text

_ERRORS = list(range(400, 600))
_MARGIN = 3
"""Requests that one more page may take: robots.txt of its host, a redirect, itself."""


class SurveySpider(Spider, ABC):
    """Asks for one page after the other until it has seen enough or sent ``max_requests`` requests of any kind.

    Robots.txt, pauses and the archive are as in every crawl.
    """

    max_requests: ClassVar[int]

    @property
    def site(self) -> str | None:
        """The base URL that stands for all hosts of the outlet, or None for the outlet itself."""
        return self.settings.get("OUTLET_SITE") or None

    @property
    def requests_left(self) -> int:
        """How many requests may still be sent."""
        return self.max_requests - int(self.crawler.stats.get_value(stats.REQUESTS, 0))

    @abstractmethod
    def next_request(self) -> Request | None:
        """Return the next request; None after the last."""

    @abstractmethod
    def answered(self, response: Response, page: Page, **subject: Any) -> None:
        """Take the answer to a request, whatever its status."""

    @abstractmethod
    def failed(self, request: Request, rejection: Rejection) -> None:
        """Take the reason for which a request has no answer."""

    def request(self, url: str, role: RequestRole, **subject: Any) -> Request:
        """Return a request; ``subject`` is given to :meth:`answered`."""
        meta = {ROLE: role, "handle_httpstatus_list": _ERRORS}
        return Request(url, self.take_answer, errback=self.take_failure, meta=meta, cb_kwargs=subject, dont_filter=True)

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the first page."""
        for request in self._next():
            yield request

    def take_answer(self, response: Response, **subject: Any) -> Iterator[Request]:
        """Take an answer, and ask for the next page."""
        self.answered(response, Page(response_text(response), response.url, self.site), **subject)
        yield from self._next()

    def take_failure(self, failure: Failure) -> Iterator[Request]:
        """Take a failure, and ask for the next page."""
        self.failed(failure.request, rejection_of(failure.value))  # type: ignore[attr-defined] # set by Scrapy
        yield from self._next()

    def _next(self) -> Iterator[Request]:
        if self.requests_left >= _MARGIN and (request := self.next_request()):
            if sys.stderr.isatty():
                print(printable(f"{self.max_requests - self.requests_left:3} {request.url}"), file=sys.stderr)
            yield request


def run_survey(settings: Settings, spider: type[SurveySpider], **arguments: Any) -> Crawler:
    """Run a spider to its end, and return its crawler. Nothing is written but, where it is set, the archive.

    Raises KeyboardInterrupt where a signal has ended it: what it had not seen yet would look well.
    """
    kept = {name: order for name, order in settings.getdict("EXTENSIONS").items() if name in _EXTENSIONS}
    fixed: dict[str, Any] = {
        "STATE_DIR": "",  # a ledger in memory: the archive asks for one
        "FEEDS": {},
        "ITEM_PIPELINES": {},
        "SPIDER_MIDDLEWARES": {},
        "EXTENSIONS": kept,
        "HTTPCACHE_ENABLED": False,
    }
    for name, value in fixed.items():
        settings.set(name, value, "cmdline")
    settings.setdict({"RETRY_TIMES": 1, "LOG_ENABLED": True, "LOG_LEVEL": "ERROR"}, "spider")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(spider)
    with signals_held():  # Scrapy would take the interruption for a fault of the spider
        process.crawl(crawler, **arguments)
    process.start()
    if crawler.stats.get_value("finish_reason", "shutdown") == "shutdown" and not process.bootstrap_failed:
        raise KeyboardInterrupt
    return crawler


_EXTENSIONS = tuple(
    f"tibetnews.extensions.{name}"
    for name in ("log_sanitizer.LogSanitizer", "ledger.LedgerExtension", "exports.Exports")
)
