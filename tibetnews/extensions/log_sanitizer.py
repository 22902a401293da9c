"""Keeps the log short and safe: Scrapy's own lines go to DEBUG, control characters and passwords leave it."""

from __future__ import annotations

import logging
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.utils.log import get_scrapy_root_handler

from tibetnews.console import printable, without_passwords

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

    What Scrapy tells about itself, and failures that the verdict tells, become records of the level DEBUG.
    """
    make = logging.getLogRecordFactory()
    if getattr(make, "sanitizes", False):
        return

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
