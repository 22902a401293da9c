"""What the network does is no fault of this program, so the log tells it in a line and not as a traceback."""

from __future__ import annotations

import logging
from typing import Self

from scrapy.crawler import Crawler

_TELLS_TOO_MUCH = logging.getLogger("scrapy.downloadermiddlewares.robotstxt")


class PlainLog:
    """Extension that takes the traceback from the line on a robots.txt that could not be fetched.

    Other failures of the network are the rejects' business, and Scrapy logs no traceback for them.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if without_traceback not in _TELLS_TOO_MUCH.filters:
            _TELLS_TOO_MUCH.addFilter(without_traceback)
        return cls()


def without_traceback(record: logging.LogRecord) -> bool:
    """A filter of log records that lets all pass, without their exceptions."""
    record.exc_info = None
    return True
