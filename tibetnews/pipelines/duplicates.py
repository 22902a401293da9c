"""Fifth step: a story that came before under another id is marked as its copy, or dropped."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from tibetnews import stats
from tibetnews.extensions.ledger import ledger_session
from tibetnews.items import Article
from tibetnews.ledger.duplicates import DuplicateIndex
from tibetnews.pipelines.dropped import DroppedRecordError
from tibetnews.text.fingerprint import SAME_STORY, fingerprint, similarity


class Duplicates:
    """Item pipeline that sets duplicate_of and similarity from all that the ledger knows, of earlier runs too.

    With DUPLICATES = "drop" copies are refused instead. Counts ``duplicates/exact`` and ``duplicates/near``.
    """

    def __init__(self, crawler: Crawler, drop: bool) -> None:
        self.crawler = crawler
        self.drop = drop
        self.copies = DuplicateIndex(ledger_session(crawler).ledger.db, similarity, SAME_STORY)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler, crawler.settings.get("DUPLICATES") == "drop")

    def process_item(self, item: Article) -> Article:
        assert item.content_hash
        sketch = fingerprint(item.text)
        earliest = self.copies.find_original(item.content_hash, sketch, item.id)
        self.copies.add(item.id, item.content_hash, sketch)
        if earliest:
            item.duplicate_of, likeness = earliest
            item.similarity = round(likeness, 3)
            self.crawler.stats.inc_value(stats.DUPLICATES_EXACT if likeness == 1 else stats.DUPLICATES_NEAR)
            if self.drop:
                raise DroppedRecordError("duplicate", f"the same story as {item.duplicate_of}")
        return item
