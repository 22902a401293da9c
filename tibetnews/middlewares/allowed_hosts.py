"""Refuses requests to any host but the outlet's, the user's own and the renderer's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.statscollectors import StatsCollector

from tibetnews import stats
from tibetnews.outlet.urls import is_outlet_host, outlet_hosts
from tibetnews.requests import RequestRole


class OutsideHostsError(IgnoreRequest):
    """A request to a host that is not allowed."""


@dataclass(eq=False, kw_only=True)
class AllowedHosts:
    """Downloader middleware that refuses requests, redirected ones too, to hosts that are not allowed.

    Allowed are the outlet's hosts on their usual ports, or OUTLET_SITE in their place, and what the spider's attributes
    ``allowed_hosts`` (host, or host:port) and ``allowed_files`` (file:// addresses) list; the renderer at SPLASH_URL
    for requests whose role is RENDERER, so that no page can redirect there; RENDER_HOSTS for what scripts ask for; and
    for pictures IMAGE_HOSTS and all hosts below the outlet's domain. A spider whose attribute ``asks_outlet`` is False
    is refused the outlet's.
    A redirect to a loopback, private or foreign address or to another scheme is refused. Counts ``bounds/refused``.
    """

    stats: StatsCollector
    hosts: frozenset[str]
    files: frozenset[str]
    renderer: str
    script_hosts: frozenset[str]
    image_hosts: frozenset[str]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Allow the outlet's hosts, those of the settings and those of the spider."""
        settings, spider = crawler.settings, crawler.spider
        site, splash = (urlsplit(settings.get(name) or "").netloc for name in ("OUTLET_SITE", "SPLASH_URL"))
        outlet = {site} if site else outlet_hosts()
        hosts: frozenset[str] = getattr(spider, "allowed_hosts", frozenset()) - outlet_hosts() - outlet
        return cls(
            stats=crawler.stats,
            hosts=hosts | outlet if getattr(spider, "asks_outlet", True) else hosts,
            files=getattr(spider, "allowed_files", frozenset()),
            renderer=splash,
            script_hosts=frozenset(settings.getlist("RENDER_HOSTS")),
            image_hosts=frozenset(settings.getlist("IMAGE_HOSTS")),
        )

    def process_request(self, request: Request) -> None:
        """Refuse a request to another host."""
        if not self.allows(request):
            self.stats.inc_value(stats.HOSTS_REFUSED)
            way = " -> ".join([*request.meta.get("redirect_urls", []), request.url])
            raise OutsideHostsError(f"outside the outlet's hosts: {way}")

    def allows(self, request: Request) -> bool:
        """Return whether a request may be made."""
        parts = urlsplit(request.url)
        if parts.scheme == "file":
            return request.url in self.files
        if parts.scheme not in ("http", "https"):
            return False
        match RequestRole.of(request):
            case RequestRole.RENDERER if parts.netloc == self.renderer:
                return True
            case RequestRole.SCRIPT if parts.netloc in self.script_hosts:
                return True
            case RequestRole.PICTURE if parts.netloc in self.image_hosts or is_outlet_host(parts.netloc):
                return True
        return parts.netloc in self.hosts
