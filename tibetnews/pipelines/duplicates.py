"""Fifth step: a story that came before under another id is marked as its copy, or dropped."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from tibetnews.items import Article
from tibetnews.pipelines.refused import Refused


class Duplicates:
    """Item pipeline that sets duplicate_of and similarity; the first copy of a run is the earliest.

    With DUPLICATES = "drop" copies are refused instead. Counts ``duplicates/exact``.
    """

    def __init__(self, crawler: Crawler, drop: bool) -> None:
        self.crawler = crawler
        self.drop = drop
        self.first: dict[str, str] = {}  # id of the first copy by content hash

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler, crawler.settings.get("DUPLICATES") == "drop")

    def process_item(self, item: Article) -> Article:
        assert item.content_hash
        earliest = self.first.setdefault(item.content_hash, item.id)
        if earliest != item.id:
            item.duplicate_of, item.similarity = earliest, 1.0
            assert self.crawler.stats
            self.crawler.stats.inc_value("duplicates/exact")
            if self.drop:
                raise Refused("duplicate", f"the same story as {earliest}")
        return item
