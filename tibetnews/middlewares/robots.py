"""robots.txt is obeyed by every request, and a host whose robots.txt cannot be had is asked for nothing."""

from __future__ import annotations

from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.response import response_status_message

from tibetnews import stats


class RobotsUnreachable(IgnoreRequest):
    """A request that is not made since its host's robots.txt is undefined. cause: the network's error, if it was one."""

    def __init__(self, host: str, told: str, cause: Exception | None = None) -> None:
        super().__init__(f"robots.txt of {host} could not be had ({told}), so nothing is asked of this host")
        self.cause = cause


class Robots:
    """Downloader middleware behind Scrapy's own, for what that one takes for leave to ask for everything.

    Of several requests that wait for robots.txt at once, Scrapy 2.19 hands its rules to one and lets the others pass
    (they await one Deferred, which gives its result once), so they are judged here again.

    RFC 9309: where robots.txt fails with a server's or the network's error, all is disallowed (2.3.1.4); where it
    answers 4xx, all is allowed (2.3.1.3), whatever the error page says. 429 is a server that wants fewer requests, so
    it counts as the first, as for Google. Scrapy's retries come before. Counts ``robots/unreachable/<host>`` once.
    """

    BUSY = 429

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.user_agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self.rules: dict[str, RobotParser] = {}
        self.unreachable: dict[str, tuple[str, Exception | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        middleware = cls(crawler)
        crawler.signals.connect(middleware.robots_parsed, signal=signals.robots_parsed)
        return middleware

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        self.rules[urlparse_cached(request).netloc] = robotparser

    def process_request(self, request: Request) -> None:
        if request.meta.get("dont_obey_robotstxt"):
            return
        host = urlparse_cached(request).netloc
        if host in self.unreachable:
            told, cause = self.unreachable[host]
            raise RobotsUnreachable(host, told, cause)
        if host in self.rules and not self.rules[host].allowed(request.url, self.user_agent):
            raise IgnoreRequest("Forbidden by robots.txt")

    def process_response(self, request: Request, response: Response) -> Response:
        if not _is_robots_txt(request):
            return response
        if response.status >= 500 or response.status == self.BUSY:
            self._note(request, response_status_message(response.status), None)
        return response.replace(body=b"") if response.status >= 400 else response

    def process_exception(self, request: Request, exception: Exception) -> None:
        if _is_robots_txt(request) and not isinstance(exception, IgnoreRequest):
            self._note(request, f"{type(exception).__name__}: {exception}".rstrip(": "), exception)

    def _note(self, request: Request, told: str, cause: Exception | None) -> None:
        first = (request.meta.get("redirect_urls") or [request.url])[0]
        host = urlparse_cached(Request(first)).netloc
        self.unreachable[host] = (told, cause)
        self.crawler.stats.set_value(f"{stats.ROBOTS_UNREACHABLE}{host}", told)


def _is_robots_txt(request: Request) -> bool:
    """True for the request that Scrapy's middleware makes for itself, wherever a redirect has led it.

    What is asked of Splash has the same mark.
    """
    return bool(request.meta.get("dont_obey_robotstxt")) and "splash" not in request.meta
