"""Asks web archives, one request after the other, by the pace and the manners of a crawl."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import responses
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from tibetnews.errors import UnreadableError
from tibetnews.middlewares.rejects import rejection_of
from tibetnews.middlewares.robots import RobotsForbiddenError
from tibetnews.requests import ROLE, RequestRole

INDEX_MAX_BYTES = 256 * 1024 * 1024
"""Of one answer of an index, unpacked."""

MAX_FAILURES = 3
"""So many requests in a row may stay without an answer; then the archive is left alone."""

_REFUSALS = frozenset({401, 403, 429, 503, 509})
"""Statuses by which an archive asks to be left alone; Scrapy's retries and pauses come before."""
_ERRORS = list(range(400, 600))
"""Statuses of answers that come to the spider, as those of success do."""


class NoAnswerError(Exception):
    """A request without an answer of use, after all retries; the message says why."""


class ArchiveRefusedError(Exception):
    """The archive wants no more requests, or cannot be reached; the message says why."""


@dataclass(frozen=True, slots=True)
class ArchiveAnswer:
    """What an archive has answered."""

    url: str
    """After redirects."""
    headers: Mapping[str, str]
    """By name in small letters."""
    body: bytes
    """Unpacked; of a byte range the bytes of that range."""

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


def _is_cut_off(response: Response) -> bool:
    """Return whether the body is shorter than the part of the file that its headers announce."""
    announced = re.match(rb"bytes (\d{1,18})-(\d{1,18})/", response.headers.get("Content-Range") or b"")
    if announced is None or "decoded" in response.flags:
        return False
    return len(response.body) <= int(announced[2]) - int(announced[1])


class ArchiveClient:
    """Asks through the crawl's engine: robots.txt, pauses, retries and Retry-After are as for the outlet."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.failures = 0
        """Requests in a row that stayed without an answer."""

    async def ask(
        self, url: str, role: RequestRole, *, byte_range: str | None = None, missing_is_empty: bool = False
    ) -> ArchiveAnswer:
        """Return the answer to a request.

        Args:
            url: Its address.
            role: INDEX or CAPTURE.
            byte_range: Value of the header Range.
            missing_is_empty: Whether a 404 in JSON is an empty answer, as of an index that has nothing; one that is not
                there has a page for that.

        Raises:
            UnreadableError: The archive does not have it.
            NoAnswerError: It cannot be had now.
            ArchiveRefusedError: Nothing can be had now.
        """
        headers = {"Range": byte_range, "Accept-Encoding": "identity"} if byte_range else {}
        meta: dict[str, Any] = {ROLE: role, "handle_httpstatus_list": _ERRORS}
        if role is RequestRole.INDEX:
            meta["download_maxsize"] = INDEX_MAX_BYTES
        host = urlsplit(url).netloc
        result = await self._answer_to(Request(url, headers=headers, meta=meta, dont_filter=True))
        if isinstance(result, Failure):
            rejection = rejection_of(result.value)
            if isinstance(result.value, RobotsForbiddenError) or rejection.reason == "robots":
                raise ArchiveRefusedError(f"{rejection.detail}: {url}; docs/history.md says what can be done")
            self._count_failure(f"{host} does not answer ({rejection.detail})")
            raise NoAnswerError(rejection.detail)
        response = result
        status, named = response.status, f"{response.status} {responses.get(response.status, '')}".rstrip()
        if status in _REFUSALS:
            message = f"{host} answers {named}: it wants to be left alone, at best for a day"
            raise ArchiveRefusedError(message)
        if status >= 500:
            self._count_failure(f"{host} answers {named}")
            raise NoAnswerError(named)
        self.failures = 0
        is_empty = status == 404 and missing_is_empty and response.body.lstrip().startswith(b"{")
        if status not in (200, 206) and not is_empty:
            raise UnreadableError(f"http_{status}", f"the archive answers {named} to {url}")
        body = b"" if is_empty else response.body
        if byte_range:
            first, last = map(int, byte_range.removeprefix("bytes=").split("-"))
            if status == 200:  # a server that knows no ranges
                body = body[first : last + 1]
            elif _is_cut_off(response):
                raise NoAnswerError(f"{host} sent {len(body):,} bytes of {last - first + 1:,}")
        lines = {name.decode("latin-1").lower(): response.headers.get(name) for name in response.headers}
        return ArchiveAnswer(
            response.url, {name: value.decode("latin-1") for name, value in lines.items() if value}, body
        )

    async def _answer_to(self, request: Request) -> Response | Failure:
        """Send a request by way of the scheduler, so that a crawl that is ended waits for it and sends no other."""
        answer: asyncio.Future[Response | Failure] = asyncio.get_running_loop().create_future()
        request.callback, request.errback = answer.set_result, answer.set_result
        self.crawler.engine.crawl(request)
        return await answer

    def _count_failure(self, message: str) -> None:
        self.failures += 1
        if self.failures >= MAX_FAILURES:
            raise ArchiveRefusedError(f"{message}, {self.failures} times in a row")
