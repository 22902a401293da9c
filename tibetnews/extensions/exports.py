"""The exports of a crawl: checked before anything is fetched, and compared at the end with what they were given."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.extensions.feedexport import FeedExporter, FeedSlot, FileFeedStorage
from scrapy.statscollectors import StatsCollector

from tibetnews import stats
from tibetnews.console import without_passwords
from tibetnews.crawl_session import exported_revision, ledger_session
from tibetnews.durability import check_writable
from tibetnews.export_files import rejects_path
from tibetnews.exporters import CommittedStorage
from tibetnews.extensions.ledger import close_after_refusal, end_crawl
from tibetnews.items import Article
from tibetnews.ledger.errors import LedgerError
from tibetnews.ledger.session import LedgerSession

logger = logging.getLogger(__name__)

UNWRITABLE = "feed_unwritable"
"""Why a run ends whose export cannot be written, such as on a full disk."""


@dataclass(eq=False, kw_only=True)
class Exports:
    """Extension that ends a run whose exports, or whose ledger, cannot be written.

    Articles of which no line goes to a local file of JSON Lines that is appended to, as with ``-O`` or with a filter
    of the user's, count as exported once all exports have closed well; without STATE_DIR, where nothing outlasts the
    run, at once. An export that fails, or holds fewer records than it was given, fails the run.
    """

    session: LedgerSession
    stats: StatsCollector
    feeds: Callable[[], FeedExporter | None]
    """Returns Scrapy's exporter."""
    check: Callable[[FeedExporter | None], None]
    """Raises OSError for exports that cannot be made."""
    end_crawl: Callable[[], None]
    close_after_refusal: Callable[[], None]
    failure_logged: bool = False
    uncommitted: list[Article] = field(default_factory=list)
    given: Counter[str] = field(default_factory=Counter)
    stored: Counter[str] = field(default_factory=Counter)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Watch the exports that Scrapy makes."""
        settings = crawler.settings
        extension = cls(
            session=ledger_session(crawler),
            stats=crawler.stats,
            feeds=partial(crawler.get_extension, FeedExporter),
            check=partial(_check_exports, has_feeds=bool(settings.getdict("FEEDS")), rejects=rejects_path(settings)),
            end_crawl=partial(end_crawl, crawler, UNWRITABLE),
            close_after_refusal=partial(close_after_refusal, crawler),
        )
        extension.session.on_failure.append(extension.fail)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(extension.export_file_closed, signal=signals.feed_slot_closed)
        crawler.signals.connect(extension.exports_closed, signal=signals.feed_exporter_closed)
        return extension

    def spider_opened(self) -> None:
        """Look what the exports are; fail if those that were asked for cannot be made."""
        exporter = self.feeds()
        self.session.has_committed_export = any(map(_is_committed, exporter.slots if exporter else ()))
        try:
            self.check(exporter)
        except OSError as error:
            self.session.fail(error)
            self.close_after_refusal()
            raise CloseSpider(UNWRITABLE) from error

    def item_scraped(self, item: Article) -> None:
        """Count an article as exported now, or once the exports are closed."""
        exporter = self.feeds()
        given = [uri for uri, wanted in exporter.filters.items() if wanted.accepts(item)] if exporter else []
        self.given.update(given)
        slots = exporter.slots if exporter else []
        if self.session.lock is None:  # nothing is promised, and nothing is kept waiting
            self.session.record_exported(exported_revision(item))
        elif not any(slot.uri_template in given and _is_committed(slot) for slot in slots):
            self.uncommitted.append(item)

    def export_file_closed(self, slot: FeedSlot) -> None:
        """Count the records of an export's file, or of one of its batches."""
        self.stored[slot.uri_template] += slot.itemcount

    def exports_closed(self) -> None:
        """Count the articles that wait for the exports, unless one of these has failed: then they stay due."""
        failed = [storage for storage, _ in stats.with_prefix(self.stats.get_stats(), stats.FEEDS_FAILED)]
        incomplete = [uri for uri in self.given if self.stored[uri] != self.given[uri]]
        if failed or incomplete:
            counts = [
                f"{without_passwords(uri)} has {self.stored[uri]} of {self.given[uri]} records" for uri in incomplete
            ]
            self.session.fail(OSError("; ".join([*(f"{name} failed" for name in failed), *counts])))
        else:
            for item in self.uncommitted:
                self.session.record_exported(exported_revision(item))
        self.uncommitted.clear()

    def fail(self, failure: Exception) -> None:
        """End a crawl whose export or ledger cannot be written."""
        if not self.failure_logged:
            self.failure_logged = True
            logger.error("%s", failure_in_one_line(failure))
        self.end_crawl()


def _is_committed(slot: FeedSlot) -> bool:
    """Return whether the lines of an export count with the ledger's commits."""
    return isinstance(slot.storage, CommittedStorage) and slot.storage.committed


def failure_in_one_line(failure: Exception) -> str:
    """Return what could not be written, and what to do."""
    if isinstance(failure, LedgerError):
        return str(failure)
    return f"the export cannot be written: {failure}; mend that (rights, disk, address, password) and run again"


def _check_exports(exporter: FeedExporter | None, *, has_feeds: bool, rejects: Path) -> None:
    """Raise OSError if an export cannot be made, or the rejects beside it, before anything is asked for."""
    if has_feeds and (exporter is None or len(exporter.slots) < len(exporter.feeds)):
        raise OSError("Scrapy cannot make the exports that were asked for; the lines above say why")
    check_writable(rejects)
    for slot in exporter.slots if exporter else ():
        if isinstance(slot.storage, FileFeedStorage):
            path = Path(slot.storage.path)
            check_writable(path)
            if slot.format == "parquet":
                _check_parquet(path, appends=slot.storage.write_mode == "ab")


def _check_parquet(path: Path, *, appends: bool) -> None:
    """Raise OSError if a Parquet file cannot be written."""
    if find_spec("pyarrow") is None:
        raise OSError(f"{path}: the format parquet needs pyarrow; install it with: pip install pyarrow")
    if appends and path.exists() and path.stat().st_size:
        raise OSError(f"{path}: nothing can be appended to a Parquet file; use -O, or %(time)s in its name")
