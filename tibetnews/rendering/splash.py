"""The client of Splash. It is imported only where SPLASH_URL is set.

Scrapy fetches every page itself, as it would without Splash; Splash gets the page's HTML and runs its scripts. So
status, validators, redirects, character sets, pauses and robots.txt are as they are without it, a page costs the
outlet one request, and where a render fails the plain page is there.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import Any, Self

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
from scrapy.http import Response
from w3lib.url import canonicalize_url

from tibetnews.outlet.page import Page
from tibetnews.rendering.renderer import (
    Cooldown,
    RenderedPage,
    RendererDownError,
    RenderError,
    RenderLimits,
    script_hosts,
)
from tibetnews.rendering.splash_compat import SlotPolicy, SplashRequest
from tibetnews.requests import ROLE, RequestRole

SCRIPT = files("tibetnews.rendering").joinpath("splash.lua").read_text(encoding="utf-8")

NETWORK_EXTRA_SECONDS = 5.0
"""How much longer Scrapy waits for the answer than Splash may take for it."""

_CONNECTION_ERRORS = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    ResponseDataLossError,
)
_ERRORS_OF_THE_PAGE = (400, 502)  # an error in the script, or while the page was opened
_REFUSALS = (DownloadCancelledError, IgnoreRequest)  # such as an answer of more than DOWNLOAD_MAXSIZE bytes


class SplashClient:
    """The Splash server of a crawl: a :class:`tibetnews.rendering.renderer.Renderer`."""

    def __init__(
        self,
        download: Callable[[Request], Awaitable[Response]],
        server: str,
        limits: RenderLimits,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make a client.

        Args:
            download: Sends a request and returns the response.
            server: Address of the server, for the log.
            limits: What a page may take.
            clock: Monotonic time in seconds.
        """
        self.name = f"Splash at {server}"
        self.download = download
        self.limits = limits
        self.cooldown = Cooldown(clock)
        self.is_cache_clear = False
        self.clearing = asyncio.Lock()

    @classmethod
    def from_crawler(cls, crawler: Crawler, clock: Callable[[], float] = time.monotonic) -> Self:
        """Make a client from the settings."""
        return cls(
            lambda request: crawler.engine.download_async(request),  # the engine is made after the middlewares
            crawler.settings["SPLASH_URL"],
            RenderLimits.from_settings(crawler.settings),
            clock,
        )

    async def render(self, page: Page, user_agent: str) -> RenderedPage:
        """Return the page as its scripts leave it. Raises RenderError."""
        await self.clear_cache(page.url)
        arguments = {
            "lua_source": SCRIPT,
            "page": page.html,
            "allowed_prefixes": self._allowed_prefixes(page),
            "user_agent": user_agent,
            "idle_seconds": self.limits.idle_seconds,
            "max_wait": self.limits.timeout_seconds / 4,  # a page that is never idle counts as it is then
            "timeout": self.limits.timeout_seconds,
            "script_timeout": self.limits.timeout_seconds / 2,
        }
        return _rendered_page(await self._post(page.url, "execute", SlotPolicy.PER_DOMAIN, arguments), page.url)

    async def close(self) -> None:
        """Do nothing: the server is the user's."""

    async def clear_cache(self, url: str) -> None:
        """Empty Splash's cache, once a run: what scripts fetched in an earlier run would hide the news from this one.

        It keeps what has a Last-Modified and no Cache-Control, and no header of a request changes that.
        """
        async with self.clearing:
            if not self.is_cache_clear:
                await self._post(url, "_gc", SlotPolicy.SINGLE_SLOT, {"timeout": self.limits.timeout_seconds})
                self.is_cache_clear = True

    def _allowed_prefixes(self, page: Page) -> list[str]:
        """Return how the addresses begin that the page's scripts may ask for."""
        hosts = sorted(script_hosts(page, self.limits.named_hosts))
        return [f"{scheme}://{host}/" for host in hosts for scheme in ("http", "https")]

    async def _post(self, url: str, endpoint: str, slot_policy: str, arguments: dict[str, Any]) -> bytes:
        """Return what Splash answers.

        Args:
            url: Address of the page.
            endpoint: Splash's own: execute, _gc.
            slot_policy: A render waits for its turn in the download slot of the page's host.
            arguments: The body, for JSON.

        Raises:
            RenderError: No answer, or an error.
        """
        self.cooldown.check()
        download_timeout = self.limits.timeout_seconds + NETWORK_EXTRA_SECONDS
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
                "download_timeout": download_timeout,
            },
        )
        try:
            response = await self.download(request)
        except DownloadTimeoutError as error:
            detail = f"{self.name} does not answer ({download_timeout:g} s); start it anew"
            raise self.cooldown.failed(RendererDownError("timeout", detail)) from error
        except _CONNECTION_ERRORS as error:
            detail = f"{self.name} does not answer; start it"
            raise self.cooldown.failed(RendererDownError("connection", detail)) from error
        except _REFUSALS as error:
            raise RenderError("refused", f"{error}") from error
        self.cooldown.succeeded()
        if response.status == 504:
            detail = f"it took longer than {self.limits.timeout_seconds:g} s, see RENDER_TIMEOUT_SECONDS"
            raise RenderError("timeout", detail)
        if response.status in _ERRORS_OF_THE_PAGE:
            raise RenderError(f"http_{response.status}", f"status {response.status}: {response.body[:200]!r}")
        if response.status != 200:
            detail = f"{self.name} refuses (status {response.status}); look whether it is a Splash, and at its log"
            raise RendererDownError(f"http_{response.status}", detail)
        return response.body


def _rendered_page(answer: bytes, url: str) -> RenderedPage:
    """Return the rendered page in what Splash answered for the page at ``url``."""
    try:
        values = json.loads(answer)
        html, final_url, missing = values["html"], values["url"], values["missing"]
    except (ValueError, KeyError, TypeError):
        html = final_url = missing = None
    if not (isinstance(html, str) and html.strip() and isinstance(final_url, str) and isinstance(missing, int)):
        raise RenderError("garbage", f"its answer is not what was asked for: {answer[:200]!r}")
    if canonicalize_url(final_url) != canonicalize_url(url):
        raise RenderError("moved", f"a script of the page went to {final_url}")
    return RenderedPage(html, missing)
