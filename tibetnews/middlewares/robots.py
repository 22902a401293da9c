"""Obeys robots.txt on every request, and leaves a host alone whose robots.txt cannot be fetched."""

from __future__ import annotations

import codecs
import re
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.statscollectors import StatsCollector
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.response import response_status_message

from tibetnews import stats
from tibetnews.archive.content_encoding import decode_body
from tibetnews.errors import UnreadableError
from tibetnews.middlewares.guard import guard_answer
from tibetnews.middlewares.host_pauses import HostPauses, requested_pause
from tibetnews.requests import RequestRole, error_in_words, first_url, header


class RobotsForbiddenError(IgnoreRequest):
    """A request that robots.txt forbids."""


class RobotsUnreachableError(IgnoreRequest):
    """A request that is not made because the rules of its host are unknown.

    Attributes:
        cause: The network's error; None where the host answered with an error.
    """

    def __init__(self, host: str, message: str, cause: Exception | None = None) -> None:
        super().__init__(
            f"robots.txt of {host} could not be fetched ({message}), so nothing is asked of this host; look whether the"
            " outlet is up"
        )
        self.cause = cause


class Robots:
    """Downloader middleware after Scrapy's own, for what that one wrongly lets pass.

    Of several requests that wait for robots.txt at once, Scrapy 2.19 applies the rules to one and lets the others pass
    (they await one Deferred, which gives its result once), so they are judged here again.

    RFC 9309: where robots.txt fails with a server's or the network's error, all is disallowed (2.3.1.4); where it
    answers 4xx, all is allowed (2.3.1.3), whatever the error page says. 429 is a server that wants fewer requests, so
    it counts as the first, as for Google. Scrapy's retries come before. Crawl-delay and Request-rate are
    obeyed. Counts ``robots/unreachable/<host>`` once.
    """

    TOO_MANY_REQUESTS = 429

    def __init__(self, stats: StatsCollector, user_agent: str, pauses: HostPauses) -> None:
        self.stats = stats
        self.user_agent = user_agent
        self.pauses = pauses
        self.rules: dict[str, RobotParser] = {}
        self.unreachable: dict[str, tuple[str, Exception | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware, unless ROBOTSTXT_OBEY is off."""
        settings = crawler.settings
        if not settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        user_agent = settings["ROBOTSTXT_USER_AGENT"] or settings["USER_AGENT"]
        middleware = cls(crawler.stats, user_agent, HostPauses.from_crawler(crawler))
        crawler.signals.connect(middleware.robots_parsed, signal=signals.robots_parsed)
        return middleware

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Keep the rules of a host, and the pause that it asks for."""
        url = urlparse_cached(request)
        self.rules[url.netloc] = robotparser
        if seconds := requested_pause(robotparser, self.user_agent):
            self.pauses.set(url.hostname or "", seconds)

    def process_request(self, request: Request) -> None:
        """Refuse a request that the rules forbid, or whose rules are unknown."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        host = urlparse_cached(request).netloc
        if host in self.unreachable:
            message, cause = self.unreachable[host]
            raise RobotsUnreachableError(host, message, cause)
        if host in self.rules and not self.rules[host].allowed(request.url, self.user_agent):
            raise RobotsForbiddenError("Forbidden by robots.txt")

    def process_response(self, request: Request, response: Response) -> Response:
        """Note a robots.txt that failed; ignore the body of an error page."""
        if not _is_robots_txt(request):
            return response
        if response.status >= 500 or response.status == self.TOO_MANY_REQUESTS:
            self._note(request, guard_answer(response) or response_status_message(response.status), None)
        return response.replace(body=b"") if response.status >= 400 else response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Note a robots.txt that could not be fetched."""
        if _is_robots_txt(request) and not isinstance(exception, IgnoreRequest):
            self._note(request, error_in_words(exception), exception)

    def _note(self, request: Request, message: str, cause: Exception | None) -> None:
        host = urlparse_cached(Request(first_url(request))).netloc
        self.unreachable[host] = (message, cause)
        self.stats.set_value(f"{stats.ROBOTS_UNREACHABLE}{host}", message)


class RobotsBody:
    """Downloader middleware that unpacks robots.txt strictly: damaged, cut or too large, it counts as a server's error.

    One in UTF-16, or with a byte order mark, becomes plain UTF-8.
    """

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware, unless ROBOTSTXT_OBEY is off."""
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_response(self, request: Request, response: Response) -> Response:
        """Unpack the body of robots.txt."""
        if not _is_robots_txt(request) or response.status != 200:
            return response
        encoding = header(response, "Content-Encoding") or ""
        try:
            body = decode_body([response.body], encoding, self.max_bytes, must_be_whole=True)
            if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                body = body.decode("utf-16").encode()
        except (UnreadableError, UnicodeDecodeError):
            body = b"\0"
        if encoding and _CONTROL_CODE.search(body):  # damaged, or still packed
            return response.replace(status=_UNREADABLE, body=b"", headers={})
        headers = response.headers.copy()
        headers.pop("Content-Encoding", None)
        return response.replace(body=body.removeprefix(codecs.BOM_UTF8), headers=headers)


_CONTROL_CODE = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_UNREADABLE = 502
"""Status of a robots.txt that cannot be unpacked: a bad gateway's."""


def _is_robots_txt(request: Request) -> bool:
    """Return whether Scrapy's middleware made this request for itself, wherever a redirect has led it.

    Requests to Splash carry the same mark.
    """
    return bool(request.meta.get("dont_obey_robotstxt")) and RequestRole.of(request) is not RequestRole.RENDERER
