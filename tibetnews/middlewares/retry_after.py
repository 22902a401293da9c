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
        header = response.headers.get("Retry-After")
        if response.status not in self.STATUSES or header is None:
            return response
        pause = seconds(header.decode("latin-1"), time.time())
        if pause is None:
            return response
        assert self.crawler.stats
        if pause > self.longest:
            self.crawler.stats.inc_value("retry_after/too_long")
            request.meta["dont_retry"] = True
            return response
        host = urlparse_cached(request).netloc
        logger.info("%s asks to come back in %.0f s: waiting", host, pause)
        self.crawler.stats.inc_value("retry_after/waits")
        self.until[host] = max(self.until.get(host, 0.0), time.monotonic() + pause)
        return response


def seconds(header: str, now: float) -> float | None:
    """The pause that a Retry-After header asks for (RFC 9110, 10.2.3: seconds or a date); None where it is neither."""
    if header.strip().isdigit():
        return float(header)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(header).timestamp() - now)
    except ValueError:
        return None
