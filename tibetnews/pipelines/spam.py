"""Second step: link farms are moved from the text to ``removed``."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from tibetnews.items import Article, Removed
from tibetnews.text import strip_spam


class Spam:
    """Item pipeline that applies :func:`tibetnews.text.strip_spam`. Counts ``spam/pieces``."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Article) -> Article:
        stripped = strip_spam(item.text)
        if stripped.removed:
            item.text = stripped.text
            item.removed += [Removed(piece.kind, piece.text) for piece in stripped.removed]
            assert self.crawler.stats
            self.crawler.stats.inc_value("spam/pieces", len(stripped.removed))
        return item
