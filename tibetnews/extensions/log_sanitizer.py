"""Removes terminal control characters, and tracebacks of failed robots.txt requests, from the log."""

from __future__ import annotations

import logging
from typing import Self

from scrapy.crawler import Crawler
from scrapy.utils.log import get_scrapy_root_handler

from tibetnews.console import printable

_ROBOTS_LOGGER = logging.getLogger("scrapy.downloadermiddlewares.robotstxt")


class LogSanitizer:
    """Extension that installs the formatter and the filter below.

    Only Scrapy's robots.txt middleware logs a traceback for a failure of the network; a line says as much.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Install the formatter and the filter."""
        _ROBOTS_LOGGER.addFilter(drop_traceback)
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


def drop_traceback(record: logging.LogRecord) -> bool:
    """Remove the traceback from a log record and let the record pass."""
    record.exc_info = None
    return True
