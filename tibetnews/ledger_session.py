"""What a crawl remembers: its ledger, opened once and shared by all its plugs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from weakref import WeakKeyDictionary

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import call_later
from scrapy.utils.defer import deferred_from_coro

from tibetnews import clock
from tibetnews.items import Article
from tibetnews.ledger import runs
from tibetnews.ledger.articles import DAY, Articles
from tibetnews.ledger.committed_files import recover
from tibetnews.ledger.database import Ledger
from tibetnews.ledger.listings import Walks
from tibetnews.outlet.sections import section_key

logger = logging.getLogger(__name__)

UNWRITABLE = "feed_unwritable"
"""Why a run ends whose export cannot be written, such as on a full disk."""


@dataclass(eq=False)
class Memory:
    """The ledger of one crawl, and the number of its run.

    ``unwritable`` tells why an export of a crawl of this process could not be written, for the exit status.
    """

    unwritable: ClassVar[OSError | None] = None

    crawler: Crawler
    ledger: Ledger
    run: int
    articles: Articles
    walks: Walks
    batch: int
    """After so many records the lines written are committed before the next one is."""
    behind: float
    """Seconds by which the clock was behind the last run when this one began, at ``started``."""
    started: float

    has_feed: bool = False
    """Whether an export's lines are tied to the ledger, and count with its commits."""

    settled: Callable[[str], None] | None = None
    """Called with the address that a record was fetched from, in the transaction in which its line counts."""

    pending: int = 0
    current: Article | None = None

    def begin(self, item: Article) -> None:
        """Called before a line of the item is written: commits a full batch, never between two exports of one item."""
        if item is not self.current:
            if self.pending >= self.batch:
                self.commit()
            self.current = item
            self.pending += 1

    def commit(self) -> None:
        """Make everything so far durable; where the export cannot be written, end the crawl."""
        self.pending = 0
        if self.ledger.failure is None:
            try:
                self.ledger.commit()
                return
            except OSError:
                self._tell()
        end_crawl(self.crawler, UNWRITABLE)

    def close(self) -> None:
        """Close the ledger; what is not durable is done again by the next run."""
        if self.ledger.failure:
            self._tell()
        now = clock.now()
        if now < self.started:  # what failed before the clock was set back waits by the old one
            self.articles.set_back(self.started - now, now)
        self.ledger.close()

    def set_back(self) -> float:
        """Seconds by which the clock was set back since the last run, or during this one."""
        return max(self.behind, self.started - clock.now())

    def _tell(self) -> None:
        if Memory.unwritable is None:
            Memory.unwritable = self.ledger.failure
            logger.error("the export cannot be written: %s; free some space and run again", self.ledger.failure)

    def exported(self, item: Article) -> None:
        """Note that a line was written for the item; it counts with the next commit."""
        http = item.http
        self.articles.exported(
            item.id,
            item.fetched_from or item.url,
            item.content_hash,
            item.published_at,
            (http.etag, http.last_modified) if http else (None, None),
            item.revision,
            self.run,
            clock.now(),
            section_key(item.edition, item.section),
        )
        if self.settled:
            self.settled(item.fetched_from or item.url)


def end_crawl(crawler: Crawler, reason: str) -> None:
    """End a crawl that is at work: what is in flight is finished, and nothing more is asked for."""
    engine = crawler.engine
    if engine is not None and engine.running and crawler.spider is not None:
        call_later(0, lambda: deferred_from_coro(engine.close_spider_async(reason=reason)))


_open: WeakKeyDictionary[Crawler, Memory] = WeakKeyDictionary()


def memory_of(crawler: Crawler) -> Memory:
    """The memory of a crawl, opened at the first call; it is closed when the engine has stopped."""
    if crawler not in _open:
        settings = crawler.settings
        folder = Path(settings["STATE_DIR"]) if settings.get("STATE_DIR") else None
        if folder:
            runs.RunLock.acquire(folder)
        ledger = Ledger.open(folder)
        for path, surplus in recover(ledger.db):
            logger.warning("%s: cut %d bytes that a killed run had not committed", path, surplus)
        revisit = [float(days) * DAY for days in settings.getlist("REVISIT_AFTER_DAYS")]
        articles, now = Articles(ledger.db, revisit), clock.now()
        behind = runs.set_back(ledger.db, now)
        if behind:
            articles.set_back(behind, now)
        name = crawler.spider.name if crawler.spider else crawler.spidercls.name
        memory = Memory(
            crawler,
            ledger,
            runs.begin(ledger.db, name, now),
            articles,
            Walks(ledger.db),
            settings.getint("COMMIT_ITEMS"),
            behind,
            now,
        )
        ledger.commit()
        crawler.signals.connect(memory.close, signal=signals.engine_stopped)
        _open[crawler] = memory
    return _open[crawler]
