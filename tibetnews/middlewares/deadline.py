"""Bounds the time that one request may spend in downloads that time out, all its retries together."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError

SPENT = "timed_out_seconds"
"""Key of ``request.meta``: seconds of the timeouts so far. Scrapy's retries and redirects keep it."""


class Deadline:
    """Downloader middleware that gives the retries of a request what is left of REQUEST_TIMEOUT_SECONDS.

    A server that sends a byte a second holds each try for its whole timeout.
    """

    def __init__(self, seconds: float, timeout: float) -> None:
        self.seconds = seconds
        self.timeout = timeout

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read both times from the settings."""
        settings = crawler.settings
        return cls(settings.getfloat("REQUEST_TIMEOUT_SECONDS"), settings.getfloat("DOWNLOAD_TIMEOUT"))

    def process_request(self, request: Request) -> None:
        """Shorten the timeout of this try to what is left."""
        left = max(self.seconds - request.meta.get(SPENT, 0.0), 1.0)
        request.meta["download_timeout"] = min(self.timeout, left)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count a timeout; forbid a further try once nothing is left."""
        if isinstance(exception, DownloadTimeoutError):
            spent = request.meta[SPENT] = request.meta.get(SPENT, 0.0) + request.meta["download_timeout"]
            if spent >= self.seconds:
                request.meta["dont_retry"] = True
