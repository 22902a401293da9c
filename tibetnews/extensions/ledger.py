"""The ledger in a crawl: opened before other components, committed every COMMIT_SECONDS, closed with the engine."""

from __future__ import annotations

import asyncio
import logging
import re
from collections import Counter
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Self
from weakref import WeakKeyDictionary

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.extensions.feedexport import FeedExporter, FeedSlot, FileFeedStorage
from scrapy.settings import BaseSettings
from scrapy.utils.asyncio import call_later, create_looping_call
from scrapy.utils.defer import deferred_from_coro

from tibetnews import clock, stats
from tibetnews.durability import check_writable
from tibetnews.items import Article
from tibetnews.ledger.articles import DAY, ExportedRevision
from tibetnews.ledger.errors import LedgerDamagedError, LedgerError, LedgerLockedError
from tibetnews.ledger.session import LedgerSession
from tibetnews.outlet.sections import section_key
from tibetnews.outlet.urls import OUTLET_TIME

logger = logging.getLogger(__name__)

UNWRITABLE = "feed_unwritable"
"""Why a run ends whose export cannot be written, such as on a full disk."""

_PASSWORD = re.compile(r"//[^/@]*@")
"""User and password in an address."""

_LOGGERS_OF_ERRORS = (
    *("scrapy.core.scraper", "scrapy.core.engine", "scrapy.utils.signal", "scrapy.extensions.feedexport"),
    "scrapy.middleware",
)
"""Who logs what a component raises."""

session_closed = object()
"""Signal: the crawl's session is closed, and its failure is known."""

_sessions: WeakKeyDictionary[Crawler, LedgerSession | LedgerError] = WeakKeyDictionary()
"""Of each crawl its session, or why it has none."""


@dataclass(frozen=True, slots=True)
class SessionOutcome:
    """How a crawl ended, for its exit status."""

    refusal: LedgerError | None = None
    """Why the session could not be opened."""
    failure: Exception | None = None
    """Why an export, or the ledger, could not be written."""
    faults: tuple[str, ...] = ()
    """What was wrong with the run."""


def ledger_session(crawler: Crawler) -> LedgerSession:
    """Return the session that LedgerExtension opened for this crawl."""
    session = _sessions.get(crawler)
    if session is None or isinstance(session, LedgerError):
        raise RuntimeError(f"{LedgerExtension.__qualname__} must be enabled, before the components that use the ledger")
    return session


def session_outcome(crawler: Crawler) -> SessionOutcome:
    """Return the outcome of a crawl that is over; an empty one if it failed before it came to the ledger."""
    session = _sessions.get(crawler)
    if isinstance(session, LedgerSession):
        if isinstance(session.failure, LedgerDamagedError | LedgerLockedError):
            return SessionOutcome(refusal=session.failure)
        return SessionOutcome(failure=session.failure, faults=tuple(session.faults))
    return SessionOutcome(refusal=session)


