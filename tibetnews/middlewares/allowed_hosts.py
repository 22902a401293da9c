"""Nothing is asked of anybody but the outlet and the places that the user named."""

from __future__ import annotations

from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from tibetnews import stats
from tibetnews.outlet.urls import outlet_hosts


class Bounds:
    """Downloader middleware that refuses requests, redirected ones too, to any other place.

    Allowed are the outlet's hosts on their usual ports, OUTLET_SITE, and what the spider's attributes ``named_hosts``
    (host, or host:port) and ``named_files`` (file:// addresses) list; the Splash server for what this program asks of
    it, which has the meta key ``splash``, and not where a page redirects to it. A redirect to a loopback, private or
    foreign address or to another scheme is none of these. Counts ``bounds/refused``.
    """

    def __init__(self, crawler: Crawler, hosts: frozenset[str], splash: str) -> None:
        self.crawler = crawler
        self.hosts = hosts
        self.splash = splash

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        site, splash = (urlsplit(crawler.settings.get(name) or "").netloc for name in ("OUTLET_SITE", "SPLASH_URL"))
        return cls(crawler, outlet_hosts() | ({site} if site else set()), splash)

    def process_request(self, request: Request) -> None:
        if "splash" in request.meta and self.splash and urlsplit(request.url).netloc == self.splash:
            return
        if not self.allows(request.url):
            self.crawler.stats.inc_value(stats.HOSTS_REFUSED)
            way = " -> ".join([*request.meta.get("redirect_urls", []), request.url])
            raise IgnoreRequest(f"outside the outlet's hosts: {way}")

    def allows(self, url: str) -> bool:
        """True for an address within the bounds."""
        parts, spider = urlsplit(url), self.crawler.spider
        if parts.scheme == "file":
            return url in getattr(spider, "named_files", ())
        if parts.scheme not in ("http", "https"):
            return False
        return parts.netloc in self.hosts or parts.netloc in getattr(spider, "named_hosts", ())
