"""The verdict on an unattended run: in the log, in the ledger, in the exit status, and to HEALTH_COMMAND."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FeedSlot
from scrapy.statscollectors import StatsCollector

from tibetnews import clock, stats
from tibetnews.console import printable, without_passwords
from tibetnews.crawl_session import ledger_session
from tibetnews.export_files import outlet_day, today
from tibetnews.extensions.exports import UNWRITABLE, failure_in_one_line
from tibetnews.extensions.health_command import HealthCommand
from tibetnews.extensions.ledger import session_closed
from tibetnews.health.changes import UnwellRun, change_of
from tibetnews.health.coverage import GROUPS, RECORDS, WATCHED_FIELDS, group_of
from tibetnews.health.limits import Limits
from tibetnews.health.pages import program_errors
from tibetnews.health.verdict import Run, judge
from tibetnews.health.wording import cause_in_short
from tibetnews.items import Article
from tibetnews.ledger import history, runs
from tibetnews.ledger.errors import LedgerError
from tibetnews.ledger.session import LedgerSession
from tibetnews.ledger.timestamps import utc_timestamp
from tibetnews.outlet.sections import section_key
from tibetnews.spiders.sections import SectionsSpider
from tibetnews.stats import Counts
from tibetnews.wording import counted

logger = logging.getLogger(__name__)

EARLIER_RUNS = 500
"""A run is compared with at most so many runs before it."""

_LOGGERS_OF_COMPONENTS = ("scrapy.utils.signal", "scrapy.core.engine")
"""Who logs what the handler of a signal raised, or a component that is opened or closed."""


@dataclass(eq=False)
class Health:
    """Extension that judges a run by its counts at its end, stores both in the ledger, and reports to HEALTH_COMMAND.

    Counts the records, the fields that they have and their repairs: the stats ``coverage/…`` and ``repairs/…``.
    """

    stats: StatsCollector
    session: LedgerSession
    limits: Limits
    command: HealthCommand | None
    folder: Path
    groups: dict[str, Counter[str]] = field(default_factory=dict)
    repeats: Counter[str] = field(default_factory=Counter)
    exports: list[str] = field(default_factory=list)
    report: dict[str, Any] = field(default_factory=dict)
    unwell: list[UnwellRun] = field(default_factory=list)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the limits and the command from the settings."""
        settings = crawler.settings
        limits = Limits.from_settings(settings.getfloat)
        command = None
        if line := settings.get("HEALTH_COMMAND"):
            seconds = settings.getfloat("HEALTH_COMMAND_TIMEOUT_SECONDS")
            command = HealthCommand(line, seconds, settings.get("HEALTH_COMMAND_WHEN") == "changes")
        extension = cls(crawler.stats, ledger_session(crawler), limits, command, Path(settings["EXPORT_DIR"]))
        crawler.signals.connect(extension.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(extension.item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(extension.export_file_closed, signal=signals.feed_slot_closed)
        crawler.signals.connect(extension.session_closed, signal=session_closed)
        for name in _LOGGERS_OF_COMPONENTS:
            logging.getLogger(name).addFilter(extension.count_failure)
        return extension

    def count_failure(self, record: logging.LogRecord) -> bool:
        """Count what a component raised, which Scrapy logs only; files that cannot be written end the run elsewhere."""
        error = record.exc_info[1] if record.exc_info else None
        if record.levelno >= logging.ERROR and error and not isinstance(error, LedgerError | OSError):
            self.stats.inc_value(stats.COMPONENT_ERRORS)
        return True

    def item_scraped(self, item: Article) -> None:
        """Count the fields and repairs of a record."""
        section = section_key(item.edition, item.section)
        group = self.groups.setdefault(group_of(section, item.published_at, outlet_day()), Counter({RECORDS: 0}))
        for name in (RECORDS, *(key for key in WATCHED_FIELDS if getattr(item, key))):
            group[name] += 1
            self.stats.inc_value(f"{stats.COVERAGE}{name}")
        if item.repairs:
            self.stats.inc_value(stats.REPAIRED_RECORDS)
            self.stats.inc_value(stats.REPAIRED_READINGS, item.repairs.readings)
            self.stats.inc_value(stats.REPAIRED_BREAKS, item.repairs.breaks)
            self.stats.inc_value(stats.REPAIRS_UNRESOLVED, item.repairs.unresolved)
        self._count_repeat(item)

    def item_dropped(self, item: Article) -> None:
        """Count a dropped record that repeats a story."""
        self._count_repeat(item)

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Judge the run and store the verdict in the ledger."""
        values = {name: n for name, n in self.stats.get_stats().items() if isinstance(n, int | float | str)}
        counts = {name: n for name, n in values.items() if not isinstance(n, str)}
        faults = [*map(printable, judge(self._run(spider, reason, {**values, GROUPS: self.groups}), self.limits))]
        db, run = self.session.ledger.db, self.session.run
        started, ended = runs.end(db, run, reason, faults, {**counts, GROUPS: self.groups}, clock.now())
        self.session.faults.extend(faults)
        self.unwell = history.unwell_runs(db, run)
        self.report = {
            "run": run,
            "spider": spider.name,
            "started": started,
            "ended": ended,
            "reason": reason,
            "healthy": True,
            "change": None,
            "since": None,
            "cause": None,
            "faults": self.session.faults,
            "counts": counts,
        }

    def export_file_closed(self, slot: FeedSlot) -> None:
        """Note where records were written."""
        if slot.itemcount:
            self.exports.append(without_passwords(slot.uri))

    def session_closed(self) -> None:
        """Write the verdict as the last lines of the log, and send the report to HEALTH_COMMAND."""
        for name in _LOGGERS_OF_COMPONENTS:
            logging.getLogger(name).removeFilter(self.count_failure)
        if self.report and not self.session.failure and stats.COMPONENT_ERRORS not in self.report["counts"]:
            since = self.stats.get_value(stats.COMPONENT_ERRORS, 0)  # the verdict
            self.session.faults.extend(program_errors({stats.COMPONENT_ERRORS: since}))
        for fault in self.session.faults:
            logger.error("unhealthy: %s", fault)
        if self.report and not self.session.failure:
            logger.info("%s: %s", "written" if self.session.faults else "healthy", self._written())
        if self.command and self.report:
            if failure := self.session.failure:
                self.session.faults.append(failure_in_one_line(failure))
                self.report["reason"] = UNWRITABLE
            self._send(self.command)

    def _send(self, command: HealthCommand) -> None:
        """Run HEALTH_COMMAND, if it wants to know of this run."""
        faults = self.session.faults
        change = change_of(faults, clock.utc(), self.unwell)
        if command.is_for_changes and change is None:
            return
        report = {**self.report, "healthy": not faults, "cause": cause_in_short(faults[0]) if faults else None}
        if change:
            report |= {"change": change.kind, "since": utc_timestamp(change.since.timestamp())}
        if trouble := command.send(report):
            logger.error("HEALTH_COMMAND %s", trouble)

    def _written(self) -> str:
        """Return how much was written, and where it lies."""
        counts = self.report["counts"]
        records, rejects = counts.get(stats.RECORDS, 0), counts.get(stats.REJECTS, 0)
        path = self.folder / f"rejected-{today()}.jsonl"
        files = ", ".join([*self.exports, *([str(path)] if rejects and path.exists() else [])])
        summary = counted(records, "record") + (f", {counted(rejects, 'reject')}" if rejects else "")
        if not records and not self.session.faults and (unchanged := counts.get(stats.REVISIONS_UNCHANGED)):
            summary += f", {unchanged:,} unchanged"
        if (reason := self.report["reason"]) != "finished" and not self.session.faults:
            continues = ", and the next run continues" if self.session.ledger.folder else ""  # a new one begins anew
            summary += f"; ended early ({reason}){continues}"
        return summary + (f"; see {files}" if files else "")

    def _run(self, spider: Spider, reason: str, counts: Counts) -> Run:
        """Return what is judged. Addresses that a user named are no sample of the outlet and are judged alone."""
        run = Run(
            counts=counts,
            today=outlet_day(),
            finish_reason=reason,
            asks_outlet=getattr(spider, "asks_outlet", True),
            rejects_file=str(self.folder / f"rejected-{today()}.jsonl"),
            repeats=self.repeats,
            clock_set_back_seconds=self.session.clock_set_back(),
        )
        if not isinstance(spider, SectionsSpider):
            return run
        db, number, scope = self.session.ledger.db, self.session.run, spider.scope
        takes_today = scope.until >= run.today.isoformat()
        return replace(
            run,
            earlier_counts=history.earlier_counts(db, number, EARLIER_RUNS),
            read_sections=frozenset(spider.visited_sections),
            empty_sections=frozenset(spider.empty_sections),
            known_sections=history.sections_before(db, number, spider.empty_sections),
            news_days=history.news_days(db, run.today, spider.visited_sections) if takes_today else {},
            since=datetime.fromisoformat(scope.since).date() if scope.since else None,
        )

    def _count_repeat(self, item: Article) -> None:
        if item.duplicate_of:
            self.repeats[item.duplicate_of] += 1
