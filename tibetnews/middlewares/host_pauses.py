"""The pauses between two requests that robots.txt asks for, with Crawl-delay or Request-rate."""

from __future__ import annotations

import logging
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)


def requested_pause(rules: RobotParser, user_agent: str) -> float | None:
    """Return the seconds between two requests that robots.txt asks for; None where it asks for none."""
    parser = getattr(rules, "rp", None)  # Protego or the standard library's: Scrapy hands on Crawl-delay alone
    rate = parser.request_rate(user_agent) if parser and hasattr(parser, "request_rate") else None
    delays = [rules.crawl_delay(user_agent) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0]
    return max(delays) if max(delays) > 0 else None


class HostPauses:
    """Keeps the downloader's pauses at what hosts ask for, up to CRAWL_DELAY_MAX_SECONDS; never below DOWNLOAD_DELAY.

    AutoThrottle, which knows nothing of robots.txt, may lengthen a pause.
    """

    def __init__(self, crawler: Crawler, max_seconds: float) -> None:
        self.crawler = crawler
        self.max_seconds = max_seconds
        self.seconds: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Watch the responses, after AutoThrottle, whose extension was made before."""
        pauses = cls(crawler, crawler.settings.getfloat("CRAWL_DELAY_MAX_SECONDS"))
        crawler.signals.connect(pauses.response_downloaded, signal=signals.response_downloaded)
        return pauses

    def set(self, host: str, seconds: float) -> None:
        """Grant a host the pause that it asks for."""
        if seconds > self.max_seconds:
            logger.warning(
                "robots.txt of %s asks for %g s between two requests; %g s are granted (CRAWL_DELAY_MAX_SECONDS)",
                host,
                seconds,
                self.max_seconds,
            )
        else:
            logger.info("robots.txt of %s asks for %g s between two requests", host, seconds)
        self.seconds[host] = max(min(seconds, self.max_seconds), self.crawler.settings.getfloat("DOWNLOAD_DELAY"))
        self._keep(host)

    def response_downloaded(self, request: Request) -> None:
        """Undo what AutoThrottle has shortened."""
        self._keep(request.meta.get("download_slot", ""))

    def _keep(self, host: str) -> None:
        seconds = self.seconds.get(host)
        slot = self.crawler.engine.downloader.slots.get(host)
        if seconds is not None and slot and slot.delay < seconds:
            slot.delay, slot.jitter = seconds, 0.0  # a pause of random length would be too short half of the time
