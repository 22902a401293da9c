"""Removes terminal control characters, and tracebacks of failed robots.txt requests, from the log."""

from __future__ import annotations

import logging
import re
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.utils.log import get_scrapy_root_handler

from tibetnews.console import printable

_PASSWORD = re.compile(r"//[^/@\s'\"]*+@")
"""User and password in an address."""

_ROBOTS_LOGGER = logging.getLogger("scrapy.downloadermiddlewares.robotstxt")


class LogSanitizer:
    """Extension that installs the formatter and the filter below.

    Only Scrapy's robots.txt middleware logs a traceback for a failure of the network; a line says as much.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Install the formatter and the filter."""
        _ROBOTS_LOGGER.addFilter(drop_traceback)
        sanitize_records()
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
    """Clean the message of each log record as it is made: Scrapy replaces its handler once extensions are made."""
    make = logging.getLogRecordFactory()
    if getattr(make, "sanitizes", False):
        return

    def make_sanitized(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):  # the handler reports it
            return record
        if not message.isprintable() or _PASSWORD.search(message):
            message = _PASSWORD.sub("//", "\n".join(map(printable, message.split("\n"))))
            record.msg, record.args = message, None
        return record

    make_sanitized.sanitizes = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(make_sanitized)


def drop_traceback(record: logging.LogRecord) -> bool:
    """Remove the traceback from a log record and let the record pass."""
    record.exc_info = None
    return True
