"""The log for people: what the network does is told in a line and not as a traceback, and no text in it steers a
terminal."""

from __future__ import annotations

import logging
from typing import Self

from scrapy.crawler import Crawler
from scrapy.utils.log import get_scrapy_root_handler

from tibetnews.console import printable

_TELLS_TOO_MUCH = logging.getLogger("scrapy.downloadermiddlewares.robotstxt")


class PlainLog:
    """Extension that takes control characters from the log, and the traceback from the line on a robots.txt that could
    not be fetched.

    Other failures of the network are the rejects' business, and Scrapy logs no traceback for them.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if without_traceback not in _TELLS_TOO_MUCH.filters:
            _TELLS_TOO_MUCH.addFilter(without_traceback)
        handler = get_scrapy_root_handler()
        if handler is not None and handler.formatter and not isinstance(handler.formatter, Printable):
            handler.setFormatter(Printable(handler.formatter))
        return cls()


class Printable(logging.Formatter):
    """Formats as another formatter does, without what a terminal might obey; lines stay lines."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self.inner = inner

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(map(printable, self.inner.format(record).split("\n")))


def without_traceback(record: logging.LogRecord) -> bool:
    """A filter of log records that lets all pass, without their exceptions."""
    record.exc_info = None
    return True
