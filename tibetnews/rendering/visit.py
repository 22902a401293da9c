"""One page in the browser's tab: what it asks for, and when it is finished."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import time
from collections.abc import Coroutine, Sequence
from typing import Any
from urllib.parse import urlsplit

from tibetnews.outlet.page import Page
from tibetnews.rendering import devtools
from tibetnews.rendering.devtools import Browser, BrowserGoneError, DevToolsError
from tibetnews.rendering.renderer import RenderedPage, RenderError
from tibetnews.rendering.script_requests import METHODS, ScriptRequests

FETCHED_TYPES = frozenset({"Script", "XHR", "Fetch"})
"""What a page gets besides itself. No picture, style sheet, frame or beacon writes into it."""

MAX_REQUESTS = 50
"""Requests that the scripts of one page may make; each waits for the outlet's pause."""

PAGE_HEADERS = (("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", "worker-src 'none'"))
"""Of the page as the browser gets it. A worker could be made of the page's own text, and outlive the page."""

GRACE_SECONDS = 5.0
"""Time for the browser to give the page once the page's own time is over; a machine that is busy needs it."""


class Visit:
    """A page that the browser has open."""

    def __init__(
        self, browser: Browser, page: Page, requests: ScriptRequests, hosts: frozenset[str], user_agent: str
    ) -> None:
        self.browser = browser
        self.page = page
        self.requests = requests
        self.hosts = hosts
        self.user_agent = user_agent
        self.is_served = self.is_committed = self.is_loaded = self.is_gone = False
        self.moved_to: str | None = None
        self.pending: set[str] = set()
        """Requests of scripts, by the browser's ids, until the page has what they brought."""
        self.downloads = 0
        """How many of them Scrapy has not answered yet."""
        self.request_count = 0
        self.is_time_passing = False
        self.is_time_spent = False
        """Whether the page was not idle before its time was over."""
        self.idle_since_request: int | None = None
        """Number of the requests before the time that is passing, if the page was idle when it began."""
        self.failures: list[str] = []
        self._changed = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        browser.on_event = self._on_event

    async def run(self, url: str, idle_seconds: float, max_seconds: float) -> RenderedPage:
        """Open the page, wait until it is finished, and return it.

        Args:
            url: Address of the page, without a fragment.
            idle_seconds: A page is finished once its scripts have asked for nothing for this long by their clock.
            max_seconds: Longest time for the browser's own work; Scrapy's requests for the page do not count. A page
                that is never idle counts as it is then.

        Raises:
            TimeoutError: A script never ends.
            RenderError: A script went to another page.
            BrowserGoneError: The browser ended.
        """
        async with asyncio.timeout(max_seconds):
            opened = asyncio.gather(
                self.browser.send("Emulation.setUserAgentOverride", userAgent=self.user_agent),
                self.browser.send("Page.navigate", url=url),
            )
            self._let_time_pass(idle_seconds)
            await opened
        remaining = await self._wait(idle_seconds, max_seconds)
        async with asyncio.timeout(max(remaining, GRACE_SECONDS)):
            if self.is_time_spent:  # what it still runs would keep the browser from answering
                await self.browser.send("Emulation.setScriptExecutionDisabled", value=True)
            document = await self.browser.send("DOM.getDocument", depth=0)
            answers = await asyncio.gather(
                self.browser.send("DOM.getOuterHTML", nodeId=document["root"]["nodeId"]),
                self.browser.send("Page.setWebLifecycleState", state="frozen"),  # else it would run on until the next
            )
        self._check()
        return RenderedPage(answers[0]["outerHTML"], len(self.failures), next(iter(self.failures), ""))

    async def _wait(self, idle_seconds: float, max_seconds: float) -> float:
        """Wait until the page is loaded and idle. Return the seconds that remain."""
        while max_seconds > 0:
            self._check()
            self._changed.clear()
            if not self.is_time_passing:
                if self.idle_since_request == self.request_count and not self.pending:
                    break
                self._let_time_pass(idle_seconds)
            is_fetching, before = self.downloads > 0, time.monotonic()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(None if is_fetching else max_seconds):
                    await self._changed.wait()
            if not is_fetching:
                max_seconds -= time.monotonic() - before
        self.is_time_spent = max_seconds <= 0
        if not self.is_committed:  # the tab still has the page before this one
            raise TimeoutError
        return max_seconds

    def _let_time_pass(self, seconds: float) -> None:
        """Let time pass by the page's clock, as fast as its timers can follow.

        Its clock stands still afterwards, and while the page waits for what it has asked for.
        """
        self.is_time_passing = True
        self.idle_since_request = self.request_count if self.is_loaded and not self.pending else None
        policy, budget = "pauseIfNetworkFetchesPending", max(seconds * 1000, 1)
        self._do(self._command("Emulation.setVirtualTimePolicy", policy=policy, budget=budget))

    def _check(self) -> None:
        if self.is_gone:
            raise BrowserGoneError("it ended while it had the page")
        if self.moved_to:
            raise RenderError("moved", f"a script of the page went to {self.moved_to}")

    def _on_event(self, name: str, params: dict[str, Any]) -> None:
        match name:
            case "Fetch.requestPaused":
                self._on_request(params)
                return
            case "Network.loadingFinished" | "Network.loadingFailed":
                if params["requestId"] not in self.pending:
                    return
                self.pending.remove(params["requestId"])
            case "Page.loadEventFired":
                self.is_loaded = self.is_committed  # the empty page of a new browser is loaded, too
            case "Emulation.virtualTimeBudgetExpired":
                self.is_time_passing = False
            case "Page.frameNavigated" if params["frame"]["id"] == self.browser.tab:
                self.is_committed = self.is_served and params["frame"]["url"] != "about:blank"
            case "Page.javascriptDialogOpening":
                self._do(self._command("Page.handleJavaScriptDialog", accept=False))
            case "Inspector.targetCrashed" | devtools.GONE:
                self.is_gone = True
            case _:
                return
        self._changed.set()

    def _on_request(self, params: dict[str, Any]) -> None:
        """Answer a request of the browser: the page itself at once, what its scripts ask for when Scrapy has it."""
        request, paused_id = params["request"], params["requestId"]
        if params["resourceType"] == "Document" and params["frameId"] == self.browser.tab:
            if not self.is_served:
                self.is_served = True
                body = self.page.html.encode("utf-8", "replace")
                self._do(self._fulfil(paused_id, 200, PAGE_HEADERS, body))
                return
            self.moved_to = request["url"]
            self._changed.set()
        elif self._may_fetch(params):
            self.request_count += 1
            self.downloads += 1
            self.pending.add(params.get("networkId", paused_id))
            self._changed.set()
            self._do(self._fetch(params))
            return
        self._do(self._command("Fetch.failRequest", requestId=paused_id, errorReason="BlockedByClient"))

    def _may_fetch(self, params: dict[str, Any]) -> bool:
        parts = urlsplit(params["request"]["url"])
        return (
            params["resourceType"] in FETCHED_TYPES
            and parts.scheme in ("http", "https")
            and parts.netloc in self.hosts
            and params["request"]["method"] in METHODS
            and self.request_count < MAX_REQUESTS
        )

    async def _fetch(self, params: dict[str, Any]) -> None:
        answer = await self.requests.fetch(params["request"], params["resourceType"] == "Script", self.user_agent)
        self.downloads -= 1
        self._changed.set()
        if isinstance(answer, str):
            self.failures.append(answer)
            await self._command("Fetch.failRequest", requestId=params["requestId"], errorReason="Failed")
        else:
            await self._fulfil(params["requestId"], answer.status, answer.headers, answer.body)

    async def _fulfil(self, paused_id: str, status: int, headers: Sequence[tuple[str, str]], body: bytes) -> None:
        await self._command(
            "Fetch.fulfillRequest",
            requestId=paused_id,
            responseCode=status,
            responseHeaders=[{"name": name, "value": value} for name, value in headers],
            body=base64.b64encode(body).decode(),
        )

    async def _command(self, method: str, **params: Any) -> None:
        """Send a command of which the answer does not matter: the request may be given up, or the page left."""
        with contextlib.suppress(DevToolsError, BrowserGoneError):
            await self.browser.send(method, **params)

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)  # the loop itself keeps no reference
        task.add_done_callback(self._tasks.discard)
