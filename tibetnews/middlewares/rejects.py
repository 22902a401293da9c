"""The one place for what is refused or could not be had: every loss is a line in a file and a count."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.response import response_status_message
from twisted.python.failure import Failure

from tibetnews import clock, stats
from tibetnews.errors import UnreadableError
from tibetnews.exporters import day_of
from tibetnews.extensions.ledger import ledger_session
from tibetnews.items import Article
from tibetnews.ledger.timestamps import utc_timestamp
from tibetnews.middlewares.retry_after import asked_pause
from tibetnews.middlewares.robots import RobotsUnreachable
from tibetnews.pipelines.dropped import DroppedRecordError

page_refused = object()
"""Signal: a spider refuses a page that no response brought, with ``url``, ``reason`` and ``detail`` of the reject."""

page_rejected = object()
"""Signal: the reject of a page was written, with its ``url`` and ``reason``, and ``asked``: whether the outlet was asked
for it."""


class Rejects:
    """Spider middleware that writes EXPORT_DIR/rejected-YYYYMMDD.jsonl.

    Its lines are ``{"url", "reason", "detail", "at"}``, for pages that could not be fetched (reason http_404,
    timeout, bounds, robots, …), pages that could not be read (:class:`UnreadableError`) and records that a pipeline
    refused. Counts ``rejects/count`` and ``rejects/reason/<reason>``. A request that names another page in its
    meta key ``part_of`` is reported under that page's address.
    """

    def __init__(self, crawler: Crawler, folder: Path) -> None:
        self.crawler = crawler
        self.folder = folder
        self.session = ledger_session(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler, Path(crawler.settings["EXPORT_DIR"]))
        crawler.signals.connect(middleware.item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(middleware.reject, signal=page_refused)
        return middleware

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        async for request in start:
            yield self._watched(request)

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        async for item_or_request in result:
            yield self._watched(item_or_request)

    def process_spider_exception(self, response: Response, exception: Exception) -> Iterable[Any] | None:
        if not isinstance(exception, UnreadableError):
            return None
        assert response.request
        self._note(response.request, exception.reason, exception.detail)
        self.reject(_page_of(response.request), exception.reason, exception.detail)
        return ()

    def item_dropped(self, item: Article, exception: DropItem) -> None:
        if not isinstance(exception, DroppedRecordError):
            return  # such as a record that is in the exports already
        if exception.reason == "duplicate":
            self.session.articles.mark_refused(item.id, str(exception))
        else:
            self.session.articles.mark_failed(item.id, str(exception), clock.now())
        self.reject(item.fetched_from or item.url, exception.reason, exception.detail)

    def request_failed(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined] # set by Scrapy
        reason, detail = _explain(failure.value)
        if "part_of" in request.meta:
            reason, detail = "incomplete", f"{request.url} belongs to the article and could not be had: {detail}"
        asked = not isinstance(failure.value, RobotsUnreachable)
        if asked:  # else it is due as before
            self._note(request, reason, detail, _pause(failure.value))
        self.reject(_page_of(request), reason, detail, asked)

    def reject(self, url: str, reason: str, detail: str, asked: bool = True) -> None:
        """Write one line and count it."""
        now = clock.utc()
        line = {"url": url, "reason": reason, "detail": detail, "at": utc_timestamp(now.timestamp())}
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"rejected-{day_of(now)}.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.crawler.stats.inc_value(stats.REJECTS)
        self.crawler.stats.inc_value(f"{stats.REJECTS_BY_REASON}{reason}")
        self.crawler.signals.send_catch_log(page_rejected, url=url, reason=reason, asked=asked)

    def _note(self, request: Request, reason: str, detail: str, pause: float | None = None) -> None:
        """Tell the ledger what became of an article, or the count of a listing."""
        if section := request.meta.get("listing"):
            first_page = not request.cb_kwargs["number"]
            prefix = _LISTINGS.get(reason, stats.SECTION_UNREAD) if first_page else stats.SECTION_UNREAD
            self.crawler.stats.inc_value(f"{prefix}{section}")
        elif (id_ := request.meta.get("article")) and reason in ("http_404", "http_410"):
            self.session.articles.mark_gone(id_, f"{reason}: {detail}")
        elif id_:
            self.session.articles.mark_failed(id_, f"{reason}: {detail}", clock.now(), pause)

    def _watched(self, item_or_request: Any) -> Any:
        if isinstance(item_or_request, Request) and item_or_request.errback is None:
            item_or_request.errback = self.request_failed
        return item_or_request


def _pause(error: BaseException | None) -> float | None:
    """The pause that a server asked for with its refusal, in seconds."""
    return asked_pause(error.response, clock.now()) if isinstance(error, HttpError) else None


def _page_of(request: Request) -> str:
    page: str = request.meta.get("part_of") or (request.meta.get("redirect_urls") or [request.url])[0]
    return page


def _explain(error: BaseException | None) -> tuple[str, str]:
    """The reason, a word for the count, and the detail of a request that failed."""
    if isinstance(error, HttpError):
        status = error.response.status
        return f"http_{status}", response_status_message(status)
    if isinstance(error, RobotsUnreachable):
        return _explain(error.cause)[0] if error.cause else "robots", str(error)
    if isinstance(error, IgnoreRequest):
        told = str(error)
        for word, reason in _REFUSALS.items():
            if word in told:
                return reason, told
        return "refused", told
    name = type(error).__name__
    return _FAILURES.get(name, "download"), f"{name}: {error}".rstrip(": ")


_LISTINGS = {"http_404": stats.SECTION_GONE, "http_410": stats.SECTION_GONE, "robots": stats.SECTION_FORBIDDEN}
"""What is wrong with a section whose listing is refused for these reasons; for others it is unread."""
_REFUSALS = {
    "outside the outlet": "bounds",
    "robots.txt": "robots",
    "DOWNLOAD_MAXSIZE": "too_large",
    "max redirections": "redirects",
}
_FAILURES = {
    "DownloadTimeoutError": "timeout",
    "TimeoutError": "timeout",
    "DownloadConnectionRefusedError": "connection",
    "ConnectionRefusedError": "connection",
    "CannotResolveHostError": "dns",
    "DNSLookupError": "dns",
}
