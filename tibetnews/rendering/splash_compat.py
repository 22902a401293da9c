"""Keeps scrapy-splash 0.11.1, which was written for older versions of Scrapy, working on Scrapy 2.19."""

from __future__ import annotations

import scrapy.utils.url
import w3lib.url
from scrapy import Request
from scrapy.http import Response

# It imports canonicalize_url from where Scrapy once had it: the name is lent for the import and taken back.
scrapy.utils.url.canonicalize_url = w3lib.url.canonicalize_url  # type: ignore[attr-defined]
try:
    from scrapy_splash import SlotPolicy, SplashRequest
    from scrapy_splash.middleware import SplashMiddleware as OriginalMiddleware
finally:
    del scrapy.utils.url.canonicalize_url  # type: ignore[attr-defined]

__all__ = ["SlotPolicy", "SplashMiddleware", "SplashRequest"]


class SplashMiddleware(OriginalMiddleware):  # type: ignore[misc]
    """Sends requests to Splash in the download slot of the page's own host, so that the outlet's delay holds.

    Scrapy 2.19 does not pass the spider to a middleware's methods, and the method of its downloader that names slots,
    which scrapy-splash calls by its old private name, is public.
    """

    def process_request(self, request: Request) -> Request | None:
        """Turn a request for a page into one to Splash."""
        processed: Request | None = super().process_request(request, self.crawler.spider)
        return processed

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """Count the response of Splash."""
        processed: Response | Request = super().process_response(request, response, self.crawler.spider)
        return processed

    def _get_slot_key(self, request_or_response: Request) -> str:
        key: str = self.crawler.engine.downloader.get_slot_key(request_or_response)
        return key
