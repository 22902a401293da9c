"""The client of Chromium. It is imported only where Chromium is to render.

Scrapy fetches every page and all that its scripts ask for; Chromium, which reaches no network, runs the scripts. A page
at a time has a browser to itself, so that none sees or stops another. A browser that ends, or that a script keeps busy,
is replaced by a new one.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
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

    def __init__(self, requests: ScriptRequests, executable: str, limits: RenderLimits, max_browsers: int = 1) -> None:
        """Make a client; a browser at the path ``executable`` starts with the first page that finds none free."""
        self.name = f"Chromium ({executable})"
        self.executable = executable
        self.limits = limits
        self.requests = requests
        self.max_browsers = max_browsers
        self.cooldown = Cooldown()
        self._free_browsers: list[Browser] = []
        self._turns = asyncio.Semaphore(max_browsers)

    @classmethod
    def from_crawler(cls, crawler: Crawler, executable: str) -> Self:
        """Make a client from the settings; more browsers than processors would only wait for each other."""
        settings = crawler.settings
        max_browsers = max(1, min(settings.getint("CONCURRENT_REQUESTS"), len(os.sched_getaffinity(0))))
        limits = RenderLimits.from_settings(settings)
        return cls(ScriptRequests.from_crawler(crawler), executable, limits, max_browsers)

    async def render(self, page: Page, user_agent: str) -> RenderedPage:
        """Return the page as its scripts leave it. Raises RenderError."""
        async with self._turns:
            self.cooldown.check()
            for _ in range(MAX_FAILURES):  # a browser that is killed from outside costs nothing
                with contextlib.suppress(BrowserGoneError):
                    return await self._visit(await self._take_browser(), page, user_agent)
            crashed = RenderError("crashed", f"{MAX_FAILURES} browsers ended while they had the page")
            raise self.cooldown.error or crashed

    async def close(self) -> None:
        """End the browsers, once no page has one."""
        async with contextlib.AsyncExitStack() as all_turns:
            for _ in range(self.max_browsers):
                await all_turns.enter_async_context(self._turns)
            await asyncio.gather(*(browser.kill() for browser in self._free_browsers))
            self._free_browsers.clear()

    async def _visit(self, browser: Browser, page: Page, user_agent: str) -> RenderedPage:
        max_seconds = self.limits.timeout_seconds / 4
        visit = Visit(browser, page, self.requests, script_hosts(page, self.limits.named_hosts), user_agent)
        is_reusable = False
        try:
            rendered = await visit.run(urldefrag(page.url).url, self.limits.idle_seconds, max_seconds)
            is_reusable = not visit.is_time_spent  # what kept it from being idle would go on during the next pages
            return rendered
        except RenderError:
            is_reusable = True
            raise
        except TimeoutError as error:
            if not await browser.is_alive():
                raise BrowserGoneError("it does not answer") from error
            raise RenderError("timeout", f"a script of the page kept the browser busy for {max_seconds:g} s") from error
        except DevToolsError as error:
            raise RenderError("garbage", f"the browser refused: {error}") from error
        finally:
            browser.on_event = ignore_event
            if is_reusable:
                self._free_browsers.append(browser)
            else:
                await browser.kill()

    async def _take_browser(self) -> Browser:
        """Return a browser that has no page: one that is running, or a new one."""
        while self._free_browsers:
            if (browser := self._free_browsers.pop()).is_running:
                return browser
            await browser.kill()
        try:
            browser = await Browser.start(self.executable)
        except BrowserGoneError as error:
            detail = f"{self.name} does not start ({error}); set CHROMIUM to one that does"
            self.cooldown.failed(RendererDownError("connection", detail))
            raise
        self.cooldown.succeeded()
        return browser
