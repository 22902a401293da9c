"""The client of Chromium. It is imported only where Chromium is to render.

Scrapy fetches every page and all that its scripts ask for; Chromium, which reaches no network, runs the scripts. One
browser with one tab serves a run. A browser that ends, or that a script keeps busy, is replaced by a new one.
"""

from __future__ import annotations

import asyncio
from typing import Self
from urllib.parse import urldefrag

from scrapy.crawler import Crawler

from tibetnews.outlet.page import Page
from tibetnews.rendering.devtools import Browser, BrowserGoneError, DevToolsError, ignore_event
from tibetnews.rendering.renderer import (
    MAX_FAILURES,
    Cooldown,
    RenderedPage,
    RendererDownError,
    RenderError,
    RenderLimits,
    script_hosts,
)
from tibetnews.rendering.script_requests import ScriptRequests
from tibetnews.rendering.visit import Visit


class ChromiumClient:
    """The Chromium of a crawl: a :class:`tibetnews.rendering.renderer.Renderer`."""

    def __init__(self, requests: ScriptRequests, executable: str, limits: RenderLimits) -> None:
        """Make a client; the browser at the path ``executable`` starts with the first page."""
        self.name = f"Chromium ({executable})"
        self.executable = executable
        self.limits = limits
        self.requests = requests
        self.cooldown = Cooldown()
        self._browser: Browser | None = None
        self._turn = asyncio.Lock()

    @classmethod
    def from_crawler(cls, crawler: Crawler, executable: str) -> Self:
        """Make a client from the settings."""
        return cls(ScriptRequests.from_crawler(crawler), executable, RenderLimits.from_settings(crawler.settings))

    async def render(self, page: Page, user_agent: str) -> RenderedPage:
        """Return the page as its scripts leave it. Raises RenderError."""
        async with self._turn:
            self.cooldown.check()
            for _ in range(MAX_FAILURES):  # a browser that is killed from outside costs nothing
                try:
                    return await self._visit(await self._running_browser(), page, user_agent)
                except BrowserGoneError:
                    await self._end()
            crashed = RenderError("crashed", f"{MAX_FAILURES} browsers ended while they had the page")
            raise self.cooldown.error or crashed

    async def close(self) -> None:
        """End the browser."""
        async with self._turn:
            if self._browser:
                await self._browser.close()
            self._browser = None

    async def _visit(self, browser: Browser, page: Page, user_agent: str) -> RenderedPage:
        max_seconds = self.limits.timeout_seconds / 4
        visit = Visit(browser, page, self.requests, script_hosts(page, self.limits.named_hosts), user_agent)
        try:
            rendered = await visit.run(urldefrag(page.url).url, self.limits.idle_seconds, max_seconds)
            if visit.is_time_spent:  # what kept it from being idle would go on during the next pages
                await self._end()
            return rendered
        except TimeoutError as error:
            if not await browser.is_alive():
                raise BrowserGoneError("it does not answer") from error
            await self._end()
            raise RenderError("timeout", f"a script of the page kept the browser busy for {max_seconds:g} s") from error
        except DevToolsError as error:
            await self._end()
            raise RenderError("garbage", f"the browser refused: {error}") from error
        finally:
            browser.on_event = ignore_event

    async def _running_browser(self) -> Browser:
        if self._browser is None or not self._browser.is_running:
            await self._end()
            try:
                self._browser = await Browser.start(self.executable)
            except BrowserGoneError as error:
                detail = f"{self.name} does not start ({error}); set CHROMIUM to one that does"
                self.cooldown.failed(RendererDownError("connection", detail))
                raise
            self.cooldown.succeeded()
        return self._browser

    async def _end(self) -> None:
        if self._browser:
            await self._browser.kill()
        self._browser = None
