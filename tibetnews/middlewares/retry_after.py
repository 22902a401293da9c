"""A server that says when to come back is left alone until then."""

from __future__ import annotations

import asyncio
import email.utils
import logging
import time
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from tibetnews import clock, stats

logger = logging.getLogger(__name__)


class RetryAfter:
    """Downloader middleware that honours Retry-After of 429 and 503 for the whole host.

    All requests to the host wait until the moment that it named; then Scrapy's own retries ask again. A pause
    longer than RETRY_AFTER_MAX seconds is not waited for: the answer counts as final for this run.
    Counts ``retry_after/waits`` and ``retry_after/too_long``.
    """

    STATUSES = frozenset({429, 503})

    def __init__(self, crawler: Crawler, longest: float) -> None:
        self.crawler = crawler
        self.longest = longest
        self.until: dict[str, float] = {}  # monotonic time by host

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler, crawler.settings.getfloat("RETRY_AFTER_MAX"))

    async def process_request(self, request: Request) -> None:
        while (pause := self.until.get(urlparse_cached(request).netloc, 0.0) - time.monotonic()) > 0:
            await asyncio.sleep(pause)

    def process_response(self, request: Request, response: Response) -> Response:
        if response.status not in self.STATUSES or (pause := asked_pause(response, clock.now())) is None:
            return response
        if pause > self.longest:
            self.crawler.stats.inc_value(stats.RETRY_AFTER_TOO_LONG)
            request.meta["dont_retry"] = True
            return response
        host = urlparse_cached(request).netloc
        logger.info("%s asks to come back in %.0f s: waiting", host, pause)
        self.crawler.stats.inc_value(stats.RETRY_AFTER_WAITS)
        self.until[host] = max(self.until.get(host, 0.0), time.monotonic() + pause)
        return response


def asked_pause(response: Response, now: float) -> float | None:
    """The pause in seconds that a response asks for with Retry-After; None where it asks for none.

    A date is counted from the server's own Date, since this machine's clock, ``now``, may differ from the server's.
    """
    header = _text(response, "Retry-After")
    return None if header is None else seconds(header, _moment(_text(response, "Date") or "", now))


def seconds(header: str, now: float) -> float | None:
    """The pause that a Retry-After header asks for (RFC 9110, 10.2.3: seconds or a date); None where it is neither."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        return float(header)
    date = _moment(header, -1.0)
    return None if date < 0 else max(0.0, date - now)


def _moment(date: str, otherwise: float) -> float:
    """An HTTP date as seconds since 1970."""
    try:
        return email.utils.parsedate_to_datetime(date).timestamp()
    except (ValueError, OverflowError):
        return otherwise


def _text(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
