"""Was the run well? The verdict for unattended runs: in the log, in the exit status, and to HEALTH_COMMAND."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import date, datetime
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from tibetnews import clock
from tibetnews.extensions.health_command import tell
from tibetnews.extensions.ledger import UNWRITABLE, ledger_session
from tibetnews.health import Limits, Run, judge
from tibetnews.health.coverage import FIELDS, GROUPS, RECORDS, group_of
from tibetnews.items import Article
from tibetnews.ledger import history, runs
from tibetnews.outlet.sections import section_key
from tibetnews.outlet.urls import OUTLET_TIME
from tibetnews.spiders.sections import SectionsSpider

logger = logging.getLogger(__name__)

HISTORY = 500
"""So many earlier runs are looked at."""


class Health:
    """Extension that judges a run by its counts at its end, stores them with the verdict, and tells HEALTH_COMMAND.

    Counts ``coverage/records`` and ``coverage/<field>`` (records that have it), ``repairs/records`` (records of which
    a mirror's damage was undone), ``repairs/readings``, ``repairs/breaks`` and ``repairs/unresolved``.
    """

    def __init__(self, crawler: Crawler, limits: Limits, command: str, seconds: float) -> None:
        self.crawler = crawler
        self.limits = limits
        self.command = command
        self.seconds = seconds
        self.session = ledger_session(crawler)
        self.groups: dict[str, Counter[str]] = {}
        self.copies: Counter[str] = Counter()
        self.report: dict[str, Any] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        settings = crawler.settings
        limits = Limits(
            settings.getfloat("HEALTH_MAX_FAILED"),
            settings.getfloat("HEALTH_MAX_REJECTED"),
            settings.getfloat("HEALTH_MAX_UNKNOWN_LAYOUT"),
            settings.getfloat("HEALTH_LEAST_COVERAGE"),
            settings.getfloat("HEALTH_SILENCE"),
            settings.getint("HEALTH_SILENT_DAYS"),
            settings.getint("GIVE_UP_AFTER"),
        )
        extension = cls(
            crawler, limits, settings.get("HEALTH_COMMAND") or "", settings.getfloat("HEALTH_COMMAND_SECONDS")
        )
        crawler.signals.connect(extension.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(extension.item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        # Behind the ledger's own end, which its extension has connected before: whatever the command does, data are safe.
        crawler.signals.connect(extension.engine_stopped, signal=signals.engine_stopped)
        return extension

    def item_scraped(self, item: Article) -> None:
        group = self.groups.setdefault(
            group_of(section_key(item.edition, item.section), item.published_at, _today()), Counter({RECORDS: 0})
        )
        for name in (RECORDS, *(field for field in FIELDS if getattr(item, field))):
            group[name] += 1
            self._count(f"coverage/{name}")
        if item.repairs:
            self._count("repairs/records")
            for name in ("readings", "breaks", "unresolved"):
                self._count(f"repairs/{name}", getattr(item.repairs, name))
        self._note_copy(item)

    def item_dropped(self, item: Article) -> None:
        self._note_copy(item)

    def spider_closed(self, spider: Spider, reason: str) -> None:
        assert self.crawler.stats
        db, run = self.session.ledger.db, self.session.run
        told = {name: n for name, n in self.crawler.stats.get_stats().items() if isinstance(n, int | float | str)}
        counts = {name: n for name, n in told.items() if not isinstance(n, str)}
        faults = judge(self._run(spider, reason, {**told, GROUPS: self.groups}), self.limits)
        for fault in faults:
            logger.error("unhealthy: %s", fault)
        self.session.faults.extend(faults)
        started, ended = runs.end(db, run, reason, faults, {**counts, GROUPS: self.groups}, clock.now())
        self.report = {
            "run": run,
            "spider": spider.name,
            "started": started,
            "ended": ended,
            "reason": reason,
            "healthy": not faults,
            "faults": faults,
            "counts": counts,
        }

    def engine_stopped(self) -> None:
        if self.command and self.report:
            if failure := self.session.failure:
                fault = f"the export cannot be written: {failure}"
                self.report |= {"healthy": False, "reason": UNWRITABLE, "faults": [*self.report["faults"], fault]}
            if trouble := tell(self.command, self.report, self.seconds):
                logger.error("HEALTH_COMMAND %s", trouble)

    def _run(self, spider: Spider, reason: str, counts: dict[str, Any]) -> Run:
        """What is judged; addresses that a user named are no sample of the outlet and are judged alone."""
        today, set_back = _today(), self.session.clock_set_back()
        if not isinstance(spider, SectionsSpider):
            return Run(counts, today, copies=self.copies, reason=reason, set_back=set_back)
        db, run = self.session.ledger.db, self.session.run
        walk = spider.walk
        return Run(
            counts,
            today,
            history.earlier_counts(db, run, HISTORY),
            frozenset(spider.read),
            frozenset(spider.bare),
            history.sections_before(db, run, spider.bare),
            history.news_days(db, today, spider.read) if walk.until >= today.isoformat() else {},
            datetime.fromisoformat(walk.since).date() if walk.since else None,
            self.copies,
            reason,
            set_back,
        )

    def _note_copy(self, item: Article) -> None:
        if item.duplicate_of:
            self.copies[item.duplicate_of] += 1

    def _count(self, name: str, number: int = 1) -> None:
        assert self.crawler.stats
        self.crawler.stats.inc_value(name, number)


def _today() -> date:
    """The day by the outlet's clock."""
    return clock.utc().astimezone(OUTLET_TIME).date()
