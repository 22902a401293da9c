"""Lets a crawl end whose records come from its spider's ``start`` and not from responses."""

from __future__ import annotations

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call

_SECONDS = 0.5


def is_ending(crawler: Crawler) -> bool:
    """Return whether a crawl is being closed, so that ``start`` is to give no more records."""
    slot = crawler.engine.scraper.slot
    return slot is None or slot.closing is not None


def end_once_idle(crawler: Crawler) -> None:
    """Look from now on whether a crawl that is being closed has processed its last record.

    Scrapy 2.19 looks only when it is done with a response. A crawl that was ended, by Ctrl-C or a limit, while a record
    of ``start`` was in the pipelines would wait for ever.
    """

    def look() -> None:
        slot = crawler.engine.scraper.slot
        if slot and slot.closing and not slot.closing.called and slot.is_idle() and crawler.spider:
            slot.closing.callback(crawler.spider)

    timer = create_looping_call(look)
    timer.start(_SECONDS, now=False)
    crawler.signals.connect(lambda: timer.stop(), signal=signals.spider_closed, weak=False)
