"""Fourth step: a story that was exported under another id is marked as its copy, or dropped."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from tibetnews import stats
from tibetnews.crawl_session import ledger_session
from tibetnews.items import Article
from tibetnews.ledger.duplicates import DuplicateIndex
from tibetnews.pipelines.dropped import DroppedRecordError
from tibetnews.text import content_hash, fingerprint, story_similarity


class Duplicates:
    """Item pipeline that sets duplicate_of and similarity from all that the ledger knows, of earlier runs too.

    The setting DUPLICATES = "drop" drops copies. Counts ``duplicates/exact`` and ``duplicates/near``.
    """

    def __init__(self, copies: DuplicateIndex, collector: StatsCollector, *, drop: bool) -> None:
        self.copies = copies
        self.stats = collector
        self.drop = drop

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Create the pipeline of a crawl, with the crawl's ledger."""
        copies = DuplicateIndex(ledger_session(crawler).ledger.db, story_similarity)
        return cls(copies, crawler.stats, drop=crawler.settings.get("DUPLICATES") == "drop")

    def process_item(self, item: Article) -> Article:
        """Compare the record with all earlier ones."""
        digest = item.content_hash or content_hash(item.title, item.text)
        sketch = fingerprint(item.text)
        earliest = self.copies.find_original(digest, sketch, item.id)
        self.copies.add(item.id, digest, sketch)
        if earliest:
            item.duplicate_of, likeness = earliest
            item.similarity = round(likeness, 3)
            self.stats.inc_value(stats.DUPLICATES_EXACT if likeness == 1 else stats.DUPLICATES_NEAR)
            if self.drop:
                raise DroppedRecordError("duplicate", f"the same story as {item.duplicate_of}")
        return item
