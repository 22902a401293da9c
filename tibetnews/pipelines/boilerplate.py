"""First step: what every page of the outlet carries is moved from the text to ``removed``."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from tibetnews.items import Article, Removed, merged
from tibetnews.text import strip_boilerplate


class Boilerplate:
    """Item pipeline that applies :func:`tibetnews.text.strip_boilerplate`. Counts ``boilerplate/<kind>``."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Article) -> Article:
        stripped = strip_boilerplate(item.text)
        item.text = stripped.text
        item.removed = merged([*(Removed(piece.kind, piece.text) for piece in stripped.removed), *item.removed])
        assert self.crawler.stats
        for piece in item.removed:
            self.crawler.stats.inc_value(f"boilerplate/{piece.kind}")
        return item
