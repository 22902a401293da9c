"""The one place that knows scrapy-splash: pages whose content only scripts write. Loaded only where SPLASH_URL is set.

Scrapy fetches every page itself, as it would without Splash; Splash is handed the page's HTML and runs its scripts. So
status, validators, redirects, character sets, pauses and robots.txt are what they are without it, a page costs the
outlet one request, and where a render fails the plain page is there.

scrapy-splash 0.11.1 was written for older versions of Scrapy; what keeps it working on 2.19 is here too.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable
from importlib.resources import files
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

import scrapy.utils.url
import w3lib.url
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import HtmlResponse, Response
from scrapy.settings import BaseSettings

from tibetnews import stats
from tibetnews.outlet import urls
from tibetnews.outlet.encoding import decode
from tibetnews.outlet.page import Page
from tibetnews.rendering import needs_rendering as scripted
from tibetnews.requests import ROLE, RequestRole

# It takes canonicalize_url from where Scrapy had it once; the name is lent for the import and taken back.
scrapy.utils.url.canonicalize_url = w3lib.url.canonicalize_url  # type: ignore[attr-defined]
try:
    import scrapy_splash
    from scrapy_splash import SlotPolicy, SplashRequest
    from scrapy_splash.middleware import SplashMiddleware as _SplashMiddleware
finally:
    del scrapy.utils.url.canonicalize_url  # type: ignore[attr-defined]

logger = logging.getLogger(__name__)

SCRIPT = files("tibetnews.rendering").joinpath("splash.lua").read_text(encoding="utf-8")
SILENCES = 3
PAUSE = 60.0
"""After so many renders without any answer Splash is left alone for so many seconds: a script that never ends keeps it
busy for good, and each page would wait for it."""

_CONNECTION = (CannotResolveHostError, DownloadConnectionRefusedError, DownloadFailedError, ResponseDataLossError)
_REFUSED = (DownloadCancelledError, IgnoreRequest)  # such as an answer of more than DOWNLOAD_MAXSIZE bytes
_OF_THE_PLAIN_BODY = ("Content-Encoding", "Content-Length", "Transfer-Encoding")
_VALIDATORS = ("ETag", "Last-Modified")


class Rendered(NamedTuple):
    """A page as its scripts left it, and how many documents the outlet could not give them just now."""

    html: str
    missing: int


class RenderFailed(Exception):
    """Splash gave no page. ``reason`` is a word for the count."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class Rendering:
    """Downloader middleware that has pages finished by Splash: with RENDER=auto those that are blank without their
    scripts, with RENDER=always all.

    The response keeps the outlet's status, address and headers; its body is the page as its scripts left it. Where
    Splash fails, the plain page goes on. A blank page goes on without ETag and Last-Modified, since they vouch for the
    page and not for what its scripts fetched: it is asked for anew each time. A blank page that could not be rendered
    has the flag "unrendered". Counts ``rendering/pages``, ``rendering/failed`` and ``rendering/failed/<reason>``:
    timeout, connection, http_<status of Splash>, garbage, refused, paused, moved (a script went to another page),
    incomplete (still blank, since the outlet could not give a script what it asked for).
    """

    def __init__(self, crawler: Crawler, always: bool, splash: Splash) -> None:
        self.crawler = crawler
        self.always = always
        self.splash = splash
        self.site = crawler.settings.get("OUTLET_SITE") or None
        self.told = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler, crawler.settings["RENDER"] == "always", Splash(crawler))

    async def process_response(self, request: Request, response: Response) -> Response:
        if response.status != 200 or not _is_page(request, response, self.site):
            return response
        page = Page(decode(response.body, _header(response, "Content-Type")), response.url, self.site)
        if not scripted.is_document(page):
            return response
        blank = scripted.is_blank(page)
        if not blank and not self.always:
            return response
        try:
            html, missing = await self.splash.render(page, _header(request, "User-Agent") or "")
            if blank and missing and scripted.is_blank(Page(html, response.url, self.site)):
                raise RenderFailed("incomplete", f"it is still blank, and {missing} of its scripts could not be had")
        except RenderFailed as failure:
            self._failed(response.url, failure)
            return _without(_VALIDATORS, response).replace(flags=[*response.flags, "unrendered"]) if blank else response
        self._count(stats.RENDERED_PAGES)
        rendered = _without(_OF_THE_PLAIN_BODY + (_VALIDATORS if blank else ()), response)
        rendered.headers["Content-Type"] = "text/html; charset=utf-8"
        body = html.encode("utf-8", "replace")
        return rendered.replace(cls=HtmlResponse, body=body, encoding="utf-8", flags=[*response.flags, "rendered"])

    def _failed(self, url: str, failure: RenderFailed) -> None:
        self._count(stats.RENDERING_FAILED)
        self._count(f"{stats.RENDERING_FAILED_BY_REASON}{failure.reason}")
        level = logging.DEBUG if self.told else logging.WARNING
        server = self.crawler.settings["SPLASH_URL"]
        logger.log(level, "Splash at %s did not render %s, whose plain page counts: %s", server, url, failure)
        if not self.told:
            logger.warning("further such pages are counted: rendering/failed")
        self.told = True

    def _count(self, name: str) -> None:
        self.crawler.stats.inc_value(name)


