"""Was the run well? The verdict for unattended runs, in the log and in the exit status."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from tibetnews import clock
from tibetnews.extensions.bad_days import clock_fault, giving_up_fault, outlet_faults
from tibetnews.items import Article
from tibetnews.ledger import runs
from tibetnews.memory import memory_of

logger = logging.getLogger(__name__)


FIELDS = ("published_at", "source", "authors", "editor", "images", "breadcrumbs")
"""Fields whose coverage is watched; title and text are in every record."""

HISTORY = 50
FEWEST = 20
"""So many earlier runs are looked at, and from so many records on coverage says something."""

_RECORDS = "coverage/records"


class Health:
    """Extension that judges a run by its counts at its end.

    ``unhealthy`` holds the faults of the runs of this process, for the exit status.
    """

    unhealthy: ClassVar[list[str]] = []

    def __init__(self, crawler: Crawler, max_failed: float, max_rejected: float, least: float) -> None:
        self.crawler = crawler
        self.least = least
        self.max_failed = max_failed
        self.max_rejected = max_rejected

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        settings = crawler.settings
        names = ("HEALTH_MAX_FAILED", "HEALTH_MAX_REJECTED", "HEALTH_LEAST_COVERAGE")
        extension = cls(crawler, *(settings.getfloat(name) for name in names))
        crawler.signals.connect(extension.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def item_scraped(self, item: Article) -> None:
        assert self.crawler.stats
        self.crawler.stats.inc_value(_RECORDS)
        for field in FIELDS:
            if getattr(item, field):
                self.crawler.stats.inc_value(f"coverage/{field}")

    def spider_closed(self, spider: Spider, reason: str) -> None:
        assert self.crawler.stats
        memory = memory_of(self.crawler)
        stats = self.crawler.stats.get_stats()
        found = faults(stats, self.max_failed, self.max_rejected)
        found += outlet_faults(stats) + giving_up_fault(reason, self.crawler.settings.getint("GIVE_UP_AFTER"))
        found += clock_fault(memory.set_back())
        found += coverage_faults(stats, runs.counts_of_earlier(memory.ledger.db, memory.run, HISTORY), self.least)
        for fault in found:
            logger.error("unhealthy: %s", fault)
        self.unhealthy.extend(found)
        counts = {
            name: value for name, value in self.crawler.stats.get_stats().items() if isinstance(value, int | float)
        }
        runs.end(memory.ledger.db, memory.run, reason, found, counts, clock.now())


def coverage_faults(now: Mapping[str, Any], before: Sequence[Mapping[str, Any]], least: float) -> list[str]:
    """Fields that far fewer of this run's records have than of earlier ones, as when a page's markup has changed.

    least: the share of the earlier coverage below which it is a fault. Too few records say nothing.
    """
    records = now.get(_RECORDS, 0)
    known = sum(counts.get(_RECORDS, 0) for counts in before)
    if records < FEWEST or known < FEWEST:
        return []
    found: list[str] = []
    for field in FIELDS:
        share = now.get(f"coverage/{field}", 0) / records
        usual = sum(counts.get(f"coverage/{field}", 0) for counts in before) / known
        if share < usual * least:
            found.append(f"{field} is in {share:.0%} of the records, in earlier runs it was in {usual:.0%}")
    return found


def faults(stats: Mapping[str, Any], max_failed: float, max_rejected: float) -> list[str]:
    """What is wrong with a run that has these counts, a line a fault; nothing new is well."""
    found: list[str] = []
    records, rejects = stats.get("item_scraped_count", 0), stats.get("rejects/count", 0)
    prefix = "rejects/reason/"
    reasons = {name.removeprefix(prefix): count for name, count in stats.items() if name.startswith(prefix)}
    failed = sum(count for reason, count in reasons.items() if reason in NOT_FETCHED or reason.startswith("http_"))
    refused = rejects - failed
    seen = records + rejects
    if stats.get("spider_exceptions/count"):
        found.append(f"{stats['spider_exceptions/count']} pages ended in an error of this program; the log has them")
    if seen and failed > max_failed * seen:
        found.append(f"{failed} of {seen} pages could not be fetched; the rejects file says why")
    if seen and refused > max_rejected * seen:
        found.append(f"{refused} of {seen} pages were refused; the rejects file says why")
    unread = [name.removeprefix("sections/unread/") for name in stats if name.startswith("sections/unread/")]
    if unread:
        found.append(f"no listing could be read of {', '.join(sorted(unread))}; the rejects file says why")
    return found


NOT_FETCHED = frozenset({"timeout", "connection", "dns", "download", "incomplete", "robots", "redirects", "too_large"})
