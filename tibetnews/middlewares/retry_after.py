"""Honours Retry-After: a server that says when to come back is left alone until then."""

from __future__ import annotations

import asyncio
import email.utils
import logging
import time
from collections import Counter
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.statscollectors import StatsCollector
from scrapy.utils.httpobj import urlparse_cached

from tibetnews import clock, stats
from tibetnews.requests import header

logger = logging.getLogger(__name__)


class RetryAfter:
    """Downloader middleware that honours Retry-After of 429 and 503 for the whole host.

    All requests to the host wait until the named moment; then Scrapy's own retries ask again. A pause longer than
    RETRY_AFTER_MAX_SECONDS is not waited for: the response is final for this run. A server that names no moment is left
    alone for SLOW_DOWN_SECONDS, and twice as long each further time in a row. Counts ``retry_after/waits`` and
    ``retry_after/too_long``.
    """

    STATUSES = frozenset({429, 503})

    def __init__(self, stats: StatsCollector, max_seconds: float, slow_down_seconds: float = 0.0) -> None:
        self.stats = stats
        self.max_seconds = max_seconds
        self.slow_down_seconds = slow_down_seconds
        self.refusals: Counter[str] = Counter()  # in a row, by host
        self.paused_until: dict[str, float] = {}  # monotonic time in seconds, by host

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the pauses from the settings."""
        longest, slow_down = (
            crawler.settings.getfloat(name) for name in ("RETRY_AFTER_MAX_SECONDS", "SLOW_DOWN_SECONDS")
        )
        return cls(crawler.stats, longest, slow_down)

    async def process_request(self, request: Request) -> None:
        """Wait while the host is paused."""
        while (pause := self.paused_until.get(urlparse_cached(request).netloc, 0.0) - time.monotonic()) > 0:
            await asyncio.sleep(pause)

    def process_response(self, request: Request, response: Response) -> Response:
        """Pause the host that asks for it."""
        host = urlparse_cached(request).netloc
        if response.status not in self.STATUSES:
            self.refusals[host] = 0
            return response
        self.refusals[host] += 1
        pause = retry_after_seconds(response, clock.now())
        if pause is None and self.slow_down_seconds:
            pause = min(self.slow_down_seconds * 2 ** (self.refusals[host] - 1), self.max_seconds)
        if pause is None:
            return response
        if pause > self.max_seconds:
            self.stats.inc_value(stats.RETRY_AFTER_TOO_LONG)
            request.meta["dont_retry"] = True
            return response
        logger.info("%s asks to come back in %.0f s: waiting", host, pause)
        self.stats.inc_value(stats.RETRY_AFTER_WAITS)
        self.paused_until[host] = max(self.paused_until.get(host, 0.0), time.monotonic() + pause)
        return response


def retry_after_seconds(response: Response, now: float) -> float | None:
    """Return the pause in seconds that a response asks for with Retry-After; None where it asks for none.

    A date is counted from the server's own Date, because this machine's clock, ``now``, may differ from the server's.
    """
    value = header(response, "Retry-After")
    return None if value is None else _seconds(value, _timestamp(header(response, "Date") or "", now))


def _seconds(value: str, now: float) -> float | None:
    """Return the pause that Retry-After's value means: seconds or a date (RFC 9110, 10.2.3); None for anything else."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value)
    date = _timestamp(value, -1.0)
    return None if date < 0 else max(0.0, date - now)


def _timestamp(date: str, default: float) -> float:
    """Return an HTTP date as seconds since 1970."""
    try:
        return email.utils.parsedate_to_datetime(date).timestamp()
    except (ValueError, OverflowError):
        return default
