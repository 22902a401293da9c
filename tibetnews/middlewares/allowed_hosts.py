"""Refuses requests to any host but the outlet's, the user's own and the renderer's."""

from __future__ import annotations

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


class AllowedHosts:
    """Downloader middleware that refuses requests, redirected ones too, to hosts that are not allowed.

    Allowed are the outlet's hosts on their usual ports, or OUTLET_SITE in their place, and what the spider's attributes
    ``allowed_hosts`` (host, or host:port) and ``allowed_files`` (file:// addresses) list; the renderer at SPLASH_URL
    for requests whose role is RENDERER, so that no page can redirect there; RENDER_HOSTS for what scripts ask for; and
    for pictures IMAGE_HOSTS and all hosts below the outlet's domain. A spider whose attribute ``asks_outlet`` is False
    is refused the outlet's.
    A redirect to a loopback, private or foreign address or to another scheme is refused. Counts ``bounds/refused``.
    """

    def __init__(
        self,
        stats: StatsCollector,
        *,
        hosts: frozenset[str],
        files: frozenset[str] = frozenset(),
        renderer: str = "",
        script_hosts: frozenset[str] = frozenset(),
        image_hosts: frozenset[str] = frozenset(),
    ) -> None:
        self.stats = stats
        self.hosts = hosts
        self.files = files
        self.renderer = renderer
        self.script_hosts = script_hosts
        self.image_hosts = image_hosts

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Allow the outlet's hosts, those of the settings and those of the spider."""
        site, splash = (urlsplit(crawler.settings.get(name) or "").netloc for name in ("OUTLET_SITE", "SPLASH_URL"))
        named: frozenset[str] = getattr(crawler.spider, "allowed_hosts", frozenset())
        files: frozenset[str] = getattr(crawler.spider, "allowed_files", frozenset())
        scripts, images = (frozenset(crawler.settings.getlist(name)) for name in ("RENDER_HOSTS", "IMAGE_HOSTS"))
        outlet = {site} if site else outlet_hosts()
        hosts = named - outlet_hosts() - outlet
        if getattr(crawler.spider, "asks_outlet", True):
            hosts |= outlet
        return cls(crawler.stats, hosts=hosts, files=files, renderer=splash, script_hosts=scripts, image_hosts=images)

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
