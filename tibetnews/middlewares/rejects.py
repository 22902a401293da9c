"""Records every loss: a line of the rejects file and a count for each page or record that is missing."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    DropItem,
    IgnoreRequest,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.statscollectors import StatsCollector
from scrapy.utils.response import response_status_message
from twisted.python.failure import Failure

from tibetnews import clock, stats
from tibetnews.crawl_session import ledger_session
from tibetnews.durability import append_line, fsync_file, naming
from tibetnews.errors import Rejection, UnreadableError
from tibetnews.export_files import rejects_path
from tibetnews.items import Article
from tibetnews.ledger.session import LedgerSession
from tibetnews.ledger.timestamps import utc_timestamp
from tibetnews.middlewares.allowed_hosts import OutsideHostsError
from tibetnews.middlewares.guard import guard_of, guard_of_redirects
from tibetnews.middlewares.retry_after import retry_after_seconds
from tibetnews.middlewares.robots import RobotsForbiddenError, RobotsUnreachableError
from tibetnews.pipelines.dropped import DroppedRecordError, UnchangedRecordError
from tibetnews.requests import ARTICLE, PAGE, SECTION, RequestRole, error_in_words, page_url

page_unreadable = object()
"""Signal: a spider cannot read a page that no response brought, with ``url``, ``reason`` and ``detail``."""

picture_failed = object()
"""Signal: a picture of a record could not be fetched, with ``url``, ``page``, ``reason`` and ``detail``."""

page_rejected = object()
"""Signal: the reject of a page was written, with ``url``, ``reason``, and ``asked``: whether it was requested."""

_REASONS: dict[type[BaseException], str] = {
    OutsideHostsError: "bounds",
    RobotsForbiddenError: "robots",
    DownloadTimeoutError: "timeout",
    DownloadConnectionRefusedError: "connection",
    CannotResolveHostError: "dns",
    DownloadCancelledError: "too_large",
}
_SCRAPYS_MESSAGES = {
    "Forbidden by robots.txt": "robots",
    "DOWNLOAD_MAXSIZE": "too_large",
    "max redirections reached": "redirects",
}
"""Parts of the messages of Scrapy's own IgnoreRequests, which have no classes of their own. tests/test_faults.py fails
if Scrapy changes them: test_robots_txt_is_obeyed, the bomb of test_a_fault_is_one_rejected_line,
test_a_redirect_loop_ends."""

_LISTING_FAULTS = {"http_404": stats.SECTION_GONE, "http_410": stats.SECTION_GONE, "robots": stats.SECTION_FORBIDDEN}
"""What is wrong with a section whose first listing page is refused for these reasons; for others it is unread."""


@dataclass(eq=False, kw_only=True)
class Rejects:
    """Spider middleware that writes EXPORT_DIR/rejected-YYYYMMDD.jsonl.

    Its lines are ``{"url", "reason", "detail", "at"}``, for pages that could not be fetched (reason http_404,
    timeout, bounds, robots, …), pages that could not be read (:class:`UnreadableError`) and records that a pipeline
    refused. Counts ``rejects/count`` and ``rejects/reason/<reason>``. A part that is missing is reported under the
    address of its article's page.
    """

    stats: StatsCollector
    session: LedgerSession
    path: Callable[[], Path]
    """Returns the file of rejects as of now."""
    announce: Callable[..., object]
    """Sends page_rejected with its arguments."""
    _unsynced: set[Path] = field(default_factory=set)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware with the crawl's ledger."""
        middleware = cls(
            stats=crawler.stats,
            session=ledger_session(crawler),
            path=partial(rejects_path, crawler.settings),
            announce=partial(crawler.signals.send_catch_log, page_rejected),
        )
        middleware.session.ledger.before_commit.append(middleware._sync)
        crawler.signals.connect(middleware.item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(middleware.item_error, signal=signals.item_error)
        crawler.signals.connect(middleware.reject, signal=page_unreadable)
        crawler.signals.connect(middleware.picture_failed, signal=picture_failed)
        return middleware

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Give the first requests an errback."""
        async for request in start:
            yield self._with_errback(request)

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Give requests an errback."""
        async for item_or_request in result:
            yield self._with_errback(item_or_request)

    def process_spider_exception(self, response: Response, exception: Exception) -> Iterable[Any] | None:
        """Reject a page that could not be read."""
        if not isinstance(exception, UnreadableError) or response.request is None:
            return None
        self._note(response.request, exception.rejection)
        self.reject(page_url(response.request), *exception.rejection)
        return ()

    def item_dropped(self, item: Article, exception: DropItem) -> None:
        """Record a record that a pipeline dropped, one of the user's too; an unchanged one is no loss."""
        if isinstance(exception, UnchangedRecordError):
            return
        reason, detail = "dropped", str(exception)
        if isinstance(exception, DroppedRecordError):
            reason, detail = exception.reason, exception.detail
        if reason in ("dropped", "duplicate"):  # it would be dropped again
            self.session.articles.mark_refused(item.id, str(exception))
        else:
            self.session.articles.mark_failed(item.id, str(exception), clock.now())
        self.reject(item.fetch_url, reason, detail)

    def item_error(self, item: Article, failure: Failure) -> None:
        """Record a record on which a pipeline failed; it stays due."""
        detail = f"a pipeline failed: {type(failure.value).__name__}: {failure.value}"
        self.stats.inc_value(stats.PIPELINE_ERRORS)
        self.session.articles.mark_failed(item.id, f"pipeline: {detail}", clock.now())
        self.reject(item.fetch_url, "pipeline", detail)

    def request_failed(self, failure: Failure) -> None:
        """Record a request that failed, as its errback."""
        request: Request = failure.request  # type: ignore[attr-defined] # set by Scrapy
        rejection = rejection_of(failure.value)
        if rejection.reason == "redirects":
            rejection = guard_of_redirects([*request.meta.get("redirect_urls", []), request.url]) or rejection
        if RequestRole.of(request) is RequestRole.PART:
            detail = f"{request.url} belongs to the article and could not be fetched: {rejection.detail}"
            rejection = Rejection("incomplete", detail)
        asked = not isinstance(failure.value, RobotsUnreachableError)
        if asked:  # otherwise it stays due as before
            error = failure.value
            pause = retry_after_seconds(error.response, clock.now()) if isinstance(error, HttpError) else None
            self._note(request, rejection, pause)
        self.reject(page_url(request), *rejection, asked)

    def reject(self, url: str, reason: str, detail: str, asked: bool = True) -> None:
        """Write a reject and count it; ``asked``: whether the outlet was asked for the page."""
        if self._write(url, reason, detail):
            self.stats.inc_value(stats.REJECTS)
            self.stats.inc_value(f"{stats.REJECTS_BY_REASON}{reason}")
            self.announce(url=url, reason=reason, asked=asked)

    def picture_failed(self, url: str, page: str, reason: str, detail: str) -> None:
        """Name a picture that is missing; its article is exported without it, so it is no page that failed."""
        if self._write(url, reason, f"a picture of {page}: {detail}"):
            self.stats.inc_value(stats.IMAGES_FAILED)
            self.stats.inc_value(f"{stats.IMAGES_FAILED_BY_REASON}{reason}")

    def _write(self, url: str, reason: str, detail: str) -> bool:
        """Write a line of the rejects file; return whether it counts."""
        if self.session.failure:
            return False  # nothing counts from then on; the next run will reject it
        now = clock.utc()
        line = {"url": url, "reason": reason, "detail": detail, "at": utc_timestamp(now.timestamp())}
        path = self.path()
        self._unsynced.add(path)
        try:
            append_line(path, json.dumps(line, ensure_ascii=False).encode() + b"\n")
        except OSError as error:
            self.session.fail(naming(error, path))
            return False
        return True

    def _sync(self) -> None:
        """Make the lines durable before the ledger says that their pages were rejected."""
        while self._unsynced:
            fsync_file(self._unsynced.pop())

    def _note(self, request: Request, rejection: Rejection, pause: float | None = None) -> None:
        """Record in the ledger what became of an article, or count what became of a listing."""
        reason = rejection.reason
        if reason == "unrendered":
            page = request.meta.get(SECTION) or request.meta.get(ARTICLE) or request.url
            self.stats.set_value(f"{stats.UNRENDERED}{page}", rejection.detail)
        if RequestRole.of(request) is RequestRole.LISTING:
            is_first_page = request.meta[PAGE] == 0
            prefix = _LISTING_FAULTS.get(reason, stats.SECTION_UNREAD) if is_first_page else stats.SECTION_UNREAD
            self.stats.inc_value(f"{prefix}{request.meta[SECTION]}")
            self.stats.set_value(f"{stats.SECTION_REASON}{request.meta[SECTION]}", reason)
        elif id_ := request.meta.get(ARTICLE):
            articles, error = self.session.articles, f"{reason}: {rejection.detail}"
            if reason == "http_404":
                articles.mark_missing(id_, error, clock.now())
            elif reason == "http_410":
                articles.mark_gone(id_, error)
            else:
                articles.mark_failed(id_, error, clock.now(), pause)

    def _with_errback(self, item_or_request: Any) -> Any:
        if isinstance(item_or_request, Request) and item_or_request.errback is None:
            item_or_request.errback = self.request_failed
        return item_or_request


def rejection_of(error: BaseException | None) -> Rejection:
    """Return why a request failed."""
    if isinstance(error, HttpError):
        status = error.response.status
        return guard_of(error.response) or Rejection(f"http_{status}", response_status_message(status))
    if isinstance(error, RobotsUnreachableError):
        return Rejection(rejection_of(error.cause).reason if error.cause else "robots", str(error))
    message = str(error)
    reason = next((reason for kind, reason in _REASONS.items() if isinstance(error, kind)), None)
    if isinstance(error, IgnoreRequest):
        scrapys = (reason for part, reason in _SCRAPYS_MESSAGES.items() if part in message)
        return Rejection(reason or next(scrapys, "refused"), message)
    return Rejection(reason or "download", f"{type(error).__name__}: {error_in_words(error)}")
