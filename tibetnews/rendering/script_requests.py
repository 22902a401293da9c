"""What a page's scripts ask for, fetched by Scrapy as everything else is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple, Self
from weakref import WeakValueDictionary

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.statscollectors import StatsCollector

from tibetnews import stats
from tibetnews.outlet.encoding import decode
from tibetnews.requests import ROLE, RequestRole, header, header_lines

METHODS = ("GET", "HEAD", "POST")
MAX_KEPT_BYTES = 16 * 1024 * 1024

_SCRAPYS_HEADERS = ("user-agent", "accept-encoding", "cookie", "cache-control", "pragma", "host", "connection")
"""Headers of a request that Scrapy itself sets or leaves out."""
_SERVERS_HEADERS = frozenset({"content-encoding", "content-length", "transfer-encoding", "set-cookie"})
"""Headers of a response that do not describe the unpacked body, or that would mark the browser."""
_AS_SCRIPT = ("Content-Type", "text/javascript; charset=utf-8")


class Answer(NamedTuple):
    """A response as the browser gets it."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class ScriptRequests:
    """Fetches with the crawl's own engine: robots.txt, pauses, retries, bounds and the archive hold for scripts too.

    A file of scripts is asked for once a run, since most pages share theirs; data are asked for each time. Counts
    ``rendering/requests``.
    """

    def __init__(self, collector: StatsCollector, download: Callable[[Request], Awaitable[Response]]) -> None:
        self.stats = collector
        self.download = download
        self._kept: dict[str, Answer] = {}
        self._kept_bytes = 0
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Fetch with the crawl's engine, which is made after this."""
        return cls(crawler.stats, lambda request: crawler.engine.download_async(request))

    async def fetch(self, asked: Mapping[str, Any], is_script: bool, user_agent: str) -> Answer | str:
        """Return what the outlet answers, or why it gives nothing.

        Args:
            asked: The request as the DevTools protocol has it.
            is_script: Whether a file of scripts is asked for.
            user_agent: User agent of the page's request.
        """
        url: str = asked["url"]
        if not is_script:
            return await self._download(asked, is_script, user_agent)
        async with self._locks.setdefault(url, asyncio.Lock()):  # several pages may ask for it at once
            if url in self._kept:
                return self._kept[url]
            answer = await self._download(asked, is_script, user_agent)
            if isinstance(answer, Answer) and self._kept_bytes + len(answer.body) <= MAX_KEPT_BYTES:
                self._kept[url] = answer
                self._kept_bytes += len(answer.body)
            return answer

    async def _download(self, asked: Mapping[str, Any], is_script: bool, user_agent: str) -> Answer | str:
        url: str = asked["url"]
        self.stats.inc_value(stats.RENDERING_REQUESTS)
        # Scrapy's middlewares raise what they like; whatever it is, the page gets no answer.
        (response,) = await asyncio.gather(self.download(_request(asked, user_agent)), return_exceptions=True)
        if isinstance(response, BaseException):
            return f"{url}: {str(response) or type(response).__name__}"
        if response.status == 429 or response.status >= 500 or 300 <= response.status < 400:
            return f"{url}: status {response.status}"
        return _answer(response, is_script)


def _request(asked: Mapping[str, Any], user_agent: str) -> Request:
    headers = {
        name: value
        for name, value in asked["headers"].items()
        if name.lower() not in _SCRAPYS_HEADERS and not name.lower().startswith("sec-")
    }
    return Request(
        asked["url"],
        method=asked["method"],
        headers={**headers, "User-Agent": user_agent},
        body=asked.get("postData", ""),
        meta={ROLE: RequestRole.SCRIPT},
        dont_filter=True,
    )


def _answer(response: Response, is_script: bool) -> Answer:
    if not is_script:
        return Answer(response.status, list(header_lines(response.headers, _SERVERS_HEADERS)), response.body)
    # It is in the page's own encoding where it names none, and the browser has the page as UTF-8.
    text = decode(response.body, header(response, "Content-Type"))
    headers = [*header_lines(response.headers, {*_SERVERS_HEADERS, "content-type"}), _AS_SCRIPT]
    return Answer(response.status, headers, text.encode("utf-8", "replace"))
