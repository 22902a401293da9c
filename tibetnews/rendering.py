"""The one place that knows scrapy-splash: pages whose content only scripts write. Loaded only where SPLASH_URL is set.

scrapy-splash 0.11.1 was written for older versions of Scrapy; what keeps it working on 2.19 is here too.
"""

from __future__ import annotations

from typing import Any

import scrapy.utils.url
import w3lib.url
from scrapy import Request
from scrapy.http import Response
from scrapy.settings import BaseSettings

# It takes canonicalize_url from where Scrapy had it once; the name is lent for the import and taken back.
scrapy.utils.url.canonicalize_url = w3lib.url.canonicalize_url  # type: ignore[attr-defined]
try:
    import scrapy_splash
    from scrapy_splash import SlotPolicy, SplashRequest
    from scrapy_splash.middleware import SplashMiddleware as _SplashMiddleware
finally:
    del scrapy.utils.url.canonicalize_url  # type: ignore[attr-defined]

RENDER_TIMEOUT = 20
"""Seconds that Splash may take for a page; below DOWNLOAD_TIMEOUT, so that it answers before it is given up."""


class SplashMiddleware(_SplashMiddleware):  # type: ignore[misc]
    """Sends requests to Splash in the download slot of the page's own host, so that the outlet's delay holds.

    Scrapy 2.19 no longer hands the spider to a middleware's methods, and its downloader names slots in public.
    """

    def process_request(self, request: Request) -> Request | None:
        processed: Request | None = super().process_request(request, self.crawler.spider)
        return processed

    def process_response(self, request: Request, response: Response) -> Response | Request:
        processed: Response | Request = super().process_response(request, response, self.crawler.spider)
        return processed

    def _get_slot_key(self, request_or_response: Request) -> str:
        key: str = self.crawler.engine.downloader.get_slot_key(request_or_response)
        return key


def settings_for_splash(settings: BaseSettings) -> dict[str, Any]:
    """The settings that switch rendering on: the middleware, in the place that scrapy-splash asks for.

    Its SplashDeduplicateArgsMiddleware is left out: Scrapy 2.19 refuses it, and it only saves traffic.
    """
    middlewares = settings.getdict("DOWNLOADER_MIDDLEWARES")
    middlewares["tibetnews.rendering.SplashMiddleware"] = 725
    return {"DOWNLOADER_MIDDLEWARES": middlewares}


def rendered(request: Request) -> Request:
    """The same request, to be answered with the page as its scripts leave it."""
    page: Request = SplashRequest(
        request.url,
        request.callback,
        endpoint="render.html",
        args={"timeout": RENDER_TIMEOUT, "images": 0},
        slot_policy=SlotPolicy.PER_DOMAIN,
        errback=request.errback,
        cb_kwargs=request.cb_kwargs,
        meta=request.meta,
        priority=request.priority,
        dont_filter=True,
    )
    return page


__all__ = ["SplashMiddleware", "rendered", "scrapy_splash", "settings_for_splash"]