class Splash:
    """The Splash server of a crawl. clock: monotonic time in seconds."""

    def __init__(self, crawler: Crawler, clock: Callable[[], float] = time.monotonic) -> None:
        self.crawler = crawler
        self.clock = clock
        self.quiet = crawler.settings.getfloat("RENDER_IDLE_SECONDS")
        self.timeout = crawler.settings.getfloat("RENDER_TIMEOUT_SECONDS")
        self.silences = 0
        self.paused_until = 0.0
        self.is_fresh = False
        self.freshening = asyncio.Lock()

    async def render(self, page: Page, user_agent: str) -> Rendered:
        """A page as its scripts leave it. Raises RenderFailed."""
        await self._freshen(page.url)
        answer = await self._post(page.url, "execute", SlotPolicy.PER_DOMAIN, self._arguments(page, user_agent))
        return _rendered(answer, page.url)

    def _arguments(self, page: Page, user_agent: str) -> dict[str, Any]:
        return {
            "lua_source": SCRIPT,
            "page": page.html,
            "places": self._places(page),
            "user_agent": user_agent,
            "quiet": self.quiet,
            "patience": self.timeout / 4,  # a page that never comes to rest counts as it is then
            "timeout": self.timeout,
            "script_timeout": self.timeout / 2,
        }

    def _places(self, page: Page) -> list[str]:
        """Where the page's scripts may ask: the page's own host, and those of the outlet or of what stands for it."""
        own = urlsplit(page.url).netloc
        hosts = {own, urlsplit(page.site).netloc} if page.site else {own, *urls.outlet_hosts()}
        hosts |= set(self.crawler.settings.getlist("RENDER_HOSTS"))
        return [f"{scheme}://{host}/" for host in sorted(hosts) for scheme in ("http", "https")]

    async def _freshen(self, url: str) -> None:
        """Empty Splash's memory, once a run: what scripts fetched in an earlier run would hide the news from this one.

        It keeps what has a Last-Modified and no Cache-Control, and no header of a request changes that.
        """
        async with self.freshening:
            if not self.is_fresh:
                await self._post(url, "_gc", SlotPolicy.SINGLE_SLOT, {"timeout": self.timeout})
                self.is_fresh = True

    async def _post(self, url: str, endpoint: str, slot_policy: str, arguments: dict[str, Any]) -> bytes:
        """What Splash answers. slot_policy: a render waits for its turn in the slot of the page's host."""
        if self.clock() < self.paused_until:
            raise RenderFailed("paused", "it gave no answer several times and is left alone for a while")
        request = SplashRequest(
            url,
            endpoint=endpoint,
            args=arguments,
            slot_policy=slot_policy,
            dont_process_response=True,
            dont_send_headers=True,
            session_id=None,
            meta={
                ROLE: RequestRole.RENDERER,
                "dont_retry": True,
                "dont_redirect": True,
                "download_timeout": self.timeout + 5,
            },
        )
        assert self.crawler.engine
        try:
            response = await self.crawler.engine.download_async(request)
        except DownloadTimeoutError as error:
            self._note_silence()
            raise RenderFailed("timeout", f"no answer after {self.timeout + 5:g} s") from error
        except _CONNECTION as error:
            self._note_silence()
            detail = f"is a Splash server running there? {type(error).__name__}: {error}"
            raise RenderFailed("connection", detail) from error
        except _REFUSED as error:
            raise RenderFailed("refused", f"{error}") from error
        self.silences = 0
        if response.status == 504:
            raise RenderFailed("timeout", f"it took longer than {self.timeout:g} s, see RENDER_TIMEOUT_SECONDS")
        if response.status != 200:
            raise RenderFailed(f"http_{response.status}", f"status {response.status}: {response.body[:200]!r}")
        return response.body

    def _note_silence(self) -> None:
        self.silences += 1
        if self.silences >= SILENCES:
            self.paused_until = self.clock() + PAUSE


def _rendered(answer: bytes, url: str) -> Rendered:
    """The rendered page in what Splash answered for the page at ``url``."""
    try:
        found = json.loads(answer)
        html, came, missing = found["html"], found["url"], found["missing"]
    except (ValueError, KeyError, TypeError):
        html = came = missing = None
    if not (isinstance(html, str) and html.strip() and isinstance(came, str) and isinstance(missing, int)):
        raise RenderFailed("garbage", f"its answer is not what was asked for: {answer[:200]!r}")
    if w3lib.url.canonicalize_url(came) != w3lib.url.canonicalize_url(url):
        raise RenderFailed("moved", f"a script of the page went to {came}")
    return Rendered(html, missing)


def _is_page(request: Request, response: Response, site: str | None) -> bool:
    """True for a listing, an article and its further pages; not for robots.txt, scripts and documents beside a page."""
    if not response.url.startswith(("http://", "https://")):
        return False
    role = RequestRole.of(request)
    if role is RequestRole.PART:
        return urls.parse(response.url, site) is not None
    return role in (RequestRole.LISTING, RequestRole.ARTICLE)


def _without(names: tuple[str, ...], response: Response) -> Response:
    """The response without some headers."""
    headers = response.headers.copy()
    for name in names:
        headers.pop(name, None)
    return response.replace(headers=headers)


def _header(message: Request | Response, name: str) -> str | None:
    value = message.headers.get(name)
    return value.decode("latin-1") if value else None


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
    """The settings that switch rendering on: scrapy-splash's middleware in the place that it asks for, and ours nearest
    to the spiders, where a page is unpacked and its redirects are followed.

    Its SplashDeduplicateArgsMiddleware is left out: Scrapy 2.19 refuses it, and it only saves traffic.
    """
    middlewares = settings.getdict("DOWNLOADER_MIDDLEWARES")
    middlewares["tibetnews.rendering.splash.Rendering"] = 60
    middlewares["tibetnews.rendering.splash.SplashMiddleware"] = 725
    return {"DOWNLOADER_MIDDLEWARES": middlewares}


__all__ = [
    "RenderFailed",
    "Rendered",
    "Rendering",
    "Splash",
    "SplashMiddleware",
    "scrapy_splash",
    "settings_for_splash",
]
