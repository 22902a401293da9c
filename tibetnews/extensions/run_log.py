"""Keeps the log of the last run in STATE_DIR, where the report finds it."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from tibetnews import __version__
from tibetnews.crawl_session import ledger_session
from tibetnews.extensions.log_sanitizer import SanitizingFormatter
from tibetnews.ledger.status import RUN_LOG

logger = logging.getLogger(__name__)

_FORMAT = logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M:%S%z")


class RunLog:
    """Extension that writes the log of the run, from INFO or LOG_LEVEL on, to STATE_DIR/last-run.log as well."""

    def __init__(self, handler: logging.Handler) -> None:
        self.handler = handler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Begin the file anew; the ledger's lock is held, so that no other run writes it."""
        if not crawler.settings.get("STATE_DIR") or not crawler.settings.getbool("LOG_ENABLED"):
            raise NotConfigured
        path = Path(crawler.settings["STATE_DIR"]) / RUN_LOG
        handler: logging.Handler = _LogFile(path, mode="w", encoding="utf-8", errors="replace", delay=True)
        if path.exists() and not path.is_file():  # a pipe would be waited for
            logger.warning("%s is no file, so that the report has no log of this run", path)
            handler = logging.NullHandler()
        extension = cls(handler)
        extension.handler.setFormatter(SanitizingFormatter(_FORMAT))
        extension.handler.setLevel(crawler.settings["LOG_LEVEL"])
        extension.handler.addFilter(lambda record: record.levelno >= logging.INFO)
        logging.getLogger().addHandler(extension.handler)
        crawler.signals.connect(extension.close, signal=signals.engine_stopped)  # after the verdict
        run, spider = ledger_session(crawler).run, crawler.spidercls.name
        logger.info("run %d begins: %s, tibetnews %s", run, spider, __version__)
        return extension

    def close(self) -> None:
        """End the file."""
        logging.getLogger().removeHandler(self.handler)
        with suppress(OSError):
            self.handler.close()


class _LogFile(logging.FileHandler):
    """A file whose failures, as on a full disk, end nothing: the log itself goes on."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):  # it cannot be opened
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        """Leave the line out."""