class LedgerExtension:
    """Extension that opens the crawl's ledger session, commits it every COMMIT_SECONDS seconds and closes it.

    Scrapy makes extensions, in their order, before middlewares and pipelines, and opens exports after them: what uses
    the ledger finds it open. A crawl whose ledger is locked or unusable fails here, with the LedgerError, before
    anything is written. If no export is a local file of JSON Lines that is appended to, articles count as exported once
    all exports have closed well; without STATE_DIR, where nothing outlasts the run, at once. An export that fails, or
    holds fewer records than it was given, fails the run.
    """

    def __init__(self, crawler: Crawler, session: LedgerSession, commit_seconds: float) -> None:
        self.crawler = crawler
        self.session = session
        self.failure_logged = self.is_refused = False
        self.uncommitted: list[Article] = []
        self.given: Counter[str] = Counter()
        self.stored: Counter[str] = Counter()
        self.commit_seconds = commit_seconds
        session.on_failure.append(self.end_crawl)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the session; raise LedgerError if the ledger is locked or unusable."""
        settings = crawler.settings
        try:
            session = _sessions[crawler] = LedgerSession.open(
                Path(settings["STATE_DIR"]) if settings.get("STATE_DIR") else None,
                crawler.spidercls.name,
                clock=clock.now,
                revisit_after=[float(days) * DAY for days in settings.getlist("REVISIT_AFTER_DAYS")],
                batch_size=settings.getint("COMMIT_ITEMS"),
                exports=exports_of(settings) if settings.get("STATE_DIR") else (),
            )
        except LedgerError as error:
            _sessions[crawler] = error
            logging.getLogger("asyncio").addFilter(ledger_error_in_one_line)  # it logs what ends a crawl
            raise
        for name in _LOGGERS_OF_ERRORS:
            logging.getLogger(name).addFilter(no_ledger_error)
        for file in session.recovered:
            logger.warning("%s: %s%s", file.path, f"cut {file.bytes_cut} " if file.bytes_cut else "", file.detail)
        if session.lock and session.run == 1 and exports_of(settings):
            logger.warning(
                "this ledger is new, and %s holds exports, whose articles come again; `tibetnews ledger rebuild` makes"
                " a ledger that knows them",
                settings["EXPORT_DIR"],
            )
        extension = cls(crawler, session, settings.getfloat("COMMIT_SECONDS"))
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(extension.export_file_closed, signal=signals.feed_slot_closed)
        crawler.signals.connect(extension.exports_closed, signal=signals.feed_exporter_closed)
        crawler.signals.connect(extension.close_session, signal=signals.engine_stopped)
        return extension

    def spider_opened(self) -> None:
        """Begin to commit every COMMIT_SECONDS seconds; fail if the exports that were asked for cannot be made."""
        self.periodic_commit = create_looping_call(self.session.commit)
        self.periodic_commit.start(self.commit_seconds, now=False)
        try:
            self._check_exports()
        except OSError as error:
            self.session.fail(error)
            self.is_refused = True
            raise CloseSpider(UNWRITABLE) from error

    def close_session(self) -> None:
        """Close the session; whoever then reports on the run finds the data safe."""
        self.session.close()
        self.crawler.signals.send_catch_log(session_closed)

    def item_scraped(self, item: Article) -> None:
        """Count an article as exported now, or once the exports are closed."""
        if self.session.lock is None:  # nothing is promised, and nothing is kept waiting
            self.session.record_exported(exported_revision(item))
        elif not self.session.has_committed_export:
            self.uncommitted.append(item)
        if exporter := self.crawler.get_extension(FeedExporter):
            self.given.update(uri for uri, item_filter in exporter.filters.items() if item_filter.accepts(item))

    def export_file_closed(self, slot: FeedSlot) -> None:
        """Count the records of an export's file, or of one of its batches."""
        self.stored[slot.uri_template] += slot.itemcount

    async def spider_closed(self) -> None:
        """Stop the periodic commits."""
        if self.periodic_commit.running:
            self.periodic_commit.stop()
        if self.is_refused:  # Scrapy does not say that an engine has stopped which never was started
            await asyncio.sleep(0)  # the other extensions have their turn
            self.close_session()

    def exports_closed(self) -> None:
        """Count the articles that wait for the exports, unless one of these has failed: then they stay due."""
        failed = [storage for storage, _ in stats.with_prefix(self.crawler.stats.get_stats(), stats.FEEDS_FAILED)]
        incomplete = [uri for uri in self.given if self.stored[uri] != self.given[uri]]
        if failed or incomplete:
            counts = [
                f"{_PASSWORD.sub('//', uri)} has {self.stored[uri]} of {self.given[uri]} records" for uri in incomplete
            ]
            self.session.fail(OSError("; ".join([*(f"{name} failed" for name in failed), *counts])))
        else:
            for item in self.uncommitted:
                self.session.record_exported(exported_revision(item))
        self.uncommitted.clear()

    def end_crawl(self, failure: Exception) -> None:
        """End a crawl whose export or ledger cannot be written."""
        if not self.failure_logged:
            self.failure_logged = True
            logger.error("%s", failure_in_one_line(failure))
        end_crawl(self.crawler, UNWRITABLE)

    def _check_exports(self) -> None:
        """Raise OSError if an export cannot be made, or the rejects beside it, before anything is asked for."""
        settings = self.crawler.settings
        exporter = self.crawler.get_extension(FeedExporter)
        if settings.getdict("FEEDS") and exporter is None:
            raise OSError("Scrapy cannot make the exports that were asked for; the lines above say why")
        check_writable(rejects_path(settings))
        for slot in exporter.slots if exporter else ():
            if isinstance(slot.storage, FileFeedStorage):
                path = Path(slot.storage.path)
                check_writable(path)
                if slot.format == "parquet":
                    _check_parquet(path, appends=slot.storage.write_mode == "ab")


def end_crawl(crawler: Crawler, reason: str) -> None:
    """End a crawl that is at work: requests in flight are finished, and no more are made."""
    if crawler.spider is not None and crawler.engine.running:
        call_later(0, lambda: deferred_from_coro(crawler.engine.close_spider_async(reason=reason)))


def exported_revision(item: Article) -> ExportedRevision:
    """Return what the ledger keeps of a record's line."""
    return ExportedRevision(
        id=item.id,
        url=item.fetched_from or item.url,
        section=section_key(item.edition, item.section),
        content_hash=item.content_hash,
        published_at=item.published_at,
        etag=item.http.etag if item.http else None,
        last_modified=item.http.last_modified if item.http else None,
        revision=item.revision,
    )


def exports_of(settings: BaseSettings) -> list[Path]:
    """Return the exports that lie in EXPORT_DIR."""
    return sorted(path for path in Path(settings["EXPORT_DIR"]).glob("articles-*.jsonl") if path.is_file())


def rejects_path(settings: BaseSettings) -> Path:
    """Return the file that rejects go to now, by the day at the outlet."""
    return Path(settings["EXPORT_DIR"]) / f"rejected-{clock.utc().astimezone(OUTLET_TIME):%Y%m%d}.jsonl"


def failure_in_one_line(failure: Exception) -> str:
    """Return what could not be written, and what to do."""
    if isinstance(failure, LedgerError):
        return str(failure)
    return f"the export cannot be written: {failure}; mend that (rights, disk, address, password) and run again"


def ledger_error_in_one_line(record: logging.LogRecord) -> bool:
    """Take the traceback from log records about a LedgerError: its message says what to do."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, LedgerError):
        record.msg, record.args, record.exc_info = str(error), (), None
    return True


def no_ledger_error(record: logging.LogRecord) -> bool:
    """Leave out log records about a LedgerError in a crawl: the run ends for the first one, and a line says so."""
    return not (record.exc_info and isinstance(record.exc_info[1], LedgerError))


def _check_parquet(path: Path, *, appends: bool) -> None:
    """Raise OSError if a Parquet file cannot be written."""
    if find_spec("pyarrow") is None:
        raise OSError(f"{path}: the format parquet needs pyarrow; pip install 'tibetnews[parquet]'")
    if appends and path.exists() and path.stat().st_size:
        raise OSError(f"{path}: nothing can be appended to a Parquet file; use -O, or %(time)s in its name")
