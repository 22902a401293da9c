"""The ledger in a crawl: opened before other components, committed every COMMIT_SECONDS, closed with the engine."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import call_later, create_looping_call
from scrapy.utils.defer import deferred_from_coro

from tibetnews.crawl_session import open_session
from tibetnews.export_files import exports_of
from tibetnews.ledger.errors import LedgerError
from tibetnews.ledger.session import LedgerSession

logger = logging.getLogger(__name__)

_LOGGERS_OF_ERRORS = (
    *("scrapy.core.scraper", "scrapy.core.engine", "scrapy.utils.signal", "scrapy.extensions.feedexport"),
    "scrapy.middleware",
)
"""Who logs what a component raises."""

_LOGGERS_OF_EXPORTS = ("scrapy.utils.signal", "scrapy.extensions.feedexport")

session_closed = object()
"""Signal: the crawl's session is closed, and its failure is known."""


class LedgerExtension:
    """Extension that opens the crawl's ledger session, commits it every COMMIT_SECONDS seconds and closes it.

    Scrapy makes extensions, in their order, before middlewares and pipelines, and opens exports after them: what uses
    the ledger finds it open. A crawl whose ledger is locked or unusable fails here, with the LedgerError, before
    anything is written.
    """

    def __init__(self, session: LedgerSession, commit_seconds: float, on_closed: Callable[[], object]) -> None:
        self.session = session
        self.commit_seconds = commit_seconds
        self.on_closed = on_closed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the session; raise LedgerError if the ledger is locked or unusable."""
        settings = crawler.settings
        try:
            session = open_session(crawler)
        except LedgerError as error:
            logger.error("%s", error)  # noqa: TRY400 - a script with several crawls learns it from nobody else
            logging.getLogger("asyncio").addFilter(no_ledger_error)
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
        announce = partial(crawler.signals.send_catch_log, session_closed)
        extension = cls(session, settings.getfloat("COMMIT_SECONDS"), announce)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(extension.close_session, signal=signals.engine_stopped)
        return extension

    def spider_opened(self) -> None:
        """Begin to commit every COMMIT_SECONDS seconds."""
        self.periodic_commit = create_looping_call(self.session.commit)
        self.periodic_commit.start(self.commit_seconds, now=False)

    def spider_closed(self) -> None:
        """Stop the periodic commits."""
        if self.periodic_commit.running:
            self.periodic_commit.stop()

    def close_session(self) -> None:
        """Close the session; whoever then reports on the run finds the data safe."""
        self.session.close()
        self.on_closed()


def close_after_refusal(crawler: Crawler) -> None:
    """Let the session close last of all when the spider closes: an engine that never started says no more."""
    if extension := crawler.get_extension(LedgerExtension):
        crawler.signals.connect(extension.close_session, signal=signals.spider_closed)


def end_crawl(crawler: Crawler, reason: str) -> None:
    """End a crawl that is at work: requests in flight are finished, and no more are made."""
    if crawler.spider is not None and crawler.engine.running:
        call_later(0, lambda: deferred_from_coro(crawler.engine.close_spider_async(reason=reason)))


def no_ledger_error(record: logging.LogRecord) -> bool:
    """Leave out log records about a LedgerError in a crawl: the run ends for the first one, and a line says so.

    An export that fails otherwise, as on a full disk, is a line without a traceback.
    """
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, OSError) and record.name in _LOGGERS_OF_EXPORTS:
        record.msg, record.args, record.exc_info = f"{record.getMessage().splitlines()[0]}: {error}", (), None
    return not isinstance(error, LedgerError)
