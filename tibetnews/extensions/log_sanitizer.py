"""Keeps the log short and safe: Scrapy's own lines go to DEBUG, control characters and passwords leave it."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.utils.log import get_scrapy_root_handler

from tibetnews.console import print_message, printable, without_passwords

_TOLD_BY_THE_VERDICT = (
    "scrapy.core.downloader.handlers.",
    "scrapy.downloadermiddlewares.httpcompression",
    "scrapy.downloadermiddlewares.retry",
    "scrapy.downloadermiddlewares.robotstxt",
)
"""How Scrapy's loggers begin that tell, once for each page, what the rejects file and the verdict tell."""


class LogSanitizer:
    """Extension that installs the formatter and the record factory below."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Install both."""
        sanitize_records()
        # else each request and each record makes a line of the log that no handler takes
        logging.getLogger("scrapy.core").setLevel(crawler.settings["LOG_LEVEL"])
        handler = get_scrapy_root_handler()
        if handler is not None and handler.formatter and not isinstance(handler.formatter, SanitizingFormatter):
            handler.setFormatter(SanitizingFormatter(handler.formatter))
        return cls()


class SanitizingFormatter(logging.Formatter):
    """Formats with another formatter, and removes what a terminal might obey; lines stay lines."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self.inner = inner

    def format(self, record: logging.LogRecord) -> str:
        """Return the formatted record without control characters."""
        return "\n".join(map(printable, self.inner.format(record).split("\n")))


def sanitize_records() -> None:
    """Clean each log record as it is made: Scrapy replaces its handler once extensions are made.

    What Scrapy tells about itself, and failures that the verdict tells, become records of the level DEBUG. A log file
    that cannot be written any more, as on a full disk, is one message, and the run goes on.
    """
    make = logging.getLogRecordFactory()
    if getattr(make, "sanitizes", False):
        return
    logging.Handler.handleError = _leave_full_log  # type: ignore[method-assign, assignment]

    def make_sanitized(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        if record.name.startswith(_TOLD_BY_THE_VERDICT) or (
            record.name.startswith("scrapy.") and record.levelno == logging.INFO
        ):
            record.levelno, record.levelname, record.exc_info = logging.DEBUG, "DEBUG", None
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):  # the handler reports it
            return record
        clean = without_passwords("\n".join(map(printable, message.split("\n"))))
        if clean != message:
            record.msg, record.args = clean, None
        return record

    make_sanitized.sanitizes = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(make_sanitized)


def _leave_full_log(handler: logging.Handler, record: logging.LogRecord) -> None:
    """Go on without a log file that cannot be written; what else is wrong with a record is told as logging does.

    It would print a traceback for each record, and Scrapy would end the run, since the file cannot be closed either.
    """
    error = sys.exc_info()[1]
    if not (isinstance(handler, logging.FileHandler) and isinstance(error, OSError)):
        _report(handler, record)
        return
    if handler.baseFilename not in _full_logs:
        _full_logs.add(handler.baseFilename)
        print_message("crawl", f"{handler.baseFilename}: the log cannot be written: {error.strerror}; the run goes on")
    handler.stream = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - the handler closes it


_report = logging.Handler.handleError
_full_logs: set[str] = set()
"""Those of which the user was told."""
